import OrusDiagnostics

/// How one mistake stays one diagnostic.
///
/// Two kinds of mistakes are told apart. Where the parser knows what was meant
/// (`&&` for `and`, a missing `:`), it says so with `report` and goes on as if
/// that stood there. Where it does not, it says what it expected with `fail`,
/// which silences it until the cursor is at a place that it knows again: the
/// bracket that closes the innermost list, the `:` that ends a header, or the
/// next line that is not deeper than the broken statement.
struct Recovery: BitwiseCopyable {
  /// Since a failure the cursor has not reached a known place.
  var isActive = false
  /// In this statement a bracket is never closed, so what it holds belongs to others.
  var isUnclosed = false
  /// The token at which the last diagnostic was reported; another one there would be its consequence.
  var lastToken = -1
  /// The nesting limit was passed: the rest of the file is not read.
  var hasGivenUp = false
  /// No list of type arguments begins at a `<` before this token.
  var noTypesBefore = 0
}

extension Parser {
  // MARK: Reporting

  /// A mistake after which the parser goes on as if it were not there.
  mutating func report(_ diagnostic: Diagnostic) {
    if recovery.isActive || recovery.hasGivenUp { return }
    append(diagnostic)
  }

  /// A mistake after which the parser does not know where it is.
  mutating func fail(_ diagnostic: Diagnostic) {
    if !recovery.isActive && !recovery.hasGivenUp && recovery.lastToken != at && !isReported(at) {
      append(diagnostic)
    }
    recovery.isActive = true
  }

  private mutating func append(_ diagnostic: Diagnostic) {
    recovery.lastToken = at
    if diagnostics.count < Self.diagnosticLimit {
      diagnostics.append(diagnostic)
    } else if diagnostics.count == Self.diagnosticLimit {
      diagnostics.append(Message.tooManyErrors(at: tokenSpan(at), limit: Self.diagnosticLimit))
      giveUp()
    }
  }

  /// The lexer has reported this token.
  func isReported(_ token: Int) -> Bool {
    switch tokens.kinds[token] {
    case .invalid: true
    case .interpolationClose, .formatEnd: tokens.starts[token] == tokens.ends[token]
    default: false
    }
  }

  // MARK: Limits

  /// Enters a level of nesting; false when there are too many, and the cursor is at the end of the file then.
  @inline(__always)
  mutating func deepen() -> Bool {
    depth &+= 1
    if depth <= Self.nestingLimit { return true }
    depth &-= 1
    nestedTooDeeply()
    return false
  }

  @inline(never)
  private mutating func nestedTooDeeply() {
    report(Message.nestedTooDeeply(at: tokenSpan(at), limit: Self.nestingLimit))
    giveUp()
  }

  private mutating func giveUp() {
    recovery.hasGivenUp = true
    at = tokens.count - 1
    kind = .endOfFile
  }

  // MARK: Finding a known place

  /// Skips to the next line of the block around the cursor, or of one further out.
  mutating func resynchronise() {
    var inner = 0
    while kind != .endOfFile {
      if isFirstOnLine(at) && column(of: at) <= layout.indentation { break }
      if layout.isInBrackets {
        if opensBracket(kind) { inner += 1 }
        if closesBracket(kind) {
          if inner == 0 { break }
          inner -= 1
        }
      }
      advance()
    }
    recovery.isActive = false
  }

  func opensBracket(_ kind: TokenKind) -> Bool {
    switch kind {
    case .leftParen, .leftBracket, .leftBrace, .interpolationOpen: true
    default: false
    }
  }

  /// Skips a token that no loop could get past.
  mutating func skipToken() {
    if closesBracket(kind) {
      report(Message.unopenedBracket(at: tokenSpan(at), bracket: tokenText(at)))
    } else {
      fail(Message.unexpectedToken(at: tokenSpan(at), found: describe(at)))
    }
    advance()
    if recovery.isActive { resynchronise() }
  }

