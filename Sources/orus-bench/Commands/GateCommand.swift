import ArgumentParser
import Foundation

struct GateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gate",
    abstract: "Fail if orus became slower than the committed baseline.",
    discussion: """
      Measures a fixed subset of the programs: processor time over that of lua5.4, and instructions as callgrind \
      counts them. Exit code 2 when a slowdown, less its error, is beyond its threshold; the program and the metric \
      are named.
      """)

  @Option(
    help: ArgumentHelp("The baseline. (default: baseline.json beside the programs)", valueName: "file"))
  var baseline: String?

  @Flag(help: "Write what is measured as the new baseline, instead of comparing with it.")
  var update = false

  @Option(help: ArgumentHelp("With --update: why the baseline changes, kept in the file.", valueName: "text"))
  var reason: String?

  @Option(help: ArgumentHelp("How much more time is too much, in percent.", valueName: "percent"))
  var threshold = Percentage(share: GateThresholds().time)

  @Option(
    name: .customLong("instruction-threshold"),
    help: ArgumentHelp("How many more instructions are too many, in percent.", valueName: "percent"))
  var instructionThreshold = Percentage(share: GateThresholds().instructions)

  @Flag(name: .customLong("no-instructions"), help: "Compare times only, where valgrind is not installed.")
  var omitsInstructions = false

  @OptionGroup(title: "What is measured") var subject: SubjectOptions
  @OptionGroup(title: "How it is measured") var sampling: SamplingOptions

  static let reference = "lua5.4"

  func validate() throws {
    if update, reason == nil { throw ValidationError("A baseline that changes says why: add --reason TEXT.") }
    if update, omitsInstructions { throw ValidationError("A baseline needs the instructions too.") }
  }

  func run() throws {
    let suite = try Suite(folder: subject.benchmarksFolder())
    let file = baseline ?? "\(suite.folder)/baseline.json"
    let old = update ? nil : try Baseline(file: file)
    if let warning = subject.warning { complain(warning) }
    let names = old?.programs.map(\.name) ?? GateMeasurement.programs
    let machine = Machine.detect()
    let measured = try measure(suite.programs(named: names))
    guard let old else {
      let new = Baseline(
        reason: reason ?? "", date: Date(), machine: machine.line, reference: Self.reference, programs: measured)
      try write(new.json(), to: file)
      print("wrote \(file)")
      return
    }
    try decide(old, measured)
  }

  private func measure(_ programs: [BenchmarkProgram]) throws -> [Baseline.Program] {
    let launcher = try Launcher(folder: TemporaryFolder(), timeout: subject.timeout)
    if !omitsInstructions, Callgrind(launcher: launcher) == nil { throw Failure(Callgrind.missing) }
    let engines = try Engines(
      EngineRow.rows(named: ["orus", Self.reference]), orus: subject.orusPath, launcher: launcher)
    if let missing = engines.skipped.first { throw Failure("the gate needs \(missing.name): \(missing.reason)") }
    let settings = Settings(
      samples: sampling.samples, warmUp: 1, seed: sampling.seed, reference: Self.reference,
      clock: sampling.clock ?? .cpu)
    let plan = RunPlan(engines: engines.installed, launcher: launcher, settings: settings)
    let progress = Progress(steps: omitsInstructions ? 1 : 2)
    return try GateMeasurement(plan: plan, countsInstructions: !omitsInstructions, progress: progress).measure(programs)
  }

  private func decide(_ old: Baseline, _ measured: [Baseline.Program]) throws {
    let thresholds = GateThresholds(instructions: instructionThreshold.share, time: threshold.share)
    let findings = try GateDecision.findings(
      baseline: old, measured: measured, thresholds: thresholds, countsInstructions: !omitsInstructions)
    print(GateDecision.table(findings, reference: old.reference).text)
    let failures = findings.filter(\.fails)
    for finding in failures {
      let error = finding.error > 0 ? " ±\(percent(finding.error))" : ""
      print(
        "gate: \(finding.program): \(finding.metric.rawValue) +\(percent(finding.change))\(error), "
          + "allowed \(percent(finding.threshold))")
    }
    if !failures.isEmpty { throw ExitCode(2) }
    print("gate: no slowdown")
    if findings.contains(where: { $0.improves && $0.metric == .instructions }) {
      print("gate: some programs became faster; `orus-bench gate --update --reason TEXT` holds them to it")
    }
  }
}
