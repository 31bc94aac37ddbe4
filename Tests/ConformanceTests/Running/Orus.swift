import Foundation

/// The command under test: the one that was built with these tests.
enum Orus {
  static let executable: String = {
    if let named = ProcessInfo.processInfo.environment["ORUS_EXECUTABLE"] { return named }
    let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return URL(filePath: tests).deletingLastPathComponent().appending(path: "orus").path
  }()

  /// What the program is told about the machine, and nothing else: no colour, no settings of whoever runs the tests.
  static let environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "NO_COLOR": "1"]

  static func run(_ case: Case, in mode: Mode) throws -> Outcome {
    let folder = try Workplace(for: `case`)
    defer { folder.remove() }
    var arguments = [`case`.command, "--diagnostics=json"]
    if `case`.command == "run" { arguments += ["--report-engine"] + mode.options }
    arguments += `case`.options + [`case`.entryName] + `case`.arguments
    var environment = self.environment
    environment.merge(mode.environment) { $1 }
    environment.merge(`case`.environment) { $1 }
    let result = try Subprocess(
      executable: executable, arguments: arguments, environment: environment.map { "\($0)=\($1)" },
      directory: folder.path, input: Array(`case`.input.utf8)
    ).run()
    return Outcome(result, of: `case`)
  }

  /// The diagnostics of a source text that is handed to the command on standard input.
  static func check(_ source: [UInt8]) throws -> [ReportedDiagnostic] {
    let result = try Subprocess(
      executable: executable, arguments: ["check", "--diagnostics=json", "-"],
      environment: environment.map { "\($0)=\($1)" }, directory: "/", input: source
    ).run()
    let text = String(decoding: result.errorOutput, as: UTF8.self)
    return text.split(separator: "\n").compactMap(ReportedDiagnostic.init(line:))
  }

  /// Runs the command for its output alone.
  static func text(_ arguments: [String], in directory: String = "/") throws -> (output: String, exitCode: Int32) {
    let result = try Subprocess(
      executable: executable, arguments: arguments, environment: environment.map { "\($0)=\($1)" },
      directory: directory
    ).run()
    return (String(decoding: result.output, as: UTF8.self), result.exitCode)
  }
}

/// The folder a case runs in: its own, or one made for the files of a case that has several.
struct Workplace {
  let path: String
  private let isTemporary: Bool

  init(for case: Case) throws {
    guard !`case`.parts.isEmpty else {
      path = `case`.url.deletingLastPathComponent().path
      isTemporary = false
      return
    }
    let folder = FileManager.default.temporaryDirectory.appending(path: "orus-case-\(UUID().uuidString)")
    for part in `case`.parts {
      let file = folder.appending(path: part.name)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try part.text.write(to: file, atomically: false, encoding: .utf8)
    }
    path = folder.path
    isTemporary = true
  }

  func remove() {
    if isTemporary { try? FileManager.default.removeItem(atPath: path) }
  }
}
