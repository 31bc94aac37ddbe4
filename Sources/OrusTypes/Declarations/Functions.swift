import OrusDiagnostics
import OrusSyntax

extension Checker {
  /// Reads a function's signature. What it leaves out stands as `Variables.unbound`, to be inferred.
  mutating func declareFunction(
    _ node: NodeID, _ kind: FunctionInfo.Kind, owner: TypeID? = nil, ownerParameters: [ParameterID] = [],
    parent: FunctionID? = nil
  ) -> FunctionID {
    let view = tree.function(node)
    var info = FunctionInfo(kind: kind, name: view.name, module: UInt32(currentIndex), node: node)
    info.owner = owner
    info.parent = parent
    let isLibrary = inputs[currentIndex].isLibrary
    let isPublicLibrary = isLibrary && tree[node].detail & 1 != 0
    let mark = scopes.enter()
    var own: [ParameterID] = []
    var implicit: [ParameterID] = []
    if view.typeParameters != 0 {
      own = addTypeParameters(tree.list(view.typeParameters))
      bindTypeParameters(own)
      implicit = readConstraints(own, tree.list(view.typeParameters))
    }
    info.typeParameters = ownerParameters
    if !own.isEmpty { info.typeParameters += own + implicit }
    var isComplete = true
    info.parameters.reserveCapacity(tree.list(view.parameters).count)
    for (i, parameter) in tree.list(view.parameters).enumerated() where tree.kind(parameter) == .parameter {
      let row = tree[parameter]
      let part = tree.parameter(parameter)
      var type: TypeID
      if Symbol(row.a) == known.self_, let owner {
        info.hasSelf = i == 0
        info.selfIsMutable = part.isMutable
        type = owner
      } else if part.type.isNone {
        type = Variables.unbound
        isComplete = false
      } else {
        type = resolveType(part.type)
      }
      if part.isVariadic {
        info.isVariadic = true
        if i != tree.list(view.parameters).count - 1 { report(TypeMessage.variadicNotLast(span(parameter))) }
        if type != Variables.unbound { type = program.types.array(type) }
      }
      info.parameters.append(type)
    }
    if !view.returnType.isNone {
      info.result = resolveType(view.returnType)
    } else {
      info.native = nativeName(view.body)
      if info.native != nil {
        info.result = .void
      } else if isPublicLibrary {
        // Nobody has to look into the body: as public functions name their types, it gives nothing.
        info.result = .void
      } else if kind == .function, owner == nil, parent == nil, view.name != 0, Symbol(view.name - 1) == known.main {
        info.result = .void
      } else {
        info.result = Variables.unbound
        isComplete = false
      }
    }
    if !view.returnType.isNone { info.native = nativeName(view.body) }
    scopes.leave(mark)
    if info.native != nil, !isLibrary {
      report(TypeMessage.nativeOutsideLibrary(span(view.body)))
    }
    let id = add(info)
    states[Int(id.index)].phase = isComplete ? .known : .pending
    states[Int(id.index)].ownerParameters = ownerParameters.count
    states[Int(id.index)].inferredParameters = 0
    states[Int(id.index)].isNested = parent != nil
    states[Int(id.index)].isOnDemand = isLibrary && !checksEverything && parent == nil
    if !implicit.isEmpty { states[Int(id.index)].inferredParameters = implicit.count }
    setUse(node, Use(.function, id.index))
    return id
  }

  /// The name in a body that is `native("name")`.
  private mutating func nativeName(_ body: NodeID) -> Symbol? {
    var node = body
    if tree.kind(node) == .block {
      let list = tree.list(tree[node].a)
      guard list.count == 1 else { return nil }
      node = list[0]
    }
    let row = tree[node]
    guard row.kind == .call, tree.kind(NodeID(row.a)) == .name, Symbol(tree[NodeID(row.a)].a) == known.native else {
      return nil
    }
    let arguments = tree.list(row.b)
    guard arguments.count == 1, tree.kind(arguments[0]) == .stringLiteral else { return nil }
    return Symbol(tree[arguments[0]].a)
  }

  /// `main` takes nothing or the arguments, gives nothing or the exit code, and is not generic.
  mutating func checkMain(_ id: FunctionID) {
    let info = program.functions[Int(id.index)]
    let view = tree.function(info.node)
    if view.typeParameters != 0, !tree.list(view.typeParameters).isEmpty {
      report(TypeMessage.mainIsGeneric(tokenSpan(info.node)))
      return
    }
    let parameters = tree.list(view.parameters)
    if parameters.count > 1 {
      report(TypeMessage.mainParameters(span(parameters[1])))
    } else if let only = parameters.first {
      let arguments = program.types.array(.string)
      if info.parameters[0] == Variables.unbound {
        program.functions[Int(id.index)].parameters[0] = arguments
        states[Int(id.index)].phase = .known
      } else if info.parameters[0] != arguments, program.types.kind(info.parameters[0]) != .error {
        report(TypeMessage.mainParameters(span(only)))
      }
    }
    if info.result != .void, info.result != .i32, info.result != .error {
      report(TypeMessage.mainResult(span(view.returnType), type: name(info.result)))
    }
  }
}
