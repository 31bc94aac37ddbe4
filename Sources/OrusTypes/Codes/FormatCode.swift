import OrusDiagnostics

/// What is wrong with literal formats.
public enum FormatCode: String, DiagnosticCode {
  case malformed = "E2701"
  case argumentCount = "E2702"
  case misfit = "E2703"

  public var title: String {
    switch self {
    case .malformed: "MALFORMED FORMAT"
    case .argumentCount: "FORMAT ARGUMENTS"
    case .misfit: "FORMAT DOES NOT FIT"
    }
  }

  public var page: ExplainPage {
    switch self {
    case .malformed:
      ExplainPage(
        """
        A string literal at the beginning of `print`, `format` and the like is a format. A placeholder in it is `{}`, \
        `{0}` (an argument by position) or either with a spec, `{:spec}`, where the spec is \
        `[[fill]align][+][#][0][width][.precision][type]`, align one of `< > ^` and type one of `x X b o e f %`. \
        A brace that is meant as such is doubled.
        """,
        wrong: """
          fn main: print("{name} has {", 3)
          """,
        right: """
          fn main:
              let name = "Ada"
              print(f"{name} has {{")
          """)
    case .argumentCount:
      ExplainPage(
        """
        The placeholders of a format take exactly the arguments that follow it: none is missing and none is left over.
        """,
        wrong: """
          fn main: print("{} + {} = {}", 1, 2)
          """,
        right: """
          fn main: print("{} + {} = {}", 1, 2, 1 + 2)
          """)
    case .misfit:
      ExplainPage(
        """
        `x`, `X`, `b` and `o` write integers, `e`, `f` and `%` numbers; `+` and `0` go with numbers, a precision with \
        numbers and text, `#` with `x`, `X`, `b` and `o`. Fill, alignment and width go with everything.
        """,
        wrong: """
          fn main: print("{:x}", "text")
          """,
        right: """
          fn main: print("{:>8}", "text")
          """)
    }
  }
}
