import OrusDiagnostics

/// Function expressions as other languages write them: `lambda x: …`, `x => …`,
/// `(x: i32) => …`, `(x) -> …` and `|x| …`. They are read as what they mean, so that what
/// is in them and around them means something too.
extension Parser {
  /// `lambda x: …` and `x => …`.
  var isForeignLambda: Bool {
    mutating get {
      if peek() == .fatArrow && (layout.brackets > 0 || tokens.kinds[max(at - 1, 0)] == .assign) {
        return !isFirstOnLine(at + 1)
      }
      return peek() == .identifier && !isFirstOnLine(at + 1) && (peek(2) == .colon || peek(2) == .comma)
        && tokenText(at) == "lambda"
    }
  }

  mutating func parseForeignLambda() -> NodeID {
    let token = tokenID
    let mark = pending.count
    if peek() == .fatArrow {
      let name = tokenText(at)
      pending.append(parseBareParameter().index)
      let head = span(token, tokens.ends[at])
      return parseArrowBody(
        finishList(from: mark), token: token, edits: [Help.Edit(head, "fn(\(name)):")])
    }
    let keyword = at
    advance()
    let head = span(token, tokens.starts[at])
    repeat { pending.append(parseBareParameter().index) } while take(.comma) && kind == .identifier
    let parameters = finishList(from: mark)
    guard kind == .colon && !endsLine else {
      fail(Message.foreignLambda(at: tokenSpan(keyword), edits: []))
      return addError()
    }
    let edits = [Help.Edit(head, "fn("), Help.Edit(gap, ")")]
    report(Message.foreignLambda(at: tokenSpan(keyword), edits: edits))
    advance()
    return addForeignLambda(parameters, token: token)
  }

  /// At a `(`: `(x, y: i32) => …` or `(x) -> …`.
  var isForeignArrow: Bool {
    mutating get {
      switch peek() {
      case .rightParen: break
      case .identifier:
        let next = peek(2)
        guard next == .rightParen || next == .comma || next == .colon else { return false }
      default: return false
      }
      var inner = 0
      var i = at
      let end = min(tokens.count - 1, at + 1_000)
      while i < end {
        if opensBracket(tokens.kinds[i]) { inner += 1 }
        if closesBracket(tokens.kinds[i]) { inner -= 1 }
        i += 1
        if inner == 0 { break }
      }
      return (tokens.kinds[i] == .fatArrow || tokens.kinds[i] == .arrow) && !isFirstOnLine(i) && inner == 0
    }
  }

  mutating func parseForeignArrow() -> NodeID {
    let token = tokenID
    let parameters = parseParameters()
    guard !recovery.isActive else { return addError() }
    let insertion = Help.Edit(span(token, tokens.starts[Int(token.index)]), "fn")
    var scan = TypeScan(tokens: tokens, at: at + 1)
    if kind == .arrow, scan.pass(), tokens.kinds[scan.at] == .colon {
      // Only the `fn` is missing.
      report(Message.foreignLambda(at: tokenSpan(at), edits: [insertion]))
      let result = parseResultType()
      return addForeignLambda(parameters, result: result, owner: Int(token.index), token: token)
    }
    let arrow = Help.Edit(span(lastEnd, tokens.ends[at]), ":")
    return parseArrowBody(parameters, token: token, edits: [insertion, arrow])
  }

  /// `|x, y: i32| …`.
  mutating func parsePipeLambda() -> NodeID {
    let token = tokenID
    let opening = tokenSpan(at)
    let mark = pending.count
    repeat {
      advance()
      pending.append(parseBareParameter(mayHaveType: true).index)
    } while kind == .comma && peek() == .identifier
    let parameters = finishList(from: mark)
    guard kind == .pipe, !recovery.isActive, peek() != .leftBrace, !isFirstOnLine(at + 1), peek() != .endOfFile else {
      fail(Message.foreignLambda(at: opening, edits: []))
      return add(.error, token: token)
    }
    report(
      Message.foreignLambda(at: opening, edits: [Help.Edit(opening, "fn("), Help.Edit(tokenSpan(at), "):")]))
    advance()
    return addForeignLambda(parameters, token: token)
  }

  /// At the arrow.
  private mutating func parseArrowBody(
    _ parameters: UInt32, token: TokenID, edits: [Help.Edit]
  ) -> NodeID {
    guard peek() != .leftBrace, peek() != .endOfFile, !isFirstOnLine(at + 1) else {
      // The brace that ends its block stands on a line of its own.
      if peek() == .leftBrace && isFirstOnLine(at + 2) && layout.brackets == 0 { openBraceBlocks += 1 }
      fail(Message.foreignLambda(at: tokenSpan(at), edits: []))
      return add(.error, token: token)
    }
    report(Message.foreignLambda(at: tokenSpan(at), edits: edits))
    advance()
    return addForeignLambda(parameters, token: token)
  }

  private mutating func parseBareParameter(mayHaveType: Bool = false) -> NodeID {
    let start = tokenID
    let (name, symbol) = parseName("a parameter's name")
    var type = NodeID.none
    if mayHaveType && take(.colon) { type = parseType() }
    let words = addWords(type.index, 0, 0)
    return add(.parameter, token: name, start: start, a: symbol, b: words)
  }

  /// The body, which is an expression, or a block where there is an `owner` of it.
  private mutating func addForeignLambda(
    _ parameters: UInt32, result: NodeID = .none, owner: Int? = nil, token: TokenID
  ) -> NodeID {
    functionDepth += 1
    defer { functionDepth -= 1 }
    let body: NodeID
    if let owner {
      body = parseBlock(owner: owner)
    } else {
      let mark = pending.count
      let first = tokenID
      pending.append(parseExpression().index)
      body = add(.block, token: first, a: finishList(from: mark))
    }
    return addFunction(
      .lambda, name: 0, typeParameters: 0, parameters: parameters, result: result, body: body, token: token,
      start: token)
  }
}
