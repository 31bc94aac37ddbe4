import Foundation
import Testing

@testable import orus_bench

@Suite struct OutputCheckTests {
  private func disagreements(_ outputs: (String, String)...) -> [String] {
    OutputCheck.disagreements(outputs.map { ($0.0, Array($0.1.utf8)) }).map { "\($0.engine) \($0.what)" }
  }

  @Test func sameOutputsAgree() {
    #expect(disagreements(("a", "1\n2\n"), ("b", "1\n2\n")).isEmpty)
    #expect(disagreements(("a", "1\n")).isEmpty)
    #expect(disagreements().isEmpty)
  }

  @Test func mostAreRight() {
    #expect(
      disagreements(("a", "1\n3\n"), ("b", "1\n2\n"), ("c", "1\n2\n"))
        == ["a prints `3` in line 2, where b prints `2`"])
  }

  @Test func missingLinesAreNamed() {
    #expect(disagreements(("a", "1\n"), ("b", "1")) == ["b prints nothing in line 2, where a prints ``"])
  }
}

@Suite struct CallgrindTests {
  @Test func instructionsAlone() {
    let text = """
      ==77== Callgrind, a call-graph generating cache profiler
      ==77== Command: ./orus fib.orus
      55
      ==77==
      ==77== Events    : Ir
      ==77== Collected : 191303
      ==77==
      ==77== I   refs:      191,303
      """
    #expect(Callgrind.parse(text) == [.instructions: 191_303])
  }

  @Test func cachesAndBranches() {
    let text = """
      ==9== Events    : Ir Dr Dw I1mr D1mr D1mw ILmr DLmr DLmw Bc Bcm Bi Bim
      ==9== Collected : 1000 200 100 5 6 7 1 2 3 90 8 10 4
      """
    let expected: Counts = [
      .instructions: 1000, .codeMisses: 5, .dataMisses: 13, .lastLevelMisses: 6, .branches: 100, .branchMisses: 12,
    ]
    #expect(Callgrind.parse(text) == expected)
  }

  @Test func nothingFromOtherText() {
    #expect(Callgrind.parse("==1== error\n").isEmpty)
    #expect(Callgrind.parse("==1== Events : Ir Dr\n==1== Collected : 1\n").isEmpty)
    #expect(Callgrind.parse("Events : Ir\nCollected : 1\n").isEmpty)
  }
}

@Suite struct BottleneckTests {
  @Test func eachIsFound() {
    let busy: Counts = [.cycles: 1e6, .instructions: 3e6]
    #expect(Bottleneck.of(busy) == .compute)
    #expect(Bottleneck.of(busy.merging([.branchMisses: 3e4]) { $1 }) == .branches)
    #expect(Bottleneck.of(busy.merging([.lastLevelMisses: 3e3]) { $1 }) == .memory)
    #expect(Bottleneck.of(busy.merging([.dataMisses: 5e4]) { $1 }) == .cache)
    #expect(Bottleneck.of(busy.merging([.codeMisses: 3e4]) { $1 }) == .frontEnd)
  }

  @Test func withoutCyclesInstructionsStandForThem() {
    #expect(Bottleneck.of([.instructions: 1e6, .branchMisses: 1e5]) == .branches)
    #expect(Bottleneck.of([.instructions: 1e6, .branchMisses: 1e3]) == .compute)
    #expect(Bottleneck.of([:]) == .compute)
  }
}

@Suite struct CollectorStatisticsTests {
  @Test func numbersByTheirNames() {
    let text = "warning\norus: gc minor=12 minor-p99-us=310.5 state=idle\norus: gc major=1\n"
    #expect(CollectorStatistics.parse(text) == ["minor": 12, "minor-p99-us": 310.5, "major": 1])
    #expect(CollectorStatistics.parse("nothing here") == nil)
  }
}

@Suite struct CompilationTests {
  @Test func blankLinesAndCommentsAreNoCode() {
    #expect(CompilationMeasurement.codeLines("a\n\n  // c\n  b // d\n    \n") == 2)
  }
}

@Suite struct MachineTests {
  @Test func levelsFromFlags() {
    #expect(SIMDLevel.detect(["flags": "fpu sse2 sse4_2 popcnt avx2 bmi2 fma"]) == .avx2)
    #expect(SIMDLevel.detect(["flags": "fpu sse2"]) == .sse2)
    // Without what lies below, a level does not count.
    #expect(SIMDLevel.detect(["flags": "sse2 avx2 bmi2 fma"]) == .sse2)
    #expect(SIMDLevel.detect(["Features": "fp asimd"]) == .neon)
    #expect(SIMDLevel.detect(nil) == .scalar)
    #expect(SIMDLevel.avx2.lowerAndSame == [.scalar, .sse2, .sse42, .avx2])
    #expect(SIMDLevel.neon.lowerAndSame == [.scalar, .neon])
  }

