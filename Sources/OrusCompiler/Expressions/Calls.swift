import OrusBytecode
import OrusSyntax
import OrusTypes

extension Lowering {
  /// A function with the types that this call uses it at.
  struct Callee {
    let function: FunctionID
    /// Of the function itself, not of those around it.
    let arguments: TypeListID
    /// The first argument, written before the dot or as the first one of a free builtin.
    let receiver: NodeID?
  }

  mutating func lowerCall(_ node: NodeID, into target: Register?) -> Register {
    let mark = mark
    guard let result = call(node, isTail: false, into: target) else {
      release(to: mark)
      return target ?? .none
    }
    return settle(result, into: target, above: mark)
  }

  /// A call whose value the function returns.
  mutating func lowerTailCall(_ node: NodeID) {
    let result = call(node, isTail: true, into: nil)
    guard let result else { return }
    if type(node) == .never {
      emit(.unreachable)
    } else if representation(context.result) == .none {
      emitReturn(.none)
    } else {
      emitReturn(result)
    }
  }

  /// Emits a call. Gives where the value is left; nil after a tail call, which nothing follows.
  private mutating func call(_ node: NodeID, isTail: Bool, into target: Register?) -> Register? {
    let tree = module.tree
    let callee = strippedCallee(NodeID(tree[node].a))
    let use = calleeUse(callee)
    switch use.kind {
    case .builtin:
      return lowerBuiltin(BuiltinForm(rawValue: use.index)!, node, into: target)
    case .variant:
      return constructorCall(node, Int(use.index), into: target)
    case .dynamicMember:
      return lowerDynamicCall(node, callee, use, into: target)
    default: break
    }
    guard let known = knownCallee(node, callee, use) else { return closureCall(node, callee, isTail: isTail) }
    return direct(node, known, isTail: isTail, into: target)
  }

  func strippedCallee(_ node: NodeID) -> NodeID {
    var callee = node
    while module.tree.kind(callee) == .parenthesized { callee = NodeID(module.tree[callee].a) }
    return callee
  }

  /// The meaning of a callee, which stands on the name or on the instantiation around it.
  private mutating func calleeUse(_ callee: NodeID) -> Use {
    let use = module.use(callee)
    guard use.kind == .none, module.tree.kind(callee) == .instantiation else { return use }
    return module.use(NodeID(module.tree[callee].a))
  }

  /// The function that a call is known to call; nil where it is a value.
  private mutating func knownCallee(_ node: NodeID, _ callee: NodeID, _ use: Use) -> Callee? {
    let tree = module.tree
    let own = module.use(node)
    if own.kind == .method || own.kind == .constrainedMethod {
      // A free builtin: its receiver is the first argument.
      guard let first = tree.list(tree[node].b).first else { return nil }
      let resolved = resolveMethod(own, on: adjustedType(first))
      return Callee(function: resolved.function, arguments: resolved.arguments, receiver: nil)
    }
    switch use.kind {
    case .function:
      return Callee(function: FunctionID(use.index), arguments: concrete(use.typeArguments), receiver: nil)
    case .method, .constrainedMethod:
      var field = callee
      if tree.kind(field) == .instantiation { field = NodeID(tree[field].a) }
      let receiver = NodeID(tree[field].a)
      let resolved = resolveMethod(use, on: adjustedType(receiver))
      return Callee(function: resolved.function, arguments: resolved.arguments, receiver: receiver)
    default: return nil
    }
  }

  /// The function that a method's name means on a concrete type.
  mutating func resolveMethod(_ use: Use, on type: TypeID) -> (function: FunctionID, arguments: TypeListID) {
    if use.kind == .method { return (FunctionID(use.index), concrete(use.typeArguments)) }
    guard let found = method(Symbol(use.index), on: type) else {
      preconditionFailure("a constraint was not checked: no such method")
    }
    return (found.0, found.1)
  }

  private mutating func direct(_ node: NodeID, _ callee: Callee, isTail: Bool, into target: Register?) -> Register? {
    let signature = signature(callee.function, callee.arguments)
    let native = native(of: callee.function)
    let window: CallWindow
    if let (sources, order) = plannedSources(of: node, callee) {
      window = evaluate(sources, signature.parameters, order: order)
    } else {
      let written = WrittenValues(receiver: callee.receiver, given: module.tree.list(module.tree[node].b))
      if let native, let result = intrinsic(native, written, signature, node, into: target) { return result }
      window = evaluate(written, signature.parameters)
    }
    if let native {
      position(node)
      return emitNative(native, window, signature.parameters, signature.result)
    }
    let index = functionIndex(callee.function, own: callee.arguments, at: node)
    position(node)
    let mayReplaceFrame = isTail && context.tryDepth == 0 && row(signature.result) == row(context.result)
    return finishCall(mayReplaceFrame ? .tail_call : .call, window, .none, index, signature.result)
  }

