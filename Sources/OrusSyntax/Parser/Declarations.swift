import OrusDiagnostics

/// Functions, structs, enums, impls and imports.
extension Parser {
  /// A declared name, which is consumed: its token and its symbol. A name at the beginning of a line belongs to the
  /// next line, except where it begins the declaration.
  mutating func parseName(_ what: String, beginsLine: Bool = false) -> (token: TokenID, symbol: UInt32) {
    let token = tokenID
    let isHere = beginsLine || !endsLine
    if kind == .identifier && isHere {
      let symbol = tokens.payloads[at]
      advance()
      return (token, symbol)
    }
    if kind.isKeyword && isHere { return (token, takeKeywordAsName()) }
    failExpectingName(what)
    return (token, symbols.intern("").index)
  }

  mutating func parsePublic() -> NodeID {
    let start = tokenID
    let pub = at
    advance()
    if functionDepth > 0 { report(Message.pubInFunction(at: tokenSpan(pub))) }
    switch kind {
    case .fn: return parseFunction(isPublic: true, start: start)
    case .let: return parseLet(isPublic: true, start: start)
    case .const: return parseConst(isPublic: true, start: start)
    case .struct, .enum, .impl, .use: return parseDeclaration(isPublic: true, start: start)
    case .identifier where isForeignStatement: return parseForeignStatement(isPublic: true, start: start)
    default:
      fail(Message.pubWithoutDeclaration(at: tokenSpan(pub), found: describe(at)))
      return .none
    }
  }

  /// What may stand at module level only.
  mutating func parseDeclaration(isPublic: Bool, start: TokenID) -> NodeID {
    let keyword = at
    let isNested = functionDepth > 0 || layout.indentation > 0 || layout.isOneLine
    let node: NodeID
    switch kind {
    case .struct: node = parseStruct(isPublic: isPublic, start: start)
    case .enum: node = parseEnum(isPublic: isPublic, start: start)
    case .impl:
      if isPublic { report(Message.pubBeforeImpl(at: span(start, tokens.ends[at - 1]))) }
      node = parseImplementation(start: start)
    default: node = parseUse(isPublic: isPublic, start: start)
    }
    guard isNested, functionDepth > 0 || !isModuleLine(keyword) else { return node }
    report(Message.onlyAtModuleLevel(at: tokenSpan(keyword), keyword: tokenText(keyword)))
    return node
  }

  /// The statement of this token is the module's own, though indented, which was reported.
  private func isModuleLine(_ token: Int) -> Bool { layout.indentation == 0 && !layout.isOneLine }

  // MARK: Functions

  mutating func parseFunction(isPublic: Bool, start: TokenID) -> NodeID {
    let owner = at
    advance()
    var (name, symbol) = parseName("a name for the function")
    // `fn Type.method` belongs into an `impl`.
    while kind == .dot && !recovery.isActive && !endsLine {
      report(Message.qualifiedFunctionName(at: span(tokens.starts[Int(name.index)], tokens.ends[at])))
      advance()
      (name, symbol) = parseName("a name for the function")
    }
    let typeParameters = parseTypeParameters()
    var parameters: UInt32 = 0
    if kind == .leftParen && !endsLine && !recovery.isActive { parameters = parseParameters() }
    let result = parseResultType()
    functionDepth += 1
    let body = parseBlock(owner: owner)
    functionDepth -= 1
    return addFunction(
      .function, name: symbol + 1, typeParameters: typeParameters, parameters: parameters, result: result, body: body,
      token: name, start: start, detail: isPublic ? 1 : 0)
  }

  mutating func addFunction(
    _ node: NodeKind, name: UInt32, typeParameters: UInt32, parameters: UInt32, result: NodeID, body: NodeID,
    token: TokenID, start: TokenID, detail: UInt8 = 0
  ) -> NodeID {
    let words = addWords(name, typeParameters, parameters)
    extra.append(result.index)
    extra.append(body.index)
    return add(node, token: token, start: start, a: words, detail: detail)
  }

  mutating func parseResultType() -> NodeID {
    guard !recovery.isActive else { return .none }
    if kind == .arrow {
      advance()
      return parseType()
    }
    if kind == .colon && peek() == .identifier && !isFirstOnLine(at + 1) { return parseColonResult() }
    if kind == .fatArrow && !endsLine { return parseFatArrowResult() }
    switch kind {
    case .identifier, .leftParen, .leftBracket, .star: return parseResultWithoutArrow()
    default: return .none
    }
  }

