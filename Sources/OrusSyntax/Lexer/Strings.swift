import OrusDiagnostics

/// String literals and the decoding of their text.
///
/// A text without escapes is interned straight from the source. Any other is
/// decoded into `scratch` first, and a second time, with its braces doubled, if
/// it holds `\{` or `\}`, which mean something else to a format.
extension Lexer {
  /// How the text between quotes is read.
  struct TextForm {
    var isRaw = false
    /// Of an interpolated string: `{{` and `}}` stand for one brace.
    var foldsBraces = false
    /// `\{` and `\}` give `{{` and `}}`.
    var doublesEscapedBraces = false
    /// Of a multi-line string: the columns to strip from each line.
    var indentation = 0
    /// The text begins at the beginning of a line.
    var startsLine = false
    var isMultiLine = false
    /// Escapes are checked; false in a second reading of the same text.
    var reports = true
  }

  /// At the opening quote; `start` is before the `r` of a raw string.
  mutating func lexString(from start: Int, isRaw: Bool) {
    if peek(1) == UInt8(ascii: "\"") && peek(2) == UInt8(ascii: "\"") {
      return lexMultiLineString(from: start, isRaw: isRaw)
    }
    let textStart = at + 1
    var end = textStart
    var isPlain = !isDamaged
    while end < count {
      let byte = source[end]
      if byte == UInt8(ascii: "\"") { break }
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { break }
      if byte == UInt8(ascii: "\\") && !isRaw {
        isPlain = false
        end &+= 1
        if end < count && (source[end] == UInt8(ascii: "\n") || source[end] == UInt8(ascii: "\r")) { break }
      }
      end &+= 1
    }
    end = min(end, count)
    guard end < count, source[end] == UInt8(ascii: "\"") else {
      at = end
      unclosed.append(start)
      report(Message.unterminatedString(opening: span(start, textStart), rest: span(start, end)))
      return emit(.invalid, from: start)
    }
    at = end + 1
    var form = TextForm()
    form.isRaw = isRaw
    let payload = isPlain ? intern(textStart, end).index : textPayload(textStart, end, form)
    emit(.string, from: start, payload: payload)
  }

  /// The symbol of source bytes.
  func intern(_ start: Int, _ end: Int) -> Symbol {
    symbols.intern(UnsafeBufferPointer(start: source + start, count: end - start))
  }

  /// Decodes a text into one symbol, or into two where its braces are escaped.
  private mutating func textPayload(_ start: Int, _ end: Int, _ form: TextForm) -> UInt32 {
    let hasEscapedBraces = decode(start, end, form)
    let symbol = internScratch()
    guard hasEscapedBraces else { return symbol.index }
    var doubled = form
    doubled.doublesEscapedBraces = true
    doubled.reports = false
    _ = decode(start, end, doubled)
    return literals.add(text: symbol, format: internScratch())
  }

  /// The symbol of the decoded text.
  mutating func internScratch() -> Symbol {
    if isDamaged { return symbols.intern(String(decoding: scratch, as: UTF8.self)) }
    return scratch.withUnsafeBufferPointer { symbols.intern($0) }
  }

  private mutating func lexMultiLineString(from start: Int, isRaw: Bool) {
    let opening = at + 3
    var end = opening
    while end < count && !isTripleQuote(at: end) {
      if source[end] == UInt8(ascii: "\\") && !isRaw { end &+= 1 }
      end &+= 1
    }
    guard end < count else {
      at = count
      unclosed.append(start)
      report(Message.unterminatedMultiLineString(opening: span(start, opening)))
      return emit(.invalid, from: start)
    }
    at = end + 3
    // The token stands where it begins, so it is added before the lines are counted on.
    var form = TextForm()
    form.isRaw = isRaw
    form.isMultiLine = true
    var textStart = opening
    form.startsLine = skipLineBreak(&textStart)
    var textEnd = end
    if let indentation = closingIndentation(from: textStart - (form.startsLine ? 1 : 0), to: end) {
      form.indentation = indentation
      textEnd = max(end - indentation, textStart)
      dropLineBreak(&textEnd, downTo: textStart)
    }
    emit(.string, from: start, payload: textPayload(textStart, textEnd, form))
    noteLines(in: opening, end)
  }

