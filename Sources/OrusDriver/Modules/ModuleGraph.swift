import OrusDiagnostics
import OrusSyntax
import OrusTypes

/// The modules of a program, each once, in the order in which they are
/// initialised: the prelude, then everything before what imports it, the entry
/// file last.
///
/// Invariant: an import refers to an earlier module.
struct ModuleGraph {
  var modules: [ModuleInput] = []
  var files = SourceFiles()
  var diagnostics: [Diagnostic] = []
  let symbols = SymbolTable()
  /// Every file that was looked for, the entry file first.
  var lookups: [FileLookup] = []
}

extension SourceFiles {
  /// The number of a file: that of one with the same path and text if there is one, or a new one.
  mutating func number(of file: SourceFile) -> FileID {
    for index in 0..<UInt32(count) {
      let known = self[FileID(index)]
      if known.path == file.path, known.bytes.elementsEqual(file.bytes) { return FileID(index) }
    }
    return add(file)
  }
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

  /// Where the file of a module may be, in order.
  func candidates(for components: [String]) -> [String] {
    let relative = components.joined(separator: "/") + ".orus"
    return directories.map { joined($0, relative) }
  }
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
