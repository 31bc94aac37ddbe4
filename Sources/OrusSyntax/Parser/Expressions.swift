import OrusDiagnostics

/// Expressions from operators down to their operands; what binds tighter is in
/// Postfix.swift and Literals.swift.
///
/// Operators are read with an explicit stack instead of one method a level, so
/// that neither a long chain nor a low operator costs stack frames: a bracket
/// costs a constant few.
extension Parser {
  /// An expression of any kind.
  mutating func parseExpression() -> NodeID {
    let first = parseOperators(allowsOpenRange: false)
    return finishConditional(first)
  }

  /// What may follow operators at the top of an expression.
  mutating func finishConditional(_ first: NodeID) -> NodeID {
    if endsLine { return first }
    if kind == .if { return parseConditional(first) }
    if kind == .question || kind == .colonAssign { return finishForeign(first) }
    if kind == .ellipsis && isRangeOfOthers { return parseRangeOfOthers(first) }
    return first
  }

  /// An expression without a conditional at its top: where `if` means something else.
  mutating func parseOperand() -> NodeID { parseOperators(allowsOpenRange: false) }

  // MARK: Conditionals

  /// `then if condition else otherwise`, which nests to the right: the parts are collected and joined from the end.
  private mutating func parseConditional(_ first: NodeID) -> NodeID {
    let mark = pending.count
    var last = first
    while kind == .if && !endsLine {
      let token = at
      advance()
      pending.append(last.index)
      pending.append(parseOperators(allowsOpenRange: false).index)
      pending.append(UInt32(token))
      if kind != .else || endsLine {
        reportMissingElse(if: token)
        last = addError()
        break
      }
      advance()
      if kind == .colon && !isFirstOnLine(at + 1) {
        report(Message.colonInConditional(at: tokenSpan(at)))
        advance()
      }
      last = parseOperators(allowsOpenRange: false)
    }
    while pending.count > mark {
      let token = pending.removeLast()
      let condition = pending.removeLast()
      let then = pending.removeLast()
      let words = addWords(then, last.index)
      last = add(
        .conditional, token: TokenID(token), start: self.first(of: NodeID(then)), a: condition, b: words)
    }
    return last
  }

  // MARK: Operators

  /// Operands and operators up to what is neither. `allowsOpenRange`: between the brackets of an index, a range may
  /// leave its bounds out.
  mutating func parseOperators(allowsOpenRange: Bool) -> NodeID {
    let base = operators.count
    var left = NodeID.none
    if allowsOpenRange && (kind == .dotDot || kind == .dotDotEqual) {
      // The absent start; the range operator is read below.
    } else {
      left = parseUnary(base: base)
    }
    while true {
      let row = operatorTable[Int(kind.rawValue)]
      if row.form == .none || endsLine { break }
      var form = PendingOperator.Form.binary
      var level = row.level
      var detail = row.binary.rawValue
      let token = at
      switch row.form {
      case .binary: break
      case .greater:
        if peek() == .greater && isAdjacent(at + 1) {
          level = OperatorTable.Level.shift
          detail = BinaryOperator.shiftRight.rawValue
        } else if peek() == .greaterEqual && isAdjacent(at + 1) {
          // `>>=`, an assignment.
          return reduce(left, to: base)
        }
      case .not:
        if peek() != .in { return reduce(left, to: base) }
      case .range, .rangeInclusive:
        form = .range
        detail = row.form == .rangeInclusive ? 1 : 0
      case .and, .doubleAmpersand: form = .and
      case .or, .doublePipe: form = .or
      case .cast, .typeTest:
        left = reduce(left, to: base, below: level)
        left = parseCast(left, isTest: row.form == .typeTest)
        continue
      case .matches:
        left = reduce(left, to: base, below: level)
        left = parseMatches(left, base: base)
        continue
      case .doubleStar: form = .error
      case .strictEqual, .strictNotEqual: break
      case .none: break
      }
      left = reduce(left, to: base, below: level)
      if level == OperatorTable.Level.compare || level == OperatorTable.Level.range {
        // Neither associates: an operator of the same level waits on the left.
        if operators.count > base, operators[operators.count - 1].level == level {
          if level == OperatorTable.Level.range && operators[operators.count - 1].form == .range {
            let range = operators.removeLast()
            operators.append(
              PendingOperator(
                form: .steppedRange, level: level, detail: range.detail, token: range.token, start: range.start))
            pending.append(left.index)
            advance()
            left = parseUnary(base: base)
            continue
          }
          left = reportChain(left, operator: token, base: base, level: level)
          form = form == .range ? .error : form
        }
      }
      if row.form.rawValue >= OperatorTable.Form.doubleAmpersand.rawValue { reportForeignOperator(row.form, left) }
      if isRepeatedPlusOrMinus { return reportIncrement(reduce(left, to: base)) }
      operators.append(
        PendingOperator(form: form, level: level, detail: detail, token: UInt32(token), start: TokenID(0)))
      pending.append(left.index)
      advance()
      // The second token of `>>` and `not in`.
      if row.form == .greater && level == OperatorTable.Level.shift { advance() }
      if row.form == .not && kind == .in { advance() }
      if form == .range && kind == .less && isAdjacent(at) { reportHalfOpenRange() }
      if form == .range && allowsOpenRange && kind == .rightBracket {
        left = .none
        break
      }
      left = parseUnary(base: base)
    }
    return reduce(left, to: base)
  }

