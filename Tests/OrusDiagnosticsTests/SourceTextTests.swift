import OrusDiagnostics
import Testing

/// Carets under everything that is not one byte, one column.
@Suite struct SourceTextTests {
  private func carets(_ source: String, _ wanted: String) -> String {
    let f = Fixture(("a.orus", source))
    return body(f.full(error(f.span(wanted), "here")))
  }

  @Test func wideCharactersTakeTwoColumns() {
    #expect(carets("let 名前 = x", "名前") == "1 | let 名前 = x\n  |     ^^^^ here\n")
    #expect(carets("let 名前 = x", "x") == "1 | let 名前 = x\n  |            ^ here\n")
    #expect(carets("\"한국\" + ｆｕ x", "x") == "1 | \"한국\" + ｆｕ x\n  |               ^ here\n")
  }

  @Test func combiningMarksTakeNone() {
    #expect(carets("\"e\u{301}te\u{301}\" + x", "\"e\u{301}te\u{301}\"").hasSuffix("  | ^^^^^ here\n"))
    #expect(carets("\"e\u{301}te\u{301}\" + x", "x").hasSuffix("  |         ^ here\n"))
    #expect(carets("ae\u{301}b", "\u{301}").hasSuffix("  |  ^ here\n"))
    #expect(carets("\u{1100}\u{1161}\u{11A8}x", "x").hasSuffix("  |   ^ here\n"))
  }

  @Test func emojiTakeTwoColumnsHoweverTheyAreMade() {
    for emoji in ["😀", "👩‍👩‍👧", "👍🏽", "❤️", "🇩🇪"] {
      #expect(carets("\(emoji)x", "x").hasSuffix("  |   ^ here\n"), "\(emoji)")
    }
  }

  @Test func tabsGoToTheNextStop() {
    #expect(carets("\tif a\t== b", "==") == "1 |     if a    == b\n  |             ^^ here\n")
    #expect(carets("\tif", "\t") == "1 |     if\n  | ^^^^ here\n")
  }

  @Test func whatTerminalsWouldActOnIsMadeVisible() {
    #expect(carets("a\u{1B}[31m + x", "x") == "1 | a␛[31m + x\n  |          ^ here\n")
    #expect(carets("a\u{202E} + x", "x") == "1 | a\u{FFFD} + x\n  |      ^ here\n")
    #expect(carets("a\0 + x", "\0") == "1 | a␀ + x\n  |  ^ here\n")
    #expect(carets("a\rb x\n", "x") == "1 | a␍b x\n  |     ^ here\n")
  }

  @Test func bytesThatAreNotUTF8AreShownAsReplacement() {
    var files = SourceFiles()
    let id = files.add(SourceFile(path: "a.orus", text: Array("\"caf".utf8) + [0xE9, 0xFF] + Array("\" x".utf8)))
    let diagnostic = error(Span(file: id, start: 4, end: 5), "here")
    let text = DiagnosticRenderer(.full, colour: false, files: files, toolVersion: "1").render([diagnostic])
    #expect(body(text) == "1 | \"caf\u{FFFD}\u{FFFD}\" x\n  |     ^ here\n")
  }

  @Test func anEmptySpanHasOneCaret() {
    let f = Fixture(("a.orus", "abc\ndef"))
    #expect(body(f.full(error(f.span(1..<1), "here"))) == "1 | abc\n  |  ^ here\n")
    #expect(body(f.full(error(f.span(7..<7), "here"))) == "2 | def\n  |    ^ here\n")
    #expect(body(f.full(error(f.span(3..<3), "here"))) == "1 | abc\n  |    ^ here\n")
    #expect(body(f.full(error(f.span(900..<901), "here"))) == "2 | def\n  |    ^ here\n")
  }

  @Test func theEndBehindTheLastLineBreak() {
    let f = Fixture(("a.orus", "abc\n"))
    #expect(body(f.full(error(f.span(4..<4), "here"))) == "2 |\n  | ^ here\n")
  }

  @Test func anEmptyFile() {
    let f = Fixture(("a.orus", ""))
    #expect(body(f.full(error(f.span(0..<0), "nothing"))) == "1 |\n  | ^ nothing\n")
    #expect(f.render(.compact, error(f.span(0..<0), "nothing")) == "a.orus:1:1: error[E2001]: nothing\n")
  }

  @Test func aByteOrderMarkTakesNoColumn() {
    let f = Fixture(("a.orus", "\u{FEFF}abc"))
    #expect(body(f.full(error(f.span("b"), "here"))) == "1 | abc\n  |  ^ here\n")
  }
}
