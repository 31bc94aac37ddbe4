import XCTest

@testable import OrusTypes

final class LiteralOffsetsTests: XCTestCase {
  /// The source between two offsets of the literal's text.
  private func source(_ literal: String, _ from: Int, _ to: Int) -> String? {
    let bytes = Array(literal.utf8)
    return bytes.withUnsafeBufferPointer { buffer in
      LiteralOffsets(buffer, start: 0, end: buffer.count).map { map in
        let found = map.offsets(of: [from, to])
        return String(decoding: bytes[found[0]..<found[1]], as: UTF8.self)
      }
    }
  }

  func testPlainAndRaw() {
    XCTAssertEqual(source(#""ab{:x}""#, 2, 6), "{:x}")
    XCTAssertEqual(source(#"r"a\n{:x}""#, 3, 7), "{:x}")
    XCTAssertEqual(source(#""é{}""#, 2, 4), "{}")
  }

  func testEscapesAreSkippedWhole() {
    XCTAssertEqual(source(#""\n\t{:x}""#, 2, 6), "{:x}")
    XCTAssertEqual(source(#""\x41{:x}""#, 1, 5), "{:x}")
    XCTAssertEqual(source(#""\u{e9}{:x}""#, 2, 6), "{:x}")
    XCTAssertEqual(source(#""\u{1F600}{:x}""#, 4, 8), "{:x}")
    XCTAssertEqual(source(#""\{\}{:x}""#, 4, 8), "{:x}")
  }

  func testLinesThatLoseTheirIndentationHaveNoOffsets() {
    XCTAssertNil(source("\"\"\"\n{}\n\"\"\"", 0, 2))
  }
}
