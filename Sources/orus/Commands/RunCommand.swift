import ArgumentParser
import OrusDiagnostics
import OrusDriver

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: CommandName.run.rawValue,
    abstract: "Compile a program and run it.",
    usage: "orus [run] [OPTIONS] FILE [ARGUMENTS …]",
    discussion: """
      FILE is a source file, a program made by `orus compile`, or `-` for standard input. Everything after it is for \
      the program: `main(args: [string])` gets FILE and then ARGUMENTS.
      """)

  @OptionGroup(title: "Limits") var limits: LimitOptions
  @OptionGroup(title: "Diagnostics") var reporting: ReportingOptions
  @Flag(
    name: .customLong("gc-stats"),
    help: "Say at the end what the garbage collector did: collections, pauses, bytes.")
  var gcStats = false

  @OptionGroup(title: "Test support") var testing: TestSupportOptions

  @Argument(
    parsing: .captureForPassthrough,
    help: ArgumentHelp("The program's file, then what it gets as arguments.", valueName: "file-and-arguments"))
  var rest: [String] = []

  func validate() throws {
    guard let file = rest.first else {
      throw ValidationError("There is no FILE to run.")
    }
    // Taking everything from FILE on for the program, the parser also takes options that it does not know.
    guard file.hasPrefix("-"), file != "-", !Self.asksForHelp(file), file != "--version" else { return }
    let name = String(file.prefix { $0 != "=" })
    let options = Self.helpMessage().split { " \n,[]<>".contains($0) }.map(String.init).filter { $0.hasPrefix("--") }
    let nearest = nearestName(name, among: options).map { " Did you mean `\($0)`?" } ?? ""
    throw ValidationError("There is no option `\(name)`.\(nearest)")
  }

  func run() throws {
    if Self.asksForHelp(rest[0]) { throw CleanExit.helpRequest(self) }
    if rest[0] == "--version" { leave(writeToOutput(orusVersion + "\n")) }
    let request = RunRequest(
      file: rest[0], arguments: rest, limits: limits.limits, reporter: reporting.reporter, isReloaded: testing.reload,
      reportsEngine: testing.reportEngine, reportsCollector: gcStats)
    leave(request.execute())
  }

  private static func asksForHelp(_ argument: String) -> Bool { argument == "--help" || argument == "-h" }
}

struct LimitOptions: ParsableArguments {
  @Option(
    name: .customLong("max-heap"),
    help: ArgumentHelp("The most memory that objects may take; K, M and G may follow the number.", valueName: "bytes"))
  var heap: ByteCount?

  @Option(
    name: .customLong("max-stack"),
    help: ArgumentHelp("How many small calls may be active at once. (default: 200000)", valueName: "frames"))
  var stack: PositiveNumber?

  @Option(
    name: .customLong("max-steps"),
    help: ArgumentHelp("How many instructions may be executed.", valueName: "n"))
  var steps: PositiveNumber?

  var limits: Limits {
    var limits = Limits()
    if let heap { limits.maxHeap = heap.bytes }
    if let stack { limits.maxFrames = stack.value }
    if let steps { limits.maxSteps = steps.value }
    return limits
  }
}

struct TestSupportOptions: ParsableArguments {
  @Flag(
    name: .customLong("reload"),
    help: "Write the compiled program out, read it back through the verifier, and run that.")
  var reload = false

  @Flag(
    name: .customLong("report-engine"),
    help: ArgumentHelp(
      "Say at the end what ran the program.",
      discussion: """
        The last line of standard error is then `orus: engine=interpreter program=<compiled|cached|reloaded> \
        gc=<normal|STRESS> collections=<n>`.
        """))
  var reportEngine = false
}
