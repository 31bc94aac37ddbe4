import Testing

/// Every code that the command can explain is expected by some case.
@Suite struct DiagnosticCoverageTests {
  /// Codes that no case can bring about, each with its reason.
  static let exceptions: [String: String] = [
    "E0006": "maps are not there yet",
    "E0007": "maps are not there yet",
    "E0012": "`any` is not there yet",
    "E0013": "`any` is not there yet",
    "E0019": "formats built at run time are not there yet",
  ]

  @Test func everyCodeHasACase() throws {
    let listing = try Orus.text(["explain"])
    try #require(listing.exitCode == 0, "`orus explain` lists the codes")
    let codes = listing.output.split(separator: "\n").compactMap { $0.split(separator: " ").first.map(String.init) }
    try #require(codes.count > 50, "`orus explain` lists the codes")
    let expected = Set(Corpus.cases.flatMap { $0.diagnostics.map(\.expected.code) })
    // E9xxx are faults of the implementation, and cases show none.
    for code in codes where !code.hasPrefix("E9") && !expected.contains(code) && Self.exceptions[code] == nil {
      Issue.record("no case expects \(code)")
    }
    for code in Self.exceptions.keys where expected.contains(code) || !codes.contains(code) {
      Issue.record("\(code) needs no exception any more")
    }
  }
}
