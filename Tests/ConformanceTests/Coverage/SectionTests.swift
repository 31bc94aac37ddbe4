import Foundation
import Testing

/// Conformance/SECTIONS.md and the folders of cases agree.
@Suite struct SectionTests {
  /// The folders of the sections, in the order of the table; without what holds several sections together.
  static let sections: [String] = rows.filter { Int($0.section.prefix { $0 != " " }) != nil }.flatMap(\.folders)

  private static let rows: [(section: String, folders: [String])] = {
    let table = (try? String(contentsOf: Corpus.root.appending(path: "SECTIONS.md"), encoding: .utf8)) ?? ""
    return table.split(separator: "\n").filter { $0.hasPrefix("|") }.compactMap { row in
      let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 2, cells[0].first?.isNumber == true else { return nil }
      return (cells[0], cells[1].split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) })
    }
  }()

  @Test func everySectionHasCases() {
    let named = Set(Self.rows.flatMap(\.folders))
    #expect(!named.isEmpty, "the table names folders")
    let folders = Set(Corpus.names.map { String($0.prefix { $0 != "/" }) })
    for folder in named.subtracting(folders).sorted() { Issue.record("no case in \(folder)") }
    for folder in folders.subtracting(named).sorted() { Issue.record("SECTIONS.md does not name \(folder)") }
  }
}
