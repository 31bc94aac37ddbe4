import OrusDiagnostics

/// Warnings, one function each.
enum WarningMessage {
  static func unreachableCode(_ code: Span, after cause: Span) -> Diagnostic {
    Diagnostic(
      .warning, WarningCode.unreachableCode, "this code is never reached", at: Label(code, "this never runs"),
      secondary: [Label(cause, "nothing goes on after this")],
      help: [Help("remove it, or move it before what leaves")])
  }

  static func unusedVariable(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .warning, WarningCode.unusedVariable, "`\(name)` is never read", at: Label(span, "nothing reads this"),
      help: [Help("if that is meant, call it `_\(name)`", edits: [Help.Edit(span, "_\(name)")])])
  }

  static func unusedImport(_ name: String, at span: Span, whole statement: Span?) -> Diagnostic {
    Diagnostic(
      .warning, WarningCode.unusedImport, "the import `\(name)` is not used", at: Label(span, "nothing uses this"),
      help: [Help("remove it", edits: statement.map { [Help.Edit($0, "")] } ?? [])])
  }

  static func sameTypeCast(_ cast: Span, type: String, typeSpan: Span, operandEnd: UInt32) -> Diagnostic {
    Diagnostic(
      .warning, WarningCode.sameTypeCast, "the value already has the type `\(type)`",
      at: Label(typeSpan, "it has this type without the cast"),
      help: [
        Help("leave the cast out", edits: [Help.Edit(Span(file: cast.file, start: operandEnd, end: cast.end), "")])
      ])
  }

  static func naming(_ what: String, _ name: String, _ style: NamingStyle, at span: Span) -> Diagnostic {
    let better = style.applied(to: name)
    let advice = better == name || better.isEmpty ? [] : [Help("call it `\(better)`")]
    return Diagnostic(
      .warning, WarningCode.naming, "\(what) `\(name)` is not in \(style.rawValue)",
      at: Label(span, "this is written in \(style.rawValue)"), help: advice)
  }
}
