import Foundation
import Testing

/// The reference says what happens: every program in a chapter of it does what it says, and every section has
/// a chapter.
@Suite struct ReferenceTests {
  /// A block of source text in a chapter.
  struct Example: Sendable, CustomTestStringConvertible {
    var chapter: String
    /// Where the block begins in its chapter.
    var line: Int
    var text: String

    var testDescription: String { "\(chapter)/README.md:\(line)" }
  }

  static let examples: [Example] = SectionTests.sections.flatMap(examples(of:))

  @Test(arguments: SectionTests.sections)
  func sectionHasAChapter(_ folder: String) {
    #expect(!Self.examples(of: folder).isEmpty, "\(folder)/README.md is missing, or has no example")
  }

  @Test(arguments: examples)
  func holds(_ example: Example) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "orus-example-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "main.orus")
    try example.text.write(to: file, atomically: false, encoding: .utf8)
    let found = try Case(at: file, name: example.testDescription)
    #expect(found.expectationCount > 0, "\(found.name) says nothing of what happens")
    var outcome = try Orus.run(found, in: .interpreter)
    // A chapter states the codes; columns and words are for the cases.
    for at in outcome.diagnostics.indices {
      outcome.diagnostics[at].expected.columns = .unknown
      outcome.diagnostics[at].expected.message = "?"
    }
    for difference in Comparison(outcome, with: found, in: .interpreter).differences {
      Issue.record("\(found.name): \(difference)")
    }
  }

  /// The blocks marked `orus`. In them `//~ CODE` is a whole expectation.
  private static func examples(of folder: String) -> [Example] {
    let chapter = Corpus.root.appending(path: "\(folder)/README.md")
    guard let text = try? String(contentsOf: chapter, encoding: .utf8) else { return [] }
    var found: [Example] = []
    var open: Example?
    for (index, row) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if row == "```orus" {
        open = Example(chapter: folder, line: index + 1, text: "")
      } else if row == "```" {
        if let closed = open { found.append(closed) }
        open = nil
      } else {
        open?.text += row.replacing(/\/\/~ [EW]\d+$/) { "\($0.output) ?: ?" } + "\n"
      }
    }
    return found
  }
}
