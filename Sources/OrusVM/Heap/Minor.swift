import Glibc

/// One minor collection: copies what is reachable from the roots and from the
/// remembered set out of eden and the survivor space.
///
/// An object goes to the other survivor space until it is of the age to become
/// old, or where there is no room there, or when everything is to become old. Its
/// old place gets a forwarding address for a header. Survivors are scanned in the
/// order in which they were copied (Cheney); objects that became old wait in
/// `Heap.pending`, so nothing here recurses.
///
/// The marker thread may be at work meanwhile. It sees no young object, and marks
/// of its own decide about the old ones, so the two only share slots.
struct MinorCollection {
  private let heap: UnsafeMutablePointer<Heap>
  private let types: UnsafeMutablePointer<RuntimeType>
  private let youngBase: UInt
  private let toStart: UInt
  private let toEnd: UInt
  private var toTop: UInt
  /// At this age objects become old.
  private let tenure: UInt8
  private(set) var ages = AgeTable()
  private(set) var promotedBytes = 0
  /// Of objects that survived a collection before.
  private(set) var retainedBytes = 0

  init(_ heap: UnsafeMutablePointer<Heap>, _ types: UnsafeMutablePointer<RuntimeType>, tenure: UInt8) {
    self.heap = heap
    self.types = types
    youngBase = heap.pointee.youngBase
    toStart = heap.pointee.toStart
    toEnd = toStart + UInt(Heap.survivorBytes)
    toTop = toStart
    self.tenure = tenure
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
    slot.shared = UnsafeMutableRawPointer(bitPattern: target)
    return isYoung(target)
  }

  private mutating func move(_ object: UnsafeMutableRawPointer, _ header: UInt64) -> UInt {
    let size = object.objectSize(types)
    let target: UnsafeMutableRawPointer
    let age = UInt8(truncatingIfNeeded: header >> 48) & HeaderFlags.ageMask
    if age > 0 { retainedBytes += size }
    if age < tenure, toEnd - toTop >= UInt(size) {
      target = UnsafeMutableRawPointer(bitPattern: toTop)!
      toTop += UInt(size)
      copy(object, to: target, size)
      let older = min(age + 1, HeaderFlags.ageMask)
      target.flags = target.flags & ~HeaderFlags.ageMask | older
      ages.add(size, older)
    } else {
      guard let memory = heap.pointee.old.allocate(size) else { fatalError("out of memory") }
      target = memory
      copy(object, to: target, size)
      promotedBytes += size
      target.flags &= ~HeaderFlags.ageMask
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
      return forwardCards(object, capacity, dirtyCardsOnly)
    case .scalarStorage, .none:
      return false
    }
  }

  private mutating func forwardCards(_ storage: UnsafeMutableRawPointer, _ capacity: Int, _ dirtyOnly: Bool) -> Bool {
    let cards = storage.cards
    let count = cardCount(capacity)
    var isYoung = false
    var card = 0
    while card < count {
      // Eight clean cards at a time; the bytes behind the last are zero.
      if dirtyOnly, card & 7 == 0, UnsafeRawPointer(cards + card).load(as: UInt64.self) == 0 {
        card += 8
        continue
      }
      if !dirtyOnly || cards[card] != 0 {
        let start = card * cardElements
        let cardIsYoung = forward(storage.elementReferences + start, min(cardElements, capacity - start))
        cards[card] = cardIsYoung ? 1 : 0
        if cardIsYoung { isYoung = true }
      }
      card += 1
    }
    return isYoung
  }

  @inline(__always) private mutating func forward(_ slots: Slot, _ count: Int) -> Bool {
    var isYoung = false
    for index in 0..<count where forward(slots + index) { isYoung = true }
    return isYoung
  }
}

/// Bytes of the survivors by age.
struct AgeTable {
  private var bytes: (Int, Int, Int, Int) = (0, 0, 0, 0)

  @inline(__always) mutating func add(_ size: Int, _ age: UInt8) {
    switch age {
    case 1: bytes.1 += size
    case 2: bytes.2 += size
    default: bytes.3 += size
    }
  }

  var total: Int { bytes.1 + bytes.2 + bytes.3 }

  /// The age to become old at, so that survivors up to it fill no more than so much of a survivor space.
  func tenure(fitting room: Int) -> UInt8 {
    if bytes.1 > room { return 1 }
    return bytes.1 + bytes.2 > room ? 2 : 3
  }
}