  /// `<T: A + B, U>`: a list of typeParameter.
  mutating func parseTypeParameters() -> UInt32 {
    guard kind == .less && !endsLine && !recovery.isActive else { return 0 }
    guard openBracket() else { return 0 }
    passLifetimes()
    let mark = pending.count
    while kind != .greater && kind != .greaterEqual && kind != .endOfFile && !recovery.isActive {
      let start = tokenID
      let (name, symbol) = parseName("a name for the type parameter")
      var constraints: UInt32 = 0
      if take(.colon) {
        let inner = pending.count
        pending.append(parseType().index)
        while kind == .plus && !recovery.isActive {
          advance()
          pending.append(parseType().index)
        }
        constraints = finishList(from: inner)
      }
      pending.append(add(.typeParameter, token: name, start: start, a: symbol, b: constraints).index)
      if !take(.comma) { break }
    }
    closeAngle()
    return finishList(from: mark)
  }

  /// `(a, mut b: T = e, rest: ...T)`: a list of parameter.
  mutating func parseParameters() -> UInt32 {
    let opener = at
    guard openBracket() else { return 0 }
    let mark = pending.count
    while kind != .rightParen && kind != .endOfFile && !recovery.isActive {
      pending.append(parseParameter().index)
      if !takeComma(before: .rightParen) { break }
    }
    closeBracket(.rightParen)
    let count = pending.count - mark
    if count > Self.parameterLimit {
      report(
        Message.tooManyParameters(
          at: span(tokens.starts[opener], lastEnd), count: count, limit: Self.parameterLimit))
    }
    return finishList(from: mark)
  }

  private mutating func parseParameter() -> NodeID {
    let start = tokenID
    var flags: UInt32 = 0
    if kind == .ampersand { reportReferenceParameter() }
    if kind == .mut {
      advance()
      flags |= ParameterView.mutable
    }
    if kind == .doubleStar {
      report(Message.keywordParameters(at: tokenSpan(at)))
      advance()
      _ = parseName("a parameter's name")
      return add(.error, token: start, start: start)
    }
    if kind == .ellipsis || kind == .star {
      report(Message.variadicBeforeName(at: tokenSpan(at), spelling: tokenText(at)))
      advance()
      flags |= ParameterView.variadic
    }
    if kind == .leftParen || kind == .leftBracket {
      let token = tokenID
      report(Message.patternAsParameter(at: tokenSpan(at)))
      _ = parsePattern()
      return add(.error, token: token, start: start)
    }
    var (name, symbol) = parseName("a parameter's name")
    var type = NodeID.none
    var value = NodeID.none
    if kind == .colon && !isHeaderColon {
      advance()
      if kind == .ellipsis {
        advance()
        flags |= ParameterView.variadic
      }
      type = parseType()
      if kind == .ellipsis && !recovery.isActive {
        report(Message.variadicBehindType(at: tokenSpan(at)))
        advance()
        flags |= ParameterView.variadic
      }
    } else if kind == .question && peek() == .colon {
      let mark = tokenSpan(at)
      advance()
      advance()
      type = parseType()
      value = addError()
      report(Message.optionalParameter(at: mark, edits: [Help.Edit(mark, ""), Help.Edit(gap, "? = nil")]))
    } else if (kind == .ellipsis || isTypeWithoutColon) && !isFirstOnLine(at) {
      report(Message.typeWithoutColon(at: tokenSpan(at), gap: gap, what: "parameter"))
      if take(.ellipsis) { flags |= ParameterView.variadic }
      type = parseType()
    } else if kind == .identifier && !isFirstOnLine(at) && tokenText(Int(name.index)) != "self" {
      if peek() == .colon {
        report(Message.argumentLabel(at: tokenSpan(Int(name.index)), removed: span(name, tokens.starts[at])))
        (name, symbol) = parseName("a parameter's name")
        advance()
        type = parseType()
      } else {
        (name, symbol) = reportTypeBeforeName(name)
        type = addError()
      }
    }
    if kind == .assign && !recovery.isActive {
      advance()
      value = parseExpression()
    }
    let words = addWords(type.index, value.index, flags)
    return add(.parameter, token: name, start: start, a: symbol, b: words)
  }

  /// The `:` ends its line: that of a header whose `)` is missing.
  private var isHeaderColon: Bool { peek() == .endOfFile || isFirstOnLine(at + 1) }

  // MARK: Structs and enums

