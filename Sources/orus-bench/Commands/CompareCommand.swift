import ArgumentParser
import Foundation

struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare two runs: what became faster, what slower.",
    discussion: """
      A is the older run. Where both have the same reference engine, its times take out what the machine did between \
      the runs: what is compared are ratios to it. Intervals are so wide that all of them hold together in 19 of 20 \
      comparisons. To compare two builds, measure them in one run: `orus-bench run --engines orus,old=PATH`.
      """)

  /// A difference below this counts as none.
  static let defaultThreshold = 0.03

  @Argument(help: ArgumentHelp("The older run, as JSON.", valueName: "A.json"))
  var old: String

  @Argument(help: ArgumentHelp("The newer run, as JSON.", valueName: "B.json"))
  var new: String

  @Option(help: ArgumentHelp("The engine to compare. (default: the builds of orus that both have)", valueName: "name"))
  var engine: String?

  @Option(help: ArgumentHelp("A difference that is smaller counts as none, in percent.", valueName: "percent"))
  var threshold = Percentage(share: CompareCommand.defaultThreshold)

  @Option(help: ArgumentHelp("`wall` or `cpu`. (default: what the older run went by)", valueName: "clock"))
  var clock: Clock?

  @Flag(help: "Compare times themselves, also where both runs have the same reference.")
  var raw = false

  @Option(help: ArgumentHelp("Write the comparison as JSON.", valueName: "file"))
  var json: String?

  @Option(help: ArgumentHelp("Write the comparison as Markdown.", valueName: "file"))
  var markdown: String?

  func run() throws {
    let comparison = try ReportComparison(
      old: Report(file: old), new: Report(file: new), engine: engine, threshold: threshold.share, raw: raw,
      clock: clock)
    print(comparison.table.text, terminator: "")
    if let json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      try write(encoder.encode(comparison.rows) + Data("\n".utf8), to: json)
    }
    if let markdown { try write(comparison.table.markdown, to: markdown) }
  }
}
