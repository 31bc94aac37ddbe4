import OrusBytecode
import OrusSyntax
import OrusTypes

/// Objects with more parts than this are made from spill slots.
private let maximumRegisterParts = 100

/// Structs, tuples, enum variants and options: objects made in one instruction
/// from consecutive registers.
extension Lowering {
  /// A new object of the type row from its parts, in order of declaration.
  private mutating func emitNew(_ index: TypeIndex, _ window: CallWindow, into target: Register) {
    code.emit(
      .new, target.index, UInt8(truncatingIfNeeded: window.scalarBase),
      UInt8(truncatingIfNeeded: window.referenceBase))
    code.word(index.index)
  }

  /// Evaluates the parts and makes the object. Where the parts do not fit the registers, a part at a time goes through
  /// a spill slot; see Arguments.swift.
  private mutating func construct(
    _ index: TypeIndex, _ sources: some RandomAccessCollection<ValueSource>, _ types: [TypeID], order: [Int]?,
    into target: Register?
  ) -> Register {
    let mark = mark
    if types.count > maximumRegisterParts { return constructSpilled(index, Array(sources), types, order, into: target) }
    let window = order == nil ? evaluate(sources, types) : evaluate(Array(sources), types, order: order)
    release(to: mark)
    let result = target ?? temporary(.reference)
    emitNew(index, window, into: result)
    return result
  }

  /// An object with more parts than the windows hold: each part waits in a spill slot.
  private mutating func constructSpilled(
    _ index: TypeIndex, _ sources: [ValueSource], _ types: [TypeID], _ order: [Int]?, into target: Register?
  ) -> Register {
    let spills = (context.scalarSpills, context.referenceSpills)
    storeInSlots(sources, types, order: order)
    let result = target ?? temporary(.reference)
    emit(.new_spilled, result, index.index)
    code.word(UInt32(spills.0))
    code.word(UInt32(spills.1))
    (context.scalarSpills, context.referenceSpills) = spills
    return result
  }

  mutating func lowerTuple(_ node: NodeID, into target: Register?) -> Register {
    let elements = module.tree.list(module.tree[node].a)
    let type = row(type(node))
    return construct(
      type, elements.lazy.map { ValueSource.node($0) }, elements.map { adjustedType($0) }, order: nil, into: target)
  }

  mutating func lowerStruct(_ node: NodeID, into target: Register?) -> Register {
    let tree = module.tree
    let type = type(node)
    let index = row(type)
    let types = fieldTypes(type)
    let initializers = tree.list(tree[node].b)
    var isInOrder = initializers.count == types.count
    for (i, initializer) in initializers.enumerated() where Int(module.use(initializer).index) != i {
      isInOrder = false
    }
    if isInOrder {
      return construct(
        index, initializers.lazy.map { ValueSource.node(NodeID(tree[$0].b)) }, types, order: nil, into: target)
    }
    var sources: [ValueSource?] = Array(few: nil, count: types.count)
    var order: [Int] = []
    for initializer in initializers {
      let field = Int(module.use(initializer).index)
      sources[field] = .node(NodeID(tree[initializer].b))
      order.append(field)
    }
    let declaration = FunctionID(typed.types.declaration(type)!.index)
    for field in types.indices where sources[field] == nil {
      sources[field] = .call(
        request(.fieldDefault(UInt32(field)), declaration, typed.types.arguments(type), at: node))
      order.append(field)
    }
    return construct(
      index, sources.map { $0! }, types, order: order == Array(order.indices) ? nil : order, into: target)
  }

  /// The types of a struct's fields, concrete.
  mutating func fieldTypes(_ type: TypeID) -> [TypeID] {
    let key = UInt64(type.index) << 32 | UInt64(UInt32.max)
    if let known = partTypes[key] { return known }
    let declaration = typed.declarations[Int(typed.types.declaration(type)!.index)]
    let types = declaration.fields.map { instantiate($0.type, declaration, type) }
    partTypes[key] = types
    return types
  }

  /// A part's type with the type arguments of its owner put in.
  private mutating func instantiate(_ part: TypeID, _ declaration: Declaration, _ owner: TypeID) -> TypeID {
    guard !declaration.typeParameters.isEmpty else { return part }
    let arguments = typed.types.elements(typed.types.arguments(owner))
    return typed.types.substitute(part) { leaf in
      declaration.typeParameters.firstIndex { $0.index == leaf.a }.map { arguments[$0] }
    }
  }

