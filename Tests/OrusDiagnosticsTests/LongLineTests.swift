import OrusDiagnostics
import Testing

@Suite struct LongLineTests {
  private func rows(_ text: String) -> [Substring] { text.split(separator: "\n") }

  @Test func aWindowIsShownAroundTheLabel() {
    let f = Fixture(
      ("a.orus", String(repeating: "abc + ", count: 40) + "wrong" + String(repeating: " + abc", count: 40)))
    let text = f.full(error(f.span("wrong"), "this"))
    #expect(
      body(text) == """
        1 | …c + abc + abc + abc + abc + abc + wrong + abc + abc + abc + abc + abc + ab…
          |                                    ^^^^^ this

        """)
  }

  @Test func bothEndsAreShownWithoutACutBeyond() {
    let f = Fixture(("a.orus", "first" + String(repeating: " + abc", count: 40) + " + last"))
    #expect(body(f.full(error(f.span("first"), "this"))).hasPrefix("1 | first + abc"))
    let last = rows(f.full(error(f.span("last"), "this")))
    #expect(last[1].hasPrefix("1 | …") && last[1].hasSuffix(" + last"))
    let caret = last[2].firstIndex(of: "^")!
    #expect(last[2].distance(from: last[2].startIndex, to: caret) == last[1].count - 4)
  }

  @Test func labelsTooFarApartHaveTheirOwnWindows() {
    let f = Fixture(("a.orus", "first" + String(repeating: " + abc", count: 40) + " + last"))
    let text = f.full(error(f.span("last"), "this", [Label(f.span("first"), "and this")]))
    #expect(rows(text).filter { $0.hasPrefix("1 | ") }.count == 2)
    #expect(text.contains(" ^^^^\n") && text.contains(" this\n"))
    #expect(text.contains("  | ----- and this\n"))
  }

  @Test func noRowIsWiderThanTheScreen() {
    let f = Fixture(
      ("a.orus", String(repeating: "日本\t", count: 60) + "wrong" + String(repeating: "é\u{301}語", count: 60)))
    let text = f.full(error(f.span("wrong"), "this", [Label(f.span("本"), "first"), Label(f.span(0..<900), "all")]))
    for row in rows(text) {
      let width = row.unicodeScalars.reduce(0) {
        $0 + ($1.value == 0x301 ? 0 : (0x3000...0xA000).contains($1.value) ? 2 : 1)
      }
      #expect(width <= 80)
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func tenMegabytesInOneLineTakeNoTime() {
    let filler = String(repeating: "abcdefghij", count: 500_000)
    let f = Fixture(("a.orus", filler + "(wrong)" + filler))
    let start = UInt32(5_000_001)
    let diagnostics = (0..<2000).map { i in
      error(Span(file: FileID(0), start: start, end: start + UInt32(i % 5) + 1), "this", [Label(f.span(0..<1), "that")])
    }
    let clock = ContinuousClock()
    var text = ""
    let time = clock.measure {
      let renderer = DiagnosticRenderer(.full, colour: false, files: f.files, toolVersion: "1")
      text = renderer.render(diagnostics)
    }
    #expect(text.hasPrefix("-- TYPE MISMATCH [E2001] --------------------------------- a.orus:1:5000002"))
    #expect(rows(text).allSatisfy { $0.unicodeScalars.count <= 80 })
    // Reading all of the line for each of them would take minutes, even in a debug build on a busy machine.
    #expect(time < .seconds(30))
  }
}
