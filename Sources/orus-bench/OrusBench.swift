import ArgumentParser

/// The command `orus-bench`: what the speed of Orus is, and a gate that keeps it.
@main
struct OrusBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "orus-bench",
    abstract: "Measure how fast Orus runs programs, against other languages and against itself.",
    discussion: """
      Programs are run in turn (A B C A B C …) after a check that all engines print the same. A time is the median of \
      the samples, with an interval that holds it in 95 of 100 cases. What counts on a shared machine is a ratio of \
      two engines of one run, or a number of instructions.

      Exit codes: 0 all is well, 1 something could not be measured, 2 the gate found a slowdown, 64 wrong usage.
      """,
    subcommands: [
      RunCommand.self, CompareCommand.self, GateCommand.self, HistoryCommand.self, ReportCommand.self,
      MachineCommand.self,
    ],
    defaultSubcommand: nil)
}
