import OrusDiagnostics
import OrusSyntax

/// Tuples, structs and variants.
extension Checker {
  mutating func inferTuple(_ node: NodeID, _ hint: TypeID?) -> TypeID {
    let parts = tree.list(tree[node].a)
    if parts.isEmpty { return .void }
    var wanted: [TypeID] = []
    if let hint {
      var target = shallow(hint)
      if let element = optionElement(target) { target = shallow(element) }
      if program.types.kind(target) == .tuple { wanted = elements(program.types[target].a) }
    }
    var types: [TypeID] = []
    for (i, part) in parts.enumerated() {
      if wanted.count == parts.count {
        types.append(check(part, wanted[i], reason(.element, .none)))
      } else {
        types.append(inferValue(part))
      }
    }
    return types.count == 1 ? types[0] : program.types.tuple(types)
  }

  // MARK: Structs

  mutating func inferStruct(_ node: NodeID, _ hint: TypeID?) -> TypeID {
    let initializers = tree.list(tree[node].b)
    guard let (id, explicit) = structOf(NodeID(tree[node].a)) else {
      for initializer in initializers where tree.kind(initializer) == .fieldInitializer {
        _ = infer(NodeID(tree[initializer].b))
      }
      return .error
    }
    let declaration = program.declarations[Int(id.index)]
    let (type, bindings) = instantiate(id, explicit: explicit)
    require(bindings, at: NodeID(tree[node].a), of: declaration.name)
    suggest(type, hint)
    var sites = Array(few: NodeID.none, count: declaration.fields.count)
    for initializer in initializers where tree.kind(initializer) == .fieldInitializer {
      let symbol = Symbol(tree[initializer].a)
      let value = NodeID(tree[initializer].b)
      guard let i = declaration.fields.firstIndex(where: { $0.name == symbol }) else {
        report(
          TypeMessage.unknownMember(
            text(symbol), at: tokenSpan(initializer), type: name(type), isCall: false,
            nearest: nearestName(text(symbol), among: declaration.fields.map { text($0.name) })))
        _ = infer(value)
        continue
      }
      let field = declaration.fields[i]
      if !sites[i].isNone {
        report(TypeMessage.duplicate(text(symbol), at: tokenSpan(initializer), first: tokenSpan(sites[i])))
        _ = infer(value)
        continue
      }
      sites[i] = initializer
      if !field.isPublic, Int(declaration.module) != currentIndex {
        report(TypeMessage.privateField(text(symbol), at: tokenSpan(initializer), type: name(type)))
      }
      setUse(initializer, Use(.structField, UInt32(i)))
      check(value, substitute(field.type, bindings), fieldReason(declaration, i))
    }
    let missing = declaration.fields.indices.filter { sites[$0].isNone && declaration.fields[$0].defaultValue.isNone }
    if !missing.isEmpty {
      report(
        TypeMessage.missingFields(
          missing.map { text(declaration.fields[$0].name) }, type: text(declaration.name),
          at: span(NodeID(tree[node].a))))
      poison(type)
    }
    return type
  }

  /// The declaration of the field, as the cause of a mismatch.
  private mutating func fieldReason(_ declaration: Declaration, _ field: Int) -> Reason {
    guard !inputs[Int(declaration.module)].isLibrary else { return .none }
    let home = trees[Int(declaration.module)]
    let nodes = home.list(home.structure(declaration.node).fields)
    let named = nodes.first { Symbol(home[$0].a) == declaration.fields[field].name }
    return Reason(kind: .field, module: Int32(declaration.module), node: named ?? .none)
  }

  /// The struct that a path names; anything else is reported.
  private mutating func structOf(_ path: NodeID) -> (DeclarationID, [TypeID])? {
    var node = path
    var explicit: [TypeID] = []
    if tree.kind(path) == .instantiation {
      node = NodeID(tree[path].a)
      for argument in tree.list(tree[path].b) { explicit.append(resolveType(argument)) }
    }
    guard let entity = resolvePath(node, asType: true) else { return nil }
    guard entity.kind == .declaration, program.declarations[Int(entity.index)].kind == .structure else {
      if entity.kind != .error {
        report(TypeMessage.notAStruct(pathText(node), at: span(node), isVariant: entity.kind == .variant))
      }
      return nil
    }
    let id = DeclarationID(entity.index)
    setUse(node, Use(.type))
    let expected = program.declarations[Int(id.index)].typeParameters.count
    guard explicit.isEmpty || explicit.count == expected else {
      report(TypeMessage.typeArgumentCount(span(path), expected: expected, found: explicit.count))
      return nil
    }
    return (id, explicit)
  }

