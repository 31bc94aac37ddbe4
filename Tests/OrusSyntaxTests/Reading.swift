import Foundation
import OrusDiagnostics
import OrusSyntax
import Synchronization
import Testing

/// A text that has been parsed, with what holds for any text at all.
struct Reading: @unchecked Sendable {
  let bytes: [UInt8]
  let tree: SyntaxTree
  let symbols: SymbolTable
  let diagnostics: [Diagnostic]

  init(_ bytes: [UInt8]) {
    let symbols = SymbolTable()
    var diagnostics: [Diagnostic] = []
    let tree = bytes.withUnsafeBufferPointer {
      parse(source: $0, file: FileID(0), symbols: symbols, diagnostics: &diagnostics)
    }
    self.bytes = bytes
    self.tree = tree
    self.symbols = symbols
    self.diagnostics = diagnostics
  }

  init(_ text: String) { self.init(Array(text.utf8)) }

  /// The codes of what was reported, each after its line: `2:E1030`.
  var findings: [String] { diagnostics.map { "\(line(of: $0.primary.span.start)):\($0.code)" } }

  /// The same with what was said.
  var messages: [String] { diagnostics.map { "\(line(of: $0.primary.span.start)):\($0.code) \($0.message)" } }

  var dump: String { dumpTree(tree, symbols: symbols) }

  func text(_ span: Span) -> String { String(decoding: bytes[Int(span.start)..<Int(span.end)], as: UTF8.self) }

  private func line(of offset: UInt32) -> Int { 1 + bytes.prefix(Int(offset)).count { $0 == UInt8(ascii: "\n") } }

  /// The first thing that is wrong with where tokens, nodes and messages stand; nil if they all lie in the text.
  func misplacement() -> String? {
    let tokens = tree.tokens
    var end: UInt32 = 0
    for index in 0..<tokens.count {
      let (first, last) = (tokens.starts[index], tokens.ends[index])
      if first < end || last < first || last > bytes.count { return "token \(index) at \(first)..<\(last)" }
      end = last
    }
    for index in 1..<tree.nodeCount {
      let node = NodeID(UInt32(index))
      if let fault = fault(in: tree.span(node)) { return "node \(index), \(tree.kind(node)): \(fault)" }
      if tree[node].token.index >= tokens.count { return "node \(index), \(tree.kind(node)): no such token" }
    }
    var previous: UInt32 = 0
    for diagnostic in diagnostics {
      let labels = [diagnostic.primary] + diagnostic.secondary
      let spans = labels.map(\.span) + diagnostic.help.flatMap { $0.edits.map(\.span) }
      for span in spans {
        if let fault = fault(in: span) { return "\(diagnostic.code) \(diagnostic.message): \(fault)" }
      }
      if diagnostic.primary.span.start < previous { return "\(diagnostic.code) is out of order" }
      previous = diagnostic.primary.span.start
    }
    return nil
  }

  private func fault(in span: Span) -> String? {
    span.start <= span.end && Int(span.end) <= bytes.count ? nil : "\(span.start)..<\(span.end) of \(bytes.count)"
  }
}

/// Runs `body` where there is room for the deepest nesting that is read, which a test's own thread has not in an
/// unoptimised build.
func onLargeStack<Result: Sendable>(_ body: @escaping @Sendable () -> Result) -> Result {
  let result = Mutex<Result?>(nil)
  let done = DispatchSemaphore(value: 0)
  let thread = Thread {
    let value = body()
    result.withLock { $0 = value }
    done.signal()
  }
  thread.stackSize = 256 << 20
  thread.start()
  done.wait()
  return result.withLock { $0! }
}

/// The repository's Orus sources.
enum Sources {
  struct File: Sendable, CustomTestStringConvertible {
    let path: String
    var testDescription: String { path }
    func bytes() throws -> [UInt8] { Array(try Data(contentsOf: root.appending(path: path))) }

    /// The text beside a case that says what it does, where a comment in the case would disturb it.
    func sidecar() -> String? {
      try? String(contentsOf: root.appending(path: path.dropLast("orus".count) + "expect"), encoding: .utf8)
    }
  }

  static let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static let cases = files(in: "Conformance")
  static let programs = files(in: "std") + files(in: "Benchmarks")

  private static func files(in folder: String) -> [File] {
    let names = FileManager.default.enumerator(atPath: root.appending(path: folder).path)?.compactMap { $0 as? String }
    return (names ?? []).filter { $0.hasSuffix(".orus") }.sorted().map { File(path: "\(folder)/\($0)") }
  }
}