  func isTripleQuote(at i: Int) -> Bool {
    i + 2 < count && source[i] == UInt8(ascii: "\"") && source[i + 1] == UInt8(ascii: "\"")
      && source[i + 2] == UInt8(ascii: "\"")
  }

  /// What follows a token of several lines stands on its last one.
  mutating func noteLines(in start: Int, _ end: Int) {
    var i = end
    while i > start {
      i -= 1
      if source[i] == UInt8(ascii: "\n") {
        lineStart = i + 1
        return
      }
    }
  }

  /// Moves past a line break at `i`; tells whether there was one.
  func skipLineBreak(_ i: inout Int) -> Bool {
    if i < count && source[i] == UInt8(ascii: "\n") {
      i += 1
      return true
    }
    if i + 1 < count && source[i] == UInt8(ascii: "\r") && source[i + 1] == UInt8(ascii: "\n") {
      i += 2
      return true
    }
    return false
  }

  func dropLineBreak(_ end: inout Int, downTo start: Int) {
    guard end > start, source[end - 1] == UInt8(ascii: "\n") else { return }
    end -= 1
    if end > start && source[end - 1] == UInt8(ascii: "\r") { end -= 1 }
  }

  /// How many blanks stand before closing quotes at `end`; nil if they share their line with text.
  func closingIndentation(from start: Int, to end: Int) -> Int? {
    var i = end
    while i > start && (source[i - 1] == UInt8(ascii: " ") || source[i - 1] == UInt8(ascii: "\t")) { i -= 1 }
    return i > start && source[i - 1] == UInt8(ascii: "\n") ? end - i : nil
  }

  // MARK: Decoding

  /// Decodes source bytes into `scratch`; tells whether `\{` or `\}` was among them.
  mutating func decode(_ start: Int, _ end: Int, _ form: TextForm) -> Bool {
    scratch.removeAll(keepingCapacity: true)
    var hasEscapedBraces = false
    var i = start
    if form.startsLine { skipIndentation(&i, end, form) }
    while i < end {
      let byte = source[i]
      switch byte {
      case UInt8(ascii: "\\") where !form.isRaw:
        decodeEscape(&i, end, form, &hasEscapedBraces)
      case UInt8(ascii: "{") where form.foldsBraces, UInt8(ascii: "}") where form.foldsBraces:
        scratch.append(byte)
        i += i + 1 < end && source[i + 1] == byte ? 2 : 1
      case UInt8(ascii: "\r"):
        if i + 1 < end && source[i + 1] == UInt8(ascii: "\n") {
          i += 1
        } else {
          if form.reports { report(Message.loneCarriageReturn(at: span(i, i + 1))) }
          scratch.append(byte)
          i += 1
        }
      case UInt8(ascii: "\n"):
        scratch.append(byte)
        i += 1
        skipIndentation(&i, end, form)
      default:
        scratch.append(byte)
        i += 1
      }
    }
    return hasEscapedBraces
  }

  private func skipIndentation(_ i: inout Int, _ end: Int, _ form: TextForm) {
    var left = form.indentation
    while left > 0 && i < end && (source[i] == UInt8(ascii: " ") || source[i] == UInt8(ascii: "\t")) {
      i += 1
      left -= 1
    }
  }

