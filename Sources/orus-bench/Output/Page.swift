/// One HTML page that needs nothing else: plots, tables, machine, history.
struct Page {
  let report: Report
  /// Of the geometric mean, then of each program.
  let history: [(title: String, points: [HistoryPoint])]

  var html: String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Orus benchmarks, \(day(report.date))</title>
    <style>
    \(Self.style)
    </style>
    </head>
    <body>
    <h1>Orus benchmarks</h1>
    <p>\(escaped("\(minute(report.date)) UTC\(report.commit.map { ", commit \($0.prefix(10))" } ?? "")"))<br>
    <code>\(escaped(report.commandLine))</code></p>
    \(remarks)\(ratios)\(ReportTables(report).all.map(\.html).joined())\(historyPlots)\(engines)\(machine)</body>
    </html>

    """
  }

  private var remarks: String {
    report.remarks.map { "<p class=\"\($0.hasPrefix("FAILED") ? "bad" : "note")\">\(escaped($0))</p>\n" }.joined()
  }

  private var ratios: String {
    guard let plot = RatioPlot(report: report).svg else { return "" }
    return "<h2>Time over \(escaped(report.settings.reference))’s</h2>\n<div class=\"wide\">\(plot.markup)</div>\n"
  }

  private var historyPlots: String {
    let plots = history.enumerated().compactMap { index, entry in
      let size = index == 0 ? (width: 850.0, height: 240.0) : (width: 420.0, height: 170.0)
      return HistoryPlot(title: entry.title, points: entry.points, width: size.width, height: size.height).svg?.markup
    }
    return plots.isEmpty ? "" : "<h2>History</h2>\n<div class=\"plots\">\(plots.joined())</div>\n"
  }

  private var engines: String {
    var table = Table(title: "Engines", header: ["engine", "version", "command"], wordColumns: 3)
    table.rows = report.engines.map { [$0.name, $0.version, $0.command] }
    return table.html
  }

  private var machine: String {
    var table = Table(title: "Machine", header: ["what", "is"], wordColumns: 2)
    table.rows = report.machine.facts.map { [$0.name, $0.value] }
    let settings = report.settings
    table.rows.append(["samples", "\(settings.samples) after \(settings.warmUp) to warm up, in turn"])
    if let simd = settings.simd { table.rows.append(["held to SIMD level", simd]) }
    if let placement = settings.placement { table.rows.append(["held to", placement]) }
    return table.html
  }

  private static let style = """
    :root { color-scheme: light dark; --text: #1c1c1c; --dim: #666; --line: #ddd; --back: #fff; }
    @media (prefers-color-scheme: dark) { :root { --text: #e6e6e6; --dim: #999; --line: #3a3a3a; --back: #161616; } }
    body { font: 15px/1.5 system-ui, sans-serif; color: var(--text); background: var(--back); max-width: 900px;
      margin: 2em auto; padding: 0 1em; }
    h1 { font-size: 1.6em; } h2 { font-size: 1.15em; margin-top: 2em; }
    table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
    th, td { padding: 3px 10px; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; }
    th.word, td.word { text-align: left; }
    tr.summary td { font-weight: 600; border-top: 2px solid var(--dim); }
    .wide { overflow-x: auto; } .plots { display: flex; flex-wrap: wrap; gap: 10px; }
    .note { color: var(--dim); margin: .3em 0; } .bad { color: #d00; margin: .3em 0; }
    svg text { fill: var(--text); font: 13px system-ui, sans-serif; }
    svg text.tick { fill: var(--dim); font-size: 11px; }
    svg .grid { stroke: var(--line); } svg .one { stroke: var(--dim); stroke-width: 1.5; }
    svg .interval { stroke: var(--text); stroke-width: 1.5; }
    """
}
