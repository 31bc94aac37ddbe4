import OrusBytecode
import OrusDiagnostics
import OrusVM

/// A program that may run: what `Compiler` makes and `loadProgram` reads.
public typealias VerifiedProgram = OrusBytecode.VerifiedProgram
/// What a run may use: `maxHeap` bytes, `maxFrames` active calls, `maxSteps` instructions.
public typealias Limits = OrusVM.Limits
/// Ends a run from outside: `interrupt()` from a signal handler, `stop()` from another thread.
public typealias StopFlag = OrusVM.StopFlag
/// How a run's collector differs from the usual one.
public typealias CollectorOptions = OrusVM.CollectorOptions
/// What a run's collector did: how often, how long, how much.
public typealias CollectorStatistics = OrusVM.CollectorStatistics
/// What a run reads from and writes to.
public typealias RunIO = OrusVM.RunIO

/// How a program is run.
public struct ExecutionOptions {
  public var limits = Limits()
  public var io = RunIO()
  public var stop = StopFlag()
  /// How the heap is put to the test: of use to find mistakes of Orus itself.
  public var collector = CollectorOptions()

  public init() {}
}

/// What came of running a program. What it wrote has been written.
public struct Execution: Sendable {
  public enum End: Sendable {
    case exit(Int32)
    /// Nothing caught it.
    case panic(Diagnostic)
    case interrupted
    /// With the `errno`.
    case outputFailed(Int32)
  }

  public let end: End
  /// The files that a panic is about.
  public let files: SourceFiles
  /// What the garbage collector did.
  public let collector: CollectorStatistics
}

extension VerifiedProgram {
  /// Runs the program to its end. It needs a deep stack, as `onDeepStack` gives it.
  ///
  /// - Parameters:
  ///   - arguments: what `main` gets, the program's file first.
  ///   - files: those of the compilation that the program comes from. `Execution.files` begins with them.
  public func run(
    arguments: [String], options: ExecutionOptions = ExecutionOptions(), files: SourceFiles = SourceFiles()
  ) -> Execution {
    let result = OrusVM.run(
      program: self, arguments: arguments, limits: options.limits, io: options.io, stop: options.stop,
      collector: options.collector)
    switch result.outcome {
    case .exited(let code): return Execution(end: .exit(code), files: files, collector: result.collector)
    case .interrupted: return Execution(end: .interrupted, files: files, collector: result.collector)
    case .outputFailed(let failure):
      return Execution(end: .outputFailed(failure), files: files, collector: result.collector)
    case .panicked(let panic):
      let sources = ProgramSources(program, files: files)
      let diagnostic = sources.diagnostic(panic, entry: Int(program.entry))
      return Execution(end: .panic(diagnostic), files: sources.files, collector: result.collector)
    }
  }

  /// The program as bytes, which `loadProgram` reads back.
  public func serialized() -> [UInt8] { serialize(program) }
}
