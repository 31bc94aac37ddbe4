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
      if inner == 0 && tokens.kinds[i] == .colon {
        // `(x): T => …`.
        var scan = TypeScan(tokens: tokens, at: i + 1)
        return scan.pass() && tokens.kinds[scan.at] == .fatArrow && !isFirstOnLine(scan.at)
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
    var edits = [insertion]
    if kind == .colon {
      edits.append(Help.Edit(tokenSpan(at), " ->"))
      advance()
      _ = parseType()
    }
    edits.append(Help.Edit(span(lastEnd, tokens.ends[at]), ":"))
    return parseArrowBody(parameters, token: token, edits: edits)
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
    guard kind == .pipe, !recovery.isActive, peek() != .leftBrace, peek() != .arrow, !isFirstOnLine(at + 1),
      peek() != .endOfFile
    else { return passLambdaInBraces(at: opening, token: token) }
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
      return passLambdaInBraces(at: tokenSpan(at), token: token)
    }
    report(Message.foreignLambda(at: tokenSpan(at), edits: edits))
    advance()
    return addForeignLambda(parameters, token: token)
  }

  /// A function expression with a block in braces, which is passed over up to its end.
  private mutating func passLambdaInBraces(at place: Span, token: TokenID) -> NodeID {
    var brace = at
    while tokens.kinds[brace] != .leftBrace && tokens.kinds[brace] != .endOfFile && !isFirstOnLine(brace + 1) {
      brace += 1
    }
    guard tokens.kinds[brace] == .leftBrace, !recovery.isActive, let end = endOfBraces(brace) else {
      fail(Message.foreignLambda(at: place, edits: []))
      return add(.error, token: token)
    }
    report(Message.foreignLambda(at: place, edits: []))
    move(to: end + 1)
    return add(.error, token: token)
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
