import OrusDiagnostics
import OrusSyntax

extension Checker {
  /// Whether a variable may be assigned is for the flow analysis to say; here it is only about what can be a target.
  mutating func assignment(_ node: NodeID) {
    let row = tree[node]
    let target = NodeID(row.a)
    let value = NodeID(row.b)
    let op = AssignOperator(rawValue: row.detail)!
    guard let compound = op.binary else {
      if tree.kind(target) == .name, lookUp(Symbol(tree[target].a)) == nil {
        reportUndeclared(node, target)
        poison(infer(value))
        return
      }
      guard let type = targetType(target, isCompound: false) else {
        poison(infer(value))
        return
      }
      check(value, type, reason(targetReason(target), target))
      return
    }
    if tree.kind(target) == .tuple {
      report(TypeMessage.compoundTuple(tokenSpan(node)))
      _ = infer(value)
      return
    }
    guard let type = targetType(target, isCompound: true) else {
      _ = infer(value)
      return
    }
    inferCompound(node, compound, target, type, value)
  }

  /// `x = e`, where nothing is called `x`: most often a declaration.
  private mutating func reportUndeclared(_ node: NodeID, _ target: NodeID) {
    let symbol = Symbol(tree[target].a)
    let isAssignedAgain = (1..<UInt32(tree.nodeCount)).contains { i in
      let row = tree[NodeID(i)]
      return i != node.index && row.kind == .assign && tree.kind(NodeID(row.a)) == .name
        && Symbol(tree[NodeID(row.a)].a) == symbol
    }
    reportUnknown(symbol, at: span(target), declaration: isAssignedAgain ? "let mut " : "let ")
  }

  private func targetReason(_ target: NodeID) -> Reason.Kind {
    switch tree.kind(target) {
    case .field: .field
    case .index: .element
    default: .variable
    }
  }

  /// The type of what can be assigned there; nil where nothing can, which is reported.
  private mutating func targetType(_ node: NodeID, isCompound: Bool) -> TypeID? {
    let row = tree[node]
    switch row.kind {
    case .parenthesized:
      let type = targetType(NodeID(row.a), isCompound: isCompound)
      if let type { setType(node, type) }
      return type
    case .name: return nameTarget(node)
    case .field: return fieldTarget(node)
    case .index: return indexTarget(node, isCompound: isCompound)
    case .tuple:
      var types: [TypeID] = []
      for part in tree.list(row.a) {
        guard let type = targetType(part, isCompound: isCompound) else { return nil }
        types.append(type)
      }
      let type = program.types.tuple(types)
      setType(node, type)
      return type
    case .error: return nil
    default:
      report(TypeMessage.notAssignable(span(node), what: kindOfExpression(row.kind)))
      return nil
    }
  }

  private func kindOfExpression(_ kind: NodeKind) -> String {
    switch kind {
    case .call: "the result of a call"
    case .tupleField: "an element of a tuple"
    case .integerLiteral, .floatLiteral, .stringLiteral, .trueLiteral, .falseLiteral, .nilLiteral, .interpolatedString,
      .arrayLiteral, .mapLiteral: "a literal"
    default: "the result of an expression"
    }
  }

  private mutating func nameTarget(_ node: NodeID) -> TypeID? {
    let symbol = Symbol(tree[node].a)
    guard let entity = lookUp(symbol) else {
      reportUnknown(symbol, at: span(node))
      return nil
    }
    switch entity.kind {
    case .local:
      let local = LocalID(entity.index)
      localFacts[Int(local.index)].isAssignedLater = true
      return useLocal(local, at: node)
    case .global: return useGlobal(entity.index, at: node)
    case .constant:
      let info = program.constants[Int(entity.index)]
      report(
        TypeMessage.constantAssigned(
          text(symbol), at: span(node), declared: trees[Int(info.module)].tokenSpan(info.node)))
      return nil
    case .function, .builtin, .freeMethod:
      report(TypeMessage.functionAssigned(text(symbol), at: span(node)))
      return nil
    case .error: return nil
    case .module:
      report(TypeMessage.moduleAsValue(text(symbol), at: span(node)))
      return nil
    case .declaration, .primitive, .collection, .typeParameter, .variant:
      report(TypeMessage.typeAsValue(text(symbol), at: span(node)))
      return nil
    }
  }

  private mutating func fieldTarget(_ node: NodeID) -> TypeID? {
    let base = NodeID(tree[node].a)
    let type = shallow(infer(node))
    switch current.use(node).kind {
    case .structField:
      requireMutableSelf(base, Symbol(tree[node].b), isCall: false, at: tokenSpan(node))
      return type
    case .global: return type
    case .constant:
      let info = program.constants[Int(current.use(node).index)]
      report(
        TypeMessage.constantAssigned(
          text(info.name), at: tokenSpan(node), declared: trees[Int(info.module)].tokenSpan(info.node)))
      return nil
    default:
      if type == .error { return nil }
      if program.types.kind(type) == .variable {
        // A member of something that will be known later.
        return type
      }
      report(TypeMessage.notAssignable(span(node), what: "a method, or a member of an `any`,"))
      return nil
    }
  }

  private mutating func indexTarget(_ node: NodeID, isCompound: Bool) -> TypeID? {
    let base = NodeID(tree[node].a)
    let index = NodeID(tree[node].b)
    if tree.kind(index) == .range {
      _ = infer(node)
      report(TypeMessage.notAssignable(span(node), what: "a slice"))
      return nil
    }
    let type = settled(inferValue(base))
    if program.types.kind(type) == .string {
      _ = infer(index)
      report(TypeMessage.stringIndexAssigned(span(node)))
      return nil
    }
    if program.types.kind(type) == .nominal, let id = findOperation(known.setIndex, on: type) {
      let instance = instantiateMethod(id, on: type, at: node)
      noteUse(of: id, at: node)
      guard instance.parameters.count == 3 else { return nil }
      if isCompound {
        let read = inferIndex(node, type)
        setType(node, read)
        return read
      }
      check(index, instance.parameters[1], reason(.index, base))
      setType(node, instance.parameters[2])
      return instance.parameters[2]
    }
    if program.types.kind(type) == .nominal {
      _ = infer(index)
      report(
        TypeMessage.operatorUndefined(
          tokenSpan(node), operator: "[…] =", type: name(type), operand: span(base), method: "set_index"))
      return nil
    }
    let element = inferIndex(node, type)
    setType(node, element)
    if program.types.kind(type) == .map, let method = findOperation(known.setIndex, on: type) { prepare(method) }
    return shallow(element) == .error ? nil : element
  }
}
