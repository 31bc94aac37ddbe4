/// What a time is.
enum Clock: String, Codable, CaseIterable {
  /// From start to end: what one waits for.
  case wall
  /// Of processors, with all threads: what a busy machine disturbs least.
  case cpu

  /// In seconds.
  func time(of sample: Sample) -> Double {
    switch self {
    case .wall: sample.seconds
    case .cpu: sample.cpuSeconds
    }
  }

  var text: String {
    switch self {
    case .wall: "time"
    case .cpu: "processor time"
    }
  }
}
