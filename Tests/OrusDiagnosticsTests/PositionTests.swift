import OrusDiagnostics
import Testing

@Suite struct PositionTests {
  private func position(_ text: String, _ offset: Int) -> Position {
    SourceFile(path: "a", text: Array(text.utf8)).position(of: UInt32(offset))
  }

  @Test(arguments: [
    ("", 0, 1, 1), ("ab", 2, 1, 3), ("ab\n", 2, 1, 3), ("ab\n", 3, 2, 1), ("ab\r\ncd", 5, 2, 2), ("a\n\nb", 2, 2, 1),
    ("é=日x", 2, 1, 2), ("é=日x", 6, 1, 4), ("\u{FEFF}ab", 3, 1, 1), ("\u{FEFF}ab", 0, 1, 1), ("\u{FEFF}ab\ncd", 7, 2, 2),
    ("ab", 99, 1, 3), ("a\tb", 2, 1, 3), ("👩‍👧", 11, 1, 4),
  ])
  func columnsCountCharacters(_ text: String, _ offset: Int, _ line: Int, _ column: Int) {
    #expect(position(text, offset) == Position(line: line, column: column))
  }

  @Test func columnsOfLongLinesAreExact() {
    let text = String(repeating: "aé", count: 10000) + "\n" + String(repeating: "日", count: 5000)
    let file = SourceFile(path: "a", text: Array(text.utf8))
    for i in stride(from: 0, to: 10000, by: 61) {
      #expect(file.position(of: UInt32(3 * i)) == Position(line: 1, column: 2 * i + 1))
      #expect(file.position(of: UInt32(3 * i + 1)) == Position(line: 1, column: 2 * i + 2))
    }
    for i in stride(from: 0, through: 5000, by: 61) {
      #expect(file.position(of: UInt32(30001 + 3 * i)) == Position(line: 2, column: i + 1))
    }
  }
}
