import Glibc

/// Memory for a table that grows with the source; `deallocate()` gives it back.
///
/// Large tables ask for huge pages: the first touch of each small one costs the
/// system more than filling it costs the lexer.
func allocateTable(bytes: Int) -> UnsafeMutableRawPointer {
  if bytes >= hugePage {
    let whole = (bytes + hugePage - 1) & -hugePage
    var memory: UnsafeMutableRawPointer?
    if posix_memalign(&memory, hugePage, whole) == 0, let memory {
      preferHugePages(UnsafeMutableRawBufferPointer(start: memory, count: whole))
      return memory
    }
  }
  return .allocate(byteCount: bytes, alignment: 16)
}

func allocateTable<Element: BitwiseCopyable>(capacity: Int) -> UnsafeMutablePointer<Element> {
  allocateTable(bytes: capacity * MemoryLayout<Element>.stride).bindMemory(to: Element.self, capacity: capacity)
}

extension Array {
  /// An array made as `init(unsafeUninitializedCapacity:)` makes it, with huge pages where it is large.
  public init(tableOf capacity: Int, _ fill: (UnsafeMutableBufferPointer<Element>, inout Int) -> Void)
  where Element: BitwiseCopyable {
    self.init(unsafeUninitializedCapacity: capacity) { memory, count in
      preferHugePages(UnsafeMutableRawBufferPointer(memory))
      fill(memory, &count)
    }
  }

  public init(table element: Element, count: Int) where Element: BitwiseCopyable {
    self.init(tableOf: count) { memory, initialized in
      memory.initialize(repeating: element)
      initialized = count
    }
  }

  /// Room for so many more rows, if they are many: a table that doubles touches twice the memory. Again and again, this
  /// copies no more than doubling does.
  public mutating func reserveTable(_ more: Int) {
    let bytes = more * MemoryLayout<Element>.stride
    guard bytes >= hugePage / 8, capacity - count < more else { return }
    reserveCapacity(Swift.max(count + more, 2 * count))
    withUnsafeMutableBufferPointer { used in
      guard let base = used.baseAddress else { return }
      preferHugePages(UnsafeMutableRawBufferPointer(start: base + used.count, count: bytes))
    }
  }
}

/// Says so of the huge pages that lie wholly within memory that has not been touched yet.
private func preferHugePages(_ memory: UnsafeMutableRawBufferPointer) {
  guard let base = memory.baseAddress, memory.count >= hugePage else { return }
  let address = Int(bitPattern: base)
  let start = (address + hugePage - 1) & -hugePage
  let end = (address + memory.count) & -hugePage
  guard start < end else { return }
  madvise(base + (start - address), end - start, MADV_HUGEPAGE)
}

/// In bytes; where they are larger, nothing is lost but the gain.
private let hugePage = 2 << 20
