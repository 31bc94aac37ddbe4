import Glibc

/// What the collector of a run did.
public struct CollectorStatistics: Sendable {
  /// Collections of the young space.
  public var minorCollections = 0
  /// Collections of everything that have come to their end.
  public var fullCollections = 0
  /// Times of the collections of the young space.
  public var minorPauses = PauseHistogram()
  /// Times that the program stood still, whatever for.
  public var pauses = PauseHistogram()
  /// Bytes of all objects that were made, of those a collection of the young space found alive, and of those among
  /// them that became old.
  public var allocatedBytes = 0
  public var survivedBytes = 0
  public var promotedBytes = 0
  /// Bytes that were alive or not yet found dead, at most and at the end.
  public var peakBytes = 0
  public var liveBytes = 0
  /// Nanoseconds of processor time that the marker thread has taken, and that marking took of the program's thread.
  public var markerTime = 0
  public var mutatorMarkingTime = 0

  /// A line for tools and people: names and numbers; times in microseconds.
  public var summary: String {
    let numbers: [(String, String)] = [
      ("minor", "\(minorCollections)"),
      ("minor-p50-us", microseconds(minorPauses.quantile(0.5))),
      ("minor-p99-us", microseconds(minorPauses.quantile(0.99))),
      ("minor-max-us", microseconds(minorPauses.longest)),
      ("full", "\(fullCollections)"),
      ("pauses", "\(pauses.count)"),
      ("pause-p50-us", microseconds(pauses.quantile(0.5))),
      ("pause-p99-us", microseconds(pauses.quantile(0.99))),
      ("pause-max-us", microseconds(pauses.longest)),
      ("pause-total-us", microseconds(pauses.total)),
      ("allocated", "\(allocatedBytes)"),
      ("survived", "\(survivedBytes)"),
      ("promoted", "\(promotedBytes)"),
      ("peak", "\(peakBytes)"),
      ("live", "\(liveBytes)"),
      ("marker-us", microseconds(markerTime)),
      ("mutator-marking-us", microseconds(mutatorMarkingTime)),
    ]
    return "orus: gc " + numbers.map { "\($0)=\($1)" }.joined(separator: " ")
  }
}

/// Durations in buckets whose width grows with them, sixteen to each power of two: a quantile is right to 6 %. As
/// HdrHistogram does it (Gil Tene).
public struct PauseHistogram: Sendable {
  private var buckets: [UInt32] = []
  public private(set) var count = 0
  /// Nanoseconds.
  public private(set) var longest = 0
  public private(set) var total = 0

  private static let subBits = 4
  /// Up to eighteen minutes.
  private static let limit = 1 << 40

  public init() {}

  mutating func record(_ nanoseconds: Int) {
    if buckets.isEmpty { buckets = Array(repeating: 0, count: Self.bucket(of: Self.limit) + 1) }
    let duration = min(max(0, nanoseconds), Self.limit)
    buckets[Self.bucket(of: duration)] += 1
    count += 1
    total += duration
    longest = max(longest, duration)
  }

  /// Nanoseconds that this share of the durations does not exceed.
  public func quantile(_ share: Double) -> Int {
    var left = Int((Double(count) * share).rounded(.up))
    for (index, inBucket) in buckets.enumerated() {
      left -= Int(inBucket)
      if left <= 0, inBucket > 0 { return min(Self.end(of: index), longest) }
    }
    return longest
  }

  private static func bucket(of value: Int) -> Int {
    if value < 1 << subBits { return value }
    let shift = Int.bitWidth - 1 - value.leadingZeroBitCount - subBits
    return (shift + 1) << subBits + (value >> shift) & (1 << subBits - 1)
  }

  /// The largest value of a bucket.
  private static func end(of bucket: Int) -> Int {
    if bucket < 1 << subBits { return bucket }
    let shift = bucket >> subBits - 1
    return (1 << subBits + bucket & (1 << subBits - 1) + 1) << shift - 1
  }
}

/// Nanoseconds of a clock that only goes forward.
func monotonicTime() -> Int { clock(CLOCK_MONOTONIC) }

/// Nanoseconds of processor time of the calling thread.
func threadTime() -> Int { clock(CLOCK_THREAD_CPUTIME_ID) }

private func clock(_ id: clockid_t) -> Int {
  var time = timespec()
  clock_gettime(id, &time)
  return time.tv_sec * 1_000_000_000 + time.tv_nsec
}

/// With one digit after the point.
func microseconds(_ nanoseconds: Int) -> String {
  "\(nanoseconds / 1000).\(nanoseconds % 1000 / 100)"
}
