import OrusBytecode
import OrusSyntax
import OrusTypes

/// Decision trees to code.
///
/// The tree is an acyclic graph of tests on parts of the matched value. Its nodes
/// are emitted in topological order, so every jump goes forward. A part gets a
/// register of its own, loaded at the first node on a path that needs it: a node
/// may rely on what all the ways to it have loaded. Parts of different variants of
/// one value are never there together and share registers.
///
/// A name is bound to the register of its part as it is, since nothing can assign
/// to it; only where an arm is reached from several leaves do its names have
/// registers of their own.
struct TreeEmission {
  let tree: DecisionTree
  let root: Register
  /// Concrete.
  var types: [TypeID] = []
  var registers: [Register] = []
  var labels: [Label] = []
  /// By node: which paths are loaded when control arrives; nil before any way to it is known.
  var available: [[Bool]?] = []
  /// How many leaves lead to each arm.
  var leavesOfArm: [Int] = []
  let onFail: Label?
  /// The match or pattern, where a panic would be shown.
  let node: NodeID
}

extension Lowering {
  mutating func lowerMatch(_ node: NodeID, into target: Register?, isTail: Bool) {
    let tree = module.tree
    let arms = tree.list(tree[node].b)
    let scope = enterScope()
    let scrutinee = NodeID(tree[node].a)
    let value = stable(scrutinee)
    let decision = decisionTree(node, isMatch: true)
    var emission = prepare(decision, value, at: node, onFail: nil)
    let end = code.newLabel()
    let bodies = arms.map { _ in code.newLabel() }
    declareSharedNames(emission)
    for i in topologicalOrder(decision) {
      emitNode(i, &emission) { lowering, emission, node, available in
        let arm = Int(node.arm)
        let armNode = arms[arm]
        let scope = lowering.enterScope()
        lowering.bind(node, &emission, available)
        if node.kind == .guarded {
          lowering.condition(
            lowering.module.tree.arm(armNode).guardCondition, jumpIf: false, to: emission.labels[Int(node.otherwise)])
        }
        if emission.leavesOfArm[arm] > 1 {
          lowering.code.jump(to: bodies[arm])
        } else {
          lowering.armBody(armNode, into: target, isTail: isTail)
          if !isTail { lowering.code.jump(to: end) }
        }
        lowering.leaveScope(scope)
      }
    }
    for (i, arm) in arms.enumerated() where emission.leavesOfArm[i] > 1 {
      code.bind(bodies[i])
      armBody(arm, into: target, isTail: isTail)
      if !isTail { code.jump(to: end) }
    }
    leaveScope(scope)
    code.bind(end)
  }

  private mutating func armBody(_ arm: NodeID, into target: Register?, isTail: Bool) {
    let body = module.tree.arm(arm).body
    if isTail {
      lowerTail(body)
    } else if let target {
      blockOrEmpty(body, into: target)
    } else {
      block(body)
    }
  }

  /// Goes on if the value matches the pattern, its names bound in the scope around, and jumps to the label otherwise.
  mutating func test(_ pattern: NodeID, _ value: Register, orElse label: Label) {
    let decision = decisionTree(pattern, isMatch: false)
    var emission = prepare(decision, value, at: pattern, onFail: label)
    let matched = code.newLabel()
    declareSharedNames(emission)
    let isShared = emission.leavesOfArm[0] > 1
    let order = topologicalOrder(decision)
    for (position, i) in order.enumerated() {
      let isLast = position == order.count - 1
      emitNode(i, &emission) { lowering, emission, node, available in
        lowering.bind(node, &emission, available)
        if isShared || !isLast { lowering.code.jump(to: matched) }
      }
    }
    code.bind(matched)
  }

  /// Takes a value apart by a pattern that always matches.
  mutating func bindIrrefutable(_ pattern: NodeID, _ value: Register) {
    if isPlainTuple(pattern) { return bindTuple(pattern, value) }
    let never = code.newLabel()
    test(pattern, value, orElse: never)
    code.bind(never)
  }

