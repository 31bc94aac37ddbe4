import OrusDiagnostics

/// Statements, and what begins a line.
extension Parser {
  mutating func parseModule() -> NodeID {
    layout.indentation = 0
    let mark = pending.count
    parseLines(.statement, base: -1)
    let list = finishList(from: mark)
    return add(.module, token: TokenID(0), a: list)
  }

  /// One statement or declaration; none if there is nothing to keep of it.
  mutating func parseStatement() -> NodeID {
    recovery.isUnclosed = false
    switch kind {
    case .identifier:
      if isForeignStatement { return parseForeignStatement(isPublic: false, start: tokenID) }
      return parseExpressionStatement()
    case .let: return parseLet(isPublic: false, start: tokenID)
    case .if: return parseIf()
    case .return: return parseReturn()
    case .for: return parseFor(label: 0, start: tokenID)
    case .while: return parseWhile(label: 0, start: tokenID)
    case .match: return parseMatch()
    case .try: return parseTry()
    case .fn:
      if peek() == .leftParen || peek() == .colon { return parseExpressionStatement() }
      return parseFunction(isPublic: false, start: tokenID)
    case .break: return parseJump(.breakStatement)
    case .continue: return parseJump(.continueStatement)
    case .pass: return addToken(.pass)
    case .const: return parseConst(isPublic: false, start: tokenID)
    case .struct, .enum, .impl, .use: return parseDeclaration(isPublic: false, start: tokenID)
    case .pub: return parsePublic()
    case .label: return parseLabelled()
    case .else, .elif, .catch: return parseStrayClause()
    case .rightBrace: return parseClosingBrace()
    case .rightParen, .rightBracket:
      report(Message.unopenedBracket(at: tokenSpan(at), bracket: tokenText(at)))
      advance()
      return .none
    case .mut, .at, .in, .dot, .semicolon: return parseMisplaced()
    default: return parseExpressionStatement()
    }
  }

  // MARK: Expressions and assignments

  private mutating func parseExpressionStatement() -> NodeID {
    let start = tokenID
    var target = parseExpression()
    if recovery.isUnclosed { return addError() }
    if recovery.isActive || endsLine { return target }
    if let op = assignOperator {
      let token = tokenID
      advance()
      if op == .shiftRight { advance() }
      let value = parseAssignedValue()
      return add(.assign, token: token, start: start, a: target.index, b: value.index, detail: op.rawValue)
    }
    if kind == .colonAssign { return parseWalrus(target, start: start) }
    if isBareComma {
      target = parseBareTuple(target, start: start)
    } else if kind == .colon && kind(of: target) == .name && isTypeAnnotation {
      return parseUndeclared(target, start: start)
    }
    return target
  }

  /// A comma that would make a tuple without parentheses, and none that ends a line of a `match`.
  var isBareComma: Bool {
    guard kind == .comma, !layout.isInBrackets, layout.brackets == 0 else { return false }
    return !layout.isOneLine || !isFirstOnLine(at + 1) && peek() != .endOfFile && peek() != .rightBrace
  }

  /// The assignment that the current token makes, if any.
  private var assignOperator: AssignOperator? {
    mutating get {
      switch kind {
      case .assign: .set
      case .plusAssign: .add
      case .minusAssign: .subtract
      case .starAssign: .multiply
      case .slashAssign: .divide
      case .percentAssign: .remainder
      case .ampersandAssign: .bitAnd
      case .pipeAssign: .bitOr
      case .caretAssign: .bitXor
      case .shiftLeftAssign: .shiftLeft
      case .greater where peek() == .greaterEqual && isAdjacent(at + 1): .shiftRight
      default: nil
      }
    }
  }

  /// What stands behind `=`: an expression.
  mutating func parseAssignedValue() -> NodeID {
    let start = tokenID
    let value = parseExpression()
    if recovery.isUnclosed { return addError() }
    if recovery.isActive || endsLine { return value }
    if kind(of: value) == .name && startsOperand(at) {
      fail(Message.operandBehindName(at: tokenSpan(at), name: span(value), text: text(span(value))))
      return addError()
    }
    if kind == .assign {
      fail(Message.assignmentChain(at: tokenSpan(at)))
    } else if isBareComma {
      return parseBareTuple(value, start: start)
    }
    return value
  }

  // MARK: Bindings

  /// `let`, or a word that stands for it, is the current token unless `hasKeyword` is false.
  mutating func parseLet(
    isPublic: Bool, start: TokenID, hasKeyword: Bool = true, isMutable: Bool = false
  ) -> NodeID {
    let token = tokenID
    if hasKeyword { advance() }
    var detail: UInt8 = (isPublic ? LetView.isPublicBit : 0) | (isMutable ? LetView.isMutableBit : 0)
    if take(.mut) { detail |= LetView.isMutableBit }
    var pattern = parsePattern()
    if kind == .comma && !endsLine && !recovery.isActive { pattern = parseBareTuplePattern(pattern) }
    var type = NodeID.none
    if kind == .colon && !endsLine && !recovery.isActive {
      advance()
      type = parseType()
    }
    if type.isNone && kind(of: pattern) == .bindingPattern && isTypeWithoutColon && !endsLine && !recovery.isActive {
      report(Message.typeWithoutColon(at: tokenSpan(at), gap: gap))
      type = parseType()
    }
    var value = NodeID.none
    if (kind == .assign || kind == .colonAssign) && !endsLine && !recovery.isActive {
      if kind == .colonAssign { report(Message.colonAssign(at: tokenSpan(at))) }
      advance()
      value = parseAssignedValue()
      if kind == .else && !layout.clausesAreTaken && !endsLine && !recovery.isActive {
        value = parseLetElse(token, pattern, hasType: !type.isNone, value: value)
      }
    } else if (kind == .equal || kind == .fatArrow) && !endsLine && !recovery.isActive {
      report(Message.notAnAssignment(at: tokenSpan(at), found: tokenText(at)))
      advance()
      value = parseAssignedValue()
    } else if startsOperand(at) && peek() != .assign && !endsLine && !recovery.isActive {
      report(Message.missingAssign(at: gap, next: tokenSpan(at)))
      value = parseAssignedValue()
    }
    let words = addWords(type.index, value.index)
    return add(.letStatement, token: token, start: start, a: pattern.index, b: words, detail: detail)
  }

