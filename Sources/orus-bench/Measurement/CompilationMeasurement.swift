import Foundation

/// How fast orus turns a large generated program into verified bytecode, less the start of the process. The bytecode
/// goes to the null device: how fast a disk is says nothing about the compiler.
struct CompilationMeasurement {
  let plan: RunPlan
  /// The script that prints a program of about so many lines.
  let generator: String
  let source: GeneratedSource
  var lines = 200_000
  var progress: (Int, Int) -> Void = { _, _ in }

  func measure() throws -> CompilationResult {
    let folder = plan.launcher.folder
    let large = try generate()
    let small = try folder.write(Hello.source(in: .orus), to: "small.orus")
    let engines = plan.engines.filter { $0.row.language == .orus }
    let commands = engines.flatMap { engine in
      [large.path, small].map { Command(executable: engine.path, arguments: ["compile", $0, "-o", "/dev/null"]) }
    }
    let total = (plan.settings.samples + plan.settings.warmUp) * commands.count
    let taken = try Rounds(launcher: plan.launcher, commands: commands) { progress($0, total) }
      .take(plan.settings.samples, warmUp: plan.settings.warmUp)
    let clock = plan.settings.clock
    let rates = engines.indices.map { index in
      let start = median(taken[2 * index + 1].map(clock.time))
      let seconds = plan.bootstrap.estimate(taken[2 * index].map { clock.time(of: $0) - start })
      return CompilationResult.EngineRate(
        engine: engines[index].name, seconds: seconds, linesPerSecond: Double(large.lines) / seconds.median,
        peakBytes: taken[2 * index].map(\.peakBytes).max() ?? 0)
    }
    return CompilationResult(source: source, lines: large.lines, allLines: large.allLines, engines: rates)
  }

  private func generate() throws -> (path: String, lines: Int, allLines: Int) {
    guard let generator = Locations.executable(self.generator) else {
      throw Failure("there is no \(self.generator) to make a large program")
    }
    let run = try plan.launcher.run(Command(executable: generator, arguments: [String(lines), source.rawValue]))
    guard run.succeeded else { throw Failure("\(generator) \(run.failure)") }
    let text = String(decoding: run.output, as: UTF8.self)
    let path = try plan.launcher.folder.write(text, to: "large.orus")
    return (path, Self.codeLines(text), text.utf8.count { $0 == UInt8(ascii: "\n") })
  }

  /// Lines that are neither blank nor comments.
  static func codeLines(_ text: String) -> Int {
    text.utf8.split(separator: UInt8(ascii: "\n")).count { line in
      let code = line.drop { $0 == UInt8(ascii: " ") }
      return !code.isEmpty && !code.starts(with: "//".utf8)
    }
  }
}
