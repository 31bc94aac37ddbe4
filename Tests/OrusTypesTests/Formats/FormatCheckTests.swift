import XCTest

final class FormatCheckTests: XCTestCase {
  func testCounts() {
    check(
      """
      fn main:
          print("{} {}", 1)
          print("{}", 1, 2)
          print("none", 1, 2)
          print("{1} {0} {1}", "a", 2)
          print("{2}", 1, 2, 3)
          print("{{}}", 1)
      """, "2 E2702", "3 E2702", "6 E2702")
  }

  func testFits() {
    check(
      """
      fn main:
          let name = "Ada"
          print("{:x} {:.2f} {:>5} {:+}", 255, 1.5, name, 3)
          print("{:x}", name)
          print("{:x}", 1.5)
          print("{:.2f}", name)
          print(f"{name:>5} {name:05}")
          print("{:>10} {:*^9}", [1, 2], true)
          print("{:.2}", [1.5])
      """, "4 E2703", "5 E2703", "6 E2703", "7 E2703", "9 E2703")
  }

  func testMalformed() {
    check(
      """
      fn main:
          print("{")
          print("}")
          print("{name}")
          print("{:d}", 3)
          print(f"{3:q}")
          print("{:{}}", 3, 4)
      """, "2 E2701", "3 E2701", "4 E2701", "5 E2701", "6 E2701", "7 E2701")
  }

  func testTheSpanIsTheSpec() {
    let source = #"fn main: print("\u{e9}: {:>5x}", 1.5)"#
    let found = diagnostics(source)
    XCTAssertEqual(found.count, 1)
    guard let span = found.first?.primary.span else { return }
    let bytes = Array(source.utf8)
    XCTAssertEqual(String(decoding: bytes[Int(span.start)..<Int(span.end)], as: UTF8.self), ">5x")
  }

  func testTypesThatAreNotKnownYet() {
    check(
      """
      fn show<T>(x: T): print("{:.2f} {:>5}", x, x)
      fn dynamic(x: any): print("{:x}", x)
      fn main:
          show(1.5)
          dynamic(3)
      """)
  }
}
