import OrusFormat
import XCTest

final class FormatParserTests: XCTestCase {
  private func parse(_ format: String) -> ParsedFormat {
    Array(format.utf8).withUnsafeBufferPointer { ParsedFormat($0) }
  }

  private func spec(_ text: String) -> (FormatSpec, FormatError?) {
    var spec = FormatSpec()
    let error = Array(text.utf8).withUnsafeBufferPointer { spec.parse($0) }
    return (spec, error)
  }

  /// Each piece as text: literal text in quotes, placeholders as their position.
  private func pieces(_ format: String) -> [String] {
    let bytes = Array(format.utf8)
    return parse(format).pieces.map { piece in
      piece.isText
        ? "'" + String(decoding: bytes[Int(piece.start)..<Int(piece.end)], as: UTF8.self) + "'" : "\(piece.argument)"
    }
  }

  func testPieces() {
    XCTAssertEqual(pieces(""), [])
    XCTAssertEqual(pieces("plain"), ["'plain'"])
    XCTAssertEqual(pieces("{} + {} = {}"), ["0", "' + '", "1", "' = '", "2"])
    XCTAssertEqual(pieces("{1}{0}{1}"), ["1", "0", "1"])
    XCTAssertEqual(pieces("{1} {} {}"), ["1", "' '", "0", "' '", "1"])
    XCTAssertEqual(pieces("é{:>5}é"), ["'é'", "0", "'é'"])
  }

  func testDoubledBracesAreText() {
    XCTAssertEqual(pieces("{{}}"), ["'{'", "'}'"])
    XCTAssertEqual(pieces("a{{b"), ["'a{'", "'b'"])
    XCTAssertEqual(pieces("{{{}}}"), ["'{'", "0", "'}'"])
    XCTAssertEqual(parse("{{}}").placeholderCount, 0)
  }

  func testCounts() {
    XCTAssertEqual(parse("{0} {0}").placeholderCount, 2)
    XCTAssertEqual(parse("{0} {0}").argumentCount, 1)
    XCTAssertEqual(parse("{2}").argumentCount, 3)
    XCTAssertEqual(parse("{2}").firstUnusedArgument(of: 3), 0)
    XCTAssertNil(parse("{}{}").firstUnusedArgument(of: 2))
    XCTAssertEqual(parse("{}").firstUnusedArgument(of: 2), 1)
  }

  func testSpecs() {
    func check(_ text: String, _ change: (inout FormatSpec) -> Void, line: UInt = #line) {
      var expected = FormatSpec()
      change(&expected)
      let (found, error) = spec(text)
      XCTAssertNil(error, line: line)
      XCTAssertEqual(found, expected, line: line)
      XCTAssertEqual(FormatSpec(packed: found.packed), found, line: line)
    }
    check("") { _ in }
    check("5") { $0.width = 5 }
    check("05") { ($0.zero, $0.width) = (true, 5) }
    check("<") { $0.alignment = .left }
    check("*^9") { ($0.fill, $0.alignment, $0.width) = (0x2A, .center, 9) }
    check("é>2") { ($0.fill, $0.alignment, $0.width) = (0xE9, .right, 2) }
    check("😀<65535") { ($0.fill, $0.alignment, $0.width) = (0x1F600, .left, 65535) }
    check("<<3") { ($0.fill, $0.alignment, $0.width) = (0x3C, .left, 3) }
    check("0<3") { ($0.fill, $0.alignment, $0.width) = (0x30, .left, 3) }
    check("+.2f") { ($0.plus, $0.precision, $0.presentation) = (true, 2, .fixed) }
    check("#x") { ($0.alternate, $0.presentation) = (true, .hexadecimal) }
    check("-^+#012.3e") {
      ($0.fill, $0.alignment, $0.plus, $0.alternate, $0.zero) = (0x2D, .center, true, true, true)
      ($0.width, $0.precision, $0.presentation) = (12, 3, .exponent)
    }
    check(".65534%") { ($0.precision, $0.presentation) = (65534, .percent) }
    XCTAssertTrue(FormatSpec().isPlain)
    XCTAssertFalse(spec("1").0.isPlain)
  }

  func testEveryPresentationHasALetterThatParses() {
    for presentation in FormatSpec.Presentation.allCases {
      guard let letter = presentation.letter else { continue }
      XCTAssertEqual(spec(String(letter)).0.presentation, presentation)
    }
  }

  func testForeignWordsUnpackToValidSpecs() {
    for word in [UInt64.max, 0xD800, 0x1F_FFFF, 15 << 26] {
      let spec = FormatSpec(packed: word)
      XCTAssertNotNil(Unicode.Scalar(spec.fill))
      XCTAssertEqual(FormatSpec(packed: spec.packed), spec)
    }
  }

  func testErrorsAndTheirPlaces() {
    func check(_ format: String, _ kind: FormatError.Kind, _ start: Int, _ end: Int, line: UInt = #line) {
      XCTAssertEqual(parse(format).error, FormatError(kind, start: start, end: end), line: line)
    }
    check("ab{", .unclosedPlaceholder, 2, 3)
    check("{0", .unclosedPlaceholder, 0, 1)
    check("a}b", .unmatchedClosingBrace, 1, 2)
    check("{}}", .unmatchedClosingBrace, 2, 3)
    check("{name}", .namedPlaceholder, 1, 5)
    check("{name:5}", .namedPlaceholder, 1, 5)
    check("{0x}", .namedPlaceholder, 1, 3)
    check("{99999}", .positionTooLarge, 1, 6)
    check("{:d}", .unexpectedCharacter, 2, 3)
    check("{:5é}", .unexpectedCharacter, 3, 5)
    check("{:.f}", .missingPrecision, 2, 3)
    check("{:65536}", .widthTooLarge, 2, 7)
    check("{:.65535}", .precisionTooLarge, 3, 8)
    check("{:99999999999999999999999}", .widthTooLarge, 2, 25)
    check("{:{}}", .nestedPlaceholder, 2, 3)
    check("{:{<}", .nestedPlaceholder, 2, 3)
  }

  func testNoFormatCrashesTheParser() {
    let alphabet = Array("{}0:9.+#<^>xé%a".unicodeScalars)
    var state: UInt64 = 1
    for _ in 0..<20_000 {
      var text = ""
      for _ in 0..<8 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text.unicodeScalars.append(alphabet[Int(state >> 33) % alphabet.count])
      }
      let parsed = parse(text)
      for piece in parsed.pieces { XCTAssertLessThan(piece.start, piece.end) }
    }
  }
}
