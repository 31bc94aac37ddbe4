import OrusDiagnostics
import OrusSyntax

/// Builtins whose typing is their own.
extension Checker {
  mutating func inferBuiltin(_ call: NodeID, _ callee: NodeID, _ form: BuiltinForm, _ hint: TypeID?) -> TypeID {
    setUse(callee, Use(.builtin, form.rawValue))
    let arguments = Array(tree.list(tree[call].b))
    for argument in arguments {
      switch tree.kind(argument) {
      case .namedArgument: reportNamed(argument, form.name)
      case .spreadArgument: report(TypeMessage.spreadMisplaced(span(argument)))
      default: continue
      }
      absorbArguments(call)
      return form.result ?? .error
    }
    let count = form.argumentCount
    guard count.contains(arguments.count) else {
      report(
        TypeMessage.argumentCount(
          span(call), function: form.name, expected: count, found: arguments.count, declared: nil))
      absorbArguments(call)
      return form.result ?? .error
    }
    switch form {
    case .print, .printNoNewline, .errorPrint, .debugPrint, .panic:
      for argument in arguments { _ = inferValue(argument) }
    case .format:
      check(arguments[0], .string, .none)
      for argument in arguments.dropFirst() { _ = inferValue(argument) }
    case .assert:
      check(arguments[0], .bool, reason(.condition, callee))
      for argument in arguments.dropFirst() { _ = inferValue(argument) }
    case .typeOf:
      _ = inferValue(arguments[0])
    case .isType:
      _ = inferValue(arguments[0])
      check(arguments[1], .string, .none)
    case .enumerate:
      let element = iterated(arguments[0], inferValue(arguments[0]))
      return program.types.array(program.types.tuple([.i32, element]))
    case .zip:
      let left = iterated(arguments[0], inferValue(arguments[0]))
      let right = iterated(arguments[1], inferValue(arguments[1]))
      return program.types.array(program.types.tuple([left, right]))
    case .range: return inferRangeCall(call, arguments, hint)
    case .same:
      let type = inferValue(arguments[0])
      check(arguments[1], type, reason(.operand, arguments[0]))
    case .clone, .hash:
      let type = inferValue(arguments[0], hint: form == .clone ? hint : nil)
      require(form, arguments[0], type)
      if form == .clone { return shallow(type) }
    case .compare:
      let type = inferValue(arguments[0])
      check(arguments[1], type, reason(.operand, arguments[0]))
      require(form, arguments[0], type)
      return orderingType
    case .int, .float:
      let type = shallow(inferValue(arguments[0]))
      if program.types.kind(type) == .variable {
        if !isLiteral(type) {
          var entry = Deferred(.cast, arguments[0], subject: type)
          entry.flag = true
          entry.result = form == .int ? .i32 : .f64
          deferLater(entry)
        }
      } else {
        requireNumberText(arguments[0], type, form == .int ? .i32 : .f64)
      }
    }
    return form.result ?? .error
  }

  /// `int` and `float` take text or a number.
  mutating func requireNumberText(_ node: NodeID, _ type: TypeID, _ target: TypeID) {
    let kind = program.types.kind(type)
    if kind >= .bool && kind <= .string || kind == .error || kind == .never { return }
    report(TypeMessage.castImpossible(span(node), from: name(type), to: name(target)))
  }

  /// The constraint that a builtin needs of its argument's type.
  private mutating func require(_ form: BuiltinForm, _ node: NodeID, _ type: TypeID) {
    let type = shallow(type)
    if isLiteral(type) { return }
    var entry = Deferred(.constraint, node, subject: type)
    entry.constraints = form == .clone ? .cloneable : form == .hash ? .hashable : .comparable
    entry.symbol = symbols.intern(form.name)
    entry.parameter = symbols.intern("T")
    if program.types.kind(type) == .variable { deferLater(entry) } else { settleConstraint(entry, type) }
  }

  /// `x.clone()` and the like: the builtin as a method of anything.
  mutating func builtinMethod(
    _ call: NodeID, _ field: NodeID, _ form: BuiltinForm, _ type: TypeID, isTyped: Bool
  ) -> TypeID {
    setUse(field, Use(.builtin, form.rawValue))
    let arguments = Array(tree.list(tree[call].b))
    let expected = form == .compare ? 1 : 0
    guard arguments.count == expected else {
      report(
        TypeMessage.argumentCount(
          span(call), function: form.name, expected: expected...expected, found: arguments.count, declared: nil))
      if !isTyped { absorbArguments(call) }
      return form.result ?? .error
    }
    if form == .compare { fit(arguments[0], type, .none, isTyped: isTyped) }
    require(form, NodeID(tree[field].a), type)
    switch form {
    case .clone: return type
    case .hash: return .u64
    default: return orderingType
    }
  }

