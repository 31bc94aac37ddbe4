import OrusDiagnostics
import OrusSyntax

/// What an operator asks of its operands' type, and the method that carries it out on other types.
private struct OperatorRule {
  let constraint: Constraints
  let method: Symbol?
}

extension Checker {
  private func rule(_ op: BinaryOperator) -> OperatorRule {
    switch op {
    case .add: OperatorRule(constraint: .add, method: known.add)
    case .subtract: OperatorRule(constraint: .subtract, method: known.sub)
    case .multiply: OperatorRule(constraint: .multiply, method: known.mul)
    case .divide: OperatorRule(constraint: .divide, method: known.div)
    case .remainder: OperatorRule(constraint: .remainder, method: known.rem)
    case .equal, .notEqual: OperatorRule(constraint: .equality, method: known.equals)
    case .less, .lessEqual, .greater, .greaterEqual: OperatorRule(constraint: .order, method: known.compare)
    case .wrappingAdd, .wrappingSubtract, .wrappingMultiply, .shiftLeft, .shiftRight, .bitAnd, .bitXor, .bitOr:
      OperatorRule(constraint: .bits, method: nil)
    case .contains, .notContains: OperatorRule(constraint: [], method: nil)
    }
  }

  /// A binary operator whose left operand is typed.
  mutating func inferBinary(_ node: NodeID, _ left: TypeID, _ hint: TypeID?) -> TypeID {
    let row = tree[node]
    let op = BinaryOperator(rawValue: row.detail)!
    let leftNode = NodeID(row.a)
    let rightNode = NodeID(row.b)
    if shallow(left) == .void { report(TypeMessage.noValue(span(leftNode))) }
    switch op {
    case .contains, .notContains: return inferContains(node, leftNode, left, rightNode)
    case .shiftLeft, .shiftRight: return inferShift(node, op, leftNode, left, rightNode)
    default: break
    }
    if let method = rule(op).method, let type = methodOperator(node, op, method, left, rightNode) { return type }
    let right = infer(rightNode, hint: left)
    if shallow(right) == .void {
      report(TypeMessage.noValue(span(rightNode)))
      return op.isArithmetic ? .error : .bool
    }
    let operand = join(node, op, leftNode, left, rightNode, right)
    return apply(node, op, operand)
  }

  /// A compound assignment's operation: the left operand is the target.
  mutating func inferCompound(_ node: NodeID, _ op: BinaryOperator, _ target: NodeID, _ type: TypeID, _ value: NodeID) {
    let result: TypeID
    if op == .shiftLeft || op == .shiftRight {
      result = inferShift(node, op, target, type, value)
    } else if let method = rule(op).method, let found = methodOperator(node, op, method, type, value) {
      result = found
    } else {
      let right = infer(value, hint: type)
      if shallow(right) == .void { report(TypeMessage.noValue(span(value))) }
      let operand = join(node, op, target, type, value, shallow(right) == .void ? .error : right)
      result = apply(node, op, operand)
    }
    if shallow(result) != .error, !unify(result, type) { reportMismatch(value, result, type, .none) }
  }

  /// An operator of a type that has the method for it. The right operand is what the method takes.
  private mutating func methodOperator(
    _ node: NodeID, _ op: BinaryOperator, _ method: Symbol, _ left: TypeID, _ right: NodeID
  ) -> TypeID? {
    let type = shallow(left)
    guard program.types.kind(type) == .nominal, let found = findOperation(method, on: type) else { return nil }
    let instance = instantiateMethod(found, on: type, at: node)
    guard instance.parameters.count == 2 else { return nil }
    if op == .equal || op == .notEqual {
      // `nil`, and values that an option is compared with.
      check(right, instance.parameters[1], reason(.operand, node))
    } else {
      check(right, instance.parameters[1], reason(.operand, NodeID(tree[node].a)))
    }
    setUse(node, Use(.method, found.index, instance.arguments))
    return op.isArithmetic ? instance.result : .bool
  }

  /// The one type of both operands. Where they differ the implicit conversions are tried, the right side first.
  private mutating func join(
    _ node: NodeID, _ op: BinaryOperator, _ leftNode: NodeID, _ left: TypeID, _ rightNode: NodeID, _ right: TypeID
  ) -> TypeID {
    let a = shallow(left)
    let b = shallow(right)
    if a == b || b == .never { return a }
    if a == .never { return b }
    if a == .error || b == .error {
      poison(a)
      poison(b)
      return .error
    }
    if !op.isArithmetic || optionElement(a) == nil {
      if let type = converted(rightNode, b, to: a) { return type }
      if let type = converted(leftNode, a, to: b) { return type }
    }
    if unify(a, b) { return shallow(a) }
    if variables.failure != .mismatch {
      reportMismatch(rightNode, b, a, .none)
      return .error
    }
    report(
      TypeMessage.operandsDiffer(
        tokenSpan(node), operator: op.spelling, left: (name(a), span(leftNode)), right: (name(b), span(rightNode)),
        areAtoms: (isAtom(leftNode), isAtom(rightNode)), count: span(withoutParentheses(rightNode))))
    return .error
  }

