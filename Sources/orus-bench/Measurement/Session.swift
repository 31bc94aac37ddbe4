import Foundation

/// A `run` from its options to its report.
struct Session {
  let suite: Suite
  private let programs: [BenchmarkProgram]
  private let measuresStartUp: Bool
  private let measuresCompilation: Bool
  private let plan: RunPlan
  private let counters: CounterChoice
  private let report: Report

  static let compilation = "compilation"

  init(_ options: RunCommand) throws {
    suite = try Suite(folder: options.subject.benchmarksFolder())
    let special = [Hello.name, Self.compilation]
    let names = options.names.filter { !special.contains($0) }
    programs = names.isEmpty && !options.names.isEmpty ? [] : try suite.programs(named: names)
    measuresStartUp = options.names.isEmpty || options.names.contains(Hello.name)
    measuresCompilation = options.names.isEmpty || options.names.contains(Self.compilation)
    counters = options.counters

    let machine = Machine.detect()
    let launcher = try Launcher(
      folder: TemporaryFolder(), timeout: options.subject.timeout,
      environment: options.placement.environment(on: machine))
    try CounterMeasurement.check(options.counters, machine, launcher)
    let place = try Placement.apply(cpu: options.placement.cpu, node: options.placement.node)
    let wanted = options.engines.map { $0.split(separator: ",").map(String.init) } ?? EngineRow.all.map(\.name)
    let engines = try Engines(EngineRow.rows(named: wanted), orus: options.subject.orusPath, launcher: launcher)
    guard !engines.installed.isEmpty else { throw Failure("none of the engines is installed") }
    let settings = Settings(
      samples: options.sampling.samples, warmUp: options.warmUp, seed: options.sampling.seed,
      reference: try RunPlan.reference(options.reference, among: engines.installed),
      clock: options.sampling.clock ?? .wall, simd: options.placement.simd?.rawValue, placement: place)
    plan = RunPlan(engines: engines.installed, launcher: launcher, settings: settings)
    report = Report(
      date: Date(), commandLine: Self.commandLine, commit: Commit.of(suite.folder, launcher), machine: machine,
      settings: settings, engines: engines.installed.map(\.description), skipped: engines.skipped)
  }

  /// The machine, the engines, and who is missing.
  var introduction: String {
    let facts = report.machine.facts + report.engines.map { ($0.name, $0.version) }
    let width = facts.map(\.name.count).max() ?? 0
    let lines = facts.map { $0.name.padding(toLength: width + 2, withPad: " ", startingAt: 0) + $0.value }
    return (lines + report.skipped.map { "skipped \($0.name): \($0.reason)" }).joined(separator: "\n")
  }

  func measure() throws -> Report {
    var report = report
    let progress = Progress(
      steps: (programs.isEmpty ? 0 : 1) + (measuresStartUp ? 1 : 0) + (measuresCompilation ? 1 : 0))
    defer { progress.end() }
    let before = ProcessorTime.now()
    let own = ProcessorTime.ownSeconds()
    if !programs.isEmpty {
      progress.begin(programs.count == 1 ? programs[0].name : "\(programs.count) programs")
      report.programs = try measurement(of: programs, progress).measure()
    }
    if measuresStartUp {
      progress.begin(Hello.name)
      // A start is short, so there can be more of them.
      let hello = try Hello.program(in: plan.launcher.folder)
      report.startUp = try measurement(of: [hello], progress).measure(samples: plan.settings.samples * 5)[0]
    }
    if measuresCompilation { report.compilations = try compilations(progress) }
    let shares = ProcessorTime.now().shares(since: before, ownSeconds: ProcessorTime.ownSeconds() - own)
    (report.noise.stolenShare, report.noise.othersShare) = shares
    report.programs.forEach { report.noise.note($0) }
    report.noteSteadyState()
    try addCollector(&report)
    try addCounters(&report, progress)
    return report
  }

  private func measurement(of programs: [BenchmarkProgram], _ progress: Progress) -> ProgramMeasurement {
    ProgramMeasurement(plan: plan, programs: programs, progress: progress.update)
  }

  private func compilations(_ progress: Progress) throws -> [CompilationResult] {
    progress.begin(Self.compilation)
    let generator = "\(suite.folder)/generate"
    guard FileManager.default.fileExists(atPath: generator) else {
      complain("no compile speed: there is no \(generator)")
      return []
    }
    guard plan.engines.contains(where: { $0.row.language == .orus }) else { return [] }
    return try GeneratedSource.allCases.map { source in
      try CompilationMeasurement(plan: plan, generator: generator, source: source, progress: progress.update).measure()
    }
  }

  /// What the collector says of itself, where a build of orus can say it.
  private func addCollector(_ report: inout Report) throws {
    for engine in plan.engines where engine.row.language == .orus {
      guard try CollectorStatistics.isSupported(by: engine, plan.launcher) else { continue }
      for index in report.programs.indices {
        let results = report.programs[index].engines
        guard let place = results.firstIndex(where: { $0.engine == engine.name }) else { continue }
        let numbers = try CollectorStatistics.measure(programs[index], engine, plan.launcher)
        report.programs[index].engines[place].collector = numbers
      }
    }
  }

  private func addCounters(_ report: inout Report, _ progress: Progress) throws {
    let sound = zip(programs, report.programs).filter { $0.1.failures.isEmpty }.map(\.0)
    let measurement = CounterMeasurement(plan: plan, choice: counters, progress: progress.update)
    report.counters = try measurement.measure(sound)
  }

  /// How the tool was called, without the folder that it lies in.
  private static var commandLine: String {
    (["orus-bench"] + CommandLine.arguments.dropFirst()).joined(separator: " ")
  }
}

extension Report {
  /// Sets the time without the engine's start, where that was measured.
  mutating func noteSteadyState() {
    guard let startUp else { return }
    for program in programs.indices {
      for engine in programs[program].engines.indices {
        let result = programs[program].engines[engine]
        guard let start = startUp.result(of: result.engine)?.time.median else { continue }
        programs[program].engines[engine].steadySeconds = max(0, result.time.median - start)
      }
    }
  }
}

/// The state of the sources that a folder is in.
enum Commit {
  static func of(_ folder: String, _ launcher: Launcher) -> String? {
    guard let git = Locations.executable("git") else { return nil }
    let arguments = ["-C", folder, "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"]
    guard let run = try? launcher.run(Command(executable: git, arguments: arguments)), run.succeeded else { return nil }
    return String(decoding: run.output, as: UTF8.self).split(separator: "\n").first.map(String.init)
  }
}
