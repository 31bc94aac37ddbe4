import OrusBytecode
import OrusSyntax
import OrusTypes

extension Lowering {
  /// Both operands, left first. The left one is saved where the right one could change or outlive it.
  mutating func operands(_ left: NodeID, _ right: NodeID) -> (Register, Register) {
    let outer = mark
    let x = expression(left)
    return rightOperand(right, after: x, from: left, above: outer)
  }

  /// Evaluates the right operand while `x` holds the left one, and gives back both.
  private mutating func rightOperand(
    _ right: NodeID, after x: Register, from left: NodeID, above outer: RegisterMark
  ) -> (Register, Register) {
    if isUnderPressure, isTemporary(x, above: outer) {
      // The left value waits in a spill slot, so that deep operands on the right have registers.
      let representation = x.representation
      let spills = (context.scalarSpills, context.referenceSpills)
      let slot = spillSlot(representation)
      store(x, toSlot: slot)
      releaseTop(x)
      let y = expression(right)
      let reloaded = temporary(representation)
      load(slot: slot, into: reloaded)
      (context.scalarSpills, context.referenceSpills) = spills
      return (reloaded, y)
    }
    var x = x
    if !isTemporary(x, above: outer), mayAssign(from: left, to: right) {
      let copy = temporary(x.representation)
      move(x, to: copy)
      x = copy
    }
    return (x, expression(right))
  }

  /// Whether a register is no local's, but was taken above the mark, and lies at the top of its window.
  private func isTemporary(_ register: Register, above mark: RegisterMark) -> Bool {
    let index = Int(register.index)
    return switch register.representation {
    case .none: false
    case .scalar: index == context.nextScalar - 1 && index >= mark.scalar
    case .reference: index == context.nextReference - 1 && index >= mark.reference
    }
  }

  private mutating func releaseTop(_ register: Register) {
    switch register.representation {
    case .none: break
    case .scalar: context.nextScalar -= 1
    case .reference: context.nextReference -= 1
    }
  }

  /// Whether the right operand holds an assignment, in a block inside it. Its nodes lie between the left operand and
  /// itself.
  private func mayAssign(from left: NodeID, to right: NodeID) -> Bool {
    let tree = module.tree
    guard right.index > left.index + 1 else { return false }
    for i in (left.index + 1)..<right.index where tree.kind(NodeID(i)) == .assign { return true }
    return false
  }

  // MARK: Binary operators

  /// Chains such as `a + b + c` lean left, and may be longer than the stack is deep: the spine is walked in a loop.
  mutating func lowerBinary(_ node: NodeID, into target: Register?) -> Register {
    let tree = module.tree
    var left = NodeID(tree[node].a)
    if tree.kind(left) != .binary {
      let outer = mark
      let op = BinaryOperator(rawValue: tree[node].detail)!
      return binary(node, op, left, expression(left), NodeID(tree[node].b), into: target, above: outer)
    }
    let bottom = spine.count
    spine.append(node)
    while tree.kind(left) == .binary, module.adjustment(left).isEmpty {
      spine.append(left)
      left = NodeID(tree[left].a)
    }
    let outer = mark
    var value = expression(left)
    var valueNode = left
    while spine.count > bottom {
      let operation = spine.removeLast()
      let isLast = spine.count == bottom
      let right = NodeID(tree[operation].b)
      let op = BinaryOperator(rawValue: tree[operation].detail)!
      value = binary(operation, op, valueNode, value, right, into: isLast ? target : nil, above: outer)
      valueNode = operation
    }
    return value
  }

