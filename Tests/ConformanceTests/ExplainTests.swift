import Testing

/// The pages of `orus explain` are true: the wrong example reports the code and
/// nothing else, the right one compiles.
@Suite struct ExplainTests {
  /// Pages of which neither example is a single source file, each with its reason.
  static let exceptions: [String: String] = [
    "E2902": "the examples describe calls too large to print"
  ]

  /// Pages whose wrong example cannot report the code, each with its reason. The right one is a program.
  static let describedOnly: [String: String] = [
    "E1001": "a byte that is not UTF-8 cannot be printed",
    "E1002": "a NUL byte cannot be printed",
    "E1003": "a byte order mark cannot be seen",
    "E1004": "a carriage return cannot be seen",
    "E1020": "a file of 256 MiB is too large to print",
    "E1021": "a thousand brackets are too many to print",
    "E1022": "as many errors are too many to print",
    "E1023": "a function of 256 parameters is too large to print",
    "E1024": "a type of 65,536 fields is too large to print",
    "E1100": "a file with nothing to run is wrong only where it is to be run",
    "E2604": "the wrong example describes a match too large to print",
    "W0007": "a module is hidden by another file",
  ]

  /// Codes that `check` of one file can report, and those of panics.
  static let codes: [String] = {
    let listing = (try? Orus.text(["explain"]).output) ?? ""
    return listing.split(separator: "\n").compactMap { $0.split(separator: " ").first.map(String.init) }
      .filter { !$0.hasPrefix("E3") && !$0.hasPrefix("E9") && exceptions[$0] == nil }
  }()

  @Test(arguments: codes)
  func pageIsTrue(_ code: String) throws {
    let page = try Orus.text(["explain", code]).output
    let wrong = Self.block("Wrong:", of: page)
    let right = Self.block("Right:", of: page)
    try #require(!wrong.isEmpty && !right.isEmpty, "\(code): a wrong and a right example")
    if Self.describedOnly[code] == nil {
      let ofWrong = try Orus.check(Array(wrong.utf8)).map(\.code)
      if code.hasPrefix("E0") {
        #expect(!ofWrong.contains { $0.hasPrefix("E") }, "\(code): the wrong example fails only when it runs")
      } else {
        #expect(ofWrong == [code], "\(code): the wrong example reports \(ofWrong)")
      }
    }
    let ofRight = try Orus.check(Array(right.utf8)).filter { $0.code.hasPrefix("E") || $0.code == code }
    #expect(ofRight.isEmpty, "\(code): the right example reports \(ofRight.map { "\($0.code) \($0.message)" })")
  }

  /// The indented lines under a heading.
  private static func block(_ heading: String, of page: String) -> String {
    let rows = page.split(separator: "\n", omittingEmptySubsequences: false)
    guard let at = rows.firstIndex(where: { $0 == heading }) else { return "" }
    let block = rows[(at + 1)...].prefix { $0.isEmpty || $0.hasPrefix("    ") }
    return block.map { String($0.dropFirst(4)) }.joined(separator: "\n") + "\n"
  }
}
