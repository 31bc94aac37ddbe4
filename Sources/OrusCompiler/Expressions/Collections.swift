import OrusBytecode
import OrusSyntax
import OrusTypes

/// A comprehension on its way: what it fills, and its clauses.
struct Comprehension {
  let node: NodeID
  let result: Register
  /// The collection's type.
  let type: TypeID
}

/// Literals longer than this are built by pushing.
private let maximumLiteralRun = 32

extension Lowering {
  mutating func lowerArray(_ node: NodeID, into target: Register?) -> Register {
    let type = type(node)
    let elements = Array(module.tree.list(module.tree[node].a))
    // Built apart from the target, which its elements may read.
    let mark = mark
    let result = temporary(.reference)
    buildArray(elements, row(type), TypeID(typed.types[type].a), into: result)
    return settle(result, into: target, above: mark)
  }

  mutating func buildArray(_ elements: [NodeID], _ type: TypeIndex, _ element: TypeID, into result: Register) {
    let mark = mark
    if elements.isEmpty || elements.count > maximumLiteralRun || isUnderPressure || representation(element) == .none {
      emit(.array_new, result, type.index)
      for node in elements {
        let value = expression(node)
        position(node)
        if value.representation != .none { emit(pushOpcode(element), result, value) }
        release(to: mark)
      }
      return
    }
    let window = evaluate(
      elements.lazy.map { ValueSource.node($0) }, Array(few: element, count: elements.count))
    let first = representation(element) == .scalar ? window.scalarBase : window.referenceBase
    code.emit(.array_of, result.index, UInt8(truncatingIfNeeded: first), 0)
    code.word(type.index)
    code.word(UInt32(elements.count))
    release(to: mark)
  }

  /// `[value; count]`
  mutating func lowerRepeat(_ node: NodeID, into target: Register?) -> Register {
    let tree = module.tree
    let type = type(node)
    let element = TypeID(typed.types[type].a)
    let mark = mark
    let value = stable(NodeID(tree[node].a))
    let count = temporary(.scalar)
    wide(NodeID(tree[node].b), into: count)
    position(node)
    if representation(element) == .scalar {
      if target == nil { release(to: mark) }
      let result = target ?? temporary(.reference)
      emit(.array_fill, result, value, count, row(type).index)
      if target != nil { release(to: mark) }
      return result
    }
    let list = typed.types.array(element)
    let filled = nativeCall(.array_repeat, [value, count], [element, .i64], list, at: node)
    return settle(filled, into: target, above: mark)
  }

  mutating func lowerMap(_ node: NodeID, into target: Register?) -> Register {
    let tree = module.tree
    let type = type(node)
    let mark = mark
    let map = move(nativeCall(.map_new, [], [], type, at: node), toNew: .reference)
    for entry in tree.list(tree[node].a) {
      let inner = self.mark
      let (key, value) = operands(NodeID(tree[entry].a), NodeID(tree[entry].b))
      position(entry)
      _ = callNamed("set", on: type, [map, key, value], at: entry)
      release(to: inner)
    }
    return settle(map, into: target, above: mark)
  }

  /// Keeps a value in a new temporary.
  private mutating func move(_ value: Register, toNew representation: Representation) -> Register {
    let isTop = Int(value.index) == (representation == .scalar ? context.nextScalar : context.nextReference) - 1
    if isTop { return value }
    let result = temporary(representation)
    move(value, to: result)
    return result
  }

  // MARK: Comprehensions

  mutating func lowerComprehension(_ node: NodeID, into target: Register?) -> Register {
    let tree = module.tree
    let type = type(node)
    let mark = mark
    let result: Register
    if tree.kind(NodeID(tree[node].a)) == .mapEntry {
      result = move(nativeCall(.map_new, [], [], type, at: node), toNew: .reference)
    } else {
      result = temporary(.reference)
      emit(.array_new, result, row(type).index)
    }
    lowerClauses(Comprehension(node: node, result: result, type: type), from: 0)
    return settle(result, into: target, above: mark)
  }

  /// The clauses from this one on, innermost the element.
  mutating func lowerClauses(_ comprehension: Comprehension, from i: Int) {
    let tree = module.tree
    let clauses = tree.list(tree[comprehension.node].b)
    guard i < clauses.count else {
      addElement(comprehension)
      return
    }
    let clause = clauses[i]
    let row = tree[clause]
    if row.kind == .forClause {
      lowerLoop(
        pattern: NodeID(row.a), over: NodeID(row.b), use: module.use(clause), at: clause, label: 0,
        body: .clauses(comprehension, next: i + 1))
      return
    }
    let skip = code.newLabel()
    let scope = enterScope()
    condition(NodeID(row.a), jumpIf: false, to: skip)
    lowerClauses(comprehension, from: i + 1)
    leaveScope(scope)
    code.bind(skip)
  }

  private mutating func addElement(_ comprehension: Comprehension) {
    let tree = module.tree
    let element = NodeID(tree[comprehension.node].a)
    let mark = mark
    if tree.kind(element) == .mapEntry {
      let (key, value) = operands(NodeID(tree[element].a), NodeID(tree[element].b))
      position(element)
      _ = callNamed("set", on: comprehension.type, [comprehension.result, key, value], at: element)
    } else {
      let value = expression(element)
      position(element)
      if value.representation != .none {
        emit(pushOpcode(TypeID(typed.types[comprehension.type].a)), comprehension.result, value)
      }
    }
    release(to: mark)
  }
}
