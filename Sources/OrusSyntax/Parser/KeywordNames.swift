import OrusDiagnostics

/// Keywords in the place of names.
extension Parser {
  /// The current token is a keyword that was meant as the name in a pattern.
  var isKeywordForName: Bool {
    guard kind.isKeyword && !isFirstOnLine(at) else { return false }
    // These may follow a pattern that is missing.
    guard kind == .in || kind == .if else { return true }
    switch tokens.kinds[at - 1] {
    case .let, .mut, .leftParen, .leftBracket, .comma: return true
    default: return false
    }
  }

  /// A keyword where a name is declared, which is reported and consumed; gives the symbol.
  ///
  /// From here on the keyword is that name wherever it can be nothing else, so that its uses are not reported too.
  @inline(never)
  mutating func takeKeywordAsName() -> UInt32 {
    let keyword = kind
    let written = tokenText(at)
    let symbol = symbols.intern(written).index
    var uses: [Span] = []
    // The last token is the end of the file.
    for i in at + 1..<max(at + 1, tokens.count - 1) where tokens.kinds[i] == keyword && isName(i) {
      tokens.kinds[i] = .identifier
      tokens.payloads[i] = symbol
      uses.append(tokenSpan(i))
    }
    report(Message.keywordAsName(at: tokenSpan(at), keyword: written, suggestion: written + "_", uses: uses))
    advance()
    return symbol
  }

  /// Whether a keyword's token makes sense only as a name, by the tokens around it.
  private func isName(_ token: Int) -> Bool {
    let before = tokens.kinds[token - 1]
    if before == .dot { return true }
    if !isFirstOnLine(token) && before.endsOperand { return false }
    let keyword = tokens.kinds[token]
    let after = tokens.kinds[token + 1]
    switch keyword {
    case .match, .if, .while, .for:
      if after == .colon || !hasColonBehind(token) { return true }
    case .try:
      if !hasColonBehind(token) { return true }
    case .and, .or, .as, .is, .matches: return true
    case .in: return before != .not
    default: break
    }
    if isFirstOnLine(token + 1) { return false }
    switch after {
    case .assign, .plusAssign, .minusAssign, .starAssign, .slashAssign, .percentAssign: return true
    case .colon: return before == .leftBrace || before == .leftParen || before == .comma
    case .comma, .rightParen, .rightBracket, .rightBrace, .dot: return !isWhole(keyword)
    case .minus: return false
    default: return !isWhole(keyword) && operatorTable[Int(after.rawValue)].form == .binary
    }
  }

  /// Stands alone as an expression or statement.
  private func isWhole(_ keyword: TokenKind) -> Bool {
    switch keyword {
    case .true, .false, .nil, .pass, .return, .break, .continue: true
    default: false
    }
  }

  /// A colon follows on the token's line.
  private func hasColonBehind(_ token: Int) -> Bool {
    var i = token + 1
    while i < tokens.count && !isFirstOnLine(i) {
      if tokens.kinds[i] == .colon { return true }
      i += 1
    }
    return false
  }
}
