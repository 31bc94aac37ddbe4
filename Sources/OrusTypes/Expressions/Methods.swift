import OrusSyntax

/// Finding methods by the type of their receiver.
extension Checker {
  /// The method of that name whose impl is for this type; nil if there is none.
  mutating func findMethod(_ name: Symbol, on type: TypeID) -> FunctionID? {
    let candidates = program.methods.lookUp(name, on: type, program.types)
    for id in candidates {
      guard let owner = program.functions[Int(id.index)].owner else { continue }
      if program.types.contents(owner).isEmpty {
        if owner == type || couldBe(owner, type) || isFixedArray(type, of: owner) { return id }
      } else if candidates.count == 1 || fits(owner, type) {
        return id
      }
    }
    return nil
  }

  /// A method that values of the type have, by which they take part in an operator, a loop or a constraint: one with
  /// `self`.
  mutating func findOperation(_ name: Symbol, on type: TypeID) -> FunctionID? {
    findMethod(name, on: type).flatMap { program.functions[Int($0.index)].hasSelf ? $0 : nil }
  }

  private func isFixedArray(_ type: TypeID, of owner: TypeID) -> Bool {
    let row = program.types[type]
    return row.kind == .fixedArray && program.types[owner].kind == .array && program.types[owner].a == row.a
  }

  /// Whether an impl's type could be this one, its parameters being whatever they need to.
  private mutating func fits(_ owner: TypeID, _ type: TypeID) -> Bool {
    let p = program.types[owner]
    let t = program.types[shallow(type)]
    if p.kind == .parameter || t.kind == .variable { return true }
    guard p.kind == t.kind || (p.kind == .array && t.kind == .fixedArray) else { return false }
    switch p.kind {
    case .array, .fixedArray, .set, .range: return fits(TypeID(p.a), TypeID(t.a))
    case .map: return fits(TypeID(p.a), TypeID(t.a)) && fits(TypeID(p.b), TypeID(t.b))
    case .nominal:
      guard p.a == t.a else { return false }
      let ps = elements(p.b)
      let ts = elements(t.b)
      for i in ps.indices where !fits(ps[i], ts[i]) { return false }
      return true
    case .tuple, .function: return true
    default: return owner == shallow(type)
    }
  }

  /// A method's signature on a receiver of this type; `self` is the first parameter.
  mutating func instantiateMethod(
    _ id: FunctionID, on type: TypeID, at node: NodeID, explicit: [TypeID] = []
  ) -> Instance {
    var instance = instantiate(id, at: node, explicit: explicit)
    if let first = instance.parameters.first, program.functions[Int(id.index)].hasSelf {
      let row = program.types[type]
      // A fixed array has the methods of an array.
      _ = unify(first, row.kind == .fixedArray ? program.types.array(TypeID(row.a)) : type)
    }
    if instance.result == Variables.unbound { instance.result = .error }
    return instance
  }

  /// Every name behind a dot that a value of this type has, for suggestions.
  mutating func memberNames(of type: TypeID) -> [String] {
    var result: [String] = []
    if let declaration = program.types.declaration(type) {
      for field in program.declarations[Int(declaration.index)].fields { result.append(text(field.name)) }
    }
    for method in program.methods.names(on: type, program.types) { result.append(text(method)) }
    return result
  }
}
