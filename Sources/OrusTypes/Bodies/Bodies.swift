import OrusDiagnostics
import OrusSyntax

extension Checker {
  /// Checks the body of a function whose signature, as far as it is known, stands in its `FunctionInfo`. Names around
  /// a nested function are in scope; other functions are called without locals.
  mutating func checkBody(of id: FunctionID) {
    // The row is large: only what is needed of it is copied.
    let index = Int(id.index)
    enterModule(Int(program.functions[index].module))
    guard program.functions[index].native == nil else { return }
    let view = tree.function(program.functions[index].node)
    let outer = function
    function = FunctionContext()
    function.id = id
    function.result = program.functions[index].result
    function.infersResult = view.returnType.isNone
    function.resultNode = view.returnType
    function.loopBase = loops.count
    function.firstDeferred = deferred.count
    let mark = scopes.enter()
    bindTypeParameters(program.functions[index].typeParameters)
    bindParameters(id, tree.list(view.parameters))
    if program.functions[index].hasSelf {
      function.selfIsMutable = program.functions[index].selfIsMutable
      function.selfLocal = program.functions[index].parameterLocals.first
    }
    checkFunctionBody(view.body)
    scopes.leave(mark)
    function = outer
  }

  /// The parameters become locals; patterns and annotations are done.
  mutating func bindParameters(_ id: FunctionID, _ nodes: NodeList) {
    let first = program.locals.count
    let types = program.functions[Int(id.index)].parameters
    for (i, node) in nodes.enumerated() {
      if tree.kind(node) != .parameter { ignoreNames(in: node) }
      guard tree.kind(node) == .parameter, i < types.count else { continue }
      let row = tree[node]
      let symbol = Symbol(row.a)
      var type = types[i]
      if tree.parameter(node).isVariadic, isVariable(type) {
        // An unannotated variadic parameter is an array of something.
        let element = newVariable()
        _ = unify(type, program.types.array(element))
        type = shallow(type)
      }
      let isMutable = symbol == known.self_ ? false : tree.parameter(node).isMutable
      let local = addLocal(symbol, type, isMutable: isMutable)
      localFacts[Int(local.index)].isParameter = true
      setUse(node, Use(.local, local.index))
      setType(node, type)
      bind(symbol, Entity(.local, local.index), at: node)
    }
    program.functions[Int(id.index)].parameterLocals = LocalRange(
      first: UInt32(first), count: program.locals.count - first)
  }

  /// Names that something unreadable was to declare are not reported where they are used.
  private mutating func ignoreNames(in node: NodeID) {
    for number in tree.firstNode(of: node)..<node.index {
      let part = tree[NodeID(number)]
      if part.kind == .bindingPattern || part.kind == .name { reportedNames.insert(part.a) }
    }
  }

  mutating func addLocal(_ name: Symbol, _ type: TypeID, isMutable: Bool) -> LocalID {
    let local = LocalID(UInt32(program.locals.count))
    program.locals.append(LocalInfo(name: name, type: type, function: function.id, isMutable: isMutable))
    localFacts.append(LocalFacts(block: scopes.block))
    if program.types.contents(type).contains(.variable) { open.locals.append(local) }
    return local
  }

  /// Enters a name into the innermost block; a second one of that name is an error.
  mutating func bind(_ symbol: Symbol, _ entity: Entity, at node: NodeID) {
    guard symbol != known.underscore else { return }
    if let previous = scopes.lookUpInBlock(symbol), previous.kind == .local || previous.kind == .function {
      let first: Span? = previous.kind == .local ? localSpan(LocalID(previous.index)) : nil
      report(TypeMessage.duplicate(text(symbol), at: tokenSpan(node), first: first))
    }
    if entity.kind == .local {
      localFacts[Int(entity.index)].site = node
      localFacts[Int(entity.index)].module = Int32(currentIndex)
    }
    scopes.bind(symbol, entity)
  }

  /// Where a local is declared.
  func localSpan(_ local: LocalID) -> Span {
    let facts = localFacts[Int(local.index)]
    guard facts.module >= 0 else { return Span(file: tree.file, start: 0, end: 0) }
    return trees[Int(facts.module)].tokenSpan(facts.site)
  }

  mutating func checkFunctionBody(_ body: NodeID) {
    let result = function.result
    let isVariableResult = function.infersResult && program.types.kind(shallow(result)) == .variable
    if isVariableResult {
      let type = inferBlockInPlace(body, isTail: true)
      finishInferredResult(type, body)
    } else if shallow(result) == .void {
      statementBlockInPlace(body)
    } else {
      checkBlockInPlace(body, result, reason(.result, function.resultNode), isTail: true)
    }
  }

