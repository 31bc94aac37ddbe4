import Foundation
import Testing

/// What the `orus` command does around a program: exit codes, standard input as
/// the program, interruption, output that nobody reads.
@Suite struct CommandTests {
  /// Runs a line of the shell in a folder that holds `main.orus`; `orus` is the command under test.
  private func shell(_ line: String, program: String = "") throws -> Subprocess.Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "orus-command-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try program.write(to: folder.appending(path: "main.orus"), atomically: false, encoding: .utf8)
    return try Subprocess(
      executable: "/bin/bash", arguments: ["-c", "orus() { '\(Orus.executable)' \"$@\"; }; \(line)"],
      environment: ["PATH=/usr/bin:/bin", "NO_COLOR=1", "ORUS=\(Orus.executable)"], directory: folder.path
    ).run()
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test func runsWithoutTheWordRun() throws {
    let result = try shell("orus main.orus a b", program: "fn main(args: [string]): print(args)\n")
    #expect(text(result.output) == "[\"main.orus\", \"a\", \"b\"]\n")
    #expect(result.exitCode == 0)
  }

  @Test func tellsWhatTheCollectorDid() throws {
    let program = "let mut kept = [[1]]\nfor i in 0..100000: kept = [[i], [i + 1]]\nprint(kept)\n"
    let result = try shell("ORUS_GC_LOG=1 orus run --gc-stats main.orus", program: program)
    #expect(text(result.output) == "[[99999], [100000]]\n")
    let lines = text(result.errorOutput).split(separator: "\n")
    #expect(lines.dropLast().allSatisfy { $0.hasPrefix("orus: gc-log minor=") })
    #expect(lines.count > 1)
    let words = try #require(lines.last).split(separator: " ")
    #expect(words.starts(with: ["orus:", "gc", "minor=\(lines.count - 1)"]))
  }

  @Test func refusesAnUnknownStress() throws {
    let result = try shell("ORUS_GC_STRESS=sometimes orus main.orus", program: "print(1)\n")
    #expect(result.exitCode == 64)
    #expect(text(result.errorOutput).contains("ORUS_GC_STRESS"))
  }

  @Test func readsTheProgramFromStandardInput() throws {
    let result = try shell("echo 'print(1 + 2)' | orus -")
    #expect(text(result.output) == "3\n")
    #expect(result.exitCode == 0)
  }

  @Test(arguments: [
    "orus run", "orus --no-such-option main.orus", "orus run --max-heap lots main.orus", "orus explain X1",
  ])
  func wrongUsageIs64(_ line: String) throws {
    let result = try shell(line, program: "print(1)\n")
    #expect(result.exitCode == 64)
    #expect(result.output.isEmpty)
    #expect(!result.errorOutput.isEmpty)
  }

  @Test func programThatDoesNotCompileIs65() throws {
    let result = try shell("orus main.orus", program: "print(missing)\n")
    #expect(result.exitCode == 65)
    #expect(text(result.errorOutput).contains("main.orus:1:7"))
  }

  @Test(arguments: ["orus no-such-file.orus", "orus check no-such-file.orus", "orus ."])
  func fileThatCannotBeReadIs66(_ line: String) throws {
    #expect(try shell(line).exitCode == 66)
  }

  @Test func uncaughtPanicIs70() throws {
    let result = try shell("orus main.orus", program: "print(1)\npanic(\"stop\")\n")
    #expect(result.exitCode == 70)
    #expect(text(result.output) == "1\n")
    #expect(text(result.errorOutput).contains("E0014"))
  }

  @Test func outputThatNobodyReadsIs74() throws {
    let endless = "while true: print(\"again\")\n"
    let result = try shell("orus main.orus | head -1; exit ${PIPESTATUS[0]}", program: endless)
    #expect(text(result.output) == "again\n")
    #expect(text(result.errorOutput) == "")
    #expect(result.exitCode == 74)
  }

  @Test func outputToAFullDeviceIs74() throws {
    #expect(try shell("orus main.orus > /dev/full", program: "print(1)\n").exitCode == 74)
  }

  @Test func interruptionIs130() throws {
    let line = "timeout --preserve-status -s INT 1 $ORUS main.orus"
    let result = try shell(line, program: "print(\"on\")\nwhile true: pass\n")
    #expect(text(result.output) == "on\n")
    #expect(result.exitCode == 130)
  }

  @Test func compactDiagnosticIsOneLine() throws {
    let result = try shell("orus run --diagnostics=compact main.orus", program: "let n: i32 = \"text\"\n")
    #expect(text(result.errorOutput).hasPrefix("main.orus:1:14: error[E2001]: "))
    #expect(text(result.errorOutput).filter { $0 == "\n" }.count == 1)
  }

  @Test(arguments: ["orus --version", "orus --help", "orus explain E2001", "orus explain"])
  func informs(_ line: String) throws {
    let result = try shell(line)
    #expect(result.exitCode == 0)
    #expect(!result.output.isEmpty)
    #expect(result.errorOutput.isEmpty)
  }
}
