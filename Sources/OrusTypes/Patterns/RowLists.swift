/// Ascending lists of a matrix's rows, each of which grows at its end; all of
/// them lie in one array, which the next use takes over.
struct RowLists {
  private var links: [(row: Int, next: Int)] = []
  /// First and last link of each list; -1 in an empty one.
  private var ends: [(first: Int, last: Int)] = []

  mutating func removeAll() {
    links.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }

  /// Adds an empty list; gives its number.
  mutating func addList() -> Int {
    ends.append((-1, -1))
    return ends.count - 1
  }

  mutating func append(_ row: Int, to list: Int) {
    let link = links.count
    links.append((row, -1))
    if ends[list].first < 0 { ends[list].first = link } else { links[ends[list].last].next = link }
    ends[list].last = link
  }

  func isEmpty(_ list: Int) -> Bool { ends[list].first < 0 }

  /// The lists have the same rows.
  func areEqual(_ a: Int, _ b: Int) -> Bool {
    var (i, j) = (ends[a].first, ends[b].first)
    while i >= 0 && j >= 0 {
      if links[i].row != links[j].row { return false }
      (i, j) = (links[i].next, links[j].next)
    }
    return i == j
  }

  /// Calls `body` with each row of a list, in order.
  func forEach(in list: Int, _ body: (Int) -> Void) {
    var i = ends[list].first
    while i >= 0 {
      body(links[i].row)
      i = links[i].next
    }
  }
}
