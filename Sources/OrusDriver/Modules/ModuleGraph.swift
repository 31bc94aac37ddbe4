import OrusDiagnostics
import OrusSyntax

/// One parsed file of a program.
struct LoadedModule {
  let tree: SyntaxTree
  /// Dotted, such as `geometry.points`; the entry file's is its stem.
  let name: String
  /// Comes with Orus, rather than from the user.
  let isLibrary: Bool
  /// What each `use` refers to: an index into the graph's modules, nil where that failed and was reported.
  var imports: [NodeID: Int?]
}

/// The modules of a program, each once, in the order in which they are
/// initialised: the prelude, then everything before what imports it, the entry
/// file last.
///
/// Invariant: an import refers to an earlier module.
struct ModuleGraph {
  var modules: [LoadedModule] = []
  var files = SourceFiles()
  var diagnostics: [Diagnostic] = []
  let symbols = SymbolTable()
}

/// Where modules are looked for.
public struct ModulePath: Sendable {
  /// The entry file's directory; empty for the working directory.
  let entryDirectory: String
  /// Directories looked in after it.
  let further: [String]

  /// - Parameter further: the directories that ORUS_PATH names.
  public init(entryPath: String, further: [String] = []) {
    let slash = entryPath.utf8.lastIndex(of: UInt8(ascii: "/"))
    entryDirectory = slash.map { $0 == entryPath.startIndex ? "/" : String(entryPath[..<$0]) } ?? ""
    self.further = further
  }

  var directories: [String] { [entryDirectory] + further }
}

/// Joins a directory and a relative path; an empty directory is the working directory.
func joined(_ directory: String, _ path: String) -> String {
  if directory.isEmpty { return path }
  return directory.hasSuffix("/") ? directory + path : directory + "/" + path
}

/// A file's name without directory and extension.
func stem(of path: String) -> String {
  let name = path.split(separator: "/").last.map(String.init) ?? path
  return name.hasSuffix(".orus") ? String(name.dropLast(5)) : name
}
