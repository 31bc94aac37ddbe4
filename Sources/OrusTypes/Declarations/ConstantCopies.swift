import OrusDiagnostics
import OrusSyntax

/// An array in a constant never changes. Where it is only read, all uses share
/// one object; where it could be changed by another name, the use is a copy; and
/// changing it by the constant's own name, which would change nothing that lasts,
/// is a mistake.
struct ConstantUse {
  let module: Int
  let node: NodeID
  let constant: UInt32
}

extension Checker {
  /// Once all bodies are checked.
  mutating func checkConstantUses() {
    var known: [UInt64: Bool] = [:]
    for use in constantUses where !isFrozen(program.constants[Int(use.constant)].type) {
      enterModule(use.module)
      var node = use.node
      while let next = follow(node, use, &known) { node = next }
    }
  }

  /// Goes from a value that the constant holds to what is made of it: the node that holds a part of the constant in
  /// turn; nil where it ends.
  private mutating func follow(_ node: NodeID, _ use: ConstantUse, _ known: inout [UInt64: Bool]) -> NodeID? {
    let parent = parent(of: node)
    let row = tree[parent]
    let element = TypeID(program.types[type(of: node)].a)
    let isShallow = program.types.kind(type(of: node)) != .tuple && isFrozen(element)
    switch row.kind {
    case .parenthesized: return parent
    case .index where row.a == node.index && isTarget(parent): reportChanged(use, at: span(parent))
    case .index where row.a == node.index, .tupleField:
      return isFrozen(type(of: parent)) ? nil : parent
    case .binary where isShallow || BinaryOperator(rawValue: row.detail)?.isArithmetic == false: return nil
    case .forStatement where isShallow, .forClause where isShallow, .interpolation: return nil
    case .field where row.a == node.index && current.use(parent).kind == .method:
      if changing.contains(text(Symbol(row.b))) {
        reportChanged(use, at: tokenSpan(parent))
      } else if !isShallow || !onlyReads(FunctionID(current.use(parent).index), 0, &known) {
        adjust(node, .copied)
      }
    case .call where row.a != node.index:
      let argument = tree.list(row.b).firstIndex(of: node) ?? 0
      if argument == 0, current.use(parent).kind == .method, changing.contains(text(Symbol(tree[NodeID(row.a)].a))) {
        reportChanged(use, at: span(node))
      } else if !isShallow || !isRead(call: parent, argument: argument, tree, &known) {
        adjust(node, .copied)
      }
    default: adjust(node, .copied)
    }
    return nil
  }

  private mutating func reportChanged(_ use: ConstantUse, at place: Span) {
    let info = program.constants[Int(use.constant)]
    report(
      TypeMessage.constantChanged(
        text(info.name), at: place, declared: trees[Int(info.module)].tokenSpan(info.node)))
  }

  /// Whether it is assigned to, alone or in a tuple.
  private func isTarget(_ node: NodeID) -> Bool {
    let parent = parent(of: node)
    switch tree.kind(parent) {
    case .assign: return tree[parent].a == node.index
    case .tuple, .parenthesized: return isTarget(parent)
    default: return false
    }
  }

  /// The first of the nodes behind a node that reaches around it: operands come before what they are part of.
  func parent(of node: NodeID) -> NodeID {
    let inner = span(node)
    var number = node.index + 1
    while number < tree.root.index {
      let outer = span(NodeID(number))
      if outer.start <= inner.start && outer.end >= inner.end { break }
      number += 1
    }
    return NodeID(number)
  }

  /// Nothing in a value of the type can be changed.
  private func isFrozen(_ type: TypeID) -> Bool {
    let row = program.types[type]
    return switch row.kind {
    case .array, .fixedArray: false
    case .tuple: program.types.elements(TypeListID(row.a)).allSatisfy { isFrozen($0) }
    default: true
    }
  }
}
