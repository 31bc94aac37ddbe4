import ArgumentParser
import OrusDiagnostics
import OrusDriver
import OrusThreads

extension Stage: ExpressibleByArgument {}

struct DumpCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: CommandName.dump.rawValue,
    abstract: "Print what a stage of the compiler makes of a program.",
    discussion: "Of a program with errors, everything but its bytecode is printed all the same.")

  @OptionGroup var reporting: ReportingOptions

  @Argument(help: "tokens, tree, types or bytecode.")
  var stage: Stage

  @Argument(help: "The source file; `-` is standard input. For bytecode, a compiled program will do, too.")
  var file: String

  func run() throws {
    leave(onDeepStack(dump))
  }

  private func dump() -> ExitStatus {
    guard let input = stage == .bytecode ? readInput(file) : readSource(file) else { return .cannotRead }
    let dump = Compiler.forCommand.dump(input, stage: stage)
    reporting.reporter.report(dump.diagnostics, files: dump.files)
    let written = writeToOutput(dump.text)
    if written != .success { return written }
    return dump.diagnostics.contains { $0.severity != .warning } ? .doesNotCompile : .success
  }
}
