import OrusDiagnostics
import OrusSyntax

/// Variables: when they get their value, and whether they may.
extension FlowAnalysis {
  // MARK: Declaration

  /// `let x: T`.
  mutating func declareWithoutValue(_ pattern: NodeID) {
    guard let variable = variable(pattern) else { return }
    let slot = slot(for: variable)
    // In a loop, the declaration comes again, as a new variable.
    state.assigned.remove(slot)
    state.maybeAssigned.remove(slot)
    slots[slot].assignment = .none
  }

  /// The variables of a pattern have their values.
  mutating func markBound(_ pattern: NodeID) {
    let row = tree[pattern]
    switch row.kind {
    case .bindingPattern, .restPattern:
      if let variable = variable(pattern), let slot = slotNumbers[variable] {
        state.assigned.insert(slot)
        state.maybeAssigned.insert(slot)
      }
    case .tuplePattern, .arrayPattern, .alternativePattern:
      for child in tree.list(row.a) { markBound(child) }
    case .constructorPattern:
      if row.b != 0 { for child in tree.list(row.b - 1) { markBound(child) } }
    case .structPattern:
      for child in tree.list(row.b) { markBound(child) }
    case .fieldPattern:
      markBound(NodeID(row.b))
    default:
      break
    }
  }

  /// Nested functions can be called before the variables that they use are declared, so those have slots.
  mutating func addSlotsForNestedFunctions(_ statements: NodeList) {
    for statement in statements where tree.kind(statement) == .function {
      let use = module.use(statement)
      guard use.kind == .function, Int(use.index) < program.functions.count else { continue }
      let captures = program.functions[Int(use.index)].captures
      if captures.isEmpty { continue }
      for other in statements where tree.kind(other) == .letStatement {
        addSlots(NodeID(tree[other].a), among: captures)
      }
    }
  }

  private mutating func addSlots(_ pattern: NodeID, among captures: [LocalID]) {
    let row = tree[pattern]
    switch row.kind {
    case .bindingPattern, .restPattern:
      guard let variable = variable(pattern), case .local(let index) = variable, captures.contains(LocalID(index))
      else {
        return
      }
      let slot = slot(for: variable)
      state.assigned.remove(slot)
      state.maybeAssigned.remove(slot)
    case .tuplePattern, .arrayPattern, .alternativePattern:
      for child in tree.list(row.a) { addSlots(child, among: captures) }
    case .constructorPattern:
      if row.b != 0 { for child in tree.list(row.b - 1) { addSlots(child, among: captures) } }
    case .structPattern:
      for child in tree.list(row.b) { addSlots(child, among: captures) }
    case .fieldPattern:
      addSlots(NodeID(row.b), among: captures)
    default:
      break
    }
  }

  /// At the end of the block that declared them.
  mutating func removeSlots(from base: Int) {
    while slots.count > base { slotNumbers[slots.removeLast().variable] = nil }
  }

  private mutating func slot(for variable: Variable) -> Int {
    if let known = slotNumbers[variable] { return known }
    let slot = slots.count
    slotNumbers[variable] = slot
    slots.append(Slot(variable: variable, isMutable: isMutable(variable)))
    return slot
  }

  private func variable(_ node: NodeID) -> Variable? {
    let use = module.use(node)
    switch use.kind {
    case .local: return .local(use.index)
    case .global: return .global(use.index)
    default: return nil
    }
  }

  private func isMutable(_ variable: Variable) -> Bool {
    switch variable {
    case .local(let index): program.locals[Int(index)].isMutable
    case .global(let index): program.globals[Int(index)].isMutable
    }
  }

  // MARK: Reading

  /// A name, or a field that may stand for another module's variable.
  mutating func readIfVariable(_ id: NodeID) {
    if slots.isEmpty || !state.isReachable { return }
    guard let variable = variable(id) else { return }
    if case .global = variable, !frame.isTopLevel { return }
    if let slot = slotNumbers[variable], !state.assigned.contains(slot) {
      // One report a variable and path.
      state.assigned.insert(slot)
      diagnostics.append(
        FlowMessage.readBeforeAssignment(
          name(of: variable), at: tree.span(id), declared: declarations.span(variable, tree)))
    }
    if case .local(let index) = variable, let nested = program.locals[Int(index)].nestedFunction {
      var visited: Set<FunctionID> = []
      checkCaptures(nested, at: id, &visited)
    }
  }

  private mutating func checkCaptures(_ function: FunctionID, at id: NodeID, _ visited: inout Set<FunctionID>) {
    guard visited.insert(function).inserted else { return }
    let info = program.functions[Int(function.index)]
    for local in info.captures {
      let variable = Variable.local(local.index)
      if let slot = slotNumbers[variable], !state.assigned.contains(slot) {
        state.assigned.insert(slot)
        let nameOfFunction = info.name == 0 ? "this function" : program.symbols[Symbol(info.name - 1)]
        diagnostics.append(
          FlowMessage.capturedBeforeAssignment(
            name(of: variable), by: nameOfFunction, at: tree.span(id), declared: declarations.span(variable, tree)))
      }
      if let nested = program.locals[Int(local.index)].nestedFunction { checkCaptures(nested, at: id, &visited) }
    }
  }