  @Test func coresAreNotThreads() {
    let text = """
      processor : 0
      physical id : 0
      core id : 0

      processor : 1
      physical id : 0
      core id : 0

      processor : 2
      physical id : 0
      core id : 1

      """
    let cpus = CPUInfo.parse(text)
    #expect(cpus.count == 3)
    #expect(CPUInfo.cores(cpus) == 2)
  }

  @Test func sizesOfCaches() {
    #expect(Cache.parseSize("32K") == 32768)
    #expect(Cache.parseSize("2M") == 2 << 20)
    #expect(Cache.parseSize("") == nil)
  }

  @Test func sharesOfProcessorTime() {
    let start = ProcessorTime.parse("cpu  100 0 100 700 0 0 0 100 0 0\ncpu0 1 2 3\n")
    #expect(start == ProcessorTime(total: 1000, busy: 200, stolen: 100))
    #expect(ProcessorTime.parse("nonsense") == ProcessorTime())
    let end = ProcessorTime(total: 2000, busy: 700, stolen: 300)
    let shares = end.shares(since: start, ownSeconds: 0)
    #expect(shares.stolen == 0.2)
    #expect(shares.others == 0.5)
  }
}

@Suite struct NoiseTests {
  @Test func warnsOnlyWhenThereIsNoise() {
    #expect(Noise().warnings.isEmpty)
    var noise = Noise(stolenShare: 0.1, othersShare: 0.5)
    var result = sampleReport().programs[0]
    noise.note(result)
    #expect(noise.wide.isEmpty)
    result.engines[0].time = Estimate(median: 1, low: 0.8, high: 1.2)
    noise.note(result)
    #expect(noise.warnings.count == 3)
    #expect(noise.warnings[2].contains("fib with orus ±20 %"))
  }
}

@Suite struct EngineTests {
  @Test func namesAreUnique() {
    let names = EngineRow.all.map(\.name)
    #expect(Set(names).count == names.count)
  }

  @Test func otherBuildsOfOrus() throws {
    let rows = try EngineRow.rows(named: ["orus", "old=/tmp/orus", "older=orus"])
    #expect(rows.map(\.name) == ["orus", "old", "older"])
    #expect(rows.map(\.tool) == ["orus", "/tmp/orus", "./orus"])
    #expect(rows.allSatisfy { $0.language == .orus })
    #expect(throws: Failure.self) { try EngineRow.rows(named: ["ruby"]) }
  }

  @Test func luajitPrefersItsOwnSource() throws {
    let folder = try TemporaryFolder()
    let program = BenchmarkProgram(name: "p", folder: folder.path)
    _ = try folder.write("", to: "p.lua")
    #expect(program.source(for: .luajit)?.hasSuffix("/p.lua") == true)
    _ = try folder.write("", to: "p.luajit.lua")
    #expect(program.source(for: .luajit)?.hasSuffix("/p.luajit.lua") == true)
    #expect(program.source(for: .c) == nil)
  }
}

/// With programs of the system: what the launcher says of them.
@Suite struct LauncherTests {
  private func shell(_ line: String, timeout: Int = 20) throws -> Run {
    let launcher = try Launcher(folder: TemporaryFolder(), timeout: timeout, environment: ["ORUS_SIMD": "sse2"])
    return try launcher.run(Command(executable: "/bin/sh", arguments: ["-c", line]))
  }

  @Test func outputErrorsAndExit() throws {
    let run = try shell("echo out; echo err >&2; exit 3")
    #expect(run.output == Array("out\n".utf8))
    #expect(run.errors == "err\n")
    #expect(run.end == .exit(3))
    #expect(run.failure == "ended with exit code 3: err")
  }

  @Test func timesAndMemory() throws {
    let run = try shell("sleep 0.2")
    #expect(run.succeeded)
    #expect(run.sample.seconds >= 0.2)
    #expect(run.sample.cpuSeconds < run.sample.seconds)
    // The tests' own memory is not in it.
    #expect((100_000..<10_000_000).contains(run.sample.peakBytes))
  }

  @Test func signalsAndTimeouts() throws {
    #expect(try shell("kill -9 $$").end == .signal(9))
    #expect(try shell("sleep 10", timeout: 1).end == .timeout)
  }

  @Test func environmentReachesPrograms() throws {
    #expect(try shell("echo $ORUS_SIMD").output == Array("sse2\n".utf8))
  }

  @Test func programsAtTheSameTime() throws {
    let launcher = try Launcher(folder: TemporaryFolder())
    let commands = (0..<5).map { Command(executable: "/bin/sh", arguments: ["-c", "echo \($0)"]) }
    var outputs: [Int: String] = [:]
    try launcher.runAll(commands, atOnce: 2) { outputs[$0] = String(decoding: $1.output, as: UTF8.self) }
    #expect(outputs == [0: "0\n", 1: "1\n", 2: "2\n", 3: "3\n", 4: "4\n"])
  }

  @Test func countedProgramsStandStillFirst() throws {
    let launcher = try Launcher(folder: TemporaryFolder())
    var state = ""
    let run = try launcher.run(Command(executable: "/bin/true")) { process in
      state = try String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
    }
    #expect(run.succeeded)
    #expect(state.contains(") T "))
  }
}
