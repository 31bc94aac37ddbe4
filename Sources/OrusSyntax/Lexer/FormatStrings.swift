import OrusDiagnostics

/// Interpolated strings: `f"text {expression:spec} text"`.
///
/// The string is not one token, because its expressions hold any tokens, quotes
/// and further interpolated strings among them. It becomes `formatStart`, texts
/// and interpolations, and `formatEnd`. While an expression is lexed, its string
/// lies on the stack `formats` with a count of the brackets open in it, so that
/// a `}` or `:` outside of them is known to end the expression.
///
/// A string on one line ends at the end of the line at the latest, whatever is
/// open in it: then the tokens that are missing are added with no width, and the
/// parser keeps silent about them.
extension Lexer {
  struct OpenFormat {
    /// Where the string begins.
    let start: Int
    let isMultiLine: Bool
    /// A line break follows the opening quotes.
    let startsLine: Bool
    /// Where the text begins.
    let textStart: Int
    /// Of the deferred texts, those from here on are this string's.
    let firstDeferred: Int
    /// Where the open interpolation's `{` stands.
    var interpolation = 0
    var braces = 0
    var parens = 0
    /// Colons that keywords outside of brackets wait for: `if c: a`, `fn(x): x`.
    var colons = 0
    /// How many diagnostics there were at the beginning.
    let errors: Int

    mutating func closeParen() {
      if parens > 0 { parens -= 1 }
    }
  }

  /// At the opening quote; `start` is before the `f`.
  mutating func startFormat(from start: Int) {
    let isMultiLine = isTripleQuote(at: at)
    at += isMultiLine ? 3 : 1
    emit(.formatStart, from: start)
    var textStart = at
    let startsLine = isMultiLine && skipLineBreak(&textStart)
    formats.append(
      OpenFormat(
        start: start, isMultiLine: isMultiLine, startsLine: startsLine, textStart: textStart,
        firstDeferred: deferredTexts.count, errors: diagnostics.count))
    at = textStart
    lexFormatText()
  }

  /// Text up to the next interpolation or the closing quotes.
  private mutating func lexFormatText() {
    let open = formats[formats.count - 1]
    let start = at
    while at < count {
      switch source[at] {
      case UInt8(ascii: "\""):
        if open.isMultiLine && !isTripleQuote(at: at) {
          at += 1
          continue
        }
        emitText(from: start, isLast: true)
        return finishFormat()
      case UInt8(ascii: "{"):
        if peek(1) == UInt8(ascii: "{") {
          at += 2
          continue
        }
        emitText(from: start, isLast: false)
        formats[formats.count - 1].interpolation = at
        formats[formats.count - 1].braces = 0
        formats[formats.count - 1].parens = 0
        formats[formats.count - 1].colons = 0
        at += 1
        return emit(.interpolationOpen, from: at - 1)
      case UInt8(ascii: "}"):
        if peek(1) == UInt8(ascii: "}") {
          at += 2
          continue
        }
        report(Message.loneBraceInFormat(at: span(at, at + 1)))
        at += 1
      case UInt8(ascii: "\\"):
        if peek(1) == UInt8(ascii: "u"), peek(2) == UInt8(ascii: "{") {
          // The braces of `\u{…}` open no interpolation.
          at += 3
          while at < count, hexValue(source[at]) != nil { at += 1 }
          if at < count, source[at] == UInt8(ascii: "}") { at += 1 }
          continue
        }
        at += at + 1 < count && source[at + 1] != UInt8(ascii: "\n") && source[at + 1] != UInt8(ascii: "\r") ? 2 : 1
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        if !open.isMultiLine {
          emitText(from: start, isLast: true)
          return abandonFormat()
        }
        at += 1
      default:
        at += 1
      }
    }
    emitText(from: start, isLast: true)
    abandonFormat()
  }

  private mutating func emitText(from start: Int, isLast: Bool) {
    let open = formats[formats.count - 1]
    guard at > start else { return }
    if open.isMultiLine {
      deferredTexts.append(tokens.table.count)
      return emit(.formatText, from: start)
    }
    var form = TextForm()
    form.foldsBraces = true
    _ = decode(start, at, form)
    emit(.formatText, from: start, payload: internScratch().index)
  }