  mutating func parseConst(isPublic: Bool, start: TokenID) -> NodeID {
    advance()
    if kind == .fn || kind == .let { reportConstBefore() }
    let (name, symbol) = parseName("a name for the constant")
    var type = NodeID.none
    if kind == .colon && !endsLine && !recovery.isActive {
      advance()
      type = parseType()
    }
    var value = NodeID.none
    if (kind == .assign || kind == .colonAssign) && !recovery.isActive {
      if kind == .colonAssign { report(Message.colonAssign(at: tokenSpan(at))) }
      advance()
      value = parseAssignedValue()
    } else {
      if !recovery.isActive { report(Message.constWithoutValue(at: tokenSpan(Int(name.index)))) }
      value = addError()
    }
    let words = addWords(type.index, value.index)
    return add(.constStatement, token: name, start: start, a: symbol, b: words, detail: isPublic ? 1 : 0)
  }

  // MARK: Jumps

  private mutating func parseReturn() -> NodeID {
    let token = tokenID
    advance()
    var value = NodeID.none
    if !endsStatement { value = parseAssignedValue() }
    return add(.returnStatement, token: token, a: value.index)
  }

  /// Nothing that belongs to the statement follows.
  private var endsStatement: Bool {
    switch kind {
    case .endOfFile, .semicolon, .else, .elif, .catch, .rightParen, .rightBracket, .rightBrace, .comma,
      .interpolationClose:
      true
    default: isFirstOnLine(at)
    }
  }

  private mutating func parseJump(_ node: NodeKind) -> NodeID {
    let token = tokenID
    advance()
    var label: UInt32 = 0
    if kind == .label && !endsLine {
      label = tokens.payloads[at] + 1
      advance()
    } else if kind == .identifier && !isFirstOnLine(at) {
      report(Message.labelWithoutApostrophe(at: tokenSpan(at), name: tokenText(at)))
      label = tokens.payloads[at] + 1
      advance()
    }
    return add(node, token: token, a: label)
  }

  // MARK: Loops

  private mutating func parseLabelled() -> NodeID {
    let label = tokens.payloads[at] + 1
    let start = tokenID
    let token = at
    advance()
    if kind == .colon {
      advance()
    } else {
      fail(Message.labelWithoutColon(at: tokenSpan(token), found: describe(at)))
    }
    switch kind {
    case .for: return parseFor(label: label, start: start)
    case .while: return parseWhile(label: label, start: start)
    default:
      fail(Message.labelWithoutLoop(at: tokenSpan(token), found: describe(at)))
      return .none
    }
  }

  mutating func parseWhile(label: UInt32, start: TokenID) -> NodeID {
    let token = tokenID
    let owner = at
    advance()
    let condition = parseCondition()
    let body = parseBlock(owner: owner)
    let words = addWords(body.index, label)
    return add(.whileStatement, token: token, start: start, a: condition.index, b: words)
  }

  mutating func parseFor(label: UInt32, start: TokenID) -> NodeID {
    let token = tokenID
    let owner = at
    advance()
    if isConditionalFor { return parseConditionalFor(label: label, token: token, start: start) }
    let pattern: NodeID
    let iterable: NodeID
    if isForInParentheses {
      (pattern, iterable) = parseForInParentheses()
    } else {
      pattern = parseForPattern()
      iterable = recovery.isActive ? addError() : parseExpression()
    }
    let body = parseBlock(owner: owner)
    let words = addWords(iterable.index, body.index, label)
    return add(.forStatement, token: token, start: start, a: pattern.index, b: words)
  }

  /// The pattern of a `for`, and its `in`.
  mutating func parseForPattern() -> NodeID {
    if kind == .let { reportLetInFor() }
    if isCountingFor { return failAtCountingFor() }
    if isRangeFor { return failAtRangeFor() }
    var pattern = parsePattern()
    if kind == .comma && !recovery.isActive { pattern = parseBareTuplePattern(pattern) }
    if kind == .in && !recovery.isActive {
      advance()
    } else if kind == .identifier && tokenText(at) == "of" && startsOperand(at + 1) && !recovery.isActive {
      report(Message.ofInFor(at: tokenSpan(at)))
      advance()
    } else {
      fail(Message.forWithoutIn(at: tokenSpan(at), found: describe(at)))
    }
    return pattern
  }
}
