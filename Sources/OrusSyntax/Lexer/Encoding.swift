import OrusDiagnostics

/// What concerns bytes rather than tokens: UTF-8, NUL, byte order marks, line
/// ends, tabs, and characters that begin no token.
extension Lexer {
  /// Looks over the whole source once, eight bytes at a time where it is plain ASCII.
  mutating func checkEncoding() {
    var i = 0
    while i < count {
      if i + 8 <= count {
        let word = UnsafeRawPointer(source + i).loadUnaligned(as: UInt64.self)
        // Zero where no byte is NUL and none is beyond ASCII.
        if (word &- 0x0101_0101_0101_0101 | word) & 0x8080_8080_8080_8080 == 0 {
          i += 8
          continue
        }
      }
      let byte = source[i]
      if byte == 0 {
        reportNul(at: i)
        i += 1
      } else if byte < 0x80 {
        i += 1
      } else {
        let length = characterLength(at: i)
        if length == 0 && !isDamaged { reportDamage(at: i) }
        i += max(length, 1)
      }
    }
  }

  /// Of the UTF-8 character at `i`, in bytes; 0 if it is none.
  func characterLength(at i: Int) -> Int {
    let first = source[i]
    func continuation(_ k: Int, _ low: UInt8 = 0x80, _ high: UInt8 = 0xBF) -> Bool {
      i + k < count && source[i + k] >= low && source[i + k] <= high
    }
    switch first {
    case ..<0x80: return 1
    case 0xC2...0xDF: return continuation(1) ? 2 : 0
    case 0xE0: return continuation(1, 0xA0) && continuation(2) ? 3 : 0
    case 0xED: return continuation(1, 0x80, 0x9F) && continuation(2) ? 3 : 0
    case 0xE1...0xEF: return continuation(1) && continuation(2) ? 3 : 0
    case 0xF0: return continuation(1, 0x90) && continuation(2) && continuation(3) ? 4 : 0
    case 0xF1...0xF3: return continuation(1) && continuation(2) && continuation(3) ? 4 : 0
    case 0xF4: return continuation(1, 0x80, 0x8F) && continuation(2) && continuation(3) ? 4 : 0
    default: return 0
    }
  }

  func isByteOrderMark(at i: Int) -> Bool {
    i + 3 <= count && source[i] == 0xEF && source[i + 1] == 0xBB && source[i + 2] == 0xBF
  }

  /// Once a file: text in another encoding is one mistake, however many letters it has.
  private mutating func reportDamage(at i: Int) {
    isDamaged = true
    report(Message.invalidUTF8(at: span(i, i + 1), offset: i, byte: source[i], isUTF16: i == 0 && source[i] >= 0xFE))
  }

  /// Once a line.
  private mutating func reportNul(at i: Int) {
    if isDamaged && source[0] >= 0xFE { return }
    var before = i
    while before > 0 && source[before - 1] != UInt8(ascii: "\n") {
      before -= 1
      if source[before] == 0 { return }
    }
    report(Message.nulByte(at: span(i, i + 1), offset: i))
  }

  /// A byte order mark, and a first line that names the interpreter.
  mutating func skipPrologue() {
    if isByteOrderMark(at: 0) {
      at = 3
      lineStart = 3
    }
    if peek() == UInt8(ascii: "#") && peek(1) == UInt8(ascii: "!") { skipToEndOfLine() }
  }

  mutating func lexCarriageReturn() {
    let start = at
    at += 1
    if peek() == UInt8(ascii: "\n") {
      at += 1
    } else {
      report(Message.loneCarriageReturn(at: span(start, start + 1)))
    }
    startLine()
  }

  /// Reports the tabs before `start`, which is the line's first token, and gives its column.
  mutating func reportTabs(before start: Int) -> Int {
    var column = 0
    var i = lineStart
    var firstTab = start
    while i < start {
      if source[i] == UInt8(ascii: "\t") {
        firstTab = min(firstTab, i)
        column += 4 - column % 4
      } else {
        column += 1
      }
      i += 1
    }
    var lastTab = firstTab
    for k in firstTab..<start where source[k] == UInt8(ascii: "\t") { lastTab = k }
    var end = lineStart
    while end < start && (source[end] == UInt8(ascii: " ") || source[end] == UInt8(ascii: "\t")) { end += 1 }
    report(
      Message.tabInIndentation(
        tabs: span(firstTab, lastTab + 1), indentation: span(lineStart, end), columns: column - (start - end)))
    return column
  }

  // MARK: Characters

  /// A character beyond ASCII, or a word with one.
  mutating func lexHigh() {
    let start = at
    if isByteOrderMark(at: at) {
      at += 3
      return report(Message.strayByteOrderMark(at: span(start, at)))
    }
    var isWord = true
    var end = start
    var isValid = true
    while end < count {
      let byte = source[end]
      if byte < 0x80 {
        let isPart = byte == UInt8(ascii: "_") || isLetterOrDigit(byte)
        if !isPart { break }
        end += 1
        continue
      }
      let length = characterLength(at: end)
      if length == 0 {
        isValid = false
        end += 1
        continue
      }
      guard let scalar = text(end, end + length).unicodeScalars.first else { break }
      if !scalar.properties.isAlphabetic && !scalar.properties.isIDContinue {
        if end == start {
          isWord = false
          end += length
        }
        break
      }
      end += length
    }
    at = end
    // Bytes that are no UTF-8 were reported when the encoding was checked.
    guard isValid else { return emit(.invalid, from: start) }
    let written = text(start, end)
    guard isWord else {
      if written.unicodeScalars.allSatisfy({ $0.properties.isWhitespace }) {
        return report(Message.unusualSpace(at: span(start, end), character: written))
      }
      report(Message.unknownCharacter(at: span(start, end), character: written))
      return emit(.invalid, from: start)
    }
    let symbol = symbols.intern(UnsafeBufferPointer(start: source + start, count: end - start))
    if reportedNames.insert(symbol.index).inserted {
      report(Message.identifierNotASCII(at: span(start, end), name: written))
    }
    emit(.identifier, from: start, payload: symbol.index)
  }

  mutating func lexUnknown() {
    let start = at
    at += 1
    // NUL was reported when the encoding was checked.
    if source[start] == 0 { return }
    if source[start] == UInt8(ascii: "`"), let end = closingBacktick { at = end }
    report(Message.unknownCharacter(at: span(start, at), character: text(start, at)))
    // Before a word or a number it is one mistake with it.
    if at == start + 1, at < count, isLetterOrDigit(source[at]) || source[at] == UInt8(ascii: "_") { return }
    emit(.invalid, from: start)
  }

  /// Behind the next backtick on the line.
  private var closingBacktick: Int? {
    var end = at
    while end < count, source[end] != UInt8(ascii: "\n") {
      if source[end] == UInt8(ascii: "`") { return end + 1 }
      end += 1
    }
    return nil
  }

  func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }
}
