import Foundation

/// What a run of a case did, in the terms in which a case states it.
struct Outcome: Sendable {
  var exitCode: Int32
  var output: String
  /// Lines of standard error that are neither diagnostics nor the engine's report.
  var errorOutput: [String] = []
  var diagnostics: [Case.ExpectedDiagnostic] = []
  /// Of a panic: the frames in the case's own files, innermost first.
  var frames: [Case.ExpectedFrame] = []
  var engineReport: String?
  var timedOut: Bool
}

/// One line of `--diagnostics=json`.
struct ReportedDiagnostic: Decodable {
  struct Position: Decodable {
    /// In bytes, from 0.
    var offset: Int
    /// 1-based; columns count characters.
    var line: Int
    var column: Int
  }

  struct Span: Decodable {
    var file: String
    var start: Position
    /// The position after the last character.
    var end: Position
  }

  struct Label: Decodable {
    var span: Span
  }

  struct Edit: Decodable {
    var span: Span
    var replacement: String
  }

  struct Help: Decodable {
    var text: String
    var edits: [Edit]
  }

  struct Frame: Decodable {
    var function: String
    var file: String
    var line: Int
  }

  var code: String
  var message: String
  var primary: Label
  var help: [Help]
  var backtrace: [Frame]

  var columns: Columns {
    let (start, end) = (primary.span.start, primary.span.end)
    if end.line > start.line { return .open(start.column) }
    if end.column <= start.column { return .point(start.column) }
    return .range(start.column, end.column - 1)
  }

  var expectation: Case.ExpectedDiagnostic {
    Case.ExpectedDiagnostic(
      place: Case.Place(file: primary.span.file, line: primary.span.start.line),
      expected: DiagnosticExpectation(code: code, columns: columns, message: message))
  }
}

extension ReportedDiagnostic {
  /// Nil for a line of standard error that is no diagnostic.
  init?(line: Substring) {
    guard line.hasPrefix("{"), let read = try? JSONDecoder().decode(Self.self, from: Data(line.utf8)) else {
      return nil
    }
    self = read
  }
}

extension Outcome {
  /// Takes apart what `orus` wrote while it ran `case`.
  init(_ result: Subprocess.Result, of case: Case) {
    exitCode = result.exitCode
    output = String(decoding: result.output, as: UTF8.self)
    timedOut = result.timedOut
    let errorText = String(decoding: result.errorOutput, as: UTF8.self)
    var rows = errorText.split(separator: "\n", omittingEmptySubsequences: false)
    if rows.last == "" { rows.removeLast() }
    if let last = rows.last, last.hasPrefix("orus: engine=") {
      engineReport = String(last)
      rows.removeLast()
    }
    let ownFiles = Set([`case`.entryName] + `case`.parts.map(\.name))
    for row in rows {
      guard let reported = ReportedDiagnostic(line: row) else {
        errorOutput.append(String(row))
        continue
      }
      diagnostics.append(reported.expectation)
      for frame in reported.backtrace where ownFiles.contains(frame.file) {
        let place = Case.Place(file: frame.file, line: frame.line)
        frames.append(Case.ExpectedFrame(place: place, function: frame.function))
      }
    }
  }
}
