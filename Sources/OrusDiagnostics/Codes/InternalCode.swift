/// Mistakes of Orus itself. They are reported, never caught by a program, and always worth a bug report.
public enum InternalCode: String, DiagnosticCode {
  case rejectedByVerifier = "E9001"
  case brokenInvariant = "E9002"

  public var title: String { "INTERNAL ERROR" }

  public var page: ExplainPage {
    switch self {
    case .rejectedByVerifier:
      ExplainPage(
        "The compiler produced code that the verifier does not accept. The program was not run. This is a mistake in "
          + "Orus, not in the program; please report it with the program that shows it.",
        wrong: "", right: "")
    case .brokenInvariant:
      ExplainPage(
        "Orus found itself in a state that it should not be able to reach. This is a mistake in Orus, not in the "
          + "program; please report it with the program that shows it.",
        wrong: "", right: "")
    }
  }
}
