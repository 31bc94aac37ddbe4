import OrusDiagnostics

/// What is wrong with expressions that are evaluated at compile time.
public enum ConstantCode: String, DiagnosticCode {
  case notConstant = "E2801"
  case arithmetic = "E2802"
  case cycle = "E2803"

  public var title: String {
    switch self {
    case .notConstant: "NOT A CONSTANT"
    case .arithmetic: "CONSTANT ARITHMETIC"
    case .cycle: "CONSTANT CYCLE"
    }
  }

  public var page: ExplainPage {
    switch self {
    case .notConstant:
      ExplainPage(
        """
        The value of a `const` and the length in `[T; N]` are known at compile time. They are made of literals, arrays \
        and tuples, operators and other constants; a call or a variable is only known when the program runs.
        """,
        wrong: """
          fn limit() -> i32: 10
          const LIMIT = limit()
          """,
        right: """
          const LIMIT = 2 * 5
          fn limit() -> i32: LIMIT
          """)
    case .arithmetic:
      ExplainPage(
        """
        An operation in a constant has no result: it overflows its type, divides by zero, shifts by more than the \
        width of the type, or takes an element that is not there.
        """,
        wrong: """
          const SECONDS: i32 = 100 * 365 * 24 * 60 * 60
          """,
        right: """
          const SECONDS: i64 = 100 * 365 * 24 * 60 * 60
          """)
    case .cycle:
      ExplainPage(
        "The value of a constant depends on itself.",
        wrong: """
          const WIDTH: i32 = HEIGHT * 2
          const HEIGHT: i32 = WIDTH / 2
          """,
        right: """
          const WIDTH = 80
          const HEIGHT = WIDTH / 2
          """)
    }
  }
}
