import OrusDiagnostics
import OrusSyntax

/// What the branches of an `if`, `match` or `try` have in common: the type of the
/// first one that has a value, or the one that is expected from outside.
private struct Branches {
  var type: TypeID?
  var why = Reason.none
  /// The type is that of the first branch, rather than what is expected.
  var isInferred = false
  /// Every branch so far left by `return`, a panic and so on.
  var allLeave = true
}

/// `if`, `match`, `try` and blocks, as expressions and as statements.
extension Checker {
  // MARK: For their value

  /// Every branch against the type that is expected.
  mutating func checkChoice(_ node: NodeID, _ expected: TypeID, _ why: Reason, isTail: Bool) -> TypeID {
    if shallow(expected) == .void {
      statementChoice(node)
      return .void
    }
    var branches = Branches(type: expected, why: why)
    choose(node, &branches, isTail: isTail)
    return shallow(expected)
  }

  /// The type of the branches, which is one.
  mutating func inferChoice(_ node: NodeID, isTail: Bool) -> TypeID {
    if isTail, tree.kind(node) == .ifExpression, !endsInElse(node) { return statementChoice(node) }
    var branches = Branches()
    choose(node, &branches, isTail: isTail)
    return branches.type ?? (branches.allLeave ? .never : .void)
  }

  private mutating func choose(_ node: NodeID, _ branches: inout Branches, isTail: Bool) {
    let row = tree[node]
    switch row.kind {
    case .ifExpression:
      var at = node
      while true {
        let view = tree.ifExpression(at)
        let scope = scopes.enter()
        condition(NodeID(tree[at].a))
        branch(view.then, &branches, isTail: isTail)
        scopes.leave(scope)
        if view.otherwise.isNone {
          branches.allLeave = false
          if !isTail { report(TypeMessage.ifNeedsElse(tokenSpan(node))) }
          return
        }
        guard tree.kind(view.otherwise) == .ifExpression else {
          branch(view.otherwise, &branches, isTail: isTail)
          return
        }
        at = view.otherwise
      }
    case .match:
      let type = settled(inferValue(NodeID(row.a)))
      for arm in tree.list(row.b) where tree.kind(arm) == .matchArm {
        let scope = scopes.enter()
        scrutinee = NodeID(row.a)
        let view = armStart(arm, type)
        branch(view.body, &branches, isTail: isTail)
        scopes.leave(scope)
      }
    case .tryExpression:
      branch(NodeID(row.a), &branches, isTail: isTail)
      let scope = scopes.enter()
      bindError(node)
      let handler = tree.tryExpression(node).handler
      if !handler.isNone { branch(handler, &branches, isTail: isTail) }
      scopes.leave(scope)
    default:
      branch(node, &branches, isTail: isTail)
    }
  }

  private mutating func branch(_ block: NodeID, _ branches: inout Branches, isTail: Bool) {
    guard let expected = branches.type else {
      let type = shallow(inferBlock(block, isTail: isTail))
      if type == .never { return }
      branches.allLeave = false
      branches.type = type
      branches.isInferred = true
      branches.why = reason(.branch, tailNode(block))
      return
    }
    if shallow(expected) == .void {
      if statementBlock(block) != .never { branches.allLeave = false }
    } else {
      let type = checkBlock(block, expected, branches.why, isTail: isTail)
      if type != .never { branches.allLeave = false }
      if type == .error, branches.isInferred { branches.type = .error }
    }
  }

  private mutating func endsInElse(_ node: NodeID) -> Bool {
    var at = node
    while tree.kind(at) == .ifExpression { at = tree.ifExpression(at).otherwise }
    return !at.isNone
  }

  // MARK: As statements

  /// Gives `.never` where no path goes on.
  @discardableResult
  mutating func statementChoice(_ node: NodeID) -> TypeID {
    var branches = Branches(type: .void)
    if tree.kind(node) == .ifExpression, !endsInElse(node) {
      choose(node, &branches, isTail: true)
    } else {
      choose(node, &branches, isTail: false)
    }
    let isEmpty = tree.kind(node) == .match && tree.list(tree[node].b).isEmpty
    let type: TypeID = branches.allLeave && !isEmpty ? .never : .void
    setType(node, type)
    return type
  }

  // MARK: Parts

  /// The condition of `if` and `while`; a `let` binds its names in the scope around.
  mutating func condition(_ node: NodeID) {
    guard tree.kind(node) == .letCondition else {
      check(node, .bool, reason(.condition, node))
      return
    }
    let row = tree[node]
    let type = settled(inferValue(NodeID(row.b)))
    scrutinee = NodeID(row.b)
    checkPattern(NodeID(row.a), type, .binding)
    setType(node, .bool)
  }

  private mutating func armStart(_ arm: NodeID, _ type: TypeID) -> ArmView {
    let view = tree.arm(arm)
    checkPattern(NodeID(tree[arm].a), type, .binding)
    if !view.guardCondition.isNone { check(view.guardCondition, .bool, reason(.condition, view.guardCondition)) }
    return view
  }

  /// The name of the caught error.
  private mutating func bindError(_ node: NodeID) {
    let view = tree.tryExpression(node)
    guard view.name != 0 else { return }
    let symbol = Symbol(view.name - 1)
    let local = addLocal(symbol, errorType, isMutable: false)
    setUse(node, Use(.local, local.index))
    bind(symbol, Entity(.local, local.index), at: node)
  }

  // MARK: Conditional expressions

