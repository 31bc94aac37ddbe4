import Foundation
import Testing

/// What keeps the code readable and needs no judgement.
@Suite struct TidinessTests {
  static let lineLimit = 700
  static let columnLimit = 120

  /// Files above the limit, with the length they have. It may only go down: a shorter file lowers its number here.
  static let longFiles: [String: Int] = [
    // One function, so that all instructions share its registers.
    "Sources/OrusVM/Interpreter/Interpreter.swift": 956,
  ]

  /// Inputs of the fuzzers, which may hold anything.
  static let seeds = ["fuzz/corpus/", "fuzz/failures/"]

  struct SourceFile: Sendable, CustomTestStringConvertible {
    let path: String
    var testDescription: String { path }

    func lines() throws -> [Substring] {
      let text = try String(contentsOf: Corpus.repository.appending(path: path), encoding: .utf8)
      return text.split(separator: "\n", omittingEmptySubsequences: false)
    }
  }

  static let files: [SourceFile] = {
    var found: [SourceFile] = []
    let base = Corpus.repository.path
    for folder in ["Sources", "Tests", "std", "fuzz", "Benchmarks"] {
      let walk = FileManager.default.enumerator(atPath: "\(base)/\(folder)")
      while let path = walk?.nextObject() as? String {
        let file = "\(folder)/\(path)"
        guard file.hasSuffix(".swift") || file.hasSuffix(".orus"), !seeds.contains(where: file.hasPrefix) else {
          continue
        }
        found.append(SourceFile(path: file))
      }
    }
    return found.sorted { $0.path < $1.path }
  }()

  @Test func findsFiles() {
    #expect(Self.files.contains { $0.path.hasPrefix("Sources/") })
  }

  @Test(arguments: files)
  func isNotTooLong(_ file: SourceFile) throws {
    let count = try file.lines().count - 1
    if let allowed = Self.longFiles[file.path] {
      #expect(count <= allowed, "\(file.path) grew")
      #expect(count > Self.lineLimit, "\(file.path) needs no exception any more")
      #expect(count + 20 > allowed, "\(file.path) became shorter: its number goes down to \(count)")
    } else {
      #expect(count <= Self.lineLimit, "\(file.path) has \(count) lines")
    }
  }

  @Test(arguments: files)
  func hasTidyLines(_ file: SourceFile) throws {
    for (index, line) in try file.lines().enumerated() {
      let place = "\(file.path):\(index + 1)"
      if line.utf8.contains(0x09) { Issue.record("\(place): tab") }
      if line.last == " " { Issue.record("\(place): blanks at the end of the line") }
      if line.count > Self.columnLimit { Issue.record("\(place): \(line.count) columns") }
    }
  }

  @Test(arguments: files)
  func leavesNothingUndone(_ file: SourceFile) throws {
    // Spelled apart, so that this file passes.
    let marks = ["TO" + "DO", "FIX" + "ME", "XX" + "X"]
    for (index, line) in try file.lines().enumerated() {
      let words = line.split { !($0.isLetter || $0.isNumber || $0 == "_") }
      for mark in marks where words.contains(Substring(mark)) {
        Issue.record("\(file.path):\(index + 1): \(mark)")
      }
    }
  }
}
