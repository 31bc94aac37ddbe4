import OrusDiagnostics

/// Headers of `for` as other languages write them: `(const x of xs)`, `(let i = 0; i < n; i++)`, `i, x := range xs`,
/// and a condition in their place.
extension Parser {
  mutating func reportLetInFor() {
    report(Message.letInFor(at: tokenSpan(at)))
    advance()
    _ = take(.mut)
  }

  /// The token behind the header that begins at the current one: the `{` or `:` that opens its block, or the next line.
  private mutating func endOfHeader() -> Int {
    var inner = 0
    var i = at
    while tokens.kinds[i] != .endOfFile && !(isFirstOnLine(i) && i > at) {
      let kind = tokens.kinds[i]
      let isLast = tokens.kinds[i + 1] == .endOfFile || isFirstOnLine(i + 1)
      if inner <= 0 && (kind == .leftBrace || kind == .colon) && (isLast || kind == .leftBrace && !isAdjacent(i)) {
        break
      }
      if opensBracket(kind) { inner += 1 }
      if closesBracket(kind) { inner -= 1 }
      i += 1
    }
    return i
  }

  // MARK: `for (const x of xs)`

  /// The `)` of such a header; nil where the parentheses are those of a pattern.
  private var closerOfHeader: Int? {
    var inner = 0
    var names = false
    var i = at
    while tokens.kinds[i] != .endOfFile && !(isFirstOnLine(i) && i > at) {
      switch tokens.kinds[i] {
      case .in, .colon: names = names || inner == 1
      case .semicolon: return nil
      case .identifier where inner == 1 && startsOperand(i + 1):
        names = names || tokenText(i) == "of"
      case let kind where opensBracket(kind): inner += 1
      case let kind where closesBracket(kind): inner -= 1
      default: break
      }
      if inner == 0 { break }
      i += 1
    }
    guard names, inner == 0, tokens.kinds[i] == .rightParen else { return nil }
    let next = tokens.kinds[i + 1]
    return next == .colon || next == .leftBrace || next == .endOfFile || isFirstOnLine(i + 1) ? i : nil
  }

  var isForInParentheses: Bool { kind == .leftParen && closerOfHeader != nil }

  mutating func parseForInParentheses() -> (pattern: NodeID, iterable: NodeID) {
    let opening = at
    advance()
    let isDeclared = kind == .let || kind == .const || kind == .identifier && startsForPattern(at + 1)
    if isDeclared { advance() }
    _ = take(.mut)
    var start = tokenID
    let isInBrackets = kind == .leftBracket
    var pattern = isInBrackets ? parsePairInBrackets() : parsePattern()
    if kind == .identifier && startsForPattern(at) && tokenText(at) != "of" {
      // A type stood before the name.
      start = tokenID
      pattern = parsePattern()
    }
    let name = span(start, lastEnd)
    let isRead = kind == .in || kind == .colon || kind == .identifier && tokenText(at) == "of"
    if isRead { advance() }
    let value = tokenID
    let iterable = parseExpression()
    let place = span(TokenID(UInt32(opening)), tokens.ends[at])
    guard isRead, kind == .rightParen, !recovery.isActive else {
      fail(Message.forInParentheses(at: span(tokens.starts[opening], lastEnd), edits: []))
      return (pattern, addError())
    }
    let names = isInBrackets ? "(\(text(name).dropFirst().dropLast()))" : text(name)
    let header = Help.Edit(place, "\(names) in \(text(span(value, lastEnd)))")
    advance()
    var edits: [Help.Edit]? = [header]
    if kind == .leftBrace {
      edits = layoutEdits(brace: at).map { [header] + $0 }
      passedBrace = at
    }
    report(Message.forInParentheses(at: place, edits: edits ?? []))
    return (pattern, iterable)
  }

  private func startsForPattern(_ token: Int) -> Bool {
    switch tokens.kinds[token] {
    case .identifier: tokenText(token) != "of" || tokens.kinds[token + 1] == .in
    case .leftBracket, .mut: true
    default: false
    }
  }

  /// `[k, v]`, which is a tuple here.
  private mutating func parsePairInBrackets() -> NodeID {
    let token = tokenID
    guard openBracket() else { return addError() }
    let mark = pending.count
    repeat { pending.append(parsePattern().index) } while take(.comma)
    closeBracket(.rightBracket)
    return add(.tuplePattern, token: token, a: finishList(from: mark))
  }

  // MARK: `for (let i = 0; i < n; i++)`

  /// A header with semicolons, in parentheses or not.
  var isCountingFor: Bool {
    mutating get {
      switch kind {
      case .leftParen: break
      case .identifier where peek() == .colonAssign || peek() == .assign: break
      default: return false
      }
      let end = endOfHeader()
      for i in at..<end {
        if tokens.kinds[i] == .semicolon { return true }
        if tokens.kinds[i] == .in { return false }
      }
      return false
    }
  }

  /// Its variable is declared, so that its uses are not reported.
  mutating func failAtCountingFor() -> NodeID {
    let start = tokenID
    let end = endOfHeader()
    var edits: [Help.Edit] = []
    if let counted = countedRange(end) {
      edits = [Help.Edit(span(start, tokens.ends[end - 1]), counted)]
      if tokens.kinds[end] == .leftBrace { edits = layoutEdits(brace: end).map { edits + $0 } ?? [] }
    }
    fail(Message.countingFor(at: span(start, tokens.ends[end - 1]), edits: edits))
    guard let name = (at..<end).first(where: { declaresCounter($0) }) else { return addError() }
    return add(.bindingPattern, token: TokenID(UInt32(name)), start: start, a: tokens.payloads[name])
  }