  /// Records the conversion of a value to an `any` or an option that it is compared with.
  private mutating func converted(_ node: NodeID, _ type: TypeID, to wanted: TypeID) -> TypeID? {
    let kind = program.types.kind(wanted)
    guard kind == .any || kind == .nominal || kind == .array, program.types.kind(type) != .variable || isLiteral(type)
    else { return nil }
    guard let adjustment = conversion(from: type, to: wanted) else { return nil }
    if !adjustment.isEmpty { adjust(node, adjustment) }
    return wanted
  }

  /// The operator on operands of one type: now, or when the type is known. Gives the type of the result.
  private mutating func apply(_ node: NodeID, _ op: BinaryOperator, _ operand: TypeID) -> TypeID {
    let type = shallow(operand)
    if type == .error { return op.isArithmetic ? .error : .bool }
    let row = program.types[type]
    if row.kind == .variable {
      // Every number will do for all of it but the operators on bits.
      if !isLiteral(type) || rule(op).constraint == .bits {
        var entry = Deferred(.binary, node, subject: type)
        entry.flag = tree.kind(node) == .assign
        deferLater(entry)
      }
      return op.isArithmetic ? type : .bool
    }
    settleOperator(node, op, type)
    if op.isArithmetic { return row.kind == .fixedArray ? program.types.array(TypeID(row.a)) : type }
    return .bool
  }

  mutating func settleBinary(_ entry: Deferred, _ subject: TypeID) {
    let detail = tree[entry.node].detail
    let op = entry.flag ? AssignOperator(rawValue: detail)!.binary! : BinaryOperator(rawValue: detail)!
    settleOperator(entry.node, op, subject)
  }

  /// Whether the type has the operator, and what carries it out.
  private mutating func settleOperator(_ node: NodeID, _ op: BinaryOperator, _ type: TypeID) {
    let rule = rule(op)
    let row = program.types[type]
    switch row.kind {
    case .error, .never: return
    case .i32, .i64, .u32, .u64: return
    case .f64 where rule.constraint != .bits: return
    case .string where op == .add || !op.isArithmetic && rule.constraint != .bits: return
    case .bool where !op.isArithmetic && rule.constraint != .bits: return
    case .nominal:
      if let method = rule.method, let found = findOperation(method, on: type) {
        let instance = instantiateMethod(found, on: type, at: node)
        if instance.parameters.count == 2, unify(instance.parameters[1], type) {
          setUse(node, Use(.method, found.index, instance.arguments))
          return
        }
      }
    case .parameter:
      if let broken = firstBroken(rule.constraint, by: type) {
        reportOperator(node, op, type, broken)
      } else if let method = rule.method {
        setUse(node, Use(.constrainedMethod, method.index))
      }
      return
    case .array where op == .add, .fixedArray where op == .add: return
    default: break
    }
    if rule.constraint == .equality, program.types.kind(type) == .function {
      report(TypeMessage.functionsNotCompared(tokenSpan(node)))
      return
    }
    if let broken = firstBroken(rule.constraint, by: type) { reportOperator(node, op, type, broken) }
  }

  private mutating func reportOperator(
    _ node: NodeID, _ op: BinaryOperator, _ type: TypeID, _ broken: BrokenConstraint
  ) {
    report(
      TypeMessage.operatorUndefined(
        tokenSpan(node), operator: op.spelling, type: name(type), operand: span(NodeID(tree[node].a)),
        method: broken.method))
  }

  // MARK: Shifts

  /// The count may be of any integer type; the result is of the left operand's.
  private mutating func inferShift(
    _ node: NodeID, _ op: BinaryOperator, _ leftNode: NodeID, _ left: TypeID, _ right: NodeID
  ) -> TypeID {
    checkInteger(right, "a shift count")
    return apply(node, op, left)
  }

  /// Checks an index, bound or count: an integer of whatever type.
  mutating func checkInteger(_ node: NodeID, _ what: String) {
    let type = infer(node)
    if isLiteral(type) {
      _ = unify(type, smallestType(of: node))
      return
    }
    if isVariable(type) {
      deferLater(Deferred(.integer, node, subject: type))
      return
    }
    requireInteger(node, type, what)
  }

  /// What an index that is a literal is: i32, unless it needs more.
  private func smallestType(of node: NodeID) -> TypeID {
    literals.last { $0.node == node }?.defaultType ?? .i32
  }

