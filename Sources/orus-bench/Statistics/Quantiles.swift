import Foundation

/// The value below which a share of sorted values lies, between two of them where need be.
func quantile(_ share: Double, ofSorted values: [Double]) -> Double {
  precondition(!values.isEmpty)
  let position = share * Double(values.count - 1)
  let below = Int(position)
  guard below + 1 < values.count else { return values[values.count - 1] }
  let part = position - Double(below)
  return values[below] * (1 - part) + values[below + 1] * part
}

func median(_ values: [Double]) -> Double {
  quantile(0.5, ofSorted: values.sorted())
}

/// The mean of ratios: twice as fast on one program and half as fast on another is 1.
func geometricMean(_ values: [Double]) -> Double {
  guard !values.isEmpty else { return .nan }
  return exp(values.reduce(0) { $0 + log($1) } / Double(values.count))
}

/// Which samples are far from the others: outside the quartiles by more than 1.5 times their distance (Tukey).
/// They are reported and stay in: on a shared machine a slow run is a fact, and the median does not mind.
func outliers(_ values: [Double]) -> [Int] {
  guard values.count >= 4 else { return [] }
  let sorted = values.sorted()
  let low = quantile(0.25, ofSorted: sorted)
  let high = quantile(0.75, ofSorted: sorted)
  let reach = 1.5 * (high - low)
  return values.indices.filter { values[$0] < low - reach || values[$0] > high + reach }
}
