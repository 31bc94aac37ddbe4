import OrusBytecode
import OrusSyntax
import OrusTypes

/// What runs each time round.
enum LoopBody {
  case block(NodeID)
  /// The rest of a comprehension's clauses, from this one on, and then its element.
  case clauses(Comprehension, next: Int)
}

/// Loops test at the bottom: one branch each time round, fused with the step or
/// the comparison where there is an instruction for it.
extension Lowering {
  mutating func lowerWhile(_ node: NodeID) {
    let tree = module.tree
    let view = tree.whileLoop(node)
    let test = NodeID(tree[node].a)
    let top = code.newLabel()
    let next = code.newLabel()
    let end = code.newLabel()
    let isEndless = tree.kind(test) == .trueLiteral
    let repeatsTest = !isEndless && isCheap(test, budget: 12) > 0
    let scope = enterScope()
    if repeatsTest {
      condition(test, jumpIf: false, to: end)
      code.bind(top)
    } else {
      code.bind(top)
      if !isEndless { condition(test, jumpIf: false, to: end) }
    }
    context.loops.append(Loop(label: view.label, breakLabel: end, continueLabel: next))
    block(view.body)
    context.loops.removeLast()
    code.bind(next)
    if repeatsTest {
      conditionBack(test, to: top, exit: end)
    } else {
      code.jumpBack(to: top)
    }
    leaveScope(scope)
    code.bind(end)
  }

  /// What is left of the budget after an expression that may stand twice in the code: a small one without blocks or
  /// functions inside. 0 if it does not fit.
  private mutating func isCheap(_ node: NodeID, budget: Int) -> Int {
    guard budget > 1 else { return 0 }
    let tree = module.tree
    let row = tree[node]
    switch row.kind {
    case .name, .integerLiteral, .floatLiteral, .trueLiteral, .falseLiteral: return budget - 1
    case .parenthesized, .field, .tupleField, .negate, .logicalNot: return isCheap(NodeID(row.a), budget: budget - 1)
    case .binary, .index, .logicalAnd, .logicalOr:
      return isCheap(NodeID(row.b), budget: isCheap(NodeID(row.a), budget: budget - 1))
    case .call:
      var left = isCheap(NodeID(row.a), budget: budget - 1)
      for argument in tree.list(row.b) { left = isCheap(argument, budget: left) }
      return left
    default: return 0
    }
  }

  // MARK: for

  mutating func lowerLoop(
    pattern: NodeID, over iterable: NodeID, use: Use, at node: NodeID, label: UInt32, body: LoopBody
  ) {
    let tree = module.tree
    let scope = enterScope()
    let loop = Loop(label: label, breakLabel: code.newLabel(), continueLabel: code.newLabel())
    var source = iterable
    while tree.kind(source) == .parenthesized, module.adjustment(source).isEmpty { source = NodeID(tree[source].a) }

    if tree.kind(source) == .range {
      let view = tree.range(source)
      let parts = RangeParts(
        start: view.start, end: view.end, step: view.step, isInclusive: tree[source].detail & 1 != 0,
        type: TypeID(typed.types[type(source)].a))
      rangeLoop(parts, pattern, source, loop, body)
    } else if let call = builtinCall(source, .range) {
      rangeLoop(rangeCallParts(source, call), pattern, source, loop, body)
    } else if let call = builtinCall(source, .enumerate), let first = tree.list(tree[call].b).first,
      isArray(type(first)), tree.kind(pattern) == .tuplePattern
    {
      enumerateLoop(first, pattern, loop, body)
    } else if let call = builtinCall(source, .zip), tree.kind(pattern) == .tuplePattern,
      tree.list(tree[call].b).allSatisfy({ isArray(type($0)) })
    {
      zipLoop(tree.list(tree[call].b)[0], tree.list(tree[call].b)[1], pattern, loop, body)
    } else {
      let type = type(source)
      switch typed.types.kind(type) {
      case .array, .fixedArray: arrayLoop(source, type, pattern, loop, body)
      case .string: stringLoop(source, pattern, loop, body)
      case .range: rangeValueLoop(source, type, pattern, loop, body)
      case .map, .set: tableLoop(source, type, pattern, node, loop, body)
      default: iteratorLoop(source, type, pattern, use, node, loop, body)
      }
    }
    leaveScope(scope)
    code.bind(loop.breakLabel)
  }

