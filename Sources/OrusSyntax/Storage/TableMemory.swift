import Glibc

/// Memory for a table that grows with the source; `deallocate()` gives it back.
///
/// Large tables ask for huge pages: the first touch of each small one costs the
/// system more than filling it costs the lexer.
func allocateTable<Element: BitwiseCopyable>(capacity: Int) -> UnsafeMutablePointer<Element> {
  let size = capacity * MemoryLayout<Element>.stride
  guard size >= 2 * hugePage else { return .allocate(capacity: capacity) }
  var memory: UnsafeMutableRawPointer?
  guard posix_memalign(&memory, hugePage, size) == 0, let memory else { return .allocate(capacity: capacity) }
  preferHugePages(UnsafeMutableRawBufferPointer(start: memory, count: size))
  return memory.bindMemory(to: Element.self, capacity: capacity)
}

extension Array where Element: BitwiseCopyable {
  /// A table as an array, with huge pages where it is large.
  public init(table element: Element, count: Int) {
    self.init(unsafeUninitializedCapacity: count) { memory, initialized in
      preferHugePages(UnsafeMutableRawBufferPointer(memory))
      memory.initialize(repeating: element)
      initialized = count
    }
  }

  /// Room for a table that will be about as large, with huge pages where it is.
  public mutating func reserveTable(_ capacity: Int) {
    reserveCapacity(capacity)
    withUnsafeMutableBytes { used in
      let whole = UnsafeMutableRawBufferPointer(start: used.baseAddress, count: capacity * MemoryLayout<Element>.stride)
      preferHugePages(whole)
    }
  }
}

/// Says so of the huge pages that lie wholly within memory that has not been touched yet.
private func preferHugePages(_ memory: UnsafeMutableRawBufferPointer) {
  guard let base = memory.baseAddress, memory.count >= 2 * hugePage else { return }
  let address = Int(bitPattern: base)
  let start = (address + hugePage - 1) & -hugePage
  let end = (address + memory.count) & -hugePage
  madvise(base + (start - address), end - start, MADV_HUGEPAGE)
}

/// In bytes; where they are larger, nothing is lost but the gain.
private let hugePage = 2 << 20
