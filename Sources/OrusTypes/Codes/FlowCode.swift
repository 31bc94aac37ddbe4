import OrusDiagnostics

/// What is wrong with the paths through a function.
public enum FlowCode: String, DiagnosticCode {
  case missingValue = "E2501"
  case readBeforeAssignment = "E2502"
  case notAssignable = "E2503"
  case assignedTwice = "E2504"

  public var title: String {
    switch self {
    case .missingValue: "MISSING VALUE"
    case .readBeforeAssignment: "NO VALUE YET"
    case .notAssignable: "NOT ASSIGNABLE"
    case .assignedTwice: "ASSIGNED TWICE"
    }
  }

  public var page: ExplainPage {
    switch self {
    case .missingValue:
      ExplainPage(
        """
        A function that gives a value gives one on every path: as the last expression of its body, or by `return`. \
        The message points at a path that ends without one.
        """,
        wrong: """
          fn sign(n: i32) -> i32:
              if n > 0:
                  return 1
          """,
        right: """
          fn sign(n: i32) -> i32:
              if n > 0:
                  return 1
              0
          """)
    case .readBeforeAssignment:
      ExplainPage(
        "A variable that is declared without a value has to be assigned on every path that leads to where it is read.",
        wrong: """
          fn name(n: i32) -> string:
              let text: string
              if n == 1:
                  text = "one"
              text
          """,
        right: """
          fn name(n: i32) -> string:
              let text: string
              if n == 1:
                  text = "one"
              else:
                  text = "many"
              text
          """)
    case .notAssignable:
      ExplainPage(
        """
        A name can be assigned again only where it is declared with `mut`. Loop variables and names in patterns \
        always keep their value.
        """,
        wrong: """
          fn main:
              let total = 0
              total = 1
              print(total)
          """,
        right: """
          fn main:
              let mut total = 0
              total = 1
              print(total)
          """)
    case .assignedTwice:
      ExplainPage(
        """
        A `let` without a value is assigned exactly once. This assignment could come when the variable already has \
        its value: after another one, or in a loop or function that runs again.
        """,
        wrong: """
          fn main:
              let name: string
              for word in ["a", "b"]:
                  name = word
              print("done")
          """,
        right: """
          fn main:
              let mut name = ""
              for word in ["a", "b"]:
                  name = word
              print(name)
          """)
    }
  }
}
