import Glibc

/// Making objects. Everything here may collect, and so move every young object;
/// a result of nil means that a panic is pending.
extension VM {
  var heap: UnsafeMutablePointer<Heap> {
    withUnsafeMutablePointer(to: &machine.pointee.heap) { $0 }
  }

  /// Memory for an object of so many bytes, a multiple of 8 and at least 16; the header is the caller's to set.
  @inline(__always) func allocateBytes(_ size: Int) -> UnsafeMutableRawPointer? {
    let top = machine.pointee.heap.top
    if machine.pointee.heap.limit &- top >= UInt(bitPattern: size), machine.pointee.heap.limit > top {
      machine.pointee.heap.top = top + UInt(bitPattern: size)
      return UnsafeMutableRawPointer(bitPattern: top)
    }
    return allocateSlowly(size)
  }

  /// An object of a type, all words zero.
  func allocate(_ row: UInt32, words: Int) -> UnsafeMutableRawPointer? {
    let size = max(16, 8 + words << 3)
    guard let object = allocateBytes(size) else { return nil }
    object.header = UInt64(row)
    memset(object + 8, 0, size - 8)
    return object
  }

  /// A storage object. References are null, scalars arbitrary.
  func allocateStorage(_ kind: ElementKind, capacity: Int) -> UnsafeMutableRawPointer? {
    let size = storageSize(capacity, kind)
    guard let object = allocateBytes(max(16, size)) else { return nil }
    object.header = UInt64(machine.pointee.types.storageRow(kind))
    object.storageCapacity = Int64(capacity)
    if kind == .reference { memset(object + 16, 0, size - 16) }
    return object
  }

  /// A flat string whose bytes are to be filled in. E0018 over 2^31 - 1.
  func allocateString(_ count: Int) -> UnsafeMutableRawPointer? {
    if count > Int(Int32.max) {
      _ = panic(.size, "a string cannot be longer than 2147483647 bytes")
      return nil
    }
    guard let object = allocateBytes(flatStringSize(count)) else { return nil }
    object.header = UInt64(stringRow)
    object.words[0] = Int64(count)
    return object
  }

  /// An empty array with room for so many elements.
  func allocateArray(_ row: UInt32, capacity: Int) -> UnsafeMutableRawPointer? {
    let kind = types[Int(row)].element
    if capacity == 0 {
      guard let array = allocateBytes(24) else { return nil }
      array.header = UInt64(row)
      array.references[0] = emptyStorage(kind)
      array.arrayCount = 0
      return array
    }
    guard let storage = allocateStorage(kind, capacity: capacity) else { return nil }
    let slot = pushRoot(storage)
    defer { popRoots(1) }
    guard let array = allocateBytes(24) else { return nil }
    array.header = UInt64(row)
    array.references[0] = slot.pointee
    array.arrayCount = 0
    return array
  }

  /// The storage of arrays without elements; permanent.
  @inline(__always) func emptyStorage(_ kind: ElementKind) -> UnsafeMutableRawPointer {
    machine.pointee.emptyStorages + 16 * Int(kind.rawValue)
  }

  /// Makes sure that an array can hold so many elements.
  func makeRoom(_ array: Slot, for count: Int) -> Bool {
    count <= Int(array.pointee!.arrayStorage.storageCapacity) || growArray(array, minimumCapacity: count)
  }

  /// Appends a reference to an array.
  func append(_ value: Slot, to array: Slot) -> Bool {
    let count = Int(array.pointee!.arrayCount)
    guard makeRoom(array, for: count + 1) else { return false }
    let object = array.pointee!
    storeElement(value.pointee, in: object.arrayStorage, at: count)
    object.arrayCount = Int64(count + 1)
    return true
  }

  /// Gives the array at least this capacity, and twice what it had. E0018 over 2^31 - 1 elements.
  @inline(never) func growArray(_ array: Slot, minimumCapacity: Int) -> Bool {
    if minimumCapacity > Int(Int32.max) {
      return panic(.size, "an array cannot have more than 2147483647 elements")
    }
    let old = array.pointee!.arrayStorage
    let kind = types[Int(old.typeRow)].element
    let capacity = min(max(minimumCapacity, Int(old.storageCapacity) * 2, 4), Int(Int32.max))
    guard let storage = allocateStorage(kind, capacity: capacity) else { return false }
    let object = array.pointee!
    memcpy(storage + 16, object.arrayStorage + 16, Int(object.arrayCount) << kind.shift)
    if kind == .reference { settleCards(of: storage) }
    store(storage, in: object, word: 0)
    return true
  }

