import OrusDiagnostics
import OrusSyntax
import Testing

/// Where names end, wherever they stand: they are read eight bytes at a time.
@Suite struct NameTests {
  @Test func namesOfAnyLengthEndWithTheSource() {
    for length in 1...40 {
      let name = String(repeating: "n", count: length)
      #expect(names(in: name) == [name])
      #expect(names(in: "a + \(name)") == ["a", name])
    }
  }

  @Test func everyLetterDigitAndUnderscoreBelongsToAName() {
    for byte in (0..<128).map(UInt8.init) where isOfName(byte) {
      let character = Character(UnicodeScalar(byte))
      for place in 1...16 {
        let name = String(repeating: "n", count: place) + String(character) + "n"
        #expect(names(in: "\(name) ") == [name])
      }
    }
  }

  @Test func everyOtherByteEndsAName() {
    for byte in (1..<128).map(UInt8.init) where !isOfName(byte) {
      for length in 2...16 {
        let name = String(repeating: "n", count: length)
        let source = Array(name.utf8) + [byte] + Array("        ".utf8)
        #expect(names(in: source).first == name)
      }
    }
  }

  @Test func equalNamesAreOneSymbol() {
    let symbols = SymbolTable()
    let long = String(repeating: "é", count: 30)
    let words = ["", "a", "aa", "name", "namesake", "namesakes", "names\0", "names", "a\0", long]
    let numbers = words.map { symbols.intern($0) }
    #expect(Set(numbers).count == words.count)
    for (word, number) in zip(words, numbers) {
      #expect(symbols.intern(word) == number)
      #expect(symbols[number] == word)
    }
  }

  private func isOfName(_ byte: UInt8) -> Bool {
    switch UnicodeScalar(byte) {
    case "a"..."z", "A"..."Z", "0"..."9", "_": true
    default: false
    }
  }

  private func names(in source: String) -> [String] { names(in: Array(source.utf8)) }

  private func names(in source: [UInt8]) -> [String] {
    let reading = Reading(source)
    let tokens = reading.tree.tokens
    return (0..<tokens.count).filter { tokens.kinds[$0] == .identifier }.map {
      reading.text(tokens.span(TokenID(UInt32($0)), file: FileID(0)))
    }
  }
}
