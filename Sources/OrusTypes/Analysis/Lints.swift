import OrusDiagnostics
import OrusSyntax

/// What is only warned about and does not depend on paths: variables and
/// imports that nothing reads, casts that change nothing, names against the
/// conventions. Driven row by row, since a row's meaning is in its side tables.
struct Lints {
  private let module: TypedModule
  private let program: TypedProgram
  private let tree: SyntaxTree
  private(set) var diagnostics: [Diagnostic] = []
  var hasSyntaxErrors = false

  /// Reads of each local of the program that this module mentions.
  private var reads: [Int32]
  /// Plain names that a local `let` declares.
  private var lets: [NodeID] = []
  private var imports: UnusedImports
  /// By symbol: the styles that it has been found to be in, a bit each.
  private var accepted: [UInt8]

  init(_ module: TypedModule, _ program: TypedProgram) {
    self.module = module
    self.program = program
    tree = module.tree
    reads = Array(repeating: 0, count: program.locals.count)
    imports = UnusedImports(module, program)
    accepted = Array(repeating: 0, count: program.symbols.count)
  }

  // MARK: Rows

  mutating func visitName(_ id: NodeID, _ row: Node) {
    let use = module.use(id)
    if use.kind == .local {
      reads[Int(use.index)] += 1
    } else {
      imports.visit(Symbol(row.a))
    }
  }

  /// Being the target of `=` is not being read.
  mutating func visitAssignment(_ id: NodeID, _ row: Node) {
    if row.detail == AssignOperator.set.rawValue { takeBackReads(NodeID(row.a)) }
  }

  private mutating func takeBackReads(_ target: NodeID) {
    let row = tree[target]
    switch row.kind {
    case .name:
      let use = module.use(target)
      if use.kind == .local { reads[Int(use.index)] -= 1 }
    case .tuple: for part in tree.list(row.a) { takeBackReads(part) }
    case .parenthesized: takeBackReads(NodeID(row.a))
    default: break
    }
  }

  mutating func visitLet(_ id: NodeID, _ row: Node) {
    let pattern = NodeID(row.a)
    if tree.kind(pattern) == .bindingPattern && module.use(pattern).kind == .local { lets.append(pattern) }
  }

  mutating func visitCast(_ id: NodeID, _ row: Node) {
    let operand = NodeID(row.a)
    let type = module.type(operand)
    guard type == module.type(NodeID(row.b)), !program.types.contents(type).contains(.error), type != .never else {
      return
    }
    // A literal without a suffix may have its type from the cast, and is not one of that type without it.
    if type != .i32 && isPlainInteger(operand) { return }
    // So may `nil` and `None`, `[]` and `{:}`.
    let kind = tree.kind(operand)
    if kind == .arrayLiteral || kind == .mapLiteral, tree[operand].a == 0 { return }
    if kind == .nilLiteral || kind == .name && module.use(operand).kind == .variant { return }
    diagnostics.append(
      WarningMessage.sameTypeCast(
        tree.span(id), type: program.typeName(type), typeSpan: tree.span(NodeID(row.b)),
        operandEnd: tree.span(operand).end))
  }

  private func isPlainInteger(_ id: NodeID) -> Bool {
    var at = id
    while tree.kind(at) == .parenthesized || tree.kind(at) == .negate { at = NodeID(tree[at].a) }
    return tree.kind(at) == .integerLiteral && tree[at].detail == NumericSuffix.none.rawValue
  }

  // MARK: Names

  mutating func visitDeclaration(_ id: NodeID, _ row: Node) {
    switch row.kind {
    case .function:
      let name = tree.function(id).name
      if name != 0 { check(Symbol(name - 1), .snakeCase, "the function", id) }
    case .parameter: check(Symbol(row.a), .snakeCase, "the parameter", id)
    case .typeParameter: check(Symbol(row.a), .pascalCase, "the type parameter", id)
    case .structDeclaration: check(tree.structure(id).name, .pascalCase, "the struct", id)
    case .fieldDeclaration: check(Symbol(row.a), .snakeCase, "the field", id)
    case .enumDeclaration: check(tree.enumeration(id).name, .pascalCase, "the enum", id)
    case .variant: check(Symbol(row.a), .pascalCase, "the variant", id)
    case .payloadField:
      if row.a != 0 { check(Symbol(row.a - 1), .snakeCase, "the payload", id) }
    case .constStatement: check(Symbol(row.a), .upperCase, "the constant", id)
    case .bindingPattern: check(Symbol(row.a), .snakeCase, "the variable", id)
    case .restPattern:
      if row.a != 0 { check(Symbol(row.a - 1), .snakeCase, "the variable", id) }
    case .tryExpression:
      let view = tree.tryExpression(id)
      if view.name != 0 {
        check(Symbol(view.name - 1), .snakeCase, "the variable", id, at: view.nameToken)
      }
    default: break
    }
  }

  /// - Parameter token: the name, where it is not the token that the node is about.
  private mutating func check(
    _ symbol: Symbol, _ style: NamingStyle, _ what: String, _ id: NodeID, at token: TokenID? = nil
  ) {
    if accepted[Int(symbol.index)] & style.bit != 0 { return }
    if style.accepts(program.symbols.utf8(symbol)) {
      accepted[Int(symbol.index)] |= style.bit
      return
    }
    let span = token.map { tree.tokens.span($0, file: tree.file) } ?? tree.tokenSpan(id)
    diagnostics.append(WarningMessage.naming(what, program.symbols[symbol], style, at: span))
  }

  // MARK: End

  /// After the last row.
  mutating func finish() {
    for pattern in lets {
      let local = module.use(pattern).index
      guard reads[Int(local)] <= 0 else { continue }
      let symbol = Symbol(tree[pattern].a)
      let name = program.symbols.utf8(symbol)
      if name.first == UInt8(ascii: "_") { continue }
      diagnostics.append(WarningMessage.unusedVariable(program.symbols[symbol], at: tree.tokenSpan(pattern)))
    }
    // What could not be read may have used any import.
    if !hasSyntaxErrors { diagnostics += imports.diagnostics() }
  }
}
