import ArgumentParser
import Foundation

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Measure programs with all engines that are installed.",
    discussion: """
      Without names, everything is measured: all programs, `start-up` (a program that says hello) and `compilation` \
      (a large generated source).
      """)

  @Argument(help: ArgumentHelp("Programs to measure, `start-up`, `compilation`.", valueName: "names"))
  var names: [String] = []

  @Option(
    help: ArgumentHelp(
      "Engines to measure, separated by commas. (default: all)",
      discussion: """
        Known are \(EngineRow.all.map(\.name).joined(separator: ", ")). `NAME=PATH` is another build of orus, which \
        is then compared with the first in the same rounds. Those that are not installed are skipped.
        """,
      valueName: "list"))
  var engines: String?

  @Option(
    help: ArgumentHelp(
      "The engine that times are ratios to. (default: lua5.4 if it is measured)", valueName: "engine"))
  var reference: String?

  @Option(name: .customLong("warm-up"), help: ArgumentHelp("How many rounds go before the samples.", valueName: "n"))
  var warmUp = 1

  @Option(
    help: ArgumentHelp(
      "Count events in programs run by orus: auto, hardware, callgrind, none.",
      discussion: """
        `hardware` reads the processor's counters with PAPI; `callgrind` counts instructions exactly and simulates \
        caches and branches, some fifty times slower; `auto` is `hardware` where there is any.
        """,
      valueName: "how"))
  var counters = CounterChoice.auto

  @OptionGroup(title: "What is measured") var subject: SubjectOptions
  @OptionGroup(title: "How it is measured") var sampling: SamplingOptions
  @OptionGroup(title: "Where it runs") var placement: PlacementOptions
  @OptionGroup(title: "Results") var outputs: OutputOptions

  func validate() throws {
    guard warmUp >= 1 else { throw ValidationError("At least 1 round has to warm up: it checks what programs print.") }
  }

  func run() throws {
    let session = try Session(self)
    if let warning = subject.warning { complain(warning) }
    print(session.introduction)
    let report = try session.measure()
    print("")
    print(report.text, terminator: "")
    try outputs.write(report, benchmarks: session.suite.folder)
    if report.hasFailures { throw ExitCode(1) }
  }
}

/// Where results go besides the terminal.
struct OutputOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Write the results as JSON, for `compare` and `report`.", valueName: "file"))
  var json: String?

  @Option(help: ArgumentHelp("Write the results as Markdown.", valueName: "file"))
  var markdown: String?

  @Option(help: ArgumentHelp("Write the results as one HTML page with plots.", valueName: "file"))
  var html: String?

  @OptionGroup var history: HistoryOptions

  @Flag(name: .customLong("no-history"), help: "Do not keep the results in the history.")
  var omitsHistory = false

  func write(_ report: Report, benchmarks: String) throws {
    let history = omitsHistory ? nil : try History(file: history.file(benchmarks: benchmarks))
    try history?.add(report)
    try Rendering(report: report, history: history).write(json: json, markdown: markdown, html: html)
  }
}

/// Which history is meant.
struct HistoryOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The SQLite file of past runs. (default: history.sqlite beside the programs)", valueName: "file"))
  var history: String?

  func file(benchmarks: @autoclosure () throws -> String) rethrows -> String {
    if let history { return history }
    return History.defaultFile(benchmarks: try benchmarks())
  }
}

/// A message about the tool's own work.
func complain(_ text: String) { FileHandle.standardError.write(Data("orus-bench: \(text)\n".utf8)) }
