import Testing

@testable import orus_bench

@Suite struct StatisticsTests {
  @Test func medianOfOddAndEvenCounts() {
    #expect(median([3, 1, 2]) == 2)
    #expect(median([4, 1, 3, 2]) == 2.5)
    #expect(median([7]) == 7)
  }

  @Test func quantilesLieBetweenValues() {
    let values = [1.0, 2, 3, 4, 5]
    #expect(quantile(0, ofSorted: values) == 1)
    #expect(quantile(0.25, ofSorted: values) == 2)
    #expect(quantile(0.9, ofSorted: values) == 4.6)
    #expect(quantile(1, ofSorted: values) == 5)
  }

  @Test func geometricMeanOfDoubleAndHalfIsOne() {
    #expect(abs(geometricMean([2, 0.5]) - 1) < 1e-12)
    #expect(geometricMean([]).isNaN)
  }

  @Test func outliersAreFoundAndKept() {
    let samples = [1.0, 1.01, 0.99, 1.02, 1.0, 3.0, 0.98]
    #expect(outliers(samples) == [5])
    #expect(outliers([1, 1, 9]).isEmpty)
    // One far sample does not move the median.
    #expect(median(samples) == 1.0)
  }

  @Test func sameSeedSameInterval() {
    let samples = [1.0, 1.1, 0.9, 1.3, 1.05, 0.95, 1.2]
    #expect(Bootstrap(seed: 5).estimate(samples) == Bootstrap(seed: 5).estimate(samples))
    #expect(Bootstrap(seed: 5).estimate(samples).median == 1.05)
  }

  @Test func equalSamplesHaveNoError() {
    #expect(Bootstrap().estimate([2, 2, 2, 2, 2, 2, 2]) == Estimate(median: 2, low: 2, high: 2))
    #expect(Bootstrap().estimate([2, 2, 2]).relativeError == 0)
  }

  /// Samples of a known median: the interval has to hold it about as often as it says.
  @Test func intervalHoldsTheMedianAsOftenAsItSays() {
    var random = SplitMix64(seed: 42)
    var bootstrap = Bootstrap(seed: 1)
    bootstrap.draws = 300
    var hits = 0
    for _ in 0..<300 {
      let samples = (0..<9).map { _ in Double.random(in: 0..<1, using: &random) }
      let estimate = bootstrap.estimate(samples)
      if estimate.low <= 0.5, estimate.high >= 0.5 { hits += 1 }
    }
    #expect((279...297).contains(hits), "\(hits) of 300")
  }

  @Test func surerIntervalsAreWider() {
    let samples = (0..<20).map { 1 + Double($0 * $0) / 100 }
    var surer = Bootstrap(seed: 1)
    surer.confidence = familywiseConfidence(comparisons: 27)
    let usual = Bootstrap(seed: 1).estimate(samples)
    let wide = surer.estimate(samples)
    #expect(wide.low <= usual.low && wide.high >= usual.high && wide != usual)
  }

  @Test func ratioOfTwoGroups() {
    let estimate = Bootstrap().ratio([2, 2.02, 1.98, 2, 2.01, 1.99, 2], to: [1, 1, 1.01, 0.99, 1, 1, 1])
    #expect(estimate.median == 2)
    #expect(estimate.low > 1.9 && estimate.high < 2.1)
  }
}

@Suite struct DistributionTests {
  @Test func normal() {
    #expect(abs(Distributions.normalShare(below: 1.959964) - 0.975) < 1e-6)
    #expect(abs(Distributions.normalValue(0.975) - 1.959964) < 1e-5)
    #expect(abs(Distributions.normalValue(0.5)) < 1e-9)
  }

  /// From printed tables.
  @Test func student() {
    #expect(abs(Distributions.studentValue(0.975, freedom: 6) - 2.447) < 0.01)
    #expect(abs(Distributions.studentValue(0.975, freedom: 30) - 2.042) < 0.001)
    #expect(abs(Distributions.studentValue(0.999, freedom: 6) - 5.208) < 0.06)
  }

  @Test func manySamplesNeedNoExpansion() {
    #expect(abs(Distributions.expandedTail(0.025, samples: 10_000) - 0.025) < 1e-4)
    #expect(Distributions.expandedTail(0.025, samples: 7) < 0.01)
  }
}

@Suite struct VerdictTests {
  private func verdict(_ low: Double, _ median: Double, _ high: Double, threshold: Double = 0.03) -> Comparison {
    Comparison(ratio: Estimate(median: median, low: low, high: high), threshold: threshold)
  }

  @Test func onlyWhatIsBeyondTheThresholdWithItsErrorCounts() {
    #expect(verdict(1.04, 1.05, 1.06).verdict == .slower)
    #expect(verdict(1.02, 1.05, 1.08).verdict == .same)
    #expect(verdict(0.93, 0.95, 0.96).verdict == .faster)
    #expect(verdict(0.93, 0.95, 0.98).verdict == .same)
    #expect(verdict(0.99, 1.00, 1.01).verdict == .same)
  }

  @Test func wideIntervalsTellNothing() {
    #expect(verdict(0.9, 1.0, 1.1).text == "same, too noisy to tell")
    #expect(verdict(0.99, 1.0, 1.01).text == "same")
    #expect(verdict(1.2, 1.4, 1.6).text == "slower")
  }

  /// Halving and doubling are judged alike.
  @Test func verdictsAreSymmetric() {
    #expect(verdict(1.031, 1.04, 1.05).verdict == .slower)
    #expect(verdict(1 / 1.05, 1 / 1.04, 1 / 1.031).verdict == .faster)
  }
}
