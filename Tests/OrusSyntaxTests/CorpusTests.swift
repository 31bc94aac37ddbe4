import Testing

/// Every Orus source of the repository is read, and complained about where its form is wrong and nowhere else.
struct CorpusTests {
  @Test func findsFiles() {
    #expect(Sources.cases.count > 500)
    #expect(Sources.programs.contains { $0.path == "std/prelude.orus" })
  }

  @Test(arguments: Sources.programs) func programIsWellFormed(_ file: Sources.File) throws {
    let reading = Reading(try file.bytes())
    #expect(reading.messages == [])
    #expect(reading.misplacement() == nil)
  }

  /// Of a case with syntax errors each must be found in its line, and nothing else.
  @Test(arguments: Sources.cases) func caseIsRead(_ file: Sources.File) throws {
    let bytes = try file.bytes()
    let sidecar = file.sidecar()
    for part in parts(of: bytes) {
      let reading = onLargeStack { Reading(part) }
      #expect(reading.misplacement() == nil)
      let expected = sidecar.map(numbered) ?? marked(String(decoding: part, as: UTF8.self))
      // A code that is not filled in yet may be the parser's or not.
      if expected.contains(where: { $0.hasSuffix("E??") }) { continue }
      // E1100 is reported by whoever runs a file.
      let syntax = expected.filter { $0.contains(":E1") && !$0.hasSuffix("E11") }
      #expect(lines(reading.findings) == lines(syntax), "\(reading.messages)")
    }
  }

  private func lines(_ findings: [String]) -> [Int] { findings.map { Int($0.prefix { $0 != ":" }) ?? 0 }.sorted() }

  /// A case of several files has each behind a line `//--- name`.
  private func parts(of bytes: [UInt8]) -> [[UInt8]] {
    let newline = UInt8(ascii: "\n")
    var parts: [[[UInt8].SubSequence]] = [[]]
    for line in bytes.split(separator: newline, omittingEmptySubsequences: false) {
      if line.starts(with: "//--- ".utf8) { parts.append([]) } else { parts[parts.count - 1].append(line) }
    }
    return parts.map { Array($0.joined(separator: [newline])) }
  }

  /// The diagnostics that marks in a case ask for, as line and the start of a code: `3:E10`. A mark is about the last
  /// line with something else in it.
  private func marked(_ text: String) -> [String] {
    var expected: [String] = []
    var line = 0
    for (index, row) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let start = row.drop { $0 == " " }
      let isMark = ["//~", "//>", "//@", "//?", "//2>"].contains { start.hasPrefix($0) && !start.hasPrefix("///") }
      if !isMark { line = index + 1 }
      guard let mark = row.range(of: "//~ ") else { continue }
      expected.append("\(line):\(row[mark.upperBound...].prefix(3))")
    }
    return expected
  }

  /// The same of a sidecar, which gives the lines as numbers.
  private func numbered(_ text: String) -> [String] {
    text.split(separator: "\n").filter { $0.hasPrefix("//~ ") }.map { row in
      let words = row.split(separator: " ")
      return "\(words[1]):\(words[2].prefix(3))"
    }
  }
}
