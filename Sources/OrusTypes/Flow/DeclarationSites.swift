import OrusDiagnostics
import OrusSyntax

/// Where the variables of a module are declared, and as what. Built when the
/// first message needs it.
struct DeclarationSites {
  enum Kind {
    /// A `let` with a single name; its keyword, and whether it has a value.
    case plainLet(TokenID, hasValue: Bool)
    case parameter
    case loopVariable
    case patternName
    case caughtError
  }

  private(set) var sites: [FlowAnalysis.Variable: (node: NodeID, kind: Kind)] = [:]

  init(_ module: TypedModule) {
    let tree = module.tree
    for index in 1..<max(1, UInt32(tree.nodeCount)) {
      let node = NodeID(index)
      let row = tree[node]
      switch row.kind {
      case .bindingPattern, .restPattern: record(module, node, node, .patternName)
      case .parameter: record(module, node, node, .parameter)
      case .letStatement:
        let hasValue = !tree.letStatement(node).value.isNone
        record(module, NodeID(row.a), NodeID(row.a), .plainLet(row.token, hasValue: hasValue))
      case .forStatement, .forClause: record(module, NodeID(row.a), NodeID(row.a), .loopVariable)
      case .tryExpression: record(module, node, node, .caughtError)
      default: break
      }
    }
  }

  /// Statements come after their patterns in the tree, so what they know replaces what the pattern alone told.
  private mutating func record(_ module: TypedModule, _ use: NodeID, _ site: NodeID, _ kind: Kind) {
    let use = module.use(use)
    switch use.kind {
    case .local: sites[.local(use.index)] = (site, kind)
    case .global: sites[.global(use.index)] = (site, kind)
    default: break
    }
  }

  /// The place to point at.
  func span(_ variable: FlowAnalysis.Variable, _ tree: SyntaxTree) -> Span? {
    guard let site = sites[variable] else { return nil }
    if case .caughtError = site.kind {
      return tree.tokens.span(tree.tryExpression(site.node).nameToken, file: tree.file)
    }
    return tree.tokenSpan(site.node)
  }
}
