import OrusDiagnostics

/// Types, and the look-ahead that tells a list of type arguments from a
/// comparison.
extension Parser {
  /// A type. What stands on the next line is none, except after `as` and `is`, which a line may end in.
  mutating func parseType(mayBeginLine: Bool = false) -> NodeID {
    if endsLine && !mayBeginLine {
      failExpectingType()
      return addError()
    }
    let start = tokenID
    var type = parseTypeBase()
    while !endsLine {
      switch kind {
      case .question:
        let token = tokenID
        advance()
        type = add(.optionType, token: token, start: start, a: type.index)
      case .leftBracket where isBracketsBehindType: type = parseBracketsBehindType(type, start: start)
      case .pipe where isUnionWithNone: type = parseUnionWithNone(type, start: start)
      default: return type
      }
    }
    return type
  }

  private mutating func parseTypeBase() -> NodeID {
    switch kind {
    case .identifier:
      if peek() == .identifier && !isFirstOnLine(at + 1) && tokenText(at) == "dyn" { passBeforeType() }
      return parseNamedType()
    case .ampersand, .doubleAmpersand, .star, .label, .impl:
      guard passBeforeType() else { break }
      return parseTypeBase()
    case .leftBracket: return parseArrayType()
    case .leftParen: return isFunctionTypeWithoutKeyword ? parseFunctionType(hasKeyword: false) : parseTupleType()
    case .fn: return parseFunctionType()
    case .invalid:
      // A number or word that the lexer reported.
      recovery.lastToken = at
      return addToken(.error)
    default: break
    }
    failExpectingType()
    return addError()
  }

  /// A path of names, with type arguments.
  private mutating func parseNamedType() -> NodeID {
    let start = tokenID
    let mark = pending.count
    var name = tokenID
    while true {
      name = tokenID
      pending.append(addToken(.name, a: tokens.payloads[at]).index)
      guard (kind == .dot || kind == .doubleColon) && peek() == .identifier && !endsLine else { break }
      if kind == .doubleColon { reportDoubleColon() }
      advance()
    }
    let path = finishList(from: mark)
    if kind == .leftBracket && isAdjacent(at) && !isFirstOnLine(at) && peek() != .rightBracket {
      return parseTypeInBrackets(path, name: name, start: start)
    }
    var arguments: UInt32 = 0
    // Behind `as`, a `<` that no list of types follows compares.
    if kind == .less && !endsLine && (!isInCast || endOfTypeArguments() != nil) { arguments = parseTypeArguments() + 1 }
    return add(.namedType, token: name, start: start, a: path, b: arguments)
  }

  /// `<A, B>`: a list.
  mutating func parseTypeArguments() -> UInt32 {
    guard openBracket() else { return 0 }
    isInCast = false
    passLifetimes()
    let mark = pending.count
    while kind != .greater && kind != .greaterEqual && kind != .endOfFile && !recovery.isActive {
      pending.append(parseType().index)
      if !take(.comma) { break }
    }
    closeAngle()
    return finishList(from: mark)
  }

  /// Consumes the `>` of a list of types, which may be the beginning of `>=`.
  mutating func closeAngle() {
    if kind == .greaterEqual && !recovery.isActive {
      tokens.kinds[at] = .assign
      tokens.starts[at] += 1
      kind = .assign
      layout.brackets -= 1
      openBrackets.truncate(to: openBrackets.count - 1)
      depth -= 1
      return
    }
    closeBracket(.greater)
  }

  private mutating func parseArrayType() -> NodeID {
    let token = tokenID
    guard openBracket() else { return addError() }
    if kind == .rightBracket && isTypeInLine(at + 1) { return parseElementBehindBrackets(token) }
    if kind == .integer && peek() == .rightBracket && isTypeInLine(at + 2) { return parseLengthBeforeElement(token) }
    let element = parseType()
    if kind == .colon && !recovery.isActive { return parseMapTypeInBrackets(element, token: token) }
    if kind == .semicolon {
      advance()
      let count = parseExpression()
      closeBracket(.rightBracket)
      return add(.fixedArrayType, token: token, a: element.index, b: count.index)
    }
    closeBracket(.rightBracket)
    return add(.arrayType, token: token, a: element.index)
  }

  /// `[]T`, at the closing bracket.
  private mutating func parseElementBehindBrackets(_ token: TokenID) -> NodeID {
    closeBracket(.rightBracket)
    let element = parseType()
    report(Message.arrayType(at: span(token, lastEnd), spelling: "[\(text(span(element)))]"))
    return add(.arrayType, token: token, a: element.index)
  }

  /// `[]`, as in `T[]`.
  var isBracketsBehindType: Bool { kind == .leftBracket && peek() == .rightBracket && isAdjacent(at) }

