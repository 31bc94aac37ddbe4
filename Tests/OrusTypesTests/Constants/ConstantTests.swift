import XCTest

final class ConstantTests: XCTestCase {
  func testConstantsOfEveryKind() {
    check(
      """
      const A = 2 * 3 + 4
      const B: i64 = 1 << 40
      const C: u64 = 18446744073709551615
      const D = A > 5 and not false
      const E = "a" + "b"
      const F = [1, 2, A]
      const G = (A, E, 1.5 / 2.0)
      const H: i32 = -2147483648
      const I = 3.9 as i32
      const J = F[2] if D else 0
      const K = i32.MAX &+ 1
      const L = 7 % -2
      fn size() -> [i32; A]: [0; A]
      """)
  }

  func testMistakes() {
    check(
      """
      fn f() -> i32: 1
      let v = 3
      const A: i32 = 2147483647 + 1
      const B = 1 / 0
      const C = f()
      const D = v
      const E = 1 << 32
      const F = [1, 2][2]
      const G: i32 = -2147483648 / -1
      const H: u32 = 3 - 4
      """, "3 E2802", "4 E2802", "5 E2801", "6 E2801", "7 E2802", "8 E2802", "9 E2802", "10 E2802")
  }

  func testCycles() {
    let found = diagnostics(
      """
      const A: i32 = B + 1
      const B: i32 = C * 2
      const C: i32 = A
      const D: i32 = A
      """)
    XCTAssertEqual(found.map(\.code), ["E2803"])
    XCTAssertTrue(found.first?.explanation.contains("`A` → `B` → `C` → `A`") ?? false)
  }

  func testALongChainNeedsNoStack() {
    var source = ""
    for i in 0..<50_000 { source += "const A\(i): i32 = A\(i + 1)\n" }
    check(source + "const A50000: i32 = 1\n")
  }
}
