import Glibc
import OrusDiagnostics
import OrusDriver

/// One program to run, with everything the command line says about it.
struct RunRequest {
  let file: String
  /// What `main` gets: the file first.
  let arguments: [String]
  var limits = Limits()
  var reporter = Reporter()
  /// Whether the compiled program is written out and read back before it runs.
  var isReloaded = false
  /// Whether the last line of standard error says what ran it.
  var reportsEngine = false

  init(
    file: String, arguments: [String], limits: Limits, reporter: Reporter, isReloaded: Bool, reportsEngine: Bool
  ) {
    self.file = file
    self.arguments = arguments
    self.limits = limits
    self.reporter = reporter
    self.isReloaded = isReloaded
    self.reportsEngine = reportsEngine
  }

  /// The request that `FILE …` or `run FILE …` stands for; nil for any other command line.
  init?(plain words: [String]) {
    var words = words
    if words.first == CommandName.run.rawValue {
      words.removeFirst()
    } else if let first = words.first, CommandName(rawValue: first) != nil {
      return nil
    }
    guard let file = words.first, file == "-" || !file.hasPrefix("-") else { return nil }
    self.file = file
    arguments = words
  }

  /// Compiles and runs the program; the result is the command's exit code.
  func execute() -> Int32 {
    onDeepStack {
      guard let input = readInput(file) else { return cannotRead().rawValue }
      return run(input)
    }
  }

  private func run(_ input: SourceFile) -> Int32 {
    var warnings = Findings()
    guard var program = prepare(input, &warnings) else {
      warnings.report(by: reporter)
      return ExitStatus.doesNotCompile.rawValue
    }
    // One log holds everything, so it has to wait for the end; every other form is shown before the program's output.
    if reporter.form != .sarif { warnings.report(by: reporter) }
    if isReloaded {
      switch loadProgram(SourceFile(path: input.path, text: program.serialized())) {
      case .success(let reloaded): program = reloaded
      case .failure(let failure):
        reporter.report([failure.diagnostic], files: failure.files)
        return ExitStatus.doesNotCompile.rawValue
      }
    }
    var options = ExecutionOptions()
    options.limits = limits
    options.collectsAlways = environment("ORUS_GC_STRESS") == "1"
    let outcome = program.run(arguments: arguments, options: options)
    let status = finish(outcome, warnings)
    if reportsEngine {
      let origin = isReloaded || program.isLoaded ? "reloaded" : "compiled"
      let mode = options.collectsAlways ? "stress" : "normal"
      writeToError(
        "orus: engine=interpreter program=\(origin) gc=\(mode) collections=\(outcome.collections)\n")
    }
    return status
  }

  /// The program that the file is or becomes; nil if there is an error among the findings.
  private func prepare(_ input: SourceFile, _ findings: inout Findings) -> VerifiedProgram? {
    if isCompiledProgram(input.bytes) {
      switch loadProgram(input) {
      case .success(let program): return program
      case .failure(let failure):
        findings = Findings(diagnostics: [failure.diagnostic], files: failure.files)
        return nil
      }
    }
    let compilation = Compiler.forCommand.compile(input, purpose: .run)
    findings = Findings(diagnostics: compilation.diagnostics, files: compilation.files)
    return compilation.program
  }

  /// Says how the program ended, as far as its output does not, and gives the exit code.
  private func finish(_ outcome: Outcome, _ warnings: Findings) -> Int32 {
    if reporter.form == .sarif {
      // The program's sources are numbered in the same order in both lists.
      var all = warnings
      if let panic = outcome.panic { all = Findings(diagnostics: warnings.diagnostics + [panic], files: outcome.files) }
      all.report(by: reporter)
    } else if let panic = outcome.panic {
      reporter.report([panic], files: outcome.files)
    }
    switch outcome.end {
    case .exit(let code): return code
    case .panic: return ExitStatus.panic.rawValue
    case .interrupted: return ExitStatus.interrupted.rawValue
    case .outputFailed(let failure):
      if failure != EPIPE { complain("cannot write the program's output: \(errorText(failure))") }
      return ExitStatus.outputFailed.rawValue
    }
  }

  /// A word that is nearly one of the command's own was meant as that.
  private func cannotRead() -> ExitStatus {
    guard !file.contains("/"), !file.contains("."),
      let nearest = nearestName(file, among: CommandName.allCases.map(\.rawValue))
    else { return .cannotRead }
    writeToError("help: did you mean `orus \(nearest)`?\n")
    return .wrongUsage
  }
}

/// Diagnostics with the files that they are about.
private struct Findings {
  var diagnostics: [Diagnostic] = []
  var files = SourceFiles()

  func report(by reporter: Reporter) { reporter.report(diagnostics, files: files) }
}
