/// One code as `orus explain` and the completeness tests see it.
public struct CatalogueEntry: Sendable {
  public let code: String
  public let title: String
  public let page: ExplainPage
}

/// Everything in the given tables of codes, in their order. The driver names all
/// tables once; a code is known everywhere as soon as its case exists.
public func catalogue(_ tables: any DiagnosticCode.Type...) -> [CatalogueEntry] {
  tables.flatMap { entries(of: $0) }
}

private func entries<Code: DiagnosticCode>(of table: Code.Type) -> [CatalogueEntry] {
  table.allCases.map { CatalogueEntry(code: $0.rawValue, title: $0.title, page: $0.page) }
}

extension CatalogueEntry {
  /// The page as text of at most 80 columns.
  public var text: String {
    var rows = ["\(title) [\(code)]", ""]
    rows += wrapped(page.summary, width: 80)
    for (heading, example) in [("Wrong:", page.wrong), ("Right:", page.right)] where !example.isEmpty {
      rows += ["", heading, ""]
      rows += example.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "    " + $0 }
    }
    return rows.joined(separator: "\n") + "\n"
  }
}
