import OrusDiagnostics

/// Tokens to tree, by recursive descent with one token of look-ahead (more only
/// where a list of types is told from a comparison, and on the way to an error).
///
/// The parser never fails: what it cannot read becomes an `error` node and a
/// diagnostic. The files beside this one hold the grammar by area; Layout.swift
/// says how lines make blocks, Recovery.swift how errors are kept from causing
/// others.
///
/// Invariant: a method that parses a construct either consumes at least one
/// token or reports, so that no loop stands still.
struct Parser: ~Copyable {
  /// Of one file; further mistakes are dropped.
  static let diagnosticLimit = 1000
  static let nestingLimit = 1000
  static let parameterLimit = 255
  static let memberLimit = 65535
  static let sourceLimit = 256 << 20

  let source: UnsafePointer<UInt8>
  let sourceCount: Int
  let file: FileID
  let symbols: SymbolTable
  let tokens: TokenTable
  let literals: Literals
  private let ownedTokens: TokenBuffers

  /// The current token.
  var at = 0
  var kind: TokenKind

  // MARK: The tree

  var nodes: Buffer<Node>
  /// Of the nodes whose rows have no room for it.
  var farReaches = Buffer<FarReach>(capacity: 64)
  var extra: Buffer<UInt32>
  /// Nodes of lists that are not complete yet.
  var pending = Buffer<UInt32>(capacity: 256)
  /// Operators that wait for their right operand.
  var operators = Buffer<PendingOperator>(capacity: 64)
  let operatorTable = OperatorTable.rows

  // MARK: Where the cursor is

  /// Brackets, unary operators, blocks, nested types and patterns around the cursor.
  var depth = 0
  var layout = Layout()
  /// The brackets open around the cursor, by token, outermost first.
  var openBrackets = Buffer<UInt32>(capacity: 64)
  /// The type behind `as` or `is` is being read.
  var isInCast = false
  /// A type around the cursor has the form of another language, and is reported with what is in it.
  var isInForeignType = false
  /// In the first element of the array whose bracket is the n-th open one, `;` belongs to the array.
  var repeatBracket = -1
  /// Blocks that were opened by `{`, the habit; their closing brace is passed over.
  var openBraceBlocks = 0
  /// Such a `{` whose statement was reported as a whole.
  var passedBrace = -1
  /// The cursor is in a function's body.
  var functionDepth = 0

  // MARK: Errors

  var diagnostics: [Diagnostic]
  var recovery = Recovery()
  /// Where strings and comments begin whose end is missing; what is missing behind them may stand in them.
  let unclosed: [Int]

  init(lexer: consuming Lexer) {
    source = lexer.source
    sourceCount = lexer.count
    file = lexer.file
    symbols = lexer.symbols
    diagnostics = lexer.diagnostics
    tokens = lexer.tokens.table
    ownedTokens = lexer.tokens
    literals = lexer.literals
    unclosed = lexer.unclosed
    kind = tokens.kinds[0]
    let estimate = tokens.count + 16
    nodes = Buffer(capacity: estimate)
    extra = Buffer(capacity: estimate)
    // Row 0 is no node, and the list at word 0 is the empty one.
    nodes.append(Node(.error, token: TokenID(0)))
    extra.append(0)
  }

  consuming func finish(root: NodeID) -> SyntaxTree {
    let count = nodes.count
    let integers = literals.integers.copied()
    let floats = literals.floats.copied()
    return SyntaxTree(
      file: file, root: root, nodeCount: count, nodes: nodes.take(), extra: extra.take(),
      farReaches: farReaches.copied(), integers: integers, floats: floats, tokens: ownedTokens.finished())
  }

  // MARK: Tokens

  @inline(__always)
  mutating func advance() {
    // The last token is the end of the file, and is never passed.
    if kind != .endOfFile {
      at &+= 1
      kind = tokens.kinds[at]
    }
  }

  /// Puts the cursor on a token.
  mutating func move(to token: Int) {
    at = token
    kind = tokens.kinds[token]
  }

  @inline(__always)
  func peek(_ offset: Int = 1) -> TokenKind {
    let i = at &+ offset
    return i < tokens.count ? tokens.kinds[i] : .endOfFile
  }

  /// Consumes a token of this kind, if it is next.
  @inline(__always)
  mutating func take(_ wanted: TokenKind) -> Bool {
    if kind != wanted { return false }
    advance()
    return true
  }

  @inline(__always)
  func start(of token: Int) -> UInt32 { tokens.starts[token] }

  /// The end of the last consumed token.
  @inline(__always)
  var lastEnd: UInt32 { at == 0 ? 0 : tokens.ends[at &- 1] }

  @inline(__always)
  var tokenID: TokenID { TokenID(UInt32(truncatingIfNeeded: at)) }

