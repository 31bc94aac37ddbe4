import ArgumentParser
import OrusDiagnostics
import OrusDriver
import OrusThreads

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: CommandName.check.rawValue,
    abstract: "Report what is wrong with programs, without running them.",
    discussion: "Each FILE is checked as the entry file of a program, with the modules that it imports.")

  @OptionGroup var reporting: ReportingOptions

  @Argument(help: ArgumentHelp("Source files; `-` is standard input.", valueName: "file"))
  var files: [String]

  func run() throws {
    leave(onDeepStack(check))
  }

  /// All files are reported together, so that what a shared module has is reported once.
  private func check() -> Int32 {
    var status = ExitStatus.success
    var sources = SourceFiles()
    var diagnostics: [Diagnostic] = []
    for file in files {
      guard let entry = readSource(file) else {
        status = .cannotRead
        continue
      }
      let compilation = Compiler.forCommand.compile(entry, purpose: .check, files: sources)
      sources = compilation.files
      diagnostics += compilation.diagnostics
    }
    diagnostics = inReadingOrder(diagnostics)
    reporting.reporter.report(diagnostics, files: sources, evenIfNone: true)
    if diagnostics.contains(where: { $0.severity != .warning }) { return ExitStatus.doesNotCompile.rawValue }
    return status.rawValue
  }
}
