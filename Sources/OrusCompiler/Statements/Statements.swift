import OrusBytecode
import OrusSyntax
import OrusTypes

extension Lowering {
  mutating func statement(_ node: NodeID) {
    let tree = module.tree
    let row = tree[node]
    switch row.kind {
    case .pass, .function, .structDeclaration, .enumDeclaration, .implementation, .use, .error:
      break
    case .constStatement:
      lowerConstant(node)
    case .block:
      block(node)
    case .letStatement:
      lowerLet(node)
    case .assign:
      let mark = mark
      lowerAssignment(node)
      release(to: mark)
    case .returnStatement:
      lowerReturn(NodeID(row.a))
    case .breakStatement:
      code.jump(to: loop(labelled: row.a).breakLabel)
    case .continueStatement:
      code.jump(to: loop(labelled: row.a).continueLabel)
    case .whileStatement:
      lowerWhile(node)
    case .forStatement:
      let view = tree.forLoop(node)
      lowerLoop(
        pattern: NodeID(row.a), over: view.iterable, use: module.use(node), at: node, label: view.label,
        body: .block(view.body))
    case .ifExpression:
      lowerIf(node, into: .none)
    case .match:
      lowerMatch(node, into: nil, isTail: false)
    case .tryExpression:
      lowerTry(node, into: .none)
    case .parenthesized where module.adjustment(node).isEmpty:
      statement(NodeID(row.a))
    case .conditional:
      let view = tree.conditional(node)
      let otherwise = code.newLabel()
      let end = code.newLabel()
      condition(NodeID(row.a), jumpIf: false, to: otherwise)
      statement(view.then)
      code.jump(to: end)
      code.bind(otherwise)
      statement(view.otherwise)
      code.bind(end)
    default:
      let mark = mark
      _ = rawExpression(node, into: nil)
      if type(node) == .never { emit(.unreachable) }
      release(to: mark)
    }
  }

  /// The top-level code of a module.
  mutating func lowerModule(_ node: NodeID) {
    let tree = module.tree
    let items = tree.list(tree[node].a)
    hoistNestedFunctions(items)
    for item in items { statement(item) }
    emitReturn(.none)
  }

  private mutating func lowerReturn(_ value: NodeID) {
    if value.isNone { emitReturn(.none) } else { lowerTail(value) }
  }

  private mutating func loop(labelled label: UInt32) -> Loop {
    let found = label == 0 ? context.loops.last : context.loops.last { $0.label == label }
    guard let found else { preconditionFailure("a break or continue without its loop") }
    return found
  }

  // MARK: let

  private mutating func lowerLet(_ node: NodeID) {
    let tree = module.tree
    let pattern = NodeID(tree[node].a)
    let value = tree.letStatement(node).value
    if tree.kind(pattern) == .bindingPattern {
      lowerBinding(pattern, value)
      return
    }
    guard !value.isNone else { return }
    if tree.kind(pattern) == .wildcardPattern {
      statement(value)
      return
    }
    // The value stays in a register of its own until the pattern has taken it apart; what is bound lies above it, and
    // keeps it from being given back, or where registers run out in slots.
    let mark = mark
    let source = expression(value)
    context.bindsToSlots = max(context.nextScalar, context.nextReference) >= context.limits.local
    bindIrrefutable(pattern, source)
    if context.bindsToSlots { release(to: mark) }
    context.bindsToSlots = false
  }

  private mutating func lowerBinding(_ pattern: NodeID, _ value: NodeID) {
    let use = module.use(pattern)
    let type = type(pattern)
    if use.kind == .global {
      lowerGlobalBinding(use.index, type, value)
      return
    }
    let local = LocalID(use.index)
    guard !value.isNone else {
      declare(local, type)
      return
    }
    if typed.locals[Int(local.index)].needsCell {
      // The value may mention an outer variable of the same cell's name, so it comes first.
      let mark = mark
      let source = expression(value)
      if case .none = locations[Int(local.index)] {
        let kept = source
        declareCell(local, type, holding: kept, above: mark)
      } else {
        assign(local, source)
        release(to: mark)
        context.scoped.append(local)
      }
      return
    }
    declare(local, type)
    if let register = ownRegister(local) {
      _ = expression(value, into: register)
      // `let x = panic()` never comes here.
      if self.type(value) == .never { emit(.unreachable) }
    } else {
      let mark = mark
      assign(local, expression(value))
      release(to: mark)
    }
  }