  /// A tuple of names, which needs no tree.
  private mutating func isPlainTuple(_ pattern: NodeID) -> Bool {
    let tree = module.tree
    guard tree.kind(pattern) == .tuplePattern else { return false }
    return tree.list(tree[pattern].a).allSatisfy { part in
      switch tree.kind(part) {
      case .bindingPattern, .wildcardPattern: true
      default: false
      }
    }
  }

  private mutating func bindTuple(_ pattern: NodeID, _ value: Register) {
    let tree = module.tree
    let words = words(of: row(type(pattern)))
    for (i, part) in tree.list(tree[pattern].a).enumerated() where tree.kind(part) == .bindingPattern {
      let use = module.use(part)
      let type = type(part)
      if use.kind == .local { declare(LocalID(use.index), type) }
      if use.kind == .local, let register = ownRegister(LocalID(use.index)) {
        loadField(words[i], of: value, into: register)
        continue
      }
      let mark = mark
      let loaded = temporary(for: type)
      loadField(words[i], of: value, into: loaded)
      if use.kind == .local {
        assign(LocalID(use.index), loaded)
        release(to: mark)
      } else {
        // Its home, where that is a register, lies above what it was loaded into.
        bindGlobal(use.index, loaded)
        if context.bindsToSlots { release(to: mark) }
      }
    }
  }

  /// Trees are built once, however many instances their function has.
  private mutating func decisionTree(_ node: NodeID, isMatch: Bool) -> DecisionTree {
    if let known = typed.modules[moduleIndex].decisions[node] { return known }
    let tree =
      isMatch
      ? DecisionTree.match(node, module: moduleIndex, of: typed)
      : DecisionTree.pattern(node, module: moduleIndex, of: typed)
    typed.modules[moduleIndex].decisions[node] = tree
    return tree
  }

  // MARK: Preparation

  private mutating func prepare(
    _ tree: DecisionTree, _ root: Register, at node: NodeID, onFail: Label?
  ) -> TreeEmission {
    var emission = TreeEmission(tree: tree, root: root, onFail: onFail, node: node)
    emission.types = tree.pathTypes.map { concrete($0) }
    emission.labels = tree.nodes.map { _ in code.newLabel() }
    emission.available = tree.nodes.map { _ in nil }
    emission.leavesOfArm = Array(few: 0, count: tree.isReached.count)
    for node in tree.nodes where !node.isTest && node.kind != .fail { emission.leavesOfArm[Int(node.arm)] += 1 }
    if !tree.nodes.isEmpty {
      var atRoot = tree.paths.map { _ in false }
      if !atRoot.isEmpty { atRoot[0] = true }
      emission.available[0] = atRoot
    }
    assignRegisters(&emission)
    return emission
  }

