import ArgumentParser
import Glibc
import OrusDiagnostics

extension DiagnosticFormat: ExpressibleByArgument {}

/// When the full form uses colours.
enum ColourChoice: String, CaseIterable, ExpressibleByArgument {
  case auto, always, never
}

/// How diagnostics are written.
struct ReportingOptions: ParsableArguments {
  @Option(
    name: .customLong("diagnostics"),
    help: ArgumentHelp(
      "The form of diagnostics: full for people, compact one line each, json one object a line, sarif one log.",
      valueName: "form"))
  var form: DiagnosticFormat = .full

  @Option(
    name: .customLong("color"),
    help: ArgumentHelp("Whether diagnostics are coloured; auto means on a terminal.", valueName: "when"))
  var colour: ColourChoice = .auto

  var reporter: Reporter { Reporter(form: form, colour: colour) }
}
