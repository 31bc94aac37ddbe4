import OrusDiagnostics

/// Reads one file. What is wrong with it is added to `diagnostics`, sorted by
/// position; there is a tree in any case.
public func parse(
  source: UnsafeBufferPointer<UInt8>, file: FileID, symbols: SymbolTable, diagnostics: inout [Diagnostic]
) -> SyntaxTree {
  var readable = source
  var found: [Diagnostic] = []
  if source.count > Parser.sourceLimit {
    found.append(Message.sourceTooLarge(at: Span(file: file, start: 0, end: 0), bytes: source.count))
    readable = UnsafeBufferPointer(start: source.baseAddress, count: 0)
  }
  var lexer = Lexer(source: readable, file: file, symbols: symbols)
  lexer.run()
  var parser = Parser(lexer: lexer)
  let root = parser.parseModule()
  found += parser.diagnostics
  // The lexer's come before the parser's; each of the two is nearly in order.
  found.sort { ($0.primary.span.start, $0.primary.span.end) < ($1.primary.span.start, $1.primary.span.end) }
  diagnostics += found
  return parser.finish(root: root)
}