  private mutating func requireInteger(_ node: NodeID, _ type: TypeID, _ what: String) {
    let type = shallow(type)
    let row = program.types[type]
    switch row.kind {
    case .i32, .i64, .u32, .u64, .error, .never: return
    case .parameter where firstBroken(.bits, by: type) == nil: return
    default:
      // A range is typed before its element is known.
      let isRange = program.types.kind(self.type(of: node)) == .range
      report(
        isRange
          ? TypeMessage.rangeOfNonInteger(span(node), type: name(type))
          : TypeMessage.notAnInteger(span(node), type: name(type), what: what))
    }
  }

  mutating func settleInteger(_ entry: Deferred, _ subject: TypeID) {
    requireInteger(entry.node, subject, "this")
  }

  // MARK: in

  private mutating func inferContains(
    _ node: NodeID, _ leftNode: NodeID, _ left: TypeID, _ rightNode: NodeID
  ) -> TypeID {
    let container = shallow(inferValue(rightNode))
    if program.types.kind(container) == .variable {
      var entry = Deferred(.contains, node, subject: container)
      entry.other = left
      deferLater(entry)
    } else {
      requireContained(node, left, container)
    }
    return .bool
  }

  mutating func settleContains(_ entry: Deferred, _ subject: TypeID) {
    requireContained(entry.node, entry.other, subject)
  }

  private mutating func requireContained(_ node: NodeID, _ left: TypeID, _ container: TypeID) {
    let leftNode = NodeID(tree[node].a)
    let rightNode = NodeID(tree[node].b)
    let row = program.types[container]
    let element: TypeID
    switch row.kind {
    case .array, .fixedArray, .set, .range, .map: element = TypeID(row.a)
    case .string: element = .string
    case .error, .never: return
    default:
      report(TypeMessage.notAContainer(span(rightNode), type: name(container)))
      return
    }
    _ = coerce(leftNode, left, to: element, reason(.element, rightNode))
    if row.kind == .array || row.kind == .fixedArray {
      let type = shallow(element)
      if program.types.kind(type) == .variable {
        var entry = Deferred(.constraint, node, subject: type)
        entry.constraints = .equality
        entry.symbol = symbols.intern("in")
        deferLater(entry)
      } else if let broken = firstBroken(.equality, by: type) {
        reportOperator(node, .equal, type, broken)
      }
    }
    if let method = findOperation(known.contains, on: container) { prepare(method) }
  }

  // MARK: Unary

  mutating func inferNegate(_ node: NodeID, _ operand: NodeID, _ hint: TypeID?) -> TypeID {
    if tree.kind(operand) == .integerLiteral {
      return inferInteger(node, literal: operand, isNegative: true, hint)
    }
    let type = shallow(inferValue(operand, hint: hint))
    if program.types.kind(type) == .variable {
      if !isLiteral(type) {
        var entry = Deferred(.negate, node, subject: type)
        entry.result = type
        deferLater(entry)
      }
      return type
    }
    return negated(node, type)
  }

  private mutating func negated(_ node: NodeID, _ type: TypeID) -> TypeID {
    let operand = NodeID(tree[node].a)
    switch program.types.kind(type) {
    case .i32, .i64, .f64, .error, .never: return type
    case .u32, .u64:
      report(TypeMessage.negateUnsigned(span(node), type: name(type)))
      return .error
    case .parameter:
      if let broken = firstBroken(.negate, by: type) {
        reportUnary(node, "-", type, operand, broken.method)
        return .error
      }
      setUse(node, Use(.constrainedMethod, known.neg.index))
      return type
    default:
      guard let found = findOperation(known.neg, on: type) else {
        reportUnary(node, "-", type, operand, program.types.kind(type) == .nominal ? "neg" : nil)
        return .error
      }
      let instance = instantiateMethod(found, on: type, at: node)
      setUse(node, Use(.method, found.index, instance.arguments))
      return instance.result
    }
  }

  private mutating func reportUnary(
    _ node: NodeID, _ spelling: String, _ type: TypeID, _ operand: NodeID, _ method: String?
  ) {
    report(
      TypeMessage.operatorUndefined(
        tokenSpan(node), operator: spelling, type: name(type), operand: span(operand), method: method))
  }

  mutating func settleNegate(_ entry: Deferred, _ subject: TypeID) { _ = negated(entry.node, subject) }

  mutating func inferBitNot(_ node: NodeID, _ operand: NodeID, _ hint: TypeID?) -> TypeID {
    let type = shallow(inferValue(operand, hint: hint))
    if program.types.kind(type) == .variable {
      deferLater(Deferred(.bitNot, node, subject: type))
      return type
    }
    return complemented(node, type)
  }

  private mutating func complemented(_ node: NodeID, _ type: TypeID) -> TypeID {
    switch program.types.kind(type) {
    case .i32, .i64, .u32, .u64, .error, .never: return type
    default:
      guard let broken = firstBroken(.bits, by: type) else { return type }
      reportUnary(node, "~", type, NodeID(tree[node].a), broken.method)
      return .error
    }
  }

  mutating func settleBitNot(_ entry: Deferred, _ subject: TypeID) { _ = complemented(entry.node, subject) }
}
