/// References that the collector knows beside the reference stack: what
/// equality, cloning and printing have still to visit. It grows as needed, so
/// that a structure of millions of nodes costs memory and no native stack.
struct WorkStack {
  private(set) var base: UnsafeMutablePointer<Reference> = .allocate(capacity: 64)
  var count = 0
  private var capacity = 64

  mutating func push(_ reference: Reference) {
    if count == capacity { grow() }
    (base + count).initialize(to: reference)
    count += 1
  }

  mutating func pop() -> Reference {
    count -= 1
    return base[count]
  }

  @inline(never) private mutating func grow() {
    let larger = UnsafeMutablePointer<Reference>.allocate(capacity: capacity * 2)
    larger.update(from: base, count: count)
    base.deallocate()
    base = larger
    capacity *= 2
  }

  func deallocate() { base.deallocate() }
}

/// How far a walk has come in one object.
struct WalkFrame {
  var type: UInt32
  /// The next part.
  var position: Int32
}

/// A growable stack of plain values.
struct RawStack<Element: BitwiseCopyable> {
  private(set) var base: UnsafeMutablePointer<Element> = .allocate(capacity: 64)
  private(set) var count = 0
  private var capacity = 64

  mutating func push(_ element: Element) {
    if count == capacity {
      let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
      larger.update(from: base, count: count)
      base.deallocate()
      base = larger
      capacity *= 2
    }
    (base + count).initialize(to: element)
    count += 1
  }

  mutating func pop() -> Element {
    count -= 1
    return base[count]
  }

  mutating func truncate(to count: Int) { self.count = count }

  func deallocate() { base.deallocate() }
}

extension VM {
  var work: UnsafeMutablePointer<WorkStack> {
    withUnsafeMutablePointer(to: &machine.pointee.text.work) { $0 }
  }

  var walkFrames: UnsafeMutablePointer<RawStack<WalkFrame>> {
    withUnsafeMutablePointer(to: &machine.pointee.text.frames) { $0 }
  }

  /// Objects inside each other that a walk may meet; more is a panic.
  static let walkDepthLimit = 1 << 24
}
