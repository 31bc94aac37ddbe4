import OrusBytecode
import OrusSyntax
import OrusTypes

/// A name that is called on some `any`, and a type that it may hold.
struct DynamicMethod: Hashable {
  let type: TypeID
  let name: Symbol
}

extension Lowering {
  mutating func lowerCast(_ node: NodeID, into target: Register?) -> Register {
    let operand = NodeID(module.tree[node].a)
    let from = adjustedType(operand)
    let to = type(node)
    if from == to { return expression(operand, into: target) }
    if from == .any { return unboxAny(operand, to, node, into: target) }
    if to == .string {
      let result = target ?? temporary(.reference)
      let mark = mark
      let value = expression(operand)
      emit(.format_begin)
      code.emit(value.representation == .scalar ? .format_s : .format_r, value.index, 0, 0)
      code.word(row(from).index)
      code.word(0)
      code.word(0)
      emit(.format_string, result)
      release(to: mark)
      return result
    }
    if to == .any {
      let mark = mark
      let value = expression(operand)
      let boxed = boxAny(value, from, into: target)
      return target == nil ? keep(boxed, above: mark) : boxed
    }
    guard representation(from) == .scalar, representation(to) == .scalar else {
      return expression(operand, into: target)
    }
    return convert(operand, from: from, to: to, into: target)
  }

  /// Between numbers and bool, by the table of the conversions.
  mutating func convert(_ operand: NodeID, from: TypeID, to: TypeID, into target: Register?) -> Register {
    let mark = mark
    let value = expression(operand)
    if target == nil { release(to: mark) }
    let result = target ?? temporary(.scalar)
    let kind = scalarKind(to)
    switch (scalarKind(from), kind) {
    case (.f64, .i32): emit(.f64_to_i32, result, value)
    case (.f64, .i64): emit(.f64_to_i64, result, value)
    case (.f64, .u32): emit(.f64_to_u32, result, value)
    case (.f64, .u64): emit(.f64_to_u64, result, value)
    case (.f64, .bool): emit(.nonzero_f64, result, value)
    case (.u64, .f64): emit(.u64_to_f64, result, value)
    case (_, .f64): emit(.int_to_f64, result, value)
    case (_, .bool): emit(.nonzero_w, result, value)
    case (.bool, _), (_, .i64), (_, .u64): code.emit(.retype, result.index, value.index, kind.rawValue)
    case (_, .i32): emit(.wrap_i32, result, value)
    case (_, .u32): emit(.wrap_u32, result, value)
    default: move(value, to: result)
    }
    if target != nil { release(to: mark) }
    return result
  }

  /// `x is T`: known at once unless x is an `any`.
  mutating func lowerTypeTest(_ node: NodeID, into target: Register?) -> Register {
    let tree = module.tree
    let operand = NodeID(tree[node].a)
    let wanted = type(NodeID(tree[node].b))
    let from = adjustedType(operand)
    let mark = mark
    if from == .any, isPossible(wanted) {
      let value = expression(operand)
      if target == nil { release(to: mark) }
      let result = target ?? temporary(.scalar)
      emit(.any_is, result, value, row(wanted).index)
      return result
    }
    statement(operand)
    release(to: mark)
    let result = target ?? temporary(.scalar)
    constant(from == wanted ? 1 : 0, .bool, into: result)
    return result
  }

  /// Whether there are values of a type. In a generic function it may come out as a range over what is no integer.
  private mutating func isPossible(_ type: TypeID) -> Bool {
    guard typed.types.kind(type) == .range else { return true }
    let element = typed.types.kind(TypeID(typed.types[type].a))
    return element >= .i32 && element <= .u64
  }

  // MARK: any

  mutating func boxAny(_ value: Register, _ type: TypeID, into target: Register?) -> Register {
    let result = target ?? temporary(.reference)
    switch value.representation {
    case .scalar: emit(.any_from_s, result, value, row(type).index)
    case .reference: emit(.any_from_r, result, value, row(type).index)
    case .none: break
    }
    return result
  }

  private mutating func unboxAny(
    _ operand: NodeID, _ type: TypeID, _ node: NodeID, into target: Register?
  ) -> Register {
    let mark = mark
    let value = expression(operand)
    if target == nil { release(to: mark) }
    let result = target ?? temporary(for: type)
    position(node)
    emit(result.representation == .scalar ? .any_to_s : .any_to_r, result, value, row(type).index)
    if target != nil { release(to: mark) }
    return result
  }

