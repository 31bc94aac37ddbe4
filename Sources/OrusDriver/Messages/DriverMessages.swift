import OrusBytecode
import OrusDiagnostics
import OrusSyntax
import OrusTypes

/// Messages about modules and programs as a whole, one function each.
enum DriverMessage {
  static func nothingToRun(in file: FileID) -> Diagnostic {
    Diagnostic(
      .error, SyntaxCode.nothingToRun, "there is nothing to run in this file",
      at: Label(Span(file: file, start: 0, end: 0), "neither statements nor `main`"),
      explanation: "A program is the statements of its file, and then `main` if it declares one.",
      help: [Help("add `fn main:` with what is to be done, or check the file with `orus check`")])
  }

  static func rejected(_ error: VerificationError, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, InternalCode.rejectedByVerifier, "the compiler made code that the verifier refuses: \(error)",
      at: Label(span, "compiled wrongly"),
      explanation: "\(error). This is a mistake in Orus, not in the program. Nothing of it was run.",
      help: [Help("please report it, with the program that shows it")])
  }

  /// `reason`: a sentence without its end.
  static func damaged(_ path: String, reason: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, ModuleCode.damagedProgram, "`\(path)` is no program that can be run: \(reason)",
      at: Label(span, "nothing of this was run"), explanation: "The program was refused: \(reason).",
      help: [Help("compile it again from its source, with `orus compile`")])
  }

  static func hiding(_ name: String, path: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .warning, WarningCode.hiddenModule, "`\(name)` is the module in `\(path)`, not the standard library's",
      at: Label(span, "this is `\(path)`"),
      explanation: "A module of the program is found before one of the standard library with the same name.",
      help: [Help("give the file another name, if the standard library's is meant here or anywhere in the program")])
  }
}
