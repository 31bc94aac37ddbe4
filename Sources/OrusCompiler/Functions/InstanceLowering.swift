import OrusBytecode
import OrusDiagnostics
import OrusSyntax
import OrusTypes

extension Lowering {
  /// The type parameters in scope of a function, outermost first.
  mutating func parametersInScope(_ function: FunctionID) -> [ParameterID] {
    guard let parent = typed.functions[Int(function.index)].parent else {
      return typed.functions[Int(function.index)].typeParameters
    }
    return parametersInScope(parent) + typed.functions[Int(function.index)].typeParameters
  }

  /// The function row of a function named in the code being lowered, with its own type arguments. `node` is where
  /// endless growth would be reported.
  mutating func functionIndex(_ function: FunctionID, own arguments: TypeListID, at node: NodeID) -> UInt32 {
    var all = arguments
    if let parent = typed.functions[Int(function.index)].parent {
      let around = typed.types.elements(context.arguments).prefix(parametersInScope(parent).count)
      all = typed.types.intern(around + typed.types.elements(arguments))
    }
    return request(.function, function, all, at: node)
  }

  mutating func request(
    _ kind: Instance.Kind, _ function: FunctionID, _ arguments: TypeListID, at node: NodeID
  ) -> UInt32 {
    let requested = instances.request(kind, of: function, arguments)
    if requested.isNew, listDepth(arguments) > maximumTypeDepth {
      reportEndlessInstantiation(at: node)
      instances.drop()
    }
    return requested.index
  }

  private mutating func depth(of type: TypeID) -> Int {
    let row = typed.types[type]
    switch row.kind {
    case .array, .fixedArray, .range, .set: return 1 + depth(of: TypeID(row.a))
    case .map: return 1 + max(depth(of: TypeID(row.a)), depth(of: TypeID(row.b)))
    case .tuple: return 1 + listDepth(TypeListID(row.a))
    case .function: return 1 + max(listDepth(TypeListID(row.a)), depth(of: TypeID(row.b)))
    case .nominal: return 1 + listDepth(TypeListID(row.b))
    case .error, .never, .void, .bool, .i32, .i64, .u32, .u64, .f64, .string, .any, .parameter, .variable: return 0
    }
  }

  private mutating func listDepth(_ list: TypeListID) -> Int {
    var deepest = 0
    for i in 0..<typed.types.count(list) { deepest = max(deepest, depth(of: typed.types.element(list, i))) }
    return deepest
  }

  /// Lowers one instance; again with spilling prepared, or with tighter limits, where the first try shows the need.
  mutating func lowerInstance(_ index: UInt32) {
    let instance = instances.all[Int(index)]
    var step = 0
    var spills = false
    while true {
      var scoped: [LocalID] = []
      swap(&scoped, &context.scoped)
      context = FunctionContext()
      swap(&scoped, &context.scoped)
      context.function = instance.function
      context.arguments = instance.arguments
      context.limits = RegisterLimits.steps[step]
      context.spills = spills
      let start = code.beginFunction()
      if spills { emit(.spill_enter) }
      var row = lowerKind(instance)
      forgetLocations()
      let needsSpills = context.maxScalarSpills + context.maxReferenceSpills > 0
      if context.overflowed && step + 1 < RegisterLimits.steps.count {
        step += 1
      } else if needsSpills && !spills {
        spills = true
      } else {
        if context.overflowed { reportTooComplex(instance) }
        row.entry = UInt32(start)
        row.length = UInt32(code.endFunction() - start)
        row.scalarRegisters = UInt16(context.maxScalar)
        row.referenceRegisters = UInt16(context.maxReference)
        row.scalarSpills = UInt16(clamping: context.maxScalarSpills)
        row.referenceSpills = UInt16(clamping: context.maxReferenceSpills)
        while program.functions.count <= Int(index) { program.functions.append(FunctionRow(name: 0, type: .void)) }
        program.functions[Int(index)] = row
        return
      }
      code.discardFunction()
      if context.isInitializer { for i in globalLocations.indices { globalLocations[i] = .none } }
    }
  }

