import Glibc

/// What to count with.
enum CounterChoice: String, CaseIterable {
  /// Hardware counters where there are any, else nothing.
  case auto
  case hardware
  case callgrind
  case none
}

/// Counts events in programs, with the builds of orus: it is their bottlenecks that one wants to know.
struct CounterMeasurement {
  let plan: RunPlan
  let choice: CounterChoice
  var progress: (Int, Int) -> Void = { _, _ in }

  /// Says before hours of measuring what would fail after them.
  static func check(_ choice: CounterChoice, _ machine: Machine, _ launcher: Launcher) throws {
    if choice == .hardware, machine.hardwareCounters == 0 {
      throw Failure("this machine has no hardware counters that PAPI can read; --counters callgrind counts without")
    }
    if choice == .callgrind, Callgrind(launcher: launcher) == nil { throw Failure(Callgrind.missing) }
  }

  /// Nothing if nothing is to be counted, or nothing can.
  func measure(_ programs: [BenchmarkProgram]) throws -> CounterResults? {
    let engines = plan.engines.filter { $0.row.language == .orus }
    let work = programs.flatMap { program in engines.map { (program: program, engine: $0) } }
    switch choice {
    case .none: return nil
    case .auto where HardwareCounters.available == 0: return nil
    case .auto, .hardware: return try hardware(work)
    case .callgrind: return try callgrind(work)
    }
  }

  private typealias Work = [(program: BenchmarkProgram, engine: Engine)]

  private func hardware(_ work: Work) throws -> CounterResults {
    var results = CounterResults(source: .hardware)
    for (index, item) in work.enumerated() {
      progress(index, work.count)
      let counts = try HardwareCounters.count(try command(item.program, item.engine), with: plan.launcher)
      results.entries.append(.init(program: item.program.name, engine: item.engine.name, counts: counts))
    }
    return results
  }

  private func callgrind(_ work: Work) throws -> CounterResults {
    guard let callgrind = Callgrind(launcher: plan.launcher) else { throw Failure(Callgrind.missing) }
    var patient = plan.launcher
    patient.timeout *= 60
    let commands = try work.map { callgrind.command(try command($0.program, $0.engine), simulates: true) }
    var results = CounterResults(source: .callgrind)
    var counted: [Int: Counts] = [:]
    progress(0, work.count)
    try patient.runAll(commands, atOnce: sysconf(Int32(_SC_NPROCESSORS_ONLN))) { index, run in
      counted[index] = Callgrind.parse(run.errors)
      progress(counted.count, work.count)
    }
    for (index, item) in work.enumerated() {
      let counts = counted[index] ?? [:]
      results.entries.append(.init(program: item.program.name, engine: item.engine.name, counts: counts))
    }
    return results
  }

  private func command(_ program: BenchmarkProgram, _ engine: Engine) throws -> Command {
    guard let source = program.source(for: .orus) else { throw Failure("there is no \(program.name).orus") }
    return try engine.command(for: source, named: program.name, with: plan.launcher)
  }
}
