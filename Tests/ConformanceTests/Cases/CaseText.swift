/// A case file taken apart into lines, so that expectations can be read from it
/// and written back without touching anything else.
struct CaseText: Sendable {
  struct Line: Sendable {
    /// The source text before the expectation, with the blanks between them.
    var source: String
    var expectation: Expectation?

    /// Nothing but an expectation stands on the line.
    var isOnlyExpectation: Bool { expectation != nil && source.allSatisfy { $0 == " " } }

    var written: String { source + (expectation?.written ?? "") }
  }

  var lines: [Line]
  /// Whether the last line ends in a newline.
  var endsInNewline: Bool

  init(_ text: String) throws(CaseError) {
    var rows = text.split(separator: "\n", omittingEmptySubsequences: false)
    endsInNewline = rows.last?.isEmpty ?? false
    if endsInNewline { rows.removeLast() }
    var lines: [Line] = []
    lines.reserveCapacity(rows.count)
    for row in rows { lines.append(try Line(row)) }
    self.lines = lines
  }

  var written: String {
    lines.map(\.written).joined(separator: "\n") + (endsInNewline ? "\n" : "")
  }
}

extension CaseText.Line {
  /// An expectation begins at the first mark in the line that is no part of a longer run of slashes.
  init(_ row: Substring) throws(CaseError) {
    var at = row.startIndex
    while at < row.endIndex {
      let rest = row[at...]
      if rest.hasPrefix("///") {
        at = rest.firstIndex { $0 != "/" } ?? row.endIndex
        continue
      }
      if rest.hasPrefix("//"), Expectation.marks.contains(where: { rest.hasPrefix($0) }) {
        source = String(row[..<at])
        expectation = try Expectation.parse(rest)
        return
      }
      at = row.index(after: at)
    }
    source = String(row)
    expectation = nil
  }
}
