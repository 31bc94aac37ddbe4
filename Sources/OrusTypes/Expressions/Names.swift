import OrusSyntax

/// Uses of names, and what closures capture by them.
extension Checker {
  mutating func useLocal(_ local: LocalID, at node: NodeID) -> TypeID {
    let i = Int(local.index)
    if program.locals[i].function != function.id { capture(local, from: function.id) }
    setUse(node, Use(.local, local.index))
    let type = shallow(program.locals[i].type)
    setType(node, type)
    return type
  }

  mutating func useGlobal(_ global: UInt32, at node: NodeID) -> TypeID {
    let info = program.globals[Int(global)]
    if function.id != items[Int(info.module)].initializer { program.globals[Int(global)].isShared = true }
    setUse(node, Use(.global, global))
    guard info.type != Variables.unbound else {
      // Only constants are typed before the module's statements are.
      report(ConstantMessage.notConstant(span(node), "the variable `\(text(info.name))`"))
      setType(node, .error)
      return .error
    }
    let type = shallow(info.type)
    setType(node, type)
    return type
  }

  mutating func useConstant(_ constant: UInt32, at node: NodeID) -> TypeID {
    if let start = constantStack.firstIndex(of: constant), program.constants[Int(constant)].type == .error {
      reportCycle(Array(constantStack[start...]), at: node)
    }
    declareConstant(constant)
    setUse(node, Use(.constant, constant))
    let type = program.constants[Int(constant)].type
    if program.types.kind(type) >= .array {
      constantUses.append(ConstantUse(module: currentIndex, node: node, constant: constant))
    }
    setType(node, type)
    return type
  }

  /// Refers to a function with types put in for its parameters.
  ///
  /// - Parameter owner: the type it is called on (`Box<i32>.new`), nil where it is no associated function.
  mutating func useFunction(
    _ id: FunctionID, at node: NodeID, explicit: [TypeID] = [], owner: TypeID? = nil
  ) -> Instance {
    var instance = instantiate(id, at: node, explicit: explicit)
    if let owner, let declared = program.functions[Int(id.index)].owner {
      let bindings = ParameterBindings(
        parameters: program.functions[Int(id.index)].typeParameters, types: program.types.elements(instance.arguments))
      _ = unify(substitute(declared, bindings), owner)
    }
    if instance.result == Variables.unbound { instance.result = .error }
    setUse(node, Use(.function, id.index, instance.arguments))
    noteUse(of: id, at: node)
    return instance
  }

  /// Remembers a use whose type arguments, or whose being a closure, is found out later.
  mutating func noteUse(of id: FunctionID, at node: NodeID) {
    if isUngeneralized(id) {
      groups.uses.append((module: currentIndex, node: node, function: id))
    }
    if states[Int(id.index)].isNested {
      nestedUses.append(NestedUse(module: currentIndex, node: node, target: id, from: function.id))
    }
  }

  // MARK: Captures

  /// A closure, and those around it up to the local's own function, hold a local.
  mutating func capture(_ local: LocalID, from user: FunctionID) {
    let owner = program.locals[Int(local.index)].function
    program.locals[Int(local.index)].isCaptured = true
    var at = user
    while at != owner {
      let i = Int(at.index)
      if program.functions[i].captures.contains(local) { return }
      program.functions[i].captures.append(local)
      if states[i].isNested, states[i].block == localFacts[Int(local.index)].block,
        !localFacts[Int(local.index)].isParameter
      {
        // Visible before the variable is: the two are of one block.
        localFacts[Int(local.index)].isCapturedByNested = true
      }
      guard let parent = program.functions[i].parent else { return }
      at = parent
    }
  }

  /// Uses of nested functions that turned out to capture are uses of the local that holds the closure. Capturing that
  /// may make closures of others.
  mutating func convertNestedUses() {
    var moved = true
    var done = Array(repeating: false, count: nestedUses.count)
    while moved {
      moved = false
      for (i, use) in nestedUses.enumerated() where !done[i] {
        guard !program.functions[Int(use.target.index)].captures.isEmpty,
          let local = states[Int(use.target.index)].nestedLocal
        else { continue }
        done[i] = true
        moved = true
        enterModule(use.module)
        setUse(use.node, Use(.local, local.index))
        let info = program.functions[Int(use.target.index)]
        setType(use.node, program.types.function(info.parameters, info.result))
        if program.locals[Int(local.index)].function != use.from { capture(local, from: use.from) }
      }
    }
  }

  /// Which locals live in cells that closures share.
  mutating func finishLocals() {
    for i in program.locals.indices where program.locals[i].isCaptured {
      let facts = localFacts[i]
      program.locals[i].needsCell = facts.isAssignedLater || facts.isCapturedByNested
    }
    for (i, state) in states.enumerated() {
      guard let local = state.nestedLocal else { continue }
      let info = program.functions[i]
      program.locals[Int(local.index)].type = program.types.function(info.parameters, info.result)
    }
  }
}
