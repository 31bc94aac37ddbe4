import OrusSyntax

/// What the inner part of a chain stands for, before it is known what is done
/// with it: a path of modules and types has no value of its own, and a function
/// that is called is treated otherwise than one that is taken as a value.
enum Meaning {
  case value(TypeID)
  case module(Int)
  case type(TypeHead)
  case function(FunctionID, explicit: [TypeID], owner: TypeID?)
  /// A variant of an enum, with the type arguments that were written.
  case variant(DeclarationID, UInt32, explicit: [TypeID])
  case builtin(BuiltinForm)
  case freeMethod(Symbol)
  /// `base.name` about to be called.
  case member(base: TypeID, field: NodeID, explicit: [TypeID])
  /// Something is wrong with it; reported.
  case error
}

/// A type where an expression begins.
enum TypeHead {
  /// A struct or enum, with the arguments that were written.
  case declaration(DeclarationID, [TypeID])
  /// Map, Set or Range.
  case collection(TypeKind, [TypeID])
  case whole(TypeID)
}

extension Checker {
  /// Nodes whose first operand is evaluated first, and may be as deep as the source is long.
  private func isSpine(_ kind: NodeKind) -> Bool {
    switch kind {
    case .binary, .logicalAnd, .logicalOr, .call, .index, .field, .tupleField, .propagate, .cast, .typeTest, .matches,
      .instantiation: true
    default: false
    }
  }

  mutating func inferSpine(_ node: NodeID, _ hint: TypeID?) -> TypeID {
    if tree.kind(node) == .name {
      let symbol = Symbol(tree[node].a)
      if let entity = scopes.lookUp(symbol), entity.kind == .local { return useLocal(LocalID(entity.index), at: node) }
    }
    let base = spine.count
    var leaf = node
    var leafHint = hint
    while isSpine(tree.kind(leaf)) {
      spine.append(leaf)
      if !passesHint(leaf) { leafHint = nil }
      leaf = NodeID(tree[leaf].a)
    }
    var meaning = meaning(ofLeaf: leaf, hint: leafHint)
    var at = leaf
    while spine.count > base {
      let next = spine.removeLast()
      let isOutermost = spine.count == base
      meaning = finish(next, at, meaning, isCalled: isCalled(above: base), hint: isOutermost ? hint : nil)
      at = next
    }
    return value(of: meaning, node, hint)
  }

  /// Arithmetic hands on to its operands what its context would like.
  private func passesHint(_ node: NodeID) -> Bool {
    guard tree.kind(node) == .binary else { return false }
    return BinaryOperator(rawValue: tree[node].detail)!.isArithmetic
  }

  /// What is left of the spine begins with a call of what was taken off it.
  private mutating func isCalled(above base: Int) -> Bool {
    let rest = spine.count - base
    guard rest > 0 else { return false }
    let outer = tree.kind(spine[spine.count - 1])
    return outer == .call || outer == .instantiation && rest > 1 && tree.kind(spine[spine.count - 2]) == .call
  }

  private mutating func meaning(ofLeaf node: NodeID, hint: TypeID?) -> Meaning {
    switch tree.kind(node) {
    case .name: return meaning(ofName: node)
    case .typeExpression:
      let type = resolveType(NodeID(tree[node].a))
      setType(node, type)
      setUse(node, Use(.type))
      return type == .error ? .error : .type(.whole(type))
    default:
      return .value(infer(node, hint: hint))
    }
  }

  /// One step outwards: `inner` is the node's first operand.
  private mutating func finish(
    _ node: NodeID, _ inner: NodeID, _ meaning: Meaning, isCalled: Bool, hint: TypeID?
  ) -> Meaning {
    let row = tree[node]
    switch row.kind {
    case .instantiation: return instantiated(node, meaning)
    case .field: return member(node, inner, meaning, isCalled: isCalled)
    case .call: return .value(record(node, inferCall(node, inner, meaning, hint)))
    default: break
    }
    let base = value(of: meaning, inner, nil)
    let type: TypeID
    switch row.kind {
    case .binary: type = inferBinary(node, base, hint)
    case .logicalAnd, .logicalOr:
      _ = coerce(inner, base, to: .bool, reason(.operand, node))
      check(NodeID(row.b), .bool, reason(.operand, node))
      type = .bool
    case .index: type = inferIndex(node, base)
    case .tupleField: type = inferTupleField(node, base)
    case .propagate: type = inferPropagate(node, base)
    case .cast: type = inferCast(node, base)
    case .typeTest:
      requireValue(base, inner)
      _ = resolveType(NodeID(row.b))
      type = .bool
    case .matches:
      let scope = scopes.enter()
      requireValue(base, inner)
      scrutinee = inner
      checkPattern(NodeID(row.b), base, .test)
      scopes.leave(scope)
      type = .bool
    default: type = .error
    }
    return .value(record(node, type))
  }