  mutating func checkConditional(_ node: NodeID, _ expected: TypeID, _ why: Reason) -> TypeID {
    var at = node
    while true {
      let view = tree.conditional(at)
      check(NodeID(tree[at].a), .bool, reason(.condition, NodeID(tree[at].a)))
      check(view.then, expected, why)
      setType(at, shallow(expected))
      guard tree.kind(view.otherwise) == .conditional else {
        check(view.otherwise, expected, why)
        return shallow(expected)
      }
      at = view.otherwise
    }
  }

  mutating func inferConditional(_ node: NodeID, _ hint: TypeID?) -> TypeID {
    var chain: [NodeID] = []
    var type: TypeID?
    var first = NodeID.none
    var at = node
    func part(_ branch: NodeID, _ checker: inout Checker) {
      if let known = type, known != .void {
        let result = checker.check(branch, known, checker.reason(.branch, first))
        if checker.shallow(result) == .error { type = .error }
        return
      }
      let found = checker.shallow(checker.infer(branch, hint: hint))
      if found == .never || type == .void { return }
      type = found
      first = branch
    }
    while true {
      let view = tree.conditional(at)
      chain.append(at)
      check(NodeID(tree[at].a), .bool, reason(.condition, NodeID(tree[at].a)))
      part(view.then, &self)
      guard tree.kind(view.otherwise) == .conditional else {
        part(view.otherwise, &self)
        break
      }
      at = view.otherwise
    }
    let result = type.map { shallow($0) } ?? .never
    for link in chain { setType(link, result) }
    return result
  }

  // MARK: Blocks

  mutating func inferBlock(_ block: NodeID, isTail: Bool) -> TypeID {
    let scope = scopes.enter()
    let type = inferBlockInPlace(block, isTail: isTail)
    scopes.leave(scope)
    return type
  }

  mutating func checkBlock(_ block: NodeID, _ expected: TypeID, _ why: Reason, isTail: Bool) -> TypeID {
    let scope = scopes.enter()
    let type = checkBlockInPlace(block, expected, why, isTail: isTail)
    scopes.leave(scope)
    return type
  }

  /// Gives `.never` where no path reaches the end.
  @discardableResult
  mutating func statementBlock(_ block: NodeID) -> TypeID {
    let scope = scopes.enter()
    let type = statementBlockInPlace(block)
    scopes.leave(scope)
    return type
  }

  /// The value of a block in the scope around it: its last expression, if it is one.
  mutating func inferBlockInPlace(_ block: NodeID, isTail: Bool) -> TypeID {
    guard tree.kind(block) == .block else { return infer(block) }
    let statements = tree.list(tree[block].a)
    let leaves = leadingStatements(statements)
    guard let last = statements.last else { return .void }
    var type: TypeID
    switch tree.kind(last) {
    case .ifExpression, .match, .tryExpression, .block:
      type = inferChoice(last, isTail: isTail)
      setType(last, type)
    case let kind where isStatement(kind): type = statement(last)
    default: type = infer(last)
    }
    settleSoon()
    type = shallow(type)
    if leaves, type == .void { type = .never }
    setType(block, type)
    return type
  }

  /// The value of a block against the type that is expected. Gives `.never` where no path reaches the end.
  @discardableResult
  mutating func checkBlockInPlace(_ block: NodeID, _ expected: TypeID, _ why: Reason, isTail: Bool) -> TypeID {
    guard tree.kind(block) == .block else { return check(block, expected, why, isTail: isTail) }
    let statements = tree.list(tree[block].a)
    let leaves = leadingStatements(statements)
    guard let last = statements.last else { return .void }
    var type: TypeID
    if isStatement(tree.kind(last)) {
      type = statement(last)
      if type != .never, !leaves, !isTail { report(TypeMessage.noValue(span(last))) }
    } else {
      type = check(last, expected, why, isTail: isTail)
      if shallow(self.type(of: last)) == .never { type = .never }
    }
    settleSoon()
    if leaves { type = .never }
    setType(block, shallow(expected))
    return type
  }

  @discardableResult
  mutating func statementBlockInPlace(_ block: NodeID) -> TypeID {
    guard tree.kind(block) == .block else {
      return shallow(infer(block)) == .never ? .never : .void
    }
    let statements = tree.list(tree[block].a)
    let leaves = leadingStatements(statements)
    var type = TypeID.void
    if let last = statements.last {
      type = statement(last)
      settleSoon()
    }
    if leaves { type = .never }
    setType(block, type)
    return type
  }

  /// All statements but the last; whether one of them leaves the block.
  private mutating func leadingStatements(_ statements: NodeList) -> Bool {
    declareNested(statements)
    var leaves = false
    for node in statements.dropLast() {
      if statement(node) == .never { leaves = true }
      settleSoon()
    }
    return leaves
  }

  /// At the end of a statement: what was deferred of late. The rest is tried where it matters, and at the end.
  mutating func settleSoon() {
    let recent = max(function.firstDeferred, deferred.count - 64)
    if deferred.count > recent { settleDeferred(from: recent) }
  }

  /// What stands in a block and has no value.
  private func isStatement(_ kind: NodeKind) -> Bool {
    switch kind {
    case .letStatement, .constStatement, .assign, .pass, .returnStatement, .breakStatement, .continueStatement,
      .whileStatement, .forStatement, .function, .structDeclaration, .enumDeclaration, .implementation, .use: true
    default: false
    }
  }
}
