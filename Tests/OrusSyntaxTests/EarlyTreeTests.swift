import OrusDiagnostics
import OrusSyntax
import Testing

/// A file that is parsed before its turn gives the tree that parsing it in its turn gives.
struct EarlyTreeTests {
  @Test func symbolsGetTheNumbersOfTheProgram() throws {
    var kinds: Set<NodeKind> = []
    for file in Sources.programs + Sources.cases {
      let bytes = try file.bytes()
      #expect(onLargeStack { differences(bytes) } == nil, "\(file)")
      kinds.formUnion(onLargeStack { kindsOfNodes(bytes) })
    }
    // The parser makes no type expressions.
    #expect(Set(NodeKind.allCases).subtracting(kinds) == [.error, .typeExpression])
  }

  @Test func whatHasMessagesIsNoEarlyTree() {
    #expect(earlyTree(of: Array("let x = \n".utf8)) == nil)
    #expect(earlyTree(of: Array("use a.b\nuse c: d\nuse a.b:*\n".utf8))?.imports == [["a", "b"], ["c"], ["a", "b"]])
  }
}

/// A table in which the names of a file do not have the numbers that a table of its own gives them.
private func usedTable() -> SymbolTable {
  let symbols = SymbolTable()
  for text in ["x", "unlikely", "self", "", "name"] { _ = symbols.intern(text) }
  return symbols
}

private func earlyTree(of bytes: [UInt8]) -> EarlyTree? {
  bytes.withUnsafeBufferPointer { EarlyTree(source: $0) }
}

private func kindsOfNodes(_ bytes: [UInt8]) -> Set<NodeKind> {
  guard let tree = earlyTree(of: bytes)?.takeTree(file: FileID(0), symbols: SymbolTable()) else { return [] }
  return Set((1..<UInt32(tree.nodeCount)).map { tree.kind(NodeID($0)) })
}

/// What tells the tree of a file from the one that was made early; nil if there is nothing.
private func differences(_ bytes: [UInt8]) -> String? {
  guard let early = earlyTree(of: bytes) else { return nil }
  let symbols = usedTable()
  var diagnostics: [Diagnostic] = []
  let expected = bytes.withUnsafeBufferPointer {
    parse(source: $0, file: FileID(3), symbols: symbols, diagnostics: &diagnostics)
  }
  let earlySymbols = usedTable()
  let found = early.takeTree(file: FileID(3), symbols: earlySymbols)
  if found.file != expected.file || found.nodeCount != expected.nodeCount { return "another file, or other nodes" }
  if symbols.count != earlySymbols.count { return "\(earlySymbols.count) symbols for \(symbols.count)" }
  for number in 0..<UInt32(symbols.count) where symbols[Symbol(number)] != earlySymbols[Symbol(number)] {
    return "symbol \(number)"
  }
  for number in 1..<UInt32(expected.nodeCount) {
    let (a, b) = (expected[NodeID(number)], found[NodeID(number)])
    if a.kind != b.kind || a.a != b.a || a.b != b.b || a.detail != b.detail { return "node \(number), \(a.kind)" }
  }
  return dumpTree(expected, symbols: symbols) == dumpTree(found, symbols: earlySymbols) ? nil : "words beside the nodes"
}
