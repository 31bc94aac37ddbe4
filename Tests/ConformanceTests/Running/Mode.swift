import Foundation

/// A way in which the engine can run a program. Every case runs in all of them, except that it takes turns in the
/// three that differ only in how they torment the collector; `ORUS_ALL_MODES=1` has it run in those three as well.
enum Mode: String, CaseIterable, Sendable {
  case interpreter
  /// A collection at each allocation.
  case gcStress = "gc-stress"
  /// Everything young moves, and what was emptied cannot be read until the next collection.
  case gcProtect = "gc-protect"
  /// The old space is marked all the time, by a thread that stops at random points.
  case gcMarker = "gc-marker"
  case gcIncremental = "gc-incremental"
  case reloaded

  private static let turns: [Mode] = [.gcProtect, .gcMarker, .gcIncremental]

  /// The modes for the case of this number.
  static func modes(forCase number: Int) -> [Mode] {
    if ProcessInfo.processInfo.environment["ORUS_ALL_MODES"] == "1" { return allCases }
    return allCases.filter { !turns.contains($0) || $0 == turns[number % turns.count] }
  }

  var options: [String] { self == .reloaded ? ["--reload"] : [] }

  /// What ORUS_GC_STRESS says.
  private var stress: String? {
    switch self {
    case .interpreter, .reloaded: nil
    case .gcStress: "every=1"
    case .gcProtect: "every=5,move,forget,protect"
    case .gcMarker: "every=3,marker=42"
    case .gcIncremental: "every=4,marker=7,incremental"
    }
  }

  var environment: [String: String] { stress.map { ["ORUS_GC_STRESS": $0] } ?? [:] }

  /// How the line that `--report-engine` writes must begin in this mode.
  var report: String {
    "orus: engine=interpreter program=\(self == .reloaded ? "reloaded" : "compiled") gc=\(stress ?? "normal") "
  }
}