  /// The call node, if this is a call of that builtin.
  private mutating func builtinCall(_ node: NodeID, _ form: BuiltinForm) -> NodeID? {
    guard module.tree.kind(node) == .call else { return nil }
    let use = module.use(NodeID(module.tree[node].a))
    return use.kind == .builtin && use.index == form.rawValue ? node : nil
  }

  mutating func isArray(_ type: TypeID) -> Bool {
    let kind = typed.types.kind(type)
    return kind == .array || kind == .fixedArray
  }

  private mutating func emitBody(_ body: LoopBody, _ loop: Loop) {
    context.loops.append(loop)
    switch body {
    case .block(let node): block(node)
    case .clauses(let comprehension, let next): lowerClauses(comprehension, from: next)
    }
    context.loops.removeLast()
  }

  /// The value each time round, in a register of the loop's own: bound to the pattern, then the body.
  private mutating func bindAndRun(_ pattern: NodeID, _ item: Register, _ loop: Loop, _ body: LoopBody) {
    let scope = enterScope()
    bindItem(pattern, item)
    emitBody(body, loop)
    leaveScope(scope)
  }

  /// A plain name takes the loop's register over: nothing can assign to it.
  private mutating func bindItem(_ pattern: NodeID, _ item: Register) {
    let tree = module.tree
    switch tree.kind(pattern) {
    case .wildcardPattern: break
    case .bindingPattern:
      let use = module.use(pattern)
      let local = LocalID(use.index)
      if use.kind == .local, !typed.locals[Int(local.index)].needsCell {
        locations[Int(local.index)] = .register(item)
        context.scoped.append(local)
      } else {
        bindIrrefutable(pattern, item)
      }
    default: bindIrrefutable(pattern, item)
    }
  }

  /// The value of an expression that the loop reads each time round: a copy where the variable may change meanwhile.
  mutating func stable(_ node: NodeID) -> Register {
    let tree = module.tree
    if tree.kind(node) == .name, module.adjustment(node).isEmpty {
      let use = module.use(node)
      if use.kind == .local, !typed.locals[Int(use.index)].isMutable, let register = ownRegister(LocalID(use.index)) {
        return register
      }
    }
    let target = temporary(for: adjustedType(node))
    return expression(node, into: target)
  }

  // MARK: Ranges

  struct RangeParts {
    let start: NodeID
    let end: NodeID
    let step: NodeID
    let isInclusive: Bool
    /// Of the elements.
    let type: TypeID
  }

  private mutating func rangeCallParts(_ node: NodeID, _ call: NodeID) -> RangeParts {
    let arguments = module.tree.list(module.tree[call].b)
    let element = TypeID(typed.types[type(node)].a)
    return RangeParts(
      start: arguments.count > 1 ? arguments[0] : .none, end: arguments.count > 1 ? arguments[1] : arguments[0],
      step: arguments.count > 2 ? arguments[2] : .none, isInclusive: false, type: element)
  }

  private mutating func rangeLoop(
    _ parts: RangeParts, _ pattern: NodeID, _ node: NodeID, _ loop: Loop, _ body: LoopBody
  ) {
    let kind = scalarKind(parts.type)
    let variable = temporary(.scalar)
    let top = code.newLabel()
    if parts.step.isNone && kind != .u64 {
      bound(parts.start, kind, into: variable)
      let end = stable(parts.end)
      branch(parts.isInclusive ? .b_lt_i : .b_le_i, end, variable, to: loop.breakLabel)
      code.bind(top)
      bindAndRun(pattern, variable, loop, body)
      code.bind(loop.continueLabel)
      branch(parts.isInclusive ? .loop_le : .loop_lt, variable, end, to: top)
      return
    }
    let end = temporary(.scalar)
    let step = temporary(.scalar)
    bound(parts.start, kind, into: variable)
    _ = expression(parts.end, into: end)
    if parts.step.isNone { constant(1, kind, into: step) } else { _ = expression(parts.step, into: step) }
    let counter = temporary(.scalar)
    position(node)
    code.branch(
      .range_count, counter.index, variable.index, (parts.isInclusive ? 1 : 0) | (kind == .u64 ? 2 : 0),
      to: loop.breakLabel)
    countedLoop(counter, variable, step, top, pattern, loop, body)
  }

