/// What was counted, and where it points.
extension ReportTables {
  var counters: Table? {
    guard let results = report.counters, !results.entries.isEmpty else { return nil }
    var table = Table(
      title: "Counters",
      header: [
        "program", "engine", "bottleneck", "instructions", "IPC", "branch misses", "data misses", "last level",
        "code misses", "TLB misses",
      ], wordColumns: 3)
    var found: Set<Bottleneck> = []
    for entry in results.entries {
      let bottleneck = Bottleneck.of(entry.counts)
      found.insert(bottleneck)
      table.rows.append([entry.program, entry.engine, bottleneck.rawValue] + numbers(entry.counts))
    }
    table.notes = ["Source: \(results.source.text). Misses are in a thousand instructions."]
    table.notes += Bottleneck.allCases.filter(found.contains).map { "\($0.rawValue): \($0.advice)" }
    return table
  }

  private func numbers(_ counts: Counts) -> [String] {
    let instructions = counts[.instructions] ?? .nan
    func rate(_ events: CounterEvent...) -> String {
      let known = events.compactMap { counts[$0] }
      return known.isEmpty ? "–" : digits(known.reduce(0, +) / instructions * 1000)
    }
    let perCycle = counts[.cycles].map { digits(instructions / $0) } ?? "–"
    return [
      count(instructions), perCycle, rate(.branchMisses), rate(.dataMisses), rate(.lastLevelMisses), rate(.codeMisses),
      rate(.dataTLBMisses, .codeTLBMisses),
    ]
  }
}
