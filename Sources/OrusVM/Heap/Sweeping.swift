/// The sweep: what is not marked becomes free, and the marks are taken off.
///
/// When marking is over, every block counts as not swept. Blocks are swept one by
/// one, where one is needed or a collection of the young space has time for it,
/// all of them before the next marking. One without a living object is given back
/// to the system, unless few such are kept.
extension OldSpace {
  /// Marking has come to its end: so many bytes are alive.
  mutating func beginSweep(liveBytes: Int) {
    sweepNumber += 1
    bytes = liveBytes
    marksNew = false
    bornMarkedBytes = 0
    emptyCount = 0
    for number in 0..<OldSpace.classCount {
      let sizeClass = classes + number
      sizeClass.pointee.cursor = 0
      sizeClass.pointee.sweepEnd = sizeClass.pointee.blocks.count
      sizeClass.pointee.freeCells = nil
      sizeClass.pointee.bump = 0
      sizeClass.pointee.bumpEnd = 0
      sizeClass.pointee.available.count = 0
    }
    largeCursor = 0
    largeSweepEnd = large.count
  }

  /// Sweeps so many blocks and large objects. False: everything has been swept.
  mutating func sweepSome(_ count: Int) -> Bool {
    var left = count
    for number in 0..<OldSpace.classCount {
      while classes[number].cursor < classes[number].sweepEnd {
        if left == 0 { return true }
        left -= 1
        _ = sweepNext(of: classes + number)
      }
    }
    while largeCursor < largeSweepEnd {
      if left == 0 { return true }
      left -= 1
      sweepNextLarge()
    }
    return false
  }

  /// Sweeps the next block of a class. False: all have been swept.
  mutating func sweepNext(of sizeClass: UnsafeMutablePointer<SizeClass>) -> Bool {
    let index = sizeClass.pointee.cursor
    if index == sizeClass.pointee.sweepEnd { return false }
    let block = Block(sizeClass.pointee.blocks.items[index])
    let liveCells = sweep(block)
    if liveCells == 0, emptyCount * 16 >= blockCount {
      sizeClass.pointee.blocks.remove(at: index, sweepEnd: &sizeClass.pointee.sweepEnd)
      blockCount -= 1
      release(block)
      return true
    }
    if liveCells == 0 {
      block.isEmpty = true
      emptyCount += 1
    }
    if block.freeCells != nil { sizeClass.pointee.available.append(block.head) }
    sizeClass.pointee.cursor += 1
    return true
  }

  /// How many objects in the block live.
  private func sweep(_ block: Block) -> Int {
    let size = block.cellBytes
    var list: UnsafeMutableRawPointer?
    var live = 0
    var cell = block.firstObject
    let end = block.end
    while cell < end {
      let mark = Mark(cell)
      if mark.isSet {
        mark.clear()
        live += 1
      } else {
        cell.header = UInt64(HeaderFlags.free) << 48
        cell.references[0] = list
        list = cell
      }
      cell += size
    }
    block.freeCells = list
    block.sweepNumber = sweepNumber
    return live
  }

  private mutating func sweepNextLarge() {
    let block = Block(large.items[largeCursor])
    if Mark(block.firstObject).isSet {
      Mark(block.firstObject).clear()
      block.sweepNumber = sweepNumber
      largeCursor += 1
    } else {
      large.remove(at: largeCursor, sweepEnd: &largeSweepEnd)
      release(block)
    }
  }
}

extension AddressList {
  /// Takes out a place before `sweepEnd`, and keeps what is behind that there.
  fileprivate mutating func remove(at index: Int, sweepEnd: inout Int) {
    sweepEnd -= 1
    items[index] = items[sweepEnd]
    items[sweepEnd] = items[count - 1]
    count -= 1
  }
}
