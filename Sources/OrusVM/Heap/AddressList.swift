/// A growing list of addresses.
struct AddressList {
  private(set) var items: UnsafeMutablePointer<UnsafeMutableRawPointer>
  var count = 0
  private var capacity = AddressList.smallest

  private static let smallest = 16
  /// Beyond this many places, memory is given back when the list is empty.
  private static let kept = 1 << 16

  init() { items = .allocate(capacity: AddressList.smallest) }
  func deallocate() { items.deallocate() }

  @inline(__always) mutating func append(_ address: UnsafeMutableRawPointer) {
    if count == capacity { grow(to: capacity * 2) }
    items[count] = address
    count += 1
  }

  mutating func append(_ others: UnsafePointer<UnsafeMutableRawPointer>, _ more: Int) {
    if count + more > capacity { grow(to: max(capacity * 2, count + more)) }
    (items + count).update(from: others, count: more)
    count += more
  }

  @inline(__always) mutating func removeLast() -> UnsafeMutableRawPointer {
    count -= 1
    return items[count]
  }

  mutating func removeFirst(_ removed: Int) {
    count -= removed
    items.update(from: items + removed, count: count)
  }

  @inline(never) private mutating func grow(to larger: Int) {
    let memory = UnsafeMutablePointer<UnsafeMutableRawPointer>.allocate(capacity: larger)
    memory.update(from: items, count: count)
    items.deallocate()
    items = memory
    capacity = larger
  }

  /// Empties the list, and gives memory back after a collection that needed much.
  mutating func trim() {
    count = 0
    if capacity > AddressList.kept {
      deallocate()
      self = AddressList()
    }
  }
}
