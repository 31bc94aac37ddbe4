import Foundation
import Testing

@testable import orus_bench

@Suite struct GateTests {
  private func program(_ name: String, instructions: Double, ratio: Double, error: Double = 0) -> Baseline.Program {
    let estimate = Estimate(median: ratio, low: ratio * (1 - error), high: ratio * (1 + error))
    return Baseline.Program(name: name, instructions: instructions, ratio: estimate)
  }

  private func baseline(_ programs: Baseline.Program...) -> Baseline {
    Baseline(
      reason: "first", date: Date(timeIntervalSince1970: 0), machine: "m", reference: "lua5.4", programs: programs)
  }

  private func failures(_ old: Baseline.Program, _ new: Baseline.Program) throws -> [GateFinding.Metric] {
    try GateDecision.findings(baseline: baseline(old), measured: [new], thresholds: GateThresholds())
      .filter(\.fails).map(\.metric)
  }

  @Test func theSameIsNoSlowdown() throws {
    let fib = program("fib", instructions: 1e9, ratio: 0.5, error: 0.01)
    #expect(try failures(fib, fib) == [])
  }

  @Test func moreThanThreePercentMoreInstructionsFail() throws {
    let old = program("fib", instructions: 1e9, ratio: 0.5)
    #expect(try failures(old, program("fib", instructions: 1.029e9, ratio: 0.5)) == [])
    #expect(try failures(old, program("fib", instructions: 1.05e9, ratio: 0.5)) == [.instructions])
  }

  @Test func timeFailsOnlyBeyondItsError() throws {
    let old = program("fib", instructions: 1, ratio: 0.50, error: 0.01)
    #expect(try failures(old, program("fib", instructions: 1, ratio: 0.60, error: 0.01)) == [.time])
    #expect(try failures(old, program("fib", instructions: 1, ratio: 0.60, error: 0.08)) == [])
    #expect(try failures(old, program("fib", instructions: 1, ratio: 0.56, error: 0.01)) == [])
  }

  @Test func improvementsAreSaidToBeSuch() throws {
    let old = program("fib", instructions: 1e9, ratio: 0.5)
    let findings = try GateDecision.findings(
      baseline: baseline(old), measured: [program("fib", instructions: 0.9e9, ratio: 0.5)],
      thresholds: GateThresholds())
    #expect(findings.map(\.improves) == [true, false])
    #expect(findings.map(\.fails) == [false, false])
  }

  @Test func failureNamesProgramAndMetric() throws {
    let old = baseline(program("fib", instructions: 1e9, ratio: 0.5), program("sieve", instructions: 1e9, ratio: 0.5))
    let new = [program("fib", instructions: 1e9, ratio: 0.5), program("sieve", instructions: 1.1e9, ratio: 0.5)]
    let findings = try GateDecision.findings(baseline: old, measured: new, thresholds: GateThresholds())
    let failed = findings.filter(\.fails)
    #expect(failed.map(\.program) == ["sieve"])
    let row = GateDecision.table(findings, reference: "lua5.4").rows[2]
    #expect(row == ["sieve", "instructions", "1.00 billion", "1.10 billion", "+10 %", "", "SLOWER"])
  }

  @Test func whatWasNotMeasuredIsNoSuccess() {
    #expect(throws: Failure.self) {
      try GateDecision.findings(
        baseline: baseline(program("fib", instructions: 1, ratio: 1)), measured: [], thresholds: GateThresholds())
    }
  }

  @Test func instructionsCanBeLeftOut() throws {
    let fib = program("fib", instructions: 1e9, ratio: 0.5)
    let findings = try GateDecision.findings(
      baseline: baseline(fib), measured: [program("fib", instructions: 0, ratio: 0.5)], thresholds: GateThresholds(),
      countsInstructions: false)
    #expect(findings.map(\.metric) == [.time])
  }

  @Test func baselineSurvivesItsFile() throws {
    let old = baseline(program("fib", instructions: 123_456_789, ratio: 0.5, error: 0.01))
    let file = FileManager.default.temporaryDirectory.appending(path: "baseline-\(UUID().uuidString).json")
    defer { try? FileManager.default.removeItem(at: file) }
    try old.json().write(to: file)
    #expect(try Baseline(file: file.path) == old)
  }
}
