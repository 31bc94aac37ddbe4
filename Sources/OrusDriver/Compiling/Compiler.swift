import OrusBytecode
import OrusDiagnostics
import OrusThreads

/// The way from source text to a verified program.
///
/// Deep nesting needs a deep stack: call it inside `onDeepStack`, unless the
/// thread has one already.
public struct Compiler: Sendable {
  public enum Purpose: Sendable {
    /// To find what is wrong; any file will do.
    case check
    /// To run it, for which there has to be something to run.
    case run
  }

  private let access: any FileAccess
  private let searchPath: [String]
  private let cache: ProgramCache?
  private let workers: Workers

  /// - Parameters:
  ///   - access: where imported modules are read from.
  ///   - searchPath: directories in which modules are looked for, after the entry file's.
  ///   - cache: where programs are kept that were compiled to be run.
  ///   - workers: the threads that independent modules may have. What comes of compiling does not depend on them.
  public init(
    access: any FileAccess, searchPath: [String] = [], cache: ProgramCache? = nil,
    workers: Workers = .forAllProcessors
  ) {
    self.access = access
    self.searchPath = searchPath
    self.cache = cache
    self.workers = workers
  }

  /// Compiles the program whose entry file is `entry`.
  ///
  /// - Parameter files: the files of earlier compilations whose diagnostics are to be shown together with this one's.
  public func compile(_ entry: SourceFile, purpose: Purpose, files: SourceFiles = SourceFiles()) -> Compilation {
    if purpose == .run, let cached = cache?.find(entry, searchPath: searchPath, access: access) {
      return Compilation(program: cached, isFromCache: true, diagnostics: [], files: files)
    }
    var pipeline = load(entry, files: files)
    if pipeline.isUnreadable {
      return Compilation(program: nil, diagnostics: pipeline.finish(), files: pipeline.files)
    }
    let typed = pipeline.check()
    if purpose == .run { pipeline.requireSomethingToRun(typed) }
    var verified: VerifiedProgram?
    if let program = pipeline.lower(typed) { verified = pipeline.verify(program) }
    let diagnostics = pipeline.finish()
    // Warnings are to be shown each time.
    if purpose == .run, diagnostics.isEmpty, let verified {
      cache?.keep(verified, of: entry, lookups: pipeline.lookups, searchPath: searchPath)
    }
    return Compilation(program: verified, diagnostics: diagnostics, files: pipeline.files)
  }

  /// The program's modules, read and parsed.
  func load(_ entry: SourceFile, files: SourceFiles = SourceFiles()) -> Pipeline {
    let path = ModulePath(entryPath: entry.path, further: searchPath)
    let graph = ModuleLoader.load(entry: entry, path: path, access: access, workers: workers, files: files)
    return Pipeline(graph, workers: workers)
  }
}

/// What came of compiling: a program, unless there was an error.
public struct Compilation: Sendable {
  public let program: VerifiedProgram?
  /// Whether the program was compiled in an earlier run.
  public var isFromCache = false
  /// In reading order; warnings too.
  public let diagnostics: [Diagnostic]
  public let files: SourceFiles
}