  @inline(__always)
  func isFirstOnLine(_ token: Int) -> Bool { tokens.flags[token] & TokenList.firstOnLine != 0 }

  /// No space or comment stands between a token and the one before it.
  @inline(__always)
  func isAdjacent(_ token: Int) -> Bool { token > 0 && tokens.starts[token] == tokens.ends[token - 1] }

  /// The column of a token that is the first one on its line.
  @inline(__always)
  mutating func column(of token: Int) -> Int {
    let column = Int(tokens.flags[token] >> 1)
    return column < TokenList.farColumn ? column : farColumn(of: token)
  }

  @inline(never)
  private mutating func farColumn(of token: Int) -> Int {
    let end = Int(tokens.starts[token])
    var i = end
    while i > 0 && source[i - 1] != UInt8(ascii: "\n") { i -= 1 }
    var column = 0
    while i < end {
      column += source[i] == UInt8(ascii: "\t") ? 4 - column % 4 : 1
      i += 1
    }
    return column
  }

  /// The current token begins a line that ends the statement before it: it does so everywhere but in brackets.
  @inline(__always)
  var endsLine: Bool { layout.brackets == 0 && isFirstOnLine(at) }

  // MARK: Nodes

  /// Adds a node that reaches from the token `start` to the last consumed one.
  @inline(__always)
  mutating func add(
    _ kind: NodeKind, token: TokenID, start: TokenID, a: UInt32 = 0, b: UInt32 = 0, detail: UInt8 = 0
  ) -> NodeID {
    let id = NodeID(UInt32(truncatingIfNeeded: nodes.count))
    let last = TokenID(UInt32(truncatingIfNeeded: max(at &- 1, 0)))
    let reach = reach(of: id, token, from: start, to: last)
    nodes.append(Node(kind, token: token, reach: reach, a: a, b: b, detail: detail))
    return id
  }

  /// Adds a node that begins with its token.
  @inline(__always)
  mutating func add(_ kind: NodeKind, token: TokenID, a: UInt32 = 0, b: UInt32 = 0, detail: UInt8 = 0) -> NodeID {
    add(kind, token: token, start: token, a: a, b: b, detail: detail)
  }

  @inline(__always)
  private mutating func reach(of node: NodeID, _ token: TokenID, from first: TokenID, to last: TokenID) -> Node.Reach {
    if let reach = Node.Reach(token, first: first, last: last) { return reach }
    farReaches.append(FarReach(node: node, first: first, last: last))
    return .far
  }

  /// Adds a node of a single token, and consumes it.
  @inline(__always)
  mutating func addToken(_ kind: NodeKind, a: UInt32 = 0, b: UInt32 = 0, detail: UInt8 = 0) -> NodeID {
    let token = tokenID
    advance()
    return add(kind, token: token, a: a, b: b, detail: detail)
  }

  /// What was added has turned out to be an error; it keeps its place.
  func makeError(_ node: NodeID) {
    let row = nodes[Int(node.index)]
    nodes[Int(node.index)] = Node(.error, token: row.token, reach: row.reach)
  }

  /// A node where something is missing or unreadable.
  mutating func addError() -> NodeID {
    let id = NodeID(UInt32(truncatingIfNeeded: nodes.count))
    nodes.append(Node(.error, token: tokenID))
    return id
  }

  @inline(__always)
  func reach(of node: NodeID) -> (first: TokenID, last: TokenID) {
    nodes[Int(node.index)].nearReach
      ?? UnsafeBufferPointer(start: farReaches.base, count: farReaches.count).find(node)
  }

  @inline(__always)
  func first(of node: NodeID) -> TokenID { reach(of: node).first }

  @inline(__always)
  func kind(of node: NodeID) -> NodeKind { nodes[Int(node.index)].kind }

  // MARK: Lists and extra words

  /// Writes the pending nodes from `mark` on as a list, and gives its index.
  @inline(__always)
  mutating func finishList(from mark: Int) -> UInt32 {
    let count = pending.count - mark
    if count == 0 { return 0 }
    let index = extra.count
    extra.append(UInt32(truncatingIfNeeded: count))
    for i in mark..<pending.count { extra.append(pending[i]) }
    pending.truncate(to: mark)
    return UInt32(truncatingIfNeeded: index)
  }

  @inline(__always)
  mutating func addWords(_ first: UInt32, _ second: UInt32) -> UInt32 {
    let index = extra.count
    extra.append(first)
    extra.append(second)
    return UInt32(truncatingIfNeeded: index)
  }

  @inline(__always)
  mutating func addWords(_ first: UInt32, _ second: UInt32, _ third: UInt32) -> UInt32 {
    let index = addWords(first, second)
    extra.append(third)
    return index
  }
}
