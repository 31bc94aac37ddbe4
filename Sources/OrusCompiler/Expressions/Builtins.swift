import OrusBytecode
import OrusSyntax
import OrusTypes

/// Builtins whose typing is their own.
extension Lowering {
  mutating func lowerBuiltin(_ form: BuiltinForm, _ node: NodeID, into target: Register?) -> Register? {
    let arguments = builtinArguments(node)
    switch form {
    case .print:
      lowerPrint(node, stream: 0, newline: true)
      return Register.none
    case .printNoNewline:
      lowerPrint(node, stream: 0, newline: false)
      return Register.none
    case .errorPrint:
      lowerPrint(node, stream: 1, newline: true)
      return Register.none
    case .debugPrint:
      lowerDebugPrint(node)
      return Register.none
    case .format:
      return lowerFormat(node, into: target)
    case .panic:
      let message = temporary(.reference)
      formatMessage(arguments, fallback: "panic", into: message)
      position(node)
      raise(message, code: 14)
      return nil
    case .assert:
      lowerAssert(node, arguments)
      return Register.none
    case .typeOf:
      return lowerTypeOf(arguments[0], into: target)
    case .isType:
      return lowerIsType(node, arguments, into: target)
    case .enumerate:
      return listHelper("enumerate_list", [arguments[0]], node)
    case .zip:
      return listHelper("zip_lists", [arguments[0], arguments[1]], node)
    case .range:
      return lowerRangeCall(node, into: target)
    case .same:
      let (x, y) = operands(arguments[0], arguments[1])
      let result = target ?? temporary(.scalar)
      // Values have no identity: they are the same if they are equal.
      let type = adjustedType(arguments[0])
      let isFloat = typed.types.kind(type) == .f64
      emit(representation(type) == .reference ? .same_r : isFloat ? .eq_f64 : .eq_w, result, x, y)
      return result
    case .clone:
      let type = adjustedType(arguments[0])
      if representation(type) != .reference || typed.types.kind(type) == .string {
        return expression(arguments[0], into: target)
      }
      return native(.clone, arguments, node, result: type)
    case .hash:
      return native(.hash, arguments, node, result: .u64)
    case .compare:
      return native(.compare, arguments, node, result: orderingType)
    case .int, .float:
      return lowerNumberBuiltin(form, arguments[0], node, into: target)
    }
  }

  /// The arguments of a builtin; of `x.clone()` the receiver first.
  private mutating func builtinArguments(_ node: NodeID) -> [NodeID] {
    let tree = module.tree
    let given = Array(tree.list(tree[node].b))
    let callee = strippedCallee(NodeID(tree[node].a))
    return tree.kind(callee) == .field ? [NodeID(tree[callee].a)] + given : given
  }

  private mutating func native(_ native: Native, _ arguments: [NodeID], _ node: NodeID, result: TypeID) -> Register {
    let types = arguments.map { adjustedType($0) }
    let window = evaluate(arguments.lazy.map { ValueSource.node($0) }, types)
    return nativeCall(native, registers(window, types), types, result, at: node)
  }

  mutating func raise(_ message: Register, code number: UInt8) {
    code.emit(.raise, message.index, number, 0)
  }

  /// A function of the prelude by name, whose arguments may be anything that `for` takes. Its type arguments are what
  /// each gives, and then what each is.
  private mutating func listHelper(_ name: String, _ arguments: [NodeID], _ node: NodeID) -> Register {
    let function = preludeFunction(name)
    let types = arguments.map { adjustedType($0) }
    let pair = TypeID(typed.types[type(node)].a)
    let elements = typed.types.elements(TypeListID(typed.types[pair].a)).suffix(arguments.count) + types
    let window = evaluate(arguments.lazy.map { ValueSource.node($0) }, types)
    return emitMethodCall(function, typed.types.intern(Array(elements)), registers(window, types), at: node)
  }

  /// A free function of the prelude.
  func preludeFunction(_ name: String) -> FunctionID {
    let tree = tables[0].tree
    for item in tree.list(tree[tree.root].a) where tree.kind(item) == .function {
      let view = tree.function(item)
      if view.name != 0, typed.symbols[Symbol(view.name - 1)] == name { return FunctionID(tables[0].use(item).index) }
    }
    preconditionFailure("the prelude has no \(name)")
  }

