import Foundation
import Glibc

/// Where things are.
enum Locations {
  /// A program in the same folder as this tool.
  static func besideTool(_ name: String) -> String {
    "\((toolPath as NSString).deletingLastPathComponent)/\(name)"
  }

  /// This tool's own file. In the tests it is the runner of the tests, in the same folder.
  private static var toolPath: String {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
  }

  /// A program as the shell would find it, links followed.
  static func executable(_ name: String) -> String? {
    if name.contains("/") { return access(name, X_OK) == 0 ? absolute(name) : nil }
    let folders = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
    return folders.split(separator: ":").map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
  }

  /// The nearest folder `Benchmarks`, from where the user is upwards, else from where the tool is.
  static func benchmarks() -> String? {
    let starts = [FileManager.default.currentDirectoryPath, (toolPath as NSString).deletingLastPathComponent]
    for start in starts {
      var folder = start as NSString
      while folder.length > 1 {
        let candidate = folder.appendingPathComponent("Benchmarks")
        if isFolder(candidate) { return candidate }
        folder = folder.deletingLastPathComponent as NSString
      }
    }
    return nil
  }

  static func absolute(_ path: String) -> String {
    URL(fileURLWithPath: path).standardizedFileURL.path
  }

  static func isFolder(_ path: String) -> Bool {
    var folder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &folder) && folder.boolValue
  }
}
