import OrusDiagnostics

/// How the compiler gets at files. It does no input or output of its own: the
/// command hands it the file system, an embedding program whatever it likes.
public protocol FileAccess: Sendable {
  /// The contents of the file at `path`.
  func read(_ path: String) -> FileReading
  /// The names of what lies in a directory, in any order; empty if it cannot be
  /// read. Only used for "did you mean".
  func entries(of directory: String) -> [String]
}

/// What came of reading a file.
public enum FileReading: Sendable {
  case file(SourceFile)
  /// There is nothing at this path.
  case missing
  /// There is something, but it cannot be read. The reason completes "cannot read PATH: …".
  case unreadable(reason: String)
}

/// Files that exist in memory only.
public struct MemoryFiles: FileAccess {
  private let texts: [String: String]

  /// - Parameter texts: the text of each file by its path, such as `geometry/points.orus`.
  public init(_ texts: [String: String] = [:]) { self.texts = texts }

  public func read(_ path: String) -> FileReading {
    guard let text = texts[path] else { return .missing }
    return .file(SourceFile(path: path, text: text.utf8))
  }

  public func entries(of directory: String) -> [String] {
    let prefix = directory.isEmpty || directory == "." ? "" : directory + "/"
    return texts.keys.filter { $0.hasPrefix(prefix) }.map { path in
      String(path.dropFirst(prefix.count).prefix { $0 != "/" })
    }
  }
}
