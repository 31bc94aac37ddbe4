/// A median and the interval that holds it with some confidence, in the unit of what was measured.
struct Estimate: Codable, Equatable {
  var median: Double
  var low: Double
  var high: Double

  /// Half the interval as a share of the median: what stands behind ±.
  var relativeError: Double { median == 0 ? 0 : (high - low) / 2 / abs(median) }
}

/// Intervals by drawing, again and again, as many samples as there are from those that there are.
///
/// Taken as they are, the outer draws of few samples are too near to each other: the interval of 9 holds the median in
/// 91 of 100 cases instead of 95. So it takes draws farther out, by as much as Student's distribution is wider than the
/// normal one (the expanded percentile interval, Hesterberg 2015).
struct Bootstrap {
  /// How often to draw.
  var draws = 4000
  /// How sure the interval is to hold the median: 0.95.
  var confidence = 0.95
  var seed: UInt64 = 1

  /// The median of samples.
  func estimate(_ samples: [Double]) -> Estimate {
    var random = SplitMix64(seed: seed)
    let medians = (0..<draws).map { _ in drawnMedian(samples, &random) }
    return interval(around: median(samples), medians, samples: samples.count)
  }

  /// The median of `numerators` over that of `denominators`, two groups of samples that nothing pairs.
  func ratio(_ numerators: [Double], to denominators: [Double]) -> Estimate {
    var random = SplitMix64(seed: seed)
    let ratios = (0..<draws).map { _ in
      drawnMedian(numerators, &random) / drawnMedian(denominators, &random)
    }
    return interval(
      around: median(numerators) / median(denominators), ratios, samples: min(numerators.count, denominators.count))
  }

  private func interval(around middle: Double, _ drawn: [Double], samples: Int) -> Estimate {
    let sorted = drawn.sorted()
    let tail = Distributions.expandedTail((1 - confidence) / 2, samples: samples)
    // A median of few samples can lie outside what was drawn by less than a rounding.
    return Estimate(
      median: middle, low: min(middle, quantile(tail, ofSorted: sorted)),
      high: max(middle, quantile(1 - tail, ofSorted: sorted)))
  }

  private func drawnMedian(_ samples: [Double], _ random: inout SplitMix64) -> Double {
    median(samples.map { _ in samples[Int.random(in: 0..<samples.count, using: &random)] })
  }
}
