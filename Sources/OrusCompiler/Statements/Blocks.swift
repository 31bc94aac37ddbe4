import OrusBytecode
import OrusSyntax
import OrusTypes

/// What a block gives back when it ends.
struct BlockScope {
  let registers: RegisterMark
  let scoped: Int
  let scalarSpills: Int
  let referenceSpills: Int
}

extension Lowering {
  mutating func enterScope() -> BlockScope {
    BlockScope(
      registers: mark, scoped: context.scoped.count, scalarSpills: context.scalarSpills,
      referenceSpills: context.referenceSpills)
  }

  mutating func leaveScope(_ scope: BlockScope) {
    while context.scoped.count > scope.scoped {
      let local = context.scoped.removeLast()
      locations[Int(local.index)] = .none
    }
    release(to: scope.registers)
    context.scalarSpills = scope.scalarSpills
    context.referenceSpills = scope.referenceSpills
  }

  /// A block whose value, if it has one, is not wanted.
  mutating func block(_ node: NodeID) {
    let scope = enterScope()
    let statements = module.tree.list(module.tree[node].a)
    hoistNestedFunctions(statements)
    for statement in statements { self.statement(statement) }
    leaveScope(scope)
  }

  /// A block for its value, which the target receives.
  mutating func block(_ node: NodeID, into target: Register) {
    guard module.tree.kind(node) == .block else {
      discardable(node, into: target)
      return
    }
    let scope = enterScope()
    let statements = module.tree.list(module.tree[node].a)
    hoistNestedFunctions(statements)
    for statement in statements.dropLast() { self.statement(statement) }
    if let last = statements.last {
      if isExpression(module.tree.kind(last)) {
        discardable(last, into: target)
      } else {
        statement(last)
      }
    }
    leaveScope(scope)
  }

  /// An expression into a target that is `.none` where no value is wanted.
  mutating func discardable(_ node: NodeID, into target: Register) {
    if target.representation == .none {
      statement(node)
    } else {
      _ = expression(node, into: target)
    }
  }

  /// A block or expression whose value is the function's result: emits everything, the return included.
  mutating func lowerTail(_ node: NodeID) {
    let tree = module.tree
    guard module.adjustment(node).isEmpty, context.tryDepth == 0 else {
      returnValue(of: node)
      return
    }
    switch tree.kind(node) {
    case .block:
      let scope = enterScope()
      let statements = tree.list(tree[node].a)
      hoistNestedFunctions(statements)
      for statement in statements.dropLast() { self.statement(statement) }
      if let last = statements.last, isExpression(tree.kind(last)) {
        lowerTail(last)
      } else {
        if let last = statements.last { statement(last) }
        endWithoutValue()
      }
      leaveScope(scope)
    case .parenthesized:
      lowerTail(NodeID(tree[node].a))
    case .call:
      let mark = mark
      lowerTailCall(node)
      release(to: mark)
    case .ifExpression:
      lowerIfTail(node)
    case .conditional:
      let view = tree.conditional(node)
      let otherwise = code.newLabel()
      condition(NodeID(tree[node].a), jumpIf: false, to: otherwise)
      lowerTail(view.then)
      code.bind(otherwise)
      lowerTail(view.otherwise)
    case .match:
      lowerMatch(node, into: nil, isTail: true)
    default:
      returnValue(of: node)
    }
  }

  private mutating func lowerIfTail(_ node: NodeID) {
    let tree = module.tree
    var current = node
    while true {
      let view = tree.ifExpression(current)
      let otherwise = code.newLabel()
      let scope = enterScope()
      condition(NodeID(tree[current].a), jumpIf: false, to: otherwise)
      lowerTail(view.then)
      leaveScope(scope)
      code.bind(otherwise)
      if view.otherwise.isNone {
        endWithoutValue()
        return
      }
      guard tree.kind(view.otherwise) == .ifExpression else {
        lowerTail(view.otherwise)
        return
      }
      current = view.otherwise
    }
  }

  /// Where a body ends in a statement: the checker has seen that nothing gets here if a value is due.
  mutating func endWithoutValue() {
    if representation(context.result) == .none { emitReturn(.none) } else { emit(.unreachable) }
  }

  mutating func returnValue(of node: NodeID) {
    let mark = mark
    if representation(context.result) == .none {
      statement(node)
      emitReturn(.none)
    } else if type(node) == .never {
      statement(node)
      emit(.unreachable)
    } else {
      emitReturn(expression(node))
    }
    release(to: mark)
  }

  mutating func emitReturn(_ value: Register) {
    if context.spills { emit(.spill_leave) }
    switch value.representation {
    case .none: emit(.ret)
    case .scalar: emit(.ret_s, value)
    case .reference: emit(.ret_r, value)
    }
  }

  /// Named nested functions are visible in their whole block, so those that capture get their closures at its start,
  /// and the shared variables that they capture get their cells before.
  mutating func hoistNestedFunctions(_ statements: NodeList) {
    guard statements.contains(where: { module.tree.kind($0) == .function }) else { return }
    let tree = module.tree
    for node in statements where tree.kind(node) == .function {
      let info = typed.functions[Int(module.use(node).index)]
      for local in info.captures {
        let captured = typed.locals[Int(local.index)]
        if captured.needsCell, case .none = locations[Int(local.index)], captured.function == context.function {
          context.scoped.append(local)
          makeCell(local, concrete(captured.type))
        }
      }
    }
    for node in statements where tree.kind(node) == .function {
      let use = module.use(node)
      let info = typed.functions[Int(use.index)]
      guard !info.captures.isEmpty, let local = nestedLocals[UInt64(use.index)] else { continue }
      let type = concrete(typed.locals[Int(local.index)].type)
      if case .none = locations[Int(local.index)] { declare(local, type) }
      let mark = mark
      let target = ownRegister(local) ?? temporary(.reference)
      makeClosure(FunctionID(use.index), at: node, into: target)
      if ownRegister(local) == nil { assign(local, target) }
      release(to: mark)
    }
  }

  func isExpression(_ kind: NodeKind) -> Bool {
    switch kind {
    case .error, .module, .function, .parameter, .typeParameter, .structDeclaration, .fieldDeclaration,
      .enumDeclaration, .variant, .payloadField, .implementation, .use, .useName, .block, .letStatement,
      .constStatement, .assign, .pass, .returnStatement, .breakStatement, .continueStatement, .whileStatement,
      .forStatement:
      false
    default:
      true
    }
  }
}
