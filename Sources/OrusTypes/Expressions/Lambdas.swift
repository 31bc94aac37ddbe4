import OrusDiagnostics
import OrusSyntax

/// Functions inside functions.
extension Checker {
  /// A function expression. What is expected tells the types that it leaves out.
  mutating func inferLambda(_ node: NodeID, expecting expected: TypeID?) -> TypeID {
    let view = tree.function(node)
    let nodes = tree.list(view.parameters)
    var wanted: [TypeID]?
    var wantedResult: TypeID?
    let isAbsorbed = expected.map { kind($0) == .error } ?? false
    if let expected, kind(expected) == .function {
      let row = program.types[shallow(expected)]
      wanted = elements(row.a)
      wantedResult = TypeID(row.b)
    }
    let isMiscounted = wanted.map { $0.count != nodes.count } ?? false
    if isMiscounted {
      let all = nodes.first.map { Span(file: tree.file, start: span($0).start, end: span(nodes.last!).end) }
      report(TypeMessage.lambdaParameterCount(all ?? tokenSpan(node), expected: wanted!.count, found: nodes.count))
    }
    var info = FunctionInfo(kind: .lambda, name: 0, module: UInt32(currentIndex), node: node)
    info.parent = function.id
    for (i, parameter) in nodes.enumerated() where tree.kind(parameter) == .parameter {
      let part = tree.parameter(parameter)
      var type: TypeID
      if !part.type.isNone {
        type = resolveType(part.type)
        if part.isVariadic { type = program.types.array(type) }
        // The annotation may be what tells a generic callee its type.
        if let wanted, !isMiscounted { _ = couldBe(type, wanted[i]) && unify(type, wanted[i]) }
      } else if isMiscounted || isAbsorbed {
        type = .error
      } else {
        type = wanted?[i] ?? newVariable()
      }
      info.parameters.append(type)
    }
    info.result =
      view.returnType.isNone
      ? (isMiscounted ? newVariable() : wantedResult ?? newVariable()) : resolveType(view.returnType)
    let id = add(info)
    states[Int(id.index)].bodyStarted = true
    open.functions.append(id)
    setUse(node, Use(.function, id.index))
    let outer = function
    function = FunctionContext()
    function.id = id
    function.result = info.result
    function.infersResult = view.returnType.isNone
    function.resultNode = view.returnType
    function.loopBase = loops.count
    function.firstDeferred = outer.firstDeferred
    function.selfIsMutable = outer.selfIsMutable
    function.selfLocal = outer.selfLocal
    let mark = scopes.enter()
    bindParameters(id, nodes)
    checkFunctionBody(view.body)
    scopes.leave(mark)
    function = outer
    let type = isMiscounted ? TypeID.error : program.types.function(info.parameters, shallow(info.result))
    setType(node, type)
    return type
  }

  /// The named functions of a block are visible in all of it.
  mutating func declareNested(_ statements: NodeList) {
    for node in statements where tree.kind(node) == .function {
      let view = tree.function(node)
      guard view.name != 0 else { continue }
      let symbol = Symbol(view.name - 1)
      let id = declareFunction(node, .function, parent: function.id)
      let local = addLocal(symbol, .error, isMutable: false)
      program.locals[Int(local.index)].nestedFunction = id
      states[Int(id.index)].block = scopes.block
      states[Int(id.index)].nestedLocal = local
      bind(symbol, Entity(.function, id.index), at: node)
    }
  }

  /// A nested function at its declaration.
  mutating func checkNested(_ node: NodeID) {
    let use = current.use(node)
    guard use.kind == .function else { return }
    let id = FunctionID(use.index)
    inferNested(id)
    checkParameterDefaults(id)
    let info = program.functions[Int(id.index)]
    if !info.captures.isEmpty, !info.typeParameters.isEmpty {
      report(TypeMessage.genericClosure(text(Symbol(info.name - 1)), at: tokenSpan(node)))
    }
  }
}
