import OrusDiagnostics

/// Patterns, of `match`, `let`, `for` and `matches`.
extension Parser {
  /// A pattern with its alternatives.
  mutating func parsePattern() -> NodeID {
    let start = tokenID
    guard deepen() else { return addError() }
    defer { depth -= 1 }
    let first = parseSinglePattern()
    guard (kind == .pipe || kind == .doublePipe || kind == .or) && !endsLine && !recovery.isActive else { return first }
    let token = tokenID
    let mark = pending.count
    pending.append(first.index)
    while (kind == .pipe || kind == .doublePipe || kind == .or) && !endsLine && !recovery.isActive {
      if kind != .pipe { report(Message.alternativeSpelling(at: tokenSpan(at), found: tokenText(at))) }
      advance()
      pending.append(parseSinglePattern().index)
    }
    return add(.alternativePattern, token: token, start: start, a: finishList(from: mark))
  }

  private mutating func parseSinglePattern() -> NodeID {
    switch kind {
    case .identifier:
      return parseNamedPattern()
    case .integer, .float, .minus:
      return parseLiteralPattern()
    case .string, .true, .false, .nil:
      let token = tokenID
      let literal = parsePrimary()
      return finishLiteralPattern(literal, token: token, start: token)
    case .leftParen: return parseTuplePattern()
    case .leftBracket: return parseArrayPattern()
    case .dotDot: return parseStrayRest()
    case .mut:
      report(Message.mutInPattern(at: tokenSpan(at)))
      advance()
      return parseSinglePattern()
    case .formatStart:
      report(Message.interpolationInPattern(at: tokenSpan(at)))
      _ = parsePrimary()
      return addError()
    case .invalid:
      recovery.lastToken = at
      return addToken(.error)
    default:
      if kind == .in && isFirstOnLine(at) && column(of: at) == layout.indentation {
        // `in 2..5 -> …`.
        report(Message.inBeforePattern(at: tokenSpan(at), removed: span(tokens.starts[at], tokens.starts[at + 1])))
        advance()
        return parseSinglePattern()
      }
      if isKeywordForName {
        let token = tokenID
        return add(.bindingPattern, token: token, a: takeKeywordAsName())
      }
      failExpectingPattern()
      return addError()
    }
  }

  /// `..` outside of an array or struct pattern.
  private mutating func parseStrayRest() -> NodeID {
    report(Message.strayRest(at: tokenSpan(at)))
    return addToken(.error)
  }

  // MARK: Names

  /// A binding, `_`, a constant, a constructor or a struct.
  private mutating func parseNamedPattern() -> NodeID {
    let token = tokenID
    let symbol = tokens.payloads[at]
    let first = source[Int(tokens.starts[at])]
    let next = peek()
    let isPath = (next == .dot || next == .doubleColon) && !(isFirstOnLine(at + 1) && layout.brackets == 0)
    let isUpper = first >= UInt8(ascii: "A") && first <= UInt8(ascii: "Z")
    if !isPath && !isUpper && next != .leftParen && next != .leftBrace {
      if first == UInt8(ascii: "_") && tokens.ends[at] == tokens.starts[at] + 1 { return addToken(.wildcardPattern) }
      return addToken(.bindingPattern, a: symbol)
    }
    let path = parsePatternPath()
    switch kind {
    case .leftParen where !endsLine:
      guard openBracket() else { return addError() }
      let mark = pending.count
      while kind != .rightParen && kind != .endOfFile && !recovery.isActive {
        if kind == .identifier && peek() == .colon { reportNamedPayload() }
        pending.append(parsePattern().index)
        if !take(.comma) { break }
      }
      closeBracket(.rightParen)
      return add(.constructorPattern, token: token, a: path.index, b: finishList(from: mark) + 1)
    case .leftBrace where !endsLine && !isBlockBrace(upper: true):
      return parseStructPattern(path, token: token, start: token)
    case .dotDot, .dotDotEqual:
      if endsLine { break }
      return parseRangePattern(from: path, start: token)
    default: break
    }
    return add(.constructorPattern, token: token, a: path.index)
  }

  /// Names joined by dots, as `name` and `field` nodes.
  private mutating func parsePatternPath() -> NodeID {
    let start = tokenID
    var path = addToken(.name, a: tokens.payloads[at])
    while (kind == .dot || kind == .doubleColon) && peek() == .identifier && !endsLine {
      if kind == .doubleColon { reportDoubleColon() }
      advance()
      let name = tokenID
      let symbol = tokens.payloads[at]
      advance()
      path = add(.field, token: name, start: start, a: path.index, b: symbol)
    }
    return path
  }

