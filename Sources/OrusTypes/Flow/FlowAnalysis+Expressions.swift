import OrusDiagnostics
import OrusSyntax

extension FlowAnalysis {
  mutating func optional(_ id: NodeID) {
    if !id.isNone { expression(id) }
  }

  private mutating func each(_ list: UInt32) {
    for child in tree.list(list) { expression(child) }
  }

  /// Nodes whose first operand `a` is evaluated first: they form spines.
  private func isSpine(_ kind: NodeKind) -> Bool {
    switch kind {
    case .binary, .logicalAnd, .logicalOr, .call, .index, .field, .tupleField, .propagate, .cast, .typeTest, .matches,
      .instantiation:
      true
    default:
      false
    }
  }

  mutating func expression(_ id: NodeID) {
    guard isSpine(tree.kind(id)) else {
      leaf(id)
      return
    }
    let base = spine.count
    var at = id
    while isSpine(tree.kind(at)) {
      spine.append(at)
      at = NodeID(tree[at].a)
    }
    leaf(at)
    while spine.count > base { finish(spine.removeLast()) }
  }

  /// A spine node whose first operand has been walked.
  private mutating func finish(_ id: NodeID) {
    let row = tree[id]
    switch row.kind {
    case .binary, .index:
      optional(NodeID(row.b))
    case .logicalAnd, .logicalOr:
      let shortcut = state
      expression(NodeID(row.b))
      state.join(shortcut)
    case .call:
      for argument in tree.list(row.b) {
        switch tree.kind(argument) {
        case .namedArgument: expression(NodeID(tree[argument].b))
        case .spreadArgument: expression(NodeID(tree[argument].a))
        default: expression(argument)
        }
      }
      if module.type(id) == .never { state.end() }
    case .field:
      readIfVariable(id)
    default:
      break
    }
  }

  /// Any node that is not walked as part of a spine.
  private mutating func leaf(_ id: NodeID) {
    let row = tree[id]
    switch row.kind {
    case .name:
      readIfVariable(id)
    case .integerLiteral, .floatLiteral, .stringLiteral, .trueLiteral, .falseLiteral, .nilLiteral, .typeExpression:
      break
    case .negate, .bitNot, .logicalNot, .parenthesized, .spreadArgument, .interpolation:
      expression(NodeID(row.a))
    case .interpolatedString, .arrayLiteral, .tuple:
      each(row.a)
    case .arrayRepeat, .mapEntry:
      expression(NodeID(row.a))
      expression(NodeID(row.b))
    case .mapLiteral:
      each(row.a)
    case .namedArgument, .fieldInitializer:
      expression(NodeID(row.b))
    case .structLiteral:
      each(row.b)
    case .range:
      let view = tree.range(id)
      optional(view.start)
      optional(view.end)
      optional(view.step)
    case .conditional:
      conditionals(id)
    case .ifExpression:
      ifChain(id, tail: false)
    case .match:
      match(id, row, tail: false)
    case .tryExpression:
      tryBlocks(id, row, tail: false)
    case .lambda:
      lambda(id)
    case .comprehension:
      comprehension(row)
    case .letCondition:
      expression(NodeID(row.b))
    case .block:
      block(id, tail: false)
    case .returnStatement, .breakStatement, .continueStatement, .letStatement, .assign, .whileStatement, .forStatement,
      .pass:
      statement(id, tail: false)
    case .error:
      if state.isReachable {
        state.isReachable = false
        state.isUnknown = true
      }
    default:
      break
    }
  }

  private mutating func conditionals(_ first: NodeID) {
    var result = FlowState.unreachable
    var at = first
    while true {
      let view = tree.conditional(at)
      expression(NodeID(tree[at].a))
      let falsePath = state
      expression(view.then)
      result.join(state)
      state = falsePath
      guard tree.kind(view.otherwise) == .conditional else {
        expression(view.otherwise)
        break
      }
      at = view.otherwise
    }
    state.join(result)
  }

  private mutating func comprehension(_ row: Node) {
    var outside: FlowState?
    for clause in tree.list(row.b) {
      let part = tree[clause]
      switch part.kind {
      case .forClause:
        expression(NodeID(part.b))
        if outside == nil { outside = state }
        if !slots.isEmpty { markBound(NodeID(part.a)) }
      case .ifClause:
        expression(NodeID(part.a))
      default:
        expression(clause)
      }
    }
    expression(NodeID(row.a))
    if let outside { state.join(outside) }
  }
}