  private mutating func record(_ node: NodeID, _ type: TypeID) -> TypeID {
    setType(node, type)
    return type
  }

  mutating func requireValue(_ type: TypeID, _ node: NodeID) {
    if shallow(type) == .void { report(TypeMessage.noValue(span(node))) }
  }

  // MARK: Meanings

  private mutating func meaning(ofName node: NodeID) -> Meaning {
    let symbol = Symbol(tree[node].a)
    guard let entity = lookUp(symbol) else {
      reportUnknown(symbol, at: span(node))
      return .error
    }
    return meaning(of: entity, at: node)
  }

  /// What an entity stands for at a name or at the last part of a path.
  mutating func meaning(of entity: Entity, at node: NodeID) -> Meaning {
    switch entity.kind {
    case .error: return .error
    case .local: return .value(useLocal(LocalID(entity.index), at: node))
    case .function: return .function(FunctionID(entity.index), explicit: [], owner: nil)
    case .global: return .value(useGlobal(entity.index, at: node))
    case .constant: return .value(useConstant(entity.index, at: node))
    case .declaration:
      setUse(node, Use(.type))
      return .type(.declaration(DeclarationID(entity.index), []))
    case .module:
      setUse(node, Use(.module, entity.index))
      return .module(Int(entity.index))
    case .variant: return .variant(DeclarationID(entity.index), entity.extra, explicit: [])
    case .builtin: return .builtin(BuiltinForm(rawValue: entity.index)!)
    case .freeMethod: return .freeMethod(Symbol(entity.index))
    case .primitive:
      setUse(node, Use(.type))
      return .type(.whole(TypeID(entity.index)))
    case .collection:
      setUse(node, Use(.type))
      return .type(.collection(TypeKind(rawValue: UInt8(entity.index))!, []))
    case .typeParameter:
      setUse(node, Use(.type))
      return .type(.whole(program.types.parameter(ParameterID(entity.index))))
    }
  }

  /// `f<A, B>`, `Box<i32>`.
  private mutating func instantiated(_ node: NodeID, _ meaning: Meaning) -> Meaning {
    var arguments: [TypeID] = []
    for argument in tree.list(tree[node].b) { arguments.append(resolveType(argument)) }
    switch meaning {
    case .function(let id, _, let owner):
      let expected = ownParameterCount(id)
      guard arguments.count == expected else {
        report(TypeMessage.typeArgumentCount(span(node), expected: expected, found: arguments.count))
        return .error
      }
      return .function(id, explicit: arguments, owner: owner)
    case .type(.declaration(let id, _)):
      let expected = program.declarations[Int(id.index)].typeParameters.count
      guard arguments.count == expected else {
        report(TypeMessage.typeArgumentCount(span(node), expected: expected, found: arguments.count))
        return .error
      }
      requireConstraints(of: id, arguments, at: node)
      return .type(.declaration(id, arguments))
    case .type(.collection(let kind, _)):
      let expected = kind == .map ? 2 : 1
      guard arguments.count == expected else {
        report(TypeMessage.typeArgumentCount(span(node), expected: expected, found: arguments.count))
        return .error
      }
      return .type(.collection(kind, arguments))
    case .variant(let id, let variant, _):
      let expected = program.declarations[Int(id.index)].typeParameters.count
      guard arguments.count == expected else {
        report(TypeMessage.typeArgumentCount(span(node), expected: expected, found: arguments.count))
        return .error
      }
      return .variant(id, variant, explicit: arguments)
    case .member(let base, let field, _): return .member(base: base, field: field, explicit: arguments)
    case .error: return .error
    case .value, .module, .type, .builtin, .freeMethod:
      report(TypeMessage.typeArgumentCount(span(node), expected: 0, found: arguments.count))
      return .error
    }
  }

