/// The tree as text: one line a node, its parts below it and indented by two, with the name of the part where the kind
/// alone does not tell which one it is.
public func dumpTree(_ tree: SyntaxTree, symbols: SymbolTable) -> String {
  var dump = TreeDump(tree: tree, symbols: symbols)
  dump.write(tree.root)
  return dump.text
}

/// Writes nodes from a stack of its own, because a chain of operators is as deep as it is long.
private struct TreeDump {
  let tree: SyntaxTree
  let symbols: SymbolTable
  var text = ""
  private var stack: [Entry] = []

  /// A line that is still to be written.
  private struct Entry {
    var node = NodeID.none
    var label = ""
    var depth: Int
  }

  /// The parts of the node that is being written, in order.
  private var parts: [Entry] = []
  private var depth = 0

  init(tree: SyntaxTree, symbols: SymbolTable) {
    self.tree = tree
    self.symbols = symbols
  }

  mutating func write(_ root: NodeID) {
    stack.append(Entry(node: root, depth: 0))
    while let entry = stack.popLast() {
      for _ in 0..<entry.depth { text += "  " }
      if entry.node.isNone {
        text += entry.label + "\n"
        continue
      }
      if !entry.label.isEmpty { text += entry.label + ": " }
      depth = entry.depth + 1
      let detail = describe(entry.node)
      text += "\(tree.kind(entry.node))" + (detail.isEmpty ? "" : " " + detail) + "\n"
      stack.append(contentsOf: parts.reversed())
      parts.removeAll(keepingCapacity: true)
    }
  }

  // MARK: Parts

  private mutating func part(_ node: NodeID, _ label: String = "") {
    if !node.isNone { parts.append(Entry(node: node, label: label, depth: depth)) }
  }

  private mutating func part(_ word: UInt32, _ label: String = "") { part(NodeID(word), label) }

  private mutating func list(_ index: UInt32, _ label: String = "") {
    for node in tree.list(index) { part(node, label) }
  }

  private func name(_ symbol: UInt32) -> String { symbols[Symbol(symbol)] }

  /// Of a symbol + 1.
  private func name(ifAny symbol: UInt32) -> String { symbol == 0 ? "" : name(symbol - 1) }

  private func words(_ all: String...) -> String { all.filter { !$0.isEmpty }.joined(separator: " ") }

  /// What stands on the node's own line, after its parts were collected.
  private mutating func describe(_ id: NodeID) -> String {
    let node = tree[id]
    switch node.kind {
    case .error, .pass, .trueLiteral, .falseLiteral, .nilLiteral, .wildcardPattern: return ""
    case .module, .block, .interpolatedString, .tuple, .arrayLiteral, .mapLiteral, .alternativePattern, .tuplePattern,
      .arrayPattern, .tupleType:
      list(node.a)
      return ""
    case .function, .lambda: return describeFunction(id)
    case .structDeclaration, .fieldDeclaration, .enumDeclaration, .variant, .payloadField, .implementation, .use,
      .useName, .typeParameter, .parameter:
      return describeDeclaration(id)
    case .letStatement, .constStatement, .assign, .returnStatement, .breakStatement, .continueStatement,
      .whileStatement, .forStatement:
      return describeStatement(id)
    case .integerLiteral:
      let suffix = NumericSuffix(rawValue: node.detail) ?? .none
      return "\(tree.integers[Int(node.a)])" + (suffix == .none ? "" : "\(suffix)")
    case .floatLiteral: return "\(tree.floats[Int(node.a)])"
    case .stringLiteral: return words(quoted(name(node.a)), node.b == 0 ? "" : "format " + quoted(name(node.b - 1)))
    case .interpolation:
      part(node.a)
      return node.b == 0 ? "" : "spec " + quoted(name(node.b - 1))
    case .name, .bindingPattern: return name(node.a)
    case .instantiation:
      part(node.a)
      list(node.b, "argument")
      return ""
    case .typeExpression, .spreadArgument, .propagate, .negate, .bitNot, .logicalNot, .parenthesized, .ifClause,
      .literalPattern, .optionType, .arrayType:
      part(node.a)
      return ""
    case .call:
      part(node.a, "callee")
      list(node.b)
      return ""
    case .namedArgument, .fieldInitializer, .fieldPattern:
      part(node.b)
      return name(node.a)
    case .index, .logicalAnd, .logicalOr, .cast, .typeTest, .matches, .letCondition, .arrayRepeat, .mapEntry,
      .forClause, .fixedArrayType:
      part(node.a)
      part(node.b)
      return ""
    case .field:
      part(node.a)
      return name(node.b)
    case .tupleField:
      part(node.a)
      return "\(node.b)"
    case .binary:
      part(node.a)
      part(node.b)
      return BinaryOperator(rawValue: node.detail).map { "\($0)" } ?? ""
    case .range:
      let view = tree.range(id)
      part(view.start, "start")
      part(view.end, "end")
      part(view.step, "step")
      return node.detail == 1 ? "inclusive" : ""
    case .rangePattern:
      part(node.a)
      part(node.b)
      return node.detail == 1 ? "inclusive" : ""
    case .conditional:
      let view = tree.conditional(id)
      part(node.a, "condition")
      part(view.then, "then")
      part(view.otherwise, "else")
      return ""
    case .ifExpression:
      let view = tree.ifExpression(id)
      part(node.a, "condition")
      part(view.then, "then")
      part(view.otherwise, "else")
      return ""
    case .match:
      part(node.a, "subject")
      list(node.b)
      return ""
    case .matchArm:
      let view = tree.arm(id)
      part(node.a, "pattern")
      part(view.guardCondition, "guard")
      part(view.body)
      return ""
    case .comprehension:
      part(node.a, "element")
      list(node.b)
      return ""
    case .structLiteral, .structPattern:
      part(node.a, "type")
      list(node.b)
      return ""
    case .constructorPattern:
      part(node.a)
      if node.b > 0 { list(node.b - 1, "part") }
      return ""
    case .tryExpression:
      let view = tree.tryExpression(id)
      part(node.a)
      part(view.handler, "catch")
      return name(ifAny: view.name)
    case .restPattern: return name(ifAny: node.a)
    case .namedType:
      if node.b > 0 { list(node.b - 1, "argument") }
      return tree.list(node.a).map { name(tree[$0].a) }.joined(separator: ".")
    case .functionType:
      list(node.a, "parameter")
      part(node.b, "result")
      return ""
    }
  }

