/// A report in the forms that files have.
struct Rendering {
  let report: Report
  let history: History?

  func write(json: String?, markdown: String?, html: String?) throws {
    if let json { try orus_bench.write(report.json(), to: json) }
    if let markdown { try orus_bench.write(report.markdown, to: markdown) }
    if let html { try orus_bench.write(Page(report: report, history: pastRuns()).html, to: html) }
  }

  /// For the plots: the geometric mean, then each program, on this machine.
  private func pastRuns() throws -> [(title: String, points: [HistoryPoint])] {
    guard let history, let engine = report.orusEngines.first, engine != report.settings.reference else { return [] }
    let reference = report.settings.reference
    return try ([nil] + report.programs.map { $0.name }).map { (program: String?) in
      let title = "\(program ?? "geometric mean"): \(engine) ÷ \(reference)"
      return (
        title,
        try history.points(program, engine: engine, machine: report.machine.line, reference: reference)
      )
    }
  }
}
