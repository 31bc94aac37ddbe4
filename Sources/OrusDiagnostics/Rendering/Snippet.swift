/// The source lines of one diagnostic with what is underlined in them:
///
/// ```
/// 3 | let x: i32 = "hello"
///   |        ---   ^^^^^^^ this is a `string`
///   |        |
///   |        `i32` is expected because of this annotation
/// ```
///
/// The rightmost label of a line stands behind its underline if there is room; the
/// others hang below their own, rightmost first, so that no bar crosses a text. A
/// label over several lines underlines its first and its last, and has its words
/// at the last. Labels too far apart for one window show the line twice.
struct Snippet {
  /// The part of a label that lies in one line.
  private struct Mark {
    let line: Int
    let bytes: Range<Int>
    let text: String
    let isPrimary: Bool
  }

  private let file: SourceFile
  private var marks: [Mark] = []

  init(_ file: SourceFile) { self.file = file }

  mutating func add(_ label: Label, isPrimary: Bool) {
    let start = min(Int(label.span.start), file.bytes.count)
    let end = min(max(Int(label.span.end), start), file.bytes.count)
    let firstLine = file.position(of: UInt32(start)).line
    let first = file.lineRange(firstLine)
    // An end just behind a line break still means the line before it.
    let lastLine = end > start ? file.position(of: UInt32(end - 1)).line : firstLine
    let low = max(start, first.lowerBound)
    if lastLine == firstLine {
      // What covers only a line break stands behind the line's last character.
      let clamped = min(low, first.upperBound)
      marks.append(
        Mark(line: firstLine, bytes: clamped..<min(max(end, clamped), max(first.upperBound, clamped)), text: label.text,
          isPrimary: isPrimary))
      return
    }
    marks.append(
      Mark(line: firstLine, bytes: min(low, first.upperBound)..<first.upperBound, text: "", isPrimary: isPrimary))
    let last = file.lineRange(lastLine)
    var indent = last.lowerBound
    while indent < last.upperBound, file.bytes[indent] == 0x20 || file.bytes[indent] == 0x09 { indent += 1 }
    let lastEnd = min(end, last.upperBound)
    let lastStart = indent < lastEnd ? indent : last.lowerBound
    marks.append(
      Mark(line: lastLine, bytes: lastStart..<max(lastEnd, lastStart), text: label.text, isPrimary: isPrimary))
  }

  /// The number of the last line shown, for the width of the gutter.
  var lastLine: Int { marks.lazy.map(\.line).max() ?? 1 }

  func rows(gutter: Gutter, palette: Palette) -> [String] {
    var rows: [String] = []
    let lines = Set(marks.map(\.line)).sorted()
    var previous = 0
    for line in lines {
      if previous != 0, line == previous + 2 {
        // A single line between two is easier to read than a gap.
        let range = file.lineRange(previous + 1)
        let focus = range.lowerBound..<range.lowerBound
        let window = SourceWindow(file.bytes, line: range, focus: focus, width: gutter.room)
        rows.append(gutter.source(previous + 1, window.text, palette))
      } else if previous != 0, line > previous + 1 {
        rows.append(gutter.gap(palette))
      }
      rows += lineRows(line, marks.filter { $0.line == line }, gutter, palette)
      previous = line
    }
    return rows
  }

  private func lineRows(_ line: Int, _ marks: [Mark], _ gutter: Gutter, _ palette: Palette) -> [String] {
    let range = file.lineRange(line)
    // The primary label chooses what is seen; what does not fit beside it gets a window of its own.
    var waiting = marks.filter(\.isPrimary) + marks.filter { !$0.isPrimary }
    var rows: [String] = []
    while let first = waiting.first {
      let window = chooseWindow(range, waiting, first, gutter)
      var placed: [PlacedMark] = []
      var left: [Mark] = []
      for (i, mark) in waiting.enumerated() {
        if let columns = window.columns(of: mark.bytes) ?? (i == 0 ? 0..<1 : nil) {
          placed.append(PlacedMark(columns: columns, text: mark.text, isPrimary: mark.isPrimary))
        } else {
          left.append(mark)
        }
      }
      rows.append(gutter.source(line, window.text, palette))
      rows += MarkLayout(placed, room: gutter.room).rows(gutter, palette)
      waiting = left
    }
    return rows
  }

  /// A window around `first`, or around all marks if there is one that holds them.
  private func chooseWindow(_ range: Range<Int>, _ marks: [Mark], _ first: Mark, _ gutter: Gutter) -> SourceWindow {
    let low = marks.map(\.bytes.lowerBound).min()!
    let high = marks.map(\.bytes.upperBound).max()!
    if high - low < gutter.room - 8 {
      let window = SourceWindow(file.bytes, line: range, focus: low..<high, width: gutter.room)
      if window.columns(of: first.bytes) != nil { return window }
    }
    return SourceWindow(file.bytes, line: range, focus: first.bytes, width: gutter.room)
  }
}

/// The left margin of a diagnostic: line numbers, bars and how much room is beside them.
struct Gutter {
  static let totalWidth = 80
  let digits: Int

  init(lastLine: Int) { digits = String(lastLine).utf8.count }

  /// Columns right of the bar.
  var room: Int { max(20, Self.totalWidth - digits - 3) }

  func source(_ line: Int, _ text: String, _ palette: Palette) -> String {
    var row = bar(palette, number: String(line))
    row.put(text, at: digits + 3)
    return row.text
  }

  func gap(_ palette: Palette) -> String {
    var row = StyledRow(palette)
    row.put("...", at: 0, .gutter)
    return row.text
  }

  func empty(_ palette: Palette) -> String { bar(palette).text }

  /// A row that begins with the bar; pieces go to columns from `digits + 3`.
  func bar(_ palette: Palette, number: String = "") -> StyledRow {
    var row = StyledRow(palette)
    row.put(number, at: digits - number.utf8.count, .gutter)
    row.put("|", at: digits + 1, .gutter)
    return row
  }
}