  private func publicWord(_ node: Node) -> String { node.detail & 1 == 0 ? "" : "pub" }

  private mutating func describeFunction(_ id: NodeID) -> String {
    let view = tree.function(id)
    list(view.typeParameters)
    list(view.parameters)
    part(view.returnType, "result")
    part(view.body)
    return words(publicWord(tree[id]), name(ifAny: view.name))
  }

  private mutating func describeDeclaration(_ id: NodeID) -> String {
    let node = tree[id]
    switch node.kind {
    case .structDeclaration:
      let view = tree.structure(id)
      list(view.typeParameters)
      list(view.fields)
      return words(publicWord(node), symbols[view.name])
    case .enumDeclaration:
      let view = tree.enumeration(id)
      list(view.typeParameters)
      list(view.variants)
      return words(publicWord(node), symbols[view.name])
    case .fieldDeclaration:
      let view = tree.fieldDeclaration(id)
      part(view.type, "type")
      part(view.defaultValue, "default")
      return words(publicWord(node), name(node.a))
    case .implementation:
      let view = tree.implementation(id)
      list(view.typeParameters)
      part(node.a, "type")
      list(view.methods)
      return ""
    case .variant, .typeParameter:
      list(node.b)
      return name(node.a)
    case .payloadField:
      part(node.b)
      return name(ifAny: node.a)
    case .parameter:
      let view = tree.parameter(id)
      part(view.type, "type")
      part(view.defaultValue, "default")
      return words(view.isMutable ? "mut" : "", view.isVariadic ? "variadic" : "", name(node.a))
    case .use:
      let view = tree.use(id)
      if view.names > 0 { list(view.names - 1) }
      let path = tree.list(view.path).map { name(tree[$0].a) }.joined(separator: ".")
      let alias = view.alias == 0 ? "" : "as " + name(view.alias - 1)
      return words(publicWord(node), path, alias, view.importsEverything ? "*" : "")
    default:
      return node.a == node.b ? name(node.a) : "\(name(node.a)) as \(name(node.b))"
    }
  }

  private mutating func describeStatement(_ id: NodeID) -> String {
    let node = tree[id]
    switch node.kind {
    case .letStatement:
      let view = tree.letStatement(id)
      part(node.a)
      part(view.type, "type")
      part(view.value, "value")
      return words(publicWord(node), node.detail & LetView.isMutableBit == 0 ? "" : "mut")
    case .constStatement:
      let view = tree.constStatement(id)
      part(view.type, "type")
      part(view.value, "value")
      return words(publicWord(node), name(node.a))
    case .assign:
      part(node.a, "target")
      part(node.b, "value")
      return AssignOperator(rawValue: node.detail).map { "\($0)" } ?? ""
    case .whileStatement:
      let view = tree.whileLoop(id)
      part(node.a, "condition")
      part(view.body)
      return name(ifAny: view.label)
    case .forStatement:
      let view = tree.forLoop(id)
      part(node.a, "pattern")
      part(view.iterable, "in")
      part(view.body)
      return name(ifAny: view.label)
    case .returnStatement:
      part(node.a)
      return ""
    default: return name(ifAny: node.a)
    }
  }
}
