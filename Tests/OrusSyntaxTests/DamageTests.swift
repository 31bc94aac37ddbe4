import Testing

/// No text makes the parser fail, loop or point outside of the text.
struct DamageTests {
  private static let whole = """
    use math: sin, cos as cosine
    /// A point.
    pub struct Point<T: Numeric>:
        pub x: T
        y: T = 0
    impl<T> Point<T>:
        fn move_by(mut self, by: ...T) -> Result<T, Error>:
            self.x += by[0]?
            match self:
                Point{ x: 0, .. } | Point{ y, x } if y > 0: return Ok(x)
                _: pass
    enum Shape:
        Circle(radius: f64)
        Empty
    fn main(args: [string] = ["a", r"b"]) -> i32:
        let (a, b): (i32?, Map<string, [u64; 2]>) = (nil, {"k": [0x1F; 2]})
        'rows: for (i, row) in enumerate([x * 2 for x in 0..=10..2 if x % 2 == 0]):
            while let Some(n) = next(row): if not n in a and true: break 'rows
        let f = fn(x): f"{x:>8.2} and {x + 1}"
        try:
            print("{}\\u{1F600}\\n", f<i32>(-1 as f64) if a is i32 else 1.5e3)
        catch err:
            return -1
        0

    """

  @Test func wholeTextIsWellFormed() { #expect(Reading(Self.whole).messages == []) }

  @Test func everyPrefix() {
    let bytes = Array(Self.whole.utf8)
    for end in 0...bytes.count { expectSurvival(Array(bytes[..<end])) }
  }

  @Test func everySuffix() {
    let bytes = Array(Self.whole.utf8)
    for start in 0...bytes.count { expectSurvival(Array(bytes[start...])) }
  }

  @Test func everyTokenLeftOut() {
    let bytes = Array(Self.whole.utf8)
    let tokens = Reading(bytes).tree.tokens
    for index in 0..<tokens.count {
      expectSurvival(Array(bytes[..<Int(tokens.starts[index])] + bytes[Int(tokens.ends[index])...]))
    }
  }

  @Test(arguments: [
    "(", "]", "}", ":", "\n", "\"", "f\"{", "/*", "\\", "'", "\t", "\0", "\r", "é", "if ", "..", "fn(", "<",
  ])
  func everywhereInserted(_ text: String) {
    let bytes = Array(Self.whole.utf8)
    for place in 0...bytes.count { expectSurvival(Array(bytes[..<place] + Array(text.utf8) + bytes[place...])) }
  }

  @Test func everyByteReplaced() {
    let bytes = Array(Self.whole.utf8)
    for place in bytes.indices {
      var damaged = bytes
      damaged[place] = UInt8(truncatingIfNeeded: place &* 97 &+ 13)
      expectSurvival(damaged)
    }
  }

  private func expectSurvival(_ bytes: [UInt8]) {
    if let fault = Reading(bytes).misplacement() {
      Issue.record("\(fault) in\n\(String(decoding: bytes, as: UTF8.self))")
    }
  }
}

/// What nests deeper than the limit is one error and no overflow.
struct NestingTests {
  struct Form: Sendable, CustomTestStringConvertible {
    let name: String
    let before: String
    let middle: String
    let after: String
    var testDescription: String { name }

    func text(_ depth: Int) -> String {
      "let v = " + String(repeating: before, count: depth) + middle + String(repeating: after, count: depth) + "\n"
    }
  }

  static let forms = [
    Form(name: "parentheses", before: "(", middle: "1", after: ")"),
    Form(name: "arrays", before: "[", middle: "1", after: "]"),
    Form(name: "maps", before: "{1: ", middle: "1", after: "}"),
    Form(name: "calls", before: "f(", middle: "1", after: ")"),
    Form(name: "not", before: "not ", middle: "true", after: ""),
    Form(name: "minus", before: "- ", middle: "x", after: ""),
    Form(name: "functions", before: "fn(x): ", middle: "1", after: ""),
    Form(name: "interpolation", before: "f\"{", middle: "1", after: "}\""),
  ]

  @Test(arguments: forms) func isRead(_ form: Form) {
    onLargeStack { #expect(Reading(form.text(900)).findings == []) }
  }

  @Test(arguments: forms) func isRefusedOnce(_ form: Form) {
    onLargeStack { #expect(Reading(form.text(5_000)).findings == ["1:E1021"]) }
  }

  @Test func blocks() {
    let text = (0..<3_000).map { String(repeating: " ", count: $0) + "if true:\n" }.joined()
    onLargeStack { #expect(Reading(text + String(repeating: " ", count: 3_000) + "pass\n").findings == ["1002:E1021"]) }
  }

  @Test(arguments: ["x + ", "x == 1 and ", "x.y.", "1 if a else "]) func flatChainsHaveNoLimit(_ link: String) {
    onLargeStack {
      let text = "let v = " + String(repeating: link, count: 20_000) + "z\n"
      #expect(Reading(text).findings == [])
    }
  }

  @Test func patterns() {
    let text = "let " + String(repeating: "(a, ", count: 4_000) + "b" + String(repeating: ")", count: 4_000) + " = 1\n"
    onLargeStack { #expect(Reading(text).findings == ["1:E1021"]) }
  }

  @Test func types() {
    let text = "let a: " + String(repeating: "[", count: 4_000) + "i32" + String(repeating: "]", count: 4_000) + "\n"
    onLargeStack { #expect(Reading(text).findings == ["1:E1021"]) }
  }
}