  struct Signature {
    let parameters: [TypeID]
    let result: TypeID
  }

  /// The types of a function's parameters and result with its own type arguments put in.
  mutating func signature(_ function: FunctionID, _ arguments: TypeListID) -> Signature {
    let i = Int(function.index)
    let isNested = typed.functions[i].parent != nil
    if typed.functions[i].typeParameters.isEmpty && !isNested {
      return Signature(parameters: typed.functions[i].parameters, result: typed.functions[i].result)
    }
    // What the parameters of a function around it stand for depends on the instance.
    if isNested { return makeSignature(function, arguments) }
    let key = UInt64(function.index) << 32 | UInt64(arguments.index)
    if let known = signatures[key] { return known }
    let signature = makeSignature(function, arguments)
    signatures[key] = signature
    return signature
  }

  private mutating func makeSignature(_ function: FunctionID, _ arguments: TypeListID) -> Signature {
    let info = typed.functions[Int(function.index)]
    let bindings = bindings
    let arguments = typed.types.elements(arguments)
    func substituted(_ type: TypeID, _ types: inout TypeTable) -> TypeID {
      types.substitute(type) { leaf in
        if let i = info.typeParameters.firstIndex(where: { $0.index == leaf.a }) { return arguments[i] }
        return bindings[Int(leaf.a)]
      }
    }
    return Signature(
      parameters: info.parameters.map { substituted($0, &typed.types) },
      result: substituted(info.result, &typed.types))
  }

  private mutating func closureCall(_ node: NodeID, _ callee: NodeID, isTail: Bool) -> Register? {
    let tree = module.tree
    let type = type(callee)
    let parameters = typed.types.elements(TypeListID(typed.types[type].a))
    let result = TypeID(typed.types[type].b)
    let closure = stable(callee)
    let window = evaluate(WrittenValues(receiver: nil, given: tree.list(tree[node].b)), parameters)
    position(node)
    let mayReplaceFrame = isTail && context.tryDepth == 0 && row(result) == row(context.result)
    return finishCall(
      mayReplaceFrame ? .tail_call_closure : .call_closure, window, closure, row(type).index, result)
  }

  /// The call instruction itself, its arguments in place.
  private mutating func finishCall(
    _ op: Opcode, _ window: CallWindow, _ closure: Register, _ word: UInt32, _ result: TypeID
  ) -> Register? {
    let isTail = op == .tail_call || op == .tail_call_closure
    if isTail && context.spills { emit(.spill_leave) }
    code.emit(
      op, UInt8(truncatingIfNeeded: window.scalarBase), UInt8(truncatingIfNeeded: window.referenceBase), closure.index)
    code.word(word)
    if isTail { return nil }
    if result == .never { emit(.unreachable) }
    return resultRegister(window, result)
  }

  private mutating func resultRegister(_ window: CallWindow, _ result: TypeID) -> Register {
    release(to: RegisterMark(scalar: window.scalarBase, reference: window.referenceBase))
    return temporary(for: result)
  }

  /// Gives what a function gives whose arguments are in a window already.
  mutating func emitTailCall(_ info: FunctionInfo, _ index: UInt32, _ window: CallWindow) {
    let result = concrete(info.result)
    if let symbol = info.native {
      let value = emitNative(native(named: symbol), window, concrete(info.parameters), result)
      emitReturn(value)
    } else {
      _ = finishCall(.tail_call, window, .none, index, result)
    }
  }

  // MARK: Calls that the compiler makes itself

  /// Calls a method with its arguments in registers; leaves the result above what was in use.
  mutating func emitMethodCall(
    _ function: FunctionID, _ arguments: TypeListID, _ values: [Register], at node: NodeID
  ) -> Register {
    let signature = signature(function, arguments)
    let sources = values.lazy.map { ValueSource.register($0) }
    if let native = native(of: function) {
      if let result = intrinsic(native, sources, signature, node, into: nil) { return result }
      let window = evaluate(sources, signature.parameters)
      return emitNative(native, window, signature.parameters, signature.result)
    }
    let window = evaluate(sources, signature.parameters)
    let index = functionIndex(function, own: arguments, at: node)
    return finishCall(.call, window, .none, index, signature.result) ?? .none
  }

  struct CallResult {
    let register: Register
    let type: TypeID
  }

  mutating func callMethod(_ name: Symbol, on type: TypeID, _ values: [Register], at node: NodeID) -> CallResult {
    guard let (function, arguments) = method(name, on: type) else {
      preconditionFailure("no method \(typed.symbols[name])")
    }
    let result = signature(function, arguments).result
    return CallResult(register: emitMethodCall(function, arguments, values, at: node), type: result)
  }