  private mutating func parseStruct(isPublic: Bool, start: TokenID) -> NodeID {
    let owner = at
    advance()
    let (name, symbol) = parseName("a name for the struct")
    let typeParameters = parseTypeParameters()
    passSupertypes()
    let mark = pending.count
    _ = parseBlockItems(.field, owner: owner)
    let count = pending.count - mark
    if count > Self.memberLimit {
      report(
        Message.tooManyMembers(at: tokenSpan(Int(name.index)), what: "fields", count: count, limit: Self.memberLimit))
    }
    dropErrors(from: mark)
    let words = addWords(symbol, typeParameters, finishList(from: mark))
    return add(.structDeclaration, token: name, start: start, a: words, detail: isPublic ? 1 : 0)
  }

  mutating func parseField() -> NodeID {
    let start = tokenID
    if kind == .pass {
      advance()
      return .none
    }
    var detail: UInt8 = 0
    if kind == .pub && peek() != .fn {
      advance()
      detail = 1
    }
    if isModifiedMethod { reportForeignModifier() }
    if kind == .fn || kind == .pub || kind == .identifier && isForeignFunction { return parseMethodInBody("struct") }
    if (kind == .let || kind == .mut || kind == .const) && peek() != .colon { reportLetBeforeField() }
    if isModifiedField { reportForeignModifier() }
    var (name, symbol) = parseName("a field's name", beginsLine: tokenID == start)
    var type = NodeID.none
    if kind == .colon && !endsLine && !recovery.isActive {
      advance()
      type = parseType()
    } else {
      if kind == .identifier && !endsLine && !recovery.isActive {
        (name, symbol) = reportTypeBeforeName(name)
      } else {
        fail(Message.fieldWithoutType(at: gap, name: tokenText(Int(name.index))))
      }
      type = addError()
    }
    var value = NodeID.none
    if kind == .assign && !recovery.isActive && !endsLine {
      advance()
      value = parseExpression()
    }
    let words = addWords(type.index, value.index)
    return add(.fieldDeclaration, token: name, start: start, a: symbol, b: words, detail: detail)
  }

  private mutating func parseEnum(isPublic: Bool, start: TokenID) -> NodeID {
    let owner = at
    advance()
    let (name, symbol) = parseName("a name for the enum")
    let typeParameters = parseTypeParameters()
    passSupertypes()
    let mark = pending.count
    _ = parseBlockItems(.variant, owner: owner)
    let count = pending.count - mark
    if count > Self.memberLimit {
      report(
        Message.tooManyMembers(at: tokenSpan(Int(name.index)), what: "variants", count: count, limit: Self.memberLimit))
    }
    dropErrors(from: mark)
    let words = addWords(symbol, typeParameters, finishList(from: mark))
    return add(.enumDeclaration, token: name, start: start, a: words, detail: isPublic ? 1 : 0)
  }

  mutating func parseVariant() -> NodeID {
    let start = tokenID
    if kind == .pass {
      advance()
      return .none
    }
    if kind == .fn || kind == .pub && peek() == .fn || kind == .identifier && isForeignFunction {
      return parseMethodInBody("enum")
    }
    if isForeignCase { reportForeignCase("A variant is its name alone.") }
    let (name, symbol) = parseName("a variant's name", beginsLine: tokenID == start)
    let mark = pending.count
    if kind == .leftParen && !endsLine && !recovery.isActive {
      guard openBracket() else { return addError() }
      while kind != .rightParen && kind != .endOfFile && !recovery.isActive {
        pending.append(parsePayloadField().index)
        if !takeComma(before: .rightParen) { break }
      }
      closeBracket(.rightParen)
    } else if kind == .leftBrace && !endsLine && !recovery.isActive {
      let brace = tokenSpan(at)
      guard openBracket() else { return addError() }
      while kind != .rightBrace && kind != .endOfFile && !recovery.isActive {
        pending.append(parsePayloadField().index)
        if !takeComma(before: .rightBrace) { break }
      }
      if kind == .rightBrace { report(Message.variantInBraces(at: brace, end: tokenSpan(at))) }
      closeBracket(.rightBrace)
    } else if kind == .assign && !endsLine && !recovery.isActive {
      fail(Message.variantWithValue(at: tokenSpan(at), name: tokenText(Int(name.index))))
    }
    return add(.variant, token: name, start: start, a: symbol, b: finishList(from: mark))
  }

  private mutating func parsePayloadField() -> NodeID {
    let token = tokenID
    var name: UInt32 = 0
    if kind == .identifier && peek() == .colon {
      name = tokens.payloads[at] + 1
      advance()
      advance()
    }
    let type = parseType()
    return add(.payloadField, token: token, a: name, b: type.index)
  }

