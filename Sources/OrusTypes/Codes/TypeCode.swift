import OrusDiagnostics

/// What is wrong with names, types, calls, members, statements and declarations.
public enum TypeCode: String, DiagnosticCode {
  case mismatch = "E2001"
  case operandsDiffer = "E2002"
  case operatorUndefined = "E2003"
  case notAnInteger = "E2004"
  case outOfRange = "E2005"
  case cast = "E2006"
  case infiniteType = "E2007"
  case typeNotKnown = "E2008"
  case noValue = "E2009"
  case constraint = "E2010"
  case typeArguments = "E2011"

  case unknownName = "E2101"
  case unknownType = "E2102"
  case duplicate = "E2103"
  case notAValue = "E2104"
  case notAType = "E2105"

  case argumentCount = "E2201"
  case namedArgument = "E2202"
  case spread = "E2203"
  case notCallable = "E2204"
  case receiver = "E2205"

  case unknownMember = "E2301"
  case notIndexable = "E2302"
  case notIterable = "E2303"
  case structLiteral = "E2304"

  case notATarget = "E2401"
  case mutSelf = "E2402"
  case misplacedJump = "E2403"
  case returnWithoutValue = "E2404"
  case propagation = "E2405"
  case pattern = "E2406"
  case main = "E2407"
  case native = "E2408"
  case publicSignature = "E2409"

  public var title: String {
    switch self {
    case .mismatch: "TYPE MISMATCH"
    case .operandsDiffer: "OPERANDS OF DIFFERENT TYPES"
    case .operatorUndefined: "OPERATOR NOT DEFINED"
    case .notAnInteger: "NOT AN INTEGER"
    case .outOfRange: "NUMBER OUT OF RANGE"
    case .cast: "IMPOSSIBLE CAST"
    case .infiniteType: "ENDLESS TYPE"
    case .typeNotKnown: "TYPE NOT KNOWN"
    case .noValue: "NO VALUE"
    case .constraint: "CONSTRAINT NOT MET"
    case .typeArguments: "TYPE ARGUMENTS"
    case .unknownName: "UNKNOWN NAME"
    case .unknownType: "UNKNOWN TYPE"
    case .duplicate: "DECLARED TWICE"
    case .notAValue: "NOT A VALUE"
    case .notAType: "NOT A TYPE"
    case .argumentCount: "ARGUMENT COUNT"
    case .namedArgument: "NAMED ARGUMENT"
    case .spread: "MISPLACED SPREAD"
    case .notCallable: "NOT CALLABLE"
    case .receiver: "METHOD AND TYPE"
    case .unknownMember: "UNKNOWN MEMBER"
    case .notIndexable: "NOT INDEXABLE"
    case .notIterable: "NOT ITERABLE"
    case .structLiteral: "STRUCT FIELDS"
    case .notATarget: "CANNOT BE ASSIGNED"
    case .mutSelf: "MUT SELF NEEDED"
    case .misplacedJump: "MISPLACED JUMP"
    case .returnWithoutValue: "RETURN WITHOUT VALUE"
    case .propagation: "MISPLACED QUESTION MARK"
    case .pattern: "PATTERN DOES NOT FIT"
    case .main: "SIGNATURE OF MAIN"
    case .native: "NATIVE FUNCTION"
    case .publicSignature: "PUBLIC SIGNATURE"
    }
  }

