/// The source lines as they would read after a help's edits, with what is new underlined:
///
/// ```
///   |
/// 4 |     print(x)  // one
///   |               ++
/// ```
struct Suggestion {
  /// Of the first edit; the lines shown are those of its file.
  let span: Span
  private let file: SourceFile
  private let edits: [Help.Edit]
  private let firstLine: Int
  /// The changed text from the beginning of the first edited line to the end of the last, and where in it the new text
  /// is.
  private let text: [UInt8]
  private let inserted: [Range<Int>]

  private static let mostLines = 6

  /// Nil for a help without edits. Of edits in several files the first one's file is shown.
  init?(_ help: Help, files: SourceFiles) {
    guard let first = help.edits.first else { return nil }
    span = first.span
    file = files[first.span.file]
    edits = help.edits.filter { $0.span.file == first.span.file }.sorted { $0.span.start < $1.span.start }
    firstLine = file.position(of: edits[0].span.start).line
    let lastLine = file.position(of: edits[edits.count - 1].span.end).line
    var text: [UInt8] = []
    var inserted: [Range<Int>] = []
    var position = file.lineRange(firstLine).lowerBound
    let end = file.lineRange(lastLine).upperBound
    for edit in edits {
      let start = max(position, min(Int(edit.span.start), end))
      text += file.bytes[position..<start]
      inserted.append(text.count..<text.count + edit.replacement.utf8.count)
      text += edit.replacement.utf8
      position = max(start, min(Int(edit.span.end), end))
    }
    text += file.bytes[position..<max(position, end)]
    self.text = text
    self.inserted = inserted
  }

  var lastLine: Int { firstLine + min(text.lazy.filter { $0 == 0x0A }.count, Self.mostLines) }

  func rows(_ gutter: Gutter, _ palette: Palette, isOtherFile: Bool) -> [String] {
    var rows: [String] = []
    if isOtherFile {
      var row = StyledRow(palette)
      row.put("-->", at: gutter.digits, .gutter)
      row.put(visibleText(file.path), at: gutter.digits + 4)
      rows.append(row.text)
    } else {
      rows.append(gutter.empty(palette))
    }
    text.withUnsafeBufferPointer { bytes in
      var start = 0
      var line = firstLine
      while start <= bytes.count {
        if line - firstLine == Self.mostLines {
          rows.append(gutter.gap(palette))
          return
        }
        let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
        let contentEnd = end > start && bytes[end - 1] == 0x0D ? end - 1 : end
        rows += lineRows(bytes, start..<contentEnd, number: line, gutter, palette)
        start = end + 1
        line += 1
      }
    }
    return rows
  }

  private func lineRows(
    _ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>, number: Int, _ gutter: Gutter, _ palette: Palette
  ) -> [String] {
    let here = inserted.filter { $0.lowerBound <= line.upperBound && $0.upperBound >= line.lowerBound }
    let focus = here.first.map { max($0.lowerBound, line.lowerBound)..<min($0.upperBound, line.upperBound) }
    let window = SourceWindow(
      bytes, line: line, focus: focus ?? line.lowerBound..<line.lowerBound, width: gutter.room)
    var rows = [gutter.source(number, window.text, palette)]
    var underline = gutter.bar(palette)
    var isMarked = false
    for range in here where !range.isEmpty {
      let clamped = max(range.lowerBound, line.lowerBound)..<min(range.upperBound, line.upperBound)
      guard !clamped.isEmpty, let columns = window.columns(of: clamped) else { continue }
      underline.put(String(repeating: "+", count: columns.count), at: gutter.digits + 3 + columns.lowerBound, .help)
      isMarked = true
    }
    if isMarked { rows.append(underline.text) }
    return rows
  }
}