  /// Error nodes are no members.
  private mutating func dropErrors(from mark: Int) {
    var kept = mark
    for i in mark..<pending.count where kind(of: NodeID(pending[i])) != .error {
      pending[kept] = pending[i]
      kept += 1
    }
    pending.truncate(to: kept)
  }

  // MARK: Impls

  private mutating func parseImplementation(start: TokenID) -> NodeID {
    let token = tokenID
    let owner = at
    advance()
    let typeParameters = parseTypeParameters()
    var type = parseType()
    if kind == .for && !endsLine && !recovery.isActive {
      let begin = first(of: type)
      report(Message.implFor(at: span(begin, tokens.ends[at]), removed: span(begin, tokens.starts[at + 1])))
      advance()
      type = parseType()
    }
    let mark = pending.count
    _ = parseBlockItems(.method, owner: owner)
    dropErrors(from: mark)
    let words = addWords(typeParameters, finishList(from: mark))
    return add(.implementation, token: token, start: start, a: type.index, b: words)
  }

  mutating func parseMethod() -> NodeID {
    let start = tokenID
    if kind == .pass {
      advance()
      return .none
    }
    let isPublic = kind == .pub
    if isPublic { advance() }
    if kind == .identifier && isForeignFunction {
      reportForeignFunction()
    } else if kind != .fn {
      fail(Message.expectedMethod(at: tokenSpan(at), found: describe(at)))
      return addError()
    }
    return parseFunction(isPublic: isPublic, start: start)
  }

  private mutating func parseMethodInBody(_ what: String) -> NodeID {
    let start = tokenID
    let isPublic = kind == .pub
    if isPublic { advance() }
    report(Message.methodInBody(at: tokenSpan(at), what: what))
    _ = parseFunction(isPublic: isPublic, start: start)
    return .none
  }

  // MARK: Imports

  mutating func parseUse(isPublic: Bool, start: TokenID) -> NodeID {
    let token = tokenID
    advance()
    let mark = pending.count
    if kind == .string { reportQuotedModule() }
    var detail: UInt8 = isPublic ? 1 : 0
    var alias: UInt32 = 0
    var names: UInt32 = 0
    var flags: UInt32 = 0
    repeat {
      // Names in braces and `*` follow a dot in other languages.
      if pending.count > mark, kind == .leftBrace || kind == .star {
        detail |= Node.isReportedBit
        break
      }
      let nameStart = tokenID
      let (name, symbol) = parseName("a module's name")
      if recovery.isActive { break }
      pending.append(add(.name, token: name, start: nameStart, a: symbol).index)
      if kind == .doubleColon || kind == .slash { detail |= Node.isReportedBit }
    } while take(.dot) || take(.doubleColon) || take(.slash)
    if detail & Node.isReportedBit != 0 && !recovery.isActive { names = finishForeignPath(from: mark, &flags) }
    let path = finishList(from: mark)
    if kind == .as && !endsLine && !recovery.isActive {
      advance()
      alias = parseName("another name for the module").symbol + 1
    }
    if kind == .colon && !endsLine && !recovery.isActive {
      advance()
      if kind == .star {
        advance()
        flags = UseView.everything
      } else if kind == .leftBrace {
        names = parseUseNamesInBraces() + 1
      } else {
        names = parseUseNames() + 1
      }
    }
    return addUse(path, alias, names, flags, token: token, start, detail)
  }

  mutating func addUse(
    _ path: UInt32, _ alias: UInt32, _ names: UInt32, _ flags: UInt32, token: TokenID, _ start: TokenID, _ detail: UInt8
  ) -> NodeID {
    let words = addWords(path, alias, names)
    extra.append(flags)
    return add(.use, token: token, start: start, a: words, detail: detail)
  }

  mutating func parseUseNames() -> UInt32 {
    let mark = pending.count
    var isFirst = true
    repeat {
      let start = tokenID
      // Behind a comma the line goes on.
      let (name, symbol) = parseName("a name to import", beginsLine: !isFirst || layout.brackets > 0)
      isFirst = false
      if recovery.isActive { break }
      var binding = symbol
      if kind == .as && !endsLine {
        advance()
        binding = parseName("another name").symbol
      }
      pending.append(add(.useName, token: name, start: start, a: symbol, b: binding).index)
    } while take(.comma) && !closesBracket(kind)
    return finishList(from: mark)
  }
}
