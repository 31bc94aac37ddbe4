/// A whole report in words, around its tables.
extension Report {
  /// For a terminal.
  var text: String {
    var parts = ReportTables(self).all.map(\.text)
    let remarks = self.remarks
    if !remarks.isEmpty { parts.append(remarks.map { "\($0)\n" }.joined()) }
    return parts.joined(separator: "\n")
  }

  /// For a README, a commit or a page.
  var markdown: String {
    let head = "Measured on \(day(date)): \(machine.line). `\(commandLine)`\n"
    var parts = [head] + ReportTables(self).all.map(\.markdown)
    let versions = engines.map { "\($0.name): \($0.version)" }
    parts.append((versions + remarks).map { "- \($0)\n" }.joined())
    return parts.joined(separator: "\n")
  }

  /// What a README has room for: times, start-up and compile speed.
  var shortMarkdown: String {
    let head = "Measured on \(day(date)): \(machine.line). `\(commandLine)`\n"
    return ([head] + ReportTables(self).main.map(\.markdown)).joined(separator: "\n")
  }

  /// What one has to know to believe the numbers, or not to.
  var remarks: [String] {
    let all = [startUp].compactMap { $0 } + programs
    var lines = all.flatMap { program in
      program.failures.map { "FAILED \(program.name) with \($0.engine): \($0.what)" }
    }
    if let placement = settings.placement { lines.append("held to \(placement)") }
    if let simd = settings.simd { lines.append("held to SIMD level \(simd)") }
    lines += skipped.map { "skipped \($0.name): \($0.reason)" }
    lines += all.filter { !$0.missing.isEmpty }.map {
      "\($0.name) is not written for \($0.missing.joined(separator: ", "))"
    }
    if counters == nil, machine.hardwareCounters == 0 {
      lines.append("no hardware counters on this machine; --counters callgrind counts without")
    }
    lines += noise.warnings.map { "warning: \($0)" }
    return lines
  }
}
