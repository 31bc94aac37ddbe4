/// Finds rows of a table by what is in them: open addressing with linear probing
/// over a power of two of slots, at most half of them full. The rows, and what
/// makes two of them equal, are the table's own.
@frozen
public struct HashIndex: Sendable {
  /// The upper half of a row's hash, and below it the row's number + 1; 0 where a slot is empty. So it is known, nearly
  /// always, whether a row is the one before the table is touched, and the slots are enough to make more of them.
  @usableFromInline var slots: [UInt64] = []
  @usableFromInline var count = 0

  @inlinable public init() {}

  /// The number that was entered with this hash and that the table says is the one.
  @inlinable @inline(__always)
  public func find(_ hash: UInt64, _ isEqual: (UInt32) -> Bool) -> UInt32? {
    if count == 0 { return nil }
    let mask = slots.count - 1
    let high = hash >> 32
    var i = Int(high) & mask
    while true {
      let slot = slots[i]
      if slot == 0 { return nil }
      let number = UInt32(truncatingIfNeeded: slot) - 1
      if slot >> 32 == high, isEqual(number) { return number }
      i = (i + 1) & mask
    }
  }

  /// Enters a number that is not there yet.
  @inlinable
  public mutating func insert(_ number: UInt32, _ hash: UInt64) {
    count += 1
    if count * 2 > slots.count { grow() }
    place((hash >> 32) << 32 | (UInt64(number) + 1))
  }

  /// Keeps the room it has.
  public mutating func removeAll() {
    if count == 0 { return }
    for i in slots.indices { slots[i] = 0 }
    count = 0
  }

  @usableFromInline
  mutating func grow() {
    let old = slots
    slots = old.isEmpty ? Array(few: 0, count: 16) : Array(repeating: 0, count: old.count * 4)
    for slot in old where slot != 0 { place(slot) }
  }

  @usableFromInline
  mutating func place(_ slot: UInt64) {
    let mask = slots.count - 1
    var i = Int(slot >> 32) & mask
    while slots[i] != 0 { i = (i + 1) & mask }
    slots[i] = slot
  }
}

/// Mixes a number into a hash: the finalizer of SplitMix64 (Steele, Lea and Flood, 2014).
@inlinable @inline(__always)
public func mixed(_ hash: UInt64, _ value: UInt64) -> UInt64 {
  var x = (hash &* 0x9E37_79B9_7F4A_7C15) ^ value
  x = (x ^ x >> 30) &* 0xBF58_476D_1CE4_E5B9
  x = (x ^ x >> 27) &* 0x94D0_49BB_1331_11EB
  return x ^ x >> 31
}
