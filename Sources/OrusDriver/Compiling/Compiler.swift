import OrusBytecode
import OrusCompiler
import OrusDiagnostics
import OrusSyntax
import OrusTypes

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

  /// - Parameters:
  ///   - access: where imported modules are read from.
  ///   - searchPath: directories in which modules are looked for, after the entry file's.
  public init(access: any FileAccess, searchPath: [String] = []) {
    self.access = access
    self.searchPath = searchPath
  }

  /// Compiles the program whose entry file is `entry`.
  ///
  /// - Parameter files: the files of earlier compilations whose diagnostics are to be shown together with this one's.
  public func compile(_ entry: SourceFile, purpose: Purpose, files: SourceFiles = SourceFiles()) -> Compilation {
    var graph = load(entry, files: files)
    var compilation = Compilation(files: graph.files)
    
    return compilation
  }
}

/// What came of compiling: a program, unless there was an error.
public struct Compilation: Sendable {
  public internal(set) var program: VerifiedProgram?
  /// In reading order; warnings too.
  public internal(set) var diagnostics: [Diagnostic] = []
  public let files: SourceFiles
}