  /// A permanent string, as constants are.
  func allocatePermanentString(_ bytes: UnsafeRawBufferPointer) -> UnsafeMutableRawPointer {
    let object = machine.pointee.heap.permanent.allocate(flatStringSize(bytes.count))
    object.header = UInt64(stringRow)
    object.stringLength = bytes.count
    if let source = bytes.baseAddress { memcpy(object.flatBytes, source, bytes.count) }
    return object
  }

  // MARK: The slow path

  /// Collects as needed; large objects become old at once.
  @inline(never) private func allocateSlowly(_ size: Int) -> UnsafeMutableRawPointer? {
    let heap = self.heap
    if size > Heap.largestYoung { return allocateLarge(size) }
    if !heap.pointee.isStressed || stressIsDue() || heap.pointee.edenRoom < size { collectForStressOrRoom() }
    if heap.pointee.edenRoom < size {
      // Within the last sixty-fourth of the limit, collections would follow each other.
      let reserve = min(heap.pointee.maxBytes / 64, Heap.smallestEden / 16)
      if !heap.pointee.isExempt, !collectToFit(max(size, reserve)) { return heapLimitReached() }
      if heap.pointee.edenRoom < size { return allocateOld(size) }
    }
    let top = heap.pointee.top
    heap.pointee.top = top + UInt(size)
    return UnsafeMutableRawPointer(bitPattern: top)
  }

  private func allocateLarge(_ size: Int) -> UnsafeMutableRawPointer? {
    let heap = self.heap
    // What is large fills no eden, but it may be what a cycle has to begin or to go on for.
    let isDue = heap.pointee.isStressed
      ? stressIsDue() : heap.pointee.old.bytesSinceCollection + size > Heap.largeBytesToCollect
    if isDue {
      collectForStressOrRoom()
    }
    if !heap.pointee.fits(size), !heap.pointee.isExempt, !collectToFit(size) { return heapLimitReached() }
    return allocateOld(size)
  }

  /// In stress mode, now and then everything is collected.
  private func collectForStressOrRoom() {
    let heap = self.heap
    collect(full: heap.pointee.isStressed && heap.pointee.options.markerSeed == nil
      && heap.pointee.statistics.minorCollections % 64 == 63)
  }

  /// Counts the allocations of the stress mode.
  private func stressIsDue() -> Bool {
    let heap = self.heap
    heap.pointee.stressCountdown -= 1
    if heap.pointee.stressCountdown > 0 { return false }
    heap.pointee.stressCountdown = heap.pointee.options.collectsEvery
    return true
  }

  /// Whoever fills an object that is old from birth does so without the barrier: so all its cards are dirty.
  private func allocateOld(_ size: Int) -> UnsafeMutableRawPointer? {
    guard let object = heap.pointee.old.allocate(size) else { return heapLimitReached() }
    object.header = 0
    heap.pointee.cards.dirty(object.references, count: size / 8 - 1, in: Block(of: object))
    heap.pointee.statistics.allocatedBytes += size
    return object
  }

  /// Whether the heap is within its limit, after `outsideBytes` has grown; false: a panic is pending.
  func outsideFits() -> Bool {
    heap.pointee.fits(0) || heap.pointee.isExempt || collectToFit(0) || heapLimitReached() != nil
  }

  /// Collects everything, as the last resort also what only dead registers hold. Whether so many bytes more are within
  /// the limit then.
  private func collectToFit(_ size: Int) -> Bool {
    collect(full: true)
    if heap.pointee.fits(size) { return true }
    forgetDeadReferences()
    collect(full: true)
    return heap.pointee.fits(size)
  }

  private func heapLimitReached() -> UnsafeMutableRawPointer? {
    let limit = machine.pointee.heap.maxBytes
    _ = panic(
      .heapLimit,
      limit == Int.max ? "the system has no memory left" : "the heap is limited to \(limit) bytes")
    return nil
  }
}
