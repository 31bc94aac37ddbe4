import OrusDiagnostics

/// Comments, and the two habits that look like one.
extension Lexer {
  mutating func skipLineComment() {
    at += 2
    skipToEndOfLine()
  }

  mutating func skipToEndOfLine() {
    while at < count && source[at] != UInt8(ascii: "\n") && source[at] != UInt8(ascii: "\r") { at &+= 1 }
  }

  /// From `/*` to the matching `*/`. A line that such a comment ends on has not seen a token yet if only comments
  /// stand on it.
  mutating func skipBlockComment() {
    let start = at
    let line = lineStart
    var depth = 0
    while at < count {
      let byte = source[at]
      if byte == UInt8(ascii: "/") && peek(1) == UInt8(ascii: "*") {
        depth += 1
        at += 2
      } else if byte == UInt8(ascii: "*") && peek(1) == UInt8(ascii: "/") {
        depth -= 1
        at += 2
        if depth == 0 {
          if lineIsFresh, lineStart == line { skipBlanks(since: start) }
          return
        }
      } else if byte == UInt8(ascii: "\r") {
        lexCarriageReturn()
      } else {
        at += 1
        if byte == UInt8(ascii: "\n") { startLine() }
      }
    }
    unclosed.append(start)
    report(Message.unclosedComment(opening: span(start, start + 2), depth: depth))
  }

  /// What follows a comment that begins a line is indented as the comment is.
  private mutating func skipBlanks(since comment: Int) {
    while at < count, source[at] == UInt8(ascii: " ") { at += 1 }
    lineStart += at - comment
  }

  mutating func lexStrayCommentEnd() {
    let start = at
    at += 2
    report(Message.strayCommentEnd(at: span(start, at)))
  }

  mutating func lexHashComment() {
    let start = at
    skipToEndOfLine()
    report(Message.hashComment(hash: span(start, start + 1), comment: span(start, at)))
  }
}
