import Glibc
import Synchronization

/// A piece of the old space that lies at a multiple of its 64 KB: so the block of
/// an object, and with it the object's mark, is found from the address alone.
///
/// The first 4 KB are for the collector, a mark byte for each 16 bytes of the
/// block. What would be the marks of these 4 KB themselves, the first 256 bytes,
/// is the block's head, the second half of it the cards (CardTable.swift). Objects
/// begin behind them: cells of one size, or a single large object, which may be
/// longer than the block; the memory goes on then, and its cards are at the end.
///
/// Marks are bytes and no bits, so that two threads set them without locked
/// instructions.
struct Block {
  let head: UnsafeMutableRawPointer

  static let bytes = 1 << 16
  static let startOfObjects = 1 << 12
  static let objectBytes = bytes - startOfObjects
  private static let startOfCards = 128

  init(_ base: UnsafeMutableRawPointer) { head = base }

  /// The block that an object of the old space is in.
  @inline(__always) init(of object: UnsafeMutableRawPointer) {
    head = UnsafeMutableRawPointer(bitPattern: UInt(bitPattern: object) & ~UInt(Block.bytes - 1)).unsafelyUnwrapped
  }

  /// Of each cell, or of the large object.
  @inline(__always) var cellBytes: Int {
    get { head.load(as: Int.self) }
    nonmutating set { head.storeBytes(of: newValue, as: Int.self) }
  }

  /// The sweep that it has been through.
  @inline(__always) var sweepNumber: Int {
    get { head.load(fromByteOffset: 8, as: Int.self) }
    nonmutating set { head.storeBytes(of: newValue, toByteOffset: 8, as: Int.self) }
  }

  /// Cells that are free, linked, while the block waits to be allocated from.
  @inline(__always) var freeCells: UnsafeMutableRawPointer? {
    get { head.load(fromByteOffset: 16, as: UnsafeMutableRawPointer?.self) }
    nonmutating set { head.storeBytes(of: newValue, toByteOffset: 16, as: UnsafeMutableRawPointer?.self) }
  }

  /// Bytes of the mapping: more than a block's for some large objects.
  @inline(__always) var mappedBytes: Int {
    get { head.load(fromByteOffset: 24, as: Int.self) }
    nonmutating set { head.storeBytes(of: newValue, toByteOffset: 24, as: Int.self) }
  }

  /// No object was in it when it was swept, and none has been put into it since.
  @inline(__always) var isEmpty: Bool {
    get { head.load(fromByteOffset: 32, as: Bool.self) }
    nonmutating set { head.storeBytes(of: newValue, toByteOffset: 32, as: Bool.self) }
  }

  /// The memory node that it is from.
  @inline(__always) var node: Int {
    get { head.load(fromByteOffset: 40, as: Int.self) }
    nonmutating set { head.storeBytes(of: newValue, toByteOffset: 40, as: Int.self) }
  }

  /// A bit for each card, 1 where that is dirty.
  @inline(__always) var cards: UnsafeMutablePointer<UInt64> {
    let start = isLong ? Block.startOfObjects + cellBytes : Block.startOfCards
    return (head + start).assumingMemoryBound(to: UInt64.self)
  }

  /// It is in the list of blocks with dirty cards.
  @inline(__always) var isListed: Bool {
    get { head.load(fromByteOffset: 33, as: Bool.self) }
    nonmutating set { head.storeBytes(of: newValue, toByteOffset: 33, as: Bool.self) }
  }

  /// It holds an object that is longer than a block.
  @inline(__always) var isLong: Bool { cellBytes > Block.objectBytes }

  @inline(__always) var firstObject: UnsafeMutableRawPointer { head + Block.startOfObjects }
  @inline(__always) var end: UnsafeMutableRawPointer {
    firstObject + (isLong ? cellBytes : Block.objectBytes / cellBytes * cellBytes)
  }

  /// Bytes to map for an object of a size that is a multiple of 8, alone in a block or longer than one.
  static func mappedBytes(for size: Int) -> Int {
    if size <= Block.objectBytes { return Block.bytes }
    let bytes = Block.startOfObjects + size
    return (bytes + CardTable.words(covering: bytes) * 8 + 4095) & ~4095
  }

  /// Memory of at least so many bytes at a multiple of a block's; zeroed. Nil where the system has none.
  static func map(_ bytes: Int) -> UnsafeMutableRawPointer? {
    guard let memory = StackMemory(bytes: bytes + Block.bytes) else { return nil }
    let start = (UInt(bitPattern: memory.base) + UInt(Block.bytes - 1)) & ~UInt(Block.bytes - 1)
    let base = UnsafeMutableRawPointer(bitPattern: start)!
    let before = base - memory.base
    if before > 0 { munmap(memory.base, before) }
    munmap(base + bytes, Block.bytes - before)
    return base
  }

  /// Makes a block of memory whose marks and cards are zero.
  static func make(_ base: UnsafeMutableRawPointer, cellBytes: Int, mappedBytes: Int, sweepNumber: Int) -> Block {
    let block = Block(base)
    block.cellBytes = cellBytes
    block.mappedBytes = mappedBytes
    block.sweepNumber = sweepNumber
    block.freeCells = nil
    block.isEmpty = false
    block.isListed = false
    return block
  }
}

/// The mark of an object that is not young: set where it has been reached, and always of a permanent one.
struct Mark {
  private let byte: UnsafeMutablePointer<Atomic<UInt8>>

  @inline(__always) init(_ object: UnsafeMutableRawPointer) {
    let offset = UInt(bitPattern: object) & UInt(Block.bytes - 1)
    byte = (Block(of: object).head + Int(bitPattern: offset >> 4)).assumingMemoryBound(to: Atomic<UInt8>.self)
  }

  @inline(__always) var isSet: Bool { byte.pointee.load(ordering: .relaxed) != 0 }
  @inline(__always) func set() { byte.pointee.store(1, ordering: .relaxed) }
  @inline(__always) func clear() { byte.pointee.store(0, ordering: .relaxed) }
}

extension UnsafeMutablePointer where Pointee == Reference {
  /// What the slot of an old object holds, which the program and the marker thread may be at together.
  @inline(__always) var shared: Reference {
    get {
      let slot = UnsafeMutableRawPointer(self).assumingMemoryBound(to: Atomic<UInt>.self)
      return UnsafeMutableRawPointer(bitPattern: slot.pointee.load(ordering: .relaxed))
    }
    nonmutating set {
      let slot = UnsafeMutableRawPointer(self).assumingMemoryBound(to: Atomic<UInt>.self)
      slot.pointee.store(UInt(bitPattern: newValue), ordering: .relaxed)
    }
  }
}
