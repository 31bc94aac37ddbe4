import OrusDiagnostics

/// A file that was parsed before its turn, on whatever thread: its symbols are
/// those of a table of its own, and the file has no number yet.
///
/// `takeTree` gives what `parse` would have given in its place, down to the
/// numbers of the symbols: they are interned in the order in which the file
/// mentions them first.
public struct EarlyTree: @unchecked Sendable {
  /// Without the file's number.
  private let tree: SyntaxTree
  private let symbols: SymbolTable

  /// Nil where there is something to report: messages name the file, so it has to be parsed in its turn.
  public init?(source: UnsafeBufferPointer<UInt8>) {
    symbols = SymbolTable()
    var diagnostics: [Diagnostic] = []
    tree = parse(source: source, file: FileID(0), symbols: symbols, diagnostics: &diagnostics)
    if !diagnostics.isEmpty { return nil }
  }

  /// The paths of the modules that the file imports, in order.
  public var imports: [[String]] { tree.uses.map { tree.modulePath(of: $0, symbols) } }

  /// The tree with the symbols of the program's table. To be called once.
  public consuming func takeTree(file: FileID, symbols program: SymbolTable) -> SyntaxTree {
    let numbers = (0..<UInt32(symbols.count)).map { program.intern(symbols.utf8(Symbol($0))).index }
    tree.renumberSymbols(numbers)
    return SyntaxTree(file: file, from: tree)
  }
}

extension SyntaxTree {
  /// The `use` statements of a file, in order.
  public var uses: [NodeID] { list(self[root].a).filter { kind($0) == .use } }

  /// The names that a `use` gives of its module's path; where one could not be read, it is empty.
  public func modulePath(of use: NodeID, _ symbols: SymbolTable) -> [String] {
    list(self.use(use).path).map { kind($0) == .name ? symbols[Symbol(self[$0].a)] : "" }
  }
}