  private mutating func parseStructPattern(_ path: NodeID, token: TokenID, start: TokenID) -> NodeID {
    guard openBracket() else { return addError() }
    let mark = pending.count
    while kind != .rightBrace && kind != .endOfFile && !recovery.isActive {
      if kind == .dotDot {
        pending.append(addToken(.restPattern).index)
      } else if kind == .identifier {
        let fieldStart = tokenID
        let name = tokenID
        let symbol = tokens.payloads[at]
        advance()
        let pattern =
          take(.colon) ? parsePattern() : add(.bindingPattern, token: name, start: fieldStart, a: symbol)
        pending.append(add(.fieldPattern, token: name, start: fieldStart, a: symbol, b: pattern.index).index)
      } else {
        failExpectingName("a field's name")
      }
      if !take(.comma) { break }
    }
    closeBracket(.rightBrace)
    return add(.structPattern, token: token, start: start, a: path.index, b: finishList(from: mark))
  }

  // MARK: Literals and ranges

  private mutating func parseLiteralPattern() -> NodeID {
    let token = tokenID
    let literal = parseSignedLiteral()
    if (kind == .dotDot || kind == .dotDotEqual) && !endsLine { return parseRangePattern(from: literal, start: token) }
    return finishLiteralPattern(literal, token: token, start: token)
  }

  private mutating func finishLiteralPattern(_ literal: NodeID, token: TokenID, start: TokenID) -> NodeID {
    if kind == .ellipsis && isRangeOfOthers && !endsLine {
      report(Message.foreignRange(at: tokenSpan(at), found: "...", spelling: "..="))
      return parseRangePattern(from: literal, start: start)
    }
    if (kind == .dotDot || kind == .dotDotEqual) && !endsLine { return parseRangePattern(from: literal, start: start) }
    if kind(of: literal) == .error { return literal }
    return add(.literalPattern, token: token, start: start, a: literal.index)
  }

  private mutating func parseSignedLiteral() -> NodeID {
    guard kind == .minus else { return parsePrimary() }
    let token = tokenID
    advance()
    guard kind == .integer || kind == .float || kind == .invalid else {
      failExpectingPattern()
      return addError()
    }
    let literal = parsePrimary()
    return add(.negate, token: token, a: literal.index)
  }

  private mutating func parseRangePattern(from first: NodeID, start: TokenID) -> NodeID {
    let token = tokenID
    let isInclusive = kind != .dotDot
    advance()
    let last: NodeID
    switch kind {
    case .integer, .float, .minus, .string: last = parseSignedLiteral()
    case .identifier: last = parsePatternPath()
    default:
      fail(Message.rangePatternWithoutEnd(at: tokenSpan(Int(token.index)), found: describe(at)))
      last = addError()
    }
    return add(
      .rangePattern, token: token, start: start, a: first.index, b: last.index, detail: isInclusive ? 1 : 0)
  }

  // MARK: Tuples and arrays

  private mutating func parseTuplePattern() -> NodeID {
    let token = tokenID
    guard openBracket() else { return addError() }
    let mark = pending.count
    while kind != .rightParen && kind != .endOfFile && !recovery.isActive {
      pending.append(parsePattern().index)
      if !take(.comma) { break }
    }
    closeBracket(.rightParen)
    let count = pending.count - mark
    if count == 1 { return NodeID(pending.removeLast()) }
    if count == 0 {
      report(Message.emptyTuple(at: span(token, lastEnd), isInOk: false))
      return add(.error, token: token)
    }
    return add(.tuplePattern, token: token, a: finishList(from: mark))
  }

  private mutating func parseArrayPattern() -> NodeID {
    let token = tokenID
    guard openBracket() else { return addError() }
    let mark = pending.count
    var rest: Int?
    while kind != .rightBracket && kind != .endOfFile && !recovery.isActive {
      let element = at
      let isRest = kind == .dotDot || kind == .ellipsis || kind == .identifier && peek() == .ellipsis
      if isRest {
        pending.append(parseRest().index)
        if let rest {
          report(Message.secondRest(at: tokenSpan(element), first: tokenSpan(rest)))
        }
        rest = element
      } else {
        pending.append(parsePattern().index)
      }
      if !take(.comma) { break }
    }
    closeBracket(.rightBracket)
    return add(.arrayPattern, token: token, a: finishList(from: mark))
  }

  /// `..`, `name...` or `_...`.
  private mutating func parseRest() -> NodeID {
    let token = tokenID
    var symbol: UInt32 = 0
    if kind == .identifier {
      let isDiscard = source[Int(tokens.starts[at])] == UInt8(ascii: "_") && tokens.ends[at] == tokens.starts[at] + 1
      symbol = isDiscard ? 0 : tokens.payloads[at] + 1
      advance()
      advance()
    } else if kind == .ellipsis {
      let name = peek() == .identifier && isAdjacent(at + 1) ? tokenText(at + 1) : nil
      report(Message.ellipsisBeforeRest(at: tokenSpan(at), name: name))
      advance()
      if name != nil {
        symbol = tokens.payloads[at] + 1
        advance()
      }
    } else {
      advance()
      if kind == .identifier && isAdjacent(at) {
        report(Message.nameAfterRest(at: span(token, tokens.ends[at]), name: tokenText(at)))
        symbol = tokens.payloads[at] + 1
        advance()
      }
    }
    return add(.restPattern, token: token, a: symbol)
  }
}