  /// Explicit type arguments are for a function's own parameters.
  private mutating func ownParameterCount(_ id: FunctionID) -> Int {
    let state = states[Int(id.index)]
    return program.functions[Int(id.index)].typeParameters.count - state.inferredParameters - state.ownerParameters
  }

  private mutating func requireConstraints(of id: DeclarationID, _ arguments: [TypeID], at node: NodeID) {
    let declaration = program.declarations[Int(id.index)]
    require(
      ParameterBindings(parameters: declaration.typeParameters, types: arguments), at: node, of: declaration.name)
  }

  // MARK: Values

  /// The type of what a chain stands for as a value.
  mutating func value(of meaning: Meaning, _ node: NodeID, _ hint: TypeID?) -> TypeID {
    let type: TypeID
    switch meaning {
    case .value(let known): return known
    case .error: type = .error
    case .module(let index):
      report(TypeMessage.moduleAsValue(inputs[index].name, at: span(node)))
      type = .error
    case .type(let head):
      report(TypeMessage.typeAsValue(name(of: head), at: span(node)))
      type = .error
    case .function(let id, let explicit, let owner):
      let instance = useFunction(id, at: node, explicit: explicit, owner: owner)
      type = program.types.function(instance.parameters, instance.result)
    case .variant(let id, let variant, let explicit):
      type = variantValue(id, variant, explicit, at: node, hint)
    case .builtin(let form):
      report(TypeMessage.builtinAsValue(form.name, at: span(node)))
      type = .error
    case .freeMethod(let symbol):
      report(TypeMessage.builtinAsValue(text(symbol), at: span(node)))
      type = .error
    case .member(let base, let field, let explicit):
      type = memberValue(field, base, explicit)
    }
    setType(node, type)
    return type
  }

  func name(of head: TypeHead) -> String {
    switch head {
    case .declaration(let id, _): text(program.declarations[Int(id.index)].name)
    case .collection(let kind, _): kind == .map ? "Map" : kind == .set ? "Set" : "Range"
    case .whole(let type): program.typeName(type)
    }
  }

  /// The type at a path's head, with fresh variables for arguments that are not written.
  mutating func type(of head: TypeHead) -> TypeID {
    switch head {
    case .declaration(let id, let arguments): return instantiate(id, explicit: arguments).type
    case .collection(let kind, let arguments):
      let first = arguments.first ?? newVariable()
      switch kind {
      case .map: return program.types.map(first, arguments.count > 1 ? arguments[1] : newVariable())
      case .set: return program.types.set(first)
      default: return program.types.range(first)
      }
    case .whole(let type): return type
    }
  }
}

extension BinaryOperator {
  /// Gives a value of its (left) operand's type.
  var isArithmetic: Bool {
    switch self {
    case .multiply, .divide, .remainder, .wrappingMultiply, .add, .subtract, .wrappingAdd, .wrappingSubtract,
      .shiftLeft, .shiftRight, .bitAnd, .bitXor, .bitOr: true
    case .equal, .notEqual, .less, .lessEqual, .greater, .greaterEqual, .contains, .notContains: false
    }
  }

  /// As it is written.
  var spelling: String {
    switch self {
    case .multiply: "*"
    case .divide: "/"
    case .remainder: "%"
    case .wrappingMultiply: "&*"
    case .add: "+"
    case .subtract: "-"
    case .wrappingAdd: "&+"
    case .wrappingSubtract: "&-"
    case .shiftLeft: "<<"
    case .shiftRight: ">>"
    case .bitAnd: "&"
    case .bitXor: "^"
    case .bitOr: "|"
    case .equal: "=="
    case .notEqual: "!="
    case .less: "<"
    case .lessEqual: "<="
    case .greater: ">"
    case .greaterEqual: ">="
    case .contains: "in"
    case .notContains: "not in"
    }
  }
}
