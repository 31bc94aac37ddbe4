import OrusDiagnostics
import OrusSyntax
import OrusThreads

/// Reads and parses files before the loader comes to them, several at a time.
///
/// The loader's order stays the one that decides: it takes from here what is
/// there already, and does the rest itself. So nothing that comes of it, the
/// numbers of symbols and the order of messages included, depends on threads.
struct ReadAhead {
  private let path: ModulePath
  private let access: any FileAccess
  private let workers: Workers
  private var readings: [String: FileReading] = [:]
  /// By path, until the loader takes them.
  private var trees: [String: EarlyTree] = [:]

  init(path: ModulePath, access: any FileAccess, workers: Workers) {
    self.path = path
    self.access = access
    self.workers = workers
  }

  /// What is at a path. It is read once, so that all who import a file see the same.
  mutating func read(_ path: String) -> FileReading {
    if let known = readings[path] { return known }
    let reading = access.read(path)
    readings[path] = reading
    return reading
  }

  mutating func takeTree(of source: SourceFile) -> EarlyTree? { trees.removeValue(forKey: source.path) }

  /// Parses the modules that a file imports, with what they import in turn, as far as that is worth threads.
  mutating func prepare(_ modules: [[String]]) {
    var wanted = modules
    while !wanted.isEmpty {
      let files = newFiles(of: wanted)
      let threads = workers.threads(forTasksOf: files.map(\.bytes.count))
      // What is not parsed here has its own imports looked at when the loader comes to it.
      if threads < 2 { return }
      let found = workers.map(files.count, threads: threads) { EarlyTree(source: files[$0].bytes) }
      wanted = []
      for (file, tree) in zip(files, found) {
        trees[file.path] = tree
        wanted += tree?.imports ?? []
      }
    }
  }

  /// The files of modules that have not been looked for yet.
  private mutating func newFiles(of modules: [[String]]) -> [SourceFile] {
    var files: [SourceFile] = []
    for components in modules where !components.isEmpty && !components.contains("") {
      for path in path.candidates(for: components) {
        let isNew = readings[path] == nil
        let reading = read(path)
        if case .missing = reading { continue }
        if isNew, case .file(let file) = reading { files.append(file) }
        break
      }
    }
    return files
  }
}