  // MARK: Enums

  mutating func payloadTypes(_ type: TypeID, _ variant: Int) -> [TypeID] {
    let key = UInt64(type.index) << 32 | UInt64(variant)
    if let known = partTypes[key] { return known }
    let declaration = typed.declarations[Int(typed.types.declaration(type)!.index)]
    let types = declaration.variants[variant].payload.map { instantiate($0.type, declaration, type) }
    partTypes[key] = types
    return types
  }

  func isOption(_ type: TypeID) -> Bool { typed.types.declaration(type) == typed.known.option }

  /// The row of a variant's objects.
  mutating func variantRow(_ type: TypeID, _ variant: Int) -> TypeIndex {
    TypeIndex(row(type).index + 1 + UInt32(variant))
  }

  /// The number of `Some` and `None` in the prelude's declaration of `Option`.
  var someVariant: Int { variantNumber(typed.known.option, hasPayload: true) }

  private func variantNumber(_ id: DeclarationID, hasPayload: Bool) -> Int {
    typed.declarations[Int(id.index)].variants.firstIndex { $0.payload.isEmpty != hasPayload } ?? 0
  }

  /// A variant from its payload in registers, which are consecutive where there is more than one of a window.
  mutating func buildVariant(
    _ type: TypeID, _ variant: Int, _ payload: [Register], into target: Register?
  ) -> Register {
    if isOption(type) {
      let result = target ?? temporary(.reference)
      if variant != someVariant {
        emit(.const_null, result, row(type).index)
        return result
      }
      let inner = typed.types.element(typed.types.arguments(type), 0)
      return buildSome(inner, payload[0], into: result)
    }
    if representation(type) == .scalar {
      let result = target ?? temporary(.scalar)
      code.emit(
        .const_tag, result.index, UInt8(truncatingIfNeeded: variant), UInt8(truncatingIfNeeded: variant >> 8))
      code.word(row(type).index)
      return result
    }
    let result = target ?? temporary(.reference)
    let firstScalar = payload.first { $0.representation == .scalar } ?? .none
    let firstReference = payload.first { $0.representation == .reference } ?? .none
    emit(.new, result, firstScalar, firstReference, variantRow(type, variant).index)
    return result
  }

  /// Whether `Some` of this type needs an object around the value.
  mutating func needsBox(_ type: TypeID) -> Bool { representation(type) != .reference || isOption(type) }

  /// `Some(value)`; the target is given, or the value itself will do.
  mutating func buildSome(_ type: TypeID, _ value: Register, into target: Register?) -> Register {
    guard needsBox(type) else {
      guard let target else { return value }
      move(value, to: target)
      return target
    }
    let result = target ?? temporary(.reference)
    let option = typed.types.nominal(typed.known.option, [type])
    emit(
      .new, result, value.representation == .scalar ? value : .none,
      value.representation == .reference ? value : .none, row(option).index)
    return result
  }

  /// What is inside an option that is not `None`.
  mutating func unwrapped(_ option: Register, _ type: TypeID) -> Register {
    let inner = typed.types.element(typed.types.arguments(type), 0)
    guard needsBox(inner) else { return option }
    let result = temporary(for: inner)
    loadField(0, of: option, into: result)
    return result
  }

  /// `Some(x)`, `Shape.Rect(w, h)`, also with names.
  mutating func constructorCall(_ node: NodeID, _ variant: Int, into target: Register?) -> Register {
    let tree = module.tree
    let type = type(node)
    let payload = payloadTypes(type, variant)
    let mark = mark
    let window: CallWindow
    if let plan = typed.modules[moduleIndex].plans[node] {
      let values = plan.compactMap { entry -> NodeID? in if case .value(let value) = entry { value } else { nil } }
      let order = values.indices.sorted { values[$0].index < values[$1].index }
      window = evaluate(values.map { .node($0) }, payload, order: order)
    } else {
      window = evaluate(WrittenValues(receiver: nil, given: tree.list(tree[node].b)), payload)
    }
    release(to: mark)
    return buildVariant(type, variant, registers(window, payload), into: target)
  }
}
