/// A way in which the engine can run a program. Every case runs in all of them.
enum Mode: String, CaseIterable, Sendable {
  case interpreter
  case gcStress = "gc-stress"
  case reloaded

  var options: [String] { self == .reloaded ? ["--reload"] : [] }

  var environment: [String: String] { self == .gcStress ? ["ORUS_GC_STRESS": "1"] : [:] }

  /// How the line that `--report-engine` writes must begin in this mode.
  var report: String {
    switch self {
    case .interpreter: "orus: engine=interpreter program=compiled gc=normal "
    case .gcStress: "orus: engine=interpreter program=compiled gc=every=1 "
    case .reloaded: "orus: engine=interpreter program=reloaded gc=normal "
    }
  }
}
