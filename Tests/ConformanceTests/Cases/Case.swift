import Foundation
import Testing

/// One conformance case: the files of a program and everything its run must do.
struct Case: Sendable, CustomTestStringConvertible {
  /// A line of one of the case's files.
  struct Place: Hashable, Sendable, Comparable {
    /// The file's name within the case.
    var file: String
    /// 1-based, in that file.
    var line: Int

    static func < (a: Place, b: Place) -> Bool { (a.file, a.line) < (b.file, b.line) }
  }

  struct ExpectedDiagnostic: Hashable, Sendable {
    var place: Place
    var expected: DiagnosticExpectation
  }

  struct ExpectedFrame: Hashable, Sendable {
    var place: Place
    var function: String
  }

  struct Part: Sendable {
    var name: String
    var text: String
  }

  /// Folder and rule, such as `05-expressions/shift_count`.
  private(set) var name: String
  private(set) var url: URL
  /// Expectations stand in `<rule>.expect`, because comments would disturb the source.
  private(set) var hasSidecar: Bool
  /// The program's files where there are several; the first is the entry file. Empty: the case file itself is run.
  var parts: [Part] = []
  var output = ""
  var errorOutput: [String] = []
  var diagnostics: [ExpectedDiagnostic] = []
  /// Frames in the case's own files, innermost first; empty: not checked.
  var frames: [ExpectedFrame] = []
  var exitCode: Int32
  /// `run`, or `check`.
  var command = "run"
  var options: [String] = []
  var arguments: [String] = []
  var environment: [String: String] = [:]
  var input = ""
  var expectationCount = 0

  var testDescription: String { name }

  var entryName: String { url.lastPathComponent }

  /// Nothing of the program runs: one mode is enough.
  var stopsBeforeRunning: Bool { exitCode == 65 || command != "run" }

  init(at url: URL, name: String) throws(CaseError) {
    self.url = url
    self.name = name
    let sidecar = url.deletingPathExtension().appendingPathExtension("expect")
    hasSidecar = FileManager.default.fileExists(atPath: sidecar.path)
    let source = hasSidecar ? sidecar : url
    guard let data = try? Data(contentsOf: source), let text = String(data: data, encoding: .utf8) else {
      throw CaseError("\(source.path): cannot be read as UTF-8")
    }
    exitCode = 0
    var reader = Reader(result: self)
    if hasSidecar {
      try reader.readSidecar(text)
    } else {
      try reader.readSource(CaseText(text))
    }
    self = reader.finished()
  }
}

extension Case {
  /// Collects expectations in the order in which they are written.
  private struct Reader {
    var result: Case
    var explicitExit: Int32?
    var numberedFrames: [(number: Int, frame: ExpectedFrame)] = []

    mutating func readSource(_ text: CaseText) throws(CaseError) {
      var place = Place(file: result.entryName, line: 0)
      var line = 0
      var part: [String] = []
      for row in text.lines {
        if case .file(let name) = row.expectation {
          result.parts.append(Part(name: place.file, text: part.joined(separator: "\n") + "\n"))
          part = []
          place = Place(file: name, line: 0)
          line = 0
          continue
        }
        line += 1
        part.append(row.written)
        if !row.isOnlyExpectation { place.line = line }
        if let expectation = row.expectation { try add(expectation, at: place) }
      }
      if !result.parts.isEmpty {
        result.parts.append(Part(name: place.file, text: part.joined(separator: "\n") + "\n"))
      }
    }

    /// In a sidecar the line of a diagnostic or frame is written out, as `LINE` or `FILE:LINE` after the mark.
    mutating func readSidecar(_ text: String) throws(CaseError) {
      for row in text.split(separator: "\n") {
        let mark = row.prefix(3)
        guard mark == "//~" || mark == "//@" else {
          try add(try Expectation.parse(row), at: Place(file: result.entryName, line: 0))
          continue
        }
        let rest = row.dropFirst(4)
        let where_ = rest.prefix { $0 != " " }
        guard let line = Int(where_) else { throw CaseError("a line number belongs after `\(mark)`: \(row)") }
        let expectation = try Expectation.parse(mark + rest.dropFirst(where_.count))
        try add(expectation, at: Place(file: result.entryName, line: line))
      }
    }

    mutating func add(_ expectation: Expectation, at place: Place) throws(CaseError) {
      result.expectationCount += 1
      switch expectation {
      case .output(let text, let endsLine): result.output += text + (endsLine ? "\n" : "")
      case .errorOutput(let text): result.errorOutput.append(text)
      case .diagnostic(let expected):
        result.diagnostics.append(ExpectedDiagnostic(place: place, expected: expected))
      case .frame(let number, let function):
        numberedFrames.append((number, ExpectedFrame(place: place, function: function)))
      case .setting(let name, let value): try set(name, to: value)
      case .file: throw CaseError("`//---` has no place in a sidecar")
      }
    }

    mutating func set(_ name: String, to value: String) throws(CaseError) {
      let words = value.split(separator: " ").map(String.init)
      switch name {
      case "exit":
        guard let code = Int32(value) else { throw CaseError("exit: a number, not `\(value)`") }
        explicitExit = code
      case "options": result.options += words
      case "args": result.arguments += words
      case "stdin": result.input += value + "\n"
      case "command": result.command = value
      case "env":
        let halves = value.split(separator: "=", maxSplits: 1).map(String.init)
        guard halves.count == 2 else { throw CaseError("env: NAME=value, not `\(value)`") }
        result.environment[halves[0]] = halves[1]
      default: throw CaseError("no setting is called `\(name)`")
      }
    }

    func finished() -> Case {
      var result = result
      result.frames = numberedFrames.sorted { $0.number < $1.number }.map(\.frame)
      result.exitCode = explicitExit ?? Case.impliedExitCode(of: result.diagnostics)
      return result
    }
  }

  /// What the exit code is where the case does not state one: 65 for a program that does not compile, 70 for an
  /// uncaught panic, 0 otherwise.
  static func impliedExitCode(of diagnostics: [ExpectedDiagnostic]) -> Int32 {
    let codes = diagnostics.map(\.expected.code)
    if codes.contains(where: { $0.hasPrefix("E") && !$0.hasPrefix("E0") }) { return 65 }
    return codes.contains { $0.hasPrefix("E0") } ? 70 : 0
  }
}
