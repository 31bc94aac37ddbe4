import OrusDiagnostics
import OrusSyntax

/// Arrays, maps, comprehensions, indices, and what can be iterated over.
extension Checker {
  /// What is expected, seen through an option; nil where it is open.
  private mutating func wanted(_ hint: TypeID?) -> TypeRow? {
    guard let hint else { return nil }
    var target = shallow(hint)
    if let element = optionElement(target) { target = shallow(element) }
    let row = program.types[target]
    return row.kind == .variable ? nil : row
  }

  mutating func inferArray(_ node: NodeID, _ hint: TypeID?) -> TypeID {
    let nodes = tree.list(tree[node].a)
    if let row = wanted(hint), row.kind == .array || row.kind == .fixedArray {
      let element = TypeID(row.a)
      for part in nodes { check(part, element, reason(.element, .none)) }
      // A literal of the right length is a fixed array; one of another length is a mismatch.
      return row.kind == .fixedArray
        ? program.types.fixedArray(element, UInt32(nodes.count)) : program.types.array(element)
    }
    guard let first = nodes.first else { return program.types.array(newVariable()) }
    var element = shallow(inferValue(first))
    for part in nodes.dropFirst() {
      if element == .never || element == .error { element = shallow(inferValue(part)) } else {
        check(part, element, reason(.element, first))
      }
    }
    return program.types.array(element)
  }

  /// `[value; count]`
  mutating func inferRepeat(_ node: NodeID, _ hint: TypeID?) -> TypeID {
    let value = NodeID(tree[node].a)
    let count = NodeID(tree[node].b)
    guard let row = wanted(hint), row.kind == .array || row.kind == .fixedArray else {
      let element = inferValue(value)
      checkInteger(count, "a count")
      requireCloneable(value, element)
      return program.types.array(shallow(element))
    }
    let element = TypeID(row.a)
    check(value, element, reason(.element, .none))
    guard row.kind == .fixedArray else {
      checkInteger(count, "a count")
      requireCloneable(value, element)
      return program.types.array(element)
    }
    check(count, .i32, reason(.index, .none))
    requireCloneable(value, element)
    guard let length = literalLength(count) else { return program.types.fixedArray(element, row.b) }
    return program.types.fixedArray(element, length)
  }

  /// The value of a count that stands for the length of a fixed array.
  private mutating func literalLength(_ node: NodeID) -> UInt32? {
    let module = currentIndex
    enterModule(-1)
    let value = evaluator.evaluate(node, module: UInt32(module), in: program)
    reportEvaluation()
    enterModule(module)
    guard case .integer(let number)? = value else { return nil }
    guard number >= 0, number <= Int32.max else {
      report(TypeMessage.lengthOutOfRange(span(node)))
      return nil
    }
    return UInt32(number)
  }

  /// The value is cloned for each element.
  private mutating func requireCloneable(_ node: NodeID, _ type: TypeID) {
    let type = shallow(type)
    guard kind(type) == .parameter, let broken = firstBroken(.cloneable, by: type) else { return }
    report(
      TypeMessage.brokenConstraint(
        span(node), type: name(type), constraint: text(of: broken.constraint), method: broken.method, of: "[…; n]",
        parameter: "T"))
  }

  // MARK: Maps

  mutating func inferMap(_ node: NodeID, _ hint: TypeID?) -> TypeID {
    let entries = tree.list(tree[node].a)
    if hasFieldNames(entries) { return reportFieldsInBraces(node, entries) }
    var key: TypeID
    var value: TypeID
    var isWritten = false
    if let row = wanted(hint), row.kind == .map {
      key = TypeID(row.a)
      value = TypeID(row.b)
      isWritten = !isVariable(key)
    } else {
      key = newVariable()
      value = newVariable()
    }
    var first: NodeID?
    for entry in entries where tree.kind(entry) == .mapEntry {
      let row = tree[entry]
      mapPart(NodeID(row.a), &key, reason(.key, first.map { NodeID(tree[$0].a) } ?? .none))
      mapPart(NodeID(row.b), &value, reason(.element, first.map { NodeID(tree[$0].b) } ?? .none))
      if first == nil { first = entry }
    }
    // A type that was written has been asked for it there.
    if !isWritten { requireHashable(key, at: node) }
    return program.types.map(shallow(key), shallow(value))
  }

