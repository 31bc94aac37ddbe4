import OrusDiagnostics

/// Spellings of other languages: recognised, reported with the Orus spelling, and
/// where possible read as what they mean.
extension Parser {
  // MARK: Operators

  func reportText(_ form: OperatorTable.Form) -> String? {
    switch form {
    case .doubleAmpersand: "and"
    case .doublePipe: "or"
    case .strictEqual: "=="
    case .strictNotEqual: "!="
    default: nil
    }
  }

  @inline(never)
  mutating func reportForeignOperator(_ form: OperatorTable.Form, _ left: NodeID) {
    switch form {
    case .doubleAmpersand, .doublePipe:
      report(Message.symbolicLogic(at: tokenSpan(at), found: tokenText(at), word: reportText(form) ?? ""))
    case .strictEqual, .strictNotEqual:
      report(Message.foreignEquality(at: tokenSpan(at), found: tokenText(at), spelling: reportText(form) ?? ""))
    default:
      // The exponent, where it is one token.
      let isSimple = peek() == .integer || peek() == .identifier || peek() == .float
      let ends = peek(2) != .dot && peek(2) != .leftParen && peek(2) != .leftBracket
      let base = text(span(left))
      let isName = kind(of: left) == .name || kind(of: left) == .parenthesized || kind(of: left) == .field
        || kind(of: left) == .call || kind(of: left) == .index
      let rewritten = isSimple && ends ? (isName ? base : "(\(base))") + ".pow(\(tokenText(at + 1)))" : nil
      let whole = span(first(of: left), tokens.ends[min(at + 1, tokens.count - 1)])
      report(Message.powerOperator(at: tokenSpan(at), whole: whole, rewritten: rewritten))
    }
  }

  /// `x++`, or `x--` at the end of a line.
  var isRepeatedPlusOrMinus: Bool {
    mutating get {
      guard kind == .plus || kind == .minus, peek() == kind, isAdjacent(at + 1), !isFirstOnLine(at + 1) else {
        return false
      }
      let next = peek(2)
      if next == .endOfFile || isFirstOnLine(at + 2) { return true }
      switch next {
      case .rightParen, .rightBracket, .rightBrace, .comma, .semicolon, .colon, .interpolationClose: return true
      default: return false
      }
    }
  }

  mutating func reportIncrement(_ operand: NodeID) -> NodeID {
    let token = tokenID
    let whole = span(first(of: operand), tokens.ends[at + 1])
    report(
      Message.increment(
        at: span(tokens.starts[at], tokens.ends[at + 1]), whole: whole, target: text(span(operand)),
        sign: tokenText(at)))
    advance()
    advance()
    return add(.error, token: token, start: first(of: operand))
  }

  mutating func reportNotAfterOperator(_ op: PendingOperator) {
    let operand = peek()
    let isSimple = operand == .identifier || operand == .true || operand == .false
    let next = peek(2)
    let ends = next != .dot && next != .leftParen && next != .leftBracket
    let whole = span(tokens.starts[at], tokens.ends[min(at + 1, tokens.count - 1)])
    report(
      Message.notAfterOperator(
        at: tokenSpan(at), operator: tokenSpan(Int(op.token)), whole: isSimple && ends ? whole : nil,
        text: text(whole)))
  }

  mutating func reportBang() {
    report(Message.symbolicLogic(at: tokenSpan(at), found: "!", word: "not"))
  }

  /// At a `+`, `&` or `*` before an operand; false if what follows is none.
  mutating func reportForeignPrefix() -> Bool {
    if isFirstOnLine(at + 1) || recovery.isActive { return false }
    switch peek() {
    case .identifier, .integer, .float, .leftParen, .leftBracket, .string, .minus, .plus, .mut: break
    default: return false
    }
    if kind == .plus {
      report(Message.unaryPlus(at: tokenSpan(at)))
    } else if kind == .doubleAmpersand || kind == .ampersand || kind == .star || kind == .doubleStar {
      let operators = span(tokens.starts[at], peek() == .mut ? tokens.starts[at + 2] : tokens.ends[at])
      report(Message.referenceOperator(at: tokenSpan(at), spelling: tokenText(at), removed: operators))
      if peek() == .mut { advance() }
    }
    return true
  }

