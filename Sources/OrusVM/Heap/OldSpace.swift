import Glibc
import Synchronization

/// Old objects: cells of one size in blocks (Block.swift), and large objects each
/// in memory of its own.
///
/// A free cell has the header flag `free` and the next free cell in word 0. Cells
/// of a new block lie behind each other and are taken in order, so that a block
/// costs memory as it fills; the zeroed rest of it counts as dead in the next
/// sweep.
///
/// Sweeping (Sweeping.swift) is lazy: an allocation sweeps the next block of its
/// class when it finds no free cell, and each collection of the young space sweeps
/// some.
struct OldSpace {
  static let chunkBytes = 1 << 20
  static let largestCell = 8192
  static let classCount = 36
  /// Blocks that are swept at most to find a free cell.
  private static let sweptForOne = 8

  /// The blocks of one size class. Those from `cursor` to `sweepEnd` wait to be swept; what was made since the sweep
  /// began lies behind them.
  struct SizeClass {
    var cellBytes: Int
    var blocks = AddressList()
    var cursor = 0
    var sweepEnd = 0
    /// The free cells of the block in use, and the fresh ones from `bump` to `bumpEnd`.
    var freeCells: UnsafeMutableRawPointer?
    var bump: UInt = 0
    var bumpEnd: UInt = 0
    /// Blocks that have been swept and have free cells.
    var available = AddressList()
  }

  let classes: UnsafeMutablePointer<SizeClass>
  /// Class of a size, by its number of 16 bytes.
  private let classOfSize: UnsafeMutablePointer<UInt8>
  /// Large objects, in the same order of swept and not.
  var large = AddressList()
  var largeCursor = 0
  var largeSweepEnd = 0
  /// By memory node.
  private let freeBlocks: UnsafeMutablePointer<AddressList>
  var nodes: MemoryNodes
  private var chunks = AddressList()
  /// Blocks with cells, and those among them without any object.
  var blockCount = 0
  var emptyCount = 0
  /// Counts the sweeps that have begun.
  var sweepNumber = 0
  /// Objects are born marked: the marking that goes on is about those that were there before it.
  var marksNew = false
  /// Of cells in use and large objects; and those of them that were born marked.
  var bytes = 0
  var bornMarkedBytes = 0
  /// `bytes` after the last collection of the young space.
  var bytesAtCollection = 0
  var bytesSinceCollection: Int { bytes - bytesAtCollection }

  init(_ nodes: MemoryNodes = MemoryNodes(count: 1)) {
    self.nodes = nodes
    freeBlocks = .allocate(capacity: nodes.count)
    for node in 0..<nodes.count { (freeBlocks + node).initialize(to: AddressList()) }
    classes = .allocate(capacity: OldSpace.classCount)
    var count = 0
    for size in stride(from: 16, through: 256, by: 16) {
      (classes + count).initialize(to: SizeClass(cellBytes: size))
      count += 1
    }
    var base = 256
    while base < OldSpace.largestCell {
      for quarter in 1...4 {
        (classes + count).initialize(to: SizeClass(cellBytes: base + base / 4 * quarter))
        count += 1
      }
      base *= 2
    }
    assert(count == OldSpace.classCount)
    let sizes = OldSpace.largestCell / 16 + 1
    classOfSize = .allocate(capacity: sizes)
    var number = 0
    for index in 0..<sizes {
      while classes[number].cellBytes < index * 16 { number += 1 }
      classOfSize[index] = UInt8(number)
    }
  }

  func deallocate() {
    for index in 0..<large.count { OldSpace.unmap(large.items[index]) }
    for index in 0..<chunks.count { munmap(chunks.items[index], OldSpace.chunkBytes) }
    for number in 0..<OldSpace.classCount {
      classes[number].blocks.deallocate()
      classes[number].available.deallocate()
    }
    classes.deallocate()
    classOfSize.deallocate()
    large.deallocate()
    for node in 0..<nodes.count { freeBlocks[node].deallocate() }
    freeBlocks.deallocate()
    chunks.deallocate()
  }

  // MARK: Allocation

  /// Memory for an object, not zeroed; nil where the system has none.
  @inline(__always) mutating func allocate(_ size: Int) -> UnsafeMutableRawPointer? {
    if size > OldSpace.largestCell { return allocateLarge(size) }
    let sizeClass = classes + Int(classOfSize[(size + 15) >> 4])
    guard let cell = sizeClass.pointee.freeCells ?? freshCell(sizeClass) else { return nil }
    if cell == sizeClass.pointee.freeCells { sizeClass.pointee.freeCells = cell.references[0] }
    noteBirth(cell, sizeClass.pointee.cellBytes)
    return cell
  }

  @inline(__always) private mutating func noteBirth(_ object: UnsafeMutableRawPointer, _ size: Int) {
    bytes += size
    if marksNew { bornMarked(object, size) }
  }

