import OrusDiagnostics

/// What compiles but is hardly meant.
public enum WarningCode: String, DiagnosticCode {
  case unusedVariable = "W0001"
  case unusedImport = "W0002"
  case unreachableCode = "W0003"
  case unreachableArm = "W0004"
  case sameTypeCast = "W0005"
  case naming = "W0006"
  case hiddenModule = "W0007"

  public var title: String {
    switch self {
    case .unusedVariable: "UNUSED VARIABLE"
    case .unusedImport: "UNUSED IMPORT"
    case .unreachableCode: "UNREACHABLE CODE"
    case .unreachableArm: "UNREACHABLE ARM"
    case .sameTypeCast: "CAST TO THE SAME TYPE"
    case .naming: "NAMING CONVENTION"
    case .hiddenModule: "HIDDEN MODULE"
    }
  }

  public var page: ExplainPage {
    switch self {
    case .unusedVariable:
      ExplainPage(
        "Nothing reads a local variable. A name that starts with `_` says that this is meant.",
        wrong: """
          fn main:
              let count = 3
              print("done")
          """,
        right: """
          fn main:
              let _count = 3
              print("done")
          """)
    case .unusedImport:
      ExplainPage(
        "Nothing in the module uses a name that `use` brings in.",
        wrong: """
          use math

          fn main: print("done")
          """,
        right: """
          use math

          fn main: print(math.sqrt(2.0))
          """)
    case .unreachableCode:
      ExplainPage(
        "The statement before always leaves (by `return`, `break`, `panic` or an endless loop), so this never runs.",
        wrong: """
          fn double(n: i32) -> i32:
              return n * 2
              print("done")
          """,
        right: """
          fn double(n: i32) -> i32:
              print("done")
              return n * 2
          """)
    case .unreachableArm:
      ExplainPage(
        "The arms above match everything that this arm of a `match` would, so it is never taken.",
        wrong: """
          fn name(n: i32) -> string:
              match n:
                  _: "other"
                  0: "zero"
          """,
        right: """
          fn name(n: i32) -> string:
              match n:
                  0: "zero"
                  _: "other"
          """)
    case .sameTypeCast:
      ExplainPage(
        "`as` converts between types; the value already has the type that it is cast to.",
        wrong: """
          fn half(n: i32) -> i32: (n as i32) / 2
          """,
        right: """
          fn half(n: i32) -> i32: n / 2
          """)
    case .naming:
      ExplainPage(
        """
        Types, enum variants and type parameters are written in PascalCase, constants in UPPER_CASE, and everything \
        else in snake_case.
        """,
        wrong: """
          fn readAll(): pass
          """,
        right: """
          fn read_all(): pass
          """)
    case .hiddenModule:
      ExplainPage(
        """
        A module of the program has the name of one of the standard library, which cannot be imported any more from \
        this program.
        """,
        wrong: """
          // in the file math.orus beside main.orus
          pub fn double(n: i32) -> i32: n * 2
          """,
        right: """
          // in the file my_math.orus beside main.orus
          pub fn double(n: i32) -> i32: n * 2
          """)
    }
  }
}
