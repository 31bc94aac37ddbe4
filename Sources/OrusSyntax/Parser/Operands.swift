import OrusDiagnostics

/// Operands: literals, names, brackets, and the expressions that begin with a
/// keyword.
extension Parser {
  mutating func parsePrimary() -> NodeID {
    switch kind {
    case .identifier:
      if isForeignLambda { return parseForeignLambda() }
      return addToken(.name, a: tokens.payloads[at])
    case .integer:
      let (index, suffix) = Literals.integer(tokens.payloads[at])
      return addToken(.integerLiteral, a: index, detail: suffix.rawValue)
    case .float: return addToken(.floatLiteral, a: tokens.payloads[at])
    case .string:
      let (symbol, format) = literals.text(tokens.payloads[at])
      return addToken(.stringLiteral, a: symbol, b: format)
    case .true: return addToken(.trueLiteral)
    case .false: return addToken(.falseLiteral)
    case .nil: return addToken(.nilLiteral)
    case .leftParen: return isForeignArrow ? parseForeignArrow() : parseParenthesized()
    case .leftBracket: return parseArray()
    case .leftBrace: return parseMap()
    case .formatStart: return parseFormat()
    case .fn: return parseLambda()
    case .pipe where peek() == .identifier: return parsePipeLambda()
    case .if: return parseIf()
    case .match: return parseMatch()
    case .try: return parseTry()
    case .invalid:
      recovery.lastToken = at
      return addToken(.error)
    default:
      failExpectingExpression()
      return addError()
    }
  }

  // MARK: Brackets

  private mutating func parseParenthesized() -> NodeID {
    let token = tokenID
    guard openBracket() else { return addError() }
    let mark = pending.count
    var hasComma = false
    while kind != .rightParen && kind != .endOfFile && !recovery.isActive {
      pending.append(parseExpression().index)
      if kind == .assign { reportAssignInExpression() }
      if !takeComma(before: .rightParen) { break }
      hasComma = true
    }
    closeBracket(.rightParen)
    let count = pending.count - mark
    if count >= 2 { return add(.tuple, token: token, a: finishList(from: mark)) }
    if count == 1 {
      if hasComma { report(Message.tupleOfOne(at: span(token, lastEnd))) }
      return add(.parenthesized, token: token, a: pending.removeLast())
    }
    if !recovery.isActive && recovery.lastToken != at {
      let opening = Int(token.index)
      let isInOk = opening >= 2 && tokens.kinds[opening - 1] == .leftParen && tokenText(opening - 2) == "Ok"
      report(Message.emptyTuple(at: span(token, lastEnd), isInOk: isInOk))
    }
    return add(.error, token: token)
  }

  private mutating func parseArray() -> NodeID {
    let token = tokenID
    guard openBracket() else { return addError() }
    if kind == .rightBracket {
      closeBracket(.rightBracket)
      return add(.arrayLiteral, token: token)
    }
    let outer = repeatBracket
    repeatBracket = openBrackets.count
    let first = parseExpression()
    repeatBracket = outer
    if kind == .semicolon && !recovery.isActive {
      advance()
      let count = parseExpression()
      closeBracket(.rightBracket)
      return add(.arrayRepeat, token: token, a: first.index, b: count.index)
    }
    if kind == .for && !recovery.isActive {
      let clauses = parseClauses()
      closeBracket(.rightBracket)
      return add(.comprehension, token: token, a: first.index, b: clauses)
    }
    if kind == .colon && !recovery.isActive { return parseMapInBrackets(first, token: token) }
    let mark = pending.count
    pending.append(first.index)
    while !recovery.isActive && takeComma(before: .rightBracket) {
      if kind == .rightBracket || kind == .endOfFile { break }
      pending.append(parseExpression().index)
    }
    closeBracket(.rightBracket)
    return add(.arrayLiteral, token: token, a: finishList(from: mark))
  }

