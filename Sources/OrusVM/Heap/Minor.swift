import Glibc

/// One minor collection: copies what is reachable from the roots and from dirty
/// cards out of eden and the survivor space.
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
  private var tenure: UInt8
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
    forwardCards()
    var scan = toStart
    while true {
      if scan < toTop {
        let object = UnsafeMutableRawPointer(bitPattern: scan)!
        scan += UInt(object.objectSize(types))
        let (slots, count) = object.slots(types)
        for index in 0..<count { forward(slots + index) }
      } else if heap.pointee.pending.count > 0 {
        let object = heap.pointee.pending.removeLast()
        let (slots, count) = object.slots(types)
        forward(slots, slots + count, in: Block(of: object))
      } else {
        break
      }
    }
    heap.pointee.toTop = toTop
  }

  // MARK: Old objects

  /// Moves what the slots on dirty cards name. A card is dirty afterwards if one of them names something young.
  private mutating func forwardCards() {
    let count = heap.pointee.cards.count
    for index in 0..<count {
      let block = heap.pointee.cards.unlisted(index)
      for word in 1..<block.cardWords where block.cards[word] != 0 { forwardCards(word, of: block) }
    }
    heap.pointee.cards.removeFirst(count)
  }

  /// Cleans the cards of a word. What follows each other without a gap is done in one go.
  ///
  /// If all are dirty, an array has been filled. What its elements name becomes old at once: while that is young, each
  /// collection has to go through the whole array.
  private mutating func forwardCards(_ word: Int, of block: Block) {
    var bits = block.cards[word]
    block.cards[word] = 0
    let usualTenure = tenure
    if bits == UInt64.max, !heap.pointee.options.movesAlways { tenure = 0 }
    defer { tenure = usualTenure }
    while bits != 0 {
      let first = bits.trailingZeroBitCount
      let end = first + (~(bits &>> UInt64(first))).trailingZeroBitCount
      bits &= UInt64.max << UInt64(end)
      let start = block.head + word << CardTable.wordShift
      forwardCells(from: start + first << CardTable.shift, to: start + end << CardTable.shift, in: block)
    }
  }

  @inline(__always)
  private mutating func forwardCells(
    from start: UnsafeMutableRawPointer, to end: UnsafeMutableRawPointer, in block: Block
  ) {
    let size = block.cellBytes
    let cellsEnd = min(end, block.end)
    var cell = block.cell(at: start)
    while cell < cellsEnd {
      if cell.isObject {
        let (slots, count) = cell.slots(types)
        forward(
          max(slots, start.assumingMemoryBound(to: Reference.self)),
          min(slots + count, end.assumingMemoryBound(to: Reference.self)), in: block)
      }
      cell += size
    }
  }

  /// Moves what slots of an old object name.
  @inline(__always) private mutating func forward(_ start: Slot, _ end: Slot, in block: Block) {
    var slot = start
    while slot < end {
      if forward(slot) { heap.pointee.cards.dirty(slot, in: block) }
      slot += 1
    }
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