  /// At the `not` of `is not`.
  mutating func reportIsNot() {
    let isLast = peek() == .endOfFile || layout.brackets == 0 && isFirstOnLine(at + 1)
    if isLast { fail(Message.isNot(at: tokenSpan(at))) } else { report(Message.isNot(at: tokenSpan(at))) }
    advance()
  }

  /// `is None`, `is not nil` and so on, at the `is`.
  var isNilTest: Bool {
    mutating get {
      let value = peek() == .not ? at + 2 : at + 1
      guard value < tokens.count, !isFirstOnLine(value) else { return false }
      return tokens.kinds[value] == .nil || tokens.kinds[value] == .identifier && tokenText(value) == "None"
    }
  }

  mutating func parseNilTest(_ operand: NodeID) -> NodeID {
    let token = tokenID
    let isNegative = peek() == .not
    let place = span(start(of: at), tokens.ends[isNegative ? at + 1 : at])
    report(Message.isNil(at: place, comparison: isNegative ? "!=" : "=="))
    advance()
    _ = take(.not)
    let value = parsePrimary()
    let op: BinaryOperator = isNegative ? .notEqual : .equal
    return add(
      .binary, token: token, start: first(of: operand), a: operand.index, b: value.index, detail: op.rawValue)
  }

  mutating func reportNonAssociative(_ first: NodeID, _ waiting: PendingOperator, _ middle: NodeID, _ token: Int) {
    let waitingSpan = tokenSpan(Int(waiting.token))
    if waiting.level == OperatorTable.Level.range {
      return fail(Message.rangeForm(at: tokenSpan(token), spelling: tokenText(token)))
    }
    let middleText = middle.isNone ? "" : text(span(middle))
    report(
      Message.chainedComparison(
        at: tokenSpan(token), first: waitingSpan, operator: tokenText(token), middle: middleText,
        place: span(lastEnd, lastEnd)))
  }

  /// `a..<b`, at the `<`.
  mutating func reportHalfOpenRange() {
    report(Message.foreignRange(at: span(tokens.starts[at - 1], tokens.ends[at]), found: "..<", spelling: ".."))
    advance()
  }

  /// `a...b`, at the dots.
  var isRangeOfOthers: Bool { !isFirstOnLine(at + 1) && (startsOperand(at + 1) || peek() == .minus) }

  mutating func parseRangeOfOthers(_ first: NodeID) -> NodeID {
    let op = PendingOperator(
      form: .range, level: OperatorTable.Level.range, detail: 1, token: UInt32(at), start: tokenID)
    report(Message.foreignRange(at: tokenSpan(at), found: "...", spelling: "..="))
    advance()
    return addRange(first, parseOperand(), .none, op)
  }

  mutating func reportChainAfterMatches() {
    report(
      Message.chainedComparison(
        at: tokenSpan(at), first: tokenSpan(at), operator: tokenText(at), middle: "", place: tokenSpan(at)))
  }

  /// `?` begins `c ? a : b`: an operand follows it that cannot follow `c?`.
  var isQuestionConditional: Bool {
    mutating get {
      let next = at + 1
      guard !isFirstOnLine(next) else { return false }
      switch tokens.kinds[next] {
      case .identifier, .integer, .float, .string, .formatStart, .true, .false, .nil, .fn: return true
      case .leftParen, .leftBracket, .minus, .not, .leftBrace: return !isAdjacent(at) && !isAdjacent(next)
      case .question: return isAdjacent(next) && tokens.kinds[next + 1] != .question && startsOperand(next + 1)
      default: return false
      }
    }
  }

  func startsOperand(_ token: Int) -> Bool {
    switch tokens.kinds[token] {
    case .identifier, .integer, .float, .string, .formatStart, .true, .false, .nil, .leftParen, .leftBracket: true
    default: false
    }
  }

