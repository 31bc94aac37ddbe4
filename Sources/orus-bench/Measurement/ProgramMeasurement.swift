/// Measures one program with all engines: checks that they print the same, then times them in turn.
struct ProgramMeasurement {
  let plan: RunPlan
  let program: BenchmarkProgram
  /// Told how many runs of how many are done.
  var progress: (Int, Int) -> Void = { _, _ in }

  /// An engine with the command that runs the program.
  private typealias Entry = (engine: Engine, command: Command)

  /// `samples`, where a short program wants more of them than others.
  func measure(samples: Int? = nil) throws -> ProgramResult {
    var result = ProgramResult(name: program.name)
    let entries = prepare(&result)
    try check(entries, &result)
    guard result.failures.isEmpty, !entries.isEmpty else { return result }

    // The check was the first round of the warm-up.
    let warmUp = max(0, plan.settings.warmUp - 1)
    let count = samples ?? plan.settings.samples
    let total = (warmUp + count) * entries.count
    let rounds = Rounds(launcher: plan.launcher, commands: entries.map(\.command)) { progress($0, total) }
    let taken = try rounds.take(count, warmUp: warmUp)
    let reference = entries.firstIndex { $0.engine.name == plan.settings.reference }.map { taken[$0] }
    for (entry, samples) in zip(entries, taken) {
      result.engines.append(summary(of: samples, engine: entry.engine, reference: reference))
    }
    return result
  }

  private func prepare(_ result: inout ProgramResult) -> [Entry] {
    var entries: [Entry] = []
    for engine in plan.engines {
      guard let source = program.source(for: engine.row.language) else {
        result.missing.append(engine.name)
        continue
      }
      do {
        entries.append((engine, try engine.command(for: source, named: program.name, with: plan.launcher)))
      } catch {
        result.failures.append(EngineFailure(engine: engine.name, what: "\(error)"))
      }
    }
    return entries
  }

  private func check(_ entries: [Entry], _ result: inout ProgramResult) throws {
    var outputs: [(engine: String, output: [UInt8])] = []
    for (index, entry) in entries.enumerated() {
      progress(index, entries.count)
      let run = try plan.launcher.run(entry.command)
      if run.succeeded {
        outputs.append((entry.engine.name, run.output))
      } else {
        result.failures.append(EngineFailure(engine: entry.engine.name, what: run.failure))
      }
    }
    result.failures += OutputCheck.disagreements(outputs).map { EngineFailure(engine: $0.engine, what: $0.what) }
  }

  private func summary(of samples: [Sample], engine: Engine, reference: [Sample]?) -> EngineResult {
    let clock = plan.settings.clock
    let seconds = samples.map(clock.time)
    return EngineResult(
      engine: engine.name, samples: samples, time: plan.bootstrap.estimate(seconds),
      ratio: reference.map { plan.bootstrap.estimate(zip(seconds, $0.map(clock.time)).map(/)) },
      peakBytes: samples.map(\.peakBytes).max() ?? 0, outliers: outliers(seconds))
  }
}
