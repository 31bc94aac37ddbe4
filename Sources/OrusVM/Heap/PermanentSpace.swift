import Glibc

/// Objects that live as long as the program: constants. They lie in blocks like
/// old ones, and are always marked, so that marking does not have to ask.
struct PermanentSpace {
  private var blocks: [Block] = []
  private var top = 0
  private var end = 0

  /// Zeroed memory at a multiple of 16, marked as every object in it has to be.
  mutating func allocate(_ bytes: Int) -> UnsafeMutableRawPointer {
    let size = (bytes + 15) & ~15
    if end - top < size {
      let mapped = Block.mappedBytes(for: size)
      guard let base = Block.map(mapped) else { fatalError("out of memory") }
      let block = Block.make(base, cellBytes: size, mappedBytes: mapped, sweepNumber: 0)
      blocks.append(block)
      top = Int(bitPattern: block.firstObject)
      // What lies behind the first 64 KB of a block would be taken for part of another.
      end = mapped == Block.bytes ? Int(bitPattern: base) + mapped : top + size
    }
    let object = UnsafeMutableRawPointer(bitPattern: top)!
    top += size
    Mark(object).set()
    return object
  }

  func deallocate() { for block in blocks { munmap(block.head, block.mappedBytes) } }
}