  /// The fence keeps the mark before the stores that make the object known to other threads.
  @inline(never) private mutating func bornMarked(_ object: UnsafeMutableRawPointer, _ size: Int) {
    Mark(object).set()
    bornMarkedBytes += size
    atomicMemoryFence(ordering: .releasing)
  }

  /// A cell where the block in use has no freed one: from its end, or from another block, whose free cells are then
  /// those of the class.
  @inline(never)
  private mutating func freshCell(_ sizeClass: UnsafeMutablePointer<SizeClass>) -> UnsafeMutableRawPointer? {
    let size = UInt(sizeClass.pointee.cellBytes)
    if sizeClass.pointee.bumpEnd - sizeClass.pointee.bump < size {
      if let cells = freedCells(sizeClass) {
        sizeClass.pointee.freeCells = cells
        return cells
      }
      let node = nodes.current
      guard let base = takeBlock(node) else { return nil }
      let block = Block.make(base, cellBytes: Int(size), mappedBytes: Block.bytes, sweepNumber: sweepNumber)
      block.node = node
      sizeClass.pointee.blocks.append(base)
      blockCount += 1
      sizeClass.pointee.bump = UInt(bitPattern: block.firstObject)
      sizeClass.pointee.bumpEnd = UInt(bitPattern: block.end)
    }
    let cell = UnsafeMutableRawPointer(bitPattern: sizeClass.pointee.bump)
    sizeClass.pointee.bump += size
    return cell
  }

  /// The free cells of a block of the class that has some. Where all is alive, it does not look long.
  private mutating func freedCells(_ sizeClass: UnsafeMutablePointer<SizeClass>) -> UnsafeMutableRawPointer? {
    var left = OldSpace.sweptForOne
    while sizeClass.pointee.available.count == 0 {
      if left == 0 || !sweepNext(of: sizeClass) { return nil }
      left -= 1
    }
    let block = Block(sizeClass.pointee.available.removeLast())
    let cells = block.freeCells
    block.freeCells = nil
    if block.isEmpty { emptyCount -= 1 }
    block.isEmpty = false
    return cells
  }

  /// Zeroed memory for a block, from a node.
  private mutating func takeBlock(_ node: Int) -> UnsafeMutableRawPointer? {
    if freeBlocks[node].count == 0 {
      guard let chunk = Block.map(OldSpace.chunkBytes) else { return nil }
      nodes.prefer(node, for: chunk, OldSpace.chunkBytes)
      chunks.append(chunk)
      for offset in stride(from: OldSpace.chunkBytes - Block.bytes, through: 0, by: -Block.bytes) {
        freeBlocks[node].append(chunk + offset)
      }
    }
    return freeBlocks[node].removeLast()
  }

  @inline(never) private mutating func allocateLarge(_ size: Int) -> UnsafeMutableRawPointer? {
    let mapped = Block.mappedBytes(for: size)
    let isLong = mapped > Block.bytes
    let node = nodes.current
    guard let base = isLong ? Block.map(mapped) : takeBlock(node) else { return nil }
    if isLong { nodes.prefer(node, for: base, mapped) }
    let block = Block.make(base, cellBytes: size, mappedBytes: mapped, sweepNumber: sweepNumber)
    block.node = node
    large.append(base)
    noteBirth(block.firstObject, size)
    return block.firstObject
  }

  /// Gives the memory of a block without objects back to the system; its place is used again.
  mutating func release(_ block: Block) {
    assert(!block.isListed, "a block with dirty cards has no living object")
    if block.isLong {
      OldSpace.unmap(block.head)
    } else {
      let node = block.node
      madvise(block.head, Block.bytes, Int32(MADV_DONTNEED))
      freeBlocks[node].append(block.head)
    }
  }

  /// The memory of a large object, unless that is part of a chunk.
  private static func unmap(_ base: UnsafeMutableRawPointer) {
    if Block(base).isLong { munmap(base, Block(base).mappedBytes) }
  }

  // MARK: Inspection

  /// Calls the function with each object; of blocks that have not been swept, with those that are marked.
  func forEachObject(_ body: (UnsafeMutableRawPointer, _ bytes: Int) -> Void) {
    for number in 0..<OldSpace.classCount {
      let blocks = classes[number].blocks
      for index in 0..<blocks.count { forEachObject(in: Block(blocks.items[index]), body) }
    }
    for index in 0..<large.count {
      let block = Block(large.items[index])
      if isAlive(block.firstObject) { body(block.firstObject, block.cellBytes) }
    }
  }

  private func forEachObject(in block: Block, _ body: (UnsafeMutableRawPointer, _ bytes: Int) -> Void) {
    let size = block.cellBytes
    var cell = block.firstObject
    let end = block.end
    while cell < end {
      if cell.isObject, isAlive(cell) { body(cell, size) }
      cell += size
    }
  }

  /// Whether an object has not been found dead: what lies in a block that waits for its sweep is so if unmarked.
  func isAlive(_ object: UnsafeMutableRawPointer) -> Bool {
    Block(of: object).sweepNumber == sweepNumber || Mark(object).isSet
  }
}
