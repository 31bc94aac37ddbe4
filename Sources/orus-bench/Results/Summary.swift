/// What follows from a report's numbers.
extension Report {
  /// For an engine, the geometric mean of its times over the reference's, of programs that both ran.
  func meanRatio(of engine: String) -> Double? {
    meanRatio(of: engine, to: settings.reference)
  }

  /// The same for any two engines.
  func meanRatio(of engine: String, to other: String) -> Double? {
    let ratios = programs.compactMap { program -> Double? in
      guard let mine = program.result(of: engine), let theirs = program.result(of: other) else { return nil }
      return mine.time.median / theirs.time.median
    }
    return ratios.isEmpty ? nil : geometricMean(ratios)
  }

  /// The builds of orus that were measured; the first is the one that the others are compared with.
  var orusEngines: [String] { engines.filter(\.isOrus).map(\.name) }

  /// Engines that could not run a program, or print something else.
  var hasFailures: Bool { ([startUp].compactMap { $0 } + programs).contains { !$0.failures.isEmpty } }

  /// How other builds of orus do against the first, round by round.
  func buildComparisons(threshold: Double) -> [(program: String, engine: String, comparison: Comparison)] {
    guard let first = orusEngines.first else { return [] }
    var bootstrap = Bootstrap(seed: settings.seed)
    bootstrap.confidence = familywiseConfidence(comparisons: programs.count)
    return programs.flatMap { program in
      orusEngines.dropFirst().compactMap { engine in
        guard let old = program.result(of: first), let new = program.result(of: engine) else { return nil }
        let ratios = zip(new.samples.map(settings.clock.time), old.samples.map(settings.clock.time)).map(/)
        return (program.name, engine, Comparison(ratio: bootstrap.estimate(ratios), threshold: threshold))
      }
    }
  }
}

/// How sure each of several intervals has to be for all of them to hold together in 19 of 20 tries.
func familywiseConfidence(comparisons: Int) -> Double {
  1 - 0.05 / Double(max(1, comparisons))
}
