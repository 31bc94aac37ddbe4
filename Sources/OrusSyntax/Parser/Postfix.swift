import OrusDiagnostics

/// Calls, indices, fields, `?`, type arguments and struct literals: what follows
/// an operand without a space.
extension Parser {
  mutating func parsePostfix() -> NodeID {
    let start = tokenID
    var base = parsePrimary()
    while true {
      switch kind {
      case .dot:
        base = parseMember(base, start: start)
      case .leftParen where !endsLine:
        base = parseCall(base, start: start)
      case .leftBracket where !endsLine:
        base = parseIndex(base, start: start)
      case .question where !endsLine:
        if isQuestionConditional || isElvis { return base }
        let token = tokenID
        advance()
        base = add(.propagate, token: token, start: start, a: base.index)
      case .less where !endsLine:
        guard isPath(base), let end = endOfTypeArguments() else { return base }
        let next = tokens.kinds[end]
        guard next == .leftParen || next == .dot || next == .leftBrace else {
          guard isValueEnd(end) else { return base }
          return parseUncalledTypeArguments(base, start: start)
        }
        let token = tokenID
        let list = parseTypeArguments()
        base = add(.instantiation, token: token, start: start, a: base.index, b: list)
      case .leftBrace where !endsLine && kind(of: base) == .field && isTrailingLambda:
        base = parseTrailingLambda(start: start)
      case .leftBrace where !endsLine:
        guard isPath(base) || kind(of: base) == .instantiation, !isBlockBrace(upper: isUpperPath(base)) else {
          return base
        }
        base = parseStructLiteral(base, start: start)
      case .doubleColon where !endsLine && peek() == .identifier && isForeignConstructor:
        base = parseForeignConstructor(base, start: start)
      case .doubleColon where !endsLine && peek() == .less:
        passColonsBeforeTypes(of: base)
      case .doubleColon where !endsLine && peek() == .identifier:
        reportDoubleColon()
        base = parseMember(base, start: start)
      case .bang where !endsLine && isAdjacent(at) && takesVecMacro(base):
        base = parsePrimary()
      case .bang where !endsLine && isAdjacent(at):
        guard reportPostfixBang(base) else { return base }
        advance()
      default:
        return base
      }
      if recovery.isActive { return base }
    }
  }

  /// A name, or fields of one: what can name a type.
  func isPath(_ node: NodeID) -> Bool {
    var node = node
    while kind(of: node) == .field { node = NodeID(nodes[Int(node.index)].a) }
    return kind(of: node) == .name
  }

  private func isUpperPath(_ node: NodeID) -> Bool {
    var node = node
    if kind(of: node) == .instantiation { node = NodeID(nodes[Int(node.index)].a) }
    let first = source[Int(tokens.starts[Int(nodes[Int(node.index)].token.index)])]
    return first >= UInt8(ascii: "A") && first <= UInt8(ascii: "Z")
  }

  /// Whether the `{` at the cursor opens a block, as in other languages, and not a struct literal.
  mutating func isBlockBrace(upper: Bool) -> Bool {
    let next = peek()
    if next == .identifier {
      switch peek(2) {
      case .colon: return false
      case .comma, .rightBrace: return !(upper || isAdjacent(at))
      default: return !isAdjacent(at)
      }
    }
    if next == .rightBrace { return !(upper || isAdjacent(at)) }
    return !isAdjacent(at)
  }

  private mutating func parseMember(_ base: NodeID, start: TokenID) -> NodeID {
    advance()
    let token = tokenID
    switch kind {
    case .identifier:
      let symbol = tokens.payloads[at]
      advance()
      return add(.field, token: token, start: start, a: base.index, b: symbol)
    case .integer:
      let value = literals.integers[Int(Literals.integer(tokens.payloads[at]).index)]
      let number = UInt32(exactly: value) ?? .max
      advance()
      return add(.tupleField, token: token, start: start, a: base.index, b: number)
    case .invalid:
      recovery.lastToken = at
      advance()
      return add(.error, token: token, start: start)
    default:
      if kind.isKeyword && !isFirstOnLine(at) {
        _ = takeKeywordAsName()
      } else {
        failAfterDot()
      }
      return add(.error, token: token, start: start)
    }
  }