  /// `{ name: "Ada" }`, which elsewhere is an object: all keys are names, and not all of variables.
  private mutating func hasFieldNames(_ entries: some Collection<NodeID>) -> Bool {
    var isUnknown = false
    for entry in entries {
      guard tree.kind(entry) == .mapEntry else { return false }
      let key = tree[NodeID(tree[entry].a)]
      guard key.kind == .name, Symbol(key.a) != known.underscore else { return false }
      isUnknown = isUnknown || lookUp(Symbol(key.a)) == nil
    }
    return isUnknown
  }

  private mutating func reportFieldsInBraces(_ node: NodeID, _ entries: some Collection<NodeID>) -> TypeID {
    var keys: [(name: String, span: Span)] = []
    var kinds: Set<NodeKind> = []
    for entry in entries {
      let row = tree[entry]
      keys.append((text(Symbol(tree[NodeID(row.a)].a)), span(NodeID(row.a))))
      kinds.insert(tree.kind(NodeID(row.b)))
      _ = inferValue(NodeID(row.b))
    }
    let isMap = keys.count == 1 || kinds == [.stringLiteral] || kinds == [.integerLiteral]
    report(TypeMessage.fieldsInBraces(span(node), keys: keys, isMap: isMap))
    return .error
  }

  /// A key or value: the first of a map tells the type.
  private mutating func mapPart(_ node: NodeID, _ type: inout TypeID, _ why: Reason) {
    if kind(type) == .variable, !isLiteral(type) {
      let found = inferValue(node)
      if shallow(found) != .never { _ = unify(type, found) }
      type = shallow(type)
    } else {
      check(node, type, why)
    }
  }

  mutating func inferComprehension(_ node: NodeID, _ hint: TypeID?) -> TypeID {
    let scope = scopes.enter()
    var inner: [LocalScopes.Mark] = []
    for clause in tree.list(tree[node].b) {
      let row = tree[clause]
      if row.kind == .forClause {
        let iterable = NodeID(row.b)
        let element = iterated(iterable, inferValue(iterable))
        inner.append(scopes.enter())
        scrutinee = iterable
        checkPattern(NodeID(row.a), element, .binding)
      } else if row.kind == .ifClause {
        check(NodeID(row.a), .bool, reason(.condition, clause))
      }
    }
    let element = NodeID(tree[node].a)
    let result: TypeID
    let row = wanted(hint)
    if tree.kind(element) == .mapEntry {
      var key = row?.kind == .map ? TypeID(row!.a) : newVariable()
      var value = row?.kind == .map ? TypeID(row!.b) : newVariable()
      mapPart(NodeID(tree[element].a), &key, reason(.key, .none))
      mapPart(NodeID(tree[element].b), &value, reason(.element, .none))
      requireHashable(key, at: element)
      result = program.types.map(shallow(key), shallow(value))
    } else if let row, row.kind == .array {
      check(element, TypeID(row.a), reason(.element, .none))
      result = program.types.array(TypeID(row.a))
    } else {
      result = program.types.array(shallow(inferValue(element)))
    }
    for mark in inner.reversed() { scopes.leave(mark) }
    scopes.leave(scope)
    return result
  }

  // MARK: Indices

  mutating func inferIndex(_ node: NodeID, _ base: TypeID) -> TypeID {
    let type = settled(base)
    let index = NodeID(tree[node].b)
    if tree.kind(index) == .range { checkBounds(index) }
    guard program.types.kind(type) == .variable else { return resolveIndex(node, type, isTyped: false) }
    if tree.kind(index) != .range { _ = inferValue(index) }
    var entry = Deferred(.index, node, subject: type)
    entry.result = newVariable()
    deferLater(entry)
    return entry.result
  }

  private mutating func checkBounds(_ range: NodeID) {
    let view = tree.range(range)
    for bound in [view.start, view.end] where !bound.isNone { checkInteger(bound, "a slice bound") }
    if !view.step.isNone { report(TypeMessage.sliceStep(span(view.step))) }
  }

  mutating func settleIndex(_ entry: Deferred, _ subject: TypeID) {
    let type = resolveIndex(entry.node, subject, isTyped: true)
    if !unify(entry.result, type) { reportMismatch(entry.node, type, entry.result, .none) }
  }

