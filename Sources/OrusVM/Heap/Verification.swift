/// Checks of the whole heap's invariants, for stress mode and tests.
extension VM {
  /// Ends the process with a message if an invariant of the heap does not hold.
  func verifyHeap() {
    forEachRoots { start, count in
      for index in 0..<count { check(start[index], "a root") }
    }
    let heap = self.heap
    var scan = heap.pointee.fromStart
    while scan < heap.pointee.fromTop {
      let object = UnsafeMutableRawPointer(bitPattern: scan)!
      checkReferences(of: object)
      scan += UInt(object.objectSize(types))
    }
    expect(scan == heap.pointee.fromTop, "survivors do not fill their space")
    heap.pointee.old.forEachObject { object, bytes in
      expect(object.objectSize(types) <= bytes, "an old object is larger than its cell")
      expect(object.flags & HeaderFlags.marked == 0, "an old object is marked outside a collection")
      checkReferences(of: object)
      if object.flags & HeaderFlags.remembered == 0 {
        forEachReference(of: object) { slot in
          expect(!isYoung(slot.pointee), "an old object points at a young one and is not remembered")
        }
      }
    }
  }

  private func checkReferences(of object: UnsafeMutableRawPointer) {
    forEachReference(of: object) { slot in check(slot.pointee, "a reference in an object of row \(object.typeRow)") }
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
    }
    expect(object.flags & (HeaderFlags.free | HeaderFlags.forwarded) == 0, "\(what()) points at a dead object")
    expect(Int(object.typeRow) < machine.pointee.types.programCount + 4, "\(what()) points at an object without type")
  }

  /// Calls the function with each reference in the object.
  func forEachReference(of object: UnsafeMutableRawPointer, _ body: (Slot) -> Void) {
    let row = types[Int(object.typeRow)]
    switch row.shape {
    case .fixed:
      for index in 0..<Int(row.referenceCount) { body(object.references + Int(row.referenceStart) + index) }
    case .string:
      switch object.spare & StringNode.mask {
      case StringNode.concatenation:
        body(object.stringParts)
        body(object.stringParts + 1)
      case StringNode.slice: body(object.stringParts)
      default: break
      }
    case .any:
      if types[Int(object.words[0])].representation == .reference { body(object.references + 1) }
    case .referenceStorage:
      for index in 0..<Int(object.storageCapacity) { body(object.elementReferences + index) }
    case .scalarStorage, .none: break
    }
  }

  private func expect(_ condition: Bool, _ message: @autoclosure () -> String) {
    if !condition { fatalError("heap: \(message())") }
  }
}
