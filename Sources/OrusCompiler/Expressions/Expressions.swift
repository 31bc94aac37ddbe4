import OrusBytecode
import OrusSyntax
import OrusTypes

extension Lowering {
  /// The value of an expression, adjusted to what its context expects. With a target it is left there; without, it
  /// may be a local's own register, which the caller must not write.
  mutating func expression(_ node: NodeID, into target: Register? = nil) -> Register {
    let adjustment = module.adjustment(node)
    if adjustment.isEmpty { return rawExpression(node, into: target) }
    if adjustment.contains(.discard) {
      statement(node)
      return .none
    }
    var type = type(node)
    if type == .never {
      statement(node)
      return target ?? .none
    }
    if adjustment.contains(.dropResult) { return droppedResult(node, type, into: target) }
    let isCopied = adjustment.contains(.copied)
    if !adjustment.contains(.toAny), !adjustment.contains(.toSome) || !needsBox(type) {
      return isCopied ? copied(node, type, into: target) : rawExpression(node, into: target)
    }
    let result = target ?? temporary(.reference)
    let mark = mark
    var value = isCopied ? copied(node, type, into: nil) : rawExpression(node, into: nil)
    if adjustment.contains(.toAny) {
      value = boxAny(value, type, into: adjustment.contains(.toSome) ? nil : result)
      type = .any
    }
    if adjustment.contains(.toSome) { value = buildSome(type, value, into: result) }
    release(to: mark)
    return result
  }

  private mutating func copied(_ node: NodeID, _ type: TypeID, into target: Register?) -> Register {
    let result = target ?? temporary(.reference)
    let mark = mark
    let value = rawExpression(node, into: nil)
    move(nativeCall(.clone, [value], [type], type, at: node), to: result)
    release(to: mark)
    return result
  }

  /// A function value behind one that gives nothing. As an option it is the same reference.
  private mutating func droppedResult(_ node: NodeID, _ type: TypeID, into target: Register?) -> Register {
    let result = target ?? temporary(.reference)
    let mark = mark
    let function = rawExpression(node, into: nil)
    let index = request(.droppedResult, FunctionID(0), typed.types.intern([type]), at: node)
    code.emit(.closure, result.index, UInt8(truncatingIfNeeded: context.nextScalar), function.index)
    code.word(index)
    release(to: mark)
    return result
  }

  mutating func adjustedType(_ node: NodeID) -> TypeID {
    let adjustment = module.adjustment(node)
    var type = type(node)
    if adjustment.contains(.dropResult) {
      type = typed.types.function(typed.types.elements(TypeListID(typed.types[type].a)), .void)
    }
    if adjustment.contains(.discard) { return .void }
    if adjustment.contains(.toAny) { type = .any }
    if adjustment.contains(.toSome) { type = typed.types.nominal(typed.known.option, [type]) }
    return type
  }

  /// The value before its adjustment.
  mutating func rawExpression(_ node: NodeID, into target: Register?) -> Register {
    let row = module.tree[node]
    switch row.kind {
    case .integerLiteral: return integer(module.tree.integers[Int(row.a)], node, isNegative: false, into: target)
    case .floatLiteral:
      let result = target ?? temporary(.scalar)
      constant(module.tree.floats[Int(row.a)].bitPattern, .f64, into: result)
      return result
    case .stringLiteral:
      let result = target ?? temporary(.reference)
      text(Symbol(row.a), into: result)
      return result
    case .trueLiteral, .falseLiteral:
      let result = target ?? temporary(.scalar)
      constant(row.kind == .trueLiteral ? 1 : 0, .bool, into: result)
      return result
    case .nilLiteral:
      let result = target ?? temporary(.reference)
      emit(.const_null, result, self.row(type(node)).index)
      return result
    case .interpolatedString: return lowerInterpolation(node, into: target)
    case .name, .instantiation, .field, .typeExpression: return lowerReference(node, into: target)
    case .call: return lowerCall(node, into: target)
    case .index: return lowerIndex(node, into: target)
    case .tupleField: return lowerTupleField(node, into: target)
    case .propagate: return lowerPropagate(node, into: target)
    case .negate: return lowerNegate(node, into: target)
    case .bitNot: return lowerBitNot(node, into: target)
    case .logicalNot:
      let operand = NodeID(row.a)
      let result = target ?? temporary(.scalar)
      let mark = mark
      emit(.not_bool, result, expression(operand))
      release(to: mark)
      return result
    case .binary: return lowerBinary(node, into: target)
    case .logicalAnd, .logicalOr, .matches: return booleanValue(node, into: target)
    case .cast: return lowerCast(node, into: target)
    case .typeTest: return lowerTypeTest(node, into: target)
    case .range: return lowerRange(node, into: target)
    case .conditional: return lowerConditional(node, into: target)
    case .ifExpression: return valueOf(node, into: target) { $0.lowerIf(node, into: $1) }
    case .match: return valueOf(node, into: target) { $0.lowerMatch(node, into: $1, isTail: false) }
    case .tryExpression: return valueOf(node, into: target) { $0.lowerTry(node, into: $1) }
    case .lambda:
      let result = target ?? temporary(.reference)
      makeClosure(FunctionID(module.use(node).index), at: node, into: result)
      return result
    case .arrayLiteral: return lowerArray(node, into: target)
    case .arrayRepeat: return lowerRepeat(node, into: target)
    case .mapLiteral: return lowerMap(node, into: target)
    case .comprehension: return lowerComprehension(node, into: target)
    case .tuple: return lowerTuple(node, into: target)
    case .parenthesized: return expression(NodeID(row.a), into: target)
    case .structLiteral: return lowerStruct(node, into: target)
    case .namedArgument: return expression(NodeID(row.b), into: target)
    case .block:
      return valueOf(node, into: target) { $0.block(node, into: $1) }
    case .letCondition, .spreadArgument, .fieldInitializer, .mapEntry, .interpolation, .forClause, .ifClause,
      .matchArm, .error, .module, .function, .parameter, .typeParameter, .structDeclaration, .fieldDeclaration,
      .enumDeclaration, .variant, .payloadField, .implementation, .use, .useName, .letStatement, .constStatement,
      .assign, .pass, .returnStatement, .breakStatement, .continueStatement, .whileStatement, .forStatement,
      .wildcardPattern, .bindingPattern, .literalPattern, .rangePattern, .alternativePattern, .constructorPattern,
      .structPattern, .fieldPattern, .tuplePattern, .arrayPattern, .restPattern, .namedType, .optionType, .arrayType,
      .fixedArrayType, .tupleType, .functionType:
      statement(node)
      return target ?? .none
    }
  }

