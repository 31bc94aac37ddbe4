import OrusDiagnostics

/// One row; see Node.swift.
@frozen
public struct Node: Sendable {
  /// In `detail`: the parser has reported how this is written, and what follows from that is no further mistake.
  public static let isReportedBit: UInt8 = 2

  public var kind: NodeKind
  public var detail: UInt8
  public var reach: Reach
  public var token: TokenID
  public var a: UInt32
  public var b: UInt32

  @inlinable
  public init(
    _ kind: NodeKind, token: TokenID, reach: Reach = .token, a: UInt32 = 0, b: UInt32 = 0, detail: UInt8 = 0
  ) {
    self.kind = kind
    self.detail = detail
    self.reach = reach
    self.token = token
    self.a = a
    self.b = b
  }
}

/// A list of nodes inside `extra`; a view, valid while its tree lives.
@frozen
public struct NodeList: RandomAccessCollection, @unchecked Sendable {
  @usableFromInline let base: UnsafePointer<UInt32>
  public let count: Int
  @inlinable public init(base: UnsafePointer<UInt32>, count: Int) {
    self.base = base
    self.count = count
  }
  @inlinable public var startIndex: Int { 0 }
  @inlinable public var endIndex: Int { count }
  @inlinable public subscript(i: Int) -> NodeID { NodeID(base[i]) }
  /// A list of its own of the nodes in these positions.
  @inlinable public func part(_ range: Range<Int>) -> NodeList {
    NodeList(base: base + range.lowerBound, count: range.count)
  }
}

/// The tree of one file. Immutable once parsed, so it is shared between threads
/// freely and read without checks.
public final class SyntaxTree: @unchecked Sendable {
  public let file: FileID
  public let root: NodeID
  public let nodeCount: Int
  @usableFromInline let nodes: UnsafeMutablePointer<Node>
  @usableFromInline let extra: UnsafeMutablePointer<UInt32>
  public let integers: [UInt64]
  public let floats: [Double]
  private let farReaches: [FarReach]
  public let tokens: TokenList
  /// The tree that has the memory of the tables, if it is not this one.
  private let owner: SyntaxTree?

  /// Takes copies of tables, of a tree whose nodes have no far reach.
  public convenience init(
    file: FileID, root: NodeID, nodes: [Node], extra: [UInt32], integers: [UInt64], floats: [Double], tokens: TokenList
  ) {
    self.init(
      file: file, root: root, nodeCount: nodes.count, nodes: copyOut(nodes), extra: copyOut(extra), farReaches: [],
      integers: integers, floats: floats, tokens: tokens)
  }

  /// Takes the memory of the parser's tables over.
  init(
    file: FileID, root: NodeID, nodeCount: Int, nodes: UnsafeMutablePointer<Node>,
    extra: UnsafeMutablePointer<UInt32>, farReaches: [FarReach], integers: [UInt64], floats: [Double], tokens: TokenList
  ) {
    self.file = file
    self.root = root
    self.nodeCount = nodeCount
    self.nodes = nodes
    self.extra = extra
    self.farReaches = farReaches
    self.integers = integers
    self.floats = floats
    self.tokens = tokens
    owner = nil
  }

  /// The same tree as that of another file.
  init(file: FileID, from other: SyntaxTree) {
    self.file = file
    root = other.root
    nodeCount = other.nodeCount
    nodes = other.nodes
    extra = other.extra
    farReaches = other.farReaches
    integers = other.integers
    floats = other.floats
    tokens = other.tokens
    owner = other
  }

  deinit {
    guard owner == nil else { return }
    nodes.deallocate()
    extra.deallocate()
  }

  @inlinable public subscript(_ id: NodeID) -> Node { nodes[Int(id.index)] }
  @inlinable public func kind(_ id: NodeID) -> NodeKind { nodes[Int(id.index)].kind }
  public func isReported(_ id: NodeID) -> Bool { self[id].detail & Node.isReportedBit != 0 }
  @inlinable public func word(_ index: UInt32) -> UInt32 { extra[Int(index)] }

  /// The list at `extra[index]`.
  @inlinable
  public func list(_ index: UInt32) -> NodeList {
    NodeList(base: UnsafePointer(extra + Int(index) + 1), count: Int(extra[Int(index)]))
  }

  /// How many bytes the file has.
  public var sourceSize: Int { Int(tokens.ends.last ?? 0) }

  /// The source range of a node, from its first to its last token.
  public func span(_ id: NodeID) -> Span {
    let (first, last) = self[id].nearReach ?? farReaches.withUnsafeBufferPointer { $0.find(id) }
    let start = tokens.starts[Int(first.index)]
    return Span(file: file, start: start, end: max(start, tokens.ends[Int(last.index)]))
  }

  /// The keyword before the name that a declaration's token is.
  public func keywordSpan(_ id: NodeID) -> Span {
    tokens.span(TokenID(nodes[Int(id.index)].token.index - 1), file: file)
  }

  /// The source range of the token that a node is about.
  @inlinable
  public func tokenSpan(_ id: NodeID) -> Span {
    tokens.span(nodes[Int(id.index)].token, file: file)
  }
}

private func copyOut<T>(_ array: [T]) -> UnsafeMutablePointer<T> {
  let copy = UnsafeMutablePointer<T>.allocate(capacity: max(array.count, 1))
  array.withUnsafeBufferPointer { source in
    if let base = source.baseAddress { copy.initialize(from: base, count: source.count) }
  }
  return copy
}
