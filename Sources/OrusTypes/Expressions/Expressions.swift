import OrusDiagnostics
import OrusSyntax

/// Expressions, upwards (`infer`: what type is this?) and downwards (`check`:
/// is this the type that is expected?). A node's type is recorded before its
/// adjustment; what `check` gives is the type after it.
///
/// Chains such as `a + b + c`, `a.b().c()` and `a if b else c if d else e` may
/// be as long as the source, and are walked in loops. All other recursion is
/// bounded by the limit on nesting.
extension Checker {
  // MARK: Downwards

  /// Checks an expression against a type, with the implicit conversions, and reports a mismatch.
  ///
  /// - Parameter isTail: a path that ends here without a value is reported by the flow analysis.
  @discardableResult
  mutating func check(_ node: NodeID, _ expected: TypeID, _ why: Reason, isTail: Bool = false) -> TypeID {
    let row = tree[node]
    switch row.kind {
    case .parenthesized:
      let type = check(NodeID(row.a), expected, why, isTail: isTail)
      setType(node, type)
      return type
    case .ifExpression, .match, .tryExpression, .block:
      let type = checkChoice(node, expected, why, isTail: isTail)
      setType(node, type)
      return type
    case .conditional:
      return checkConditional(node, expected, why)
    case .lambda:
      let target = shallow(expected)
      if program.types.kind(target) == .function {
        return coerce(node, inferLambda(node, expecting: target), to: target, why)
      }
      if let element = optionElement(target), kind(element) == .function {
        return coerce(node, inferLambda(node, expecting: shallow(element)), to: target, why)
      }
      return coerce(node, inferLambda(node, expecting: nil), to: target, why)
    default:
      let type = infer(node, hint: expected)
      return coerce(node, type, to: expected, why, isTail: isTail)
    }
  }

  /// Makes the value of a node fit the type that is expected: by the implicit conversions, or by finding out what
  /// variables stand for. Reports what does not fit.
  mutating func coerce(
    _ node: NodeID, _ type: TypeID, to expected: TypeID, _ why: Reason, isTail: Bool = false
  ) -> TypeID {
    if type == expected { return expected }
    let found = shallow(type)
    let wanted = shallow(expected)
    if found == wanted || found == .never { return wanted }
    if found == .error || wanted == .error {
      poison(found == .error ? wanted : found)
      return wanted
    }
    if let adjustment = conversion(from: found, to: wanted, mayRead: why.kind == .parameter || why.kind == .none) {
      if !adjustment.isEmpty { adjust(node, adjustment) }
      return wanted
    }
    if unify(found, wanted) { return wanted }
    if found == .void {
      if !isTail { report(TypeMessage.noValue(span(node))) }
      return .error
    }
    reportMismatch(node, found, wanted, why)
    return .error
  }

  /// The implicit conversion that makes one type the other; nil where none is needed, or none does.
  ///
  /// - Parameter mayRead: the value goes where an array may only be read.
  mutating func conversion(from found: TypeID, to wanted: TypeID, mayRead: Bool = true) -> Adjustment? {
    let kind = program.types.kind(wanted)
    switch kind {
    case .void: return .discard
    case .any:
      if found == .void { return nil }
      if program.types.kind(found) == .variable {
        guard isLiteral(found) else { return nil }
      }
      openAny(found)
      return .toAny
    case .array:
      let row = program.types[found]
      guard mayRead, row.kind == .fixedArray, unify(TypeID(row.a), TypeID(program.types[wanted].a)) else { return nil }
      return []
    case .function:
      return dropsResult(found, wanted) ? .dropResult : nil
    case .nominal:
      guard let element = optionElement(wanted), optionElement(found) == nil, found != .void else { return nil }
      let inner = shallow(element)
      if program.types.kind(found) == .variable {
        guard isLiteral(found), program.types.kind(inner) != .any else {
          return program.types.kind(inner) == .any && isLiteral(found) ? [.toAny, .toSome] : nil
        }
        return unify(found, inner) ? .toSome : nil
      }
      if program.types.kind(inner) == .any { return [.toAny, .toSome] }
      if found == inner { return .toSome }
      if dropsResult(found, inner) { return [.dropResult, .toSome] }
      return couldBe(found, inner) && unify(found, inner) ? .toSome : nil
    default: return nil
    }
  }

  /// The `None` that becomes an `any` is one of an `any?`, if nothing else says what it is of.
  mutating func openAny(_ type: TypeID) {
    if let element = optionElement(type), isVariable(element), !isLiteral(element) { _ = unify(element, .any) }
  }

  /// A function that returns something, where one that returns nothing is expected.
  private mutating func dropsResult(_ found: TypeID, _ wanted: TypeID) -> Bool {
    let f = program.types[found]
    let w = program.types[wanted]
    guard f.kind == .function, w.kind == .function, shallow(TypeID(w.b)) == .void else { return false }
    let result = shallow(TypeID(f.b))
    guard result != .void, program.types.kind(result) != .variable else { return false }
    let parameters = elements(f.a)
    let expected = elements(w.a)
    guard parameters.count == expected.count else { return false }
    for (a, b) in zip(parameters, expected) where !unify(a, b) { return false }
    return true
  }