  /// Runs something that leaves its value in the register that it is given.
  private mutating func valueOf(
    _ node: NodeID, into target: Register?, _ lower: (inout Lowering, Register) -> Void
  ) -> Register {
    let result = target ?? temporary(for: type(node))
    let mark = mark
    lower(&self, result)
    release(to: mark)
    return result
  }

  // MARK: Literals

  mutating func integer(_ value: UInt64, _ node: NodeID, isNegative: Bool, into target: Register?) -> Register {
    let result = target ?? temporary(.scalar)
    let kind = scalarKind(type(node))
    if kind == .f64 {
      let magnitude = Double(value)
      constant((isNegative ? -magnitude : magnitude).bitPattern, .f64, into: result)
    } else {
      constant(isNegative ? 0 &- value : value, kind, into: result)
    }
    return result
  }

  // MARK: Names

  private mutating func lowerReference(_ node: NodeID, into target: Register?) -> Register {
    let use = module.use(node)
    switch use.kind {
    case .local: return read(LocalID(use.index), type(node), into: target)
    case .global: return readGlobal(use.index, node, into: target)
    case .constant: return lowerConstantUse(use.index, node, into: target)
    case .function:
      let result = target ?? temporary(.reference)
      let index = functionIndex(FunctionID(use.index), own: concrete(use.typeArguments), at: node)
      emit(.const_function, result, index)
      return result
    case .method, .constrainedMethod: return lowerBoundMethodValue(node, use, into: target)
    case .structField: return lowerField(node, Int(use.index), into: target)
    case .variant: return lowerVariantReference(node, Int(use.index), into: target)
    case .numericConstant: return lowerNumericConstant(NumericConstant(rawValue: use.index)!, node, into: target)
    case .dynamicMember: return lowerDynamicField(node, use, into: target)
    case .none, .builtin, .module, .type:
      let row = module.tree[node]
      if row.kind == .instantiation { return expression(NodeID(row.a), into: target) }
      preconditionFailure("a name without a meaning")
    }
  }

  private mutating func lowerConstantUse(_ index: UInt32, _ node: NodeID, into target: Register?) -> Register {
    let info = typed.constants[Int(index)]
    let result = target ?? temporary(for: concrete(info.type))
    switch info.value {
    case .scalar(let bits): constant(bits, scalarKind(info.type), into: result)
    case .float(let value): constant(value.bitPattern, .f64, into: result)
    case .text(let symbol): text(symbol, into: result)
    case .composite:
      position(node)
      emit(.get_global_r, result, constantRow(index))
    }
    return result
  }

  private mutating func lowerNumericConstant(
    _ which: NumericConstant, _ node: NodeID, into target: Register?
  ) -> Register {
    let result = target ?? temporary(.scalar)
    let kind = scalarKind(type(node))
    let bits: UInt64 =
      switch (which, kind) {
      case (.max, .i32): UInt64(Int32.max)
      case (.min, .i32): UInt64(bitPattern: Int64(Int32.min))
      case (.max, .i64): UInt64(Int64.max)
      case (.min, .i64): UInt64(bitPattern: Int64.min)
      case (.max, .u32): UInt64(UInt32.max)
      case (.max, .u64): UInt64.max
      case (.max, .f64): Double.greatestFiniteMagnitude.bitPattern
      case (.min, .f64): (-Double.greatestFiniteMagnitude).bitPattern
      case (.infinity, _): Double.infinity.bitPattern
      case (.nan, _): Double.nan.bitPattern
      default: 0
      }
    constant(bits, kind, into: result)
    return result
  }

