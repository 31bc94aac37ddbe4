import OrusDiagnostics

/// `let … else` and `guard`, which leave a block where a pattern or a condition fails.
extension Parser {
  /// `let Some(x) = e else`, at the `else`; `token` is that of the `let`. Its block is read and dropped. Gives what
  /// stands for the value.
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
