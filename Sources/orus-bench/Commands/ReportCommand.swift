import ArgumentParser
import Foundation

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Show a run as text, Markdown or an HTML page.",
    discussion: "Without FILE, the last run in the history.")

  @Argument(help: ArgumentHelp("A run, as JSON.", valueName: "file"))
  var file: String?

  @Option(
    name: .customLong("run"),
    help: ArgumentHelp("A run of the history, by the number that `history` shows.", valueName: "n"))
  var number: Int64?

  @Option(help: ArgumentHelp("Write Markdown; `-` is standard output.", valueName: "file"))
  var markdown: String?

  @Option(help: ArgumentHelp("Write one HTML page with plots; `-` is standard output.", valueName: "file"))
  var html: String?

  @Option(help: ArgumentHelp("Write JSON; `-` is standard output.", valueName: "file"))
  var json: String?

  @Option(
    help: ArgumentHelp(
      "Put the main tables into a file, between \(MarkedSection.begin) and \(MarkedSection.end).", valueName: "file"))
  var into: String?

  @Option(
    help: ArgumentHelp(
      "The folder with the programs. (default: the nearest folder `Benchmarks`)", valueName: "folder"))
  var benchmarks: String?

  @OptionGroup var history: HistoryOptions

  func validate() throws {
    if file != nil, number != nil { throw ValidationError("Give a FILE or --run, not both.") }
  }

  func run() throws {
    let database = try? History(file: try history.file(benchmarks: HistoryCommand.folder(benchmarks)))
    let report: Report
    if let file {
      report = try Report(file: file)
    } else if let found = try database?.report(number) {
      report = found
    } else {
      throw Failure(number.map { "there is no run \($0) in the history" } ?? "there are no runs in the history yet")
    }
    try Rendering(report: report, history: database).write(json: json, markdown: markdown, html: html)
    if let into {
      let document = try String(contentsOfFile: into, encoding: .utf8)
      try write(MarkedSection.replaced(in: document, with: report.shortMarkdown), to: into)
    }
    if [markdown, html, json, into].allSatisfy({ $0 == nil }) { print(report.text, terminator: "") }
  }
}