  private mutating func bound(_ node: NodeID, _ kind: ScalarKind, into target: Register) {
    if node.isNone { constant(0, kind, into: target) } else { _ = expression(node, into: target) }
  }

  private mutating func countedLoop(
    _ counter: Register, _ variable: Register, _ step: Register, _ top: Label, _ pattern: NodeID, _ loop: Loop,
    _ body: LoopBody
  ) {
    code.bind(top)
    bindAndRun(pattern, variable, loop, body)
    code.bind(loop.continueLabel)
    branch(.loop_count, counter, variable, step, to: top)
  }

  private mutating func rangeValueLoop(
    _ source: NodeID, _ type: TypeID, _ pattern: NodeID, _ loop: Loop, _ body: LoopBody
  ) {
    let kind = scalarKind(TypeID(typed.types[type].a))
    let range = stable(source)
    let variable = temporary(.scalar)
    let end = temporary(.scalar)
    let step = temporary(.scalar)
    let counter = temporary(.scalar)
    let inclusive = temporary(.scalar)
    for (word, register) in [variable, end, step, inclusive].enumerated() {
      loadField(word, of: range, into: register)
    }
    let top = code.newLabel()
    let isInclusive = code.newLabel()
    let unsigned: UInt8 = kind == .u64 ? 2 : 0
    position(source)
    branch(.b_true, inclusive, to: isInclusive)
    code.branch(.range_count, counter.index, variable.index, unsigned, to: loop.breakLabel)
    code.jump(to: top)
    code.bind(isInclusive)
    code.branch(.range_count, counter.index, variable.index, unsigned | 1, to: loop.breakLabel)
    countedLoop(counter, variable, step, top, pattern, loop, body)
  }

  // MARK: Arrays and strings

  private mutating func arrayLoop(
    _ source: NodeID, _ type: TypeID, _ pattern: NodeID, _ loop: Loop, _ body: LoopBody
  ) {
    let element = TypeID(typed.types[type].a)
    let array = stable(source)
    let index = temporary(.scalar)
    constant(0, .i32, into: index)
    let item = temporary(for: element)
    code.jump(to: loop.continueLabel)
    let top = code.newLabel()
    code.bind(top)
    bindAndRun(pattern, item, loop, body)
    code.bind(loop.continueLabel)
    branch(eachOpcode(element), item, index, array, to: top)
  }

  private mutating func eachOpcode(_ element: TypeID) -> Opcode {
    switch elementWidth(element) {
    case .byte: .back_each_bool
    case .signedWord: .back_each_i32
    case .unsignedWord: .back_each_u32
    case .double: .back_each_64
    case .reference: .back_each_r
    }
  }

  private mutating func stringLoop(_ source: NodeID, _ pattern: NodeID, _ loop: Loop, _ body: LoopBody) {
    let text = stable(source)
    let offset = temporary(.scalar)
    constant(0, .i64, into: offset)
    let item = temporary(.reference)
    code.jump(to: loop.continueLabel)
    let top = code.newLabel()
    code.bind(top)
    bindAndRun(pattern, item, loop, body)
    code.bind(loop.continueLabel)
    branch(.back_each_char, item, offset, text, to: top)
  }

  /// `for (i, x) in enumerate(xs)` without the tuples.
  private mutating func enumerateLoop(_ source: NodeID, _ pattern: NodeID, _ loop: Loop, _ body: LoopBody) {
    let tree = module.tree
    let element = TypeID(typed.types[type(source)].a)
    let array = stable(source)
    let next = temporary(.scalar)
    constant(0, .i32, into: next)
    let item = temporary(for: element)
    let index = temporary(.scalar)
    code.jump(to: loop.continueLabel)
    let top = code.newLabel()
    code.bind(top)
    emit(.add_imm_i32, index, next, immediate: -1)
    let scope = enterScope()
    let parts = tree.list(tree[pattern].a)
    bindItem(parts[0], index)
    bindItem(parts[1], item)
    emitBody(body, loop)
    leaveScope(scope)
    code.bind(loop.continueLabel)
    branch(eachOpcode(element), item, next, array, to: top)
  }