  private mutating func resolveIndex(_ node: NodeID, _ type: TypeID, isTyped: Bool) -> TypeID {
    let base = NodeID(tree[node].a)
    let index = NodeID(tree[node].b)
    let row = program.types[type]
    let isSlice = tree.kind(index) == .range
    switch row.kind {
    case .error, .never:
      if !isTyped, !isSlice { _ = infer(index) }
      return type
    case .array, .fixedArray:
      if isSlice { return program.types.array(TypeID(row.a)) }
      indexInteger(index, isTyped: isTyped)
      return shallow(TypeID(row.a))
    case .string:
      if !isSlice { indexInteger(index, isTyped: isTyped) }
      return .string
    case .map where !isSlice:
      fit(index, TypeID(row.a), reason(.key, base), isTyped: isTyped)
      if let method = findOperation(known.index, on: type) { prepare(method) }
      return shallow(TypeID(row.b))
    default: break
    }
    if !isSlice, let id = findOperation(known.index, on: type) {
      let instance = instantiateMethod(id, on: type, at: node)
      guard instance.parameters.count == 2 else { return instance.result }
      fit(index, instance.parameters[1], reason(.index, base), isTyped: isTyped)
      setUse(node, Use(.method, id.index, instance.arguments))
      noteUse(of: id, at: node)
      return instance.result
    }
    if !isTyped, !isSlice { _ = infer(index) }
    report(TypeMessage.notIndexable(span(base), type: name(type)))
    return .error
  }

  private mutating func indexInteger(_ index: NodeID, isTyped: Bool) {
    guard isTyped else {
      checkInteger(index, "an index")
      return
    }
    let type = shallow(self.type(of: index))
    if !isLiteral(type) {
      let entry = Deferred(.integer, index, subject: type)
      if program.types.kind(type) == .variable { deferLater(entry) } else { settleInteger(entry, type) }
    }
  }

  // MARK: Iteration

  /// What iterating over the value of a node gives each time.
  mutating func iterated(_ node: NodeID, _ type: TypeID) -> TypeID {
    let type = settled(type)
    guard program.types.kind(type) == .variable else {
      if type == .error || type == .never { return .error }
      if let element = elementOfIteration(type, at: node) { return element }
      report(TypeMessage.notIterable(span(node), type: name(type), isAtom: isAtom(node)))
      return .error
    }
    if isLiteral(type) {
      report(TypeMessage.notIterable(span(node), type: name(type), isAtom: isAtom(node)))
      return .error
    }
    var entry = Deferred(.iterate, node, subject: type)
    entry.result = newVariable()
    deferLater(entry)
    return entry.result
  }

  mutating func settleIterate(_ entry: Deferred, _ subject: TypeID) {
    guard let element = elementOfIteration(subject, at: entry.node) else {
      report(TypeMessage.notIterable(span(entry.node), type: name(subject)))
      _ = unify(entry.result, .error)
      return
    }
    if !unify(entry.result, element) { reportMismatch(entry.node, element, entry.result, .none) }
  }

  /// What iterating over a type gives; nil where it cannot be iterated over.
  mutating func elementOfIteration(_ type: TypeID, at node: NodeID) -> TypeID? {
    let row = program.types[type]
    switch row.kind {
    case .array, .fixedArray, .set, .range: return shallow(TypeID(row.a))
    case .string: return .string
    case .map: return program.types.tuple([shallow(TypeID(row.a)), shallow(TypeID(row.b))])
    case .error, .never: return .error
    case .parameter: return program.parameters[Int(row.a)].iterableElement
    case .nominal:
      if let next = findOperation(known.next, on: type) {
        return optionElement(instantiateMethod(next, on: type, at: node).result).map { shallow($0) }
      }
      guard let iter = findOperation(known.iter, on: type) else { return nil }
      let iterator = shallow(instantiateMethod(iter, on: type, at: node).result)
      guard program.types.kind(iterator) == .nominal, let next = findOperation(known.next, on: iterator) else {
        return nil
      }
      return optionElement(instantiateMethod(next, on: iterator, at: node).result).map { shallow($0) }
    default: return nil
    }
  }
}