  public var page: ExplainPage {
    switch self {
    case .mismatch:
      ExplainPage(
        """
        A value has another type than its place asks for. The second mark shows what asks: an annotation, a \
        parameter, the function's result, an earlier element. Numbers, text and `bool` are never converted \
        implicitly; `as` converts them. A `T?` is taken apart first, with `if let`, `match`, `?` or `unwrap_or`.
        """,
        wrong: """
          let x: i32 = "12"
          """,
        right: """
          let x: i32 = int("12")
          """)
    case .operandsDiffer:
      ExplainPage(
        """
        Both operands of an arithmetic operator or a comparison have the same type. `as` converts one of them; which \
        one is a decision that Orus leaves to you, since it can lose digits.
        """,
        wrong: """
          fn area(width: i32, height: f64) -> f64: width * height
          """,
        right: """
          fn area(width: i32, height: f64) -> f64: width as f64 * height
          """)
    case .operatorUndefined:
      ExplainPage(
        """
        The operator means nothing for values of this type. A struct or enum takes part in operators by having \
        methods: `add`, `sub`, `mul`, `div`, `rem`, `neg` for arithmetic, `compare` for `< <= > >=`.
        """,
        wrong: """
          struct Money:
              cents: i64

          fn total(a: Money, b: Money) -> Money: a + b
          """,
        right: """
          struct Money:
              cents: i64

          impl Money:
              fn add(self, other: Money) -> Money:
                  Money{ cents: self.cents + other.cents }

          fn total(a: Money, b: Money) -> Money: a + b
          """)
    case .notAnInteger:
      ExplainPage(
        "An index, a slice bound, a shift count and the ends of a range are integers, of any integer type.",
        wrong: """
          fn at(xs: [i32], position: f64) -> i32: xs[position]
          """,
        right: """
          fn at(xs: [i32], position: f64) -> i32: xs[position as i32]
          """)
    case .outOfRange:
      ExplainPage(
        """
        A number that is written out does not fit in the type that its context asks for. `i32` goes up to \
        2147483647, `u32` up to 4294967295; `i64` and `u64` are wider.
        """,
        wrong: """
          let people: i32 = 8_000_000_000
          """,
        right: """
          let people: i64 = 8_000_000_000
          """)
    case .cast:
      ExplainPage(
        """
        `as` converts between numbers, from and to `bool`, from any of these to `string`, and takes a value out of an \
        `any`. It never fails on these, so text is read by functions that can: `int(s)` and `float(s)` panic, \
        `s.parse_int()` and `s.parse_float()` give a `Result`.
        """,
        wrong: """
          let n = "12" as i32
          """,
        right: """
          let n = int("12")
          """)
    case .infiniteType:
      ExplainPage(
        """
        The type of something would have to contain itself, so it could not be written down. Most often a container \
        was put into itself where one of its elements was meant. A generic struct or enum must not lead to itself with \
        larger and larger types either.
        """,
        wrong: """
          fn main:
              let xs = []
              xs.push(xs)
              print(xs.len())
          """,
        right: """
          fn main:
              let xs = []
              xs.push(1)
              print(xs.len())
          """)
    case .typeNotKnown:
      ExplainPage(
        """
        Types are inferred from use, and here nothing says enough. Fields, indices and loops need to know what they \
        look into, and an empty container what it will hold. An annotation decides it.
        """,
        wrong: """
          struct Point:
              x: i32

          fn first(p): p.x
          """,
        right: """
          struct Point:
              x: i32

          fn first(p: Point): p.x
          """)
    case .noValue:
      ExplainPage(
        """
        A value is needed, and there is none: a function without a result was called, or an `if` without `else` was \
        used as a value.
        """,
        wrong: """
          fn greet(name: string): print(name)

          fn main:
              let text = greet("Ada")
              print(text)
          """,
        right: """
          fn greeting(name: string) -> string: f"Hello, {name}"

          fn main:
              let text = greeting("Ada")
              print(text)
          """)
    case .constraint:
      ExplainPage(
        """
        A generic function or type asks something of its type parameters, and this type does not have it. A struct \
        or enum meets `Comparable` by a method `compare`, `Numeric` by `add`, `sub`, `mul` and `div`, `Iterable` by \
        `next` or `iter`; the operators that an unannotated function uses are asked for in the same way.
        """,
        wrong: """
          struct Card:
              rank: i32

          fn higher<T: Comparable>(a: T, b: T) -> T: a if a > b else b

          print(higher(Card{ rank: 2 }, Card{ rank: 3 }).rank)
          """,
        right: """
          struct Card:
              rank: i32

          impl Card:
              fn compare(self, other: Card) -> Ordering:
                  compare(self.rank, other.rank)

          fn higher<T: Comparable>(a: T, b: T) -> T: a if a > b else b

          print(higher(Card{ rank: 2 }, Card{ rank: 3 }).rank)
          """)
    case .typeArguments:
      ExplainPage(
        "A generic type or function takes as many type arguments as it declares; one that is not generic takes none.",
        wrong: """
          let ages: Map<string> = {:}
          """,
        right: """
          let ages: Map<string, i32> = {:}
          """)
    case .unknownName:
      ExplainPage(
        """
        Nothing of this name is visible here. A variable is visible from its declaration to the end of its block, the \
        functions, types and constants of a module in all of it, and names of other modules after `use`.
        """,
        wrong: """
          let total = 3
          print(totl)
          """,
        right: """
          let total = 3
          print(total)
          """)
    case .unknownType:
      ExplainPage(
        """
        No type of this name is visible here. The types that come with Orus are `i32`, `i64`, `u32`, `u64`, `f64`, \
        `bool`, `string`, `void`, `any`, `[T]`, `[T; N]`, `(A, B)`, `Map<K, V>`, `Set<T>`, `Range<T>`, `T?`, \
        `Result<T, E>` and `fn(A) -> R`.
        """,
        wrong: """
          fn double(n: int) -> i32: 2 * n
          """,
        right: """
          fn double(n: i32) -> i32: 2 * n
          """)
    case .duplicate:
      ExplainPage(
        """
        A name is declared once in its block, module or type. A block inside may use it again for something of its \
        own. The names of the types that come with Orus are taken.
        """,
        wrong: """
          fn main:
              let total = 1
              let total = 2
              print(total)
          """,
        right: """
          fn main:
              let mut total = 1
              print(total)
              total = 2
              print(total)
          """)
    case .notAValue:
      ExplainPage(
        """
        The name is known, but it stands for a type, a module, or a builtin such as `print` that takes whatever \
        arguments it is given. None of these is a value that could be passed or kept.
        """,
        wrong: """
          fn each(f: fn(string)): f("Ada")

          each(print)
          """,
        right: """
          fn each(f: fn(string)): f("Ada")

          each(fn(s): print(s))
          """)
    case .notAType:
      ExplainPage(
        """
        A type or a constraint is expected, and the name stands for something else. The constraints are `Numeric`, \
        `Comparable`, `Iterable`, `Cloneable`, `Hashable` and `Sendable`.
        """,
        wrong: """
          fn limit() -> i32: 10
          fn clip(n: limit) -> i32: n.min(limit())
          """,
        right: """
          fn limit() -> i32: 10
          fn clip(n: i32) -> i32: n.min(limit())
          """)
    case .argumentCount:
      ExplainPage(
        """
        A call gives each parameter one argument. Parameters with a default may be left out, and a variadic one, \
        `...T`, takes any number.
        """,
        wrong: """
          fn area(width: i32, height: i32) -> i32: width * height

          print(area(3))
          """,
        right: """
          fn area(width: i32, height: i32) -> i32: width * height

          print(area(3, 4))
          """)
    case .namedArgument:
      ExplainPage(
        """
        A named argument has the name of a parameter that has no argument yet. Function values have no parameter \
        names, so all their arguments are given by position.
        """,
        wrong: """
          fn greet(name: string, greeting: string = "Hello"):
              print("{}, {}!", greeting, name)

          greet("Ada", salutation: "Hi")
          """,
        right: """
          fn greet(name: string, greeting: string = "Hello"):
              print("{}, {}!", greeting, name)

          greet("Ada", greeting: "Hi")
          """)
    case .spread:
      ExplainPage(
        "`xs...` gives the elements of an array to a variadic parameter, `...T`. It stands in that parameter's place.",
        wrong: """
          fn total(xs: [i32]) -> i32: sum(xs)

          let xs = [1, 2]
          print(total(xs...))
          """,
        right: """
          fn total(xs: ...i32) -> i32: sum(xs)

          let xs = [1, 2]
          print(total(xs...))
          """)
    case .notCallable:
      ExplainPage(
        "Only functions, methods, and fields and variables that hold a function can be called.",
        wrong: """
          let n = 3
          print(n(2))
          """,
        right: """
          let n = 3
          print(n * 2)
          """)
    case .receiver:
      ExplainPage(
        """
        A method that declares `self` is called on a value: `p.area()`. One that does not is called on the type: \
        `Point.new()`.
        """,
        wrong: """
          struct Point:
              x: i32

          impl Point:
              fn new() -> Point: Point{ x: 0 }

          let p = Point.new()
          print(p.new())
          """,
        right: """
          struct Point:
              x: i32

          impl Point:
              fn new() -> Point: Point{ x: 0 }

          print(Point.new())
          """)
    case .unknownMember:
      ExplainPage(
        "The type has no field, method or variant of this name, or the tuple no element at this position.",
        wrong: """
          print([1, 2].length())
          """,
        right: """
          print([1, 2].len())
          """)
    case .notIndexable:
      ExplainPage(
        """
        `x[i]` works on arrays, strings, maps and types with a method `index`. The elements of a tuple are `t.0`, \
        `t.1` and so on.
        """,
        wrong: """
          let pair = (1, "one")
          print(pair[0])
          """,
        right: """
          let pair = (1, "one")
          print(pair.0)
          """)
    case .notIterable:
      ExplainPage(
        """
        `for` goes over arrays, strings, maps, sets, ranges and types with a method `next` or `iter`. `x in xs` looks \
        into arrays, sets, ranges, the keys of maps, and text.
        """,
        wrong: """
          for i in 3: print(i)
          """,
        right: """
          for i in 0..3: print(i)
          """)
    case .structLiteral:
      ExplainPage(
        """
        `Name{ … }` builds a struct. It gives every field a value once; only fields that declare a default may be \
        left out.
        """,
        wrong: """
          struct Point:
              x: i32
              y: i32

          print(Point{ x: 1 })
          """,
        right: """
          struct Point:
              x: i32
              y: i32 = 0

          print(Point{ x: 1 })
          """)
    case .notATarget:
      ExplainPage(
        """
        An assignment goes to a variable, a field, an element of an array or map, or a tuple of these. Constants, \
        functions, the results of calls and the characters of a string cannot be assigned.
        """,
        wrong: """
          const LIMIT = 10

          fn main:
              LIMIT = 20
              print(LIMIT)
          """,
        right: """
          let mut limit = 10

          fn main:
              limit = 20
              print(limit)
          """)
    case .mutSelf:
      ExplainPage(
        "A method that assigns to its own fields, or calls another method that does, declares `mut self`.",
        wrong: """
          struct Counter:
              count: i32 = 0

          impl Counter:
              fn step(self):
                  self.count += 1
          """,
        right: """
          struct Counter:
              count: i32 = 0

          impl Counter:
              fn step(mut self):
                  self.count += 1
          """)
    case .misplacedJump:
      ExplainPage(
        """
        `break` and `continue` leave a loop around them, in the same function; a label is one of such a loop. \
        `return` leaves a function.
        """,
        wrong: """
          fn show(xs: [i32]):
              if xs.is_empty():
                  break
              print(xs[0])
          """,
        right: """
          fn show(xs: [i32]):
              if xs.is_empty():
                  return
              print(xs[0])
          """)
    case .returnWithoutValue:
      ExplainPage(
        "A function that gives a value returns one wherever it returns.",
        wrong: """
          fn sign(n: i32) -> i32:
              if n == 0:
                  return
              1 if n > 0 else -1
          """,
        right: """
          fn sign(n: i32) -> i32:
              if n == 0:
                  return 0
              1 if n > 0 else -1
          """)
    case .propagation:
      ExplainPage(
        """
        `?` takes the value out of a `Result` or `Option`, or returns the `Err` or `None` from the function around it. \
        So that function gives a `Result` with the same error type, or an `Option`.
        """,
        wrong: """
          fn double(text: string) -> i64:
              2 * text.parse_int()?
          """,
        right: """
          fn double(text: string) -> Result<i64, Error>:
              Ok(2 * text.parse_int()?)
          """)
    case .pattern:
      ExplainPage(
        """
        A pattern has the form of the values that it is matched with: a tuple pattern has as many parts as the tuple, \
        a variant as many as its payload. All alternatives of `p | q` bind the same names with the same types.
        """,
        wrong: """
          fn add(pair: (i32, i32)) -> i32:
              match pair:
                  (a, b, c): a + b + c
          """,
        right: """
          fn add(pair: (i32, i32)) -> i32:
              match pair:
                  (a, b): a + b
          """)
    case .main:
      ExplainPage(
        """
        `main` takes nothing or `args: [string]`, the program's file first. It returns nothing or, declared `-> i32`, \
        the exit code. It is not generic.
        """,
        wrong: """
          fn main(count: i32):
              print(count)
          """,
        right: """
          fn main(args: [string]):
              print(args.len())
          """)
    case .native:
      ExplainPage(
        "`native(…)` stands for a function of the machine. Only the standard library, which wraps them, may use it.",
        wrong: """
          fn now() -> f64: native("timestamp")
          """,
        right: """
          fn now() -> f64: timestamp()
          """)
    case .publicSignature:
      ExplainPage(
        """
        The types of a public function are written out: other modules rely on them, and a change of the body must not \
        change them unseen. A function that is not `pub` may leave them to be inferred.
        """,
        wrong: """
          pub fn double(x) -> i32: x * 2
          """,
        right: """
          pub fn double(x: i32) -> i32: x * 2
          """)
    }
  }
}
