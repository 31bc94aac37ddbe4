import OrusDiagnostics
import OrusSyntax

/// Calls, by what is called.
extension Checker {
  mutating func inferCall(_ call: NodeID, _ callee: NodeID, _ meaning: Meaning, _ hint: TypeID?) -> TypeID {
    switch meaning {
    case .error:
      absorbArguments(call)
      return .error
    case .value(let type): return callValue(call, callee, type, isTyped: false)
    case .builtin(let form): return inferBuiltin(call, callee, form, hint)
    case .freeMethod(let symbol): return inferFreeMethod(call, callee, symbol)
    case .variant(let id, let variant, let explicit): return construct(call, callee, id, variant, explicit, hint)
    case .member(let base, let field, let explicit): return inferMethodCall(call, field, base, explicit, hint)
    case .function(let id, let explicit, let owner):
      if owner != nil, program.functions[Int(id.index)].hasSelf {
        absorbArguments(call)
        reportReceiver(call, callee, id)
        return .error
      }
      let instance = useFunction(id, at: callee, explicit: explicit, owner: owner)
      suggest(instance.result, hint)
      return checkArguments(call, id, instance.parameters, instance.result, tree.list(tree[call].b))
    case .type(let head):
      report(
        TypeMessage.notCallable(
          span(callee), type: name(of: head), isType: true, asLiteral: structLiteral(call, callee, head)))
      absorbArguments(call)
      return .error
    case .module(let index):
      report(TypeMessage.moduleAsValue(inputs[index].name, at: span(callee)))
      absorbArguments(call)
      return .error
    }
  }

