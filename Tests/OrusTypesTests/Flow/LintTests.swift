import XCTest

final class LintTests: XCTestCase {
  func testUnusedVariables() {
    check(
      """
      let module_level = 1

      fn a(parameter: i32):
          let unused = 1
          let _silent = 2
          let mut only_assigned = 3
          only_assigned = 4
          let captured = 5
          let f = fn(): captured
          print(f())
          for i in 0..3: print("x")
          let (p, q) = (1, 2)
          match 3:
              n: print("x")
      """, "4 W0001", "6 W0001")
  }

  func testCastsToTheSameType() {
    check(
      """
      fn a(n: i32, x: f64):
          print(n as i32, n as i64, x as f64, 5 as i64)
      """, "2 W0005", "2 W0005")
  }

  func testNames() {
    check(
      """
      const limit = 1
      struct point:
          xPos: i32
      enum shape:
          circle(Radius: f64)
      fn readAll(aB: i32):
          let camelCase = aB
          print(camelCase)
      fn identity<t>(x: t) -> t: x
      """, "1 W0006", "2 W0006", "3 W0006", "4 W0006", "5 W0006", "5 W0006", "6 W0006", "6 W0006", "7 W0006",
      "9 W0006")
  }

  func testWarningsOfAFailedFunctionAreDropped() {
    check(
      """
      fn a():
          let unused = 1
          let x: i32
          print(x)

      fn b():
          let unused = 1
      """, "4 E2502", "7 W0001")
  }
}
