/// Signs that times of this run are not to be trusted.
struct Noise: Codable, Equatable {
  /// Of processor time that the hypervisor gave to others, a share of all.
  var stolenShare = 0.0
  /// Of processor time that other processes used, a share of all.
  var othersShare = 0.0
  /// Programs and engines whose interval is wide, with half its width as a share of the median.
  var wide: [WideInterval] = []

  struct WideInterval: Codable, Equatable {
    var program: String
    var engine: String
    var relativeError: Double
  }

  /// An interval wider than this, on each side, can not tell what the gate has to tell.
  static let widest = 0.05

  mutating func note(_ result: ProgramResult) {
    for engine in result.engines where engine.time.relativeError > Self.widest {
      wide.append(
        WideInterval(program: result.name, engine: engine.engine, relativeError: engine.time.relativeError))
    }
  }

  /// Of each program, the engine with the widest interval.
  private var widest: [String] {
    Dictionary(grouping: wide, by: \.program).values
      .compactMap { $0.max { $0.relativeError < $1.relativeError } }
      .sorted { $0.relativeError > $1.relativeError }
      .map { "\($0.program) with \($0.engine) ±\(percent($0.relativeError))" }
  }

  /// What to tell the user; nothing when all is well.
  var warnings: [String] {
    var texts: [String] = []
    if stolenShare > 0.02 {
      texts.append("the hypervisor took \(percent(stolenShare)) of the processors' time for other machines")
    }
    if othersShare > 0.10 {
      texts.append(
        "other processes used \(percent(othersShare)) of the processors' time; --clock cpu goes by the programs' own")
    }
    if !wide.isEmpty {
      texts.append("too noisy to tell small differences: \(widest.joined(separator: ", "))")
    }
    return texts
  }
}
