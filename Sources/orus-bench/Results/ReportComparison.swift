/// Two runs, program by program.
struct ReportComparison {
  struct Row: Codable, Equatable {
    var program: String
    var engine: String
    var comparison: Comparison
    /// New over old, where both runs counted them in the same way.
    var instructions: Double?
  }

  private(set) var rows: [Row] = []
  private let isNormalised: Bool
  private let clock: Clock
  private let old: Report
  private let new: Report

  /// `clock`: nothing for the one that the older run went by.
  init(old: Report, new: Report, engine: String?, threshold: Double, raw: Bool, clock: Clock? = nil) throws {
    self.clock = clock ?? old.settings.clock
    self.old = old
    self.new = new
    let engines = engine.map { [$0] } ?? old.orusEngines.filter(new.engineNames.contains)
    let common = Set(old.engineNames).intersection(new.engineNames)
    guard let first = engines.first, engines.allSatisfy(common.contains) else {
      throw Failure("the runs have no engine to compare: \(Self.list(old)) in one, \(Self.list(new)) in the other")
    }
    let reference = old.settings.reference
    isNormalised = !raw && reference == new.settings.reference && reference != first

    let pairs = Self.pairs(old, new)
    guard !pairs.isEmpty else { throw Failure("the runs have no program in common") }
    var bootstrap = Bootstrap(seed: old.settings.seed)
    bootstrap.confidence = familywiseConfidence(comparisons: pairs.count * engines.count)
    for (before, after) in pairs {
      for engine in engines {
        guard let a = samples(before, engine), let b = samples(after, engine) else { continue }
        rows.append(
          Row(
            program: before.name, engine: engine,
            comparison: Comparison(ratio: bootstrap.ratio(b, to: a), threshold: threshold),
            instructions: Self.instructions(before.name, engine, old, new)))
      }
    }
  }

  private static func list(_ report: Report) -> String { report.engineNames.joined(separator: ", ") }

  private static func pairs(_ old: Report, _ new: Report) -> [(ProgramResult, ProgramResult)] {
    let all = old.programs + [old.startUp].compactMap { $0 }
    let others = new.programs + [new.startUp].compactMap { $0 }
    return all.compactMap { program in others.first { $0.name == program.name }.map { (program, $0) } }
  }

  /// Times, or ratios to the reference of the same round.
  private func samples(_ program: ProgramResult, _ engine: String) -> [Double]? {
    guard let mine = program.result(of: engine)?.samples.map(clock.time), !mine.isEmpty else { return nil }
    guard isNormalised else { return mine }
    guard let reference = program.result(of: old.settings.reference)?.samples.map(clock.time) else { return nil }
    return zip(mine, reference).map { $0 / $1 }
  }

  private static func instructions(_ program: String, _ engine: String, _ old: Report, _ new: Report) -> Double? {
    guard let before = old.counters, let after = new.counters, before.source == after.source else { return nil }
    func count(_ results: CounterResults) -> Double? {
      results.entries.first { $0.program == program && $0.engine == engine }?.counts[.instructions]
    }
    guard let a = count(before), let b = count(after), a > 0 else { return nil }
    return b / a
  }
}

extension ReportComparison {
  var table: Table {
    let showsInstructions = rows.contains { $0.instructions != nil }
    var table = Table(
      title: "New ÷ old, \(clock.text)" + (isNormalised ? ", each as a ratio to \(old.settings.reference)" : ""),
      header: ["program", "engine", "ratio", "interval", "verdict"] + (showsInstructions ? ["instructions"] : []),
      wordColumns: 2)
    for row in rows {
      table.rows.append(
        [row.program, row.engine] + cells(row.comparison)
          + (showsInstructions ? [row.instructions.map { ratio($0) } ?? "–"] : []))
    }
    if rows.count > 1 {
      let mean = geometricMean(rows.map(\.comparison.ratio.median))
      let filler = Array(repeating: "", count: table.header.count - 3)
      table.rows.append(["geometric mean", "", ratio(mean)] + filler)
      table.hasSummary = true
    }
    if old.machine.line != new.machine.line {
      table.notes.append("the runs are of different machines: \(old.machine.line); \(new.machine.line)")
    }
    return table
  }
}
