import XCTest

@testable import OrusTypes

final class NamingStyleTests: XCTestCase {
  private func accepts(_ style: NamingStyle, _ name: String) -> Bool {
    Array(name.utf8).withUnsafeBufferPointer { style.accepts($0) }
  }

  func testAccepts() {
    for name in ["x", "read_all", "_", "_unused", "x1", "utf8_length"] {
      XCTAssertTrue(accepts(.snakeCase, name), name)
    }
    for name in ["readAll", "X", "_Unused"] { XCTAssertFalse(accepts(.snakeCase, name), name) }
    for name in ["Point", "HTTPServer", "T", "Vec2", "_Hidden"] { XCTAssertTrue(accepts(.pascalCase, name), name) }
    for name in ["point", "Http_Server"] { XCTAssertFalse(accepts(.pascalCase, name), name) }
    for name in ["LIMIT", "MAX_2", "N", "_N"] { XCTAssertTrue(accepts(.upperCase, name), name) }
    for name in ["Limit", "limit"] { XCTAssertFalse(accepts(.upperCase, name), name) }
  }

  func testAppliedToGivesANameOfTheStyle() {
    XCTAssertEqual(NamingStyle.snakeCase.applied(to: "readAll"), "read_all")
    XCTAssertEqual(NamingStyle.snakeCase.applied(to: "HTTPServer"), "http_server")
    XCTAssertEqual(NamingStyle.pascalCase.applied(to: "http_server"), "HttpServer")
    XCTAssertEqual(NamingStyle.upperCase.applied(to: "maxSize"), "MAX_SIZE")
    for name in ["readAll", "HTTPServer", "x_Y", "aB2C", "_Foo", "ABc"] {
      for style in [NamingStyle.snakeCase, .pascalCase, .upperCase] {
        XCTAssertTrue(accepts(style, style.applied(to: name)), "\(style) \(name)")
      }
    }
  }
}
