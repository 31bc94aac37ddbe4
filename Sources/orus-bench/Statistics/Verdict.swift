/// What a ratio of times, new over old, says.
enum Verdict: String, Codable {
  case faster
  case slower
  case same
}

/// A ratio and what follows from it.
struct Comparison: Codable, Equatable {
  /// New over old: above 1 is slower.
  var ratio: Estimate
  var verdict: Verdict
  /// The interval is wider than the threshold: `same` then means that nobody can tell.
  var isUncertain: Bool

  /// Only a difference that is beyond the threshold with all its error counts.
  init(ratio: Estimate, threshold: Double) {
    self.ratio = ratio
    if ratio.low > 1 + threshold {
      verdict = .slower
    } else if ratio.high < 1 / (1 + threshold) {
      verdict = .faster
    } else {
      verdict = .same
    }
    isUncertain = verdict == .same && ratio.relativeError > threshold
  }

  /// `slower`, or `same, too noisy to tell`.
  var text: String { isUncertain ? "\(verdict.rawValue), too noisy to tell" : verdict.rawValue }
}