  /// Makes the cell of a variable whose first value was computed into temporaries above `mark`.
  mutating func declareCell(_ local: LocalID, _ type: TypeID, holding value: Register, above mark: RegisterMark) {
    context.scoped.append(local)
    let cellType = structuralRow(TypeRow(.cell, elements: [row(type)]))
    let cell = temporary(.reference)
    emit(.cell_new, cell, cellType.index)
    if value.representation != .none {
      emit(value.representation == .scalar ? .cell_set_s : .cell_set_r, cell, value)
    }
    release(to: mark)
    if !hasRoom(for: .reference) {
      let slot = spillSlot(.reference)
      store(cell, toSlot: slot)
      locations[Int(local.index)] = .spilledCell(slot: slot)
    } else {
      let home = temporary(.reference)
      move(cell, to: home)
      locations[Int(local.index)] = .cell(home)
    }
  }

  // MARK: Module level

  /// The row of a global that functions share; made on first need.
  mutating func globalRow(_ global: UInt32) -> UInt32 {
    if globalRows[Int(global)] >= 0 { return UInt32(globalRows[Int(global)]) }
    let info = typed.globals[Int(global)]
    let index = program.globals.count
    program.globals.append(GlobalRow(name: strings.intern(info.name, in: typed.symbols), type: row(info.type)))
    globalRows[Int(global)] = Int32(index)
    return UInt32(index)
  }

  /// A module-level binding has a place once its value stands there: until then, also in its own value, a read
  /// of it is one of a global that is not initialised.
  private mutating func lowerGlobalBinding(_ global: UInt32, _ type: TypeID, _ value: NodeID) {
    if typed.globals[Int(global)].isShared {
      guard !value.isNone else { return }
      let mark = mark
      writeGlobal(global, expression(value))
      release(to: mark)
      return
    }
    let representation = representation(type)
    if hasRoom(for: representation) {
      let register = temporary(representation)
      if !value.isNone { _ = expression(value, into: register) }
      globalLocations[Int(global)] = .register(register)
    } else {
      let slot = spillSlot(representation)
      if !value.isNone {
        let mark = mark
        store(expression(value), toSlot: slot)
        release(to: mark)
      }
      globalLocations[Int(global)] = .spilled(representation, slot: slot)
    }
  }

  /// A module-level binding that a pattern makes.
  mutating func bindGlobal(_ global: UInt32, _ value: Register) {
    if !typed.globals[Int(global)].isShared, case .none = globalLocations[Int(global)] {
      globalLocations[Int(global)] = home(for: value.representation)
    }
    writeGlobal(global, value)
  }

  mutating func writeGlobal(_ global: UInt32, _ value: Register) {
    guard value.representation != .none else { return }
    switch globalLocations[Int(global)] {
    case .register(let register): move(value, to: register)
    case .spilled(_, let slot): store(value, toSlot: slot)
    default:
      emit(value.representation == .scalar ? .set_global_s : .set_global_r, value, globalRow(global))
    }
  }

  mutating func readGlobal(_ global: UInt32, _ node: NodeID, into target: Register?) -> Register {
    let representation = representation(concrete(typed.globals[Int(global)].type))
    guard representation != .none else { return .none }
    switch globalLocations[Int(global)] {
    case .register(let register):
      guard let target else { return register }
      move(register, to: target)
      return target
    case .spilled(_, let slot):
      let result = target ?? temporary(representation)
      load(slot: slot, into: result)
      return result
    default:
      let result = target ?? temporary(representation)
      position(node)
      emit(representation == .scalar ? .get_global_s : .get_global_r, result, globalRow(global))
      return result
    }
  }

  // MARK: Constants that are objects

  /// Composite constants are globals: built where they are declared at module level, in each run of the block
  /// elsewhere.
  private mutating func lowerConstant(_ node: NodeID) {
    let index = module.use(node).index
    guard case .composite = typed.constants[Int(index)].value else { return }
    let mark = mark
    let value = expression(module.tree.constStatement(node).value)
    emit(.set_global_r, value, constantRow(index))
    release(to: mark)
  }

  mutating func constantRow(_ constant: UInt32) -> UInt32 {
    if constantRows[Int(constant)] >= 0 { return UInt32(constantRows[Int(constant)]) }
    let info = typed.constants[Int(constant)]
    let index = program.globals.count
    program.globals.append(GlobalRow(name: strings.intern(info.name, in: typed.symbols), type: row(info.type)))
    constantRows[Int(constant)] = Int32(index)
    return UInt32(index)
  }
}
