import Foundation
import Testing

/// Programs kept between runs: a cache costs time, never correctness.
final class CacheTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "orus-cache-\(UUID().uuidString)")
  private var cache: URL { folder.appending(path: "cache/deep") }

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try write("main.orus", "use part\n\nprint(part.answer(), [1, 2][part.index()])\n")
    try write("part.orus", part(answer: 42))
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Long enough to be worth keeping.
  private func part(answer: Int, index: Int = 1) -> String {
    let padding = String(repeating: "// padding\n", count: 2000)
    return "pub fn answer() -> i32: \(answer)\npub fn index() -> i32: \(index)\n" + padding
  }

  private func write(_ name: String, _ text: String) throws {
    let file = folder.appending(path: name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: file, atomically: true, encoding: .utf8)
  }

  private struct Run: Equatable {
    let output: String
    let errors: String
    let origin: String
    let exitCode: Int32
  }

  private func run(
    _ file: String = "main.orus", environment: [String: String] = [:], input: String = ""
  ) throws -> Run {
    let variables = Orus.environment.merging(["ORUS_CACHE": cache.path]) { $1 }.merging(environment) { $1 }
    let result = try Subprocess(
      executable: Orus.executable, arguments: ["run", "--diagnostics=compact", "--report-engine", file],
      environment: variables.map { "\($0)=\($1)" }, directory: folder.path, input: Array(input.utf8)
    ).run()
    var lines = String(decoding: result.errorOutput, as: UTF8.self).split(separator: "\n").map(String.init)
    let report = lines.last?.contains("engine=") == true ? lines.removeLast() : ""
    let origin = report.split(separator: " ").first { $0.hasPrefix("program=") }.map { String($0.dropFirst(8)) }
    return Run(
      output: String(decoding: result.output, as: UTF8.self), errors: lines.joined(separator: "\n"),
      origin: origin ?? "", exitCode: result.exitCode)
  }

  private func entries() throws -> [URL] {
    try FileManager.default.contentsOfDirectory(at: cache, includingPropertiesForKeys: nil)
  }

  @Test func secondRunIsNotCompiled() throws {
    #expect(try run() == Run(output: "42 2\n", errors: "", origin: "compiled", exitCode: 0))
    #expect(try run() == Run(output: "42 2\n", errors: "", origin: "cached", exitCode: 0))
    #expect(try entries().count == 1)
  }

  @Test func changeOfAModuleIsSeen() throws {
    _ = try run()
    try write("part.orus", part(answer: 43))
    #expect(try run() == Run(output: "43 2\n", errors: "", origin: "compiled", exitCode: 0))
    #expect(try run().origin == "cached")
    #expect(try entries().count == 1, "the new program takes the place of the old one")
  }

  @Test func changeOfTheEntryFileIsSeen() throws {
    _ = try run()
    try write("main.orus", "use part\n\nprint(part.answer() + 1)\n")
    #expect(try run() == Run(output: "43\n", errors: "", origin: "compiled", exitCode: 0))
  }

  @Test func moduleThatWasMissingIsSeen() throws {
    try FileManager.default.removeItem(at: folder.appending(path: "part.orus"))
    try write("second/part.orus", part(answer: 2))
    let path = ["ORUS_PATH": "first:second"]
    #expect(try run(environment: path).output == "2 2\n")
    #expect(try run(environment: path).origin == "cached")
    try write("first/part.orus", part(answer: 1))
    #expect(try run(environment: path) == Run(output: "1 2\n", errors: "", origin: "compiled", exitCode: 0))
    #expect(try run(environment: ["ORUS_PATH": "second"]).output == "2 2\n")
  }

  @Test func moduleThatWentMissingIsSeen() throws {
    _ = try run()
    try FileManager.default.removeItem(at: folder.appending(path: "part.orus"))
    #expect(try run().exitCode == 65)
  }

  @Test func panicIsPlacedAsEver() throws {
    try write("part.orus", part(answer: 42, index: 7))
    let compiled = try run()
    let cached = try run()
    #expect(cached.origin == "cached")
    #expect(compiled.exitCode == 70)
    #expect(compiled.errors.contains("main.orus:3:"))
    #expect(cached.errors == compiled.errors)
  }

  @Test func warningsAreShownEachTime() throws {
    try write("main.orus", "use part\n\nfn main:\n    let unused = 1\n    print(part.answer())\n")
    let first = try run()
    #expect(first.errors.contains("warning"))
    #expect(try run() == first)
  }

  @Test func damageCostsNothingButTime() throws {
    _ = try run()
    let entry = try #require(try entries().first)
    let whole = try Data(contentsOf: entry)
    for step in 0..<40 {
      var damaged = whole
      let place = damaged.startIndex + step * (whole.count - 1) / 39
      if step % 2 == 0 { damaged[place] ^= 0x10 } else { damaged = damaged.prefix(upTo: place) }
      try damaged.write(to: entry)
      let result = try run()
      #expect(result.output == "42 2\n" && result.exitCode == 0 && result.errors.isEmpty, "step \(step)")
    }
    #expect(try run().origin == "cached")
  }

  @Test func anotherCompilersEntryIsNotTaken() throws {
    _ = try run()
    let entry = try #require(try entries().first)
    let bytes = try Data(contentsOf: entry)
    var lines = bytes.split(separator: 10, maxSplits: 2, omittingEmptySubsequences: false)
    lines[1] = Data("123456789abcdef".utf8)
    try Data(lines.joined(separator: [10])).write(to: entry)
    #expect(try run().origin == "compiled")
    #expect(try run().origin == "cached")
  }

  @Test(arguments: ["/proc/none/cache", "/dev/null/cache", "main.orus", ""])
  func placeThatCannotBeWrittenIsNoError(_ place: String) throws {
    for _ in 0..<2 {
      #expect(try run(environment: ["ORUS_CACHE": place]) == Run(
        output: "42 2\n", errors: "", origin: "compiled", exitCode: 0))
    }
  }

  @Test func standardInputIsNotKept() throws {
    let text = part(answer: 1) + "print(answer())\n"
    for _ in 0..<2 { #expect(try run("-", input: text).origin == "compiled") }
  }

  @Test func smallProgramIsNotKept() throws {
    try write("small.orus", "print(1)\n")
    for _ in 0..<2 { #expect(try run("small.orus").origin == "compiled") }
  }
}