  /// A register for each path. Parts of different variants of one parent begin at the same place: what one of them
  /// needs is the most that any variant does.
  private mutating func assignRegisters(_ emission: inout TreeEmission) {
    let tree = emission.tree
    let types = emission.types
    emission.registers = Array(few: .none, count: tree.paths.count)
    guard !tree.paths.isEmpty else { return }
    emission.registers[0] = emission.root
    if tree.paths.count == 1 { return }

    // Paths by parent, those of one variant together. Their own registers come first, then those of their parts.
    var order = Array(1..<tree.paths.count)
    let paths = tree.paths
    func precedes(_ a: Int, _ b: Int) -> Bool {
      let (x, y) = (paths[a], paths[b])
      return (x.parent, x.group, a) < (y.parent, y.group, b)
    }
    if !zip(order, order.dropFirst()).allSatisfy({ precedes($0, $1) }) { order.sort { precedes($0, $1) } }
    func isGroup(_ i: Int, _ j: Int) -> Bool {
      let (x, y) = (paths[order[i]], paths[order[j]])
      return x.parent == y.parent && x.group == y.group
    }
    // What the parts of each path need in all: a parent stands before its parts.
    var extents = Array(few: RegisterMark(scalar: 0, reference: 0), count: tree.paths.count)
    var end = order.count
    while end > 0 {
      var begin = end - 1
      while begin > 0 && isGroup(begin - 1, begin) { begin -= 1 }
      var (scalar, reference) = (0, 0)
      for path in order[begin..<end] {
        switch isSamePlace(path, tree, types) ? .none : representation(types[path]) {
        case .none: break
        case .scalar: scalar += 1
        case .reference: reference += 1
        }
        scalar += extents[path].scalar
        reference += extents[path].reference
      }
      let parent = Int(tree.paths[order[begin]].parent)
      extents[parent] = RegisterMark(
        scalar: max(extents[parent].scalar, scalar), reference: max(extents[parent].reference, reference))
      end = begin
    }

    let start = mark
    var starts = Array(few: start, count: tree.paths.count)
    var begin = 0
    while begin < order.count {
      var end = begin + 1
      while end < order.count && isGroup(begin, end) { end += 1 }
      let parent = Int(tree.paths[order[begin]].parent)
      release(to: starts[parent])
      for path in order[begin..<end] {
        emission.registers[path] =
          isSamePlace(path, tree, types) ? emission.registers[parent] : temporary(for: types[path])
      }
      var next = mark
      for path in order[begin..<end] {
        starts[path] = next
        next = RegisterMark(
          scalar: next.scalar + extents[path].scalar, reference: next.reference + extents[path].reference)
      }
      begin = end
    }
    release(
      to: RegisterMark(scalar: start.scalar + extents[0].scalar, reference: start.reference + extents[0].reference))
  }

  /// What is inside a `Some` that has no box is the option itself.
  private mutating func isSamePlace(_ path: Int, _ tree: DecisionTree, _ types: [TypeID]) -> Bool {
    let step = tree.paths[path]
    guard step.step == .payload, isOption(types[Int(step.parent)]) else { return false }
    return !needsBox(types[path])
  }

  private func topologicalOrder(_ tree: DecisionTree) -> [Int] {
    var order: [Int] = []
    order.reserveCapacity(tree.nodes.count)
    var state = [UInt8](few: 0, count: tree.nodes.count)
    var work: [Int] = []
    work.reserveCapacity(tree.nodes.count)
    if !tree.nodes.isEmpty { work.append(0) }
    while let node = work.last {
      if state[node] == 0 {
        state[node] = 1
        // The first of these to be done stands last in the code, so what falls through comes on top.
        let row = tree.nodes[node]
        if row.isTest {
          for choice in tree.cases(row) where state[Int(choice.target)] == 0 { work.append(Int(choice.target)) }
        }
        if row.otherwise != DecisionTree.none, state[Int(row.otherwise)] == 0 { work.append(Int(row.otherwise)) }
      } else {
        work.removeLast()
        if state[node] == 1 {
          state[node] = 2
          order.append(node)
        }
      }
    }
    return order.reversed()
  }

  // MARK: Names

  /// Names of arms that several leaves lead to get registers before any of them.
  private mutating func declareSharedNames(_ emission: TreeEmission) {
    guard emission.leavesOfArm.contains(where: { $0 > 1 }) else { return }
    var declared: Set<LocalID> = []
    for node in emission.tree.nodes where !node.isTest && node.kind != .fail {
      guard emission.leavesOfArm[Int(node.arm)] > 1 else { continue }
      for binding in emission.tree.bindings(node) {
        let use = module.use(binding.node)
        guard use.kind == .local, declared.insert(LocalID(use.index)).inserted else { continue }
        declare(LocalID(use.index), emission.types[Int(binding.path)])
      }
    }
  }

  private mutating func bind(_ node: DecisionTree.Node, _ emission: inout TreeEmission, _ available: [Bool]) {
    var available = available
    let isShared = emission.leavesOfArm[Int(node.arm)] > 1
    for binding in emission.tree.bindings(node) {
      load(Int(binding.path), &emission, &available)
      let value = emission.registers[Int(binding.path)]
      let use = module.use(binding.node)
      if use.kind == .global {
        bindGlobal(use.index, value)
        continue
      }
      let local = LocalID(use.index)
      if isShared {
        assign(local, value)
      } else if typed.locals[Int(local.index)].needsCell || context.bindsToSlots {
        declare(local, emission.types[Int(binding.path)])
        assign(local, value)
      } else {
        context.scoped.append(local)
        locations[Int(local.index)] = .register(value)
      }
    }
  }

