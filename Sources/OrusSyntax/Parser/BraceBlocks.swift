import OrusDiagnostics

/// Blocks in braces, the habit of other languages.
extension Parser {
  /// The edits that make a block by layout of the one in braces: its lines must stand as they would have to, or it is
  /// on one line. Nil where more is to be changed.
  ///
  /// - Parameter colon: what is to stand in the place of the opening one.
  mutating func layoutEdits(brace: Int, colon: String = ":") -> [Help.Edit]? {
    if isFirstOnLine(brace) { return nil }
    guard let end = endOfBraces(brace) else { return nil }
    let opening = Help.Edit(
      isBlank(from: tokens.ends[brace - 1], to: tokens.starts[brace])
        ? span(tokens.ends[brace - 1], tokens.ends[brace]) : tokenSpan(brace), colon)
    let next = tokens.kinds[end + 1]
    let behind = next == .semicolon || next == .comma ? end + 2 : end + 1
    let endsLine = tokens.kinds[behind] == .endOfFile || isFirstOnLine(behind)
    let isClause = next == .else || next == .catch || next == .elif
    if end == brace + 1 {
      return endsLine ? [Help.Edit(span(opening.span.start, tokens.ends[end]), "\(colon) pass")] : nil
    }
    guard endsLine || isClause else { return nil }
    if isFirstOnLine(brace + 1) {
      guard isFirstOnLine(end), column(of: brace + 1) > layout.statementColumn, let commas = commasBehindLines(brace + 1..<end) else { return nil }
      let closing = endsLine ? tokenSpan(end) : span(tokens.starts[end], tokens.starts[end + 1])
      return [opening] + commas.map { Help.Edit(tokenSpan($0), "") } + [Help.Edit(closing, "")]
    }
    guard !(brace + 1...end).contains(where: { isFirstOnLine($0) }), commasBehindLines(brace + 1..<end) == [] else {
      return nil
    }
    return [opening, Help.Edit(span(tokens.ends[end - 1], tokens.ends[end]), "")]
  }

  private func endOfBraces(_ brace: Int) -> Int? {
    var inner = 0
    for i in brace..<min(tokens.count, brace + 20_000) {
      if opensBracket(tokens.kinds[i]) { inner += 1 }
      if closesBracket(tokens.kinds[i]) {
        inner -= 1
        if inner == 0 { return tokens.kinds[i] == .rightBrace ? i : nil }
      }
    }
    return nil
  }

  /// The commas that end lines in a block, outside of brackets; nil where one stands within a line.
  private func commasBehindLines(_ block: Range<Int>) -> [Int]? {
    var inner = 0
    var commas: [Int] = []
    for i in block {
      if opensBracket(tokens.kinds[i]) { inner += 1 }
      if closesBracket(tokens.kinds[i]) { inner -= 1 }
      guard inner == 0, tokens.kinds[i] == .comma else { continue }
      if !isFirstOnLine(i + 1) { return nil }
      commas.append(i)
    }
    return commas
  }

  private func isBlank(from start: UInt32, to end: UInt32) -> Bool {
    (start..<end).allSatisfy { source[Int($0)] == UInt8(ascii: " ") }
  }

  // MARK: `let … else` and `guard`

  /// `let Some(x) = e else`, at the `else`; `token` is that of the `let`. Its block is read and dropped, and what stands
  /// for the value is given.
  mutating func parseLetElse(_ token: TokenID, _ pattern: NodeID, hasType: Bool, value: NodeID) -> NodeID {
    let owner = at
    let keyword = Int(token.index)
    let isGuard = keyword > 0 && !isFirstOnLine(keyword) && tokens.kinds[keyword - 1] == .identifier
    var edits: [Help.Edit]?
    var form = "let x = if let Some(x) = e: x else:"
    if !hasType, let names = boundNames(pattern) {
      let place = span(pattern)
      let shape = kind(of: pattern) == .bindingPattern ? "Some(\(text(place)))" : text(place)
      edits = [Help.Edit(place, "\(names) = if let \(shape)"), Help.Edit(gap, ": \(names)")]
      form = "let \(names) = if let \(shape) = \(text(span(value))): \(names) else:"
      if isGuard { edits?.append(Help.Edit(span(start(of: keyword - 1), start(of: keyword)), "")) }
    }
    report(
      Message.letElse(
        at: tokenSpan(isGuard ? keyword - 1 : owner), word: tokenText(isGuard ? keyword - 1 : owner),
        form: form, edits: withBlock(behind: owner, edits)))
    advance()
    if kind == .leftBrace { passedBrace = at }
    _ = parseBlock(owner: owner)
    makeError(value)
    return value
  }

  /// `guard condition else`, read as `if not condition`.
  mutating func parseGuard(start: TokenID) -> NodeID {
    let word = at
    advance()
    if kind == .let { return parseLet(isPublic: false, start: start) }
    let operand = parseExpression()
    guard kind == .else, !endsLine, !recovery.isActive else {
      report(Message.guardElse(at: tokenSpan(word), form: "if not …", edits: []))
      recovery.isActive = true
      return addError()
    }
    let owner = at
    let isAtom = kind(of: operand) == .name || kind(of: operand) == .call || kind(of: operand) == .parenthesized
    let condition = text(span(operand))
    let form = isAtom ? "if not \(condition)" : "if not (\(condition))"
    let edits = [Help.Edit(span(tokens.starts[word], tokens.ends[owner]), form)]
    report(Message.guardElse(at: tokenSpan(word), form: form, edits: withBlock(behind: owner, edits)))
    let negated = add(.logicalNot, token: TokenID(UInt32(word)), start: start, a: operand.index)
    advance()
    if kind == .leftBrace { passedBrace = at }
    let body = parseBlock(owner: owner)
    let words = addWords(body.index, NodeID.none.index)
    return add(.ifExpression, token: TokenID(UInt32(word)), start: start, a: negated.index, b: words)
  }

  /// The edits with those of the block behind a token, in braces or not.
  private mutating func withBlock(behind owner: Int, _ edits: [Help.Edit]?) -> [Help.Edit] {
    guard let edits else { return [] }
    if tokens.kinds[owner + 1] == .colon { return edits }
    if tokens.kinds[owner + 1] != .leftBrace { return [] }
    return layoutEdits(brace: owner + 1).map { edits + $0 } ?? []
  }

  /// The names that a pattern binds, as a pattern and a value that is made of them; nil where it binds none.
  private func boundNames(_ pattern: NodeID) -> String? {
    let reach = reach(of: pattern)
    var names: [String] = []
    for i in Int(reach.first.index)...Int(reach.last.index) where tokens.kinds[i] == .identifier {
      let name = tokenText(i)
      guard !name.first!.isUppercase, name != "_", tokens.kinds[max(i, 1) - 1] != .dot else { continue }
      switch tokens.kinds[i + 1] {
      case .dot, .leftParen, .leftBrace, .colon: continue
      default: names.append(name)
      }
    }
    return names.isEmpty ? nil : names.count == 1 ? names[0] : "(\(names.joined(separator: ", ")))"
  }
}
