import OrusSyntax

/// A function or declaration with types put in for its parameters.
struct Instance {
  var parameters: [TypeID] = []
  var result = TypeID.void
  var arguments = TypeListID.empty
}

/// What type parameters stand for at one use.
struct ParameterBindings {
  var parameters: [ParameterID]
  var types: [TypeID]

}

extension Checker {
  mutating func substitute(_ type: TypeID, _ bindings: ParameterBindings) -> TypeID {
    guard program.types.contents(type).contains(.parameter) else { return type }
    // By pointers: a closure over arrays retains them at each level of the type.
    return bindings.parameters.withUnsafeBufferPointer { parameters in
      bindings.types.withUnsafeBufferPointer { types in
        program.types.substitute(type) { leaf in
          for i in parameters.indices where parameters[i].index == leaf.a { return types[i] }
          return nil
        }
      }
    }
  }

  /// Fresh variables for type parameters.
  mutating func freshBindings(_ parameters: [ParameterID]) -> ParameterBindings {
    var types: [TypeID] = []
    types.reserveCapacity(parameters.count)
    for parameter in parameters {
      types.append(
        newVariable(literal: program.parameters[Int(parameter.index)].constraints.contains(.integerLiteral)))
    }
    return ParameterBindings(parameters: parameters, types: types)
  }

  /// The constraints of type parameters become conditions on the types put in.
  mutating func require(_ bindings: ParameterBindings, at node: NodeID, of name: Symbol) {
    for (parameter, type) in zip(bindings.parameters, bindings.types) {
      let info = program.parameters[Int(parameter.index)]
      for method in info.methods {
        var entry = Deferred(.method, node, subject: type)
        entry.symbol = method.name
        entry.parameter = name
        var parameters: [TypeID] = []
        for i in 0..<program.types.count(method.parameters) {
          parameters.append(substitute(program.types.element(method.parameters, i), bindings))
        }
        entry.other = program.types.function(parameters, substitute(method.result, bindings))
        deferLater(entry)
      }
      guard !info.constraints.isEmpty else { continue }
      var entry = Deferred(.constraint, node, subject: type)
      entry.constraints = info.constraints
      entry.symbol = name
      entry.parameter = info.name
      if let element = info.iterableElement { entry.result = substitute(element, bindings) }
      deferLater(entry)
    }
  }

  /// The signature of a function at a use. Explicit type arguments are for its own parameters, the last ones.
  mutating func instantiate(_ id: FunctionID, at node: NodeID, explicit: [TypeID] = []) -> Instance {
    prepare(id)
    // Most functions are not generic: only what is needed of the row is copied.
    if program.functions[Int(id.index)].typeParameters.isEmpty {
      return Instance(
        parameters: program.functions[Int(id.index)].parameters, result: program.functions[Int(id.index)].result)
    }
    var bindings = freshBindings(program.functions[Int(id.index)].typeParameters)
    if !explicit.isEmpty {
      let inferred = states[Int(id.index)].inferredParameters
      let owners = states[Int(id.index)].ownerParameters
      let own = bindings.parameters.count - inferred - owners
      for (i, type) in explicit.enumerated() where i < own { bindings.types[owners + i] = type }
    }
    let name = program.functions[Int(id.index)].name
    require(bindings, at: node, of: name == 0 ? known.underscore : Symbol(name - 1))
    return Instance(
      parameters: program.functions[Int(id.index)].parameters.map { substitute($0, bindings) },
      result: substitute(program.functions[Int(id.index)].result, bindings),
      arguments: program.types.intern(bindings.types))
  }

  /// A struct or enum at fresh types.
  mutating func instantiate(
    _ id: DeclarationID, explicit: [TypeID] = []
  ) -> (type: TypeID, bindings: ParameterBindings) {
    let declaration = program.declarations[Int(id.index)]
    var bindings = freshBindings(declaration.typeParameters)
    for (i, type) in explicit.enumerated() where i < bindings.types.count { bindings.types[i] = type }
    return (program.types.nominal(id, bindings.types), bindings)
  }

  /// What the type parameters of a nominal type's declaration stand for in it.
  mutating func bindings(of type: TypeID) -> ParameterBindings {
    let row = program.types[type]
    return ParameterBindings(
      parameters: program.declarations[Int(row.a)].typeParameters, types: program.types.elements(TypeListID(row.b)))
  }

  mutating func option(_ type: TypeID) -> TypeID { program.types.nominal(program.known.option, [type]) }

  /// What is inside an option, nil if the type is none.
  mutating func optionElement(_ type: TypeID) -> TypeID? {
    let row = program.types[shallow(type)]
    guard row.kind == .nominal, row.a == program.known.option.index else { return nil }
    return program.types.element(TypeListID(row.b), 0)
  }

  var orderingType: TypeID {
    mutating get { program.types.nominal(program.known.ordering, []) }
  }
  var errorType: TypeID {
    mutating get { program.types.nominal(program.known.error, []) }
  }
}
