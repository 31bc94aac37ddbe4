import Foundation

/// The cases under Conformance, found by looking.
enum Corpus {
  static let repository = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Another folder of cases can be named, to try cases that have not moved in yet.
  static let root: URL =
    ProcessInfo.processInfo.environment["ORUS_CONFORMANCE"].map { URL(filePath: $0) }
    ?? repository.appending(path: "Conformance")

  /// Folder and rule of every case, sorted.
  static let names: [String] = {
    var names: [String] = []
    for folder in entries(of: root) where folder.hasDirectoryPath {
      for file in entries(of: folder) where file.pathExtension == "orus" {
        names.append("\(folder.lastPathComponent)/\(file.deletingPathExtension().lastPathComponent)")
      }
    }
    return names.sorted()
  }()

  /// Every case that can be read; the others fail in `CorpusTests`.
  static let cases: [Case] = names.compactMap { try? Case(at: url(of: $0), name: $0) }

  static func url(of name: String) -> URL { root.appending(path: "\(name).orus") }

  private static func entries(of folder: URL) -> [URL] {
    (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: [.isDirectoryKey])) ?? []
  }
}