  private mutating func decodeEscape(_ i: inout Int, _ end: Int, _ form: TextForm, _ hasBraces: inout Bool) {
    let start = i
    i += 1
    guard i < end else { return scratch.append(UInt8(ascii: "\\")) }
    let byte = source[i]
    i += 1
    switch byte {
    case UInt8(ascii: "n"): scratch.append(UInt8(ascii: "\n"))
    case UInt8(ascii: "t"): scratch.append(UInt8(ascii: "\t"))
    case UInt8(ascii: "r"): scratch.append(UInt8(ascii: "\r"))
    case UInt8(ascii: "0"): scratch.append(0)
    case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "'"): scratch.append(byte)
    case UInt8(ascii: "{"), UInt8(ascii: "}"):
      hasBraces = true
      scratch.append(byte)
      if form.doublesEscapedBraces { scratch.append(byte) }
    case UInt8(ascii: "x"): decodeHexEscape(start, &i, end, form)
    case UInt8(ascii: "u"): decodeUnicodeEscape(start, &i, end, form)
    default:
      while i < end && source[i] & 0xC0 == 0x80 { i += 1 }
      if form.reports { report(Message.unknownEscape(at: span(start, i), escape: text(start, i))) }
    }
  }

  func hexValue(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }

  private mutating func decodeHexEscape(_ start: Int, _ i: inout Int, _ end: Int, _ form: TextForm) {
    var value: UInt32 = 0
    var digits = 0
    while digits < 2, i < end, let digit = hexValue(source[i]) {
      value = value * 16 + digit
      digits += 1
      i += 1
    }
    if digits == 2 && value < 0x80 { return scratch.append(UInt8(value)) }
    if form.reports {
      report(Message.badHexEscape(at: span(start, i), value: digits == 2 ? value : nil, escape: text(start, i)))
    }
  }

  private mutating func decodeUnicodeEscape(_ start: Int, _ i: inout Int, _ end: Int, _ form: TextForm) {
    var value: UInt32 = 0
    var digits = 0
    var isClosed = false
    if i < end && source[i] == UInt8(ascii: "{") {
      i += 1
      while i < end, let digit = hexValue(source[i]) {
        value = digits < 8 ? value << 4 | digit : UInt32.max
        digits += 1
        i += 1
      }
      if i < end && source[i] == UInt8(ascii: "}") {
        isClosed = true
        i += 1
      }
    }
    if isClosed && digits > 0, let scalar = Unicode.Scalar(value) {
      return scratch.append(contentsOf: UTF8.encode(scalar)!)
    }
    if form.reports {
      report(
        Message.badUnicodeEscape(
          at: span(start, i), escape: text(start, i), isScalar: !(isClosed && digits > 0)))
    }
  }

  // MARK: Apostrophes

  /// `'name` is a label. Text between apostrophes is a string of another language.
  mutating func lexApostrophe() {
    let start = at
    var end = start + 1
    while end < count && (source[end] == UInt8(ascii: "_") || isLetterOrDigit(source[end])) { end += 1 }
    let closes = end < count && source[end] == UInt8(ascii: "'")
    if end > start + 1 && !closes && source[start + 1] > UInt8(ascii: "9") && !isQuoted(from: end) {
      at = end
      return emit(.label, from: start, payload: intern(start + 1, end).index)
    }
    while end < count && source[end] != UInt8(ascii: "'") && source[end] != UInt8(ascii: "\n")
      && source[end] != UInt8(ascii: "\r")
    {
      end += source[end] == UInt8(ascii: "\\") && end + 1 < count && source[end + 1] != UInt8(ascii: "\n") ? 2 : 1
    }
    guard end < count, source[end] == UInt8(ascii: "'") else {
      at = start + 1
      report(Message.strayApostrophe(at: span(start, at)))
      return emit(.invalid, from: start)
    }
    at = end + 1
    let prefix = prefixOfString(start)
    report(
      Message.apostropheString(at: span(start - prefix.utf8.count, at), prefix: prefix, text: text(start + 1, end)))
    guard prefix.isEmpty else {
      // Neither is what an `f` puts into the text read, nor are there escapes behind an `r`.
      let flags = tokens.removeLast()
      let payload = intern(start + 1, end).index
      return tokens.append(
        prefix == "f" ? .invalid : .string, start: start - 1, end: at, payload: payload, flags: flags)
    }
    _ = decode(start + 1, end, TextForm())
    emit(.string, from: start, payload: internScratch().index)
  }

  /// The `f` or `r` that stands directly before a string.
  private func prefixOfString(_ start: Int) -> String {
    let last = tokens.table.count - 1
    guard last >= 0, tokens.table.kinds[last] == .identifier, Int(tokens.table.ends[last]) == start,
      Int(tokens.table.starts[last]) == start - 1
    else { return "" }
    let prefix = text(start - 1, start)
    return prefix == "f" || prefix == "r" ? prefix : ""
  }

  /// An apostrophe follows on this line before anything that a labelled statement has.
  private func isQuoted(from i: Int) -> Bool {
    var i = i
    while i < count && source[i] != UInt8(ascii: "\n") {
      switch source[i] {
      case UInt8(ascii: "'"): return true
      case UInt8(ascii: ":"), UInt8(ascii: "\""), UInt8(ascii: ";"): return false
      default: i += 1
      }
    }
    return false
  }
}
