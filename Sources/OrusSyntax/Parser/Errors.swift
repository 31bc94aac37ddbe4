import OrusDiagnostics

/// Places where something else was expected: what is said there, and how the
/// parser goes on.
extension Parser {
  // MARK: Something else expected

  @inline(never)
  mutating func failExpectingExpression() {
    if failAtLineInBrackets() { return }
    if closesBracket(kind) && openBrackets.count == 0 {
      return fail(Message.unopenedBracket(at: tokenSpan(at), bracket: tokenText(at)))
    }
    let before = at > 0 ? tokens.kinds[at - 1] : .endOfFile
    let isAfterOperator = at > 0 && before.spelling != nil && !before.isKeyword && !closesBracket(before)
    if isFirstOnLine(at) && at > 0 {
      return fail(
        Message.expectedExpressionAtEnd(
          at: gap, after: isAfterOperator || before.isKeyword ? tokenText(at - 1) : nil, last: tokenSpan(at - 1)))
    }
    if kind == .ellipsis { return fail(Message.spreadInArray(at: tokenSpan(at))) }
    if kind == .greater, before == .less, tokens.ends[at - 1] == tokens.starts[at] {
      return fail(Message.angleNotEqual(at: span(tokens.starts[at - 1], tokens.ends[at])))
    }
    fail(Message.expectedExpression(at: tokenSpan(at), found: describe(at), isKeyword: kind.isKeyword))
  }

  @inline(never)
  mutating func failExpectingName(_ what: String) {
    if failAtLineInBrackets() { return }
    let place = isFirstOnLine(at) && at > 0 ? gap : tokenSpan(at)
    fail(Message.expectedName(at: place, what: what, found: isFirstOnLine(at) ? "the end of the line" : describe(at)))
  }

  @inline(never)
  mutating func failExpectingField() {
    if failAtLineInBrackets() { return }
    fail(Message.expectedFieldInitializer(at: tokenSpan(at), found: describe(at)))
  }

  @inline(never)
  mutating func failExpectingType() {
    if failAtLineInBrackets() { return }
    let place = isFirstOnLine(at) && at > 0 ? gap : tokenSpan(at)
    fail(Message.expectedType(at: place, found: isFirstOnLine(at) ? "the end of the line" : describe(at)))
  }

  @inline(never)
  mutating func failExpectingPattern() {
    if failAtLineInBrackets() { return }
    switch kind {
    case .less, .lessEqual, .greater, .greaterEqual, .equal, .notEqual:
      return fail(Message.comparisonAsPattern(at: tokenSpan(at), comparison: tokenText(at)))
    case .else: return fail(Message.elseAsPattern(at: tokenSpan(at)))
    default: break
    }
    let place = isFirstOnLine(at) && at > 0 ? gap : tokenSpan(at)
    fail(Message.expectedPattern(at: place, found: isFirstOnLine(at) ? "the end of the line" : describe(at)))
  }

  @inline(never)
  mutating func failAfterDot() {
    if failAtLineInBrackets() { return }
    let place = isFirstOnLine(at) ? tokenSpan(at - 1) : tokenSpan(at)
    fail(Message.expectedMember(at: place, found: isFirstOnLine(at) ? "the end of the line" : describe(at)))
  }

  /// In a list that goes on behind the current token, which is no part of it.
  mutating func failInList(_ opener: Int, _ closer: TokenKind) {
    if kind == .assign { return fail(Message.assignInExpression(at: tokenSpan(at))) }
    if kind == .semicolon || kind == .colon || kind.isKeyword || operatorTable[Int(kind.rawValue)].form != .none {
      return fail(
        Message.unexpectedInBrackets(
          at: tokenSpan(at), found: describe(at), opening: tokenSpan(opener), closer: closer.spelling!))
    }
    fail(Message.missingComma(at: gap, next: tokenSpan(at), found: describe(at), opening: tokenSpan(opener)))
  }

  mutating func failInMap() {
    if failAtLineInBrackets() { return }
    fail(Message.mapEntryWithoutValue(at: tokenSpan(at), found: describe(at)))
  }

