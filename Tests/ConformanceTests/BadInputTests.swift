import Foundation
import Testing

/// Input that nobody means: a diagnostic and exit code 65 in a short time, never
/// a crash, a hang or an internal error.
@Suite struct BadInputTests {
  /// What `check` makes of a source: its exit code, and the codes that it reports.
  private func check(_ source: [UInt8]) throws -> (exitCode: Int32, codes: Set<String>) {
    let result = try Subprocess(
      executable: Orus.executable, arguments: ["check", "--diagnostics=compact", "-"],
      environment: Orus.environment.map { "\($0)=\($1)" }, directory: "/", input: source
    ).run()
    let text = String(decoding: result.errorOutput, as: UTF8.self)
    return (result.exitCode, Set(text.matches(of: /\[([EW][0-9]{4})\]/).map { String($0.output.1) }))
  }

  private func expectRefused(_ source: [UInt8], _ code: String? = nil) throws {
    let (exitCode, codes) = try check(source)
    #expect(exitCode == 65)
    #expect(!codes.contains { $0.hasPrefix("E9") }, "an internal error: \(codes)")
    if let code { #expect(codes.contains(code), "\(codes)") }
  }

  @Test(arguments: ["(", "[", "{", "-", "not ", "fn(x): ", "[(", "f(", "if a: ", "x as Map<string, "])
  func deepNesting(_ part: String) throws {
    try expectRefused(Array(("let x = " + String(repeating: part, count: 200_000)).utf8))
  }

  @Test(arguments: ["\"", "\"\"\"", "f\"{", "/*", "r\"", "(", "[1, ", "{1: ", "fn f(", "match x:\n    Some("])
  func unterminated(_ text: String) throws {
    try expectRefused(Array("let before = 1\n\(text)".utf8))
  }

  @Test func longLines() throws {
    // A long sum is a program as any other; the checked build takes its time over it.
    let (exitCode, _) = try check(Array(("let x = 1" + String(repeating: "+1", count: 200_000)).utf8))
    #expect(exitCode == 0)
    let half = 5 << 20
    try expectRefused(Array(("let x = " + String(repeating: "a.", count: half)).utf8))
    try expectRefused(Array(("let x = " + String(repeating: "a", count: 2 * half)).utf8))
  }

  @Test func badEncoding() throws {
    try expectRefused(Array("let x = ".utf8) + [0xFF, 0xFE], "E1001")
    try expectRefused(Array("let x = 1\n".utf8) + [0], "E1002")
  }

  @Test(arguments: 0..<8)
  func randomBytes(_ seed: UInt64) throws {
    var random = Generator(seed)
    let bytes = (0..<20_000).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    try expectRefused(bytes)
  }

  @Test(arguments: 0..<24)
  func randomTokens(_ seed: UInt64) throws {
    let tokens = """
      fn let mut if else elif match for in while return break struct enum impl use pub const try catch and or not as \
      is \
      ( ) [ ] { } , : ; . .. ..= = == + - * / % & | ^ < > << >> -> ? 1 2.5 "s" f"{x}" x y T Some None self true nil _
      """.split(separator: " ").map(String.init) + ["\n", "\n    ", "\n        "]
    var random = Generator(seed)
    var text = ""
    for _ in 0..<3000 { text += tokens[Int(random.next() % UInt64(tokens.count))] + " " }
    let (exitCode, codes) = try check(Array(text.utf8))
    #expect(exitCode == 65 || exitCode == 0)
    #expect(!codes.contains { $0.hasPrefix("E9") }, "an internal error: \(codes)")
  }

  @Test func tooManyFields() throws {
    let fields = (0...65_535).map { "    f\($0): i32\n" }.joined()
    try expectRefused(Array("struct Wide:\n\(fields)".utf8), "E1024")
  }

  @Test func tooManyMistakes() throws {
    try expectRefused(Array(String(repeating: "let = 1\n", count: 20_000).utf8), "E1022")
  }

  @Test func sourceThatIsTooLarge() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "orus-large-\(UUID().uuidString).orus").path
    try Data().write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    // Without blocks on the disk: only the length counts.
    truncate(path, (256 << 20) + 1)
    let result = try Subprocess(
      executable: Orus.executable, arguments: ["check", "--diagnostics=compact", path],
      environment: Orus.environment.map { "\($0)=\($1)" }, directory: "/"
    ).run()
    #expect(result.exitCode == 65)
    #expect(String(decoding: result.errorOutput, as: UTF8.self).contains("[E1020]"))
  }

  /// A compiled program with a byte changed or missing is refused by its checksum.
  @Test func damagedPrograms() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "orus-damage-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try "fn main: print(\"ran\")\n".write(to: folder.appending(path: "a.orus"), atomically: false, encoding: .utf8)
    #expect(try Orus.text(["compile", "a.orus", "-o", "a.bin"], in: folder.path).exitCode == 0)
    #expect(try Orus.text(["a.bin"], in: folder.path).output == "ran\n")
    let whole = try Data(contentsOf: folder.appending(path: "a.bin"))
    var random = Generator(1)
    for round in 0..<12 {
      var bytes = whole
      let place = Int(random.next() % UInt64(bytes.count - 8)) + 8
      if round % 2 == 0 { bytes[place] ^= 1 << UInt8(random.next() % 8) } else { bytes = bytes.prefix(place) }
      try bytes.write(to: folder.appending(path: "b.bin"))
      let result = try Orus.text(["b.bin"], in: folder.path)
      #expect(result.exitCode == 65)
      #expect(result.output.isEmpty)
    }
  }
}

/// Xorshift (Marsaglia, 2003): the same numbers for a seed on every machine.
private struct Generator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}
