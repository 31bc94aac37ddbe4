import OrusDiagnostics
import OrusSyntax

extension Checker {
  /// Checks a statement. Gives `.never` where no path goes on behind it.
  @discardableResult
  mutating func statement(_ node: NodeID) -> TypeID {
    let row = tree[node]
    switch row.kind {
    case .letStatement: return letStatement(node)
    case .constStatement: localConstant(node)
    case .assign: assignment(node)
    case .returnStatement:
      returnStatement(node)
      return leaving(node)
    case .breakStatement, .continueStatement:
      jump(node)
      return leaving(node)
    case .whileStatement: return whileLoop(node)
    case .forStatement: forLoop(node)
    case .function: checkNested(node)
    case .structDeclaration, .enumDeclaration, .use: bindMisplaced(node)
    case .pass, .implementation, .error: break
    case .ifExpression, .match, .tryExpression, .block: return statementChoice(node)
    default: return shallow(infer(node)) == .never ? .never : .void
    }
    return .void
  }

  /// A declaration that stands where it must not, which was reported: its names mean something all the same.
  private mutating func bindMisplaced(_ node: NodeID) {
    func name(_ symbol: Symbol) { scopes.bind(symbol, Entity(.error)) }
    switch tree.kind(node) {
    case .structDeclaration: name(tree.structure(node).name)
    case .enumDeclaration: name(tree.enumeration(node).name)
    default:
      let view = tree.use(node)
      if view.names != 0 {
        for item in tree.list(view.names - 1) where tree.kind(item) == .useName { name(Symbol(tree[item].b)) }
      } else if view.alias != 0 {
        name(Symbol(view.alias - 1))
      } else if let last = tree.list(view.path).last, tree.kind(last) == .name {
        name(Symbol(tree[last].a))
      }
    }
  }

  private mutating func leaving(_ node: NodeID) -> TypeID {
    setType(node, .never)
    return .never
  }

  // MARK: let and const

  private mutating func letStatement(_ node: NodeID) -> TypeID {
    let view = tree.letStatement(node)
    let pattern = NodeID(tree[node].a)
    let isMutable = tree[node].detail & LetView.isMutableBit != 0
    let type: TypeID
    var leaves = false
    if !view.type.isNone {
      // The type of a module-level binding was read before anything else.
      let global = function.isInitializer ? items[currentIndex].globals[pattern] : nil
      type = global.map { program.globals[Int($0)].type } ?? resolveAnnotation(view.type)
      if !view.value.isNone {
        check(view.value, type, reason(.annotation, view.type))
        leaves = shallow(self.type(of: view.value)) == .never
      }
    } else if view.value.isNone {
      // What could not be read has been reported.
      type = tree.kind(pattern) == .error ? .error : newVariable()
    } else {
      let found = shallow(inferValue(view.value))
      leaves = found == .never
      type = found
    }
    scrutinee = view.value
    checkPattern(pattern, type, isMutable ? .mutableBinding : .binding)
    return leaves ? .never : .void
  }

  /// A `const` inside a function is typed and evaluated where it stands.
  private mutating func localConstant(_ node: NodeID) {
    let id = addConstant(node)
    let annotation = tree.constStatement(node).type
    if !annotation.isNone { program.constants[Int(id)].type = resolveType(annotation) }
    constantStates[Int(id)] = .typing
    let mark = openMark()
    variables.level += 1
    let level = variables.level
    typeConstant(id)
    generalize([], from: mark, level: level)
    variables.level -= 1
    program.constants[Int(id)].type = resolve(program.constants[Int(id)].type)
    constantStates[Int(id)] = .typed
    evaluateConstant(id)
    bind(Symbol(tree[node].a), Entity(.constant, id), at: node)
  }

  // MARK: Leaving

  private mutating func returnStatement(_ node: NodeID) {
    let value = NodeID(tree[node].a)
    guard function.hasReturn else {
      report(TypeMessage.returnOutsideFunction(tokenSpan(node)))
      if !value.isNone { _ = infer(value) }
      return
    }
    let result = shallow(function.result)
    let declared: Span? = function.resultNode.isNone ? nil : span(function.resultNode)
    if value.isNone {
      if program.types.kind(result) == .variable {
        function.returnsNothing = true
        _ = unify(result, .void)
      } else if result != .void, result != .error {
        report(TypeMessage.returnNeedsValue(tokenSpan(node), type: name(result), declared: declared))
      }
      return
    }
    if program.types.kind(result) == .variable, function.infersResult {
      let type = shallow(infer(value, hint: result))
      if type == .never { return }
      if type == .void { function.returnsNothing = true } else { function.returnsValue = true }
      if !unify(result, type) { reportMismatch(value, type, result, .none) }
      return
    }
    if result == .void {
      let type = shallow(infer(value))
      if type == .void || type == .never || type == .error { return }
      report(TypeMessage.returnsNothing(span(value), found: name(type)))
      return
    }
    function.returnsValue = true
    check(value, result, reason(.result, function.resultNode))
  }

  private mutating func jump(_ node: NodeID) {
    let row = tree[node]
    let keyword = row.kind == .breakStatement ? "break" : "continue"
    guard loops.count > function.loopBase else {
      report(TypeMessage.breakOutsideLoop(tokenSpan(node), keyword: keyword))
      return
    }
    guard row.a != 0 else {
      if row.kind == .breakStatement { loops[loops.count - 1].hasBreak = true }
      return
    }
    guard let i = loops[function.loopBase...].lastIndex(where: { $0.label == row.a }) else {
      let name = text(Symbol(row.a - 1))
      let labels = loops[function.loopBase...].compactMap { $0.label == 0 ? nil : text(Symbol($0.label - 1)) }
      report(TypeMessage.unknownLabel(name, at: span(node), nearest: nearestName(name, among: labels)))
      return
    }
    if row.kind == .breakStatement { loops[i].hasBreak = true }
  }

  // MARK: Loops

  private mutating func whileLoop(_ node: NodeID) -> TypeID {
    let view = tree.whileLoop(node)
    var test = NodeID(tree[node].a)
    let scope = scopes.enter()
    condition(test)
    loops.append(LoopContext(label: view.label))
    statementBlock(view.body)
    let loop = loops.removeLast()
    scopes.leave(scope)
    while tree.kind(test) == .parenthesized { test = NodeID(tree[test].a) }
    let type: TypeID = tree.kind(test) == .trueLiteral && !loop.hasBreak ? .never : .void
    setType(node, type)
    return type
  }

  private mutating func forLoop(_ node: NodeID) {
    let view = tree.forLoop(node)
    let element = iterated(view.iterable, inferValue(view.iterable))
    let scope = scopes.enter()
    scrutinee = view.iterable
    checkPattern(NodeID(tree[node].a), element, .binding)
    loops.append(LoopContext(label: view.label))
    statementBlock(view.body)
    loops.removeLast()
    scopes.leave(scope)
  }
}
