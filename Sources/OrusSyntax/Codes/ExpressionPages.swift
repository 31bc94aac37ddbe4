import OrusDiagnostics

/// Expressions and patterns.
extension SyntaxPage {
  static let expectedExpression = ExplainPage(
    """
    A value is needed here: behind an operator, behind `=`, or between brackets. What stands there begins no \
    expression, or nothing stands there.
    """,
    wrong: """
      let total = (1 + )
      print(total)
      """,
    right: """
      let total = 1 + 2
      print(total)
      """)

  static let expectedName = ExplainPage(
    "A name is needed here: of a function, a type, a field, a parameter, a module, or behind a `.`.",
    wrong: """
      struct Point:
          1: i32
      """,
    right: """
      struct Point:
          x: i32
      """)

  static let expectedType = ExplainPage(
    """
    A type is needed here, behind `:`, `->` or `as`. A type is a name such as `i32` or `Map<string, i32>`, an array \
    `[T]`, a tuple `(A, B)`, an optional `T?`, or a function `fn(A) -> R`. There are no reference types: arrays, \
    maps, structs and enums are passed by reference always.
    """,
    wrong: """
      fn total(values: &[i32]) -> i32:
          sum(values)
      """,
    right: """
      fn total(values: [i32]) -> i32:
          sum(values)
      """)

  static let expectedPattern = ExplainPage(
    """
    A pattern is needed here: behind `let` or `for`, or at the beginning of an arm of `match`. A pattern is a \
    literal, a range, a name, `_`, or a variant, struct, tuple or array of patterns.
    """,
    wrong: """
      let n = 3
      match n:
          > 2: print("large")
          _: print("small")
      """,
    right: """
      let n = 3
      match n:
          n if n > 2: print("large")
          _: print("small")
      """)

  static let unexpectedToken = ExplainPage(
    """
    What was read so far is complete, and this cannot follow it. An operator, a comma or a new line may be missing \
    before it.
    """,
    wrong: """
      let total = 1 2
      print(total)
      """,
    right: """
      let total = 1 + 2
      print(total)
      """)

  static let keywordAsName = ExplainPage(
    "The words of the language itself cannot be names. Choose another one; a `_` behind the word makes it a name.",
    wrong: """
      struct Rule:
          match: string
          name: string
      """,
    right: """
      struct Rule:
          match_: string
          name: string
      """)

  static let symbolicLogic = ExplainPage(
    """
    Conditions are joined with `and` and `or`, and negated with `not`. They take `bool` values only. `&`, `|` and `~` \
    work on the bits of integers.
    """,
    wrong: """
      let n = 3
      if n > 0 && n < 10:
          print("a digit")
      """,
    right: """
      let n = 3
      if n > 0 and n < 10:
          print("a digit")
      """)

  static let questionConditional = ExplainPage(
    """
    The value that depends on a condition stands first: `a if c else b`. Behind an operand, `?` takes the value out \
    of a `Result` or `Option`, or returns the `Err` or `None` to the caller.
    """,
    wrong: """
      let n = 3
      print(n > 2 ? "large" : "small")
      """,
    right: """
      let n = 3
      print("large" if n > 2 else "small")
      """)

  static let increment = ExplainPage(
    "A variable is counted up with `+= 1` and down with `-= 1`. Both are statements of their own and have no value.",
    wrong: """
      let mut n = 0
      n++
      print(n)
      """,
    right: """
      let mut n = 0
      n += 1
      print(n)
      """)

  static let powerOperator = ExplainPage(
    "Powers are made with the method `pow`, which numbers have.",
    wrong: """
      print(2 ** 10)
      """,
    right: """
      let base = 2
      print(base.pow(10))
      """)

  static let chainedComparison = ExplainPage(
    "`a < b` is `true` or `false`, and is not compared further. Compare twice, and join the two with `and`.",
    wrong: """
      let n = 5
      print(0 < n < 10)
      """,
    right: """
      let n = 5
      print(0 < n and n < 10)
      """)

  static let notAfterOperator = ExplainPage(
    """
    `not` binds looser than the comparisons and the arithmetic operators, so that behind one of them it needs \
    parentheses around it and its operand.
    """,
    wrong: """
      let a = true
      let b = false
      print(a == not b)
      """,
    right: """
      let a = true
      let b = false
      print(a == (not b))
      """)

