import OrusFormat
import XCTest

final class FormatFitTests: XCTestCase {
  private func misfit(_ text: String, _ kind: FormattedKind) -> FormatMisfit? {
    var spec = FormatSpec()
    XCTAssertNil(Array(text.utf8).withUnsafeBufferPointer { spec.parse($0) })
    return spec.misfit(for: kind)
  }

  func testFillAlignmentAndWidthFitEverything() {
    for kind in FormattedKind.allCases { XCTAssertNil(misfit("*^20", kind)) }
  }

  func testNumbers() {
    for text in ["+", "05", ".2", ".2f", "e", "%", "+08.3f"] {
      XCTAssertNil(misfit(text, .integer), text)
      XCTAssertNil(misfit(text, .float), text)
    }
    for text in ["x", "X", "b", "o", "#x", "+#010b"] { XCTAssertNil(misfit(text, .integer), text) }
    XCTAssertEqual(misfit("x", .float), .radixNeedsInteger)
    XCTAssertEqual(misfit(".2x", .integer), .precisionWithRadix)
    XCTAssertEqual(misfit("#", .integer), .alternateNeedsRadix)
  }

  func testTextAndOthers() {
    XCTAssertNil(misfit(".3", .text))
    XCTAssertEqual(misfit("x", .text), .radixNeedsInteger)
    XCTAssertEqual(misfit(".2f", .text), .presentationNeedsNumber)
    XCTAssertEqual(misfit("+", .text), .signNeedsNumber)
    XCTAssertEqual(misfit("05", .bool), .zeroNeedsNumber)
    XCTAssertEqual(misfit(".2", .bool), .precisionNeedsNumberOrText)
    XCTAssertEqual(misfit(".2", .other), .precisionNeedsNumberOrText)
  }

  func testWhatNoKindFits() {
    var spec = FormatSpec()
    spec.alternate = true
    XCTAssertEqual(spec.misfitForEveryKind, .alternateNeedsRadix)
    spec.presentation = .binary
    XCTAssertNil(spec.misfitForEveryKind)
  }
}
