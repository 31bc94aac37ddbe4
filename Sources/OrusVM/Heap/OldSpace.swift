import Glibc

/// Old objects: cells of one size in blocks of 64 KB, and large objects by
/// themselves.
///
/// A free cell has the header flag `free` and the next free cell in word 0.
/// Cells of a new block lie behind each other and are taken in order, so that a
/// block costs memory as it fills; the zeroed rest of it counts as dead in the
/// next sweep.
struct OldSpace {
  struct Block {
    var base: UInt
    /// 0: the block is free.
    var cellBytes: Int
  }

  struct Large {
    var object: UnsafeMutableRawPointer
    var bytes: Int
  }

  static let blockBytes = 1 << 16
  static let chunkBytes = 1 << 20
  static let largestCell = 8192
  static let classCount = 36

  private var blocks: UnsafeMutablePointer<Block>
  private var blockCount = 0
  private var blockCapacity = 64
  private var freeBlocks: AddressList
  private var large: UnsafeMutablePointer<Large>
  private var largeCount = 0
  private var largeCapacity = 64
  private var chunks: AddressList
  /// By class: the free cells, and the fresh ones from `bump` to `bumpEnd`.
  private let freeCells: UnsafeMutablePointer<UnsafeMutableRawPointer?>
  private let bump: UnsafeMutablePointer<UInt>
  private let bumpEnd: UnsafeMutablePointer<UInt>
  private let cellSizes: UnsafeMutablePointer<Int>
  /// Class of a size, by its number of 16 bytes.
  private let classes: UnsafeMutablePointer<UInt8>
  /// Of cells in use and large objects.
  private(set) var bytes = 0

  init?() {
    blocks = .allocate(capacity: 64)
    freeBlocks = AddressList()
    large = .allocate(capacity: 64)
    chunks = AddressList()
    freeCells = .allocate(capacity: OldSpace.classCount)
    freeCells.initialize(repeating: nil, count: OldSpace.classCount)
    bump = .allocate(capacity: OldSpace.classCount)
    bump.initialize(repeating: 0, count: OldSpace.classCount)
    bumpEnd = .allocate(capacity: OldSpace.classCount)
    bumpEnd.initialize(repeating: 0, count: OldSpace.classCount)
    cellSizes = .allocate(capacity: OldSpace.classCount)
    var count = 0
    for size in stride(from: 16, through: 256, by: 16) {
      cellSizes[count] = size
      count += 1
    }
    var base = 256
    while base < OldSpace.largestCell {
      for quarter in 1...4 {
        cellSizes[count] = base + base / 4 * quarter
        count += 1
      }
      base *= 2
    }
    assert(count == OldSpace.classCount)
    let sizes = OldSpace.largestCell / 16 + 1
    classes = .allocate(capacity: sizes)
    var number = 0
    for index in 0..<sizes {
      while cellSizes[number] < index * 16 { number += 1 }
      classes[index] = UInt8(number)
    }
  }

  func deallocate() {
    for index in 0..<largeCount { free(large[index].object) }
    for index in 0..<chunks.count { munmap(chunks.items[index], OldSpace.chunkBytes) }
    blocks.deallocate()
    large.deallocate()
    chunks.deallocate()
    freeBlocks.deallocate()
    freeCells.deallocate()
    bump.deallocate()
    bumpEnd.deallocate()
    cellSizes.deallocate()
    classes.deallocate()
  }

  // MARK: Allocation

  /// Memory for an object, not zeroed; nil where the system has none.
  @inline(__always) mutating func allocate(_ size: Int) -> UnsafeMutableRawPointer? {
    if size > OldSpace.largestCell { return allocateLarge(size) }
    let number = Int(classes[(size + 15) >> 4])
    if let cell = freeCells[number] {
      freeCells[number] = cell.references[0]
      bytes += cellSizes[number]
      return cell
    }
    return allocateFresh(number)
  }

  @inline(never) private mutating func allocateFresh(_ number: Int) -> UnsafeMutableRawPointer? {
    let size = cellSizes[number]
    if bumpEnd[number] - bump[number] < UInt(size) {
      guard let block = takeBlock(size) else { return nil }
      bump[number] = UInt(bitPattern: block)
      bumpEnd[number] = bump[number] + UInt(OldSpace.blockBytes)
    }
    let cell = UnsafeMutableRawPointer(bitPattern: bump[number])
    bump[number] += UInt(size)
    bytes += size
    return cell
  }