  func isTypeInLine(_ token: Int) -> Bool {
    (tokens.kinds[token] == .identifier || tokens.kinds[token] == .leftBracket) && isAdjacent(token)
  }

  private mutating func parseTupleType() -> NodeID {
    let token = tokenID
    guard openBracket() else { return addError() }
    let mark = pending.count
    while kind != .rightParen && kind != .endOfFile && !recovery.isActive {
      pending.append(parseType().index)
      if !takeComma(before: .rightParen) { break }
    }
    closeBracket(.rightParen)
    let count = pending.count - mark
    if count >= 2 { return add(.tupleType, token: token, a: finishList(from: mark)) }
    if count == 0 {
      report(Message.emptyTupleType(at: span(token, lastEnd)))
      return add(.error, token: token)
    }
    // A type in parentheses is that type.
    return NodeID(pending.removeLast())
  }

  private mutating func parseFunctionType(hasKeyword: Bool = true) -> NodeID {
    let token = tokenID
    if hasKeyword { advance() } else { report(Message.functionTypeWithoutKeyword(at: tokenSpan(at))) }
    guard kind == .leftParen else {
      fail(Message.functionTypeWithoutParentheses(at: tokenSpan(at), found: describe(at)))
      return addError()
    }
    guard openBracket() else { return addError() }
    let mark = pending.count
    while kind != .rightParen && kind != .endOfFile && !recovery.isActive {
      if kind == .identifier && peek() == .colon {
        report(Message.namedParameterInType(at: span(tokens.starts[at], tokens.ends[at + 1]), name: tokenText(at)))
        advance()
        advance()
      }
      pending.append(parseType().index)
      if !take(.comma) { break }
    }
    closeBracket(.rightParen)
    let list = finishList(from: mark)
    var result = NodeID.none
    if kind == .arrow && !endsLine {
      advance()
      guard deepen() else { return addError() }
      result = parseType()
      depth -= 1
    }
    return add(.functionType, token: token, a: list, b: result.index)
  }

  // MARK: Look-ahead

  /// The token after the `>` that closes a balanced list of types at `<`, the current token; nil if it is none.
  mutating func endOfTypeArguments() -> Int? {
    if at < recovery.noTypesBefore { return nil }
    var scan = TypeScan(tokens: tokens, at: at)
    let end = scan.list(depth: 0)
    // A list that failed before any inner one was closed: the inner ones fail at the same place.
    if end == nil && !scan.hasClosed { recovery.noTypesBefore = scan.at }
    return end
  }
}

/// Passes over types without building anything.
struct TypeScan {
  let tokens: TokenTable
  var at: Int
  /// An inner list was read to its end.
  var hasClosed = false

  init(tokens: TokenTable, at: Int) {
    self.tokens = tokens
    self.at = at
  }

  private static let depthLimit = Parser.nestingLimit

  private var kind: TokenKind { tokens.kinds[at] }

  /// At `<`; gives the index behind `>`.
  mutating func list(depth: Int) -> Int? {
    at += 1
    while true {
      if !type(depth: depth + 1) { return nil }
      if kind == .comma {
        at += 1
        if kind != .greater { continue }
      }
      if kind != .greater { return nil }
      at += 1
      hasClosed = hasClosed || depth > 0
      return at
    }
  }

  /// Passes over one type.
  mutating func pass() -> Bool { type(depth: 0) }

  private mutating func type(depth: Int) -> Bool {
    if depth > Self.depthLimit { return false }
    switch kind {
    case .identifier:
      at += 1
      while kind == .dot && tokens.kinds[at + 1] == .identifier { at += 2 }
      if kind == .less && list(depth: depth) == nil { return false }
    case .leftBracket:
      at += 1
      if !type(depth: depth + 1) { return false }
      if kind == .semicolon {
        // A length is an expression: anything up to the bracket that closes, within reason.
        var inner = 0
        let limit = at + 256
        while kind != .endOfFile && at < limit && !(inner == 0 && kind == .rightBracket) {
          if kind == .leftBracket { inner += 1 }
          if kind == .rightBracket { inner -= 1 }
          at += 1
        }
      }
      if kind != .rightBracket { return false }
      at += 1
    case .leftParen:
      if !parenthesized(depth: depth) { return false }
    case .fn:
      at += 1
      if kind != .leftParen || !parenthesized(depth: depth) { return false }
      if kind == .arrow {
        at += 1
        if !type(depth: depth + 1) { return false }
      }
    default: return false
    }
    while kind == .question { at += 1 }
    return true
  }

  private mutating func parenthesized(depth: Int) -> Bool {
    at += 1
    while kind != .rightParen {
      if !type(depth: depth + 1) { return false }
      if kind != .comma { break }
      at += 1
    }
    if kind != .rightParen { return false }
    at += 1
    return true
  }
}
