/// The write barrier. Every store of a reference into an object that may be old
/// goes through here; only the filling of an object that was allocated last does
/// not need to.
extension VM {
  @inline(__always) func isYoung(_ reference: Reference) -> Bool {
    UInt(bitPattern: reference) &- machine.pointee.heap.youngBase < UInt(Heap.youngBytes)
  }

  /// Stores a reference into a word of an object.
  @inline(__always) func store(_ value: Reference, in object: UnsafeMutableRawPointer, word: Int) {
    object.references[word] = value
    if isYoung(value), !isYoung(object) { remember(object) }
  }

  /// Stores a reference into a storage object.
  @inline(__always) func storeElement(_ value: Reference, in storage: UnsafeMutableRawPointer, at index: Int) {
    storage.elementReferences[index] = value
    if isYoung(value), !isYoung(storage) { rememberElement(storage, index) }
  }

  /// After references have been copied into an object by other means.
  func rememberAll(_ object: UnsafeMutableRawPointer) {
    if isYoung(object) { return }
    if types[Int(object.typeRow)].shape == .referenceStorage {
      let capacity = Int(object.storageCapacity)
      if capacity > cardlessCapacity { object.cards.update(repeating: 1, count: cardCount(capacity)) }
    }
    remember(object)
  }

  @inline(never) func remember(_ object: UnsafeMutableRawPointer) {
    let flags = object.flags
    if flags & HeaderFlags.remembered != 0 { return }
    object.flags = flags | HeaderFlags.remembered
    machine.pointee.heap.remembered.append(object)
  }

  @inline(never) func rememberElement(_ storage: UnsafeMutableRawPointer, _ index: Int) {
    if Int(storage.storageCapacity) > cardlessCapacity { storage.cards[index / cardElements] = 1 }
    remember(storage)
  }
}