  // MARK: Calls

  private mutating func parseCall(_ callee: NodeID, start: TokenID) -> NodeID {
    let token = tokenID
    guard openBracket() else { return addError() }
    let mark = pending.count
    while kind != .rightParen && kind != .endOfFile && !recovery.isActive {
      pending.append(parseArgument(of: callee, from: mark).index)
      if !takeComma(before: .rightParen) { break }
    }
    closeBracket(.rightParen)
    let count = pending.count - mark
    if count > Self.parameterLimit {
      report(Message.tooManyArguments(at: span(start, lastEnd), count: count, limit: Self.parameterLimit))
      pending.truncate(to: mark + Self.parameterLimit)
    }
    return add(.call, token: token, start: start, a: callee.index, b: finishList(from: mark))
  }

  private mutating func parseArgument(of callee: NodeID, from mark: Int) -> NodeID {
    let start = tokenID
    if kind == .identifier {
      let next = peek()
      if next == .colon
        && (peek(2) != .endOfFile && !isFirstOnLine(at + 2) || isLineInBrackets(at + 2))
      {
        let name = tokenID
        let symbol = tokens.payloads[at]
        advance()
        advance()
        let value = parseExpression()
        return add(.namedArgument, token: name, start: start, a: symbol, b: value.index)
      }
      if next == .assign {
        return parseAssignedArgument(of: callee, from: mark)
      }
    }
    if kind == .ellipsis || kind == .star && isAdjacent(at + 1) {
      report(Message.spreadBeforeValue(at: tokenSpan(at), spelling: tokenText(at)))
      let token = tokenID
      advance()
      _ = parseExpression()
      return add(.error, token: token, start: start)
    }
    let value = parseExpression()
    if kind == .for && !recovery.isActive { return parseGenerator(value, start: start) }
    if kind == .ellipsis {
      let token = tokenID
      advance()
      return add(.spreadArgument, token: token, start: start, a: value.index)
    }
    return value
  }

  /// A line at this token still belongs to the brackets around the cursor.
  private mutating func isLineInBrackets(_ token: Int) -> Bool {
    token < tokens.count && tokens.kinds[token] != .endOfFile && column(of: token) > layout.statementColumn
  }

  private mutating func parseIndex(_ base: NodeID, start: TokenID) -> NodeID {
    let token = tokenID
    guard openBracket() else { return addError() }
    var index: NodeID
    if kind == .rightBracket {
      fail(Message.emptyIndex(at: span(start, tokens.ends[at])))
      index = addError()
    } else {
      index = parseOperators(allowsOpenRange: true)
      index = finishConditional(index)
    }
    if kind == .colon { reportColonSlice() }
    closeBracket(.rightBracket)
    return add(.index, token: token, start: start, a: base.index, b: index.index)
  }

  // MARK: Struct literals

  private mutating func parseStructLiteral(_ type: NodeID, start: TokenID) -> NodeID {
    let token = tokenID
    guard openBracket() else { return addError() }
    let mark = pending.count
    while kind != .rightBrace && kind != .endOfFile && !recovery.isActive {
      pending.append(parseFieldInitializer().index)
      if !takeComma(before: .rightBrace) { break }
    }
    closeBracket(.rightBrace)
    return add(.structLiteral, token: token, start: start, a: type.index, b: finishList(from: mark))
  }

  private mutating func parseFieldInitializer() -> NodeID {
    let start = tokenID
    let name = tokenID
    guard kind == .identifier || kind.isKeyword && !isFirstOnLine(at) else {
      failExpectingField()
      return addError()
    }
    let symbol = parseName("a field's name", beginsLine: true).symbol
    let value: NodeID
    if kind == .colon {
      advance()
      value = parseExpression()
    } else if kind == .assign {
      report(Message.assignInFields(at: tokenSpan(at), name: tokenText(Int(name.index))))
      advance()
      value = parseExpression()
    } else {
      value = add(.name, token: name, start: start, a: symbol)
    }
    return add(.fieldInitializer, token: name, start: start, a: symbol, b: value.index)
  }
}
