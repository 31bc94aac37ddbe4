import OrusDiagnostics

enum SampleCode: String, DiagnosticCode {
  case mismatch = "E2001"
  case unused = "W0001"

  var title: String { self == .mismatch ? "TYPE MISMATCH" : "UNUSED NAME" }
  var page: ExplainPage { ExplainPage("A summary.", wrong: "let x: i32 = \"a\"", right: "let x: i32 = 1") }
}

/// Source files, and spans found in them by their text.
struct Fixture {
  var files = SourceFiles()
  var texts: [String] = []

  init(_ sources: (path: String, text: String)...) {
    for source in sources {
      _ = files.add(SourceFile(path: source.path, text: Array(source.text.utf8)))
      texts.append(source.text)
    }
  }

  /// The first place of `text` in a file, at or behind the first one of `anchor`.
  func span(_ text: String, after anchor: String = "", file: Int = 0) -> Span {
    let bytes = Array(texts[file].utf8)
    let start = anchor.isEmpty ? 0 : offset(Array(anchor.utf8), in: bytes, from: 0)
    let found = offset(Array(text.utf8), in: bytes, from: start)
    return Span(file: FileID(UInt32(file)), start: UInt32(found), end: UInt32(found + text.utf8.count))
  }

  func span(_ range: Range<Int>, file: Int = 0) -> Span {
    Span(file: FileID(UInt32(file)), start: UInt32(range.lowerBound), end: UInt32(range.upperBound))
  }

  private func offset(_ wanted: [UInt8], in bytes: [UInt8], from start: Int) -> Int {
    (start...bytes.count - wanted.count).first { bytes[$0..<$0 + wanted.count].elementsEqual(wanted) }!
  }

  func full(_ diagnostics: Diagnostic..., colour: Bool = false) -> String {
    DiagnosticRenderer(.full, colour: colour, files: files, toolVersion: "1.0").render(diagnostics)
  }

  func render(_ format: DiagnosticFormat, _ diagnostics: Diagnostic...) -> String {
    DiagnosticRenderer(format, colour: false, files: files, toolVersion: "1.0").render(diagnostics)
  }
}

/// The rows below the heading.
func body(_ rendered: String) -> String {
  rendered.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(2).joined(separator: "\n")
}

func error(
  _ span: Span, _ text: String, _ secondary: [Label] = [], message: String? = nil, explanation: String = "",
  help: [Help] = []
) -> Diagnostic {
  Diagnostic(
    .error, SampleCode.mismatch, message ?? text, at: Label(span, text), secondary: secondary, explanation: explanation,
    help: help)
}