  /// At the closing quotes.
  private mutating func finishFormat() {
    let open = formats.removeLast()
    let closing = at
    at += open.isMultiLine ? 3 : 1
    if open.isMultiLine { decodeDeferredTexts(of: open, closing: closing) }
    emit(.formatEnd, from: closing)
    if open.isMultiLine { noteLines(in: open.start, closing) }
  }

  /// The texts of a multi-line string can be decoded only when the indentation of its closing quotes is known.
  private mutating func decodeDeferredTexts(of open: OpenFormat, closing: Int) {
    var form = TextForm()
    form.foldsBraces = true
    form.isMultiLine = true
    let indentation = closingIndentation(from: open.textStart - (open.startsLine ? 1 : 0), to: closing)
    form.indentation = indentation ?? 0
    for i in open.firstDeferred..<deferredTexts.count {
      let token = deferredTexts[i]
      let start = Int(tokens.table.starts[token])
      var end = Int(tokens.table.ends[token])
      form.startsLine = open.startsLine && start == open.textStart
      if let indentation, end == closing {
        end = max(end - indentation, start)
        dropLineBreak(&end, downTo: start)
      }
      _ = decode(start, end, form)
      tokens.table.payloads[token] = internScratch().index
    }
    deferredTexts.removeSubrange(open.firstDeferred...)
  }

  /// At the `}` that ends an interpolation.
  mutating func closeInterpolation() {
    at += 1
    emit(.interpolationClose, from: at - 1)
    lexFormatText()
  }

  /// At a keyword in an interpolation.
  mutating func noteKeyword(_ kind: TokenKind) {
    let i = formats.count - 1
    guard formats[i].braces == 0, formats[i].parens == 0 else { return }
    switch kind {
    case .if:
      // That of `a if c else b` has no colon.
      if !tokens.table.kinds[tokens.table.count - 1].endsOperand { formats[i].colons += 1 }
    case .elif, .fn, .match, .try, .catch: formats[i].colons += 1
    default: break
    }
  }

  /// Whether a `:` outside of brackets belongs to the expression and begins no spec.
  mutating func takesColon() -> Bool {
    let i = formats.count - 1
    if formats[i].colons > 0 {
      formats[i].colons -= 1
      return true
    }
    return tokens.table.kinds[tokens.table.count - 1] == .else
  }

  /// At the `:` of a spec.
  mutating func lexInterpolationSpec() {
    let start = at
    at += 1
    while at < count {
      let byte = source[at]
      if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n") { break }
      at += 1
    }
    emit(.interpolationSpec, from: start, payload: intern(start + 1, at).index)
    if peek() == UInt8(ascii: "}") { return closeInterpolation() }
    let open = formats[formats.count - 1]
    report(Message.unclosedInterpolation(opening: span(open.interpolation, open.interpolation + 1)))
    emit(.interpolationClose, from: at)
    if at < count && source[at] == UInt8(ascii: "\"") { lexFormatText() }
  }

  /// At the end of a line: the strings that cannot reach over it end here.
  mutating func closeOpenFormats(atEndOfFile: Bool) {
    while let open = formats.last, atEndOfFile || !open.isMultiLine {
      let lineBreak = at
      // The tokens belong to the line that ends.
      lineIsFresh = false
      if tokens.table.kinds[tokens.table.count - 1] != .interpolationClose { emit(.interpolationClose, from: at) }
      abandonFormat()
      at = lineBreak
      if !atEndOfFile { lineIsFresh = true }
    }
  }

  /// Ends the innermost string where its closing quotes are missing.
  private mutating func abandonFormat() {
    let open = formats.removeLast()
    unclosed.append(open.start)
    let opening = span(open.start, min(open.start + (open.isMultiLine ? 4 : 2), count))
    if diagnostics.count == open.errors {
      report(
        open.isMultiLine
          ? Message.unterminatedMultiLineString(opening: opening)
          : Message.unterminatedString(opening: opening, rest: span(open.start, at)))
    }
    if open.isMultiLine { decodeDeferredTexts(of: open, closing: at) }
    emit(.formatEnd, from: at)
  }
}
