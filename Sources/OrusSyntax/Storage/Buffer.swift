/// A growing array of plain values, for the tables that the lexer and the parser
/// append to: no reference count, no uniqueness check and no bounds check on
/// the way. Whoever finishes a table takes its memory over.
struct Buffer<Element: BitwiseCopyable>: ~Copyable {
  private(set) var base: UnsafeMutablePointer<Element>
  private(set) var count = 0
  private var capacity: Int

  init(capacity: Int) {
    self.capacity = max(capacity, 16)
    base = allocateTable(capacity: self.capacity)
  }

  deinit { base.deallocate() }

  @inline(__always)
  mutating func append(_ element: Element) {
    if count == capacity { grow() }
    (base + count).initialize(to: element)
    count &+= 1
  }

  @inline(__always)
  subscript(_ index: Int) -> Element {
    get {
      assert(index >= 0 && index < count)
      return base[index]
    }
    nonmutating set {
      assert(index >= 0 && index < count)
      base[index] = newValue
    }
  }

  @inline(__always)
  mutating func removeLast() -> Element {
    assert(count > 0)
    count &-= 1
    return base[count]
  }

  @inline(__always)
  mutating func truncate(to newCount: Int) {
    assert(newCount >= 0 && newCount <= count)
    count = newCount
  }

  @inline(never)
  private mutating func grow() {
    let larger: UnsafeMutablePointer<Element> = allocateTable(capacity: capacity * 2)
    larger.moveInitialize(from: base, count: count)
    base.deallocate()
    base = larger
    capacity *= 2
  }

  /// The memory, now the caller's to deallocate.
  consuming func take() -> UnsafeMutablePointer<Element> {
    let taken = base
    discard self
    return taken
  }

  /// A copy as an array.
  func copied() -> [Element] { Array(UnsafeBufferPointer(start: base, count: count)) }
}

extension NodeKind: BitwiseCopyable {}
extension TokenID: BitwiseCopyable {}
extension TokenKind: BitwiseCopyable {}
extension Node: BitwiseCopyable {}
