import Glibc

/// One minor collection: copies what is reachable from the roots and from the
/// remembered set out of eden and the survivor space.
///
/// An object goes to the other survivor space the first time and to the old
/// space the second time, or where there is no room, or when everything is to
/// become old. Its old place gets a forwarding address for a header. Survivors
/// are scanned in the order in which they were copied (Cheney); objects that
/// became old wait in `Heap.pending`, so nothing here recurses.
struct MinorCollection {
  private let heap: UnsafeMutablePointer<Heap>
  private let types: UnsafeMutablePointer<RuntimeType>
  private let youngBase: UInt
  private let toStart: UInt
  private let toEnd: UInt
  private var toTop: UInt
  private let promotesAll: Bool
  private(set) var survivedBytes = 0
  private(set) var promotedBytes = 0

  init(_ heap: UnsafeMutablePointer<Heap>, _ types: UnsafeMutablePointer<RuntimeType>, promotesAll: Bool) {
    self.heap = heap
    self.types = types
    youngBase = heap.pointee.youngBase
    toStart = heap.pointee.toStart
    toEnd = toStart + UInt(Heap.survivorBytes)
    toTop = toStart
    self.promotesAll = promotesAll
  }

  /// Collects. `forEachRoots` calls its argument with each range of root slots.
  mutating func run(_ forEachRoots: ((Slot, Int) -> Void) -> Void) {
    withUnsafeMutablePointer(to: &self) { collection in
      forEachRoots { start, count in
        for index in 0..<count { collection.pointee.forward(start + index) }
      }
    }
    scanRemembered()
    var scan = toStart
    while true {
      if scan < toTop {
        let object = UnsafeMutableRawPointer(bitPattern: scan)!
        scan += UInt(object.objectSize(types))
        _ = forwardReferences(of: object)
      } else if heap.pointee.pending.count > 0 {
        let object = heap.pointee.pending.removeLast()
        if forwardReferences(of: object) {
          object.flags |= HeaderFlags.remembered
          heap.pointee.remembered.append(object)
        }
      } else {
        break
      }
    }
    heap.pointee.toTop = toTop
  }

  /// Old objects that may point at young ones; keeps those that still do.
  private mutating func scanRemembered() {
    let count = heap.pointee.remembered.count
    var kept = 0
    for index in 0..<count {
      let object = heap.pointee.remembered.items[index]
      if forwardReferences(of: object, dirtyCardsOnly: true) {
        heap.pointee.remembered.items[kept] = object
        object.flags |= HeaderFlags.remembered
        kept += 1
      } else {
        object.flags &= ~HeaderFlags.remembered
      }
    }
    heap.pointee.remembered.count = kept
  }

  // MARK: Moving

  @inline(__always) private func isYoung(_ address: UInt) -> Bool { address &- youngBase < UInt(Heap.youngBytes) }

  /// Moves what the slot names, if it is to be moved, and corrects the slot. Whether it is young afterwards.
  @discardableResult
  @inline(__always) private mutating func forward(_ slot: Slot) -> Bool {
    let address = UInt(bitPattern: slot.pointee)
    guard isYoung(address) else { return false }
    if address &- toStart < UInt(Heap.survivorBytes) { return true }
    let object = UnsafeMutableRawPointer(bitPattern: address)!
    let header = object.header
    let target: UInt
    if header & UInt64(HeaderFlags.forwarded) << 48 != 0 {
      target = UInt(header & 0xFFFF_FFFF_FFFF)
    } else {
      target = move(object, header)
    }
    slot.pointee = UnsafeMutableRawPointer(bitPattern: target)
    return isYoung(target)
  }

  private mutating func move(_ object: UnsafeMutableRawPointer, _ header: UInt64) -> UInt {
    let size = object.objectSize(types)
    let target: UnsafeMutableRawPointer
    if header & UInt64(HeaderFlags.aged) << 48 == 0, !promotesAll, toEnd - toTop >= UInt(size) {
      target = UnsafeMutableRawPointer(bitPattern: toTop)!
      toTop += UInt(size)
      copy(object, to: target, size)
      survivedBytes += size
      target.flags |= HeaderFlags.aged
    } else {
      guard let memory = heap.pointee.old.allocate(size) else { fatalError("out of memory") }
      target = memory
      copy(object, to: target, size)
      promotedBytes += size
      target.flags &= ~HeaderFlags.aged
      heap.pointee.pending.append(target)
    }
    object.header = UInt64(UInt(bitPattern: target)) | UInt64(HeaderFlags.forwarded) << 48
    return UInt(bitPattern: target)
  }

  @inline(__always)
  private func copy(_ object: UnsafeMutableRawPointer, to target: UnsafeMutableRawPointer, _ size: Int) {
    if size <= 64 {
      var offset = 0
      while offset < size {
        let word = object.load(fromByteOffset: offset, as: UInt64.self)
        target.storeBytes(of: word, toByteOffset: offset, as: UInt64.self)
        offset += 8
      }
    } else {
      memcpy(target, object, size)
    }
  }

  // MARK: Scanning

  /// Moves what the object refers to. Whether any of that is young afterwards.
  private mutating func forwardReferences(of object: UnsafeMutableRawPointer, dirtyCardsOnly: Bool = false) -> Bool {
    let row = types + Int(object.typeRow)
    switch row.pointee.shape {
    case .fixed:
      return forward(object.references + Int(row.pointee.referenceStart), Int(row.pointee.referenceCount))
    case .string:
      switch object.spare & StringNode.mask {
      case StringNode.concatenation: return forward(object.stringParts, 2)
      case StringNode.slice: return forward(object.stringParts)
      default: return false
      }
    case .any:
      let held = Int(object.words[0])
      return types[held].representation == .reference && forward(object.references + 1)
    case .referenceStorage:
      let capacity = Int(object.storageCapacity)
      if capacity <= cardlessCapacity { return forward(object.elementReferences, capacity) }
      let cards = object.cards
      var isYoung = false
      for card in 0..<cardCount(capacity) where !dirtyCardsOnly || cards[card] != 0 {
        let start = card * cardElements
        let cardIsYoung = forward(object.elementReferences + start, min(cardElements, capacity - start))
        cards[card] = cardIsYoung ? 1 : 0
        if cardIsYoung { isYoung = true }
      }
      return isYoung
    case .scalarStorage, .none:
      return false
    }
  }

  @inline(__always) private mutating func forward(_ slots: Slot, _ count: Int) -> Bool {
    var isYoung = false
    for index in 0..<count where forward(slots + index) { isYoung = true }
    return isYoung
  }
}
