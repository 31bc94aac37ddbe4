/// Finds rows of a table by what is in them: open addressing with linear probing
/// over a power of two of slots, at most half of them full. The rows, and what
/// makes two of them equal, are the table's own.
@frozen
public struct HashIndex: Sendable {
  /// Entry + 1; 0 where a slot is empty.
  @usableFromInline var slots: [UInt32] = []
  @usableFromInline var hashes: [UInt64] = []
  @usableFromInline var numbers: [UInt32] = []

  @inlinable public init() {}

  /// The number that was entered with this hash and that the table says is the one.
  @inlinable @inline(__always)
  public func find(_ hash: UInt64, _ isEqual: (UInt32) -> Bool) -> UInt32? {
    if hashes.isEmpty { return nil }
    let mask = slots.count - 1
    var i = Int(truncatingIfNeeded: hash) & mask
    while true {
      let slot = slots[i]
      if slot == 0 { return nil }
      let entry = Int(slot) - 1
      if hashes[entry] == hash, isEqual(numbers[entry]) { return numbers[entry] }
      i = (i + 1) & mask
    }
  }

  /// Enters a number that is not there yet.
  @inlinable
  public mutating func insert(_ number: UInt32, _ hash: UInt64) {
    hashes.append(hash)
    numbers.append(number)
    if hashes.count * 2 > slots.count {
      slots = Array(repeating: 0, count: max(16, slots.count * 4))
      for entry in hashes.indices { place(entry) }
    } else {
      place(hashes.count - 1)
    }
  }

  /// Keeps the room it has.
  public mutating func removeAll() {
    if hashes.isEmpty { return }
    for i in slots.indices { slots[i] = 0 }
    hashes.removeAll(keepingCapacity: true)
    numbers.removeAll(keepingCapacity: true)
  }

  @usableFromInline
  mutating func place(_ entry: Int) {
    let mask = slots.count - 1
    var i = Int(truncatingIfNeeded: hashes[entry]) & mask
    while slots[i] != 0 { i = (i + 1) & mask }
    slots[i] = UInt32(entry) + 1
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
