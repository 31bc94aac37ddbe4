import OrusDiagnostics

/// What the lexer and the parser say: one function a diagnostic, in files by
/// area. A function gets spans and texts, never the parser.
enum Message {
  static func error(
    _ code: SyntaxCode, _ message: String, at span: Span, _ label: String, secondary: [Label] = [],
    explanation: String = "", help: [Help] = []
  ) -> Diagnostic {
    Diagnostic(
      .error, code, message, at: Label(span, label), secondary: secondary, explanation: explanation, help: help)
  }

  /// The article that goes before a word.
  static func article(_ word: String) -> String {
    guard let first = word.unicodeScalars.first else { return "a" }
    return "aeiouAEIOU".unicodeScalars.contains(first) ? "an" : "a"
  }
}

extension Help {
  /// Replaces one range.
  static func replace(_ span: Span, _ replacement: String, _ text: String) -> Help {
    Help(text, edits: [Edit(span, replacement)])
  }
}