  /// The edits that make `Point(1, 2)` a `Point{ x: 1, y: 2 }`; none where that is no such call.
  private func structLiteral(_ call: NodeID, _ callee: NodeID, _ head: TypeHead) -> [Help.Edit] {
    guard case .declaration(let id, _) = head else { return [] }
    let declaration = program.declarations[Int(id.index)]
    let arguments = tree.list(tree[call].b)
    let fields = declaration.fields
    guard declaration.kind == .structure, arguments.count <= fields.count,
      fields.dropFirst(arguments.count).allSatisfy({ !$0.defaultValue.isNone }),
      arguments.allSatisfy({ tree.kind($0) != .namedArgument && tree.kind($0) != .spreadArgument })
    else { return [] }
    let whole = span(call)
    func edit(_ start: UInt32, _ end: UInt32, _ text: String) -> Help.Edit {
      Help.Edit(Span(file: whole.file, start: start, end: end), text)
    }
    let begin = span(callee).end
    guard let last = arguments.last else { return [edit(begin, whole.end, "{}")] }
    var edits: [Help.Edit] = []
    for (i, argument) in arguments.enumerated() {
      let start = span(argument).start
      edits.append(edit(i == 0 ? begin : start, start, "\(i == 0 ? "{ " : "")\(text(fields[i].name)): "))
    }
    edits.append(edit(span(last).end, whole.end, " }"))
    return edits
  }

  /// `S.get(s)`, where `get` is a method; what it is to be called on may be the first argument.
  private mutating func reportReceiver(_ call: NodeID, _ callee: NodeID, _ id: FunctionID) {
    let info = program.functions[Int(id.index)]
    let symbol = Symbol(info.name - 1)
    let given = tree.list(tree[call].b)
    var edits: [Help.Edit] = []
    if tree.kind(callee) == .field, let first = given.first, findMethod(symbol, on: settled(type(of: first))) == id {
      let receiver = span(first)
      let end = given.count > 1 ? span(given[1]).start : span(call).end
      let before = Span(file: receiver.file, start: span(call).start, end: receiver.start)
      let after = Span(file: receiver.file, start: receiver.end, end: end)
      let isAtom = isAtom(first)
      edits = [
        Help.Edit(before, isAtom ? "" : "("),
        Help.Edit(after, "\(isAtom ? "" : ")").\(text(symbol))(\(given.count > 1 ? "" : ")")"),
      ]
    }
    report(
      TypeMessage.methodNeedsReceiver(
        text(symbol), type: name(info.owner ?? .error), at: tokenSpan(callee), moved: edits))
  }

  /// The arguments of a call whose parameters are not known yet.
  private mutating func inferArguments(_ call: NodeID, hint: TypeID? = nil) {
    for argument in tree.list(tree[call].b) {
      switch tree.kind(argument) {
      case .namedArgument: _ = infer(NodeID(tree[argument].b), hint: hint)
      case .spreadArgument: _ = infer(NodeID(tree[argument].a), hint: hint)
      default: _ = infer(argument, hint: hint)
      }
    }
  }

  /// The arguments of a call that is wrong: what they leave open, the call would have told.
  mutating func absorbArguments(_ call: NodeID) { inferArguments(call, hint: .error) }

  /// What is expected of a call's result tells what its function is used at.
  mutating func suggest(_ result: TypeID, _ hint: TypeID?) {
    guard let hint else { return }
    let type = shallow(result)
    var wanted = shallow(hint)
    guard program.types.contents(type).contains(.variable) else { return }
    if optionElement(type) == nil, let element = optionElement(wanted) { wanted = shallow(element) }
    let kind = program.types.kind(wanted)
    if kind == .any || kind == .void || kind == .variable || kind == .error { return }
    if couldBe(type, wanted) { _ = unify(type, wanted) }
  }

  // MARK: Values that are functions

  private mutating func callValue(_ call: NodeID, _ callee: NodeID, _ type: TypeID, isTyped: Bool) -> TypeID {
    let target = shallow(type)
    let arguments = tree.list(tree[call].b)
    for argument in arguments {
      switch tree.kind(argument) {
      case .namedArgument: reportNamed(argument, nil)
      case .spreadArgument: report(TypeMessage.spreadMisplaced(span(argument)))
      default: continue
      }
      absorbArguments(call)
      return .error
    }
    let row = program.types[target]
    switch row.kind {
    case .function:
      let parameters = elements(row.a)
      guard parameters.count == arguments.count else {
        report(
          TypeMessage.argumentCount(
            span(call), function: nil, expected: parameters.count...parameters.count, found: arguments.count,
            declared: nil))
        absorbArguments(call)
        return TypeID(row.b)
      }
      for (argument, parameter) in zip(arguments, parameters) {
        // What the function does with an array is not known here.
        fit(argument, parameter, reason(.element), isTyped: isTyped)
      }
      return TypeID(row.b)
    case .variable where !isLiteral(target):
      var types: [TypeID] = []
      for argument in arguments { types.append(inferValue(argument)) }
      let result = newVariable()
      if !unify(target, program.types.function(types, result)) { reportMismatch(callee, target, .error, .none) }
      return result
    case .error, .never:
      absorbArguments(call)
      return target
    default:
      report(TypeMessage.notCallable(span(callee), type: name(target)))
      absorbArguments(call)
      return .error
    }
  }

  /// An argument against its parameter; typed already where it waited for the function to be known.
  mutating func fit(_ argument: NodeID, _ parameter: TypeID, _ why: Reason, isTyped: Bool) {
    if isTyped {
      _ = coerce(argument, type(of: argument), to: parameter, why)
    } else {
      check(argument, parameter, why)
    }
  }

  // MARK: Methods

  private mutating func inferMethodCall(
    _ call: NodeID, _ field: NodeID, _ base: TypeID, _ explicit: [TypeID], _ hint: TypeID?
  ) -> TypeID {
    let type = settled(base)
    guard program.types.kind(type) == .variable, !isLiteral(type) else {
      return methodCall(call, field, literalDefault(type, NodeID(tree[field].a)), explicit, hint, isTyped: false)
    }
    inferArguments(call)
    var entry = Deferred(.methodCall, call, subject: type)
    entry.result = newVariable()
    deferLater(entry)
    return entry.result
  }

  /// The type, after trying what waits for something to be known.
  mutating func settled(_ type: TypeID) -> TypeID {
    let now = shallow(type)
    guard program.types.kind(now) == .variable, !deferred.isEmpty else { return now }
    settleDeferred(from: function.firstDeferred)
    return shallow(now)
  }

  /// What a literal is whose method is called.
  mutating func literalDefault(_ type: TypeID, _ node: NodeID) -> TypeID {
    guard isLiteral(type) else { return type }
    var widest = TypeID.i32
    for literal in literals where shallow(literal.type) == type && literal.defaultType.index > widest.index {
      widest = literal.defaultType
    }
    _ = unify(type, widest)
    return widest
  }

  mutating func settleMethodCall(_ entry: Deferred, _ subject: TypeID) {
    let field = calledField(entry.node)
    let row = program.types[subject]
    let symbol = Symbol(tree[field].b)
    if row.kind == .parameter, isBeingGeneralized(row.a), BuiltinForm.method(text(symbol)) == nil {
      var types: [TypeID] = []
      for argument in tree.list(tree[entry.node].b) { types.append(type(of: argument)) }
      setUse(field, Use(.constrainedMethod, symbol.index))
      demandMethod(symbol, types, entry.result, of: row.a)
      return
    }
    let result = methodCall(entry.node, field, subject, [], nil, isTyped: true)
    if !unify(entry.result, result) { reportMismatch(entry.node, result, entry.result, .none) }
  }

  /// The `base.name` of a call of a method.
  func calledField(_ call: NodeID) -> NodeID {
    let callee = NodeID(tree[call].a)
    return tree.kind(callee) == .instantiation ? NodeID(tree[callee].a) : callee
  }

  private mutating func methodCall(
    _ call: NodeID, _ field: NodeID, _ type: TypeID, _ explicit: [TypeID], _ hint: TypeID?, isTyped: Bool
  ) -> TypeID {
    let symbol = Symbol(tree[field].b)
    switch program.types.kind(type) {
    case .error, .never:
      if !isTyped { absorbArguments(call) }
      return type
    case .void:
      report(TypeMessage.noValue(span(NodeID(tree[field].a))))
      if !isTyped { absorbArguments(call) }
      return .error
    case .any:
      setUse(field, Use(.dynamicMember, symbol.index))
      setType(field, .any)
      for argument in tree.list(tree[call].b) { fit(argument, .any, .none, isTyped: isTyped) }
      return .any
    default: break
    }
    if let id = findMethod(symbol, on: type), canCall(id, field, type) {
      let instance = instantiateMethod(id, on: type, at: field, explicit: explicit)
      setUse(field, Use(.method, id.index, instance.arguments))
      noteUse(of: id, at: field)
      suggest(instance.result, hint)
      return checkArguments(
        call, id, instance.parameters, instance.result, tree.list(tree[call].b), isTyped: isTyped)
    }
    if let value = fieldType(field, symbol, type) {
      setType(field, value)
      return callValue(call, field, value, isTyped: isTyped)
    }
    if let form = BuiltinForm.method(text(symbol)) { return builtinMethod(call, field, form, type, isTyped: isTyped) }
    if !hasReported(field, symbol, type) {
      report(
        TypeMessage.unknownMember(
          text(symbol), at: tokenSpan(field), type: name(type), isCall: true,
          nearest: nearestName(text(symbol), among: memberNames(of: type)),
          rewritten: builtinCall(call, field, symbol, type) ?? textCall(call, field, symbol, type)))
    }
    if !isTyped { absorbArguments(call) }
    return .error
  }

  /// Whether there was a method of that name that cannot be called so, which has been reported.
  private mutating func hasReported(_ field: NodeID, _ symbol: Symbol, _ type: TypeID) -> Bool {
    guard let id = findMethod(symbol, on: type) else { return false }
    return !program.functions[Int(id.index)].hasSelf || !isVisible(id) || !canGrow(symbol, type)
  }

  /// Whether a method may be called on a value here; reports why not.
  mutating func canCall(_ id: FunctionID, _ field: NodeID, _ type: TypeID) -> Bool {
    let symbol = Symbol(program.functions[Int(id.index)].name - 1)
    guard program.functions[Int(id.index)].hasSelf else {
      report(TypeMessage.functionOfType(text(symbol), type: name(type), at: tokenSpan(field)))
      return false
    }
    guard isVisible(id) else {
      report(TypeMessage.privateMethod(text(symbol), at: tokenSpan(field), type: name(type)))
      return false
    }
    guard canGrow(symbol, type) else {
      report(
        TypeMessage.unknownMember(text(symbol), at: tokenSpan(field), type: name(type), isCall: true, nearest: nil))
      return false
    }
    if program.functions[Int(id.index)].selfIsMutable {
      requireMutableSelf(NodeID(tree[field].a), symbol, isCall: true, at: tokenSpan(field))
    }
    if program.types.kind(type) == .fixedArray, !inputs[Int(program.functions[Int(id.index)].module)].isLibrary {
      fixedArguments.append(
        FixedArgument(module: currentIndex, node: NodeID(tree[field].a), function: id, parameter: 0))
    }
    return true
  }

  mutating func isVisible(_ id: FunctionID) -> Bool {
    let module = Int(program.functions[Int(id.index)].module)
    return module == currentIndex || trees[module][program.functions[Int(id.index)].node].detail & 1 != 0
  }

  /// An array of fixed length does not grow or shrink.
  private mutating func canGrow(_ method: Symbol, _ type: TypeID) -> Bool {
    guard program.types.kind(type) == .fixedArray else { return true }
    return !growing.contains(text(method))
  }

  private var growing: Set<String> { ["push", "pop", "insert", "remove", "extend", "clear", "reserve"] }

  /// A method without `mut self` neither assigns fields of `self` nor calls a method that does.
  mutating func requireMutableSelf(_ base: NodeID, _ name: Symbol, isCall: Bool, at place: Span) {
    let node = withoutParentheses(base)
    guard tree.kind(node) == .name, Symbol(tree[node].a) == known.self_, !function.selfIsMutable,
      let local = function.selfLocal, current.use(node).kind == .local, current.use(node).index == local.index
    else { return }
    let method = program.functions[Int(program.locals[Int(local.index)].function.index)]
    report(
      TypeMessage.needsMutSelf(
        place, name: text(name), isCall: isCall, method: method.name == 0 ? "" : text(Symbol(method.name - 1)),
        selfSpan: localSpan(local)))
  }

  // MARK: Free builtins that are methods

  private mutating func inferFreeMethod(_ call: NodeID, _ callee: NodeID, _ symbol: Symbol) -> TypeID {
    let arguments = tree.list(tree[call].b)
    guard let first = arguments.first else {
      report(
        TypeMessage.argumentCount(span(call), function: text(symbol), expected: 1...Int.max, found: 0, declared: nil))
      return .error
    }
    for argument in arguments where tree.kind(argument) == .spreadArgument || tree.kind(argument) == .namedArgument {
      absorbArguments(call)
      if tree.kind(argument) == .namedArgument { reportNamed(argument, text(symbol)) }
      else { report(TypeMessage.spreadMisplaced(span(argument))) }
      return .error
    }
    var type = settled(inferValue(first))
    var isTyped = false
    if isLiteral(type), arguments.count == 2 {
      // `max(1, x)`: the second tells what the first is.
      let other = inferValue(arguments[1], hint: type)
      if couldBe(type, other) { _ = unify(type, other) }
      type = shallow(type)
      isTyped = true
    }
    guard program.types.kind(type) == .variable else {
      return freeMethod(call, symbol, type, arguments, isTyped: isTyped)
    }
    if !isTyped { for argument in arguments.dropFirst() { _ = infer(argument, hint: .error) } }
    var entry = Deferred(.freeMethodCall, call, subject: type)
    entry.symbol = symbol
    entry.result = isLiteral(type) ? type : newVariable()
    deferLater(entry)
    return entry.result
  }

  mutating func settleFreeMethodCall(_ entry: Deferred, _ subject: TypeID) {
    let result = freeMethod(entry.node, entry.symbol, subject, tree.list(tree[entry.node].b), isTyped: true)
    if !unify(entry.result, result) { reportMismatch(entry.node, result, entry.result, .none) }
  }

  private mutating func freeMethod(
    _ call: NodeID, _ symbol: Symbol, _ type: TypeID, _ arguments: NodeList, isTyped: Bool
  ) -> TypeID {
    let word = text(symbol)
    let method = findMethod(symbol, on: type)
    if arguments.count == 2, word == "min" || word == "max", method == nil || program.types.kind(type) == .nominal,
      let helper = moduleScopes[0].names[symbols.intern(word + "_of_two")]?.entity
    {
      fit(arguments[1], type, .none, isTyped: isTyped)
      let id = FunctionID(helper.index)
      let instance = instantiate(id, at: call)
      _ = unify(instance.parameters[0], type)
      setUse(call, Use(.method, id.index, instance.arguments))
      return instance.result
    }
    if program.types.kind(type) == .error || program.types.kind(type) == .never {
      if !isTyped { for argument in arguments.dropFirst() { _ = infer(argument, hint: .error) } }
      return .error
    }
    guard let id = method, program.functions[Int(id.index)].hasSelf, canGrow(symbol, type) else {
      report(
        TypeMessage.unknownMember(
          word, at: span(NodeID(tree[call].a)), type: name(type), isCall: true, nearest: nil))
      if !isTyped { for argument in arguments.dropFirst() { _ = infer(argument, hint: .error) } }
      return .error
    }
    let instance = instantiateMethod(id, on: type, at: call)
    setUse(call, Use(.method, id.index, instance.arguments))
    noteUse(of: id, at: call)
    return checkArguments(
      call, id, instance.parameters, instance.result, arguments.part(1..<arguments.count), isTyped: isTyped,
      recordsPlan: false)
  }
}