  private mutating func parseMap() -> NodeID {
    let token = tokenID
    guard openBracket() else { return addError() }
    if kind == .rightBrace {
      advance()
      report(Message.emptyBraces(at: span(token, lastEnd)))
      move(to: at - 1)
      closeBracket(.rightBrace)
      return add(.mapLiteral, token: token)
    }
    if kind == .colon && peek() == .rightBrace {
      advance()
      closeBracket(.rightBrace)
      return add(.mapLiteral, token: token)
    }
    let entryStart = tokenID
    let key = parseExpression()
    if !recovery.isActive && (kind == .comma || kind == .rightBrace) {
      return parseSetInBraces(token: token)
    }
    let first = parseMapEntry(key, start: entryStart)
    if kind == .for && !recovery.isActive {
      let clauses = parseClauses()
      closeBracket(.rightBrace)
      return add(.comprehension, token: token, a: first.index, b: clauses)
    }
    let mark = pending.count
    pending.append(first.index)
    while !recovery.isActive && takeComma(before: .rightBrace) {
      if kind == .rightBrace || kind == .endOfFile { break }
      pending.append(parseMapEntry().index)
    }
    closeBracket(.rightBrace)
    return add(.mapLiteral, token: token, a: finishList(from: mark))
  }

  mutating func parseMapEntry() -> NodeID {
    let start = tokenID
    let key = parseExpression()
    return parseMapEntry(key, start: start)
  }

  mutating func parseMapEntry(_ key: NodeID, start: TokenID) -> NodeID {
    let token = tokenID
    guard kind == .colon, !recovery.isActive else {
      failInMap()
      return addError()
    }
    advance()
    let value = parseExpression()
    return add(.mapEntry, token: token, start: start, a: key.index, b: value.index)
  }

  /// `for … in …` and `if …` of a comprehension: a list.
  mutating func parseClauses() -> UInt32 {
    let mark = pending.count
    while !recovery.isActive {
      let token = tokenID
      if kind == .for {
        advance()
        let pattern = parseForPattern()
        let iterable = parseOperand()
        pending.append(add(.forClause, token: token, a: pattern.index, b: iterable.index).index)
      } else if kind == .if {
        advance()
        let condition = parseOperand()
        pending.append(add(.ifClause, token: token, a: condition.index).index)
      } else {
        break
      }
    }
    return finishList(from: mark)
  }

  // MARK: Interpolated strings

  private mutating func parseFormat() -> NodeID {
    let token = tokenID
    advance()
    let mark = pending.count
    while kind != .formatEnd && kind != .endOfFile {
      if kind == .formatText {
        pending.append(addToken(.stringLiteral, a: tokens.payloads[at]).index)
      } else if kind == .interpolationOpen {
        pending.append(parseInterpolation().index)
      } else {
        // Only after a failure inside of an interpolation.
        if recovery.hasGivenUp { break }
        if kind != .interpolationClose && kind != .interpolationSpec && isFirstOnLine(at) { break }
        advance()
      }
    }
    if kind == .formatEnd {
      advance()
      recovery.isActive = false
    }
    return add(.interpolatedString, token: token, a: finishList(from: mark))
  }

  private mutating func parseInterpolation() -> NodeID {
    let token = tokenID
    guard openBracket() else { return addError() }
    let value: NodeID
    if kind == .interpolationClose || kind == .interpolationSpec {
      if !isReported(at) { report(Message.emptyInterpolation(at: span(token, tokens.ends[at]))) }
      value = addError()
    } else {
      value = parseExpression()
    }
    var spec: UInt32 = 0
    if kind == .interpolationSpec && !recovery.isActive {
      spec = tokens.payloads[at] + 1
      advance()
    }
    closeBracket(.interpolationClose)
    return add(.interpolation, token: token, a: value.index, b: spec)
  }

  // MARK: Keywords

  /// `if` with blocks, and its `elif`s and `else`: collected, and joined from the end.
  mutating func parseIf() -> NodeID {
    let mark = pending.count
    var otherwise = NodeID.none
    while true {
      let owner = at
      advance()
      let condition = parseCondition()
      let then = parseBlock(owner: owner, takesClauses: true)
      pending.append(UInt32(owner))
      pending.append(condition.index)
      pending.append(then.index)
      if isClauseNext(.elif) || takesForeignElif() { continue }
      guard isClauseNext(.else) else { break }
      let elseToken = at
      advance()
      if kind == .if && !endsLine {
        report(Message.elseIf(at: span(tokens.starts[elseToken], tokens.ends[at])))
        continue
      }
      otherwise = parseBlock(owner: elseToken)
      break
    }
    while pending.count > mark {
      let then = pending.removeLast()
      let condition = pending.removeLast()
      let token = pending.removeLast()
      let words = addWords(then, otherwise.index)
      otherwise = add(.ifExpression, token: TokenID(token), a: condition, b: words)
    }
    return otherwise
  }