  /// Skips to the `:` that ends a header on this line, or to the `{` in its place; false if there is none.
  mutating func skipToHeaderColon() -> Bool {
    var i = at
    while tokens.kinds[i] != .endOfFile && (i == at || !isFirstOnLine(i)) {
      let isBrace = tokens.kinds[i] == .leftBrace && layout.brackets == 0
      if tokens.kinds[i] == .colon || isBrace, tokens.kinds[i + 1] == .endOfFile || isFirstOnLine(i + 1) {
        move(to: i)
        if isBrace { openBraceBlocks += 1 }
        recovery.isActive = false
        return true
      }
      i += 1
    }
    return false
  }

  // MARK: Brackets

  /// Consumes an opening bracket; false at the nesting limit.
  @inline(__always)
  mutating func openBracket() -> Bool {
    guard deepen() else { return false }
    openBrackets.append(UInt32(truncatingIfNeeded: at))
    layout.brackets &+= 1
    advance()
    return true
  }

  /// Consumes the bracket that closes the innermost list, or reports that it is missing.
  @inline(__always)
  mutating func closeBracket(_ closer: TokenKind) {
    if kind == closer && !recovery.isActive {
      advance()
    } else {
      recoverBracket(closer)
    }
    layout.brackets &-= 1
    openBrackets.truncate(to: openBrackets.count - 1)
    depth &-= 1
  }

  @inline(never)
  private mutating func recoverBracket(_ closer: TokenKind) {
    if recovery.hasGivenUp { return }
    let opener = Int(openBrackets[openBrackets.count - 1])
    if !recovery.isActive { reportMissingCloser(opener, closer) }
    if recovery.isActive { skipToCloser(opener, closer) }
  }

  /// Consumes the comma behind a part of a list. Where it is missing and another part follows, that is reported and the
  /// list goes on.
  @inline(__always)
  mutating func takeComma(before closer: TokenKind) -> Bool {
    if take(.comma) { return true }
    return kind != closer && lacksComma(closer)
  }

  @inline(never)
  private mutating func lacksComma(_ closer: TokenKind) -> Bool {
    switch kind {
    case .identifier, .integer, .float, .string, .formatStart, .true, .false, .nil: break
    default: return false
    }
    let opener = Int(openBrackets[openBrackets.count - 1])
    guard !recovery.isActive, recovery.lastToken != at, findCloser(opener, closer) else { return false }
    report(Message.missingComma(at: gap, next: tokenSpan(at), found: describe(at), opening: tokenSpan(opener)))
    return true
  }

  private mutating func reportMissingCloser(_ opener: Int, _ closer: TokenKind) {
    // The same place has been reported: brackets further out miss their end for the same reason.
    if recovery.lastToken == at { return }
    if isReported(at) {
      recovery.isActive = kind == .invalid
      recovery.lastToken = at
      return
    }
    if isEndOfUnclosed(opener) {
      reportUnclosed(opener)
      return
    }
    if closesBracket(kind) {
      if isClosedFurtherOut(kind) {
        return reportUnclosed(opener)
      }
      report(
        Message.mismatchedBracket(
          at: tokenSpan(at), found: tokenText(at), opening: tokenSpan(opener), bracket: tokenText(opener),
          closer: closer.spelling!))
      return advance()
    }
    if !findCloser(opener, closer) {
      reportUnclosed(opener)
      recovery.isActive = true
      return
    }
    failInList(opener, closer)
  }

  /// At the first place that cannot stand in the bracket any more.
  mutating func reportUnclosed(_ opener: Int) {
    recovery.isUnclosed = true
    if isSwallowed(since: opener) { return }
    report(
      Message.unclosedBracket(
        opening: tokenSpan(opener), bracket: tokenText(opener), closer: closer(of: opener).spelling!))
  }

  /// What is missed between a token and the current one may stand in a string or comment that is not closed, which was
  /// reported.
  func isSwallowed(since token: Int) -> Bool {
    unclosed.contains { $0 >= Int(tokens.starts[token]) && (kind == .endOfFile || $0 < Int(tokens.starts[at])) }
  }

