/// Values by number, in the order in which they were entered. Nothing is ever taken out.
///
/// What a `Dictionary` costs beyond this: a seeded hash for each look-up, and at the first use of each new kind of key
/// a search of the run-time for its conformances, which is a twentieth of the start of a small program.
@frozen
public struct NumberMap<Value> {
  /// Entry + 1; 0 in an empty slot.
  @usableFromInline var slots: [UInt32] = []
  @usableFromInline var entryKeys: [UInt64] = []
  @usableFromInline var entryValues: [Value] = []

  @inlinable public init() {}

  @inlinable public var keys: [UInt64] { entryKeys }
  /// In the order of `keys`.
  @inlinable public var values: [Value] { entryValues }

  @inlinable
  public subscript(_ key: UInt64) -> Value? {
    get { entry(of: key).map { entryValues[$0] } }
    set {
      guard let newValue else { preconditionFailure("nothing is taken out of a NumberMap") }
      if let known = entry(of: key) { entryValues[known] = newValue } else { add(newValue, for: key) }
    }
  }

  /// Changes a value in place, entered first where there is none.
  @inlinable
  public subscript(_ key: UInt64, default initial: @autoclosure () -> Value) -> Value {
    get { self[key] ?? initial() }
    _modify {
      let known = entry(of: key)
      if known == nil { add(initial(), for: key) }
      yield &entryValues[known ?? entryValues.count - 1]
    }
  }

  @inlinable
  public mutating func mapValues(_ change: (Value) -> Value) {
    for i in entryValues.indices { entryValues[i] = change(entryValues[i]) }
  }

  @inlinable
  func entry(of key: UInt64) -> Int? {
    if entryKeys.isEmpty { return nil }
    let mask = slots.count - 1
    var i = Int(truncatingIfNeeded: mixed(0, key)) & mask
    while slots[i] != 0 {
      let entry = Int(slots[i]) - 1
      if entryKeys[entry] == key { return entry }
      i = (i + 1) & mask
    }
    return nil
  }

  @inlinable
  mutating func add(_ value: Value, for key: UInt64) {
    entryKeys.append(key)
    entryValues.append(value)
    if entryKeys.count * 2 > slots.count {
      slots = Array(repeating: 0, count: max(16, slots.count * 4))
      for entry in entryKeys.indices { place(entry) }
    } else {
      place(entryKeys.count - 1)
    }
  }

  @inlinable
  mutating func place(_ entry: Int) {
    let mask = slots.count - 1
    var i = Int(truncatingIfNeeded: mixed(0, entryKeys[entry])) & mask
    while slots[i] != 0 { i = (i + 1) & mask }
    slots[i] = UInt32(entry) + 1
  }
}

extension NumberMap: Sendable where Value: Sendable {}

// MARK: Keys that are numbers

extension NumberMap {
  @inlinable
  public subscript(_ symbol: Symbol) -> Value? {
    get { self[UInt64(symbol.index)] }
    set { self[UInt64(symbol.index)] = newValue }
  }

  @inlinable
  public subscript(_ node: NodeID) -> Value? {
    get { self[UInt64(node.index)] }
    set { self[UInt64(node.index)] = newValue }
  }

  /// The symbols that are keys, with their values.
  public var symbols: [(symbol: Symbol, value: Value)] {
    zip(keys, values).map { (Symbol(UInt32($0)), $1) }
  }
}