  private mutating func lowerKind(_ instance: Instance) -> FunctionRow {
    switch instance.kind {
    case .function: lowerFunction(instance)
    case .parameterDefault(let i): lowerParameterDefault(instance, Int(i))
    case .fieldDefault(let i): lowerFieldDefault(instance, Int(i))
    case .constructor(let i): lowerConstructor(instance, Int(i))
    case .boundMethod: lowerBoundMethod(instance)
    case .droppedResult: lowerDroppedResult(instance)
    case .dynamicMethod(let type): lowerDynamicMethod(instance, on: type)
    case .dynamicField(let i): lowerDynamicField(instance, Int(i))
    case .entry: lowerEntry()
    }
  }

  private mutating func forgetLocations() {
    for local in context.scoped { locations[Int(local.index)] = .none }
    context.scoped.removeAll(keepingCapacity: true)
  }

  private mutating func bind(_ parameters: [ParameterID], _ arguments: TypeListID) {
    for i in 0..<min(parameters.count, typed.types.count(arguments)) {
      bindings[Int(parameters[i].index)] = typed.types.element(arguments, i)
    }
  }

  private mutating func enter(module index: UInt32) {
    if moduleIndex == Int(index) { return }
    module = tables[Int(index)]
    moduleIndex = Int(index)
  }

  mutating func functionType(_ parameters: [TypeID], _ result: TypeID) -> TypeIndex {
    row(typed.types.function(parameters, result))
  }

  // MARK: Functions as written

  private mutating func lowerFunction(_ instance: Instance) -> FunctionRow {
    // The row is large: only what is needed of it is copied.
    let index = Int(instance.function.index)
    let node = typed.functions[index].node
    let isInitializer = typed.functions[index].kind == .initializer
    enter(module: typed.functions[index].module)
    bind(parametersInScope(instance.function), instance.arguments)
    let parameters = concrete(typed.functions[index].parameters)
    context.result = concrete(typed.functions[index].result)
    context.isInitializer = isInitializer
    let type = functionType(parameters, context.result)
    let captured = typed.functions[index].captures
    let captures = captured.isEmpty ? TypeIndex.void : captureRow(captured, function: type)
    let function = FunctionRow(
      name: functionName(instance.function), type: type, captures: captures, source: typed.functions[index].module)

    // Where a limit is met as the function is entered.
    if !isInitializer {
      let name = module.tree.tokenSpan(node)
      code.position(start: name.start, end: name.end)
    }

    // Parameters arrive in the first registers of their windows.
    let window = callWindow(parameters)
    if let native = typed.functions[index].native {
      lowerNativeWrapper(self.native(named: native), registers(window, parameters), type: type)
      return function
    }
    let closure = captured.isEmpty ? Register.none : temporary(.reference)
    var arrived = window.registers
    for (i, local) in typed.functions[index].parameterLocals.enumerated() {
      placeParameter(local, arrived.next(representation(parameters[i])), parameters[i])
    }
    if !captured.isEmpty { loadCaptures(captured, captures, closure) }

    if isInitializer { lowerModule(node) } else { lowerTail(module.tree.function(node).body) }
    return function
  }

  mutating func functionName(_ function: FunctionID) -> UInt32 {
    let index = Int(function.index)
    switch typed.functions[index].kind {
    case .initializer: return strings.intern("<module>", in: typed.symbols)
    case .lambda: return strings.intern("<fn>", in: typed.symbols)
    case .function, .method:
      let name = Symbol(typed.functions[index].name - 1)
      guard let owner = typed.functions[index].owner else { return strings.intern(name, in: typed.symbols) }
      return memberName(owner, name)
    }
  }