  /// Of `if`, `elif` and `while`.
  mutating func parseCondition() -> NodeID {
    if kind == .let { return parseLetCondition() }
    let condition = parseExpression()
    if kind == .assign && !endsLine { reportAssignInCondition(condition) }
    if kind == .comma && isDeclaredInCondition {
      fail(Message.declarationInCondition(at: tokenSpan(at)))
      makeError(condition)
    }
    if kind == .colonAssign && !endsLine {
      fail(Message.declarationInCondition(at: tokenSpan(at)))
      nodes[Int(condition.index)] = Node(.error, token: tokenID)
    }
    return condition
  }

  private mutating func parseLetCondition() -> NodeID {
    let token = tokenID
    advance()
    let pattern = parsePattern()
    if kind == .assign {
      advance()
    } else {
      fail(Message.letConditionWithoutValue(at: gap, found: describe(at)))
    }
    let value = recovery.isActive ? addError() : parseExpression()
    return add(.letCondition, token: token, a: pattern.index, b: value.index)
  }

  mutating func parseMatch() -> NodeID {
    let token = tokenID
    let owner = at
    advance()
    let subject = parseExpression()
    let mark = pending.count
    _ = parseBlockItems(.arm, owner: owner)
    return add(.match, token: token, a: subject.index, b: finishList(from: mark))
  }

  mutating func parseArm() -> NodeID {
    if kind == .pass { return parsePassInMatch() }
    let token = tokenID
    let owner = at
    if isForeignCase { reportForeignCase("An arm begins with its pattern.") }
    let pattern = parsePattern()
    var condition = NodeID.none
    if kind == .if && !endsLine {
      advance()
      condition = parseExpression()
    }
    let body = parseBlock(owner: owner)
    let words = addWords(condition.index, body.index)
    return add(.matchArm, token: token, a: pattern.index, b: words)
  }

  mutating func parseTry() -> NodeID {
    let token = tokenID
    let owner = at
    advance()
    let block = parseBlock(owner: owner, takesClauses: true)
    var name: UInt32 = 0
    var nameToken = token
    var handler = NodeID.none
    if isClauseNext(.catch) || takesForeignCatch() {
      let catchToken = at
      advance()
      nameToken = tokenID
      if isCatchInParentheses { reportCatchInParentheses() }
      if kind == .identifier && !endsLine {
        let isDiscard = tokenText(at) == "_"
        name = isDiscard ? 0 : tokens.payloads[at] + 1
        advance()
        passRestOfCatch(Int(nameToken.index))
      } else if kind != .colon {
        failExpectingName("a name for the error")
      }
      handler = parseBlock(owner: catchToken)
      passFinally()
    } else {
      if !recovery.isActive { reportTryWithoutCatch(owner) }
      handler = addEmptyBlock()
    }
    let words = addWords(name, nameToken.index, handler.index)
    return add(.tryExpression, token: token, a: block.index, b: words)
  }

  /// A block that holds an error, where one is missing.
  mutating func addEmptyBlock() -> NodeID {
    let mark = pending.count
    let error = addError()
    pending.append(error.index)
    return add(.block, token: tokenID, start: first(of: error), a: finishList(from: mark))
  }

  private mutating func parseLambda() -> NodeID {
    let token = tokenID
    let owner = at
    advance()
    if kind == .identifier && peek() == .leftParen {
      report(Message.namedLambda(at: tokenSpan(at), name: tokenText(at)))
      advance()
    }
    guard kind == .leftParen else {
      fail(Message.lambdaWithoutParentheses(at: tokenSpan(at), found: describe(at)))
      return addError()
    }
    let parameters = parseParameters()
    let result = parseResultType()
    functionDepth += 1
    let body = parseBlock(owner: owner)
    functionDepth -= 1
    return addFunction(
      .lambda, name: 0, typeParameters: 0, parameters: parameters, result: result, body: body, token: token,
      start: token)
  }
}
