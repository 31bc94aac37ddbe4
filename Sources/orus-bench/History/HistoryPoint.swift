import Foundation

/// One run in the history of a ratio.
struct HistoryPoint: Equatable {
  var date: Date
  var commit: String?
  /// Of the engine's time to the reference's.
  var ratio: Estimate
}

/// A run as the history lists it.
struct HistoryEntry: Equatable {
  var id: Int64
  var date: Date
  var commit: String?
  var machine: String
  var reference: String
  /// The engine's geometric mean over the reference's; programs that it is of.
  var mean: Double?
  var programs: Int
}