  private mutating func lowerAssert(_ node: NodeID, _ arguments: [NodeID]) {
    let holds = code.newLabel()
    let scope = enterScope()
    condition(arguments[0], jumpIf: true, to: holds)
    let message = temporary(.reference)
    formatMessage(Array(arguments.dropFirst()), fallback: "assertion failed", into: message)
    position(node)
    raise(message, code: 15)
    leaveScope(scope)
    code.bind(holds)
  }

  // MARK: Types at run time

  private mutating func lowerTypeOf(_ argument: NodeID, into target: Register?) -> Register {
    let type = adjustedType(argument)
    if type == .any {
      let value = expression(argument)
      return nativeCall(.any_type_of, [value], [.any], .string, at: argument)
    }
    let mark = mark
    statement(argument)
    release(to: mark)
    let result = target ?? temporary(.reference)
    text(printed(type), into: result)
    return result
  }

  private mutating func lowerIsType(_ node: NodeID, _ arguments: [NodeID], into target: Register?) -> Register {
    let type = adjustedType(arguments[0])
    let mark = mark
    let name = temporary(.reference)
    if type == .any {
      let value = expression(arguments[0])
      move(nativeCall(.any_type_of, [value], [.any], .string, at: node), to: name)
    } else {
      statement(arguments[0])
      text(printed(type), into: name)
    }
    let wanted = expression(arguments[1])
    if target == nil { release(to: mark) }
    let result = target ?? temporary(.scalar)
    emit(.eq_string, result, name, wanted)
    return result
  }

  mutating func printed(_ type: TypeID) -> String { typed.typeName(type) }

  // MARK: Numbers from text and other numbers

  private mutating func lowerNumberBuiltin(
    _ form: BuiltinForm, _ argument: NodeID, _ node: NodeID, into target: Register?
  ) -> Register {
    let type = adjustedType(argument)
    let result: TypeID = form == .int ? .i32 : .f64
    if type == result { return expression(argument, into: target) }
    if type == .string {
      let value = expression(argument)
      return nativeCall(form == .int ? .int_of_string : .float_of_string, [value], [.string], result, at: node)
    }
    if form == .float || type == .bool {
      return convert(argument, from: type, to: result, into: target)
    }
    // To i32, with a panic where it does not fit: through i64, f64 truncated.
    let native: Native = type == .f64 ? .int_of_f64 : type == .u64 ? .int_of_u64 : .int_of_i64
    let parameter: TypeID = type == .f64 ? .f64 : type == .u64 ? .u64 : .i64
    let slot = temporary(.scalar)
    if parameter == .i64 { wide(argument, into: slot) } else { _ = expression(argument, into: slot) }
    return nativeCall(native, [slot], [parameter], .i32, at: node)
  }

  // MARK: Ranges as values

  mutating func lowerRange(_ node: NodeID, into target: Register?) -> Register {
    let view = module.tree.range(node)
    return buildRange(
      type(node), view.start, view.end, view.step, isInclusive: module.tree[node].detail & 1 != 0, into: target)
  }

  private mutating func lowerRangeCall(_ node: NodeID, into target: Register?) -> Register {
    let arguments = module.tree.list(module.tree[node].b)
    return buildRange(
      type(node), arguments.count > 1 ? arguments[0] : .none, arguments.count > 1 ? arguments[1] : arguments[0],
      arguments.count > 2 ? arguments[2] : .none, isInclusive: false, into: target)
  }

  private mutating func buildRange(
    _ type: TypeID, _ start: NodeID, _ end: NodeID, _ step: NodeID, isInclusive: Bool, into target: Register?
  ) -> Register {
    let element = TypeID(typed.types[type].a)
    let kind = scalarKind(element)
    let result = target ?? temporary(.reference)
    let mark = mark
    let first = temporary(.scalar)
    let last = temporary(.scalar)
    let stride = temporary(.scalar)
    let inclusive = temporary(.scalar)
    if start.isNone { constant(0, kind, into: first) } else { _ = expression(start, into: first) }
    _ = expression(end, into: last)
    if step.isNone { constant(1, kind, into: stride) } else { _ = expression(step, into: stride) }
    constant(isInclusive ? 1 : 0, .bool, into: inclusive)
    emit(.new, result, first, .none, row(type).index)
    release(to: mark)
    return result
  }
}
