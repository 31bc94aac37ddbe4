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
  var leavesOfArm: [Int: Int] = [:]
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
        if emission.leavesOfArm[arm]! > 1 {
          lowering.code.jump(to: bodies[arm])
        } else {
          lowering.armBody(armNode, into: target, isTail: isTail)
          if !isTail { lowering.code.jump(to: end) }
        }
        lowering.leaveScope(scope)
      }
    }
    for (i, arm) in arms.enumerated() where (emission.leavesOfArm[i] ?? 0) > 1 {
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
    let isShared = (emission.leavesOfArm[0] ?? 0) > 1
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
        // Its home may be the register that it was loaded into.
        bindGlobal(use.index, loaded)
      }
    }
  }

  /// Trees are built once, however many instances their function has.
  private mutating func decisionTree(_ node: NodeID, isMatch: Bool) -> DecisionTree {
    let key = UInt64(moduleIndex) << 32 | UInt64(node.index)
    if let known = decisionTrees[key] { return known }
    let tree =
      isMatch
      ? DecisionTree.match(node, module: moduleIndex, of: typed)
      : DecisionTree.pattern(node, module: moduleIndex, of: typed)
    decisionTrees[key] = tree
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
    for node in tree.nodes where node.kind == .leaf || node.kind == .guarded {
      emission.leavesOfArm[Int(node.arm), default: 0] += 1
    }
    if !tree.nodes.isEmpty {
      var atRoot = tree.paths.map { _ in false }
      if !atRoot.isEmpty { atRoot[0] = true }
      emission.available[0] = atRoot
    }
    assignRegisters(&emission)
    return emission
  }

  /// A register for each path. Parts of different variants of one parent begin at the same place.
  private mutating func assignRegisters(_ emission: inout TreeEmission) {
    let tree = emission.tree
    emission.registers = tree.paths.map { _ in .none }
    guard !tree.paths.isEmpty else { return }
    emission.registers[0] = emission.root
    var children: [[Int]] = tree.paths.map { _ in [] }
    for i in tree.paths.indices.dropFirst() { children[Int(tree.paths[i].parent)].append(i) }
    let start = mark
    var deepest = start

    // Depth first, with the place where each path's parts begin.
    var work: [(path: Int, at: RegisterMark)] = [(0, start)]
    while let (path, at) = work.popLast() {
      deepest = RegisterMark(
        scalar: max(deepest.scalar, at.scalar), reference: max(deepest.reference, at.reference))
      var groups: [UInt32: [Int]] = [:]
      for child in children[path] {
        let isPayload = tree.paths[child].step == .payload
        groups[isPayload ? tree.paths[child].variant : 0, default: []].append(child)
      }
      for (_, group) in groups {
        release(to: at)
        for child in group {
          if isSamePlace(child, emission) {
            emission.registers[child] = emission.registers[path]
          } else {
            emission.registers[child] = temporary(for: emission.types[child])
          }
        }
        // The parts of the parts: each after all of this group, one after the other.
        var next = mark
        for child in group {
          work.append((child, next))
          next = extent(child, children, emission, from: next)
        }
      }
    }
    release(
      to: RegisterMark(
        scalar: max(deepest.scalar, context.nextScalar), reference: max(deepest.reference, context.nextReference)))
    let end = extent(0, children, emission, from: start)
    release(to: RegisterMark(scalar: max(end.scalar, deepest.scalar), reference: max(end.reference, deepest.reference)))
    context.maxScalar = max(context.maxScalar, context.nextScalar)
    context.maxReference = max(context.maxReference, context.nextReference)
  }

  /// Where the registers of a path's parts end if they begin at `mark`.
  private mutating func extent(
    _ path: Int, _ children: [[Int]], _ emission: TreeEmission, from mark: RegisterMark
  ) -> RegisterMark {
    var groups: [UInt32: [Int]] = [:]
    for child in children[path] {
      let isPayload = emission.tree.paths[child].step == .payload
      groups[isPayload ? emission.tree.paths[child].variant : 0, default: []].append(child)
    }
    var end = mark
    for (_, group) in groups {
      var scalar = mark.scalar
      var reference = mark.reference
      for child in group where !isSamePlace(child, emission) {
        switch representation(emission.types[child]) {
        case .none: break
        case .scalar: scalar += 1
        case .reference: reference += 1
        }
      }
      var next = RegisterMark(scalar: scalar, reference: reference)
      for child in group { next = extent(child, children, emission, from: next) }
      end = RegisterMark(scalar: max(end.scalar, next.scalar), reference: max(end.reference, next.reference))
    }
    return end
  }

  /// What is inside a `Some` that has no box is the option itself.
  private mutating func isSamePlace(_ path: Int, _ emission: TreeEmission) -> Bool {
    let step = emission.tree.paths[path]
    guard step.step == .payload, isOption(emission.types[Int(step.parent)]) else { return false }
    return !needsBox(emission.types[path])
  }

  private func topologicalOrder(_ tree: DecisionTree) -> [Int] {
    var order: [Int] = []
    var state = [UInt8](repeating: 0, count: tree.nodes.count)
    var work = tree.nodes.isEmpty ? [] : [0]
    while let node = work.last {
      if state[node] == 0 {
        state[node] = 1
        for successor in successors(node, tree).reversed() where state[successor] == 0 { work.append(successor) }
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

  /// In reverse of the order in which they should stand in the code.
  private func successors(_ node: Int, _ tree: DecisionTree) -> [Int] {
    let row = tree.nodes[node]
    var result: [Int] = []
    if row.otherwise != DecisionTree.none { result.append(Int(row.otherwise)) }
    if row.kind != .leaf && row.kind != .guarded && row.kind != .fail {
      for choice in tree.cases(row).reversed() { result.append(Int(choice.target)) }
    }
    return result
  }

  // MARK: Names

  /// Names of arms that several leaves lead to get registers before any of them.
  private mutating func declareSharedNames(_ emission: TreeEmission) {
    var declared: Set<LocalID> = []
    for node in emission.tree.nodes where node.kind == .leaf || node.kind == .guarded {
      guard emission.leavesOfArm[Int(node.arm)]! > 1 else { continue }
      for binding in emission.tree.bindings(node) {
        let use = module.use(binding.node)
        guard use.kind == .local, declared.insert(LocalID(use.index)).inserted else { continue }
        declare(LocalID(use.index), emission.types[Int(binding.path)])
      }
    }
  }

  private mutating func bind(_ node: DecisionTree.Node, _ emission: inout TreeEmission, _ available: [Bool]) {
    var available = available
    let isShared = emission.leavesOfArm[Int(node.arm)]! > 1
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
      } else if typed.locals[Int(local.index)].needsCell {
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
        if !isSamePlace(path, emission) { loadField(0, of: object, into: target) }
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
