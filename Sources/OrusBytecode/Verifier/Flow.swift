/// The second pass: blocks in order of address, again where a loop brings new
/// knowledge, and the joining of states.
extension Verifier {
  mutating func flow() throws(Fault) {
    enter()
    var block = 0
    while block < leaders.count {
      guard leaders[block].isDirty else {
        block += 1
        continue
      }
      leaders[block].isDirty = false
      nextDirty = block + 1
      load(block)
      at = leaders[block].word
      handler = leaders[block].handler
      if handler >= 0 { try joinHandler() }
      let end = block + 1 < leaders.count ? leaders[block + 1].word : length
      if try run(to: end) { try join(block + 1) }
      block = nextDirty
    }
    for i in leaders.indices { release(i) }
  }

  /// The state with which the function is entered, at its first leader.
  private mutating func enter() {
    slots.update(repeating: 0, count: slotCount)
    let row = program.functions[function]
    let type = Int(row.type.index)
    var scalar = 0
    var reference = scalarCount
    for i in 0..<types.elementCount(type) - 1 {
      let parameter = types.element(type, i)
      switch types.representations[parameter] {
      case .none: break
      case .scalar:
        slots[scalar] = UInt32(parameter) << 1
        scalar += 1
      case .reference:
        slots[reference] = UInt32(parameter) << 1
        reference += 1
      }
    }
    if row.captures != .void { slots[reference] = row.captures.index << 1 }
    openTexts = 0
    prepareStates()
    leaders[0].state = freshState()
    leaders[0].state!.update(from: slots, count: slotCount)
    leaders[0].isDirty = true
  }

  /// Interprets up to a word. True where the way goes on there.
  @inline(__always)
  private mutating func run(to end: Int) throws(Fault) -> Bool {
    changedCount = 0
    while at < end {
      try spend(1)
      if handler >= 0 && changedCount > 0 { try joinChangesIntoHandler() }
      changedCount = 0
      let word = code[at]
      let plan = plans + Int(word & 0xFF)
      try step(unsafeBitCast(UInt8(truncatingIfNeeded: word), to: Opcode.self), word, plan)
      let flow = plan.pointee.flow
      if flow == .stop || flow == .jump || flow == .switchVariant { return false }
      at += plan.pointee.fixedLength + (plan.pointee.hasTable ? Instruction.bc(word) : 0)
    }
    return true
  }

  // MARK: States

  /// Keeps the states of the functions before this one, where they are neither too small for it nor so large that the
  /// count of memory would be wrong by more than a small factor.
  private mutating func prepareStates() {
    if slotCount < stateCapacity, stateCapacity <= max(64, 4 * slotCount), freeStates.count <= 64 { return }
    for state in freeStates { state.deallocate() }
    freeStates.removeAll(keepingCapacity: true)
    stateCapacity = max(32, slotCount + 1)
  }

  private mutating func freshState() -> UnsafeMutablePointer<UInt32> {
    freeStates.popLast() ?? .allocate(capacity: stateCapacity)
  }

  private mutating func load(_ leader: Int) {
    let state = leaders[leader].state!
    slots.update(from: state, count: slotCount)
    openTexts = leaders[leader].openTexts
    if !leaders[leader].isInLoop { release(leader) }
  }

  private mutating func release(_ leader: Int) {
    guard let state = leaders[leader].state else { return }
    leaders[leader].state = nil
    freeStates.append(state)
    memoryLeft += slotCount
  }

  /// The current state reaches the leader at a word of the function.
  mutating func join(atWord word: Int) throws(Fault) { try join(Int(leaderAt[word])) }

  /// The current state reaches a leader.
  mutating func join(_ leader: Int) throws(Fault) {
    try spend(1 + slotCount >> 3)
    guard let state = leaders[leader].state else {
      memoryLeft -= slotCount
      if memoryLeft < 0 { throw Fault.rule("the function takes too much memory to verify") }
      let state = freshState()
      state.update(from: slots, count: slotCount)
      leaders[leader].state = state
      leaders[leader].openTexts = openTexts
      touch(leader)
      return
    }
    if leaders[leader].openTexts != openTexts {
      throw Fault.rule("where ways meet, one has begun a text that the other has not")
    }
    if merge(state) { touch(leader) }
  }

  @inline(__always) private mutating func touch(_ leader: Int) {
    leaders[leader].isDirty = true
    nextDirty = min(nextDirty, leader)
  }

  /// Sinks a state to what it has in common with the current one. True where that changed it.
  private mutating func merge(_ state: UnsafeMutablePointer<UInt32>) -> Bool {
    var differs: UInt32 = 0
    for i in 0..<slotCount { differs |= state[i] ^ slots[i] }
    if differs == 0 { return false }
    var isChanged = false
    for i in 0..<slotCount {
      let old = state[i]
      if old == slots[i] || old == 0 { continue }
      let new = joined(old, slots[i])
      if new != old {
        state[i] = new
        isChanged = true
      }
    }
    return isChanged
  }

  /// What two different slots have in common.
  private func joined(_ x: UInt32, _ y: UInt32) -> UInt32 {
    if x == 0 || y == 0 { return 0 }
    let rowX = x >> 1
    let rowY = y >> 1
    if rowX == rowY { return rowX << 1 }
    if types.scalars[Int(rowX)] != 0 || types.scalars[Int(rowY)] != 0 { return 0 }
    return types.join(rowX, rowY) << 1
  }

  // MARK: Handlers

  /// The current state reaches the handler that is in force, with the error in its register.
  mutating func joinHandler() throws(Fault) {
    let range = handlers[handler]
    let register = scalarCount + range.register
    let kept = slots[register]
    let texts = openTexts
    slots[register] = program.errorType.index << 1
    openTexts = 0
    try join(atWord: range.target)
    slots[register] = kept
    openTexts = texts
  }

  /// The same where only the slots in `changed` are new to it.
  private mutating func joinChangesIntoHandler() throws(Fault) {
    let range = handlers[handler]
    let leader = Int(leaderAt[range.target])
    guard let state = leaders[leader].state else {
      try joinHandler()
      return
    }
    for i in 0..<changedCount where changed[i] != scalarCount + range.register {
      let slot = changed[i]
      if state[slot] == slots[slot] || state[slot] == 0 { continue }
      let new = joined(state[slot], slots[slot])
      if new != state[slot] {
        state[slot] = new
        touch(leader)
      }
    }
  }

  // MARK: Slots

  @inline(__always) mutating func set(_ slot: Int, _ value: UInt32) {
    slots[slot] = value
    changed[changedCount] = slot
    changedCount += 1
  }

  @inline(__always) mutating func setScalar(_ register: Int, _ row: UInt32) { set(register, row << 1) }
  @inline(__always) mutating func setReference(_ register: Int, _ row: UInt32) { set(scalarCount + register, row << 1) }

  /// What a call destroys: the registers from the bases on. A handler in force sees that too.
  mutating func clobber(_ scalarBase: Int, _ referenceBase: Int) throws(Fault) {
    (slots + scalarBase).update(repeating: 0, count: scalarCount - scalarBase)
    (slots + scalarCount + referenceBase).update(repeating: 0, count: referenceCount - referenceBase)
    if handler >= 0 { try joinHandler() }
  }
}
