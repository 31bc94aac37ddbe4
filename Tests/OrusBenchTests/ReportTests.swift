import Foundation
import Testing

@testable import orus_bench

/// A report as a run would make it.
func sampleReport(orusSeconds: Double = 0.5, on day: Int = 1) -> Report {
  func samples(_ seconds: Double) -> [Sample] {
    (0..<7).map {
      let time = seconds * (1 + Double($0 - 3) / 1000)
      return Sample(
        seconds: time, cpuSeconds: time, peakBytes: 5 << 20, minorFaults: 300, majorFaults: 0, yields: 1,
        preemptions: 2)
    }
  }
  func result(_ engine: String, _ seconds: Double) -> EngineResult {
    let mine = samples(seconds)
    let ratios = zip(mine, samples(1)).map { $0.seconds / $1.seconds }
    return EngineResult(
      engine: engine, samples: mine, time: Bootstrap().estimate(mine.map(\.seconds)),
      ratio: Bootstrap().estimate(ratios), peakBytes: 5 << 20, outliers: engine == "orus" ? [6] : [])
  }
  let machine = Machine(
    processor: "A <fast> one", architecture: "x86_64", simd: .avx2, cores: 2, threads: 4, nodes: 1,
    caches: [Cache(name: "L1d", size: 32 << 10)], memory: 8 << 30, system: "Debian", isVirtual: true,
    hardwareCounters: 0)
  let settings = Settings(samples: 7, warmUp: 1, seed: 1, reference: "lua5.4", simd: "sse2")
  var report = Report(
    date: Date(timeIntervalSince1970: Double(day) * 86400), commandLine: "orus-bench run", commit: "abcdef0123",
    machine: machine, settings: settings,
    engines: [
      EngineDescription(name: "orus", version: "0.1.0", command: "orus run", isOrus: true),
      EngineDescription(name: "lua5.4", version: "Lua 5.4.4", command: "lua5.4", isOrus: false),
    ],
    skipped: [SkippedEngine(name: "pypy3", reason: "there is no command `pypy3`")])
  report.programs = [
    ProgramResult(name: "fib", engines: [result("orus", orusSeconds), result("lua5.4", 1)]),
    ProgramResult(name: "sieve", engines: [result("orus", orusSeconds / 2), result("lua5.4", 1)], missing: ["gcc-O2"]),
  ]
  report.startUp = ProgramResult(name: "start-up", engines: [result("orus", 0.003), result("lua5.4", 0.002)])
  report.counters = CounterResults(
    source: .callgrind,
    entries: [.init(program: "fib", engine: "orus", counts: [.instructions: 1e9, .branches: 1e8, .branchMisses: 1e3])])
  report.noteSteadyState()
  return report
}

@Suite struct ReportTests {
  @Test func jsonRoundTrip() throws {
    let report = sampleReport()
    #expect(try Report(json: report.json()) == report)
  }

  @Test func jsonNamesEventsAndLevels() throws {
    let text = String(decoding: try sampleReport().json(), as: UTF8.self)
    #expect(text.contains("\"branchMisses\" : 1000"))
    #expect(text.contains("\"simd\" : \"avx2\""))
    #expect(text.contains("\"date\" : \"1970-01-02T00:00:00Z\""))
  }

  @Test func newerFormatsAndOtherFilesAreRefused() {
    #expect(throws: Failure.self) { try Report(json: Data("{\"format\": 99}".utf8)) }
    #expect(throws: Failure.self) { try Report(json: Data("{}".utf8)) }
    #expect(throws: Failure.self) { try Report(json: Data("nonsense".utf8)) }
  }

  @Test func steadyStateIsWithoutTheStart() {
    let orus = sampleReport().programs[0].engines[0]
    #expect(abs((orus.steadySeconds ?? 0) - 0.497) < 1e-9)
  }

  @Test func meansAreOfRatios() {
    let report = sampleReport()
    #expect(abs(report.meanRatio(of: "orus")! - (0.5 * 0.25).squareRoot()) < 1e-9)
    #expect(report.meanRatio(of: "node") == nil)
  }

  @Test func tableOfTimes() throws {
    let table = ReportTables(sampleReport()).all[0]
    #expect(table.header == ["program", "orus", "lua5.4", "orus ÷ lua5.4"])
    #expect(table.rows[0] == ["fib", "500 ms*", "1.00 s", "0.500 ±0.0 %"])
    #expect(table.rows.last == ["orus ÷ engine, geometric mean", "1.00", "0.354", "0.354"])
    #expect(table.markdown.contains("| **orus ÷ engine, geometric mean** | **1.00** |"))
    #expect(table.text.contains("sieve"))
  }

