import Foundation

/// A folder that goes when nobody holds it any more.
final class TemporaryFolder {
  let path: String
  private var names = 0

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "orus-bench-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of a file that nothing else has.
  func freshName(_ kind: String) -> String {
    names += 1
    return "\(path)/\(kind)-\(names)"
  }

  /// Writes a file and gives its path.
  func write(_ text: String, to name: String) throws -> String {
    let file = "\(path)/\(name)"
    try text.write(toFile: file, atomically: false, encoding: .utf8)
    return file
  }
}
