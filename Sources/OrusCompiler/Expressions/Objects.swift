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
    _ index: TypeIndex, _ sources: [ValueSource], _ types: [TypeID], order: [Int]?, into target: Register?
  ) -> Register {
    let mark = mark
    if types.count > maximumRegisterParts { return constructSpilled(index, sources, types, order, into: target) }
    let window = evaluate(sources, types, order: order)
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
    let elements = Array(module.tree.list(module.tree[node].a))
    let type = row(type(node))
    return construct(
      type, elements.map { .node($0) }, elements.map { adjustedType($0) }, order: nil, into: target)
  }

  mutating func lowerStruct(_ node: NodeID, into target: Register?) -> Register {
    let tree = module.tree
    let type = type(node)
    let index = row(type)
    let declarationID = typed.types.declaration(type)!
    let declaration = typed.declarations[Int(declarationID.index)]
    let arguments = typed.types.elements(typed.types.arguments(type))
    var sources: [ValueSource?] = Array(repeating: nil, count: declaration.fields.count)
    var order: [Int] = []
    for initializer in tree.list(tree[node].b) {
      let field = Int(module.use(initializer).index)
      sources[field] = .node(NodeID(tree[initializer].b))
      order.append(field)
    }
    for field in declaration.fields.indices where sources[field] == nil {
      let function = FunctionID(declarationID.index)
      sources[field] = .call(request(.fieldDefault(UInt32(field)), function, arguments, at: node))
      order.append(field)
    }
    let types = fieldTypes(type)
    return construct(
      index, sources.map { $0! }, types, order: order == Array(order.indices) ? nil : order, into: target)
  }

  /// The types of a struct's fields, concrete.
  mutating func fieldTypes(_ type: TypeID) -> [TypeID] {
    let declaration = typed.declarations[Int(typed.types.declaration(type)!.index)]
    return declaration.fields.map { instantiate($0.type, declaration, type) }
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
    let declaration = typed.declarations[Int(typed.types.declaration(type)!.index)]
    return declaration.variants[variant].payload.map { instantiate($0.type, declaration, type) }
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
    let given = Array(tree.list(tree[node].b))
    let payload = payloadTypes(type, variant)
    var sources: [ValueSource?] = Array(repeating: nil, count: payload.count)
    var order: [Int] = []
    if let plan = typed.modules[moduleIndex].plans[node] {
      var written: [(UInt32, Int)] = []
      for (i, entry) in plan.enumerated() {
        guard case .value(let value) = entry else { continue }
        sources[i] = .node(value)
        written.append((value.index, i))
      }
      order = written.sorted { $0.0 < $1.0 }.map(\.1)
    } else {
      for (i, argument) in given.enumerated() where i < payload.count {
        sources[i] = .node(argument)
        order.append(i)
      }
    }
    let mark = mark
    let window = evaluate(
      sources.compactMap { $0 }, payload, order: order == Array(order.indices) ? nil : order)
    release(to: mark)
    return buildVariant(type, variant, window.registers, into: target ?? nil)
  }
}
