import OrusDiagnostics
import OrusSyntax

/// What stands behind a dot.
extension Checker {
  /// `inner.name`, where the inner part is what `meaning` says.
  mutating func member(_ node: NodeID, _ inner: NodeID, _ meaning: Meaning, isCalled: Bool) -> Meaning {
    let symbol = Symbol(tree[node].b)
    switch meaning {
    case .error: return .error
    case .module(let index):
      guard let entity = lookUpMember(symbol, of: index, at: tokenSpan(node)) else { return .error }
      return self.meaning(of: entity, at: node)
    case .type(let head): return staticMember(node, symbol, head)
    case .value(let type):
      if isCalled { return .member(base: type, field: node, explicit: []) }
      let found = memberValue(node, type, [])
      setType(node, found)
      return .value(found)
    case .function, .variant, .builtin, .freeMethod, .member:
      let base = value(of: meaning, inner, nil)
      if isCalled { return .member(base: base, field: node, explicit: []) }
      let found = memberValue(node, base, [])
      setType(node, found)
      return .value(found)
    }
  }

  // MARK: Members of types

  private mutating func staticMember(_ node: NodeID, _ symbol: Symbol, _ head: TypeHead) -> Meaning {
    if case .whole(let type) = head, let constant = numericConstant(symbol, type) {
      setUse(node, Use(.numericConstant, constant.rawValue))
      setType(node, type)
      return .value(type)
    }
    if case .declaration(let id, let arguments) = head {
      let declaration = program.declarations[Int(id.index)]
      if let i = declaration.variants.firstIndex(where: { $0.name == symbol }) {
        return .variant(id, UInt32(i), explicit: arguments)
      }
    }
    let type = type(of: head)
    guard let id = findMethod(symbol, on: type) else {
      reportUnknownStatic(node, symbol, head, type)
      return .error
    }
    guard isVisible(id) else {
      report(TypeMessage.privateMethod(text(symbol), at: tokenSpan(node), type: name(of: head)))
      return .error
    }
    return .function(id, explicit: [], owner: type)
  }

  private mutating func reportUnknownStatic(_ node: NodeID, _ symbol: Symbol, _ head: TypeHead, _ type: TypeID) {
    let word = text(symbol)
    var names: [String] = []
    for method in program.methods.names(on: type, program.types) { names.append(text(method)) }
    if case .declaration(let id, _) = head, program.declarations[Int(id.index)].kind == .enumeration {
      for variant in program.declarations[Int(id.index)].variants { names.append(text(variant.name)) }
      report(
        TypeMessage.unknownVariant(
          word, at: tokenSpan(node), type: name(of: head), nearest: nearestName(word, among: names)))
      return
    }
    report(
      TypeMessage.unknownMember(
        word, at: tokenSpan(node), type: name(of: head), isCall: false, nearest: nearestName(word, among: names)))
  }

  private func numericConstant(_ symbol: Symbol, _ type: TypeID) -> NumericConstant? {
    let kind = program.types.kind(type)
    guard kind >= .i32, kind <= .f64 else { return nil }
    switch symbol {
    case known.max: return .max
    case known.min: return .min
    case known.infinity where kind == .f64: return .infinity
    case known.nan where kind == .f64: return .nan
    default: return nil
    }
  }

  // MARK: Members of values

  /// `base.name` as a value: a field, or a method bound to its receiver.
  mutating func memberValue(_ node: NodeID, _ base: TypeID, _ explicit: [TypeID]) -> TypeID {
    let type = settled(base)
    guard program.types.kind(type) == .variable, !isLiteral(type) else {
      return resolveMember(node, literalDefault(type, NodeID(tree[node].a)), explicit)
    }
    var entry = Deferred(.member, node, subject: type)
    entry.result = newVariable()
    deferLater(entry)
    return entry.result
  }

  mutating func settleMember(_ entry: Deferred, _ subject: TypeID) {
    let type = resolveMember(entry.node, subject, [])
    if !unify(entry.result, type) { reportMismatch(entry.node, type, entry.result, .none) }
  }

  private mutating func resolveMember(_ node: NodeID, _ type: TypeID, _ explicit: [TypeID]) -> TypeID {
    let symbol = Symbol(tree[node].b)
    switch program.types.kind(type) {
    case .error, .never: return type
    case .void:
      report(TypeMessage.noValue(span(NodeID(tree[node].a))))
      return .error
    case .any:
      setUse(node, Use(.dynamicMember, symbol.index))
      return .any
    default: break
    }
    if let field = fieldType(node, symbol, type) { return field }
    if let id = findMethod(symbol, on: type) {
      guard canCall(id, node, type) else { return .error }
      let instance = instantiateMethod(id, on: type, at: node, explicit: explicit)
      setUse(node, Use(.method, id.index, instance.arguments))
      noteUse(of: id, at: node)
      return program.types.function(Array(instance.parameters.dropFirst()), instance.result)
    }
    report(
      TypeMessage.unknownMember(
        text(symbol), at: tokenSpan(node), type: name(type), isCall: false,
        nearest: nearestName(text(symbol), among: memberNames(of: type))))
    return .error
  }

  /// The type of a struct's field, and its meaning recorded; nil if there is none of that name.
  mutating func fieldType(_ node: NodeID, _ symbol: Symbol, _ type: TypeID) -> TypeID? {
    guard let id = program.types.declaration(type) else { return nil }
    let declaration = program.declarations[Int(id.index)]
    guard let i = declaration.fields.firstIndex(where: { $0.name == symbol }) else { return nil }
    let field = declaration.fields[i]
    if !field.isPublic, Int(declaration.module) != currentIndex {
      report(TypeMessage.privateField(text(symbol), at: tokenSpan(node), type: name(type)))
      return .error
    }
    setUse(node, Use(.structField, UInt32(i)))
    return substitute(field.type, bindings(of: type))
  }

  // MARK: Tuples

  mutating func inferTupleField(_ node: NodeID, _ base: TypeID) -> TypeID {
    let type = settled(base)
    guard program.types.kind(type) == .variable else { return resolveTupleField(node, type) }
    var entry = Deferred(.tupleField, node, subject: type)
    entry.result = newVariable()
    deferLater(entry)
    return entry.result
  }

  mutating func settleTupleField(_ entry: Deferred, _ subject: TypeID) {
    let type = resolveTupleField(entry.node, subject)
    if !unify(entry.result, type) { reportMismatch(entry.node, type, entry.result, .none) }
  }

  private mutating func resolveTupleField(_ node: NodeID, _ type: TypeID) -> TypeID {
    let row = program.types[type]
    if row.kind == .error || row.kind == .never { return type }
    let index = Int(tree[node].b)
    guard row.kind == .tuple, index < program.types.count(TypeListID(row.a)) else {
      report(TypeMessage.tupleFieldMissing(index, at: tokenSpan(node), type: name(type)))
      return .error
    }
    return program.types.element(TypeListID(row.a), index)
  }
}