  // MARK: Assignment

  mutating func assignment(_ id: NodeID, _ row: Node) {
    let target = NodeID(row.a)
    let isCompound = AssignOperator(rawValue: row.detail) != .set
    targetParts(target, isRead: isCompound)
    expression(NodeID(row.b))
    assign(target)
  }

  /// What is evaluated before the right side: bases and indices.
  private mutating func targetParts(_ target: NodeID, isRead: Bool) {
    let row = tree[target]
    switch row.kind {
    case .name:
      if isRead { readIfVariable(target) }
    case .parenthesized:
      targetParts(NodeID(row.a), isRead: isRead)
    case .tuple:
      for part in tree.list(row.a) { targetParts(part, isRead: isRead) }
    case .field:
      if module.use(target).kind == .global && !isRead { return }
      expression(target)
    default:
      expression(target)
    }
  }

  private mutating func assign(_ target: NodeID) {
    let row = tree[target]
    switch row.kind {
    case .parenthesized: assign(NodeID(row.a))
    case .tuple: for part in tree.list(row.a) { assign(part) }
    case .name, .field:
      if let variable = variable(target) { assign(variable, at: target) }
    default: break
    }
  }

  private mutating func assign(_ variable: Variable, at target: NodeID) {
    if case .global(let index) = variable {
      let info = program.globals[Int(index)]
      if info.module != moduleIndex {
        diagnostics.append(
          FlowMessage.notAssignable(name(of: variable), at: tree.span(target), .foreign, declared: nil))
        return
      }
    }
    if case .local(let index) = variable, program.locals[Int(index)].nestedFunction != nil { return }
    guard let slot = slotNumbers[variable] else {
      if !isMutable(variable) { reportNotAssignable(variable, at: target) }
      return
    }
    if !slots[slot].isMutable && state.isReachable {
      if case .global = variable, !frame.isTopLevel {
        reportAssignedTwice(slot, at: target, .closure)
      } else if state.maybeAssigned.contains(slot) {
        reportSecondAssignment(slot, at: target)
      }
    }
    if slots[slot].assignment.isNone { slots[slot].assignment = target }
    state.assigned.insert(slot)
    state.maybeAssigned.insert(slot)
    touched.insert(slot)
  }

  private mutating func reportNotAssignable(_ variable: Variable, at target: NodeID) {
    guard reported.insert(variable).inserted else { return }
    let site = declarations.sites[variable]
    let span = tree.tokenSpan(target)
    let name = name(of: variable)
    let kind: FlowMessage.Variable
    switch site?.kind {
    case .plainLet(let token, _):
      // A module-level `let` without a value, assigned in a function.
      kind = .plainLet(letEnd: tree.tokens.span(token, file: tree.file).end)
    case .parameter:
      let start = site.map { tree.tokenSpan($0.node).start } ?? span.start
      kind = name == "self" ? .selfParameter : .parameter(nameStart: start)
    case .loopVariable: kind = .loopVariable
    case .caughtError: kind = .caughtError
    case .patternName, nil: kind = .patternName
    }
    diagnostics.append(
      FlowMessage.notAssignable(name, at: span, kind, declared: declarations.span(variable, tree)))
  }

  /// An assignment to what is not `mut`, where it may have a value.
  private mutating func reportSecondAssignment(_ slot: Int, at target: NodeID) {
    let first = slots[slot].assignment
    let variable = slots[slot].variable
    guard case .plainLet(_, hasValue: false)? = declarations.sites[variable]?.kind else {
      reportNotAssignable(variable, at: target)
      return
    }
    reportAssignedTwice(slot, at: target, first.isNone ? .closure : .after(tree.tokenSpan(first)))
  }

  private mutating func reportAssignedTwice(_ slot: Int, at target: NodeID, _ repetition: FlowMessage.Repetition) {
    let variable = slots[slot].variable
    guard reported.insert(variable).inserted else { return }
    var letEnd: UInt32?
    if case .plainLet(let token, _)? = declarations.sites[variable]?.kind {
      letEnd = tree.tokens.span(token, file: tree.file).end
    }
    diagnostics.append(
      FlowMessage.assignedTwice(
        name(of: variable), at: tree.tokenSpan(target), repetition, declared: declarations.span(variable, tree),
        letEnd: letEnd))
  }

  /// Assignments in a loop's body that the loop may come to again.
  mutating func reportAssignmentsInLoop(_ loop: Loop, entry: FlowState, back: FlowState) {
    for slot in 0..<loop.slotCount where !slots[slot].isMutable && !slots[slot].assignment.isNone {
      guard back.maybeAssigned.contains(slot), !entry.maybeAssigned.contains(slot) else { continue }
      reportAssignedTwice(slot, at: slots[slot].assignment, .loop)
    }
  }
}
