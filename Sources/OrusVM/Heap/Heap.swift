import Glibc

/// The heap: a young space that is collected by copying, and an old space that
/// is collected by marking and sweeping.
///
/// Young space: objects are made in eden by moving `top`. When that is full, a
/// minor collection (Minor.swift) copies what is reachable to a survivor space,
/// or, once it has survived long enough, to the old space. All lies in one
/// reservation, so that one subtraction and comparison tell whether an object is
/// young. How much of eden is used follows what survives (Nursery.swift).
///
/// Old space (OldSpace.swift): blocks of cells of one size, and large objects.
/// When it has grown enough, a cycle begins (Cycle.swift): marking, which goes on
/// beside the program, then sweeping, which goes on in small pieces. Old objects
/// do not move.
///
/// What of the old space may point at young objects is known from the card table
/// (CardTable.swift): every store of a reference passes the barrier (Barrier.swift).
///
/// Limit: what counts is the young space in use, the old space's cells and large
/// objects, and the buffers outside that programs can make grow. `limit` is moved
/// down so that eden cannot pass it unseen.
struct Heap {
  // MARK: Young space; addresses

  let youngBase: UInt
  /// Where allocation goes on, and where it has to stop. `limit` is `edenStart` in stress mode.
  var top: UInt
  var limit: UInt
  var edenStart: UInt
  var edenBytes: Int
  /// The survivor space in use, up to `fromTop`, and the other one.
  var fromStart: UInt
  var fromTop: UInt
  var toStart: UInt
  /// While collecting, and after: where the next survivor goes.
  var toTop: UInt = 0
  /// The age at which objects become old.
  var tenure: UInt8 = HeaderFlags.ageMask

  // MARK: Old space

  var old: OldSpace
  var cards = CardTable()
  /// Objects that became old in this minor collection and have not been scanned.
  var pending = AddressList()
  var cycle: Cycle

  // MARK: The barrier

  /// A store into an old object of a value less than this from `youngBase` needs the slow path.
  var barrierSpan = UInt(Heap.youngBytes)
  var isMarking = false
  /// The storage object whose elements were last shaded all together in this cycle.
  var lastRearranged: Reference = nil

  // MARK: Limits and statistics

  /// Bytes; `Int.max` without limit.
  var maxBytes: Int
  /// Bytes of buffers outside the heap that count.
  var outsideBytes = 0
  /// A panic is being reported: allocation passes the limit.
  var isExempt = false
  let options: CollectorOptions
  let isStressed: Bool
  /// In stress mode: allocations until the next collection.
  var stressCountdown: Int
  var statistics = CollectorStatistics()
  var permanent = PermanentSpace()

  /// Eden grows up to this.
  static let largestEden = 4 << 20
  static let survivorBytes = 1 << 20
  static let youngBytes = largestEden + 2 * survivorBytes
  /// Larger objects are old from the start.
  static let largestYoung = 32 << 10
  /// After so many bytes of them there is a collection too.
  static let largeBytesToCollect = 8 << 20

  /// Nil where there is no memory.
  init?(maxBytes: Int?, options: CollectorOptions, types: UnsafeMutablePointer<RuntimeType>) {
    guard let memory = StackMemory(bytes: Heap.youngBytes) else { return nil }
    let nodes = MemoryNodes()
    nodes.prefer(nodes.current, for: memory.base, Heap.youngBytes)
    old = OldSpace(nodes)
    youngBase = UInt(bitPattern: memory.base)
    edenStart = youngBase
    edenBytes = Heap.smallestEden
    top = edenStart
    fromStart = youngBase + UInt(Heap.largestEden)
    fromTop = fromStart
    toStart = fromStart + UInt(Heap.survivorBytes)
    limit = edenStart
    self.maxBytes = maxBytes ?? Int.max
    self.options = options
    isStressed = options.collectsEvery > 0
    stressCountdown = options.collectsEvery
    cycle = Cycle(types, youngBase: youngBase, options)
    cycle.setThreshold(live: 0, reached: 0, limit: self.maxBytes)
    setLimit()
  }

  func deallocate() {
    cycle.deallocate()
    munmap(UnsafeMutableRawPointer(bitPattern: youngBase), Heap.youngBytes)
    old.deallocate()
    cards.deallocate()
    pending.deallocate()
    permanent.deallocate()
  }

  @inline(__always) func isYoung(_ reference: Reference) -> Bool {
    UInt(bitPattern: reference) &- youngBase < UInt(Heap.youngBytes)
  }

  /// Bytes in use, dead objects that have not been found yet among them.
  var usedBytes: Int { Int(top - edenStart) + Int(fromTop - fromStart) + old.bytes + outsideBytes }

  /// Whether so many bytes more are within the limit.
  func fits(_ size: Int) -> Bool { usedBytes + size <= maxBytes }

  /// Bytes that eden has left within the limit.
  var edenRoom: Int { max(0, min(edenBytes - Int(top - edenStart), maxBytes - usedBytes)) }

  /// Sets how far allocation may go before it asks.
  mutating func setLimit() { limit = isStressed ? edenStart : top + UInt(edenRoom & ~7) }
}

extension UnsafeMutableRawPointer {
  /// Bytes of the object, a multiple of 8 and at least 16.
  @inline(__always) func objectSize(_ types: UnsafeMutablePointer<RuntimeType>) -> Int {
    let row = types + Int(typeRow)
    switch row.pointee.shape {
    case .fixed: return Int(row.pointee.objectBytes)
    case .string:
      return stringKind == StringNode.flat ? flatStringSize(stringLength) : 32
    case .any: return 24
    case .scalarStorage, .referenceStorage: return storageSize(Int(storageCapacity), row.pointee.element)
    case .none: return 16
    }
  }

  /// The object's references, which lie side by side in every shape.
  @inline(__always) func slots(_ types: UnsafeMutablePointer<RuntimeType>) -> (start: Slot, count: Int) {
    let row = types + Int(typeRow)
    switch row.pointee.shape {
    case .fixed: return (references + Int(row.pointee.referenceStart), Int(row.pointee.referenceCount))
    case .string:
      // To the marker thread, a rope may become a slice at any time; its second part is then null.
      switch sharedSpare & StringNode.mask {
      case StringNode.flat: return (stringParts, 0)
      case StringNode.slice: return (stringParts, 1)
      default: return (stringParts, 2)
      }
    case .any: return (references + 1, types[Int(words[0])].representation == .reference ? 1 : 0)
    case .referenceStorage: return (elementReferences, Int(storageCapacity))
    case .scalarStorage, .none: return (references, 0)
    }
  }

  /// Whether a cell of the old space holds an object: neither a free one nor one that has not been used yet.
  @inline(__always) var isObject: Bool { header != 0 && flags & HeaderFlags.free == 0 }
}

/// Bytes of a flat string of so many.
@inline(__always) func flatStringSize(_ count: Int) -> Int { (16 + count + 7) & ~7 }

@inline(__always) func storageSize(_ capacity: Int, _ element: ElementKind) -> Int {
  (16 + capacity << element.shift + 7) & ~7
}