  /// `Point.move_by`.
  mutating func memberName(_ owner: TypeID, _ name: Symbol) -> UInt32 {
    let owner =
      typed.types.declaration(owner).map { typed.declarations[Int($0.index)].name }
      ?? typed.symbols.intern(builtinOwnerName(owner))
    return strings.intern(typed.symbols.utf8(owner), member: name, in: typed.symbols)
  }

  private func builtinOwnerName(_ owner: TypeID) -> String {
    switch typed.types.kind(owner) {
    case .array, .fixedArray: return "Array"
    case .map: return "Map"
    case .set: return "Set"
    case .range: return "Range"
    case .function: return "fn"
    case .tuple: return "Tuple"
    default: return typed.typeName(owner)
    }
  }

  private mutating func placeParameter(_ local: LocalID, _ register: Register, _ type: TypeID) {
    if typed.locals[Int(local.index)].needsCell {
      context.scoped.append(local)
      makeCell(local, type)
      assign(local, register)
    } else {
      locations[Int(local.index)] = .register(register)
      context.scoped.append(local)
    }
  }

  // MARK: Captures

  mutating func captureRow(_ captures: [LocalID], function: TypeIndex) -> TypeIndex {
    var elements = [function]
    for local in captures {
      let info = typed.locals[Int(local.index)]
      let type = row(concrete(info.type))
      elements.append(info.needsCell ? structuralRow(TypeRow(.cell, elements: [type])) : type)
    }
    return structuralRow(TypeRow(.closure, elements: elements))
  }

  private mutating func loadCaptures(_ captures: [LocalID], _ row: TypeIndex, _ closure: Register) {
    let layout = Layout(of: program.type(row), in: program.types)
    for (i, local) in captures.enumerated() {
      let info = typed.locals[Int(local.index)]
      let type = concrete(info.type)
      let representation = info.needsCell ? .reference : representation(type)
      guard representation != .none else { continue }
      context.scoped.append(local)
      if hasRoom(for: representation) {
        let register = temporary(representation)
        loadField(layout.words[i], of: closure, into: register)
        locations[Int(local.index)] = info.needsCell ? .cell(register) : .register(register)
      } else {
        let mark = mark
        let register = temporary(representation)
        loadField(layout.words[i], of: closure, into: register)
        let slot = spillSlot(representation)
        store(register, toSlot: slot)
        release(to: mark)
        locations[Int(local.index)] = info.needsCell ? .spilledCell(slot: slot) : .spilled(representation, slot: slot)
      }
    }
  }

  // MARK: Small instances of the compiler's own

  private mutating func lowerParameterDefault(_ instance: Instance, _ i: Int) -> FunctionRow {
    let info = typed.functions[Int(instance.function.index)]
    enter(module: info.module)
    bind(parametersInScope(instance.function), instance.arguments)
    context.result = concrete(info.parameters[i])
    let view = module.tree.function(info.node)
    let parameter = module.tree.list(view.parameters)[i]
    returnValue(of: module.tree.parameter(parameter).defaultValue)
    return FunctionRow(
      name: functionName(instance.function), type: functionType([], context.result), source: info.module)
  }

  private mutating func lowerFieldDefault(_ instance: Instance, _ i: Int) -> FunctionRow {
    let declaration = typed.declarations[Int(instance.function.index)]
    enter(module: declaration.module)
    bind(declaration.typeParameters, instance.arguments)
    context.result = concrete(declaration.fields[i].type)
    returnValue(of: declaration.fields[i].defaultValue)
    let name = strings.intern(declaration.name, in: typed.symbols)
    return FunctionRow(name: name, type: functionType([], context.result), source: declaration.module)
  }

  private mutating func lowerConstructor(_ instance: Instance, _ variant: Int) -> FunctionRow {
    let declaration = typed.declarations[Int(instance.function.index)]
    let id = DeclarationID(instance.function.index)
    let type = typed.types.nominal(id, instance.arguments)
    let payload = payloadTypes(type, variant)
    let arrived = payload.map { temporary(for: $0) }
    let result = buildVariant(type, variant, arrived, into: nil)
    emitReturn(result)
    let name = strings.intern(declaration.variants[variant].name, in: typed.symbols)
    return FunctionRow(name: name, type: functionType(payload, type), source: declaration.module)
  }

