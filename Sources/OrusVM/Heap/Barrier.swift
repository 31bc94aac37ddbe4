/// The write barrier. Every store of a reference into an object that may be old
/// goes through here; only the filling of an object that was allocated last does
/// not need to.
///
/// It has two tasks. Where an old object comes to point at a young one, the slot's
/// card becomes dirty (CardTable.swift). And while marking goes on, what a store
/// overwrites in an old object is shaded, so that everything that could be reached
/// when marking began is found however the program moves it about: snapshot at the
/// beginning (Yuasa 1990).
///
/// One comparison serves both: `barrierSpan` is the size of the young space, so
/// that the slow path is for young values; while marking it is the whole address
/// space. Stores into young objects need neither.
extension VM {
  @inline(__always) func isYoung(_ reference: Reference) -> Bool {
    UInt(bitPattern: reference) &- machine.pointee.heap.youngBase < UInt(Heap.youngBytes)
  }

  @inline(__always) private func isFree(_ value: Reference, _ object: UnsafeMutableRawPointer) -> Bool {
    let youngBase = machine.pointee.heap.youngBase
    return UInt(bitPattern: value) &- youngBase >= machine.pointee.heap.barrierSpan
      || UInt(bitPattern: object) &- youngBase < UInt(Heap.youngBytes)
  }

  /// Stores a reference into a word of an object.
  @inline(__always) func store(_ value: Reference, in object: UnsafeMutableRawPointer, word: Int) {
    if _fastPath(isFree(value, object)) {
      object.references[word] = value
    } else {
      storeSlowly(value, object, word)
    }
  }

  /// Stores a reference into a storage object, whose elements begin behind its first word.
  @inline(__always) func storeElement(_ value: Reference, in storage: UnsafeMutableRawPointer, at index: Int) {
    store(value, in: storage, word: index + 1)
  }

  @inline(never) private func storeSlowly(_ value: Reference, _ object: UnsafeMutableRawPointer, _ word: Int) {
    let slot = object.references + word
    if machine.pointee.heap.isMarking { shade(slot.pointee) }
    slot.shared = value
    if isYoung(value) { machine.pointee.heap.cards.dirty(slot, in: Block(of: object)) }
  }

  /// Keeps what a slot held when marking began for the marking.
  @inline(__always) func shade(_ reference: Reference) {
    guard let object = reference, !isYoung(object) else { return }
    machine.pointee.heap.cycle.worker.reach(object)
  }

  /// Moves about the first elements of a storage object by other means than the above. While marking goes on, what was
  /// in it when that began has to be shaded once; a queue that loses its first element again and again costs no more
  /// than that. And the marker thread may be looking: so that it sees no half of a reference, the elements are moved in
  /// a copy and stored one by one.
  func rearrange(_ storage: UnsafeMutableRawPointer, _ count: Int, _ body: (Slot) -> Void) {
    let heap = self.heap
    let elements = storage.elementReferences
    if isYoung(storage) { return body(elements) }
    if heap.pointee.isMarking {
      if storage != heap.pointee.lastRearranged {
        for index in 0..<Int(storage.storageCapacity) { shade(elements[index]) }
        heap.pointee.lastRearranged = storage
      }
      let copy = UnsafeMutablePointer<Reference>.allocate(capacity: count)
      copy.initialize(from: elements, count: count)
      body(copy)
      for index in 0..<count { (elements + index).shared = copy[index] }
      copy.deallocate()
    } else {
      body(elements)
    }
    dirtyCards(of: storage)
  }

  /// After a new storage object has been filled by other means. All cards of one that is old from birth are dirty; of a
  /// long one, only those with young references stay so, or the next pause would go through all of it.
  func settleCards(of storage: UnsafeMutableRawPointer) {
    if isYoung(storage) { return }
    let block = Block(of: storage)
    if !block.isLong { return dirtyCards(of: storage) }
    block.cards.update(repeating: 0, count: block.cardWords)
    let (slots, count) = storage.slots(types)
    for index in 0..<count where isYoung(slots[index]) {
      machine.pointee.heap.cards.dirty(slots + index, in: block)
    }
  }

  private func dirtyCards(of object: UnsafeMutableRawPointer) {
    if isYoung(object) { return }
    let (slots, count) = object.slots(types)
    if count > 0 { machine.pointee.heap.cards.dirty(slots, count: count, in: Block(of: object)) }
  }
}
