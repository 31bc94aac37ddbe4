import Glibc

/// The heap: a young space that is collected by copying, and an old space that
/// is collected by marking and sweeping.
///
/// Young space: objects are made in `eden` by moving `top`. When that is full, a
/// minor collection (Minor.swift) copies what is reachable to a survivor space,
/// or, where it has survived before, to the old space. The three spaces lie in
/// one reservation, so that one subtraction and comparison tell whether an
/// object is young.
///
/// Old space (OldSpace.swift): blocks of cells of one size, and large objects.
/// When it has grown enough, a full collection (Marking.swift) first empties the
/// young space into it, then marks and sweeps. Old objects do not move.
///
/// An old object that points at a young one is in the remembered set: every
/// store of a reference passes the barrier (Barrier.swift).
///
/// Limit: what counts is the young space in use plus the old space's cells and
/// large objects. `edenEnd` is moved down so that eden cannot pass the limit
/// unseen.
struct Heap {
  // MARK: Young space; addresses

  let youngBase: UInt
  /// Where allocation goes on, and where it has to stop. `limit` is `edenStart` in stress mode.
  var top: UInt
  var limit: UInt
  let edenStart: UInt
  /// The survivor space in use, up to `fromTop`, and the other one.
  var fromStart: UInt
  var fromTop: UInt
  var toStart: UInt
  /// While collecting: where the next survivor goes.
  var toTop: UInt = 0
  /// While collecting: everything young becomes old.
  var promotesAll = false

  // MARK: Old space

  var old: OldSpace
  /// Old objects that may point at young ones.
  var remembered: AddressList
  /// Objects still to be scanned, in either kind of collection.
  var pending: AddressList
  /// Bytes of old objects that start a full collection.
  var fullThreshold: Int

  // MARK: Limits and statistics

  /// Bytes; `Int.max` without limit.
  var maxBytes: Int
  /// A panic is being reported: allocation passes the limit.
  var isExempt = false
  let options: CollectorOptions
  let isStressed: Bool
  var statistics = CollectorStatistics()
  var permanent = PermanentSpace()

  static let edenBytes = 1 << 20
  static let survivorBytes = 1 << 19
  static let youngBytes = edenBytes + 2 * survivorBytes
  /// Larger objects are old from the start.
  static let largestYoung = 32 << 10
  static let smallestThreshold = 24 << 20

  /// Nil where there is no memory.
  init?(maxBytes: Int?, options: CollectorOptions) {
    guard let memory = StackMemory(bytes: Heap.youngBytes), let old = OldSpace() else { return nil }
    youngBase = UInt(bitPattern: memory.base)
    edenStart = youngBase
    top = edenStart
    fromStart = youngBase + UInt(Heap.edenBytes)
    fromTop = fromStart
    toStart = fromStart + UInt(Heap.survivorBytes)
    limit = edenStart
    self.old = old
    remembered = AddressList()
    pending = AddressList()
    self.maxBytes = maxBytes ?? Int.max
    self.options = options
    isStressed = options.collectsEvery > 0
    fullThreshold = Heap.smallestThreshold
    let room = min(Heap.edenBytes, max(0, self.maxBytes))
    if !isStressed { limit = edenStart + UInt(room & ~7) }
  }

  func deallocate() {
    munmap(UnsafeMutableRawPointer(bitPattern: youngBase), Heap.youngBytes)
    old.deallocate()
    remembered.deallocate()
    pending.deallocate()
    permanent.deallocate()
  }

  @inline(__always) func isYoung(_ reference: Reference) -> Bool {
    UInt(bitPattern: reference) &- youngBase < UInt(Heap.youngBytes)
  }

  /// Bytes in use, dead objects that have not been found yet among them.
  var usedBytes: Int { Int(top - edenStart) + Int(fromTop - fromStart) + old.bytes }
}

/// A growing list of addresses.
struct AddressList {
  private(set) var items: UnsafeMutablePointer<UnsafeMutableRawPointer>
  var count = 0
  private var capacity = 256

  init() { items = .allocate(capacity: 256) }
  func deallocate() { items.deallocate() }

  @inline(__always) var last: UnsafeMutableRawPointer { items[count - 1] }

  @inline(__always) mutating func append(_ address: UnsafeMutableRawPointer) {
    if count == capacity { grow() }
    items[count] = address
    count += 1
  }

  @inline(__always) mutating func removeLast() -> UnsafeMutableRawPointer {
    count -= 1
    return items[count]
  }

  @inline(never) private mutating func grow() {
    let larger = UnsafeMutablePointer<UnsafeMutableRawPointer>.allocate(capacity: capacity * 2)
    larger.update(from: items, count: count)
    items.deallocate()
    items = larger
    capacity *= 2
  }

  /// Gives memory back after a collection that needed much.
  mutating func trim() {
    count = 0
    if capacity > 1 << 16 {
      items.deallocate()
      items = .allocate(capacity: 256)
      capacity = 256
    }
  }
}

/// Objects that live as long as the program: constants.
struct PermanentSpace {
  private var chunks: [UnsafeMutableRawPointer] = []
  private var top = 0
  private var end = 0

  /// Zeroed memory at a multiple of 16.
  mutating func allocate(_ bytes: Int) -> UnsafeMutableRawPointer {
    let size = (bytes + 15) & ~15
    if end - top < size {
      let chunkSize = max(size, 1 << 14)
      let chunk = UnsafeMutableRawPointer.allocate(byteCount: chunkSize, alignment: 16)
      memset(chunk, 0, chunkSize)
      chunks.append(chunk)
      top = Int(bitPattern: chunk)
      end = top + chunkSize
    }
    defer { top += size }
    return UnsafeMutableRawPointer(bitPattern: top)!
  }

  func deallocate() { for chunk in chunks { chunk.deallocate() } }
}

extension UnsafeMutableRawPointer {
  /// Bytes of the object, a multiple of 8 and at least 16.
  @inline(__always) func objectSize(_ types: UnsafeMutablePointer<RuntimeType>) -> Int {
    let row = types + Int(typeRow)
    switch row.pointee.shape {
    case .fixed: return Int(row.pointee.objectBytes)
    case .string:
      return spare & StringNode.mask == StringNode.flat ? flatStringSize(stringLength) : 32
    case .any: return 24
    case .scalarStorage: return scalarStorageSize(Int(storageCapacity), row.pointee.element)
    case .referenceStorage: return referenceStorageSize(Int(storageCapacity))
    case .none: return 16
    }
  }
}

/// Bytes of a flat string of so many.
@inline(__always) func flatStringSize(_ count: Int) -> Int { (16 + count + 7) & ~7 }

@inline(__always) func scalarStorageSize(_ capacity: Int, _ element: ElementKind) -> Int {
  (16 + capacity << element.shift + 7) & ~7
}

/// Reference storage over `cardlessCapacity` elements ends in a byte for each `cardElements` elements: its cards.
@inline(__always) func referenceStorageSize(_ capacity: Int) -> Int {
  let elements = 16 + capacity << 3
  return capacity <= cardlessCapacity ? elements : elements + (cardCount(capacity) + 7) & ~7
}

let cardlessCapacity = 128
let cardElements = 64
@inline(__always) func cardCount(_ capacity: Int) -> Int { (capacity + cardElements - 1) / cardElements }

extension UnsafeMutableRawPointer {
  /// The cards of a reference storage object that has any.
  @inline(__always) var cards: UnsafeMutablePointer<UInt8> {
    (self + 16 + Int(storageCapacity) << 3).assumingMemoryBound(to: UInt8.self)
  }
}
