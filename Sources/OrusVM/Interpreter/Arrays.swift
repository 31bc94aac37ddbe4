import Glibc

/// The storage of an array that has an element at the index; nil if it has none.
@inline(__always) func storage(of array: Reference, at index: Int64) -> UnsafeMutableRawPointer? {
  let array = array.unsafelyUnwrapped
  if _slowPath(UInt64(bitPattern: index) >= UInt64(bitPattern: array.arrayCount)) { return nil }
  return array.arrayStorage
}

/// Bodies of the array instructions that make arrays. False: a panic is pending.
extension VM {
  @inline(never) func newArray(_ target: Slot, _ row: UInt32) -> Bool {
    guard let array = allocateArray(row, capacity: 0) else { return false }
    target.pointee = array
    return true
  }

  @inline(never)
  func newArray(_ target: Slot, _ row: UInt32, count: Int, _ scalars: ScalarWindow, _ references: Slot) -> Bool {
    guard let array = allocateArray(row, capacity: count) else { return false }
    let storage = array.arrayStorage
    switch types[Int(row)].element {
    case .bits8: for index in 0..<count { storage.elements8[index] = UInt8(truncatingIfNeeded: scalars[index]) }
    case .bits32: for index in 0..<count { storage.elements32[index] = Int32(truncatingIfNeeded: scalars[index]) }
    case .bits64: for index in 0..<count { storage.elements64[index] = scalars[index] }
    case .reference:
      for index in 0..<count { storage.elementReferences[index] = references[index] }
      settleCards(of: storage)
    }
    array.arrayCount = Int64(count)
    target.pointee = array
    return true
  }

  /// The count has been checked.
  @inline(never) func newArray(_ target: Slot, _ row: UInt32, of count: Int, filledWith bits: Int64) -> Bool {
    guard let array = allocateArray(row, capacity: count) else { return false }
    let storage = array.arrayStorage
    switch types[Int(row)].element {
    case .bits8: memset(storage.elements8, Int32(truncatingIfNeeded: bits), count)
    case .bits32: storage.elements32.update(repeating: Int32(truncatingIfNeeded: bits), count: count)
    case .bits64, .reference: storage.elements64.update(repeating: bits, count: count)
    }
    array.arrayCount = Int64(count)
    target.pointee = array
    return true
  }
}
