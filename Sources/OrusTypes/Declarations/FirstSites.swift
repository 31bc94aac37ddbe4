import OrusSyntax

/// Where the names in a list were met first, so that the second of a name is reported. Most lists are short: their
/// names are compared one by one.
struct FirstSites {
  private var few: [(name: Symbol, site: NodeID)] = []
  /// Of a long list.
  private var many = NumberMap<NodeID>()
  private let isLong: Bool

  init(_ count: Int) {
    isLong = count > 16
    if !isLong { few.reserveCapacity(count) }
  }

  /// The site of the same name before, nil if there is none and this is now the first.
  mutating func add(_ name: Symbol, at site: NodeID) -> NodeID? {
    if isLong {
      if let first = many[name] { return first }
      many[name] = site
    } else {
      if let first = few.first(where: { $0.name == name }) { return first.site }
      few.append((name, site))
    }
    return nil
  }
}
