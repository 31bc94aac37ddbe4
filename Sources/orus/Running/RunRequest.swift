import Glibc
import OrusDiagnostics
import OrusDriver
import OrusThreads

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
  /// Whether standard error ends with what the collector did.
  var reportsCollector = false

  init(
    file: String, arguments: [String], limits: Limits, reporter: Reporter, isReloaded: Bool, reportsEngine: Bool,
    reportsCollector: Bool
  ) {
    self.file = file
    self.arguments = arguments
    self.limits = limits
    self.reporter = reporter
    self.isReloaded = isReloaded
    self.reportsEngine = reportsEngine
    self.reportsCollector = reportsCollector
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
    var findings = Findings()
    var prepared = prepare(input, &findings)
    // One log holds everything, so it has to wait for the end; every other form is shown before the program's output.
    if prepared == nil || reporter.form != .sarif { findings.report(by: reporter) }
    if isReloaded, let program = prepared {
      prepared = load(SourceFile(path: input.path, text: program.serialized()), &findings)
      if prepared == nil { findings.report(by: reporter) }
    }
    guard let program = prepared else { return ExitStatus.doesNotCompile.rawValue }
    var options = ExecutionOptions()
    options.limits = limits
    if let stress = environment("ORUS_GC_STRESS") {
      guard let collector = CollectorOptions(stress) else {
        complain(
          "ORUS_GC_STRESS is not a list of `every=N`, `move`, `forget`, `protect`, `marker=SEED` and `incremental`")
        return ExitStatus.wrongUsage.rawValue
      }
      options.collector = collector
    }
    options.collector.logs = environment("ORUS_GC_LOG") == "1"
    options.stop = stopAtInterruption()
    let execution = program.run(arguments: arguments, options: options, files: findings.files)
    let status = finish(execution, findings)
    if reportsEngine {
      let isLoaded = isReloaded || isCompiledProgram(input.bytes)
      let origin = isLoaded ? "reloaded" : findings.areFromCache ? "cached" : "compiled"
      let collections = execution.collector.minorCollections + execution.collector.fullCollections
      writeToError(
        "orus: engine=interpreter program=\(origin) gc=\(options.collector) collections=\(collections)\n")
    }
    if reportsCollector { writeToError(execution.collector.summary + "\n") }
    return status
  }

  /// The program that the file is or becomes; nil if there is an error among the findings.
  private func prepare(_ input: SourceFile, _ findings: inout Findings) -> VerifiedProgram? {
    if isCompiledProgram(input.bytes) { return load(input, &findings) }
    let compilation = Compiler.forRunning.compile(input, purpose: .run)
    findings = Findings(
      diagnostics: compilation.diagnostics, files: compilation.files, areFromCache: compilation.isFromCache)
    return compilation.program
  }

  /// The program in a compiled file; nil if it is refused, which the findings say then.
  private func load(_ file: SourceFile, _ findings: inout Findings) -> VerifiedProgram? {
    switch loadProgram(file) {
    case .success(let program): return program
    case .failure(let failure):
      findings = Findings(diagnostics: [failure.diagnostic], files: failure.files)
      return nil
    }
  }

  /// Says how the program ended, as far as its output does not, and gives the exit code.
  private func finish(_ execution: Execution, _ findings: Findings) -> Int32 {
    var rest = reporter.form == .sarif ? findings.diagnostics : []
    if case .panic(let panic) = execution.end { rest.append(panic) }
    // The files of the compilation are the first of these.
    reporter.report(rest, files: execution.files)
    switch execution.end {
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
  /// Of an earlier run, which had none.
  var areFromCache = false

  func report(by reporter: Reporter) { reporter.report(diagnostics, files: files) }
}
