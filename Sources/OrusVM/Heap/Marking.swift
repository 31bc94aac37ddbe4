/// Marks what can be reached, for the program's thread or the marker thread: each
/// has one of these.
///
/// Objects that are marked but not yet scanned wait in `pending`: a list of a
/// million nodes needs one place there and no native stack. A long array is
/// scanned in pieces. What is left of it waits as two entries, where to go on and
/// above that its address plus one.
///
/// Two threads may mark the same object at once; it is then scanned twice, which
/// does no harm. References to young objects are passed over: none was there when
/// marking began, and what is younger than that is not to be freed by it.
struct MarkWorker {
  var pending = AddressList()
  /// Of the objects that it has scanned.
  private(set) var markedBytes = 0
  private let types: UnsafeMutablePointer<RuntimeType>
  private let youngBase: UInt

  private static let pieceElements = 1024

  init(_ types: UnsafeMutablePointer<RuntimeType>, youngBase: UInt) {
    self.types = types
    self.youngBase = youngBase
  }

  var isDone: Bool { pending.count == 0 }

  /// Marks an old object.
  @inline(__always) mutating func reach(_ object: UnsafeMutableRawPointer) {
    let mark = Mark(object)
    if mark.isSet { return }
    mark.set()
    pending.append(object)
  }

  /// Scans so many objects or parts of them, or all there are.
  mutating func scan(atMost count: Int) {
    var left = count
    while left > 0, pending.count > 0 {
      scanNext()
      left -= 1
    }
  }

  @inline(__always) private mutating func scanNext() {
    let entry = pending.removeLast()
    if UInt(bitPattern: entry) & 1 == 0 {
      markedBytes += Block(of: entry).cellBytes
      scan(entry)
    } else {
      scanElements(entry - 1, from: Int(bitPattern: pending.removeLast()))
    }
  }

  @inline(__always) private mutating func visit(_ slots: Slot, _ count: Int) {
    for index in 0..<count {
      guard let object = (slots + index).shared else { continue }
      if UInt(bitPattern: object) &- youngBase < UInt(Heap.youngBytes) { continue }
      reach(object)
    }
  }

  private mutating func scan(_ object: UnsafeMutableRawPointer) {
    let (slots, count) = object.slots(types)
    if count <= MarkWorker.pieceElements { visit(slots, count) } else { scanElements(object, from: 0) }
  }

  private mutating func scanElements(_ storage: UnsafeMutableRawPointer, from start: Int) {
    let end = min(start + MarkWorker.pieceElements, Int(storage.storageCapacity))
    if end < Int(storage.storageCapacity) {
      pending.append(UnsafeMutableRawPointer(bitPattern: end)!)
      pending.append(storage + 1)
    }
    visit(storage.elementReferences + start, end - start)
  }
}

extension AddressList {
  /// Moves about so many of the first entries to the end of another list; those of an array stay together.
  mutating func moveFirst(_ wanted: Int, to list: inout AddressList) {
    var moved = wanted
    if moved > 0, moved < count, UInt(bitPattern: items[moved]) & 1 == 1 { moved += 1 }
    list.append(items, moved)
    removeFirst(moved)
  }

  /// The same with the last ones.
  mutating func moveLast(_ wanted: Int, to list: inout AddressList) {
    var kept = count - wanted
    if kept > 0, kept < count, UInt(bitPattern: items[kept]) & 1 == 1 { kept -= 1 }
    list.append(items + kept, count - kept)
    count = kept
  }
}