  // MARK: Nodes

  private mutating func emitNode(
    _ i: Int, _ emission: inout TreeEmission,
    leaf: (inout Lowering, inout TreeEmission, DecisionTree.Node, [Bool]) -> Void
  ) {
    guard var available = emission.available[i] else { return }
    code.bind(emission.labels[i])
    let node = emission.tree.nodes[i]
    switch node.kind {
    case .leaf, .guarded:
      // What the guard's failure leads to can rely on nothing that only binding loaded.
      if node.kind == .guarded { arrive(node.otherwise, available, &emission) }
      leaf(&self, &emission, node, available)
      return
    case .fail:
      if let label = emission.onFail { code.jump(to: label) } else { emit(.unreachable) }
      return
    case .boolean, .variant, .integer, .length, .text, .float, .literal, .test: break
    }
    load(Int(node.path), &emission, &available)
    let mark = mark
    emitTest(node, emission)
    release(to: mark)
    for choice in emission.tree.cases(node) { arrive(choice.target, available, &emission) }
    if node.otherwise != DecisionTree.none {
      arrive(node.otherwise, available, &emission)
      code.jump(to: emission.labels[Int(node.otherwise)])
    }
  }

  private func arrive(_ target: UInt32, _ available: [Bool], _ emission: inout TreeEmission) {
    guard target != DecisionTree.none else { return }
    if let known = emission.available[Int(target)] {
      emission.available[Int(target)] = zip(known, available).map { $0 && $1 }
    } else {
      emission.available[Int(target)] = available
    }
  }

  /// Makes sure that a path's value is in its register.
  private mutating func load(_ path: Int, _ emission: inout TreeEmission, _ available: inout [Bool]) {
    guard !available[path] else { return }
    let step = emission.tree.paths[path]
    let parent = Int(step.parent)
    load(parent, &emission, &available)
    available[path] = true
    let target = emission.registers[path]
    let object = emission.registers[parent]
    let parentType = emission.types[parent]
    switch step.step {
    case .root: break
    case .field:
      loadField(words(of: row(parentType))[Int(step.index)], of: object, into: target)
    case .payload:
      if isOption(parentType) {
        if !isSamePlace(path, emission.tree, emission.types) { loadField(0, of: object, into: target) }
      } else if representation(parentType) == .reference {
        loadField(
          words(of: variantRow(parentType, Int(step.variant)))[Int(step.index)], of: object, into: target)
      }
    case .element, .elementFromEnd:
      let mark = mark
      let index = temporary(.scalar)
      if step.step == .element {
        constant(UInt64(step.index), .i32, into: index)
      } else {
        lengthMinus(step.index, of: object, into: index)
      }
      emit(getOpcode(emission.types[path]), target, object, index)
      release(to: mark)
    case .slice:
      let mark = mark
      let start = temporary(.scalar)
      let end = temporary(.scalar)
      constant(UInt64(step.index), .i64, into: start)
      lengthMinus(step.variant, of: object, into: end)
      code.emit(.retype, end.index, end.index, ScalarKind.i64.rawValue)
      let list = typed.types.array(TypeID(typed.types[parentType].a))
      let sliced = nativeCall(.array_slice, [object, start, end], [list, .i64, .i64], list, at: emission.node)
      move(sliced, to: target)
      release(to: mark)
    }
  }

  private mutating func lengthMinus(_ count: UInt32, of array: Register, into target: Register) {
    emit(.array_len, target, array)
    var left = Int(count)
    while left > 0 {
      let part = min(left, 127)
      emit(.add_imm_i32, target, target, immediate: -part)
      left -= part
    }
  }
}
