import OrusDiagnostics
import OrusSyntax

/// `as` and `?`.
extension Checker {
  mutating func inferCast(_ node: NodeID, _ base: TypeID) -> TypeID {
    let target = resolveType(NodeID(tree[node].b))
    let operand = NodeID(tree[node].a)
    let type = settled(base)
    if type == .void { report(TypeMessage.noValue(span(operand))) }
    // `nil as T?` says what nil is of, `[] as [T]` what the array is of.
    if program.types.kind(target) == .any { openAny(type) }
    if program.types.kind(type) != .variable, program.types.contents(type).contains(.variable), couldBe(type, target) {
      _ = unify(type, target)
    }
    if program.types.kind(type) == .variable {
      if isLiteral(type) {
        let kind = program.types.kind(target)
        if kind < .bool || kind > .any { requireCast(node, .i32, target) }
      } else {
        var entry = Deferred(.cast, node, subject: type)
        entry.result = target
        deferLater(entry)
      }
    } else {
      requireCast(node, resolve(type), target)
    }
    return target
  }

  mutating func settleCast(_ entry: Deferred, _ subject: TypeID) {
    if entry.flag {
      requireNumberText(entry.node, subject, entry.result)
    } else {
      requireCast(entry.node, subject, entry.result)
    }
  }

  private mutating func requireCast(_ node: NodeID, _ from: TypeID, _ to: TypeID) {
    if from == to || from == .error || to == .error || from == .never || from == .void { return }
    let source = program.types.kind(from)
    let target = program.types.kind(to)
    if source == .any || target == .any { return }
    let isPrimitive = source >= .bool && source <= .string
    if isPrimitive, target == .string { return }
    if source == .string, target >= .i32 && target <= .f64 {
      report(TypeMessage.castFromString(span(node), to: name(to)))
      return
    }
    if source >= .bool && source <= .f64, target >= .bool && target <= .f64 { return }
    report(TypeMessage.castImpossible(span(node), from: name(from), to: name(to)))
    poison(from)
  }

  // MARK: ?

  mutating func inferPropagate(_ node: NodeID, _ base: TypeID) -> TypeID {
    let type = settled(base)
    guard program.types.kind(type) == .variable else { return propagate(node, type) }
    var entry = Deferred(.propagate, node, subject: type)
    entry.result = newVariable()
    entry.other = function.result
    deferLater(entry)
    return entry.result
  }

  mutating func settlePropagate(_ entry: Deferred, _ subject: TypeID) {
    let outer = function
    function.result = entry.other
    let type = propagate(entry.node, subject)
    function = outer
    if !unify(entry.result, type) { reportMismatch(entry.node, type, entry.result, .none) }
  }

  private mutating func propagate(_ node: NodeID, _ type: TypeID) -> TypeID {
    if type == .error || type == .never { return type }
    guard let id = program.types.declaration(type), id == program.known.option || id == program.known.result else {
      report(TypeMessage.propagateOnOther(span(NodeID(tree[node].a)), type: name(type)))
      return .error
    }
    let parts = program.types.elements(program.types.arguments(type))
    let value = shallow(parts[0])
    guard function.hasReturn else {
      report(TypeMessage.propagateOutside(tokenSpan(node)))
      return value
    }
    function.returnsValue = true
    var result = shallow(function.result)
    if program.types.kind(result) == .variable {
      let made =
        id == program.known.option ? option(newVariable()) : program.types.nominal(id, [newVariable(), parts[1]])
      _ = unify(result, made)
      result = made
    }
    if result == .error { return value }
    let fits = program.types.declaration(result) == id
      && (id == program.known.option || unify(parts[1], program.types.element(program.types.arguments(result), 1)))
    if !fits {
      report(
        TypeMessage.propagateMismatch(
          tokenSpan(node), operand: name(type), result: name(result),
          declared: function.resultNode.isNone ? nil : span(function.resultNode)))
    }
    return value
  }
}
