import Glibc

/// What strings, formatting and natives keep for the length of a run.
struct TextState {
  var work = WorkStack()
  var frames = RawStack<WalkFrame>()
  /// Parts of ropes that are still to be copied.
  var ropes = RawStack<RopePart>()
  /// Open texts, innermost last; the buffers above `builderCount` wait to be used again.
  var builders: UnsafeMutablePointer<TextBuilder> = .allocate(capacity: 8)
  var builderCount = 0
  var builderCapacity = 8
  /// Builders that have a buffer.
  var builderBuffers = 0
  /// The strings of one ASCII character; null until the first is needed.
  var characters: UnsafeMutablePointer<Reference>?
  /// Secret of this run's hashes.
  let seed: UInt64
  var lines = LineBuffer()
  var interned = InternTable()

  init() {
    seed = UInt64.random(in: .min ... .max)
  }

  func deallocate() {
    work.deallocate()
    frames.deallocate()
    ropes.deallocate()
    for index in 0..<builderBuffers { builders[index].bytes.deallocate() }
    builders.deallocate()
    characters?.deallocate()
    lines.deallocate()
    interned.deallocate()
  }
}

/// A text that is being put together: raw bytes outside the heap.
struct TextBuilder {
  var bytes: UnsafeMutablePointer<UInt8>
  var count: Int
  var capacity: Int
  /// Calls that were active when it was opened, for unwinding.
  var callDepth: Int

  /// A larger buffer is given back when it is closed, and counts for the heap's limit.
  static let keptCapacity = 1 << 20

  /// Room for so many bytes more.
  @inline(__always) mutating func reserve(_ more: Int) {
    if capacity - count < more { grow(more) }
  }

  @inline(never) private mutating func grow(_ more: Int) {
    // Twice as much, but beyond the first megabyte a quarter more: what is large is seldom followed by as much again.
    let needed = count + more
    let larger = max(capacity < TextBuilder.keptCapacity ? capacity * 2 : capacity + capacity / 4, needed + needed / 16)
    let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    memcpy(memory, bytes, count)
    bytes.deallocate()
    bytes = memory
    capacity = larger
  }

  @inline(__always) mutating func append(_ byte: UInt8) {
    reserve(1)
    bytes[count] = byte
    count += 1
  }

  @inline(__always) mutating func append(_ source: UnsafePointer<UInt8>, _ length: Int) {
    reserve(length)
    memcpy(bytes + count, source, length)
    count += length
  }

  mutating func append(_ text: StaticString) { append(text.utf8Start, text.utf8CodeUnitCount) }

  /// A Unicode scalar in UTF-8.
  mutating func append(scalar: UInt32) {
    reserve(4)
    count += encodeUTF8(scalar, to: bytes + count)
  }
}

extension VM {
  /// The innermost open text.
  @inline(__always) var builder: UnsafeMutablePointer<TextBuilder> {
    machine.pointee.text.builders + (machine.pointee.text.builderCount - 1)
  }

  func openBuilder() {
    let text = withUnsafeMutablePointer(to: &machine.pointee.text) { $0 }
    if text.pointee.builderCount == text.pointee.builderCapacity {
      let larger = UnsafeMutablePointer<TextBuilder>.allocate(capacity: text.pointee.builderCapacity * 2)
      larger.update(from: text.pointee.builders, count: text.pointee.builderCount)
      text.pointee.builders.deallocate()
      text.pointee.builders = larger
      text.pointee.builderCapacity *= 2
    }
    let index = text.pointee.builderCount
    if index == text.pointee.builderBuffers {
      (text.pointee.builders + index).initialize(
        to: TextBuilder(bytes: .allocate(capacity: 256), count: 0, capacity: 256, callDepth: 0))
      text.pointee.builderBuffers += 1
    }
    text.pointee.builders[index].count = 0
    text.pointee.builders[index].callDepth = callDepth
    text.pointee.builderCount += 1
  }

  /// Closes the innermost text; its bytes stay valid until the next is opened. A very large buffer is given back.
  func closeBuilder() {
    machine.pointee.text.builderCount -= 1
    let closed = machine.pointee.text.builders + machine.pointee.text.builderCount
    if closed.pointee.capacity > TextBuilder.keptCapacity { giveBack(closed) }
  }

  @inline(never) private func giveBack(_ closed: UnsafeMutablePointer<TextBuilder>) {
    let heap = self.heap
    heap.pointee.outsideBytes = max(0, heap.pointee.outsideBytes - closed.pointee.capacity)
    closed.pointee.bytes.deallocate()
    closed.pointee.bytes = .allocate(capacity: 256)
    closed.pointee.capacity = 256
    closed.pointee.count = 0
  }

  /// Whether the innermost text is within the heap's limit; false: a panic is pending.
  @inline(__always) func builderFits() -> Bool {
    _fastPath(builder.pointee.capacity <= TextBuilder.keptCapacity) || largeBuilderFits()
  }

  @inline(never) private func largeBuilderFits() -> Bool {
    let text = machine.pointee.text
    var bytes = 0
    for index in 0..<text.builderCount where text.builders[index].capacity > TextBuilder.keptCapacity {
      bytes += text.builders[index].capacity
    }
    heap.pointee.outsideBytes = bytes
    return outsideFits()
  }

  /// Drops the texts that were opened at this call depth or deeper: their functions are left by a panic.
  func closeBuilders(openedFrom callDepth: Int) {
    while machine.pointee.text.builderCount > 0, builder.pointee.callDepth >= callDepth { closeBuilder() }
  }
}
