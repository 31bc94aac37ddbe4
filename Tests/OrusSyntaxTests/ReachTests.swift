import OrusSyntax
import Testing

/// Nodes know where they begin and end, also those that reach further than their rows say.
@Suite struct ReachTests {
  /// Around the 255 tokens that a row has room for, before and behind the node's own.
  static let lengths = [1, 2, 3, 100, 126, 127, 128, 129, 253, 254, 255, 256, 257, 1000]

  @Test(arguments: lengths)
  func reachesToTheEndOfAList(length: Int) {
    let list = "[" + Array(repeating: "1", count: length).joined(separator: ", ") + "]"
    #expect(texts(of: .arrayLiteral, in: "let x = \(list)\n") == [list])
  }

  @Test(arguments: lengths)
  func reachesBackToTheFirstOperand(length: Int) {
    let sum = Array(repeating: "1", count: length + 1).joined(separator: " + ")
    // Operands come first, so the whole sum is the last of its nodes.
    #expect(texts(of: .binary, in: "let x = \(sum)\n").last == sum)
  }

  @Test(arguments: lengths)
  func blocksAndFunctionsReachOverTheirStatements(length: Int) {
    let body = Array(repeating: "    f()\n", count: length).joined()
    let block = String(body.dropFirst(4).dropLast())
    let source = "fn f():\n\(body)"
    #expect(texts(of: .block, in: source) == [block])
    #expect(texts(of: .function, in: source) == [String(source.dropLast())])
  }

  /// The source texts of all nodes of a kind, in the order of the tree.
  private func texts(of kind: NodeKind, in source: String) -> [String] {
    let reading = Reading(source)
    #expect(reading.findings.isEmpty)
    let nodes = (1..<UInt32(reading.tree.nodeCount)).map { NodeID($0) }
    return nodes.filter { reading.tree.kind($0) == kind }.map { reading.text(reading.tree.span($0)) }
  }
}
