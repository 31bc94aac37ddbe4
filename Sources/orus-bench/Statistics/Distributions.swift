import Foundation

/// What the intervals need of probability distributions.
enum Distributions {
  /// The share of a normal distribution that lies below.
  static func normalShare(below value: Double) -> Double { erfc(-value / 2.0.squareRoot()) / 2 }

  /// The value that a share of a normal distribution lies below.
  static func normalValue(_ share: Double) -> Double {
    var low = -40.0
    var high = 40.0
    for _ in 0..<80 {
      let middle = (low + high) / 2
      if normalShare(below: middle) < share { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// The value that a share of Student's distribution lies below, by its expansion around the normal one; good to
  /// 1 % from 6 degrees of freedom on.
  static func studentValue(_ share: Double, freedom: Int) -> Double {
    let z = normalValue(share)
    let n = Double(freedom)
    let first = (pow(z, 3) + z) / (4 * n)
    let second = (5 * pow(z, 5) + 16 * pow(z, 3) + 3 * z) / (96 * n * n)
    let third = (3 * pow(z, 7) + 19 * pow(z, 5) + 17 * pow(z, 3) - 15 * z) / (384 * n * n * n)
    return z + first + second + third
  }

  /// The share to cut off the draws of so many samples for an interval that leaves `tail` on each side.
  static func expandedTail(_ tail: Double, samples: Int) -> Double {
    guard samples > 1 else { return 0 }
    let n = Double(samples)
    return normalShare(below: (n / (n - 1)).squareRoot() * studentValue(tail, freedom: samples - 1))
  }
}