  /// The current token cannot stand in brackets: a statement begins here, or a header ends.
  mutating func isEndOfUnclosed(_ opener: Int) -> Bool {
    if kind == .endOfFile { return true }
    if isFirstOnLine(at) { return column(of: at) <= layout.statementColumn || startsOnlyStatements(kind) }
    if kind == .arrow && tokens.kinds[opener] == .leftParen { return true }
    return kind == .colon && (peek() == .endOfFile || isFirstOnLine(at + 1))
  }

  /// A keyword that begins a statement and no expression.
  func startsOnlyStatements(_ kind: TokenKind) -> Bool {
    switch kind {
    case .let, .const, .return, .break, .continue, .pass, .while, .struct, .enum, .impl, .use, .pub: true
    default: false
    }
  }

  func closer(of opener: Int) -> TokenKind {
    switch tokens.kinds[opener] {
    case .leftParen: .rightParen
    case .leftBracket: .rightBracket
    case .less: .greater
    case .interpolationOpen: .interpolationClose
    default: .rightBrace
    }
  }

  /// A bracket around the innermost one is waiting for this closing bracket.
  private mutating func isClosedFurtherOut(_ closing: TokenKind) -> Bool {
    var i = openBrackets.count - 2
    while i >= 0 {
      if closer(of: Int(openBrackets[i])) == closing { return true }
      i -= 1
    }
    return false
  }

  /// Whether the list goes on to its closing bracket behind the current token.
  private mutating func findCloser(_ opener: Int, _ closer: TokenKind) -> Bool {
    var inner = 0
    var i = at
    let end = min(tokens.count, at + 20_000)
    while i < end {
      let next = tokens.kinds[i]
      if next == .endOfFile { return false }
      if isFirstOnLine(i) && !closesBracket(next)
        && (startsOnlyStatements(next) || column(of: i) < layout.statementColumn)
      {
        return false
      }
      if inner == 0 && next == closer { return true }
      if opensBracket(next) { inner += 1 }
      if closesBracket(next) {
        if inner == 0 { return false }
        inner -= 1
      }
      i += 1
    }
    return false
  }

  /// After a failure in a list: goes on behind its closing bracket, if that is found before the statement ends.
  private mutating func skipToCloser(_ opener: Int, _ closer: TokenKind) {
    guard findCloser(opener, closer) else { return }
    var inner = 0
    while kind != .endOfFile {
      if inner == 0 && kind == closer { break }
      if opensBracket(kind) { inner += 1 }
      if closesBracket(kind) { inner -= 1 }
      advance()
    }
    advance()
    recovery.isActive = false
  }

  // MARK: Texts

  func tokenSpan(_ token: Int) -> Span {
    Span(file: file, start: tokens.starts[token], end: tokens.ends[token])
  }

  func span(_ start: UInt32, _ end: UInt32) -> Span { Span(file: file, start: start, end: max(start, end)) }

  func span(_ first: TokenID, _ end: UInt32) -> Span { span(tokens.starts[Int(first.index)], end) }

  func span(_ node: NodeID) -> Span {
    let reach = reach(of: node)
    return span(reach.first, tokens.ends[Int(reach.last.index)])
  }

  /// The place behind the last consumed token, where something is missing.
  var gap: Span { span(lastEnd, lastEnd) }

  func text(_ span: Span) -> String {
    String(
      decoding: UnsafeBufferPointer(start: source + Int(span.start), count: Int(span.end - span.start)), as: UTF8.self)
  }

  func tokenText(_ token: Int) -> String { text(tokenSpan(token)) }

  /// What stands at a token, for a message.
  func describe(_ token: Int) -> String {
    let kind = tokens.kinds[token]
    switch kind {
    case .endOfFile: return "the end of the file"
    case .invalid: return "this"
    case .identifier, .label: return "`\(tokenText(token))`"
    case .integer, .float: return "the number `\(tokenText(token))`"
    case .string: return "a string"
    case .formatStart, .formatText: return "an interpolated string"
    case .interpolationSpec: return "a format"
    case .interpolationClose: return "the end of the interpolation"
    case .formatEnd: return "the end of the string"
    default:
      let spelling = kind.spelling ?? tokenText(token)
      return kind.isKeyword ? "the keyword `\(spelling)`" : "`\(spelling)`"
    }
  }
}
