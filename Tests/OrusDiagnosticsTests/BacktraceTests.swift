import OrusDiagnostics
import Testing

@Suite struct BacktraceTests {
  private let f = Fixture(("main.orus", "fn main:\n    print(1 / 0)\n"))

  private func panic(_ message: String, _ frames: [BacktraceFrame]) -> Diagnostic {
    Diagnostic(
      .panic, RuntimeCode.divisionByZero, message, at: Label(f.span("1 / 0"), "the divisor is 0"), backtrace: frames)
  }

  @Test func framesAreListedInnermostFirst() {
    let text = f.full(
      panic(
        "division by zero",
        [
          BacktraceFrame(function: "divide", file: "math.orus", line: 12),
          BacktraceFrame(function: "main", file: "main.orus", line: 2),
        ]))
    #expect(
      text == """
        -- DIVISION BY ZERO [E0001] -------------------------------- main.orus:2:11

        2 |     print(1 / 0)
          |           ^^^^^ the divisor is 0
          |
          = division by zero
          = backtrace, innermost first:
              divide  math.orus:12
              main    main.orus:2

        """)
    #expect(f.render(.compact, panic("division by zero", [])) == "main.orus:2:11: panic[E0001]: division by zero\n")
  }

  @Test func ofADeepTraceBothEndsAreShown() {
    let recursion = (0..<60000).map {
      BacktraceFrame(function: $0 % 2 == 0 ? "even" : "odd", file: "main.orus", line: 3)
    }
    let same = Array(repeating: BacktraceFrame(function: "again", file: "main.orus", line: 9), count: 1234)
    let rows = f.full(panic("deep", same + recursion + [BacktraceFrame(function: "main", file: "main.orus", line: 2)]))
      .split(separator: "\n")
    #expect(rows.contains("      again  main.orus:9  (1,234 times)"))
    #expect(rows.contains("      … 59,982 more …"))
    #expect(rows.last == "      main   main.orus:2")
    #expect(rows.count < 32)
  }

  @Test func framesThatWereNeverRecordedAreCounted() {
    let frame = BacktraceFrame(function: "again", file: "main.orus", line: 9)
    var diagnostic = panic("deep", Array(repeating: frame, count: 100))
    diagnostic.omittedFrames = (199_900, 50)
    let rows = f.full(diagnostic).split(separator: "\n").suffix(3)
    #expect(
      Array(rows) == [
        "      again  main.orus:9  (50 times)", "      … 199,900 more …", "      again  main.orus:9  (50 times)",
      ])
    #expect(f.render(.json, diagnostic).contains("\"omittedFrames\":{\"count\":199900,\"after\":50}"))
  }

  @Test func whatAProgramPanicsWithCannotChangeTheTerminal() {
    let text = f.full(panic("first\nsecond \u{1B}[31mred\u{7}", []))
    #expect(text.contains("  = first\n    second ␛[31mred␇\n"))
    #expect(f.render(.compact, panic("first\nsecond", [])).hasSuffix("panic[E0001]: first\\nsecond\n"))
  }
}
