/// One line for each diagnostic: `FILE:LINE:COL: error[E2001]: message`. A line
/// break in the message is written `\n`, so that tools can rely on the lines.
struct CompactRenderer {
  let files: SourceFiles

  func render(_ diagnostic: Diagnostic) -> String {
    let file = files[diagnostic.primary.span.file]
    let position = file.position(of: diagnostic.primary.span.start)
    let kind = "\(diagnostic.severity.rawValue)[\(diagnostic.code)]"
    return "\(oneLine(file.path)):\(position.line):\(position.column): \(kind): \(oneLine(diagnostic.message))\n"
  }

  private func oneLine(_ text: String) -> String {
    visibleText(text).split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\\n")
  }
}
