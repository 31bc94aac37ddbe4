/// Measures programs with all engines: checks that they print the same, then times them in turn.
///
/// A round is one run of everything, a program's engines after each other. What disturbs the machine for some seconds
/// then meets one or two samples of each program, which a median bears, and not all samples of one.
struct ProgramMeasurement {
  let plan: RunPlan
  let programs: [BenchmarkProgram]
  /// Told how many runs of how many are done.
  var progress: (Int, Int) -> Void = { _, _ in }

  /// An engine with the command that runs the program.
  private typealias Entry = (engine: Engine, command: Command)

  /// - Parameter samples: where short programs want more of them than others.
  /// - Returns: a result for each program; one with failures has no times.
  func measure(samples: Int? = nil) throws -> [ProgramResult] {
    var results: [ProgramResult] = []
    var entries: [[Entry]] = []
    for (index, program) in programs.enumerated() {
      progress(index, programs.count)
      var result = ProgramResult(name: program.name)
      let prepared = prepare(program, &result)
      try check(prepared, &result)
      entries.append(result.failures.isEmpty ? prepared : [])
      results.append(result)
    }

    // The check was the first round of the warm-up.
    let warmUp = max(0, plan.settings.warmUp - 1)
    let count = samples ?? plan.settings.samples
    let commands = entries.joined().map(\.command)
    let total = (warmUp + count) * commands.count
    let rounds = Rounds(launcher: plan.launcher, commands: commands) { progress($0, total) }
    var rest = try rounds.take(count, warmUp: warmUp)[...]
    for (index, entries) in entries.enumerated() {
      let taken = Array(rest.prefix(entries.count))
      rest = rest.dropFirst(entries.count)
      let reference = entries.firstIndex { $0.engine.name == plan.settings.reference }.map { taken[$0] }
      for (entry, samples) in zip(entries, taken) {
        results[index].engines.append(summary(of: samples, engine: entry.engine, reference: reference))
      }
    }
    return results
  }

  private func prepare(_ program: BenchmarkProgram, _ result: inout ProgramResult) -> [Entry] {
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
    for entry in entries {
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
