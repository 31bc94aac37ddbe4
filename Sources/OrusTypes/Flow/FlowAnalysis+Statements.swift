import OrusDiagnostics
import OrusSyntax

extension FlowAnalysis {
  mutating func block(_ id: NodeID, tail: Bool) {
    guard tree.kind(id) == .block else {
      // Something the parser could not read stands for the block.
      expression(id)
      return
    }
    block(tree.list(tree[id].a), tail: tail)
  }

  /// `tail`: what reaches the end of the block ends the function, which gives a value.
  mutating func block(_ statements: NodeList, tail: Bool) {
    let slotBase = slots.count
    defer { removeSlots(from: slotBase) }
    addSlotsForNestedFunctions(statements)
    let wasReachable = state.isReachable
    var hasWarned = false
    var previous = NodeID.none
    for (i, statement) in statements.enumerated() {
      let kind = tree.kind(statement)
      if wasReachable, !state.isReachable, !hasWarned, !state.isUnknown, !kind.isDeclaration, kind != .error {
        hasWarned = true
        warnUnreachable(statements, from: i, after: previous)
      }
      let isLast = i == statements.count - 1
      self.statement(statement, tail: tail && isLast)
      if tail && isLast && state.isReachable { noteMissing(statement) }
      if !kind.isDeclaration { previous = statement }
    }
  }

  private mutating func warnUnreachable(_ statements: NodeList, from index: Int, after cause: NodeID) {
    let first = tree.span(statements[index])
    let last = tree.span(statements[statements.count - 1])
    let code = Span(file: first.file, start: first.start, end: max(first.end, last.end))
    diagnostics.append(WarningMessage.unreachableCode(code, after: tree.span(cause)))
  }

  /// The last statement of a block that the function's value comes from, and a path goes on after it.
  private mutating func noteMissing(_ statement: NodeID) {
    let end: FlowMessage.PathEnd
    switch tree.kind(statement) {
    case .ifExpression, .match, .tryExpression:
      // Their blocks have been looked at one by one.
      return
    case .error:
      return
    case .whileStatement, .forStatement:
      end = .loop
    case .letStatement, .constStatement, .assign, .pass, .function, .structDeclaration, .enumDeclaration,
      .implementation, .use, .block:
      end = .statement
    default:
      let type = module.type(statement)
      guard type == .void else { return }
      end = .noValue
    }
    frame.missing.append((tree.span(statement), end))
  }

  mutating func statement(_ id: NodeID, tail: Bool) {
    let row = tree[id]
    switch row.kind {
    case .letStatement:
      let view = tree.letStatement(id)
      if view.value.isNone {
        declareWithoutValue(NodeID(row.a))
      } else {
        expression(view.value)
        if !slots.isEmpty { markBound(NodeID(row.a)) }
      }
    case .assign:
      assignment(id, row)
    case .pass:
      break
    case .returnStatement:
      optional(NodeID(row.a))
      state.end()
    case .breakStatement, .continueStatement:
      jump(label: row.a, isBreak: row.kind == .breakStatement)
    case .whileStatement:
      whileLoop(id, row)
    case .forStatement:
      forLoop(id, row)
    case .block:
      block(id, tail: tail)
    case .ifExpression:
      ifChain(id, tail: tail)
    case .match:
      match(id, row, tail: tail)
    case .tryExpression:
      tryBlocks(id, row, tail: tail)
    case .function, .structDeclaration, .enumDeclaration, .implementation, .use, .constStatement:
      declaration(id)
    default:
      expression(id)
    }
  }

  // MARK: Loops

  private mutating func jump(label: UInt32, isBreak: Bool) {
    if let target = loops.lastIndex(where: { label == 0 || $0.label == label }) {
      if isBreak { loops[target].breaks.join(state) } else { loops[target].continues.join(state) }
    }
    state.end()
  }

  private mutating func whileLoop(_ id: NodeID, _ row: Node) {
    let view = tree.whileLoop(id)
    let entry = state
    expression(NodeID(row.a))
    let falsePath = state
    loops.append(Loop(label: view.label, slotCount: slots.count))
    block(view.body, tail: false)
    finishLoop(entry: entry, falsePath: isTrue(NodeID(row.a)) ? .unreachable : falsePath)
  }

  private mutating func forLoop(_ id: NodeID, _ row: Node) {
    let view = tree.forLoop(id)
    expression(view.iterable)
    let entry = state
    loops.append(Loop(label: view.label, slotCount: slots.count))
    if !slots.isEmpty { markBound(NodeID(row.a)) }
    block(view.body, tail: false)
    finishLoop(entry: entry, falsePath: entry)
  }

  /// At the end of a loop's body. `falsePath` is where the loop ends by itself the first time.
  private mutating func finishLoop(entry: FlowState, falsePath: FlowState) {
    guard let loop = loops.popLast() else { return }
    state.join(loop.continues)
    let back = state
    if !slots.isEmpty && back.isReachable { reportAssignmentsInLoop(loop, entry: entry, back: back) }
    state = falsePath
    if falsePath.isReachable && back.isReachable { state.maybeAssigned.formUnion(back.maybeAssigned) }
    state.join(loop.breaks)
  }

  /// A condition that is the literal `true`.
  private func isTrue(_ condition: NodeID) -> Bool {
    var at = condition
    while tree.kind(at) == .parenthesized { at = NodeID(tree[at].a) }
    return tree.kind(at) == .trueLiteral
  }

  // MARK: Branches

  mutating func ifChain(_ first: NodeID, tail: Bool) {
    var result = FlowState.unreachable
    var at = first
    while true {
      let row = tree[at]
      let view = tree.ifExpression(at)
      condition(NodeID(row.a))
      let falsePath = state
      block(view.then, tail: tail)
      result.join(state)
      state = falsePath
      if view.otherwise.isNone {
        if tail && state.isReachable { frame.missing.append((tree.span(NodeID(row.a)), .noElse)) }
        break
      }
      if tree.kind(view.otherwise) == .ifExpression {
        at = view.otherwise
        continue
      }
      block(view.otherwise, tail: tail)
      break
    }
    state.join(result)
  }

  mutating func match(_ id: NodeID, _ row: Node, tail: Bool) {
    expression(NodeID(row.a))
    var next = state
    var result = FlowState.unreachable
    let arms = tree.list(row.b)
    for arm in arms {
      guard tree.kind(arm) == .matchArm else {
        result.isUnknown = true
        continue
      }
      let view = tree.arm(arm)
      state = next
      if !view.guardCondition.isNone {
        condition(view.guardCondition)
        next = state
      }
      block(view.body, tail: tail)
      result.join(state)
    }
    if arms.isEmpty { return }
    state = result
  }

  mutating func tryBlocks(_ id: NodeID, _ row: Node, tail: Bool) {
    let view = tree.tryExpression(id)
    let entry = state
    let outerTouched = touched
    touched = SlotSet()
    block(NodeID(row.a), tail: tail)
    let end = state
    // What the block assigns before it panics may or may not have happened.
    state = entry
    state.maybeAssigned.formUnion(touched)
    touched.formUnion(outerTouched)
    if !view.handler.isNone { block(view.handler, tail: tail) }
    state.join(end)
  }

  mutating func condition(_ id: NodeID) {
    if tree.kind(id) == .letCondition {
      expression(NodeID(tree[id].b))
    } else {
      expression(id)
    }
  }
}