  /// Between brackets, at a line that begins a statement: the bracket was not closed. Reports that.
  private mutating func failAtLineInBrackets() -> Bool {
    guard layout.brackets > 0, openBrackets.count > 0 else { return false }
    let opener = Int(openBrackets[openBrackets.count - 1])
    guard kind == .endOfFile || isFirstOnLine(at) && isEndOfUnclosed(opener) && !closesBracket(kind) else {
      return false
    }
    if recovery.lastToken != at { reportUnclosed(opener) }
    return true
  }

  // MARK: Blocks

  /// Consumes the `:` before a block; false if there is none and no block either.
  @inline(__always)
  mutating func parseBlockColon(owner: Int) -> Bool {
    if kind == .colon && !recovery.isActive {
      advance()
      return true
    }
    return recoverBlockColon(owner: owner)
  }

  @inline(never)
  private mutating func recoverBlockColon(owner: Int) -> Bool {
    if recovery.hasGivenUp { return false }
    if recovery.isActive {
      guard skipToHeaderColon() else { return false }
      advance()
      return true
    }
    if kind == .endOfFile || isFirstOnLine(at) {
      if recovery.lastToken == at && layout.brackets == 0 && at > 0 && tokens.kinds[at - 1] != .colon {
        // The header was reported at its end already.
        return kind != .endOfFile && column(of: at) > layout.statementColumn
      }
      report(Message.missingColon(at: gap, owner: tokenSpan(owner), name: tokenText(owner)))
      return kind != .endOfFile && column(of: at) > layout.statementColumn
    }
    if isReported(at) {
      recovery.isActive = true
      guard skipToHeaderColon() else { return false }
      advance()
      return true
    }
    switch kind {
    case .leftBrace: return parseBraceBlock(owner: owner)
    case .fatArrow, .arrow, .assign:
      let isBraced = peek() == .leftBrace && peek(3) != .colon && !isFirstOnLine(at + 1)
      let edit = Help.Edit(span(lastEnd, tokens.ends[at]), ":")
      let edits = isBraced ? layoutEdits(brace: at + 1, colon: "").map { [edit] + $0 } ?? [] : [edit]
      report(Message.arrowForColon(at: tokenSpan(at), found: tokenText(at), edits: edits))
      advance()
      guard isBraced else { return true }
      passedBrace = at
      return parseBraceBlock(owner: owner)
    case .identifier where isFiller:
      report(Message.fillerBeforeBlock(at: tokenSpan(at), word: tokenText(at), hasColon: peek() == .colon))
      advance()
      _ = take(.colon)
      return true
    case .semicolon:
      report(Message.semicolonForBlock(at: tokenSpan(at), owner: tokenSpan(owner), name: tokenText(owner)))
      advance()
      recovery.isActive = true
      return false
    case .doubleColon:
      report(Message.doubleColon(at: tokenSpan(at), replacement: ":"))
      advance()
      return true
    default: break
    }
    if closesBracket(kind) && openBrackets.count == 0 {
      fail(Message.unopenedBracket(at: tokenSpan(at), bracket: tokenText(at)))
      guard skipToHeaderColon() else { return false }
      advance()
      return true
    }
    if startsOnlyStatements(kind) || startsOperand(at) && startsBodyWithoutColon(owner) {
      report(Message.missingColon(at: gap, owner: tokenSpan(owner), name: tokenText(owner)))
      return true
    }
    fail(Message.expectedColon(at: tokenSpan(at), found: describe(at), owner: tokenSpan(owner), name: tokenText(owner)))
    guard skipToHeaderColon() else { return false }
    advance()
    return true
  }

  /// `if (c) f()` and its `else`, whose parentheses end the condition elsewhere.
  private func startsBodyWithoutColon(_ owner: Int) -> Bool {
    switch tokens.kinds[owner] {
    case .else: at == owner + 1
    case .if, .elif, .while: tokens.kinds[at - 1] == .rightParen && tokens.kinds[owner + 1] == .leftParen
    default: false
    }
  }

  /// `then` or `do` where a `:` belongs.
  private var isFiller: Bool {
    let word = tokenText(at)
    return word == "then" || word == "do"
  }

  /// `{` where `:` belongs. Its block is read by its lines, and its `}` passed over.
  private mutating func parseBraceBlock(owner: Int) -> Bool {
    let brace = at
    if brace != passedBrace {
      let edits = layoutEdits(brace: brace) ?? []
      report(Message.bracesAroundBlock(at: tokenSpan(brace), owner: tokenSpan(owner), edits: edits))
    }
    advance()
    if kind == .rightBrace {
      advance()
      recovery.isActive = true
      return false
    }
    if kind == .endOfFile { return false }
    openBraceBlocks += 1
    if isFirstOnLine(at) && column(of: at) <= layout.statementColumn
      && !(opensArms(owner) && column(of: at) == layout.statementColumn)
    {
      recovery.lastToken = at
      return false
    }
    return true
  }

