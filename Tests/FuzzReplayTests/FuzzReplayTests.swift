import Foundation
import FuzzOracles
import OrusBytecode
import Testing

/// The fuzz targets' seeds and every input that once failed, replayed.
struct FuzzReplayTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("fuzz")

  private static func files(_ folders: String...) -> [String] {
    folders.flatMap { folder -> [String] in
      let directory = root.appendingPathComponent(folder)
      let names = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
      return names.filter { !$0.hasPrefix(".") }.sorted().map { directory.appendingPathComponent($0).path }
    }
  }

  static let sources = files("corpus/FuzzFrontEnd", "failures/FuzzFrontEnd")
  static let programs = files("corpus/FuzzBytecode", "failures/FuzzBytecode")
  static let seeds = files("seeds")

  @Test(arguments: sources) func frontEndSurvives(_ path: String) throws { try replay(path) { frontEnd($0) } }

  @Test(arguments: programs) func bytecodeSurvives(_ path: String) throws { try replay(path) { bytecode($0) } }

  /// The seeds of FuzzBytecode are the assembled texts in `fuzz/seeds`; `ORUS_UPDATE_SEEDS=1` makes them anew.
  @Test(arguments: seeds) func seedIsCurrent(_ path: String) throws {
    let program = try assemble(try String(contentsOfFile: path, encoding: .utf8))
    _ = try verify(program)
    let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
    let seed = Self.root.appendingPathComponent("corpus/FuzzBytecode").appendingPathComponent(name)
    let bytes = Data(serialize(program))
    if ProcessInfo.processInfo.environment["ORUS_UPDATE_SEEDS"] == "1" { try bytes.write(to: seed) }
    #expect(try Data(contentsOf: seed) == bytes)
  }
}