  /// A variant without payload is a value; one with is a function.
  private mutating func lowerVariantReference(_ node: NodeID, _ variant: Int, into target: Register?) -> Register {
    let type = type(node)
    guard typed.types.kind(type) == .function else { return buildVariant(type, variant, [], into: target) }
    let result = target ?? temporary(.reference)
    let owner = TypeID(typed.types[type].b)
    let declaration = typed.types.declaration(owner)!
    let arguments = typed.types.arguments(owner)
    let index = request(.constructor(UInt32(variant)), FunctionID(declaration.index), arguments, at: node)
    emit(.const_function, result, index)
    return result
  }

  // MARK: Choices

  private mutating func lowerConditional(_ node: NodeID, into target: Register?) -> Register {
    let view = module.tree.conditional(node)
    let result = target ?? temporary(for: type(node))
    let otherwise = code.newLabel()
    let end = code.newLabel()
    let mark = mark
    condition(NodeID(module.tree[node].a), jumpIf: false, to: otherwise)
    release(to: mark)
    discardable(view.then, into: result)
    release(to: mark)
    code.jump(to: end)
    code.bind(otherwise)
    discardable(view.otherwise, into: result)
    release(to: mark)
    code.bind(end)
    return result
  }

  /// The value of an expression of type bool that is made of jumps.
  private mutating func booleanValue(_ node: NodeID, into target: Register?) -> Register {
    // The target may be a variable that the condition reads, so it is written last.
    let result = target ?? temporary(.scalar)
    let isFalse = code.newLabel()
    let end = code.newLabel()
    let mark = mark
    condition(node, jumpIf: false, to: isFalse)
    release(to: mark)
    constant(1, .bool, into: result)
    code.jump(to: end)
    code.bind(isFalse)
    constant(0, .bool, into: result)
    code.bind(end)
    return result
  }

  /// `if` in all its forms; the target is `.none` where no value is wanted.
  mutating func lowerIf(_ node: NodeID, into target: Register) {
    let tree = module.tree
    let end = code.newLabel()
    var current = node
    while true {
      let view = tree.ifExpression(current)
      let otherwise = code.newLabel()
      let scope = enterScope()
      condition(NodeID(tree[current].a), jumpIf: false, to: otherwise)
      blockOrEmpty(view.then, into: target)
      leaveScope(scope)
      if view.otherwise.isNone {
        code.bind(otherwise)
        break
      }
      code.jump(to: end)
      code.bind(otherwise)
      guard tree.kind(view.otherwise) == .ifExpression else {
        blockOrEmpty(view.otherwise, into: target)
        break
      }
      current = view.otherwise
    }
    code.bind(end)
  }

  mutating func blockOrEmpty(_ node: NodeID, into target: Register) {
    if target.representation == .none, module.tree.kind(node) == .block {
      block(node)
    } else {
      block(node, into: target)
    }
  }

  // MARK: Functions as values

  /// A closure, or a plain function value where nothing is captured.
  mutating func makeClosure(_ function: FunctionID, at node: NodeID, into target: Register) {
    let info = typed.functions[Int(function.index)]
    let index = functionIndex(function, own: .empty, at: node)
    guard !info.captures.isEmpty else {
      emit(.const_function, target, index)
      return
    }
    let mark = mark
    let firstScalar = context.nextScalar
    let firstReference = context.nextReference
    // Captured values go to consecutive registers, in order, each window by itself.
    var places: [Register] = []
    for local in info.captures {
      let captured = typed.locals[Int(local.index)]
      places.append(temporary(captured.needsCell ? .reference : representation(concrete(captured.type))))
    }
    for (local, place) in zip(info.captures, places) {
      let captured = typed.locals[Int(local.index)]
      if captured.needsCell {
        switch locations[Int(local.index)] {
        case .cell(let cell): move(cell, to: place)
        case .spilledCell(let slot): load(slot: slot, into: place)
        default: preconditionFailure("a shared variable without its cell")
        }
      } else {
        _ = read(local, concrete(captured.type), into: place)
      }
    }
    code.emit(.closure, target.index, UInt8(truncatingIfNeeded: firstScalar), UInt8(truncatingIfNeeded: firstReference))
    code.word(index)
    release(to: mark)
  }

  private mutating func lowerBoundMethodValue(_ node: NodeID, _ use: Use, into target: Register?) -> Register {
    let receiver = NodeID(module.tree[node].a)
    let resolved = resolveMethod(use, on: type(receiver))
    let result = target ?? temporary(.reference)
    let mark = mark
    let value = expression(receiver)
    let index = request(.boundMethod, resolved.function, resolved.arguments, at: node)
    code.emit(
      .closure, result.index,
      value.representation == .scalar ? value.index : UInt8(truncatingIfNeeded: context.nextScalar),
      value.representation == .reference ? value.index : UInt8(truncatingIfNeeded: context.nextReference))
    code.word(index)
    release(to: mark)
    return result
  }
}
