import Glibc

/// Measures what the gate compares: time of orus over that of the reference, and instructions.
struct GateMeasurement {
  /// The fixed subset: few programs that together use most of the machine, and short enough for callgrind.
  static let programs = [
    "fib", "sieve", "nbody", "quicksort", "string_build", "binary_trees", "pattern_eval", "word_count", "closures",
    "sha256",
  ]

  let plan: RunPlan
  let countsInstructions: Bool
  let progress: Progress

  func measure(_ programs: [BenchmarkProgram]) throws -> [Baseline.Program] {
    progress.begin("times")
    let results = try ProgramMeasurement(plan: plan, programs: programs, progress: progress.update).measure()
    let ratios = try results.map(ratio)
    let counts = countsInstructions ? try instructions(programs) : programs.map { _ in 0 }
    progress.end()
    return programs.indices.map {
      Baseline.Program(name: programs[$0].name, instructions: counts[$0], ratio: ratios[$0])
    }
  }

  private func ratio(_ result: ProgramResult) throws -> Estimate {
    if let failure = result.failures.first { throw Failure("\(result.name): \(failure.engine) \(failure.what)") }
    guard let ratio = result.result(of: plan.engines[0].name)?.ratio else {
      throw Failure("\(result.name) is not written for \(result.missing.joined(separator: ", "))")
    }
    return ratio
  }

  /// Programs at the same time: counts do not mind.
  private func instructions(_ programs: [BenchmarkProgram]) throws -> [Double] {
    guard let callgrind = Callgrind(launcher: plan.launcher) else { throw Failure(Callgrind.missing) }
    progress.begin("instructions")
    let commands = try programs.map { program in
      guard let source = program.source(for: .orus) else { throw Failure("there is no \(program.name).orus") }
      return callgrind.command(try plan.engines[0].command(for: source, named: program.name, with: plan.launcher))
    }
    var patient = plan.launcher
    patient.timeout *= 60
    var counts = [Double?](repeating: nil, count: programs.count)
    var done = 0
    try patient.runAll(commands, atOnce: sysconf(Int32(_SC_NPROCESSORS_ONLN))) { index, run in
      counts[index] = run.succeeded ? Callgrind.parse(run.errors)[.instructions] : nil
      done += 1
      progress.update(done, programs.count)
    }
    return try programs.indices.map { index in
      guard let count = counts[index] else { throw Failure("callgrind did not count \(programs[index].name)") }
      return count
    }
  }
}
