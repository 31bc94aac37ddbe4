/// A set of variables by slot. The first 64 need no memory of their own, and
/// hardly any function has more variables that are declared without a value.
struct SlotSet {
  private var low: UInt64 = 0
  private var rest: [UInt64] = []

  func contains(_ slot: Int) -> Bool {
    if slot < 64 { return low >> UInt64(slot) & 1 != 0 }
    let word = slot / 64 - 1
    return word < rest.count && rest[word] >> UInt64(slot % 64) & 1 != 0
  }

  mutating func insert(_ slot: Int) {
    if slot < 64 {
      low |= 1 << UInt64(slot)
      return
    }
    let word = slot / 64 - 1
    while rest.count <= word { rest.append(0) }
    rest[word] |= 1 << UInt64(slot % 64)
  }

  mutating func remove(_ slot: Int) {
    if slot < 64 {
      low &= ~(1 << UInt64(slot))
      return
    }
    let word = slot / 64 - 1
    if word < rest.count { rest[word] &= ~(1 << UInt64(slot % 64)) }
  }

  mutating func formIntersection(_ other: SlotSet) {
    low &= other.low
    if rest.isEmpty { return }
    for i in rest.indices { rest[i] &= i < other.rest.count ? other.rest[i] : 0 }
  }

  mutating func formUnion(_ other: SlotSet) {
    low |= other.low
    if other.rest.isEmpty { return }
    while rest.count < other.rest.count { rest.append(0) }
    for i in other.rest.indices { rest[i] |= other.rest[i] }
  }

  /// All slots below `count`.
  static func all(below count: Int) -> SlotSet {
    var set = SlotSet()
    set.low = count >= 64 ? .max : (1 << UInt64(count)) - 1
    if count > 64 { set.rest = Array(repeating: .max, count: (count - 1) / 64) }
    return set
  }
}

/// What is known at one point of a function.
struct FlowState {
  /// Some path leads here.
  var isReachable = true
  /// No path leads here, but only because something before could not be read: nothing is said about it.
  var isUnknown = false
  /// Have a value on every path to here.
  var assigned = SlotSet()
  /// Have a value on some path to here.
  var maybeAssigned = SlotSet()

  static let unreachable: FlowState = {
    var state = FlowState()
    state.isReachable = false
    return state
  }()

  /// Where two paths meet.
  mutating func join(_ other: FlowState) {
    if !other.isReachable {
      isUnknown = isUnknown || other.isUnknown && !isReachable
      return
    }
    if !isReachable {
      self = other
      return
    }
    assigned.formIntersection(other.assigned)
    maybeAssigned.formUnion(other.maybeAssigned)
  }

  /// The path ends: `return`, `break`, a call that does not come back.
  mutating func end() {
    isReachable = false
  }
}
