/// What `orus run --gc-stats` says about the collector's work, where a build has that option.
enum CollectorStatistics {
  static let option = "--gc-stats"

  static func isSupported(by engine: Engine, _ launcher: Launcher) throws -> Bool {
    let help = try launcher.run(Command(executable: engine.path, arguments: ["run", "--help"]))
    return String(decoding: help.output, as: UTF8.self).contains(option)
  }

  /// From lines of standard error such as `orus: gc minor=12 minor-p99-us=310`, the numbers by their names.
  static func parse(_ errors: String) -> [String: Double]? {
    var numbers: [String: Double] = [:]
    for line in errors.split(separator: "\n") where line.hasPrefix("orus: gc ") {
      for word in line.split(separator: " ") {
        let parts = word.split(separator: "=")
        if parts.count == 2, let value = Double(parts[1]) { numbers[String(parts[0])] = value }
      }
    }
    return numbers.isEmpty ? nil : numbers
  }

  /// One more run of a program, with the option.
  static func measure(_ program: BenchmarkProgram, _ engine: Engine, _ launcher: Launcher) throws -> [String: Double]? {
    guard let source = program.source(for: .orus) else { return nil }
    var command = try engine.command(for: source, named: program.name, with: launcher)
    command.arguments.insert(option, at: command.arguments.count - 1)
    return parse(try launcher.run(command).errors)
  }
}