  /// What a dotted path names, its module prefix recorded; what does not exist is reported.
  mutating func resolvePath(_ node: NodeID, asType: Bool) -> Entity? {
    let row = tree[node]
    switch row.kind {
    case .name:
      guard let entity = lookUp(Symbol(row.a)) else {
        if asType {
          reportUnknownType(Symbol(row.a), at: span(node))
        } else {
          reportUnknown(Symbol(row.a), at: span(node))
        }
        return nil
      }
      return entity
    case .field:
      guard let base = resolvePath(NodeID(row.a), asType: asType) else { return nil }
      switch base.kind {
      case .module:
        setUse(NodeID(row.a), Use(.module, base.index))
        return lookUpMember(Symbol(row.b), of: Int(base.index), at: tokenSpan(node))
      case .declaration:
        let declaration = program.declarations[Int(base.index)]
        guard let i = declaration.variants.firstIndex(where: { $0.name == Symbol(row.b) }) else {
          let names = declaration.variants.map { text($0.name) }
          report(
            TypeMessage.unknownVariant(
              text(Symbol(row.b)), at: tokenSpan(node), type: text(declaration.name),
              nearest: nearestName(text(Symbol(row.b)), among: names)))
          return nil
        }
        return Entity(.variant, base.index, extra: UInt32(i))
      case .primitive:
        setUse(NodeID(row.a), Use(.type))
        return Entity(.error)
      case .error: return base
      default:
        report(TypeMessage.notAType(text(Symbol(row.b)), at: span(node)))
        return nil
      }
    default: return nil
    }
  }

  func pathText(_ node: NodeID) -> String {
    tree.kind(node) == .field
      ? pathText(NodeID(tree[node].a)) + "." + text(Symbol(tree[node].b)) : text(Symbol(tree[node].a))
  }

  // MARK: Variants

  /// `Some(x)`, `Shape.Rect(w: 1.0, h: 2.0)`.
  mutating func construct(
    _ call: NodeID, _ callee: NodeID, _ id: DeclarationID, _ variant: UInt32, _ explicit: [TypeID], _ hint: TypeID?
  ) -> TypeID {
    let declaration = program.declarations[Int(id.index)]
    let info = declaration.variants[Int(variant)]
    let (type, bindings) = instantiate(id, explicit: explicit)
    require(bindings, at: callee, of: declaration.name)
    suggest(type, hint)
    setUse(callee, Use(.variant, variant))
    var values: [NodeID?] = Array(few: nil, count: info.payload.count)
    var usesNames = false
    var isWrong = false
    for (i, argument) in tree.list(tree[call].b).enumerated() {
      switch tree.kind(argument) {
      case .namedArgument:
        let symbol = Symbol(tree[argument].a)
        usesNames = true
        guard let at = info.payload.firstIndex(where: { $0.name == symbol }) else {
          report(
            TypeMessage.unknownArgument(
              text(symbol), at: tokenSpan(argument), function: text(info.name),
              nearest: nearestName(text(symbol), among: info.payload.compactMap { $0.name.map { text($0) } })))
          isWrong = true
          continue
        }
        if values[at] != nil {
          report(TypeMessage.argumentTwice(text(symbol), at: tokenSpan(argument)))
          isWrong = true
          continue
        }
        values[at] = NodeID(tree[argument].b)
      case .spreadArgument:
        report(TypeMessage.spreadMisplaced(span(argument)))
        isWrong = true
      default:
        if usesNames, !isWrong {
          report(TypeMessage.positionalBehindNamed(span(argument)))
          isWrong = true
        } else if i < values.count {
          values[i] = argument
        }
      }
    }
    let given = tree.list(tree[call].b).count
    if !isWrong, given == 0, values.count == 1 {
      // `Ok()`, and what else holds nothing.
      let payload = substitute(info.payload[0].type, bindings)
      if id == program.known.result || kind(payload) == .void, unify(payload, .void) { return type }
    }
    if !isWrong, given != values.count || values.contains(where: { $0 == nil }) {
      report(
        TypeMessage.payloadCount(
          span(call), variant: text(info.name), expected: values.count, found: given, isPattern: false))
      isWrong = true
    }
    if isWrong {
      absorbArguments(call)
      poison(type)
      return resolve(type)
    }
    for (i, value) in values.enumerated() {
      check(value!, substitute(info.payload[i].type, bindings), reason(.payload, .none))
    }
    if usesNames { current.plans[call] = values.map { .value($0!) } }
    return type
  }

  /// A variant that is not called: a value where it has no payload, a function where it has one.
  mutating func variantValue(
    _ id: DeclarationID, _ variant: UInt32, _ explicit: [TypeID], at node: NodeID, _ hint: TypeID?
  ) -> TypeID {
    let declaration = program.declarations[Int(id.index)]
    let info = declaration.variants[Int(variant)]
    let (type, bindings) = instantiate(id, explicit: explicit)
    require(bindings, at: node, of: declaration.name)
    setUse(node, Use(.variant, variant))
    if info.payload.isEmpty {
      suggest(type, hint)
      return type
    }
    var parameters: [TypeID] = []
    for part in info.payload { parameters.append(substitute(part.type, bindings)) }
    return program.types.function(parameters, type)
  }
}