  /// The block of this token has arms: those of a `switch` often stand at its column.
  private func opensArms(_ owner: Int) -> Bool {
    if tokens.kinds[owner] == .match { return true }
    guard tokens.kinds[owner] == .identifier, case .matching? = ForeignWord.all[tokenText(owner)]?.role else {
      return false
    }
    return true
  }

  /// `} else {`, where the brace closes the block of this statement.
  mutating func passBraceBeforeClause() {
    guard openBraceBlocks > 0, layout.brackets == 0, !recovery.isActive,
      !isFirstOnLine(at) || column(of: at) == layout.statementColumn
    else { return }
    openBraceBlocks -= 1
    advance()
  }

  mutating func reportMissingBlock(colon: Int, owner: Int) {
    if recovery.isActive || recovery.lastToken == at && tokens.kinds[colon] != .colon { return }
    if isSwallowed(since: colon) { return }
    let place = tokens.kinds[colon] == .colon ? tokenSpan(colon) : gap
    report(
      Message.missingBlock(
        at: place, owner: tokenSpan(owner), name: tokenText(owner), indentation: layout.statementColumn))
  }

  mutating func reportIndentation(column: Int, base: Int) {
    if recovery.lastToken == at || lineHasTab { return }
    let place = tokenSpan(at)
    let moved = linesMoved(from: column, to: layout.indentation)
    if column > layout.indentation {
      report(
        Message.unexpectedIndentation(at: place, moved: moved, found: column, expected: layout.indentation))
    } else {
      report(
        Message.inconsistentIndentation(
          at: place, moved: moved, found: column, inner: layout.indentation, outer: base))
    }
  }

  /// The edits that move a line, the blocks and clauses under it and what follows at its column to where they belong.
  private mutating func linesMoved(from found: Int, to wanted: Int) -> [Help.Edit] {
    var edits: [Help.Edit] = []
    var brackets = 0
    // Where they stand too deep, so does all that is deeper; else only the block that a `:` leads to, whose first line
    // says how deep it is.
    var least = Int.max
    var token = at
    while tokens.kinds[token] != .endOfFile {
      let kind = tokens.kinds[token]
      if isFirstOnLine(token) {
        let column = column(of: token)
        if brackets == 0 {
          if column == found { least = found > wanted ? found : .max }
          if column > found && least == .max && tokens.kinds[token - 1] == .colon { least = column }
          if column != found && column < least { break }
        }
        let start = start(of: token)
        let blanks = String(repeating: " ", count: max(0, column + wanted - found))
        edits.append(Help.Edit(span(start - UInt32(min(column, Int(start))), start), blanks))
      }
      if opensBracket(kind) { brackets += 1 }
      if closesBracket(kind) { brackets -= 1 }
      if brackets < 0 { break }
      token += 1
    }
    return edits
  }

  /// The line of the current token is indented by a tab, which was reported.
  private var lineHasTab: Bool {
    var i = Int(start(of: at))
    while i > 0 && source[i - 1] != UInt8(ascii: "\n") {
      i -= 1
      if source[i] == UInt8(ascii: "\t") { return true }
    }
    return false
  }

