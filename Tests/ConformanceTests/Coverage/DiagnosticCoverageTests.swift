import Testing

/// Every code that the command can explain is expected by some case.
@Suite struct DiagnosticCoverageTests {
  /// Codes that no case can bring about, each with its reason.
  static let exceptions: [String: String] = [
    "E1020": "a source of 256 MiB; BadInputTests has it",
    "E1022": "a source with more mistakes than are shown; BadInputTests has it",
    "E1024": "a declaration with more than 65,535 members; BadInputTests has it",
    "E2604": "a match that is too large to be checked; DecisionTreeTests has it",
    "E2902": "calls that nest thousands of values",
    "E3006": "a file that may not be read; root may read every file",
    "E3007": "a damaged bytecode file; BadInputTests has it",
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