  private func declaresCounter(_ token: Int) -> Bool {
    tokens.kinds[token] == .identifier
      && (tokens.kinds[token + 1] == .assign || tokens.kinds[token + 1] == .colonAssign)
  }

  /// `i in 0..n` for a header that ends before the token `end`; nil where it does more than count.
  private func countedRange(_ end: Int) -> String? {
    let isEnclosed = kind == .leftParen && tokens.kinds[end - 1] == .rightParen
    let last = isEnclosed ? end - 1 : end
    let semicolons = (at..<last).filter { tokens.kinds[$0] == .semicolon }
    guard semicolons.count == 2, let name = (at..<semicolons[0]).first(where: { declaresCounter($0) }) else {
      return nil
    }
    let counter = tokenText(name)
    let test = semicolons[0] + 1
    let step = semicolons[1] + 1
    guard test + 2 < step, tokenText(test) == counter, name + 2 < test else { return nil }
    guard let amount = amountOfStep(step..<last, of: counter) else { return nil }
    let range: String
    switch (tokens.kinds[test + 1], amount.hasPrefix("-")) {
    case (.less, false), (.greater, true), (.notEqual, _): range = ".."
    case (.lessEqual, false), (.greaterEqual, true): range = "..="
    default: return nil
    }
    guard let first = bound(name + 2..<test - 1), let limit = bound(test + 2..<step - 1) else { return nil }
    return "\(counter) in \(first)\(range)\(limit)" + (amount == "1" ? "" : "..\(amount)")
  }

  /// What `i++`, `--i` or `i += 2` adds.
  private func amountOfStep(_ step: Range<Int>, of counter: String) -> String? {
    let kinds = step.map { tokens.kinds[$0] }
    guard kinds.count == 3, let name = step.first(where: { tokens.kinds[$0] == .identifier }) else { return nil }
    guard tokenText(name) == counter else { return nil }
    switch kinds {
    case [.identifier, .plus, .plus], [.plus, .plus, .identifier]: return "1"
    case [.identifier, .minus, .minus], [.minus, .minus, .identifier]: return "-1"
    case [.identifier, .plusAssign, .integer]: return tokenText(step.upperBound - 1)
    case [.identifier, .minusAssign, .integer]: return "-" + tokenText(step.upperBound - 1)
    default: return nil
    }
  }

  /// The text of a bound of the range, with a length asked for as in Orus; nil where it binds looser than `..`.
  private func bound(_ range: Range<Int>) -> String? {
    guard let first = range.first, let last = range.last else { return nil }
    for i in range {
      switch tokens.kinds[i] {
      case .identifier, .integer, .plus, .minus, .star, .slash, .dot, .leftParen, .rightParen, .leftBracket,
        .rightBracket:
        break
      default: return nil
      }
    }
    let written = text(span(tokens.starts[first], tokens.ends[last]))
    for foreign in [".length()", ".length", ".size()", ".size"] where written.hasSuffix(foreign) {
      return written.dropLast(foreign.count) + ".len()"
    }
    return written
  }

  // MARK: `for i, x := range xs`

  var isRangeFor: Bool {
    guard kind == .identifier else { return false }
    let sign = peek() == .comma && peek(2) == .identifier ? at + 3 : at + 1
    return (tokens.kinds[sign] == .colonAssign || tokens.kinds[sign] == .assign)
      && tokens.kinds[sign + 1] == .identifier && tokenText(sign + 1) == "range" && startsOperand(sign + 2)
  }

  /// Its variables are declared, so that their uses are not reported.
  mutating func failAtRangeFor() -> NodeID {
    let start = tokenID
    let mark = pending.count
    repeat { pending.append(parsePattern().index) } while take(.comma)
    let isPair = pending.count - mark == 2
    let pattern =
      isPair
      ? add(.tuplePattern, token: start, a: finishList(from: mark)) : NodeID(pending.removeLast())
    fail(Message.rangeFor(at: span(tokens.starts[at], tokens.ends[at + 1]), isPair: isPair))
    return pattern
  }

  // MARK: `for a < b`

  /// A header that is a condition, or is not there.
  var isConditionalFor: Bool {
    mutating get {
      if kind == .leftBrace || kind == .colon { return true }
      guard kind == .identifier || kind == .true || kind == .not || kind == .bang else { return false }
      if peek() == .in { return false }
      var hasComparison = kind == .true || kind == .not || kind == .bang
      for i in at..<endOfHeader() {
        switch tokens.kinds[i] {
        case .in, .semicolon, .comma, .assign, .colonAssign: return false
        case .less, .lessEqual, .greater, .greaterEqual, .equal, .notEqual: hasComparison = true
        default: break
        }
      }
      return hasComparison
    }
  }

  mutating func parseConditionalFor(label: UInt32, token: TokenID, start: TokenID) -> NodeID {
    let owner = Int(token.index)
    let isEndless = kind == .leftBrace || kind == .colon
    report(Message.conditionalFor(at: tokenSpan(owner), spelling: isEndless ? "while true" : "while"))
    let condition = isEndless ? add(.trueLiteral, token: token) : parseCondition()
    let body = parseBlock(owner: owner)
    let words = addWords(body.index, label)
    return add(.whileStatement, token: token, start: start, a: condition.index, b: words)
  }
}
