/// Everything in which an outcome differs from what its case says; empty when the case holds.
struct Comparison {
  private(set) var differences: [String] = []

  init(_ outcome: Outcome, with case: Case, in mode: Mode) {
    if outcome.timedOut { differences.append("did not end in time and was stopped") }
    compareText(outcome.output, with: `case`.output, on: "standard output")
    compareText(
      outcome.errorOutput.joined(separator: "\n"), with: `case`.errorOutput.joined(separator: "\n"),
      on: "standard error")
    compareDiagnostics(outcome.diagnostics, with: `case`.diagnostics)
    if !`case`.frames.isEmpty, outcome.frames != `case`.frames {
      differences.append(
        "backtrace\n  expected: \(Self.shown(`case`.frames))\n  actual:   \(Self.shown(outcome.frames))")
    }
    if outcome.exitCode != `case`.exitCode {
      differences.append("exit code: expected \(`case`.exitCode), actual \(outcome.exitCode)")
    }
    if !`case`.stopsBeforeRunning, !(outcome.engineReport ?? "").hasPrefix(mode.report) {
      differences.append("engine: expected `\(mode.report)…`, reported `\(outcome.engineReport ?? "nothing")`")
    }
  }

  private mutating func compareText(_ actual: String, with expected: String, on stream: String) {
    guard actual != expected else { return }
    let actualLines = actual.split(separator: "\n", omittingEmptySubsequences: false)
    let expectedLines = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let at = zip(actualLines, expectedLines).prefix { $0 == $1 }.count
    func line(_ lines: [Substring]) -> String { at < lines.count ? "`\(lines[at])`" : "nothing more" }
    differences.append(
      "\(stream), line \(at + 1)\n  expected: \(line(expectedLines))\n  actual:   \(line(actualLines))")
  }

  private mutating func compareDiagnostics(
    _ actual: [Case.ExpectedDiagnostic], with expected: [Case.ExpectedDiagnostic]
  ) {
    var missing = expected
    var unexpected: [Case.ExpectedDiagnostic] = []
    for diagnostic in actual {
      if let at = missing.firstIndex(of: diagnostic) {
        missing.remove(at: at)
      } else {
        unexpected.append(diagnostic)
      }
    }
    for diagnostic in missing {
      let kind = diagnostic.expected.isPlaceholder ? "placeholder to be filled in" : "expected, not reported"
      differences.append("\(kind)\n  \(Self.shown(diagnostic))")
    }
    for diagnostic in unexpected {
      differences.append("reported, not expected\n  \(Self.shown(diagnostic))")
    }
  }

  private static func shown(_ diagnostic: Case.ExpectedDiagnostic) -> String {
    "\(diagnostic.place.file):\(diagnostic.place.line): \(diagnostic.expected.written)"
  }

  private static func shown(_ frames: [Case.ExpectedFrame]) -> String {
    frames.map { "\($0.function) \($0.place.file):\($0.place.line)" }.joined(separator: ", ")
  }
}
