/// Values by number, in the order in which they were entered. Nothing is ever taken out.
///
/// What a `Dictionary` costs beyond this: a seeded hash for each look-up, and at the first use of each new kind of key
/// a search of the run-time for its conformances, which is a twentieth of the start of a small program.
@frozen
public struct NumberMap<Value> {
  /// Finds an entry by its key.
  @usableFromInline var index = HashIndex()
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
    index.find(mixed(0, key)) { entryKeys[Int($0)] == key }.map { Int($0) }
  }

  @inlinable
  mutating func add(_ value: Value, for key: UInt64) {
    index.insert(UInt32(entryKeys.count), mixed(0, key))
    entryKeys.append(key)
    entryValues.append(value)
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