  /// One operation whose left operand is already in a register. The result replaces the temporaries above the mark.
  private mutating func binary(
    _ node: NodeID, _ op: BinaryOperator, _ left: NodeID, _ value: Register, _ right: NodeID, into target: Register?,
    above outer: RegisterMark
  ) -> Register {
    let leftType = adjustedType(left)
    let use = module.use(node)
    if use.kind == .method || use.kind == .constrainedMethod,
      let call = operatorCall(node, op, leftType, use, value, left, right, into: target, above: outer)
    {
      return call
    }
    switch op {
    case .contains, .notContains:
      return lowerContains(node, value, left, right, negated: op == .notContains, into: target, above: outer)
    case .equal, .notEqual:
      if representation(leftType) == .reference {
        return equality(node, leftType, value, left, right, negated: op == .notEqual, into: target, above: outer)
      }
    case .less, .lessEqual, .greater, .greaterEqual:
      if representation(leftType) == .reference {
        return ordering(node, op, leftType, value, left, right, into: target, above: outer)
      }
    case .add:
      if representation(leftType) == .reference {
        let (x, y) = rightOperand(right, after: value, from: left, above: outer)
        position(node)
        if typed.types.kind(leftType) == .string {
          let result = finish(target, .reference, outer)
          emit(.concat, result, x, y)
          return result
        }
        // The operands are in use until the call has them.
        let joined = callNamed("concat", on: leftType, [x, y], at: node)
        let result = finish(target, .reference, outer)
        move(joined, to: result)
        return result
      }
    default: break
    }
    return arithmetic(node, op, leftType, value, left, right, into: target, above: outer)
  }

  /// Gives back the temporaries above the mark and takes the register of the result, which may be one of them: an
  /// instruction reads its operands before it writes.
  private mutating func finish(
    _ target: Register?, _ representation: Representation, _ outer: RegisterMark
  ) -> Register {
    if let target { return target }
    release(to: outer)
    return temporary(representation)
  }

  private mutating func arithmetic(
    _ node: NodeID, _ op: BinaryOperator, _ type: TypeID, _ value: Register, _ left: NodeID, _ right: NodeID,
    into target: Register?, above outer: RegisterMark
  ) -> Register {
    let kind = scalarKind(type)
    if let small = smallConstant(right), let immediate = immediateOpcode(op, kind, small) {
      let result = finish(target, .scalar, outer)
      position(node)
      emit(immediate.opcode, result, value, immediate: immediate.value)
      return result
    }
    let (x, y) = rightOperand(right, after: value, from: left, above: outer)
    let result = finish(target, .scalar, outer)
    position(node)
    if let comparison = Comparison(op) {
      emit(comparisonOpcode(comparison, kind), result, comparison.swaps ? y : x, comparison.swaps ? x : y)
    } else {
      emit(arithmeticOpcode(op, kind), result, x, y)
    }
    return result
  }

  private func comparisonOpcode(_ comparison: Comparison, _ kind: ScalarKind) -> Opcode {
    switch (comparison, kind) {
    case (.equal, .f64): .eq_f64
    case (.notEqual, .f64): .ne_f64
    case (.less, .f64), (.greater, .f64): .lt_f64
    case (.lessEqual, .f64), (.greaterEqual, .f64): .le_f64
    case (.equal, _): .eq_w
    case (.notEqual, _): .ne_w
    case (.less, .u64), (.greater, .u64): .lt_u64
    case (.lessEqual, .u64), (.greaterEqual, .u64): .le_u64
    case (.less, _), (.greater, _): .lt_i
    case (.lessEqual, _), (.greaterEqual, _): .le_i
    }
  }

  private func immediateOpcode(
    _ op: BinaryOperator, _ kind: ScalarKind, _ value: Int
  ) -> (opcode: Opcode, value: Int)? {
    let is32 = kind == .i32
    switch op {
    case .bitAnd where kind != .bool && kind != .tag && value >= 0: return (.and_imm_w, value)
    default: break
    }
    guard kind == .i32 || kind == .i64 else { return nil }
    switch op {
    case .add: return (is32 ? .add_imm_i32 : .add_imm_i64, value)
    case .subtract where value > -128: return (is32 ? .add_imm_i32 : .add_imm_i64, -value)
    case .multiply: return (is32 ? .mul_imm_i32 : .mul_imm_i64, value)
    case .divide where value != 0 && value != -1: return (is32 ? .div_imm_i32 : .div_imm_i64, value)
    case .remainder where value != 0 && value != -1: return (is32 ? .rem_imm_i32 : .rem_imm_i64, value)
    default: return nil
    }
  }

