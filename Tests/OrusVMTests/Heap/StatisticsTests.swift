import Testing

@testable import OrusVM

struct StatisticsTests {
  @Test func quantilesAreRightToSixPercent() {
    var pauses = PauseHistogram()
    #expect(pauses.quantile(0.99) == 0)
    for value in 1...10_000 { pauses.record(value * 1000) }
    for (share, exact) in [(0.5, 5_000_000), (0.9, 9_000_000), (0.99, 9_900_000)] {
      let found = pauses.quantile(share)
      #expect(found >= exact && found <= exact + exact / 15, "\(share): \(found)")
    }
    #expect(pauses.quantile(1) == 10_000_000)
    #expect(pauses.longest == 10_000_000 && pauses.count == 10_000)
  }

  @Test func extremes() {
    var pauses = PauseHistogram()
    pauses.record(-5)
    pauses.record(0)
    pauses.record(7)
    #expect(pauses.quantile(0.1) == 0 && pauses.quantile(1) == 7)
    pauses.record(Int.max)
    #expect(pauses.longest == 1 << 40 && pauses.quantile(1) == 1 << 40)
  }

  @Test func summaryNamesWhatTheBenchmarksRead() {
    let words = CollectorStatistics().summary.split(separator: " ").map(String.init)
    #expect(words.starts(with: ["orus:", "gc", "minor=0"]))
    for name in ["minor-p99-us", "pause-p50-us", "pause-max-us", "allocated", "survived", "marker-us"] {
      #expect(words.contains { $0.hasPrefix("\(name)=") }, "\(name)")
    }
  }

  @Test func optionsAreText() throws {
    #expect(CollectorOptions("1")?.description == "every=1")
    #expect(CollectorOptions().description == "normal")
    for text in ["every=3,move,forget,protect", "marker=42", "incremental"] {
      #expect(CollectorOptions(text)?.description == text)
    }
    for text in ["every=0", "every", "x", "marker=-1", "move=1"] { #expect(CollectorOptions(text) == nil, "\(text)") }
  }
}
