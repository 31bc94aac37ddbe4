import XCTest

final class PathEndTests: XCTestCase {
  func testMissingValues() {
    check(
      """
      fn a(n: i32) -> i32:
          if n > 0:
              return 1

      fn b(n: i32) -> i32:
          match n:
              0: 1
              _: print("x")

      fn c(n: i32) -> i32:
          while n > 0:
              return 1

      fn d(n: i32) -> i32:
          let m = n
          print(m)

      fn e() -> i32:
          pass
      """, "2 E2501", "8 E2501", "11 E2501", "16 E2501", "19 E2501")
  }

  func testPathsThatNeedNoValue() {
    check(
      """
      fn a(n: i32) -> i32:
          if n > 0:
              return 1
          else:
              panic("no")

      fn b(n: i32) -> i32:
          let mut i = n
          while true:
              i += 1
              if i > 3: return i

      fn c(n: i32) -> i32:
          match n:
              0: return 1
              1: 2
              _: exit(3)

      fn d(n: i32) -> i32:
          if n > 0: 1
          elif n > 1: 2
          else: 3

      fn e(n: i32):
          if n > 0: return
          print(n)

      fn f(n: i32) -> i32:
          try:
              n / 0
          catch _:
              0
      """)
  }

  func testAnEndlessLoopWithABreakFallsThrough() {
    check(
      """
      fn a(n: i32) -> i32:
          while true:
              if n > 0: break
      """, "2 E2501")
  }

  func testALabelledBreakLeavesTheOuterLoop() {
    check(
      """
      fn a(n: i32) -> i32:
          'rows: while true:
              while true:
                  if n > 0: break 'rows
          n
      """)
  }

  func testUnreachableCode() {
    check(
      """
      fn early(n: i32) -> i32:
          return n
          print("never")

      fn main:
          for i in 0..3:
              print(i)
              break
              print("not this either")
              print("nor this")
          while true:
              print(early(1))
          print("after")

      fn nested(n: i32) -> i32:
          if n > 0:
              return 1
          else:
              panic("x")
          print("here")
          2

      fn helper_after_return() -> i32:
          return inner()
          fn inner(): 3
      """, "3 W0003", "9 W0003", "13 W0003", "20 W0003")
  }

  func testLongFlatChains() {
    var source =
      "fn a(n: i32) -> i32:\n    let x: i32 = n" + String(repeating: " + n", count: 100_000) + "\n    if n == 0: 0\n"
    for i in 1..<20_000 { source += "    elif n == \(i): \(i)\n" }
    source += "    else: x\n"
    check(source)
  }
}