  /// `for (x, y) in zip(xs, ys)` without the tuples.
  private mutating func zipLoop(
    _ left: NodeID, _ right: NodeID, _ pattern: NodeID, _ loop: Loop, _ body: LoopBody
  ) {
    let tree = module.tree
    let leftElement = TypeID(typed.types[type(left)].a)
    let rightElement = TypeID(typed.types[type(right)].a)
    let leftArray = stable(left)
    let rightArray = stable(right)
    let next = temporary(.scalar)
    let length = temporary(.scalar)
    constant(0, .i32, into: next)
    let leftItem = temporary(for: leftElement)
    let rightItem = temporary(for: rightElement)
    code.jump(to: loop.continueLabel)
    let top = code.newLabel()
    code.bind(top)
    emit(.array_len, length, rightArray)
    branch(.b_lt_i, length, next, to: loop.breakLabel)
    let index = temporary(.scalar)
    emit(.add_imm_i32, index, next, immediate: -1)
    emit(getOpcode(rightElement), rightItem, rightArray, index)
    let scope = enterScope()
    let parts = tree.list(tree[pattern].a)
    bindItem(parts[0], leftItem)
    bindItem(parts[1], rightItem)
    emitBody(body, loop)
    leaveScope(scope)
    code.bind(loop.continueLabel)
    branch(eachOpcode(leftElement), leftItem, next, leftArray, to: top)
  }

  // MARK: Maps and sets

  /// A cursor walks the entries in order; a change of keys meanwhile panics when it moves on.
  private mutating func tableLoop(
    _ source: NodeID, _ type: TypeID, _ pattern: NodeID, _ node: NodeID, _ loop: Loop, _ body: LoopBody
  ) {
    let tree = module.tree
    let isMap = typed.types.kind(type) == .map
    let table = stable(source)
    let cursor = temporary(.scalar)
    move(nativeCall(isMap ? .map_cursor : .set_cursor, [table], [type], .i64, at: node), to: cursor)
    let top = code.newLabel()
    code.bind(top)
    let next = nativeCall(isMap ? .map_next : .set_next, [table, cursor], [type, .i64], .i64, at: node)
    move(next, to: cursor)
    branch(.b_lt_imm, cursor, immediate: 0, to: loop.breakLabel)
    let scope = enterScope()
    let keyType = TypeID(typed.types[type].a)
    let key = temporary(for: keyType)
    if isMap {
      let valueType = TypeID(typed.types[type].b)
      let value = temporary(for: valueType)
      move(nativeCall(.map_key_at, [table, cursor], [type, .i64], keyType, at: node), to: key)
      move(nativeCall(.map_value_at, [table, cursor], [type, .i64], valueType, at: node), to: value)
      if tree.kind(pattern) == .tuplePattern {
        let parts = tree.list(tree[pattern].a)
        bindItem(parts[0], key)
        bindItem(parts[1], value)
      } else {
        let pair = temporary(.reference)
        emit(
          .new, pair, firstRegister([key, value], .scalar), firstRegister([key, value], .reference),
          row(typed.types.tuple([keyType, valueType])).index)
        bindItem(pattern, pair)
      }
    } else {
      move(nativeCall(.set_element_at, [table, cursor], [type, .i64], keyType, at: node), to: key)
      bindItem(pattern, key)
    }
    emitBody(body, loop)
    leaveScope(scope)
    code.bind(loop.continueLabel)
    code.jumpBack(to: top)
  }

  private func firstRegister(_ registers: [Register], _ window: Representation) -> Register {
    registers.first { $0.representation == window } ?? .none
  }

  // MARK: Anything with `next` or `iter`

  private mutating func iteratorLoop(
    _ source: NodeID, _ type: TypeID, _ pattern: NodeID, _ use: Use, _ node: NodeID, _ loop: Loop, _ body: LoopBody
  ) {
    let nextName = methodNames.next
    var iterator = stable(source)
    var iteratorType = type
    if method(nextName, on: type) == nil {
      let result = callMethod(methodNames.iter, on: type, [iterator], at: node)
      iterator = result.register
      iteratorType = result.type
    }
    let top = code.newLabel()
    code.bind(top)
    let mark = mark
    let next = callMethod(nextName, on: iteratorType, [iterator], at: node)
    branch(.b_null, next.register, to: loop.breakLabel)
    let item = unwrapped(next.register, next.type)
    bindAndRun(pattern, item, loop, body)
    release(to: mark)
    code.bind(loop.continueLabel)
    code.jumpBack(to: top)
  }
}
