/// A report as tables, in the order of their weight.
struct ReportTables {
  let report: Report
  /// The build of orus that the tables are about.
  private var subject: String { report.orusEngines.first ?? report.settings.reference }

  init(_ report: Report) { self.report = report }

  var all: [Table] {
    [times, builds, startUp, compilation, memory, collector, counters].compactMap { $0 }.filter { !$0.rows.isEmpty }
  }

  /// The tables that say most.
  var main: [Table] { [times, startUp, compilation].compactMap { $0 }.filter { !$0.rows.isEmpty } }

  /// Time of each program with each engine; at the end, how much of each engine's time orus takes.
  private var times: Table {
    let reference = report.settings.reference
    let showsRatio = reference != subject
    var table = Table(
      title: "\(report.settings.clock == .wall ? "Time" : "Processor time"), whole process",
      header: ["program"] + report.engineNames + (showsRatio ? ["\(subject) ÷ \(reference)"] : []))
    for program in report.programs where !program.engines.isEmpty {
      let cells = report.engineNames.map { program.result(of: $0).map { time($0) } ?? "–" }
      let last = program.result(of: subject)?.ratio.map { "\(ratio($0.median)) ±\(percent($0.relativeError))" } ?? "–"
      table.rows.append([program.name] + cells + (showsRatio ? [last] : []))
    }
    guard !table.rows.isEmpty else { return table }
    let means = report.engineNames.map { report.meanRatio(of: subject, to: $0).map(ratio) ?? "–" }
    table.rows.append(
      ["\(subject) ÷ engine, geometric mean"] + means
        + (showsRatio ? [report.meanRatio(of: subject, to: reference).map(ratio) ?? "–"] : []))
    table.hasSummary = true
    table.notes = outlierNotes
    return table
  }

  private func time(_ result: EngineResult) -> String {
    seconds(result.time.median) + (result.outliers.isEmpty ? "" : "*")
  }

  private var outlierNotes: [String] {
    let count = report.programs.flatMap(\.engines).filter { !$0.outliers.isEmpty }.count
    return count == 0 ? [] : ["* some samples lie far from the others; they count like the others"]
  }

  /// Other builds of orus against the first, measured in the same rounds.
  private var builds: Table? {
    guard report.orusEngines.count > 1 else { return nil }
    var table = Table(
      title: "Builds against \(subject), in the same rounds", header: ["program", "build", "ratio", "95 %", "verdict"],
      wordColumns: 2)
    for (program, engine, comparison) in report.buildComparisons(threshold: CompareCommand.defaultThreshold) {
      table.rows.append([program, engine] + cells(comparison))
    }
    return table
  }

  private var startUp: Table? {
    guard let result = report.startUp else { return nil }
    var table = Table(title: "Start-up: print(\"hello\")", header: ["engine", "time", "±", "peak memory"])
    table.rows = result.engines.map {
      [$0.engine, seconds($0.time.median), percent($0.time.relativeError), bytes($0.peakBytes)]
    }
    return table
  }

  private var compilation: Table? {
    guard let first = report.compilations.first else { return nil }
    var table = Table(
      title: "Compiling \(count(Double(first.allLines ?? first.lines))) lines, source to verified bytecode",
      header: ["engine", "uses of the language", "lines a second", "of code", "time", "±", "peak memory"])
    for result in report.compilations {
      table.rows += result.engines.map { engine in
        let all = result.allLines.map { count(Double($0) / engine.seconds.median) }
        return [
          engine.engine, "the \(result.source.rawValue)", all ?? "–", count(engine.linesPerSecond),
          seconds(engine.seconds.median), percent(engine.seconds.relativeError), bytes(engine.peakBytes),
        ]
      }
    }
    return table
  }

  private var memory: Table {
    var table = Table(title: "Peak memory", header: ["program"] + report.engineNames)
    for program in report.programs where !program.engines.isEmpty {
      table.rows.append(
        [program.name] + report.engineNames.map { program.result(of: $0).map { bytes($0.peakBytes) } ?? "–" })
    }
    return table
  }

  private var collector: Table? {
    let found = report.programs.flatMap { program in
      program.engines.compactMap { engine in engine.collector.map { (program.name, engine.engine, $0) } }
    }
    guard !found.isEmpty else { return nil }
    let names = Set(found.flatMap { $0.2.keys }).sorted()
    var table = Table(title: "Collector", header: ["program", "engine"] + names, wordColumns: 2)
    table.rows = found.map { program, engine, numbers in
      [program, engine] + names.map { numbers[$0].map(digits) ?? "–" }
    }
    return table
  }
}

/// Of a comparison: ratio, interval, verdict.
func cells(_ comparison: Comparison) -> [String] {
  let estimate = comparison.ratio
  return [ratio(estimate.median), "\(ratio(estimate.low)) – \(ratio(estimate.high))", comparison.text]
}
