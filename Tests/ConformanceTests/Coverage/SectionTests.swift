import Foundation
import Testing

/// Conformance/SECTIONS.md and the folders of cases agree.
@Suite struct SectionTests {
  @Test func everySectionHasCases() throws {
    let table = try String(contentsOf: Corpus.root.appending(path: "SECTIONS.md"), encoding: .utf8)
    var named: Set<String> = []
    for row in table.split(separator: "\n") where row.hasPrefix("|") {
      let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 2, cells[0].first?.isNumber == true else { continue }
      named.formUnion(cells[1].split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) })
    }
    #expect(!named.isEmpty, "the table names folders")
    let folders = Set(Corpus.names.map { String($0.prefix { $0 != "/" }) })
    for folder in named.subtracting(folders).sorted() { Issue.record("no case in \(folder)") }
    for folder in folders.subtracting(named).sorted() { Issue.record("SECTIONS.md does not name \(folder)") }
  }
}