  func arithmeticOpcode(_ op: BinaryOperator, _ kind: ScalarKind) -> Opcode {
    switch (op, kind) {
    case (.add, .i32): .add_i32
    case (.add, .i64): .add_i64
    case (.add, .u32): .add_u32
    case (.add, .u64): .add_u64
    case (.add, _): .add_f64
    case (.subtract, .i32): .sub_i32
    case (.subtract, .i64): .sub_i64
    case (.subtract, .u32): .sub_u32
    case (.subtract, .u64): .sub_u64
    case (.subtract, _): .sub_f64
    case (.multiply, .i32): .mul_i32
    case (.multiply, .i64): .mul_i64
    case (.multiply, .u32): .mul_u32
    case (.multiply, .u64): .mul_u64
    case (.multiply, _): .mul_f64
    case (.divide, .i32): .div_i32
    case (.divide, .i64): .div_i64
    case (.divide, .u32): .div_u32
    case (.divide, .u64): .div_u64
    case (.divide, _): .div_f64
    case (.remainder, .i32): .rem_i32
    case (.remainder, .i64): .rem_i64
    case (.remainder, .u32): .rem_u32
    case (.remainder, .u64): .rem_u64
    case (.remainder, _): .rem_f64
    case (.wrappingAdd, .i32): .add_wrap_i32
    case (.wrappingAdd, .u32): .add_wrap_u32
    case (.wrappingAdd, _): .add_wrap_64
    case (.wrappingSubtract, .i32): .sub_wrap_i32
    case (.wrappingSubtract, .u32): .sub_wrap_u32
    case (.wrappingSubtract, _): .sub_wrap_64
    case (.wrappingMultiply, .i32): .mul_wrap_i32
    case (.wrappingMultiply, .u32): .mul_wrap_u32
    case (.wrappingMultiply, _): .mul_wrap_64
    case (.shiftLeft, .i32): .shl_i32
    case (.shiftLeft, .u32): .shl_u32
    case (.shiftLeft, _): .shl_64
    case (.shiftRight, .i32): .shr_i32
    case (.shiftRight, .i64): .shr_i64
    case (.shiftRight, .u32): .shr_u32
    case (.shiftRight, _): .shr_u64
    case (.bitAnd, _): .and_w
    case (.bitXor, _): .xor_w
    case (.bitOr, _): .or_w
    case (.equal, _), (.notEqual, _), (.less, _), (.lessEqual, _), (.greater, _), (.greaterEqual, _),
      (.contains, _), (.notContains, _):
      preconditionFailure("not an arithmetic operator")
    }
  }

  // MARK: Operators on objects

  private mutating func equality(
    _ node: NodeID, _ type: TypeID, _ value: Register, _ left: NodeID, _ right: NodeID, negated: Bool,
    into target: Register?, above outer: RegisterMark
  ) -> Register {
    let (x, y) = rightOperand(right, after: value, from: left, above: outer)
    let result = finish(target, .scalar, outer)
    position(node)
    emitEquality(type, x, y, into: result)
    if negated { emit(.not_bool, result, result) }
    return result
  }

  /// Deep equality of two references.
  mutating func emitEquality(_ type: TypeID, _ x: Register, _ y: Register, into result: Register) {
    if typed.types.kind(type) == .string {
      emit(.eq_string, result, x, y)
    } else {
      emit(.equal_r, result, x, y, row(type).index)
    }
  }

  private mutating func ordering(
    _ node: NodeID, _ op: BinaryOperator, _ type: TypeID, _ value: Register, _ left: NodeID, _ right: NodeID,
    into target: Register?, above outer: RegisterMark
  ) -> Register {
    let (x, y) = rightOperand(right, after: value, from: left, above: outer)
    position(node)
    let order: Register
    if typed.types.kind(type) == .string {
      order = temporary(.scalar)
      emit(.compare_string, order, x, y)
      return compareOrder(order, op, against: 0, .i32, into: target, above: outer)
    }
    order = nativeCall(.compare, [x, y], [type, type], orderingType, at: node)
    return compareOrder(order, op, against: 1, .tag, into: target, above: outer)
  }

  var orderingType: TypeID {
    mutating get { typed.types.nominal(typed.known.ordering, []) }
  }

