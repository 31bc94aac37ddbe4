import ArgumentParser
import OrusDiagnostics
import OrusDriver
import OrusThreads

struct CompileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: CommandName.compile.rawValue,
    abstract: "Compile a program to a file that `orus run` starts without compiling.",
    discussion: """
      The file holds the program's bytecode with a checksum. It is verified before it runs, and refused by another \
      version of Orus.
      """)

  @Option(name: [.customShort("o"), .customLong("output")], help: "Where to write. (default: FILE with .orusc)")
  var output: String?

  @OptionGroup var reporting: ReportingOptions

  @Argument(help: "The program's source file; `-` is standard input.")
  var file: String

  func run() throws {
    leave(onDeepStack(compile))
  }

  private func compile() -> ExitStatus {
    guard let input = readSource(file) else { return .cannotRead }
    let compilation = Compiler.forCommand.compile(input, purpose: .run)
    reporting.reporter.report(compilation.diagnostics, files: compilation.files, evenIfNone: true)
    guard let program = compilation.program else { return .doesNotCompile }
    let target = output ?? (file == "-" ? "program" : withoutExtension(file)) + ".orusc"
    let failure = writeFile(target, program.serialized())
    if failure != 0 { complain("cannot write `\(target)`: \(errorText(failure))") }
    return failure == 0 ? .success : .outputFailed
  }

  private func withoutExtension(_ path: String) -> String {
    path.hasSuffix(".orus") ? String(path.dropLast(5)) : path
  }
}