  /// `p.move_by` as a value: a closure that holds `p` and passes it on.
  private mutating func lowerBoundMethod(_ instance: Instance) -> FunctionRow {
    let info = typed.functions[Int(instance.function.index)]
    bind(parametersInScope(instance.function), instance.arguments)
    let parameters = concrete(info.parameters)
    context.result = concrete(info.result)
    let type = functionType(Array(parameters.dropFirst()), context.result)
    let captures = structuralRow(TypeRow(.closure, elements: [type, row(parameters[0])]))
    let arrived = parameters.dropFirst().map { temporary(for: $0) }
    let closure = temporary(.reference)
    let window = callWindow(parameters)
    let word = Layout(of: program.type(captures), in: program.types).words[0]
    let targets = registers(window, parameters)
    loadField(word, of: closure, into: targets[0])
    for (source, target) in zip(arrived, targets.dropFirst()) { move(source, to: target) }
    let target = instances.request(.function, of: instance.function, instance.arguments).index
    emitTailCall(info, target, window)
    return FunctionRow(name: functionName(instance.function), type: type, captures: captures, source: info.module)
  }

  private mutating func lowerDroppedResult(_ instance: Instance) -> FunctionRow {
    let held = typed.types.element(instance.arguments, 0)
    let parameters = typed.types.elements(TypeListID(typed.types[held].a))
    context.result = .void
    let type = functionType(parameters, .void)
    let captures = structuralRow(TypeRow(.closure, elements: [type, row(held)]))
    let arrived = parameters.map { temporary(for: $0) }
    let closure = temporary(.reference)
    let function = temporary(.reference)
    let word = Layout(of: program.type(captures), in: program.types).words[0]
    loadField(word, of: closure, into: function)
    _ = callValue(function, arrived, held)
    emitReturn(.none)
    return FunctionRow(name: strings.intern("<fn>", in: typed.symbols), type: type, captures: captures)
  }

  /// Initialises the modules in order, then calls `main`.
  private mutating func lowerEntry() -> FunctionRow {
    let arguments = temporary(.reference)
    for i in typed.modules.indices {
      let initializer = typed.modules[i].initializer
      guard typed.functions[Int(initializer.index)].kind == .initializer, needsInitializer(i) else { continue }
      let target = instances.request(.function, of: initializer, .empty).index
      callWithoutArguments(target)
    }
    let exitCode = Register.scalar(0)
    context.maxScalar = max(context.maxScalar, 1)
    if let main = typed.main {
      let info = typed.functions[Int(main.index)]
      let target = instances.request(.function, of: main, .empty).index
      let base = context.nextReference
      if !info.parameters.isEmpty { move(arguments, to: temporary(.reference)) }
      code.emit(.call, 0, UInt8(base), 0)
      code.word(target)
      if info.result == .i32 {
        emit(.ret_s, exitCode)
        return entryRow()
      }
    }
    constant(0, .i32, into: exitCode)
    emit(.ret_s, exitCode)
    return entryRow()
  }

  private mutating func entryRow() -> FunctionRow {
    let type = functionType([typed.types.array(.string)], .i32)
    return FunctionRow(
      name: strings.intern("<entry>", in: typed.symbols), type: type, source: UInt32(typed.modules.count - 1))
  }

  /// Constants may be of arrays and tuples, which are built there.
  private func needsInitializer(_ module: Int) -> Bool {
    let tree = typed.modules[module].tree
    return tree.list(tree[tree.root].a).contains { item in
      let kind = tree.kind(item)
      return !kind.isDeclaration || kind == .constStatement
    }
  }
}

/// Type arguments nested deeper than this are taken for polymorphic recursion that never ends.
private let maximumTypeDepth = 64
