/// A row of the table of engines: how something runs programs.
struct EngineRow {
  /// How it is called on the command line and in results.
  var name: String
  var language: Language
  /// The command that runs a program, or compiles it.
  var tool: String
  /// What stands before the program's file; of a compiler, its options.
  var arguments: [String] = []
  /// What stands after the program's file, for a compiler.
  var trailingArguments: [String] = []
  /// Programs are compiled first and run by themselves.
  var isCompiler = false
  /// Arguments that make it print its version.
  var versionArguments: [String]
  /// Arguments that make it print where it really is, where `tool` may be a script that starts it.
  var locationArguments: [String]?

  /// Every engine. A new mode of orus is a row here: its options go into `arguments`.
  static let all: [EngineRow] = [
    EngineRow(name: "orus", language: .orus, tool: "orus", arguments: ["run"], versionArguments: ["--version"]),
    EngineRow(name: "lua5.4", language: .lua, tool: "lua5.4", versionArguments: ["-v"]),
    EngineRow(name: "luajit", language: .luajit, tool: "luajit", versionArguments: ["-v"]),
    EngineRow(
      name: "python3", language: .python, tool: "python3", versionArguments: ["--version"],
      locationArguments: ["-c", "import sys; print(sys.executable)"]),
    EngineRow(
      name: "pypy3", language: .python, tool: "pypy3", versionArguments: ["--version"],
      locationArguments: ["-c", "import sys; print(sys.executable)"]),
    EngineRow(name: "node", language: .javaScript, tool: "node", versionArguments: ["--version"]),
    EngineRow(
      name: "gcc-O2", language: .c, tool: "gcc", arguments: ["-O2", "-std=c11", "-ffp-contract=off"],
      trailingArguments: ["-lm"], isCompiler: true, versionArguments: ["--version"]),
  ]

  /// The rows that a list of names chooses. `NAME=PATH` is another build of orus, to be measured beside the first.
  static func rows(named names: [String]) throws -> [EngineRow] {
    try names.map { name in
      if let row = all.first(where: { $0.name == name }) { return row }
      let parts = name.split(separator: "=", maxSplits: 1).map(String.init)
      if parts.count == 2, var row = all.first(where: { $0.language == .orus }) {
        row.name = parts[0]
        row.tool = parts[1].contains("/") ? parts[1] : "./\(parts[1])"
        return row
      }
      let known = all.map(\.name).joined(separator: ", ")
      throw Failure("there is no engine `\(name)`; there are \(known), and `NAME=PATH` for another build of orus")
    }
  }
}
