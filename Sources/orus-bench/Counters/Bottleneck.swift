/// What a program waits for, and where to look.
enum Bottleneck: String, CaseIterable {
  case frontEnd = "front end"
  case memory
  case cache
  case branches
  case compute

  var advice: String {
    switch self {
    case .frontEnd: "code does not fit its cache: fewer and shorter handlers, less inlining, hot code together"
    case .memory: "data comes from memory: smaller objects, better order of access, fewer pointers to follow"
    case .cache: "data comes from farther caches: denser arrays and objects, smaller nursery"
    case .branches: "branches are guessed wrongly: dispatch per handler, moves instead of branches, inline caches"
    case .compute: "instructions themselves: fewer of them, superinstructions, a shorter path of dependencies"
    }
  }

  /// About how many cycles an event costs on processors of today.
  private static let costs: [(event: CounterEvent, cycles: Double, leadsTo: Bottleneck)] = [
    (.codeMisses, 14, .frontEnd), (.codeTLBMisses, 25, .frontEnd), (.lastLevelMisses, 180, .memory),
    (.dataTLBMisses, 25, .memory), (.dataMisses, 12, .cache), (.branchMisses, 16, .branches),
  ]

  /// A bottleneck other than computing takes at least this share of the cycles.
  static let smallestShare = 0.15

  /// Estimated shares of a program's cycles; what none of the others takes is computing's.
  static func shares(_ counts: Counts) -> [Bottleneck: Double] {
    var waiting: [Bottleneck: Double] = [:]
    for (event, cycles, bottleneck) in costs { waiting[bottleneck, default: 0] += (counts[event] ?? 0) * cycles }
    let waited = waiting.values.reduce(0, +)
    // Without a count of cycles: a simple processor that does one instruction in each and waits for everything.
    let total = max(counts[.cycles] ?? (counts[.instructions] ?? 0) + waited, 1)
    var shares = waiting.mapValues { min(1, $0 / total) }
    shares[.compute] = max(0, 1 - shares.values.reduce(0, +))
    return shares
  }

  static func of(_ counts: Counts) -> Bottleneck {
    let largest = shares(counts).filter { $0.key != .compute }.max { $0.value < $1.value }
    guard let largest, largest.value >= smallestShare else { return .compute }
    return largest.key
  }
}
