import Foundation

/// A program of the suite: a folder with the same program in several languages.
struct BenchmarkProgram: Equatable {
  var name: String
  /// The folder with its sources.
  var folder: String

  /// The source for an engine; nothing where nobody wrote it.
  func source(for language: Language) -> String? {
    language.suffixes.map { "\(folder)/\(name).\($0)" }.first { FileManager.default.fileExists(atPath: $0) }
  }
}

/// The programs in a folder.
struct Suite {
  let folder: String
  let programs: [BenchmarkProgram]

  init(folder: String) throws {
    guard Locations.isFolder(folder) else { throw Failure("there is no folder \(folder) with benchmark programs") }
    self.folder = Locations.absolute(folder)
    let base = self.folder
    programs = try FileManager.default.contentsOfDirectory(atPath: base).sorted()
      .map { BenchmarkProgram(name: $0, folder: "\(base)/\($0)") }
      .filter { $0.source(for: .orus) != nil }
    guard !programs.isEmpty else { throw Failure("there is no benchmark program in \(folder)") }
  }

  /// The programs with these names, in the suite's order; all of them for none.
  func programs(named names: [String]) throws -> [BenchmarkProgram] {
    let known = programs.map(\.name)
    if let unknown = names.first(where: { !known.contains($0) }) {
      throw Failure("there is no program `\(unknown)`; there are \(known.joined(separator: ", "))")
    }
    return names.isEmpty ? programs : programs.filter { names.contains($0.name) }
  }
}