  /// At a token that goes on where a statement should have ended.
  @inline(never)
  mutating func reportRestOfLine() {
    if isReported(at) {
      dropBareName()
      recovery.isActive = true
      return resynchronise()
    }
    switch kind {
    case .semicolon:
      let semicolon = at
      advance()
      let isLast = kind == .endOfFile || isFirstOnLine(at)
      report(Message.semicolon(at: tokenSpan(semicolon), isLast: isLast))
      return
    case .rightBrace where openBraceBlocks > 0:
      openBraceBlocks -= 1
      return advance()
    case .rightParen, .rightBracket, .rightBrace:
      report(Message.unopenedBracket(at: tokenSpan(at), bracket: tokenText(at)))
      advance()
      if kind == .endOfFile || isFirstOnLine(at) { return }
      recovery.isActive = true
      return resynchronise()
    case .let, .const, .return, .break, .continue, .pass, .while, .for, .struct, .enum, .impl, .use, .pub, .fn, .match,
      .try:
      report(Message.secondStatement(at: tokenSpan(at), keyword: tokenText(at)))
      return
    case .else, .elif, .catch:
      return
    case .identifier, .string, .integer, .float, .formatStart, .true, .false, .nil:
      if failAtOperands() { return resynchronise() }
      fail(Message.unexpectedOperand(at: tokenSpan(at), found: describe(at)))
    case .dotDot, .dotDotEqual, .ellipsis:
      fail(Message.rangeForm(at: tokenSpan(at), spelling: tokenText(at)))
    case .colon:
      fail(Message.unexpectedColon(at: tokenSpan(at)))
    case .comma where isFirstOnLine(at + 1) || peek() == .endOfFile:
      // In braces the lines of a `match` end so, which was reported.
      if openBraceBlocks == 0 { report(Message.commaBehindArm(at: tokenSpan(at))) }
      return advance()
    default:
      fail(Message.unexpectedToken(at: tokenSpan(at), found: describe(at)))
    }
    resynchronise()
  }

  // MARK: Statements in the wrong place

  /// `else`, `elif` or `catch` without its statement. Its block is read and dropped.
  mutating func parseStrayClause() -> NodeID {
    let clause = at
    report(Message.strayClause(at: tokenSpan(clause), keyword: tokenText(clause)))
    advance()
    if tokens.kinds[clause] == .elif || kind == .if { return parseIfHeader(owner: clause) }
    if tokens.kinds[clause] == .catch && kind == .identifier { advance() }
    return parseBlock(owner: clause)
  }

  /// The rest of an `if` whose keyword was something else.
  private mutating func parseIfHeader(owner: Int) -> NodeID {
    _ = take(.if)
    let condition = parseCondition()
    let then = parseBlock(owner: owner, takesClauses: true)
    var otherwise = NodeID.none
    if isClauseNext(.else) {
      let token = at
      advance()
      otherwise = parseBlock(owner: token)
    }
    let words = addWords(then.index, otherwise.index)
    return add(
      .ifExpression, token: TokenID(UInt32(owner)), a: condition.index, b: words)
  }

  /// A `}` at the beginning of a statement.
  mutating func parseClosingBrace() -> NodeID {
    if openBraceBlocks > 0 {
      openBraceBlocks -= 1
    } else {
      report(Message.unopenedBracket(at: tokenSpan(at), bracket: "}"))
    }
    advance()
    // `} while (c)` belongs to the `do` that was reported.
    if kind == .while && !isFirstOnLine(at) { recovery.isActive = true }
    return .none
  }

  /// A token that begins no statement.
  mutating func parseMisplaced() -> NodeID {
    switch kind {
    case .mut where peek() == .identifier:
      report(Message.mutWithoutLet(at: tokenSpan(at)))
      // Read as `let mut`.
      return parseLet(isPublic: false, start: tokenID, hasKeyword: false)
    case .at:
      fail(Message.decorator(at: tokenSpan(at)))
      advance()
      while kind != .endOfFile && !isFirstOnLine(at) { advance() }
      recovery.isActive = false
      return .none
    case .dot:
      // A line that begins with a dot goes on an expression; there is none.
      fail(Message.unexpectedToken(at: tokenSpan(at), found: describe(at)))
    case .semicolon:
      report(Message.semicolon(at: tokenSpan(at), isLast: true))
      advance()
      return .none
    default:
      fail(Message.unexpectedToken(at: tokenSpan(at), found: describe(at)))
    }
    advance()
    return .none
  }

  /// `pass` where a `match` has arms.
  mutating func parsePassInMatch() -> NodeID {
    fail(Message.expectedPattern(at: tokenSpan(at), found: describe(at)))
    return .none
  }

  mutating func reportTryWithoutCatch(_ owner: Int) {
    report(Message.tryWithoutCatch(at: tokenSpan(owner)))
  }

  mutating func reportMissingElse(if token: Int) {
    let place = isFirstOnLine(at) || kind == .endOfFile ? gap : tokenSpan(at)
    if isReported(at) {
      recovery.isActive = true
      return
    }
    fail(Message.conditionalWithoutElse(at: tokenSpan(token), gap: place))
  }
}