  /// A zeroed block for cells of this size.
  private mutating func takeBlock(_ cellBytes: Int) -> UnsafeMutableRawPointer? {
    if freeBlocks.count == 0 {
      guard let chunk = StackMemory(bytes: OldSpace.chunkBytes) else { return nil }
      chunks.append(chunk.base)
      for offset in stride(from: OldSpace.chunkBytes - OldSpace.blockBytes, through: 0, by: -OldSpace.blockBytes) {
        freeBlocks.append(chunk.base + offset)
      }
    }
    let block = freeBlocks.removeLast()
    if blockCount == blockCapacity {
      let larger = UnsafeMutablePointer<Block>.allocate(capacity: blockCapacity * 2)
      larger.update(from: blocks, count: blockCount)
      blocks.deallocate()
      blocks = larger
      blockCapacity *= 2
    }
    blocks[blockCount] = Block(base: UInt(bitPattern: block), cellBytes: cellBytes)
    blockCount += 1
    return block
  }

  @inline(never) private mutating func allocateLarge(_ size: Int) -> UnsafeMutableRawPointer? {
    guard let object = malloc(size) else { return nil }
    if largeCount == largeCapacity {
      let larger = UnsafeMutablePointer<Large>.allocate(capacity: largeCapacity * 2)
      larger.update(from: large, count: largeCount)
      large.deallocate()
      large = larger
      largeCapacity *= 2
    }
    large[largeCount] = Large(object: object, bytes: size)
    largeCount += 1
    bytes += size
    return object
  }

  // MARK: Sweeping

  /// Frees what is not marked and unmarks the rest.
  mutating func sweep() {
    bytes = 0
    freeCells.update(repeating: nil, count: OldSpace.classCount)
    bump.update(repeating: 0, count: OldSpace.classCount)
    bumpEnd.update(repeating: 0, count: OldSpace.classCount)
    var kept = 0
    for index in 0..<blockCount {
      let block = blocks[index]
      if sweep(block) {
        blocks[kept] = block
        kept += 1
      } else {
        // Also gives the memory back: the next user finds it zeroed.
        let base = UnsafeMutableRawPointer(bitPattern: block.base)!
        madvise(base, OldSpace.blockBytes, Int32(MADV_DONTNEED))
        freeBlocks.append(base)
      }
    }
    blockCount = kept
    kept = 0
    for index in 0..<largeCount {
      let entry = large[index]
      if entry.object.flags & HeaderFlags.marked != 0 {
        entry.object.flags &= ~HeaderFlags.marked
        bytes += entry.bytes
        large[kept] = entry
        kept += 1
      } else {
        free(entry.object)
      }
    }
    largeCount = kept
  }

  /// False: nothing in the block lives, and none of its cells is in the free list.
  private mutating func sweep(_ block: Block) -> Bool {
    let size = block.cellBytes
    let number = Int(classes[(size + 15) >> 4])
    let before = freeCells[number]
    var list = before
    var live = 0
    var cell = UnsafeMutableRawPointer(bitPattern: block.base)!
    let end = cell + OldSpace.blockBytes / size * size
    while cell < end {
      let flags = cell.flags
      if flags & HeaderFlags.marked != 0 {
        cell.flags = flags & ~HeaderFlags.marked
        live += size
      } else {
        cell.header = UInt64(HeaderFlags.free) << 48
        cell.references[0] = list
        list = cell
      }
      cell += size
    }
    if live == 0 { return false }
    freeCells[number] = list
    bytes += live
    return true
  }

  // MARK: Inspection

  /// Calls the function with each object.
  func forEachObject(_ body: (UnsafeMutableRawPointer, _ bytes: Int) -> Void) {
    for index in 0..<blockCount {
      let size = blocks[index].cellBytes
      var cell = UnsafeMutableRawPointer(bitPattern: blocks[index].base)!
      let end = cell + OldSpace.blockBytes / size * size
      while cell < end {
        if cell.header != 0, cell.flags & HeaderFlags.free == 0 { body(cell, size) }
        cell += size
      }
    }
    for index in 0..<largeCount { body(large[index].object, large[index].bytes) }
  }
}