  /// A field of an `any`, found by name when it runs.
  mutating func lowerDynamicField(_ node: NodeID, _ use: Use, into target: Register?) -> Register {
    let mark = mark
    let base = expression(NodeID(module.tree[node].a))
    let name = memberNumber(use)
    let result = nativeCall(.any_field, [base, name], [.any, .i64], .any, at: node)
    return settle(result, into: target, above: mark)
  }

  /// A method of an `any`, found by name when it runs: the arguments go as an array of `any`.
  mutating func lowerDynamicCall(_ node: NodeID, _ callee: NodeID, _ use: Use, into target: Register?) -> Register? {
    let tree = module.tree
    let list = typed.types.array(.any)
    let base = stable(NodeID(tree[callee].a))
    let name = memberNumber(use)
    dynamicNames.insert(Symbol(use.index))
    let values = temporary(.reference)
    buildArray(Array(tree.list(tree[node].b)), row(list), .any, into: values)
    return nativeCall(.any_call, [base, name, values], [.any, .i64, list], .any, at: node)
  }

  /// The number of a member's name among the string constants.
  private mutating func memberNumber(_ use: Use) -> Register {
    let number = temporary(.scalar)
    constant(UInt64(strings.intern(Symbol(use.index), in: typed.symbols)), .i64, into: number)
    return number
  }

  // MARK: Methods that are found when the program runs

  /// Asks for the methods of those names of every type there is. True if that brought new ones.
  mutating func requestDynamicMethods() -> Bool {
    var isNew = false
    let names = dynamicNames.sorted { $0.index < $1.index }
    for i in rows.known.indices where rows.known[i] != nil {
      let type = TypeID(UInt32(i))
      for name in names where dynamicMethods.insert(DynamicMethod(type: type, name: name)).inserted {
        guard type != .any, let (function, arguments) = method(name, on: type) else { continue }
        let info = typed.functions[Int(function.index)]
        // One with type parameters of its own has no types to run with.
        guard info.hasSelf, typed.types.count(arguments) == info.typeParameters.count else { continue }
        let requested = instances.request(.dynamicMethod(type), of: function, arguments)
        program.dynamicMethods.append(
          DynamicMethodRow(
            type: row(type), name: strings.intern(name, in: typed.symbols), function: requested.index))
        isNew = true
      }
    }
    return isNew
  }

  /// `(T, [any]) -> any`: takes the arguments out of the array and calls the method.
  mutating func lowerDynamicMethod(_ instance: Instance, on type: TypeID) -> FunctionRow {
    let info = typed.functions[Int(instance.function.index)]
    let list = typed.types.array(.any)
    context.result = .any
    let receiver = temporary(for: type)
    let given = temporary(.reference)
    let signature = signature(instance.function, instance.arguments)
    let wanted = info.isVariadic ? [] : Array(signature.parameters.dropFirst())
    let count = temporary(.scalar)
    let fits = code.newLabel()
    emit(.array_len, count, given)
    let expected = temporary(.scalar)
    constant(UInt64(wanted.count), .i32, into: expected)
    branch(.b_eq_w, count, expected, to: fits)
    let message = temporary(.reference)
    let name = typed.symbols[Symbol(info.name - 1)]
    text("`\(name)` takes \(wanted.count) argument\(wanted.count == 1 ? "" : "s")", into: message)
    raise(message, code: 13)
    code.bind(fits)
    var values = [receiver]
    for (i, parameter) in wanted.enumerated() {
      let index = temporary(.scalar)
      constant(UInt64(i), .i32, into: index)
      let boxed = temporary(.reference)
      emit(.get_r, boxed, given, index)
      guard parameter != .any else {
        values.append(boxed)
        continue
      }
      let value = temporary(for: parameter)
      if value.representation != .none {
        emit(value.representation == .scalar ? .any_to_s : .any_to_r, value, boxed, row(parameter).index)
      }
      values.append(value)
    }
    let result = emitMethodCall(instance.function, instance.arguments, values, at: info.node)
    if signature.result == .any {
      emitReturn(result)
    } else if signature.result == .never {
      emit(.unreachable)
    } else if representation(signature.result) == .none {
      // What gives nothing gives `None`.
      let option = typed.types.nominal(typed.known.option, [.any])
      let none = temporary(.reference)
      emit(.const_null, none, row(option).index)
      emitReturn(boxAny(none, option, into: nil))
    } else {
      emitReturn(boxAny(result, signature.result, into: nil))
    }
    return FunctionRow(name: functionName(instance.function), type: functionType([type, list], .any), source: info.module)
  }
}