  /// `xs.enumerate()` as the call `enumerate(xs)` of the builtin of that name; nil where there is none that takes it.
  mutating func builtinCall(_ call: NodeID, _ field: NodeID, _ symbol: Symbol, _ type: TypeID) -> Help? {
    guard let entity = lookUp(symbol), entity.kind == .builtin, let form = BuiltinForm(rawValue: entity.index),
      takes(form, type), tree.kind(NodeID(tree[call].a)) == .field
    else { return nil }
    let arguments = tree.list(tree[call].b)
    guard form.argumentCount.contains(arguments.count + 1) else { return nil }
    let end = arguments.first.map { span($0).start } ?? span(call).end
    return Help(
      "`\(form.name)` is a function: write `\(form.name)(…)`",
      edits: wrapReceiver(of: field, upTo: end, "\(form.name)(", arguments.isEmpty ? ")" : ", "))
  }

  /// `x.to_string()` and its like as `f"{x}"`, or as `x` where that is text.
  func textCall(_ call: NodeID, _ field: NodeID, _ symbol: Symbol, _ type: TypeID) -> Help? {
    guard ["to_string", "toString", "str"].contains(text(symbol)), tree.list(tree[call].b).isEmpty else { return nil }
    let end = span(call).end
    if type == .string {
      let rest = Span(file: span(call).file, start: span(NodeID(tree[field].a)).end, end: end)
      return Help("this is text already", edits: [Help.Edit(rest, "")])
    }
    return Help(
      "text is made with `x as string` or `f\"{x}\"`", edits: wrapReceiver(of: field, upTo: end, "f\"{", "}\""))
  }

  /// The edits that put the receiver of a call between two texts, the second in place of all from its dot on.
  private func wrapReceiver(of field: NodeID, upTo end: UInt32, _ before: String, _ after: String) -> [Help.Edit] {
    let receiver = NodeID(tree[field].a)
    let kept = span(withoutParentheses(receiver))
    return [
      Help.Edit(Span(file: kept.file, start: span(receiver).start, end: kept.start), before),
      Help.Edit(Span(file: kept.file, start: kept.end, end: end), after),
    ]
  }

  /// Whether the first argument of a builtin may be of this type.
  private mutating func takes(_ form: BuiltinForm, _ type: TypeID) -> Bool {
    let kind = program.types.kind(type)
    switch form {
    case .enumerate, .zip: return firstBroken(.iterable, by: type) == nil
    case .format: return kind == .string
    case .assert: return kind == .bool
    case .int, .float: return kind >= .bool && kind <= .string
    case .range: return kind >= .i32 && kind <= .u64
    default: return true
    }
  }

  // MARK: Ranges

  private mutating func inferRangeCall(_ call: NodeID, _ arguments: [NodeID], _ hint: TypeID?) -> TypeID {
    var element = rangeElement(hint)
    for argument in arguments { element = rangeBound(argument, element) }
    return program.types.range(finishRange(call, element))
  }

  private mutating func rangeElement(_ hint: TypeID?) -> TypeID? {
    guard let hint, kind(hint) == .range else { return nil }
    return TypeID(program.types[shallow(hint)].a)
  }

  /// Each bound has the type of those before it; a literal takes that of another.
  private mutating func rangeBound(_ node: NodeID, _ element: TypeID?) -> TypeID {
    guard let element else { return shallow(inferValue(node)) }
    return check(node, element, .none)
  }

  private mutating func finishRange(_ node: NodeID, _ element: TypeID?) -> TypeID {
    let type = element.map { shallow($0) } ?? .i32
    let row = program.types[type]
    switch row.kind {
    case .i32, .i64, .u32, .u64, .error, .never: break
    case .variable: deferLater(Deferred(.integer, node, subject: type))
    case .parameter where firstBroken(.bits, by: type) == nil: break
    default:
      report(TypeMessage.rangeOfNonInteger(span(node), type: name(type)))
      return .error
    }
    return type
  }

  /// `a..b`, not as an index.
  mutating func inferRange(_ node: NodeID, _ hint: TypeID?) -> TypeID {
    let view = tree.range(node)
    var element = rangeElement(hint)
    for bound in [view.start, view.end, view.step] where !bound.isNone { element = rangeBound(bound, element) }
    if view.end.isNone { return .error }
    return program.types.range(finishRange(node, element))
  }
}

extension BuiltinForm {
  /// How many arguments it takes.
  var argumentCount: ClosedRange<Int> {
    switch self {
    case .print, .printNoNewline, .errorPrint, .debugPrint, .panic: 0...Int.max
    case .format, .assert: 1...Int.max
    case .typeOf, .enumerate, .clone, .hash, .int, .float: 1...1
    case .isType, .zip, .same, .compare: 2...2
    case .range: 1...3
    }
  }

  /// The type of its result where that is always the same.
  var result: TypeID? {
    switch self {
    case .print, .printNoNewline, .errorPrint, .debugPrint, .assert: .void
    case .panic: .never
    case .format, .typeOf: .string
    case .isType, .same: .bool
    case .hash: .u64
    case .int: .i32
    case .float: .f64
    case .enumerate, .zip, .range, .clone, .compare: nil
    }
  }

  /// The builtin that is a method of every type by this name.
  static func method(_ name: String) -> BuiltinForm? {
    switch name {
    case "clone": .clone
    case "hash": .hash
    case "compare": .compare
    default: nil
    }
  }
}