  /// `c ? a : b`, `x ?? y`, or `:=` inside an expression.
  mutating func finishForeign(_ first: NodeID) -> NodeID {
    guard kind == .question else { return first }
    let token = tokenID
    let question = at
    if peek() == .question || isElvis {
      let operators = span(tokens.starts[at], tokens.ends[at + 1])
      advance()
      advance()
      let otherwise = parseExpression()
      let value = span(first)
      let isAtom = kind(of: first).isAtom
      let call = Help.Edit(span(value.end, span(otherwise).start), "\(isAtom ? "" : ")").unwrap_or(")
      let edits =
        recovery.isActive
        ? [] : (isAtom ? [] : [Help.Edit(span(value.start, value.start), "(")])
          + [call, Help.Edit(span(lastEnd, lastEnd), ")")]
      report(
        Message.nilCoalescing(
          at: operators, spelling: text(operators), value: isAtom ? text(value) : "(\(text(value)))", edits: edits))
      return add(.error, token: token, start: self.first(of: first))
    }
    guard deepen() else { return addError() }
    defer { depth -= 1 }
    advance()
    let then = parseExpression()
    guard kind == .colon, !recovery.isActive else {
      recovery.isActive = false
      fail(
        Message.questionConditional(
          at: tokenSpan(question), whole: nil, rewritten: ""))
      return add(.error, token: token, start: self.first(of: first))
    }
    advance()
    let otherwise = parseExpression()
    let whole = span(self.first(of: first), lastEnd)
    let rewritten = "\(text(span(then))) if \(text(span(first))) else \(text(span(otherwise)))"
    report(Message.questionConditional(at: tokenSpan(question), whole: whole, rewritten: rewritten))
    let words = addWords(then.index, otherwise.index)
    return add(.conditional, token: token, start: self.first(of: first), a: first.index, b: words)
  }

  // MARK: Postfix

  mutating func reportDoubleColon() {
    report(Message.doubleColon(at: tokenSpan(at), replacement: "."))
  }

  /// `["a": 1]`, at the first colon.
  mutating func parseMapInBrackets(_ key: NodeID, token: TokenID) -> NodeID {
    let place = tokenSpan(at)
    let mark = pending.count
    pending.append(parseMapEntry(key, start: first(of: key)).index)
    while !recovery.isActive && takeComma(before: .rightBracket) {
      if kind == .rightBracket || kind == .endOfFile { break }
      pending.append(parseMapEntry().index)
    }
    if kind == .rightBracket && !recovery.isActive {
      report(Message.mapInBrackets(at: place, opening: tokenSpan(Int(token.index)), closing: tokenSpan(at)))
    }
    closeBracket(.rightBracket)
    return add(.mapLiteral, token: token, a: finishList(from: mark))
  }

  /// `x ?: y`, at the `?`: with a blank before it, which `x?` has not.
  var isElvis: Bool {
    !isAdjacent(at) && peek() == .colon && isAdjacent(at + 1) && startsOperand(at + 2) && !isFirstOnLine(at + 2)
  }

  /// `v, ok := m[k]` in a condition, at the comma.
  var isDeclaredInCondition: Bool {
    mutating get {
      var i = at
      while tokens.kinds[i] != .endOfFile && !isFirstOnLine(i) {
        if tokens.kinds[i] == .colonAssign { return true }
        i += 1
      }
      return false
    }
  }

  // MARK: `catch (e)`

  var isCatchInParentheses: Bool { kind == .leftParen && peek() == .identifier && !endsLine }

  /// `catch (e: Exception)`, at the parenthesis; the cursor is at the last name then.
  mutating func reportCatchInParentheses() {
    var end = at
    while tokens.kinds[end] != .rightParen, !isFirstOnLine(end + 1), tokens.kinds[end + 1] != .endOfFile { end += 1 }
    // `Exception e` names it behind its type.
    let name = tokens.kinds[end - 1] == .identifier && tokens.kinds[end - 2] != .colon ? end - 1 : at + 1
    report(
      Message.catchInParentheses(at: span(tokens.starts[at], tokens.ends[end]), name: tokenText(name)))
    move(to: name)
  }

  /// What stands behind the name in the parentheses, up to the closing one.
  mutating func passRestOfCatch(_ name: Int) {
    var i = name
    while i > 0 && !isFirstOnLine(i) && tokens.kinds[i] != .catch { i -= 1 }
    guard tokens.kinds[i] == .catch, tokens.kinds[i + 1] == .leftParen else { return }
    while kind != .rightParen && kind != .endOfFile && !isFirstOnLine(at) { advance() }
    _ = take(.rightParen)
  }

  /// Nothing that an operator could be applied to begins at this token.
  func isValueEnd(_ token: Int) -> Bool {
    let kind = tokens.kinds[token]
    return kind == .endOfFile || isFirstOnLine(token) || closesBracket(kind) || kind == .comma || kind == .semicolon
  }

  /// `f<string>`, which is not called; at the `<`.
  mutating func parseUncalledTypeArguments(_ base: NodeID, start: TokenID) -> NodeID {
    let token = tokenID
    _ = parseTypeArguments()
    report(Message.typeArgumentsWithoutCall(at: span(token, lastEnd), name: text(span(base))))
    return add(.error, token: token, start: start)
  }

  /// `{1, 2}`, behind its first element.
  mutating func parseSetInBraces(token: TokenID) -> NodeID {
    let place = tokenSpan(at)
    while takeComma(before: .rightBrace) && kind != .rightBrace && kind != .endOfFile && !recovery.isActive {
      _ = parseExpression()
    }
    if kind == .rightBrace && !recovery.isActive {
      report(Message.setInBraces(at: place, opening: tokenSpan(Int(token.index)), closing: tokenSpan(at)))
    }
    closeBracket(.rightBrace)
    return add(.error, token: token)
  }

  mutating func reportColonSlice() {
    fail(Message.colonSlice(at: tokenSpan(at)))
  }

  mutating func reportAssignInExpression() {
    fail(Message.assignInExpression(at: tokenSpan(at)))
  }

  mutating func reportAssignInCondition(_ condition: NodeID) {
    report(Message.assignInCondition(at: tokenSpan(at)))
    advance()
    _ = parseExpression()
    makeError(condition)
  }

  mutating func reportNamedPayload() {
    report(Message.namedPayloadPattern(at: span(tokens.starts[at], tokens.ends[at + 1]), name: tokenText(at)))
    advance()
    advance()
  }

  // MARK: Tuples without parentheses

  /// `a, b`: the rest of a tuple that has no parentheses, and of an assignment to it.
  mutating func parseBareTuple(_ first: NodeID, start: TokenID) -> NodeID {
    let comma = at
    let token = tokenID
    let mark = pending.count
    pending.append(first.index)
    while take(.comma) {
      if isFirstOnLine(at) || kind == .endOfFile || kind == .assign { break }
      pending.append(parseExpression().index)
      if recovery.isActive { break }
    }
    let whole = span(start, lastEnd)
    if closesBracket(kind) && openBrackets.count == 0 && !recovery.isActive {
      return parseUnopenedList(from: mark, token: token, start: start)
    }
    if kind == .colonAssign && !endsLine && !recovery.isActive {
      return parseBareWalrus(from: mark, whole: whole, token: token, start: start)
    }
    guard kind == .assign, !endsLine, !recovery.isActive else {
      report(Message.bareTuple(at: tokenSpan(comma), wholes: [whole]))
      return add(.tuple, token: token, start: start, a: finishList(from: mark))
    }
    let tuple = add(.tuple, token: token, start: start, a: finishList(from: mark))
    let op = tokenID
    advance()
    let valueStart = tokenID
    var value = parseExpression()
    var wholes = [whole]
    if kind == .comma && !endsLine && !recovery.isActive {
      let inner = pending.count
      pending.append(value.index)
      while take(.comma) { pending.append(parseExpression().index) }
      value = add(.tuple, token: op, start: valueStart, a: finishList(from: inner))
      wholes.append(span(valueStart, lastEnd))
    }
    report(Message.bareTuple(at: tokenSpan(comma), wholes: wholes))
    return add(.assign, token: op, start: start, a: tuple.index, b: value.index)
  }

  /// `a, b := e`, whose names are pending from `mark` on.
  private mutating func parseBareWalrus(from mark: Int, whole: Span, token: TokenID, start: TokenID) -> NodeID {
    for i in mark..<pending.count where kind(of: NodeID(pending[i])) == .name {
      let row = nodes[Int(pending[i])]
      let isDiscard = symbols[Symbol(row.a)] == "_"
      let binding = add(
        isDiscard ? .wildcardPattern : .bindingPattern, token: row.token, start: row.token, a: isDiscard ? 0 : row.a)
      pending[i] = binding.index
    }
    let pattern = add(.tuplePattern, token: token, start: start, a: finishList(from: mark))
    report(Message.bareColonAssign(at: tokenSpan(at), target: whole, names: text(whole)))
    advance()
    let value = parseAssignedValue()
    return add(
      .letStatement, token: token, start: start, a: pattern.index, b: addWords(0, value.index),
      detail: LetView.isMutableBit)
  }

  /// `a, b]`: the bracket that is missing stood before `a`, or further in.
  private mutating func parseUnopenedList(from mark: Int, token: TokenID, start: TokenID) -> NodeID {
    let begins = kind == .rightBracket ? self.start(of: Int(start.index)) : nil
    report(Message.unopenedList(at: tokenSpan(at), bracket: tokenText(at), begins: begins))
    advance()
    pending.truncate(to: mark)
    return add(.error, token: token, start: start)
  }

  mutating func parseBareTuplePattern(_ first: NodeID) -> NodeID {
    let comma = at
    let token = tokenID
    let start = self.first(of: first)
    let mark = pending.count
    pending.append(first.index)
    while take(.comma) { pending.append(parsePattern().index) }
    report(Message.bareTuple(at: tokenSpan(comma), wholes: [span(start, lastEnd)]))
    return add(.tuplePattern, token: token, start: start, a: finishList(from: mark))
  }

  // MARK: Bindings

  /// `x := e`.
  mutating func parseWalrus(_ target: NodeID, start: TokenID) -> NodeID {
    let token = tokenID
    let name = text(span(target))
    report(
      Message.colonAssign(
        at: tokenSpan(at), target: span(target), name: name, isAssignedAgain: isAssigned(name, behind: at)))
    advance()
    let value = parseAssignedValue()
    guard kind(of: target) == .name else { return add(.error, token: token, start: start) }
    let symbol = nodes[Int(target.index)].a
    let pattern = add(.bindingPattern, token: nodes[Int(target.index)].token, start: start, a: symbol)
    let words = addWords(0, value.index)
    return add(.letStatement, token: token, start: start, a: pattern.index, b: words, detail: LetView.isMutableBit)
  }

  /// An assignment to the name, of whatever kind, stands behind a token.
  private func isAssigned(_ name: String, behind token: Int) -> Bool {
    var i = token + 1
    while tokens.kinds[i] != .endOfFile {
      if tokens.kinds[i] == .identifier && isFirstOnLine(i) && tokenText(i) == name {
        switch tokens.kinds[i + 1] {
        case .assign, .plusAssign, .minusAssign, .starAssign, .slashAssign, .percentAssign, .ampersandAssign,
          .pipeAssign, .caretAssign, .shiftLeftAssign:
          return true
        case .plus, .minus:
          if tokens.kinds[i + 2] == tokens.kinds[i + 1] { return true }
        default: break
        }
      }
      i += 1
    }
    return false
  }

  /// `name: Type`, at the colon.
  var isTypeAnnotation: Bool {
    switch peek() {
    case .identifier, .leftBracket, .leftParen, .fn: !isFirstOnLine(at + 1)
    default: false
    }
  }

  /// `x: T = e` without `let`.
  mutating func parseUndeclared(_ name: NodeID, start: TokenID) -> NodeID {
    let token = tokenID
    report(Message.declarationWithoutLet(at: span(name), name: text(span(name))))
    advance()
    let type = parseType()
    var value = NodeID.none
    if kind == .assign && !recovery.isActive {
      advance()
      value = parseAssignedValue()
    }
    let row = nodes[Int(name.index)]
    let pattern = add(.bindingPattern, token: row.token, start: start, a: row.a)
    let words = addWords(type.index, value.index)
    return add(.letStatement, token: token, start: start, a: pattern.index, b: words, detail: LetView.isMutableBit)
  }

  /// `const fn` or `const let`.
  mutating func reportConstBefore() {
    report(Message.unexpectedToken(at: tokenSpan(at), found: describe(at)))
    advance()
  }

  // MARK: Declarations

  /// `fn f(): i32:`, a result behind a colon; at the colon.
  mutating func parseColonResult() -> NodeID {
    // One-line bodies begin so too: a result is followed by a colon that ends the line.
    var scan = TypeScan(tokens: tokens, at: at + 1)
    guard scan.pass(), tokens.kinds[scan.at] == .colon || tokens.kinds[scan.at] == .leftBrace,
      !isFirstOnLine(scan.at),
      isFirstOnLine(scan.at + 1) || tokens.kinds[scan.at + 1] == .endOfFile
        || tokens.kinds[scan.at] == .colon && namesType(at + 1)
    else { return .none }
    report(Message.foreignResult(at: tokenSpan(at), edit: Help.Edit(tokenSpan(at), " ->")))
    advance()
    return parseType()
  }

  /// `fn f() i32:`; at what may be the type.
  mutating func parseResultWithoutArrow() -> NodeID {
    if endsLine { return .none }
    var scan = TypeScan(tokens: tokens, at: kind == .star ? at + 1 : at)
    guard scan.pass(), tokens.kinds[scan.at] == .colon || tokens.kinds[scan.at] == .leftBrace,
      !isFirstOnLine(scan.at), isFirstOnLine(scan.at + 1)
    else { return .none }
    report(Message.foreignResult(at: tokenSpan(at), edit: Help.Edit(gap, " ->")))
    return parseType()
  }

  /// `enum E: A {`, behind the name.
  mutating func passSupertypes() {
    guard kind == .colon, !endsLine, !recovery.isActive, peek() == .identifier, !isFirstOnLine(at + 1) else { return }
    var i = at + 2
    while tokens.kinds[i] == .comma && tokens.kinds[i + 1] == .identifier { i += 2 }
    guard !isFirstOnLine(i), tokens.kinds[i] == .leftBrace || tokens.kinds[i] == .colon && isFirstOnLine(i + 1) else {
      return
    }
    report(Message.supertypes(at: span(tokens.starts[at], tokens.ends[i - 1])))
    move(to: i)
  }

  /// `fn f() => i32:`; at the arrow. What is no type there is the body.
  mutating func parseFatArrowResult() -> NodeID {
    var scan = TypeScan(tokens: tokens, at: at + 1)
    guard scan.pass(), tokens.kinds[scan.at] == .colon, !isFirstOnLine(scan.at) else { return .none }
    report(Message.foreignResult(at: tokenSpan(at), edit: Help.Edit(tokenSpan(at), "->")))
    advance()
    return parseType()
  }

  /// `let n i32 = 1`, as in Go; at the type.
  var isTypeWithoutColon: Bool {
    mutating get {
      if kind == .leftBracket && peek() == .rightBracket { return isAdjacent(at + 2) && peek(2) == .identifier }
      let isType = kind == .identifier && (namesType(at) || ForeignType.plain[tokenText(at)] != nil)
      guard isType || kind == .leftBracket || kind == .star else { return false }
      var scan = TypeScan(tokens: tokens, at: kind == .star ? at + 1 : at)
      guard scan.pass() else { return false }
      let next = tokens.kinds[scan.at]
      return next == .assign || isFirstOnLine(scan.at)
        || layout.brackets > 0 && (next == .comma || closesBracket(next))
    }
  }

  /// The token is a name that could not be a variable's.
  private func namesType(_ token: Int) -> Bool {
    switch tokenText(token) {
    case "i32", "i64", "u32", "u64", "f64", "bool", "string", "void", "any": true
    case let name: name.first!.isUppercase
    }
  }

  mutating func reportReferenceParameter() {
    if peek() == .mut && peek(2) == .identifier && tokenText(at + 2) == "self" {
      report(Message.referenceParameter(at: span(tokens.starts[at], tokens.ends[at + 1]), replacement: "mut"))
      return advance()
    }
    report(Message.referenceParameter(at: tokenSpan(at), replacement: ""))
    advance()
  }

  /// `i32 x`; at the name behind the type, which is consumed.
  mutating func reportTypeBeforeName(_ type: TokenID) -> (token: TokenID, symbol: UInt32) {
    let typeSpan = tokenSpan(Int(type.index))
    report(
      Message.typeBeforeName(
        at: span(typeSpan.start, tokens.ends[at]), type: text(typeSpan), name: tokenText(at)))
    return parseName("a name")
  }

  /// `Low, Mid, High`: fields or variants on one line, at the comma behind the one that begins with token `first`.
  mutating func parseMembersBehindComma(_ item: BlockItem, first: Int) {
    if endsLine || recovery.isActive || layout.isInBrackets { return }
    let comma = tokenSpan(at)
    let indentation = layout.isOneLine ? layout.statementColumn + 4 : layout.indentation
    var edits = layout.isOneLine ? lineBreak(before: first, indentation) : []
    var isAlone = true
    while kind == .comma || kind == .semicolon && layout.isOneLine {
      edits.append(Help.Edit(tokenSpan(at), ""))
      advance()
      let isLast = isFirstOnLine(at) && (!layout.isOneLine || column(of: at) <= layout.statementColumn)
      if isLast || kind == .endOfFile || kind == .rightBrace { break }
      isAlone = false
      edits += lineBreak(before: at, indentation)
      let node = parseNode(item)
      if !node.isNone { pending.append(node.index) }
      if recovery.isActive { return }
    }
    // In braces they are written so, which was reported.
    if openBraceBlocks > 0 { return }
    let what = item == .field ? "field" : "variant"
    report(
      isAlone
        ? Message.commaBehindMember(at: comma, what: what)
        : Message.membersOnLine(at: comma, what: what, edits: edits))
  }

  /// A word of another language before a method in the body of its type.
  var isModifiedMethod: Bool {
    mutating get {
      guard kind == .identifier, !isFirstOnLine(at + 1), peek() == .fn || peek() == .identifier,
        case .modifier? = ForeignWord.all[tokenText(at)]?.role
      else { return false }
      if peek() == .fn { return true }
      if case .function? = ForeignWord.all[tokenText(at + 1)]?.role { return true }
      return false
    }
  }

  /// The edit that puts a token on a line of its own: the blanks before it become a line break.
  private func lineBreak(before token: Int, _ indentation: Int) -> [Help.Edit] {
    let end = start(of: token)
    var begin = end
    while begin > tokens.ends[token - 1], isBlank(source[Int(begin) - 1]) { begin -= 1 }
    return [Help.Edit(span(begin, end), "\n" + String(repeating: " ", count: indentation))]
  }

  private func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }

  mutating func reportLetBeforeField() {
    let keyword = at
    advance()
    _ = take(.mut)
    report(
      Message.letBeforeField(
        at: tokenSpan(keyword), keyword: tokenText(keyword),
        removed: span(tokens.starts[keyword], tokens.starts[at])))
  }

  /// `case Red` in an enum, `case 1:` in a `match`.
  var isForeignCase: Bool {
    guard kind == .identifier, !isFirstOnLine(at + 1) else { return false }
    switch peek() {
    case .identifier, .integer, .float, .string, .minus, .true, .false, .nil, .leftBracket:
      return tokenText(at) == "case"
    default: return false
    }
  }

  mutating func reportForeignCase(_ explanation: String) {
    let removed = span(tokens.starts[at], tokens.starts[at + 1])
    report(Message.foreignCase(at: tokenSpan(at), explanation: explanation, removed: removed))
    advance()
  }

  mutating func reportQuotedModule() {
    fail(Message.quotedModule(at: tokenSpan(at), text: tokenText(at)))
  }
}