  /// The result of a function without a return type: what its returns and its tail give.
  private mutating func finishInferredResult(_ type: TypeID, _ body: NodeID) {
    let result = function.result
    let tail = shallow(type)
    if function.returnsValue {
      // The missing value of a path that falls off the end is the flow analysis's to report.
      if tail != .void, tail != .never { coerceTail(body, tail, to: result) }
      return
    }
    if function.returnsNothing || tail == .void {
      if function.returnsNothing || isVariable(result) {
        _ = unify(result, .void)
      } else {
        coerceTail(body, tail, to: result)
      }
    } else if tail == .never {
      if isVariable(result) { _ = unify(result, .void) }
    } else {
      coerceTail(body, tail, to: result)
    }
  }

  private mutating func coerceTail(_ body: NodeID, _ type: TypeID, to result: TypeID) {
    if unify(type, result) { return }
    let node = tailNode(body)
    _ = coerce(node, type, to: result, reason(.result, .none))
  }

  /// The expression that gives a block its value.
  mutating func tailNode(_ block: NodeID) -> NodeID {
    guard tree.kind(block) == .block, let last = tree.list(tree[block].a).last else { return block }
    return last
  }

  // MARK: Other bodies

  /// The statements of a module.
  mutating func checkInitializer(_ module: Int) {
    enterModule(module)
    let id = items[module].initializer
    let mark = openMark()
    variables.level += 1
    let level = variables.level
    for i in items[module].firstGlobal..<max(items[module].firstGlobal, program.globals.count)
    where program.globals[i].module == UInt32(module) {
      program.globals[i].type = newVariable()
    }
    declareGlobalTypes(module)
    reportedNames = []
    let outer = function
    function = FunctionContext()
    function.id = id
    function.isInitializer = true
    function.hasReturn = false
    function.loopBase = loops.count
    function.firstDeferred = mark.deferred
    for item in tree.list(tree[tree.root].a) where !tree.kind(item).isDeclaration {
      statement(item)
      settleSoon()
    }
    function = outer
    enterModule(module)
    generalize([], from: mark, level: level)
    for i in items[module].firstGlobal..<max(items[module].firstGlobal, program.globals.count)
    where program.globals[i].module == UInt32(module) {
      let type = resolve(program.globals[i].type)
      program.globals[i].type = isVariable(type) ? .error : type
    }
    variables.level -= 1
    forgetVariables()
  }

  /// Annotated globals have their types before anything is checked.
  private mutating func declareGlobalTypes(_ module: Int) {
    for item in tree.list(tree[tree.root].a) where tree.kind(item) == .letStatement {
      let view = tree.letStatement(item)
      let pattern = NodeID(tree[item].a)
      guard tree.kind(pattern) == .bindingPattern, !view.type.isNone, let id = items[module].globals[pattern] else {
        continue
      }
      program.globals[Int(id)].type = resolveAnnotation(view.type)
    }
  }

  /// The defaults of parameters, checked as expressions of the declaring module.
  mutating func checkParameterDefaults(_ id: FunctionID) {
    guard !states[Int(id.index)].defaultsChecked else { return }
    states[Int(id.index)].defaultsChecked = true
    let module = Int(program.functions[Int(id.index)].module)
    let view = trees[module].function(program.functions[Int(id.index)].node)
    enterModule(module)
    guard tree.list(view.parameters).contains(where: { hasDefault($0) }) else { return }
    let info = program.functions[Int(id.index)]
    for (i, node) in tree.list(view.parameters).enumerated() where tree.kind(node) == .parameter {
      let part = tree.parameter(node)
      guard !part.defaultValue.isNone, i < info.parameters.count else { continue }
      checkDetached(
        part.defaultValue, info.parameters[i], reason(.parameter, node), typeParameters: info.typeParameters)
    }
  }

  private func hasDefault(_ parameter: NodeID) -> Bool {
    tree.kind(parameter) == .parameter && !tree.parameter(parameter).defaultValue.isNone
  }

  mutating func checkFieldDefaults(_ module: Int) {
    enterModule(module)
    for id in items[module].declarations {
      let declaration = program.declarations[Int(id.index)]
      for field in declaration.fields where !field.defaultValue.isNone {
        checkDetached(
          field.defaultValue, field.type, reason(.field, .none), typeParameters: declaration.typeParameters)
      }
    }
  }

  /// An expression that stands outside every function.
  private mutating func checkDetached(
    _ node: NodeID, _ type: TypeID, _ why: Reason, typeParameters: [ParameterID]
  ) {
    let mark = openMark()
    variables.level += 1
    let level = variables.level
    let module = currentIndex
    withoutLocals { checker in
      checker.function = FunctionContext()
      checker.function.id = checker.items[module].initializer
      checker.function.hasReturn = false
      let scope = checker.scopes.enter()
      checker.bindTypeParameters(typeParameters)
      _ = checker.check(node, type, why)
      checker.scopes.leave(scope)
    }
    generalize([], from: mark, level: level)
    variables.level -= 1
    forgetVariables()
  }
}
