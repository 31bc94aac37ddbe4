/// The part of a source line that is shown: all of it where it fits, otherwise a
/// window around what a label points at, cut ends marked by `…`.
///
/// A line may be many megabytes long, so only the bytes near the label are ever
/// decoded.
struct SourceWindow {
  private struct Cell {
    let offset: Int
    let column: Int
    let width: Int
    let scalar: Unicode.Scalar
  }

  private var cells: [Cell] = []
  private var endColumn = 0
  /// The columns of the decoded text that are shown.
  private var shown = 0..<0
  private var cutBefore = false
  private var cutAfter = false

  private static let tabStop = 4

  /// - Parameters:
  ///   - line: the line's bytes, without its break.
  ///   - focus: what has to be seen; if it is too wide, its beginning.
  ///   - width: columns there are.
  init(_ bytes: UnsafeBufferPointer<UInt8>, line: Range<Int>, focus: Range<Int>, width: Int) {
    var decoded = line
    // No line longer than this fits, whatever is in it.
    let reach = 16 * width
    if line.count > 2 * reach {
      let low = max(line.lowerBound, min(focus.lowerBound, line.upperBound) - reach)
      decoded = scalarStart(bytes, low, in: line)..<scalarStart(bytes, min(line.upperBound, low + 2 * reach), in: line)
    }
    decode(bytes, decoded)
    cutBefore = decoded.lowerBound > line.lowerBound
    cutAfter = decoded.upperBound < line.upperBound
    let low = startColumn(of: focus.lowerBound)
    choose(width: width, focus: low..<max(column(of: focus.upperBound), low + 1))
  }

  /// The text, which starts at column 0.
  var text: String {
    var text = cutBefore ? "…" : ""
    var column = shown.lowerBound
    for cell in cells where cell.column + cell.width <= shown.upperBound && cell.column >= shown.lowerBound {
      // Half of a wide character at the window's edge is a space.
      while column < cell.column {
        text += " "
        column += 1
      }
      if cell.scalar == "\t" {
        text += String(repeating: " ", count: cell.width)
      } else {
        text.unicodeScalars.append(cell.scalar)
      }
      column += cell.width
    }
    return cutAfter ? text + "…" : trimmedEnd(text)
  }

  /// The columns of `text` under which the bytes stand, at least one; nil where none of them is shown.
  func columns(of range: Range<Int>) -> Range<Int>? {
    let low = startColumn(of: range.lowerBound)
    let high = max(column(of: range.upperBound), low + 1)
    let clampedLow = max(low, shown.lowerBound)
    let clampedHigh = min(high, shown.upperBound + 1)
    guard clampedLow < clampedHigh, low <= shown.upperBound else { return nil }
    let shift = shown.lowerBound - (cutBefore ? 1 : 0)
    return clampedLow - shift..<clampedHigh - shift
  }

  private mutating func decode(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    var counter = WidthCounter()
    var offset = range.lowerBound
    var column = 0
    while offset < range.upperBound {
      let (scalar, length) = decodeScalar(bytes, at: offset, end: range.upperBound)
      if scalar == "\t" {
        let width = Self.tabStop - column % Self.tabStop
        cells.append(Cell(offset: offset, column: column, width: width, scalar: scalar))
        column += width
      } else {
        let character = counter.next(scalar)
        cells.append(Cell(offset: offset, column: column, width: character.width, scalar: character.scalar))
        column += character.width
      }
      offset += length
    }
    endColumn = column
  }

  private mutating func choose(width: Int, focus: Range<Int>) {
    // One column stays free for a caret behind the last character.
    if !cutBefore, !cutAfter, endColumn < width {
      shown = 0..<endColumn
      return
    }
    let room = width - 2
    let spare = max(0, room - focus.count)
    var low = max(0, focus.lowerBound - spare / 2)
    if !cutAfter { low = min(low, max(0, endColumn + 1 - room)) }
    if low <= 1, !cutBefore { low = 0 }
    let high = min(endColumn, low + room)
    cutBefore = cutBefore || low > 0
    cutAfter = cutAfter || high < endColumn
    shown = low..<high
  }

  private func column(of offset: Int) -> Int {
    let index = cellIndex(of: offset)
    return index < cells.count ? cells[index].column : endColumn
  }

  /// The same, but a combining mark stands in the column of the character it belongs to.
  private func startColumn(of offset: Int) -> Int {
    var index = cellIndex(of: offset)
    guard index < cells.count else { return endColumn }
    while index > 0, cells[index].width == 0 { index -= 1 }
    return cells[index].column
  }

  /// The first cell at or behind `offset`.
  private func cellIndex(of offset: Int) -> Int {
    var low = 0
    var high = cells.count
    while low < high {
      let middle = (low + high) / 2
      if cells[middle].offset < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// The first byte at or before `offset` that starts a character.
private func scalarStart(_ bytes: UnsafeBufferPointer<UInt8>, _ offset: Int, in line: Range<Int>) -> Int {
  var start = offset
  while start > line.lowerBound, start < line.upperBound, offset - start < 4, bytes[start] & 0xC0 == 0x80 { start -= 1 }
  return start
}

/// The character at `offset` and its length; U+FFFD and 1 where the bytes are not UTF-8.
private func decodeScalar(
  _ bytes: UnsafeBufferPointer<UInt8>, at offset: Int, end: Int
) -> (scalar: Unicode.Scalar, length: Int) {
  let first = bytes[offset]
  if first < 0x80 { return (Unicode.Scalar(first), 1) }
  let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
  guard first >= 0xC2, first < 0xF5, offset + length <= end else { return ("\u{FFFD}", 1) }
  var value = UInt32(first) & (0x7F >> UInt32(length))
  for i in offset + 1..<offset + length {
    guard bytes[i] & 0xC0 == 0x80 else { return ("\u{FFFD}", 1) }
    value = value << 6 | UInt32(bytes[i] & 0x3F)
  }
  let least: [UInt32] = [0, 0, 0x80, 0x800, 0x10000]
  guard value >= least[length], let scalar = Unicode.Scalar(value) else { return ("\u{FFFD}", 1) }
  return (scalar, length)
}
