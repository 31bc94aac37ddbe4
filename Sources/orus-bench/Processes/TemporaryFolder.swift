import Foundation
import Glibc

/// A folder that goes when nobody holds it any more, or the user interrupts the tool.
final class TemporaryFolder {
  let path: String
  private var names = 0
  private let interruption: any DispatchSourceSignal

  init() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "orus-bench-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    self.path = path
    // The source sees the signal only if it does not end the process first; the launcher gives it back to programs.
    signal(SIGINT, SIG_IGN)
    interruption = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    interruption.setEventHandler {
      try? FileManager.default.removeItem(atPath: path)
      _exit(130)
    }
    interruption.resume()
  }

  deinit {
    interruption.cancel()
    try? FileManager.default.removeItem(atPath: path)
  }

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