  /// A method of the prelude by name.
  mutating func callNamed(_ name: String, on type: TypeID, _ values: [Register], at node: NodeID) -> Register {
    callMethod(typed.symbols.intern(name), on: type, values, at: node).register
  }

  /// Calls a function value with its arguments in registers; leaves the result above what was in use.
  mutating func callValue(_ function: Register, _ values: [Register], _ type: TypeID) -> Register {
    let parameters = typed.types.elements(TypeListID(typed.types[type].a))
    let window = evaluate(values.lazy.map { ValueSource.register($0) }, parameters)
    return finishCall(.call_closure, window, function, row(type).index, TypeID(typed.types[type].b)) ?? .none
  }

  // MARK: Natives

  /// A native that the lowering itself knows.
  mutating func nativeCall(
    _ native: Native, _ values: [Register], _ parameters: [TypeID], _ result: TypeID, at node: NodeID
  ) -> Register {
    let window = evaluate(values.lazy.map { ValueSource.register($0) }, parameters)
    position(node)
    return emitNative(native, window, parameters, result)
  }

  /// The native that carries out a function of the library; nil for one with a body.
  private mutating func native(of function: FunctionID) -> Native? {
    guard let symbol = typed.functions[Int(function.index)].native else { return nil }
    return native(named: symbol)
  }

  mutating func native(named symbol: Symbol) -> Native {
    if let known = natives[symbol] { return known }
    let name = typed.symbols[symbol]
    guard let native = Native(rawValue: name) else { preconditionFailure("no native \(name)") }
    natives[symbol] = native
    return native
  }

  private mutating func emitNative(
    _ native: Native, _ window: CallWindow, _ parameters: [TypeID], _ result: TypeID
  ) -> Register {
    code.emit(
      .native, UInt8(truncatingIfNeeded: window.scalarBase), UInt8(truncatingIfNeeded: window.referenceBase), 0)
    code.word(native.number)
    code.word(functionType(parameters, result).index)
    if result == .never { emit(.unreachable) }
    return resultRegister(window, result)
  }

  /// A native taken as a value: a function that does nothing but call it.
  mutating func lowerNativeWrapper(_ native: Native, _ arrived: [Register], type: TypeIndex) {
    let info = typed.functions[Int(context.function.index)]
    let parameters = concrete(info.parameters)
    let signature = Signature(parameters: parameters, result: context.result)
    if let result = intrinsic(native, arrived.lazy.map { .register($0) }, signature, info.node, into: nil) {
      emitReturn(result)
      return
    }
    let window = CallWindow(scalarBase: 0, referenceBase: 0)
    position(info.node)
    let result = emitNative(native, window, parameters, context.result)
    emitReturn(result)
  }

  /// Natives that are one instruction; nil for the others.
  private mutating func intrinsic(
    _ native: Native, _ sources: some RandomAccessCollection<ValueSource>, _ signature: Signature, _ node: NodeID,
    into target: Register?
  ) -> Register? {
    switch native {
    case .array_len: return unaryIntrinsic(.array_len, sources, signature, into: target)
    case .string_len: return unaryIntrinsic(.string_len, sources, signature, into: target)
    case .f64_sqrt: return unaryIntrinsic(.sqrt_f64, sources, signature, into: target)
    case .f64_abs: return unaryIntrinsic(.abs_f64, sources, signature, into: target)
    case .array_push:
      let mark = mark
      let (array, value) = two(sources)
      position(node)
      emit(pushOpcode(signature.parameters[1]), array, value)
      release(to: mark)
      return Register.none
    default: return nil
    }
  }

  private mutating func unaryIntrinsic(
    _ op: Opcode, _ sources: some RandomAccessCollection<ValueSource>, _ signature: Signature, into target: Register?
  ) -> Register {
    let mark = mark
    let operand = direct(sources.first!)
    release(to: mark)
    let result = target ?? temporary(for: signature.result)
    emit(op, result, operand)
    return result
  }

  /// The value of a source wherever it is.
  private mutating func direct(_ source: ValueSource) -> Register {
    switch source {
    case .node(let node): return expression(node)
    case .register(let register): return register
    case .call, .variadic: preconditionFailure("an intrinsic has no default or variadic parameters")
    }
  }

  private mutating func two(_ sources: some RandomAccessCollection<ValueSource>) -> (Register, Register) {
    let (first, second) = (sources.first!, sources.last!)
    if case .node(let x) = first, case .node(let y) = second { return operands(x, y) }
    return (direct(first), direct(second))
  }
}
