/// The marking of a full collection, which finds the young space empty.
///
/// Objects that are marked but not yet scanned wait in `Heap.pending`: a list of
/// a million nodes needs one place there and no native stack.
struct Marking {
  private let heap: UnsafeMutablePointer<Heap>
  private let types: UnsafeMutablePointer<RuntimeType>

  init(_ heap: UnsafeMutablePointer<Heap>, _ types: UnsafeMutablePointer<RuntimeType>) {
    self.heap = heap
    self.types = types
  }

  func run(_ forEachRoots: ((Slot, Int) -> Void) -> Void) {
    forEachRoots { start, count in
      mark(start, count)
      drain()
    }
    drain()
  }

  private func drain() {
    while heap.pointee.pending.count > 0 { markReferences(of: heap.pointee.pending.removeLast()) }
  }

  @inline(__always) private func mark(_ slots: Slot, _ count: Int) {
    for index in 0..<count {
      guard let object = slots[index] else { continue }
      let flags = object.flags
      if flags & HeaderFlags.marked != 0 { continue }
      object.flags = flags | HeaderFlags.marked
      heap.pointee.pending.append(object)
    }
  }

  private func markReferences(of object: UnsafeMutableRawPointer) {
    let row = types + Int(object.typeRow)
    switch row.pointee.shape {
    case .fixed: mark(object.references + Int(row.pointee.referenceStart), Int(row.pointee.referenceCount))
    case .string:
      switch object.spare & StringNode.mask {
      case StringNode.concatenation: mark(object.stringParts, 2)
      case StringNode.slice: mark(object.stringParts, 1)
      default: break
      }
    case .any:
      if types[Int(object.words[0])].representation == .reference { mark(object.references + 1, 1) }
    case .referenceStorage: mark(object.elementReferences, Int(object.storageCapacity))
    case .scalarStorage, .none: break
    }
  }
}
