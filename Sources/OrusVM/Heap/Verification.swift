/// Checks of the whole heap's invariants, for stress mode and tests.
extension VM {
  /// Ends the process with a message if an invariant of the heap does not hold.
  func verifyHeap() {
    forEachRoots { start, count in
      for index in 0..<count { check(start[index], "a root") }
    }
    forEachInterned { string in check(string, "an interned string") }
    let heap = self.heap
    verifyYoung(from: heap.pointee.fromStart, to: heap.pointee.fromTop)
    verifyYoung(from: heap.pointee.edenStart, to: heap.pointee.top)
    heap.pointee.old.forEachObject { object, bytes in
      expect(object.objectSize(types) <= bytes, "an old object is larger than its cell")
      expect(
        !Mark(object).isSet || heap.pointee.cycle.phase != .idle, "an old object is marked outside of a collection")
      checkReferences(of: object)
      verifyCards(object)
    }
  }

  private func verifyYoung(from start: UInt, to end: UInt) {
    var scan = start
    while scan < end {
      let object = UnsafeMutableRawPointer(bitPattern: scan)!
      checkHeader(object, "a young object")
      checkReferences(of: object)
      scan += UInt(object.objectSize(types))
    }
    expect(scan == end, "young objects do not fill their space")
  }

  private func verifyCards(_ object: UnsafeMutableRawPointer) {
    let block = Block(of: object)
    forEachReference(of: object) { slot in
      if !isYoung(slot.shared) { return }
      let (word, bit) = block.card(of: slot)
      expect(block.cards[word] >> bit & 1 == 1, "an old-to-young reference has no card")
      expect(block.isListed, "a block with dirty cards is not in the list")
    }
  }

  /// When marking is over and nothing has been swept: no marked object refers to one that is not.
  func verifyMarks() {
    forEachRoots { start, count in
      for index in 0..<count { checkMark(start[index], "a root") }
    }
    heap.pointee.old.forEachObject { object, _ in
      if !Mark(object).isSet { return }
      forEachReference(of: object) { slot in checkMark(slot.pointee, "a marked object of row \(object.typeRow)") }
    }
  }

  private func checkMark(_ reference: Reference, _ what: @autoclosure () -> String) {
    guard let object = reference, !isYoung(object) else { return }
    expect(Mark(object).isSet, "\(what()) points at an object that has not been marked")
  }

  private func checkReferences(of object: UnsafeMutableRawPointer) {
    forEachReference(of: object) { slot in check(slot.shared, "a reference in an object of row \(object.typeRow)") }
  }

  private func check(_ reference: Reference, _ what: @autoclosure () -> String) {
    guard let object = reference else { return }
    let heap = self.heap
    expect(UInt(bitPattern: object) & 7 == 0, "\(what()) is not aligned")
    if isYoung(object) {
      let address = UInt(bitPattern: object)
      let isSurvivor = address >= heap.pointee.fromStart && address < heap.pointee.fromTop
      let isNew = address >= heap.pointee.edenStart && address < heap.pointee.top
      expect(isSurvivor || isNew, "\(what()) points into an unused part of the young space")
    } else {
      expect(heap.pointee.old.isAlive(object), "\(what()) points at an object that has been found dead")
    }
    checkHeader(object, what())
  }

  private func checkHeader(_ object: UnsafeMutableRawPointer, _ what: @autoclosure () -> String) {
    expect(object.flags & (HeaderFlags.free | HeaderFlags.forwarded) == 0, "\(what()) is or points at a dead object")
    expect(Int(object.typeRow) < machine.pointee.types.programCount + 4, "\(what()) is or points at no object")
  }

  /// Calls the function with each reference in the object.
  private func forEachReference(of object: UnsafeMutableRawPointer, _ body: (Slot) -> Void) {
    let (slots, count) = object.slots(types)
    for index in 0..<count { body(slots + index) }
  }

  private func expect(_ condition: Bool, _ message: @autoclosure () -> String) {
    if !condition { fatalError("heap: \(message())") }
  }
}
