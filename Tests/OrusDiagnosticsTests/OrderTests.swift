import OrusDiagnostics
import Testing

@Suite struct OrderTests {
  private let f = Fixture(("a.orus", "abcdef\n"), ("b.orus", "abc\n"))

  @Test func byFileThenPositionErrorsFirst() {
    let warning = Diagnostic(.warning, SampleCode.unused, "w", at: Label(f.span("b"), ""))
    let list = [
      error(f.span("a", file: 1), "5"), error(f.span("e"), "4"), warning,
      error(f.span("b"), "2"), error(f.span("b"), "3"),
      error(f.span("a"), "1"),
    ]
    #expect(inReadingOrder(list).map(\.message) == ["1", "2", "3", "w", "4", "5"])
  }

  @Test func whatIsReportedTwiceIsShownOnce() {
    let list = [error(f.span("b"), "x"), error(f.span("b"), "y"), error(f.span("b"), "x"), error(f.span("c"), "x")]
    #expect(inReadingOrder(list).map(\.message) == ["x", "y", "x"])
    #expect(inReadingOrder([]).isEmpty)
  }
}
