import OrusBytecode
import OrusSyntax
import OrusTypes

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
}
