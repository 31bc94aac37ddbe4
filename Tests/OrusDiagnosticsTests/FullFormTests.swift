import OrusDiagnostics
import Testing

@Suite struct FullFormTests {
  @Test func theFormOfTheLanguageReference() {
    let f = Fixture(("main.orus", "\n\nlet x: i32 = \"hello\"\n"))
    let diagnostic = error(
      f.span("\"hello\""), "this is a `string`",
      [Label(f.span("i32"), "`i32` is expected because of this annotation")],
      message: "expected `i32`, found `string`",
      explanation: "Orus expected a whole number here and found text.",
      help: [Help("to read a number out of text, use `int(\"…\")`")])
    #expect(
      f.full(diagnostic) == """
        -- TYPE MISMATCH [E2001] ----------------------------------- main.orus:3:14

        3 | let x: i32 = "hello"
          |        ---   ^^^^^^^ this is a `string`
          |        |
          |        `i32` is expected because of this annotation
          |
          = Orus expected a whole number here and found text.
          = help: to read a number out of text, use `int("…")`

        """)
  }

  @Test func severalDiagnosticsAreSeparatedByAnEmptyRow() {
    let f = Fixture(("a.orus", "one\ntwo\n"))
    let text = f.full(error(f.span("one"), "first"), error(f.span("two"), "second"))
    #expect(text.contains("| ^^^ first\n\n-- TYPE MISMATCH"))
  }

  @Test func labelsHangFromRightToLeft() {
    let f = Fixture(("a.orus", "    total(a, b + c, d)\n"))
    let text = f.full(
      error(
        f.span("b + c"), "this has type `string`",
        [Label(f.span("total"), "`total` takes numbers"), Label(f.span("d"), "so is this")]))
    #expect(
      body(text) == """
        1 |     total(a, b + c, d)
          |     -----    ^^^^^  - so is this
          |     |        |
          |     |        this has type `string`
          |     `total` takes numbers

        """)
  }

  @Test func aLabelInsideAnotherLiesOnTop() {
    let f = Fixture(("a.orus", "total(a, b + c, d)\n"))
    let text = f.full(error(f.span("b + c"), "text", [Label(f.span("total(a, b + c, d)"), "in this call")]))
    #expect(
      body(text) == """
        1 | total(a, b + c, d)
          | ---------^^^^^----
          | |        |
          | |        text
          | in this call

        """)
  }

  @Test func linesFarApartAreSeparatedByAGap() {
    let f = Fixture(("a.orus", "one\ntwo\nthree\nfour\nfive\nsix\n"))
    let text = f.full(error(f.span("six"), "here", [Label(f.span("one"), "and here"), Label(f.span("three"), "third")]))
    #expect(
      body(text) == """
        1 | one
          | --- and here
        2 | two
        3 | three
          | ----- third
        ...
        6 | six
          | ^^^ here

        """)
  }

  @Test func lineNumbersAreAlignedRight() {
    let lines = (1...100).map { "line\($0)" }.joined(separator: "\n")
    let f = Fixture(("a.orus", lines))
    let text = f.full(error(f.span("line100"), "here", [Label(f.span("line98"), "there")]))
    #expect(
      body(text) == """
         98 | line98
            | ------ there
         99 | line99
        100 | line100
            | ^^^^^^^ here

        """)
  }

  @Test func aSpanOverSeveralLinesMarksItsFirstAndItsLast() {
    let f = Fixture(("a.orus", "let x = foo(\n    1,\n    2,\n    3)\nnext\n"))
    let text = f.full(error(f.span("foo(\n    1,\n    2,\n    3)"), "this call"))
    #expect(
      body(text) == """
        1 | let x = foo(
          |         ^^^^
        ...
        4 |     3)
          |     ^^ this call

        """)
  }

  @Test func aSpanThatEndsWithItsLineBreakStaysInItsLine() {
    let f = Fixture(("a.orus", "first\r\nsecond\n"))
    #expect(body(f.full(error(f.span(0..<7), "a line"))) == "1 | first\n  | ^^^^^ a line\n")
    #expect(body(f.full(error(f.span(6..<7), "its break"))) == "1 | first\n  |      ^ its break\n")
  }

  @Test func labelsInOtherFilesHaveTheirOwnPart() {
    let f = Fixture(("main.orus", "use shapes: area\n"), ("lib/shapes.orus", "\nfn area(): 1\n"))
    let text = f.full(error(f.span("area"), "`area` is private", [Label(f.span("area", file: 1), "declared here")]))
    #expect(
      text == """
        -- TYPE MISMATCH [E2001] ----------------------------------- main.orus:1:13

        1 | use shapes: area
          |             ^^^^ `area` is private
          |
         --> lib/shapes.orus:2:4
        2 | fn area(): 1
          |    ---- declared here

        """)
  }

  @Test func theMessageIsShownWhereNothingElseSaysIt() {
    let f = Fixture(("a.orus", "x\n"))
    #expect(body(f.full(error(f.span("x"), "here", message: "the message"))).hasSuffix("  |\n  = the message\n"))
    #expect(!f.full(error(f.span("x"), "here", message: "the message", explanation: "Because.")).contains("message"))
  }

  @Test func longTextsAreWrappedAtEightyColumns() {
    let f = Fixture(("a.orus", "    value\n"))
    let words = (1...40).map { "word\($0)" }.joined(separator: " ")
    let text = f.full(
      error(f.span("value"), words, [Label(f.span("    "), words)], explanation: words, help: [Help(words)]))
    for row in text.split(separator: "\n") {
      #expect(row.unicodeScalars.count <= 80)
      #expect(row.last != " ")
    }
    for i in 1...40 { #expect(text.split { " \n|".contains($0) }.filter { $0 == "word\(i)" }.count == 4) }
  }

  @Test func aHelpWithEditsShowsTheLineAsItWouldBe() {
    let f = Fixture(("a.orus", "fn main:\n    print(a + b)\n"))
    let text = f.full(
      error(
        f.span("a + b"), "text",
        help: [Help("cast it", edits: [.init(f.span("b"), "b) as i32"), .init(f.span("a", after: "a + b"), "(a")])]))
    #expect(
      body(text) == """
        2 |     print(a + b)
          |           ^^^^^ text
          |
          = help: cast it
          |
        2 |     print((a + b) as i32)
          |           ++   +++++++++

        """)
  }

  @Test func aHelpThatInsertsALineShowsBoth() {
    let f = Fixture(("a.orus", "use a\r\nrest\r\n"))
    let text = f.full(error(f.span("use a"), "text", help: [Help("add it", edits: [.init(f.span(7..<7), "use b\n")])]))
    #expect(
      body(text) == """
        1 | use a
          | ^^^^^ text
          |
          = help: add it
          |
        2 | use b
          | +++++
        3 | rest

        """)
  }

  @Test func aHelpThatRemovesShowsWhatIsLeft() {
    let f = Fixture(("a.orus", "f(a, b)\n"))
    let text = f.full(error(f.span("b"), "too many", help: [Help("remove it", edits: [.init(f.span(", b"), "")])]))
    #expect(body(text).hasSuffix("  = help: remove it\n  |\n1 | f(a)\n"))
  }

  @Test func colourChangesNothingElse() {
    let f = Fixture(("a.orus", "fn f(a: i32):\n    a + \"x\"\n"))
    let warning = Diagnostic(.warning, SampleCode.unused, "unused", at: Label(f.span("f("), "never used"))
    let diagnostic = error(
      f.span("\"x\""), "text", [Label(f.span("i32"), "number")], explanation: "Why.",
      help: [Help("do", edits: [.init(f.span("\"x\""), "1")])])
    let coloured = f.full(diagnostic, warning, colour: true)
    #expect(coloured.contains("\u{1B}[1;31m^^^\u{1B}[0m"))
    #expect(coloured.contains("\u{1B}[1;33m^^\u{1B}[0m"))
    #expect(coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "") == f.full(diagnostic, warning))
  }
}
