import XCTest

final class DefiniteAssignmentTests: XCTestCase {
  func testAssignedOnEveryPath() {
    check(
      """
      fn classify(n: i32) -> string:
          let label: string
          if n < 0:
              label = "negative"
          elif n == 0:
              label = "zero"
          else:
              let half = n / 2
              label = f"positive {half}"
          label

      fn pick(n: i32) -> i32:
          let value: i32
          match n:
              0: value = 10
              1 | 2:
                  if n == 1:
                      value = 20
                  else:
                      value = 30
              _: return -1
          value * 2

      fn search(xs: [i32], limit: i32) -> i32:
          let mut found: i32
          let mut i = 0
          while true:
              found = xs[i]
              if found > limit: break
              i += 1
          found

      fn known(n: i32) -> string:
          let name: string
          if n == 1: name = "one"
          else: panic("unknown {}", n)
          name
      """)
  }

  func testMissingOnSomePath() {
    check(
      """
      fn a(n: i32) -> i32:
          let x: i32
          if n > 0:
              x = 1
          x

      fn b(n: i32) -> i32:
          let x: i32
          while n > 0:
              x = 1
              break
          x

      fn c(n: i32) -> i32:
          let x: i32
          match n:
              0: x = 1
              _: pass
          x

      fn d(xs: [i32]) -> i32:
          let mut x: i32
          for n in xs:
              x = n
          x

      fn e() -> i32:
          let x: i32
          x + 1
      """, "5 E2502", "12 E2502", "19 E2502", "25 E2502", "29 E2502")
  }

  func testACompoundAssignmentReads() {
    check(
      """
      fn a() -> i32:
          let mut x: i32
          x += 1
          x
      """, "3 E2502")
  }

  func testOneReportAVariable() {
    check(
      """
      fn a():
          let x: i32
          print(x)
          print(x)
      """, "3 E2502")
  }

  func testTryAndClosures() {
    check(
      """
      fn a() -> i32:
          let mut x: i32
          try:
              x = 1
          catch _:
              pass
          x

      fn b() -> i32:
          let x: i32
          try:
              x = 1
          catch _:
              x = 2
          x

      fn c() -> i32:
          let x: i32
          let f = fn(): x
          x = 1
          f()

      fn d() -> i32:
          let x: i32
          let f = fn(): x = 1
          f()
          2
      """, "7 E2502", "14 E2504", "19 E2502", "25 E2504")
  }

  func testNestedFunctionsUseWhatIsDeclaredLater() {
    check(
      """
      fn a():
          show()
          let x = 1
          fn show(): print(x)
          show()

      fn b():
          let x = 1
          fn show(): print(x)
          show()
      """, "2 E2502")
  }

  func testAPlainLetIsAssignedOnce() {
    check(
      """
      fn a() -> i32:
          let x: i32
          x = 1
          x = 2
          x

      fn b(xs: [i32]):
          let x: i32
          for n in xs:
              x = n
          print("done")

      fn c(xs: [i32]) -> i32:
          let x: i32
          for n in xs:
              if n > 3:
                  x = n
                  return x
          0

      fn d(n: i32) -> i32:
          let x: i32
          if n > 0: x = 1
          x = 2
          x
      """, "4 E2504", "10 E2504", "24 E2504")
  }

  func testWhatCannotBeAssigned() {
    check(
      """
      const LIMIT: i32 = 10

      fn bump(n: i32) -> i32:
          n += 1
          n

      fn main:
          let x = 1
          x = 2
          let mut y = 1
          y += x
          for i in 0..3:
              i = 5
              print(i)
          match y:
              k: k = 3
          let (p, q) = (1, 2)
          p = 3
          print(x, y, p, q, bump(LIMIT))
      """, "4 E2503", "9 E2503", "13 E2503", "16 E2503", "18 E2503")
  }

  func testSlotsInDeepAndWideCode() {
    var source = "fn a(n: i32):\n"
    for i in 0..<200 { source += "    let x\(i): i32\n" }
    for i in 0..<200 { source += "    if n > \(i): x\(i) = 1\n    else: x\(i) = 2\n" }
    for i in 0..<200 { source += "    print(x\(i))\n" }
    check(source)
  }
}
