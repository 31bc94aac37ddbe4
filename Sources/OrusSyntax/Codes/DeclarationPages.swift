import OrusDiagnostics

/// Statements, declarations and types.
extension SyntaxPage {
  static let foreignKeyword = ExplainPage(
    """
    This word begins a statement in another language. In Orus, functions are declared with `fn`, variables with `let` \
    and `let mut`, types with `struct` and `enum`, methods in `impl`; modules are imported with `use`, and cases told \
    apart with `match`. The message says what to write, or what there is instead.
    """,
    wrong: """
      var count = 0
      count += 1
      print(count)
      """,
    right: """
      let mut count = 0
      count += 1
      print(count)
      """)

  static let bindingForm = ExplainPage(
    """
    A variable is declared with `let`, or with `let mut` if it is assigned again. Its type, if it is written, stands \
    behind its name: `let n: i64 = 0`. A constant always has a value.
    """,
    wrong: """
      count := 3
      print(count)
      """,
    right: """
      let count = 3
      print(count)
      """)

  static let forForm = ExplainPage(
    """
    A `for` goes over the values of something: `for item in items:`. To count, go over a range: `for i in 0..10:`. \
    Its variable is declared without `let`.
    """,
    wrong: """
      for i = 0:
          print(i)
      """,
    right: """
      for i in 0..1:
          print(i)
      """)

  static let labelForm = ExplainPage(
    """
    A label is an apostrophe and a name, and stands with a `:` before a `while` or a `for`. `break` and `continue` \
    inside of the loop can name it.
    """,
    wrong: """
      'rows for y in 0..3:
          for x in 0..3:
              if x == y: continue 'rows
              print(x, y)
      """,
    right: """
      'rows: for y in 0..3:
          for x in 0..3:
              if x == y: continue 'rows
              print(x, y)
      """)

  static let tryWithoutCatch = ExplainPage(
    """
    `try` stops a panic, and `catch` says what happens then, so that one does not stand without the other. To hand an \
    error to the caller, write `?` behind a `Result`.
    """,
    wrong: """
      try:
          print(1 / len(""))
      print("done")
      """,
    right: """
      try:
          print(1 / len(""))
      catch error:
          print(error.message)
      print("done")
      """)

  static let parameterForm = ExplainPage(
    """
    A parameter is a name, then its type behind a `:`, then a default behind a `=`. The last one may take any number \
    of arguments: `values: ...T`. The type of the result stands behind `->`. There are no reference parameters: \
    arrays, maps, structs and enums are passed by reference always.
    """,
    wrong: """
      fn double(n: i32): i32:
          n * 2
      """,
    right: """
      fn double(n: i32) -> i32:
          n * 2
      """)

  static let memberForm = ExplainPage(
    """
    Each field of a struct and each variant of an enum stands on a line of its own, without a comma. A field has a \
    type; a variant has no number. Methods stand in an `impl` block, which names the type alone and holds nothing \
    else.
    """,
    wrong: """
      struct Point:
          x: i32,
          y: i32
      """,
    right: """
      struct Point:
          x: i32
          y: i32
      """)

  static let typeForm = ExplainPage(
    """
    The type of a function is `fn`, the types of its parameters in parentheses, and the type of its result behind \
    `->`. The parameters have no names there.
    """,
    wrong: """
      fn twice(f: fn(n: i32) -> i32) -> i32:
          f(f(1))
      """,
    right: """
      fn twice(f: fn(i32) -> i32) -> i32:
          f(f(1))
      """)

  static let onlyAtModuleLevel = ExplainPage(
    """
    `use`, `struct`, `enum` and `impl` stand at module level, outside of all functions and blocks. Functions and \
    constants may be declared inside of functions.
    """,
    wrong: """
      fn main:
          struct Point:
              x: i32
              y: i32
          print("a point")
      """,
    right: """
      struct Point:
          x: i32
          y: i32

      fn main:
          print(Point{ x: 1, y: 2 })
      """)

  static let misplacedPub = ExplainPage(
    """
    `pub` makes a declaration visible in other modules. It stands before `fn`, `struct`, `enum`, `let`, `const` and \
    `use` at module level, and before fields and methods. An `impl` block is not named, so `pub` stands before its \
    methods.
    """,
    wrong: """
      struct Circle:
          radius: f64

      pub impl Circle:
          fn area(self) -> f64: 3.14 * self.radius * self.radius
      """,
    right: """
      struct Circle:
          radius: f64

      impl Circle:
          pub fn area(self) -> f64: 3.14 * self.radius * self.radius
      """)

  static let nothingToRun = ExplainPage(
    """
    A file that is run has statements, or a function `main`, or both. This one has neither, so that running it would \
    do nothing. Checking such a file is fine: it may be a module that others import.
    """,
    wrong: """
      fn greet(name: string):
          print("Hello, {}!", name)
      """,
    right: """
      fn greet(name: string):
          print("Hello, {}!", name)

      fn main:
          greet("Ada")
      """)
}