  /// Prefix operators, which are pushed, and the operand behind them.
  private mutating func parseUnary(base: Int) -> NodeID {
    while true {
      let form: PendingOperator.Form
      var level = OperatorTable.Level.unary
      switch kind {
      case .minus: form = .negate
      case .tilde: form = .bitNot
      case .not:
        form = .not
        level = OperatorTable.Level.not
        if operators.count > base && operators[operators.count - 1].level < level {
          reportNotAfterOperator(operators[operators.count - 1])
        }
      case .bang:
        form = .not
        reportBang()
      case .plus, .ampersand, .star, .doubleStar, .doubleAmpersand:
        guard reportForeignPrefix() else { return parsePostfix() }
        advance()
        continue
      default: return parsePostfix()
      }
      guard deepen() else { return addError() }
      operators.append(
        PendingOperator(form: form, level: level, detail: 0, token: UInt32(at), start: tokenID))
      advance()
    }
  }

  /// Completes the operators above `base` that bind tighter than `level`, or as tight and associate to the left.
  @inline(__always)
  private mutating func reduce(_ operand: NodeID, to base: Int, below level: UInt8 = .max) -> NodeID {
    var right = operand
    while operators.count > base {
      let top = operators[operators.count - 1]
      if top.level > level { break }
      if top.level == level && (level == OperatorTable.Level.compare || level == OperatorTable.Level.range) { break }
      _ = operators.removeLast()
      right = complete(top, right)
    }
    return right
  }

  private mutating func complete(_ op: PendingOperator, _ right: NodeID) -> NodeID {
    let token = TokenID(op.token)
    switch op.form {
    case .negate, .bitNot, .not:
      depth -= 1
      let kind: NodeKind = op.form == .negate ? .negate : op.form == .bitNot ? .bitNot : .logicalNot
      return add(kind, token: token, start: op.start, a: right.index)
    case .binary, .and, .or:
      let left = pending.removeLast()
      let kind: NodeKind = op.form == .binary ? .binary : op.form == .and ? .logicalAnd : .logicalOr
      return add(
        kind, token: token, start: first(of: NodeID(left)), a: left, b: right.index,
        detail: op.form == .binary ? op.detail : 0)
    case .range:
      let first = NodeID(pending.removeLast())
      return addRange(first, right, .none, op)
    case .steppedRange:
      let end = NodeID(pending.removeLast())
      let first = NodeID(pending.removeLast())
      return addRange(first, end, right, op)
    case .error:
      let left = pending.removeLast()
      return add(.error, token: token, start: first(of: NodeID(left)))
    }
  }

  mutating func addRange(_ first: NodeID, _ end: NodeID, _ step: NodeID, _ op: PendingOperator) -> NodeID {
    let words = addWords(first.index, end.index, step.index)
    let begin = first.isNone ? TokenID(op.token) : self.first(of: first)
    return add(.range, token: TokenID(op.token), start: begin, a: words, detail: op.detail)
  }

  private mutating func parseCast(_ operand: NodeID, isTest: Bool) -> NodeID {
    let token = tokenID
    if isTest && isNilTest { return parseNilTest(operand) }
    advance()
    if isTest && kind == .not {
      reportIsNot()
      if recovery.isActive { return add(.error, token: token, start: first(of: operand)) }
    }
    isInCast = true
    let type = parseType(mayBeginLine: true)
    isInCast = false
    return add(
      isTest ? .typeTest : .cast, token: token, start: first(of: operand), a: operand.index, b: type.index)
  }

  private mutating func parseMatches(_ operand: NodeID, base: Int) -> NodeID {
    var operand = operand
    if operators.count > base, operators[operators.count - 1].level == OperatorTable.Level.compare {
      operand = reportChain(operand, operator: at, base: base, level: OperatorTable.Level.compare)
    }
    let token = tokenID
    advance()
    let pattern = parsePattern()
    let node = add(.matches, token: token, start: first(of: operand), a: operand.index, b: pattern.index)
    // It does not associate with a comparison behind it either.
    if !endsLine && operatorTable[Int(kind.rawValue)].level == OperatorTable.Level.compare && kind != .not {
      reportChainAfterMatches()
    }
    return node
  }

  /// Completes the comparison on the stack, so that the chain goes on from its result, after reporting it.
  private mutating func reportChain(_ left: NodeID, operator token: Int, base: Int, level: UInt8) -> NodeID {
    let waiting = operators.removeLast()
    let first = NodeID(pending[pending.count - 1])
    if kind(of: first) != .error { reportNonAssociative(first, waiting, left, token) }
    let done = complete(waiting, left)
    // The rest of the chain is not reported again, nor judged by type.
    makeError(done)
    return done
  }
}