  @Test func remarksNameWhatIsMissing() {
    let remarks = sampleReport().remarks
    #expect(remarks.contains("skipped pypy3: there is no command `pypy3`"))
    #expect(remarks.contains("sieve is not written for gcc-O2"))
  }

  @Test func pageNeedsNothingElse() {
    let points = [1, 2, 3].map {
      HistoryPoint(
        date: Date(timeIntervalSince1970: Double($0) * 86400), commit: nil,
        ratio: Estimate(median: 0.5, low: 0.4, high: 0.6))
    }
    let html = Page(report: sampleReport(), history: [("geometric mean", points)]).html
    #expect(html.components(separatedBy: "<svg").count == 3)
    #expect(html.contains("A &lt;fast&gt; one"))
    for outside in ["src=", "href=", "@import", "url("] { #expect(!html.contains(outside)) }
  }

  @Test func resultsGoBetweenTheMarks() throws {
    let document = "a\n\(MarkedSection.begin)\nold\n\(MarkedSection.end)\nb\n"
    let new = try MarkedSection.replaced(in: document, with: "new\n")
    #expect(new == "a\n\(MarkedSection.begin)\nnew\n\(MarkedSection.end)\nb\n")
    #expect(throws: Failure.self) { try MarkedSection.replaced(in: "a", with: "b") }
  }
}

@Suite struct ReportComparisonTests {
  private func compare(_ old: Report, _ new: Report, raw: Bool = false) throws -> ReportComparison {
    try ReportComparison(old: old, new: new, engine: nil, threshold: 0.03, raw: raw)
  }

  @Test func theSameIsTheSame() throws {
    let rows = try compare(sampleReport(), sampleReport()).rows
    #expect(rows.map(\.program) == ["fib", "sieve", "start-up"])
    #expect(rows.allSatisfy { $0.comparison.verdict == .same && !$0.comparison.isUncertain })
    #expect(rows[0].instructions == 1)
  }

  @Test func slowerAndFasterAreNamed() throws {
    let slower = try compare(sampleReport(orusSeconds: 0.5), sampleReport(orusSeconds: 0.6))
    #expect(slower.rows.prefix(2).map(\.comparison.verdict) == [.slower, .slower])
    let faster = try compare(sampleReport(orusSeconds: 0.6), sampleReport(orusSeconds: 0.5))
    #expect(faster.rows.prefix(2).map(\.comparison.verdict) == [.faster, .faster])
  }

  /// A machine that got slower as a whole says nothing about orus.
  @Test func theReferenceTakesTheMachineOut() throws {
    var slowMachine = sampleReport()
    for program in slowMachine.programs.indices {
      for engine in slowMachine.programs[program].engines.indices {
        for sample in 0..<7 { slowMachine.programs[program].engines[engine].samples[sample].seconds *= 1.5 }
      }
    }
    #expect(try compare(sampleReport(), slowMachine).rows[0].comparison.verdict == .same)
    #expect(try compare(sampleReport(), slowMachine, raw: true).rows[0].comparison.verdict == .slower)
  }

  @Test func nothingInCommonIsAnError() {
    var other = sampleReport()
    other.engines[0].name = "other"
    #expect(throws: Failure.self) { try compare(sampleReport(), other) }
  }
}

@Suite struct HistoryTests {
  @Test func runsComeBack() throws {
    let folder = try TemporaryFolder()
    let history = try History(file: folder.path + "/deep/history.sqlite")
    #expect(try history.report() == nil)
    let reports = [sampleReport(orusSeconds: 0.5, on: 1), sampleReport(orusSeconds: 0.4, on: 2)]
    for report in reports { try history.add(report) }

    #expect(try history.report() == reports[1])
    #expect(try history.report(1) == reports[0])
    let entries = try history.list(10, engine: "orus")
    #expect(entries.map(\.id) == [1, 2])
    #expect(entries.map(\.programs) == [2, 2])
    let reference = reports[0].settings.reference
    let points = try history.points("fib", engine: "orus", machine: reports[0].machine.line, reference: reference)
    #expect(points.map { digits($0.ratio.median) } == ["0.500", "0.400"])
    #expect(try history.points(nil, engine: "orus", machine: "other", reference: reference).isEmpty)
  }
}