  mutating func reportMismatch(_ node: NodeID, _ found: TypeID, _ wanted: TypeID, _ why: Reason) {
    switch variables.failure {
    case .infinite:
      report(TypeMessage.infiniteType(span(node), expected: name(wanted), found: name(found)))
    case .tooLarge:
      report(TypeMessage.typeTooLarge(span(node)))
    case .mismatch:
      report(
        TypeMessage.mismatch(
          span(node), expected: name(wanted), found: name(found), because: place(of: why),
          isAtom: isAtom(node), negation: negation(of: node, why)))
    }
    variables.failure = .mismatch
    poison(found)
    poison(wanted)
  }

  /// The `not` whose operand a node is, perhaps in parentheses, and that operand.
  private func negation(of node: NodeID, _ why: Reason) -> (keyword: Span, operand: Span, isAtom: Bool)? {
    guard why.module == Int32(currentIndex), !why.node.isNone, tree.kind(why.node) == .logicalNot else { return nil }
    let operand = NodeID(tree[why.node].a)
    guard withoutParentheses(operand) == node else { return nil }
    return (tokenSpan(why.node), span(operand), operand != node || isAtom(node))
  }

  /// What a reported mistake leaves open is not to be asked for again.
  mutating func poison(_ type: TypeID) {
    guard program.types.contents(type).contains(.variable) else { return }
    var open: [UInt32] = []
    collectVariables(resolve(type), level: 0, into: &open)
    for number in open where !variables.states[Int(number)].isLiteral { _ = unify(variables.rows[Int(number)], .error) }
  }

  private func place(of why: Reason) -> (kind: Reason.Kind, span: Span)? {
    guard why.kind != .none, !why.node.isNone, why.module >= 0 else { return nil }
    return (why.kind, trees[Int(why.module)].span(why.node))
  }

  /// Whether what is written behind this expression applies to all of it.
  func isAtom(_ node: NodeID) -> Bool { tree.kind(node).isAtom }

  /// What stands in the parentheses of an expression, or the expression itself where it has none.
  func withoutParentheses(_ node: NodeID) -> NodeID {
    var node = node
    while tree.kind(node) == .parenthesized { node = NodeID(tree[node].a) }
    return node
  }

  // MARK: Upwards

  /// The type of an expression, before any adjustment. The hint is what the context would like; literals, lambdas and
  /// generic calls go by it, and nothing is reported where it is not met.
  mutating func infer(_ node: NodeID, hint: TypeID? = nil) -> TypeID {
    let row = tree[node]
    switch row.kind {
    case .integerLiteral: return inferInteger(node, literal: node, isNegative: false, hint)
    case .name, .field, .call, .index, .tupleField, .propagate, .instantiation, .binary, .logicalAnd, .logicalOr, .cast,
      .typeTest, .matches, .typeExpression:
      return inferSpine(node, hint)
    default:
      let type = inferLeaf(node, row, hint)
      setType(node, type)
      return type
    }
  }

  /// An expression whose value is used: one that gives none is reported.
  mutating func inferValue(_ node: NodeID, hint: TypeID? = nil) -> TypeID {
    let type = infer(node, hint: hint)
    if shallow(type) == .void {
      report(TypeMessage.noValue(span(node)))
      return .error
    }
    return type
  }

  private mutating func inferLeaf(_ node: NodeID, _ row: Node, _ hint: TypeID?) -> TypeID {
    switch row.kind {
    case .floatLiteral: return .f64
    case .stringLiteral: return .string
    case .trueLiteral, .falseLiteral: return .bool
    case .nilLiteral:
      if let hint, optionElement(hint) != nil { return shallow(hint) }
      let element = newVariable()
      return option(element)
    case .interpolatedString:
      for part in tree.list(row.a) where tree.kind(part) == .interpolation { _ = inferValue(NodeID(tree[part].a)) }
      return .string
    case .parenthesized:
      return infer(NodeID(row.a), hint: hint)
    case .negate: return inferNegate(node, NodeID(row.a), hint)
    case .bitNot: return inferBitNot(node, NodeID(row.a), hint)
    case .logicalNot:
      check(NodeID(row.a), .bool, reason(.operand, node))
      return .bool
    case .range: return inferRange(node, hint)
    case .conditional: return inferConditional(node, hint)
    case .ifExpression, .match, .tryExpression, .block: return inferChoice(node, isTail: false)
    case .lambda: return inferLambda(node, expecting: hint.map { shallow($0) })
    case .arrayLiteral: return inferArray(node, hint)
    case .arrayRepeat: return inferRepeat(node, hint)
    case .mapLiteral: return inferMap(node, hint)
    case .comprehension: return inferComprehension(node, hint)
    case .tuple: return inferTuple(node, hint)
    case .structLiteral: return inferStruct(node, hint)
    case .letCondition:
      report(TypeMessage.letOutsideCondition(tokenSpan(node)))
      _ = infer(NodeID(row.b))
      return .error
    case .spreadArgument:
      report(TypeMessage.spreadMisplaced(span(node)))
      _ = infer(NodeID(row.a))
      return .error
    case .namedArgument:
      return infer(NodeID(row.b), hint: hint)
    case .error: return .error
    case .returnStatement, .breakStatement, .continueStatement, .pass, .assign, .letStatement, .constStatement,
      .whileStatement, .forStatement, .function:
      return statement(node)
    default:
      // Nothing else stands where an expression may.
      return .error
    }
  }
}
