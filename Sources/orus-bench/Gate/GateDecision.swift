/// How much worse something may be than the baseline, as shares.
struct GateThresholds {
  var instructions = 0.03
  var time = 0.15
}

/// One number that the gate looked at.
struct GateFinding: Equatable {
  enum Metric: String {
    case instructions
    case time
  }

  var program: String
  var metric: Metric
  var baseline: Double
  var now: Double
  /// How uncertain the change is, as a share.
  var error: Double
  var threshold: Double

  /// How much more than the baseline it is, as a share.
  var change: Double { now / baseline - 1 }

  /// Worse by more than the threshold, whatever the error was.
  var fails: Bool { change - error > threshold }

  /// Better by more than the threshold: the baseline could be held to more.
  var improves: Bool { change + error < -threshold }
}

/// What the gate says about a measurement.
enum GateDecision {
  /// One finding for each program and metric of both. What the baseline knows and nobody measured is a failure of its
  /// own, not a success.
  static func findings(
    baseline: Baseline, measured: [Baseline.Program], thresholds: GateThresholds, countsInstructions: Bool = true
  ) throws -> [GateFinding] {
    try baseline.programs.flatMap { old -> [GateFinding] in
      guard let new = measured.first(where: { $0.name == old.name }) else {
        throw Failure("\(old.name) is in the baseline, but was not measured")
      }
      let time = GateFinding(
        program: old.name, metric: .time, baseline: old.ratio.median, now: new.ratio.median,
        error: error(old.ratio, new.ratio), threshold: thresholds.time)
      let instructions = GateFinding(
        program: old.name, metric: .instructions, baseline: old.instructions, now: new.instructions, error: 0,
        threshold: thresholds.instructions)
      return countsInstructions ? [instructions, time] : [time]
    }
  }

  /// Of a quotient: the errors of both parts, which do not depend on each other.
  private static func error(_ old: Estimate, _ new: Estimate) -> Double {
    (old.relativeError * old.relativeError + new.relativeError * new.relativeError).squareRoot()
  }

  static func table(_ findings: [GateFinding], reference: String) -> Table {
    let header = ["program", "metric", "baseline", "now", "change", "error", ""]
    var table = Table(title: "Gate", header: header, wordColumns: 2)
    table.rows = findings.map { finding in
      let isTime = finding.metric == .time
      let show = { (value: Double) in isTime ? "\(ratio(value)) of \(reference)" : count(value) }
      let sign = finding.change >= 0 ? "+" : "−"
      return [
        finding.program, finding.metric.rawValue, show(finding.baseline), show(finding.now),
        sign + percent(abs(finding.change)), isTime ? "±\(percent(finding.error))" : "",
        finding.fails ? "SLOWER" : finding.improves ? "faster" : "same",
      ]
    }
    return table
  }
}