  static let foreignOperator = ExplainPage(
    """
    This operator belongs to another language. Orus writes `===` as `==`, `!==` as `!=`, `a ?? b` as \
    `a.unwrap_or(b)`, `x!` as `x.unwrap()`, `a::b` as `a.b` and `x is not T` as `not (x is T)`. There are no unary \
    `+`, no references and no macros.
    """,
    wrong: """
      let n = 3
      print(n === 3)
      """,
    right: """
      let n = 3
      print(n == 3)
      """)

  static let assignInExpression = ExplainPage(
    """
    An assignment is a statement of its own and has no value, so it cannot stand in a condition or in another \
    expression. Values are compared with `==`.
    """,
    wrong: """
      let n = 3
      if n = 3:
          print("three")
      """,
    right: """
      let n = 3
      if n == 3:
          print("three")
      """)

  static let missingElse = ExplainPage(
    """
    A conditional expression, `a if c else b`, has a value in both cases. To do something only if a condition holds, \
    write an `if` statement.
    """,
    wrong: """
      let n = 3
      let size = "large" if n > 2
      print(size)
      """,
    right: """
      let n = 3
      let size = "large" if n > 2 else "small"
      print(size)
      """)

  static let rangeForm = ExplainPage(
    """
    A range is `a..b`, without `b`, or `a..=b`, with it, and may have a step: `a..b..step`. A slice is written with a \
    range too: `xs[i..j]`, `xs[i..]`, `xs[..j]` or `xs[..]`.
    """,
    wrong: """
      let xs = [1, 2, 3, 4]
      print(xs[1:3])
      """,
    right: """
      let xs = [1, 2, 3, 4]
      print(xs[1..3])
      """)

  static let callWithoutParentheses = ExplainPage(
    "The arguments of a call stand in parentheses.",
    wrong: """
      print "hello"
      """,
    right: """
      print("hello")
      """)

  static let argumentForm = ExplainPage(
    """
    In a call and in a struct literal, a name and its value are separated by `:`. To spread an array over a variadic \
    parameter, `...` is written behind the array.
    """,
    wrong: """
      fn greet(name: string, greeting: string = "Hello"):
          print(greeting, name)

      greet("Ada", greeting = "Hi")
      """,
    right: """
      fn greet(name: string, greeting: string = "Hello"):
          print(greeting, name)

      greet("Ada", greeting: "Hi")
      """)

  static let tupleForm = ExplainPage(
    """
    A tuple has two elements or more, and stands in parentheses. A function that returns nothing has the type `void`, \
    and the value of a `Result<void, E>` is `Ok()`.
    """,
    wrong: """
      let pair = 1, "one"
      print(pair)
      """,
    right: """
      let pair = (1, "one")
      print(pair)
      """)

  static let emptyBraces = ExplainPage(
    "Empty braces do not say what kind of container is meant. An empty map is `{:}`, an empty set is `Set.new()`.",
    wrong: """
      let mut ages: Map<string, i32> = {}
      ages["Ada"] = 36
      print(ages)
      """,
    right: """
      let ages: Map<string, i32> = {:}
      ages["Ada"] = 36
      print(ages)
      """)

  static let foreignLambda = ExplainPage(
    """
    A function expression is `fn`, the parameters in parentheses, `:` and the body: an expression, or a block. It has \
    no name.
    """,
    wrong: """
      let double = fn double(x: i32): x * 2
      print(double(3))
      """,
    right: """
      let double = fn(x: i32): x * 2
      print(double(3))
      """)

  static let patternForm = ExplainPage(
    """
    This is not how a pattern is written. Alternatives are separated by `|`, a range has both ends, the parts of a \
    variant are matched by position, and `mut` belongs to `let` alone. What only a computation can tell is asked in a \
    guard: `n if n > limit`.
    """,
    wrong: """
      let n = 3
      match n:
          1 or 2: print("small")
          _: print("large")
      """,
    right: """
      let n = 3
      match n:
          1 | 2: print("small")
          _: print("large")
      """)

  static let restPattern = ExplainPage(
    """
    In the pattern of an array, `..` stands for any number of elements, and `rest...` names them; one of the two may \
    stand once. In the pattern of a struct, `..` stands for the fields that are left out. Elsewhere, `_` matches \
    anything.
    """,
    wrong: """
      let xs = [1, 2, 3]
      match xs:
          [first, .., middle, ..]: print(first, middle)
          _: print("short")
      """,
    right: """
      let xs = [1, 2, 3]
      match xs:
          [first, middle, ..]: print(first, middle)
          _: print("short")
      """)
}
