import Foundation

/// An engine that is installed.
struct Engine {
  let row: EngineRow
  /// The command's file.
  let path: String
  /// The first line that it prints about its version.
  let version: String

  var name: String { row.name }

  var description: EngineDescription {
    EngineDescription(
      name: name, version: version, command: ([path] + row.arguments).joined(separator: " "),
      isOrus: row.language == .orus)
  }

  /// The command that runs a program. A compiler compiles it first, into the launcher's folder.
  func command(for source: String, named name: String, with launcher: Launcher) throws -> Command {
    guard row.isCompiler else { return Command(executable: path, arguments: row.arguments + [source]) }
    let binary = launcher.folder.freshName("\(name)-\(row.name)")
    let compiler = Command(
      executable: path, arguments: row.arguments + ["-o", binary, source] + row.trailingArguments)
    let compiled = try launcher.run(compiler)
    guard compiled.succeeded else { throw Failure("\(self.name) does not compile it: \(compiled.failure)") }
    return Command(executable: binary)
  }
}

/// The engines that were asked for: those that are here, and why others are not.
struct Engines {
  var installed: [Engine] = []
  var skipped: [SkippedEngine] = []

  init(_ rows: [EngineRow], orus: String, launcher: Launcher) throws {
    for row in rows {
      let tool = row.tool == "orus" ? orus : row.tool
      guard let found = Locations.executable(tool) else {
        // Nothing to measure is a mistake, unlike nothing to measure it against.
        if row.language == .orus { throw Failure(Self.missingOrus(tool)) }
        skipped.append(SkippedEngine(name: row.name, reason: "there is no command `\(row.tool)`"))
        continue
      }
      let path = try Self.realPath(found, row, launcher)
      let version = try launcher.run(Command(executable: path, arguments: row.versionArguments))
      guard version.succeeded else {
        if row.language == .orus { throw Failure("\(path) \(version.failure)") }
        skipped.append(SkippedEngine(name: row.name, reason: "`\(row.tool)` \(version.failure)"))
        continue
      }
      installed.append(Engine(row: row, path: path, version: Self.firstLine(version)))
    }
  }

  private static func missingOrus(_ path: String) -> String {
    """
    there is no \(path): build it with `swift build -c release --static-swift-stdlib --product orus`, or say where it \
    is with --orus PATH
    """
  }

  private static func realPath(_ path: String, _ row: EngineRow, _ launcher: Launcher) throws -> String {
    guard let arguments = row.locationArguments else { return path }
    let printed = firstLine(try launcher.run(Command(executable: path, arguments: arguments)))
    return Locations.executable(printed) ?? path
  }

  private static func firstLine(_ run: Run) -> String {
    let text = String(decoding: run.output, as: UTF8.self) + "\n" + run.errors
    return text.split(separator: "\n").first.map(String.init) ?? ""
  }
}
