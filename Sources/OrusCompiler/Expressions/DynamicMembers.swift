import OrusBytecode
import OrusSyntax
import OrusTypes

/// A name that is called on some `any`, and a type that it may hold.
struct DynamicMethod: Hashable {
  let type: TypeID
  let name: Symbol
}

/// Members of an `any`, which are looked up when the program runs.
extension Lowering {
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

  // MARK: What such calls find

  /// Asks for the methods of those names of every type there is, and the fields that hold functions. True if that
  /// brought new ones.
  mutating func requestDynamicMethods() -> Bool {
    var isNew = false
    let names = dynamicNames.sorted { $0.index < $1.index }
    for i in rows.known.indices where rows.known[i] != nil {
      let type = TypeID(UInt32(i))
      for name in names where dynamicMethods.insert(DynamicMethod(type: type, name: name)).inserted {
        guard let function = dynamicMethod(name, on: type) else { continue }
        program.dynamicMethods.append(
          DynamicMethodRow(type: row(type), name: strings.intern(name, in: typed.symbols), function: function))
        isNew = true
      }
    }
    return isNew
  }

  private mutating func dynamicMethod(_ name: Symbol, on type: TypeID) -> UInt32? {
    if type == .any { return nil }
    if let (function, arguments) = method(name, on: type) {
      // One with type parameters of its own has no types to run with.
      let parameters = typed.functions[Int(function.index)].typeParameters
      guard typed.types.count(arguments) == parameters.count else { return nil }
      return instances.request(.dynamicMethod(type), of: function, arguments).index
    }
    guard let id = typed.types.declaration(type),
      let field = typed.declarations[Int(id.index)].fields.firstIndex(where: { $0.name == name }),
      typed.types.kind(fieldTypes(type)[field]) == .function
    else { return nil }
    let kind = Instance.Kind.dynamicField(UInt32(field))
    return instances.request(kind, of: FunctionID(id.index), typed.types.arguments(type)).index
  }

  /// `(T, [any]) -> any`: takes the arguments out of the array and calls the method.
  mutating func lowerDynamicMethod(_ instance: Instance, on type: TypeID) -> FunctionRow {
    let info = typed.functions[Int(instance.function.index)]
    let signature = signature(instance.function, instance.arguments)
    context.result = .any
    let receiver = temporary(for: type)
    let given = temporary(.reference)
    let wanted = info.isVariadic ? [] : Array(signature.parameters.dropFirst())
    let values = [receiver] + unpack(given, wanted, for: Symbol(info.name - 1))
    let result = emitMethodCall(instance.function, instance.arguments, values, at: info.node)
    returnAny(result, signature.result)
    return dynamicRow(functionName(instance.function), on: type)
  }

  /// The same for a function that a field holds.
  mutating func lowerDynamicField(_ instance: Instance, _ field: Int) -> FunctionRow {
    let declaration = typed.declarations[Int(instance.function.index)]
    let type = typed.types.nominal(DeclarationID(instance.function.index), instance.arguments)
    let held = fieldTypes(type)[field]
    let name = declaration.fields[field].name
    context.result = .any
    let receiver = temporary(for: type)
    let given = temporary(.reference)
    let values = unpack(given, typed.types.elements(TypeListID(typed.types[held].a)), for: name)
    let function = temporary(.reference)
    loadField(fieldWord(type, field), of: receiver, into: function)
    let result = callValue(function, values, held)
    returnAny(result, TypeID(typed.types[held].b))
    return dynamicRow(memberName(type, name), on: type)
  }

  /// Takes the arguments for parameters of those types out of an array; raises E0013 where it has not as many.
  private mutating func unpack(_ given: Register, _ wanted: [TypeID], for name: Symbol) -> [Register] {
    let count = temporary(.scalar)
    let fits = code.newLabel()
    emit(.array_len, count, given)
    let expected = temporary(.scalar)
    constant(UInt64(wanted.count), .i32, into: expected)
    branch(.b_eq_w, count, expected, to: fits)
    let message = temporary(.reference)
    let takes = "`\(typed.symbols[name])` takes \(wanted.count) argument\(wanted.count == 1 ? "" : "s")"
    text(takes, into: message)
    raise(message, code: 13)
    code.bind(fits)
    var values: [Register] = []
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
    return values
  }

  private mutating func returnAny(_ result: Register, _ type: TypeID) {
    if type == .any {
      emitReturn(result)
    } else if type == .never {
      emit(.unreachable)
    } else if representation(type) == .none {
      // What gives nothing gives `None`.
      let option = typed.types.nominal(typed.known.option, [.any])
      let none = temporary(.reference)
      emit(.const_null, none, row(option).index)
      emitReturn(boxAny(none, option, into: nil))
    } else {
      emitReturn(boxAny(result, type, into: nil))
    }
  }

  /// It belongs to the prelude, for it has no place in the source that a backtrace could show.
  private mutating func dynamicRow(_ name: UInt32, on type: TypeID) -> FunctionRow {
    FunctionRow(name: name, type: functionType([type, typed.types.array(.any)], .any))
  }
}
