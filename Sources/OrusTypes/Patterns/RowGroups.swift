import OrusSyntax

/// The rows of a column by the value that their patterns ask for. A row that asks for none of these values is in
/// every group, and in `rest`; but a group ends with the first row that matches whatever comes.
struct RowGroups {
  /// In the order in which the rows name them first.
  private(set) var keys: [UInt64] = []
  /// One list for each key.
  private(set) var rows = RowLists()
  private(set) var rest: [Int] = []
  /// Of more than a few keys.
  private var index = HashIndex()
  private var open: [Int] = []
  private var isOpen: [Bool] = []

  private static let few = 8

  mutating func removeAll() {
    if keys.count > Self.few { index = HashIndex() }
    keys.removeAll(keepingCapacity: true)
    rows.removeAll()
    rest.removeAll(keepingCapacity: true)
    open.removeAll(keepingCapacity: true)
    isOpen.removeAll(keepingCapacity: true)
  }

  /// `isFinal`: no row after this one is reached where this one is.
  mutating func add(_ row: Int, key: UInt64, isFinal: Bool) {
    let group: Int
    if let known = find(key) {
      guard isOpen[known] else { return }
      group = known
    } else {
      group = addGroup(key)
    }
    rows.append(row, to: group)
    if isFinal {
      open.removeAll { $0 == group }
      isOpen[group] = false
    }
  }

  /// Returns how many groups took the row.
  mutating func addToAll(_ row: Int, isFinal: Bool) -> Int {
    let taken = open.count
    for group in open { rows.append(row, to: group) }
    rest.append(row)
    if isFinal {
      for group in open { isOpen[group] = false }
      open.removeAll(keepingCapacity: true)
    }
    return taken
  }

  /// The numbers of the groups in the order of their keys, for kinds whose cases are sorted.
  func sorted() -> [Int] {
    let keys = keys
    for i in keys.indices.dropFirst() where keys[i] < keys[i - 1] { return keys.indices.sorted { keys[$0] < keys[$1] } }
    return Array(keys.indices)
  }

  private func find(_ key: UInt64) -> Int? {
    if keys.count <= Self.few { return keys.firstIndex(of: key) }
    return index.find(mixed(0, key)) { keys[Int($0)] == key }.map { Int($0) }
  }

  private mutating func addGroup(_ key: UInt64) -> Int {
    let group = rows.addList()
    for row in rest { rows.append(row, to: group) }
    keys.append(key)
    open.append(group)
    isOpen.append(true)
    // The first key too many brings those before it along.
    let first = keys.count == Self.few + 1 ? 0 : keys.count > Self.few ? group : keys.count
    for i in first..<keys.count { index.insert(UInt32(i), mixed(0, keys[i])) }
    return group
  }
}