  /// From the order of two values (as -1, 0, 1, or as the `Ordering` tags 0, 1, 2) to what an operator asks.
  private mutating func compareOrder(
    _ order: Register, _ op: BinaryOperator, against equal: Int, _ kind: ScalarKind, into target: Register?,
    above outer: RegisterMark
  ) -> Register {
    let middle = temporary(.scalar)
    if kind == .tag {
      _ = buildVariant(orderingType, equal, [], into: middle)
    } else {
      constant(UInt64(equal), kind, into: middle)
    }
    let comparison = Comparison(op)!
    let result = finish(target, .scalar, outer)
    emit(
      comparisonOpcode(comparison, kind), result, comparison.swaps ? middle : order, comparison.swaps ? order : middle)
    return result
  }

  /// An operator that a method carries out; nil where a constraint was met by a primitive.
  private mutating func operatorCall(
    _ node: NodeID, _ op: BinaryOperator, _ type: TypeID, _ use: Use, _ value: Register, _ left: NodeID,
    _ right: NodeID, into target: Register?, above outer: RegisterMark
  ) -> Register? {
    let found: (FunctionID, TypeListID)?
    if use.kind == .method {
      found = (FunctionID(use.index), concrete(use.typeArguments))
    } else {
      let kind = typed.types.kind(type)
      guard kind == .nominal, type != typed.types.nominal(typed.known.ordering, []) else { return nil }
      found = method(Symbol(use.index), on: type)
    }
    guard let (function, arguments) = found else { return nil }
    let (x, y) = rightOperand(right, after: value, from: left, above: outer)
    position(node)
    let call = emitMethodCall(function, arguments, [x, y], at: node)
    switch op {
    case .less, .lessEqual, .greater, .greaterEqual:
      return compareOrder(call, op, against: 1, .tag, into: target, above: outer)
    default:
      let result = finish(target, call.representation, outer)
      if op == .notEqual { emit(.not_bool, result, call) } else { move(call, to: result) }
      return result
    }
  }

  private mutating func lowerContains(
    _ node: NodeID, _ value: Register, _ left: NodeID, _ right: NodeID, negated: Bool, into target: Register?,
    above outer: RegisterMark
  ) -> Register {
    let container = adjustedType(right)
    let (x, y) = rightOperand(right, after: value, from: left, above: outer)
    position(node)
    let found = callNamed("contains", on: container, [y, x], at: node)
    let result = finish(target, .scalar, outer)
    if negated { emit(.not_bool, result, found) } else { move(found, to: result) }
    return result
  }

  /// The operation of a compound assignment; the old value is in a register.
  mutating func compound(
    _ node: NodeID, _ op: BinaryOperator, _ target: NodeID, _ old: Register, _ value: NodeID, into result: Register?
  ) -> Register {
    binary(node, op, target, old, value, into: result, above: mark)
  }

  // MARK: Unary operators

  mutating func lowerNegate(_ node: NodeID, into target: Register?) -> Register {
    let tree = module.tree
    let operand = NodeID(tree[node].a)
    if tree.kind(operand) == .integerLiteral {
      return integer(tree.integers[Int(tree[operand].a)], node, isNegative: true, into: target)
    }
    let type = type(operand)
    let use = module.use(node)
    if use.kind == .method || (use.kind == .constrainedMethod && typed.types.kind(type) == .nominal) {
      let found = use.kind == .method
        ? (FunctionID(use.index), concrete(use.typeArguments)) : method(Symbol(use.index), on: type)!
      let mark = mark
      let value = expression(operand)
      position(node)
      let result = emitMethodCall(found.0, found.1, [value], at: node)
      return settle(result, into: target, above: mark)
    }
    let mark = mark
    let value = expression(operand)
    let result = finish(target, .scalar, mark)
    position(node)
    switch scalarKind(type) {
    case .i32: emit(.neg_i32, result, value)
    case .f64: emit(.neg_f64, result, value)
    default: emit(.neg_i64, result, value)
    }
    return result
  }

  mutating func lowerBitNot(_ node: NodeID, into target: Register?) -> Register {
    let operand = NodeID(module.tree[node].a)
    let mark = mark
    let value = expression(operand)
    let result = finish(target, .scalar, mark)
    emit(scalarKind(type(operand)) == .u32 ? .not_u32 : .not_w, result, value)
    return result
  }

  /// A value that some call left above the mark, to the target or the first register above the mark.
  mutating func settle(_ value: Register, into target: Register?, above mark: RegisterMark) -> Register {
    if let target {
      move(value, to: target)
      release(to: mark)
      return target
    }
    return keep(value, above: mark)
  }
}
