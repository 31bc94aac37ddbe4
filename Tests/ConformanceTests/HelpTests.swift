import Foundation
import Testing

/// A help that comes with edits can be applied as it stands: the diagnostic is
/// gone then, and no other has come.
@Suite struct HelpTests {
  /// Cases of one file that expect errors or warnings of compilation.
  static let cases = Corpus.cases.filter { found in
    found.parts.isEmpty && found.diagnostics.contains { !$0.expected.code.hasPrefix("E0") }
  }

  /// Cases whose fault no edit at one place mends, each with its reason.
  static let exceptions: [String: String] = [
    "02-types/recursive_group_disagrees": "each of two functions is what the other one is not",
    "05-expressions/empty_braces": "of the two helps, one is for a map and one for a set",
    "07-functions/function_without_a_body": "the block that is missing also has a value that is missing",
  ]

  @Test(arguments: cases.filter { exceptions[$0.name] == nil })
  func canBeApplied(_ found: Case) throws {
    let source = Array(try Data(contentsOf: found.url))
    let before = try Orus.check(source)
    for (index, diagnostic) in before.enumerated() {
      for help in diagnostic.help where !help.edits.isEmpty {
        let after = try Orus.check(Self.apply(help.edits, to: source))
        var allowed = before.map(\.code)
        allowed.remove(at: index)
        // Warnings that the error held back come to light with its end.
        for rest in after where diagnostic.code.hasPrefix("W") || !rest.code.hasPrefix("W") {
          if let at = allowed.firstIndex(of: rest.code) {
            allowed.remove(at: at)
          } else {
            Issue.record(
              """
              \(found.name), line \(diagnostic.primary.span.start.line): after `\(help.text)` there is \
              \(rest.code): \(rest.message)
              """)
          }
        }
      }
    }
  }

  private static func apply(_ edits: [ReportedDiagnostic.Edit], to source: [UInt8]) -> [UInt8] {
    var text = source
    for edit in edits.sorted(by: { $0.span.start.offset > $1.span.start.offset }) {
      text.replaceSubrange(edit.span.start.offset..<edit.span.end.offset, with: edit.replacement.utf8)
    }
    return text
  }
}
