import XCTest

final class PatternCheckTests: XCTestCase {
  private let shapes = """
    enum Shape:
        Circle(radius: f64)
        Rect(w: f64, h: f64)
        Empty

    struct Point:
        x: i32
        y: i32


    """

  /// The patterns that a match over `type` with these arms leaves out.
  private func missing(_ type: String, _ arms: String...) -> String? {
    let body = arms.map { "        \($0): 0\n" }.joined()
    let found = diagnostics(shapes + "fn f(v: \(type)) -> i32:\n    match v:\n\(body)")
    let errors = found.filter { $0.severity == .error }
    guard let first = errors.first else { return nil }
    XCTAssertEqual(errors.count, 1, "\(errors.map(\.message))")
    return first.message
  }

  private func assertMissing(_ type: String, _ arms: String..., is expected: String, line: UInt = #line) {
    let body = arms.map { "        \($0): 0\n" }.joined()
    let found = diagnostics(shapes + "fn f(v: \(type)) -> i32:\n    match v:\n\(body)").filter { $0.severity == .error }
    XCTAssertEqual(found.map(\.message), ["this match does not cover \(expected)"], line: line)
  }

  func testWitnesses() {
    assertMissing("i32?", "Some(_)", is: "`None`")
    assertMissing("i32?", "None", is: "`Some(_)`")
    assertMissing("bool", "true", is: "`false`")
    assertMissing("Shape", "Shape.Empty", is: "`Shape.Circle(_)` and `Shape.Rect(_, _)`")
    assertMissing("(bool, bool)", "(true, _)", "(_, true)", is: "`(false, false)`")
    assertMissing("[i32]", "[]", "[_, _, ..]", is: "`[_]`")
    assertMissing("[i32]", "[]", "[_]", is: "`[_, _, ..]`")
    assertMissing("[bool]", "[]", "[true, ..]", "[.., true]", is: "`[false]` and `[false, .., false]`")
    assertMissing("Point", "Point{ x: 0 }", is: "every value")
    assertMissing("i32", "0", is: "every value")
    assertMissing("string", "\"a\"", is: "every value")
    assertMissing("u32", "0..=3", "5..=4294967295", is: "`4`")
    assertMissing("(i32?, bool)", "(None, _)", "(Some(_), true)", is: "`(Some(_), false)`")
    assertMissing("Result<i32?, bool>", "Ok(None)", "Err(true)", is: "`Ok(Some(_))` and `Err(false)`")
    assertMissing("i32", "n if n > 0", is: "every value")
  }

  func testExhaustive() {
    XCTAssertNil(missing("i32?", "Some(_)", "nil"))
    XCTAssertNil(missing("i64", "-9223372036854775808..=-1", "0", "1..=9223372036854775807"))
    XCTAssertNil(missing("[i32]", "[]", "[_]", "[_, .., _]"))
    XCTAssertNil(missing("Shape", "Shape.Circle(_) | Shape.Empty", "Shape.Rect(w, _)"))
    XCTAssertNil(
      missing("(Shape, bool)", "(Shape.Empty, true)", "(_, false)", "(Shape.Circle(_) | Shape.Rect(_, _), _)"))
    XCTAssertNil(missing("[i32; 2]", "[a, b]"))
  }

  func testUnreachableArms() {
    check(
      """
      fn f(n: i32?) -> i32:
          match n:
              Some(_): 1
              None: 2
              Some(3): 3
              _: 4

      fn g(n: i32) -> i32:
          match n:
              0..=9: 1
              3 | 4: 2
              n if n > 100: 3
              _: 4
      """, "5 W0004", "6 W0004", "11 W0004")
  }

  func testPatternsThatMustNotFail() {
    check(
      """
      fn f(xs: [i32?], pair: (i32, i32)):
          let Some(x) = xs[0]
          let (a, b) = pair
          for Some(y) in xs: print(y)
          let [c, ..] = xs
          print(x, a, b, [z for Some(z) in xs])
          if let Some(w) = xs[0]: print(w)
          print(c)
      """, "2 E2602", "4 E2602", "5 E2602", "6 E2602")
  }

  func testEmptyRanges() {
    check(
      """
      fn f(n: i32) -> bool:
          match n:
              5..5: true
              _: n matches 9..=3
      """, "3 E2603", "4 E2603")
  }
}
