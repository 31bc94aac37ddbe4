import OrusBytecode
import OrusSyntax
import OrusTypes

/// How wide an array keeps its elements.
enum ElementWidth {
  case byte, signedWord, unsignedWord, double, reference
}

extension Lowering {
  // MARK: Fields

  mutating func loadField(_ word: Int, of object: Register, into target: Register) {
    guard target.representation != .none, word >= 0 else { return }
    let isScalar = target.representation == .scalar
    if word < 256 {
      code.emit(isScalar ? .field_s : .field_r, target.index, object.index, UInt8(word))
    } else {
      emit(isScalar ? .field_far_s : .field_far_r, target, object, UInt32(word))
    }
  }

  mutating func storeField(_ word: Int, of object: Register, _ value: Register) {
    guard value.representation != .none, word >= 0 else { return }
    let isScalar = value.representation == .scalar
    if word < 256 {
      code.emit(isScalar ? .set_field_s : .set_field_r, object.index, value.index, UInt8(word))
    } else {
      emit(isScalar ? .set_field_far_s : .set_field_far_r, object, value, UInt32(word))
    }
  }

  /// The words of an object's parts.
  mutating func words(of index: TypeIndex) -> [Int] {
    let i = Int(index.index)
    if i < layouts.count, let known = layouts[i] { return known }
    while layouts.count <= i { layouts.append(nil) }
    let words = Layout(of: program.types[i], in: program.types).words
    layouts[i] = words
    return words
  }

  mutating func fieldWord(_ type: TypeID, _ field: Int) -> Int { words(of: row(type))[field] }

  mutating func lowerField(_ node: NodeID, _ field: Int, into target: Register?) -> Register {
    let base = NodeID(module.tree[node].a)
    return loadPart(fieldWord(adjustedType(base), field), of: base, type(node), into: target)
  }

  mutating func lowerTupleField(_ node: NodeID, into target: Register?) -> Register {
    let base = NodeID(module.tree[node].a)
    let word = words(of: row(adjustedType(base)))[Int(module.tree[node].b)]
    return loadPart(word, of: base, type(node), into: target)
  }

  private mutating func loadPart(_ word: Int, of base: NodeID, _ type: TypeID, into target: Register?) -> Register {
    let mark = mark
    let object = expression(base)
    if target == nil { release(to: mark) }
    let result = target ?? temporary(for: type)
    loadField(word, of: object, into: result)
    if target != nil { release(to: mark) }
    return result
  }

  // MARK: Indexing

  mutating func elementWidth(_ element: TypeID) -> ElementWidth {
    switch representation(element) {
    case .reference: return .reference
    case .none: return .byte
    case .scalar:
      switch scalarKind(element) {
      case .bool: return .byte
      case .i32: return .signedWord
      case .u32, .tag: return .unsignedWord
      case .i64, .u64, .f64: return .double
      }
    }
  }

  mutating func getOpcode(_ element: TypeID) -> Opcode {
    switch elementWidth(element) {
    case .byte: .get_bool
    case .signedWord: .get_i32
    case .unsignedWord: .get_u32
    case .double: .get_64
    case .reference: .get_r
    }
  }

  mutating func setOpcode(_ element: TypeID) -> Opcode {
    switch elementWidth(element) {
    case .byte: .set_8
    case .signedWord, .unsignedWord: .set_32
    case .double: .set_64
    case .reference: .set_r
    }
  }

  mutating func pushOpcode(_ element: TypeID) -> Opcode {
    switch elementWidth(element) {
    case .byte: .push_8
    case .signedWord, .unsignedWord: .push_32
    case .double: .push_64
    case .reference: .push_r
    }
  }

  mutating func lowerIndex(_ node: NodeID, into target: Register?) -> Register {
    let tree = module.tree
    let base = NodeID(tree[node].a)
    let index = NodeID(tree[node].b)
    let type = adjustedType(base)
    if tree.kind(index) == .range { return lowerSlice(node, base, index, type, into: target) }
    let mark = mark
    let (object, key) = operands(base, index)
    switch typed.types.kind(type) {
    case .array, .fixedArray:
      let element = TypeID(typed.types[type].a)
      if target == nil { release(to: mark) }
      let result = target ?? temporary(for: element)
      position(node)
      emit(getOpcode(element), result, object, key)
      if target != nil { release(to: mark) }
      return result
    case .string:
      if target == nil { release(to: mark) }
      let result = target ?? temporary(.reference)
      position(node)
      emit(.string_char, result, object, key)
      if target != nil { release(to: mark) }
      return result
    default:
      position(node)
      let use = module.use(node)
      let result: Register
      if use.kind == .method {
        result = emitMethodCall(FunctionID(use.index), concrete(use.typeArguments), [object, key], at: node)
      } else {
        result = callNamed("index", on: type, [object, key], at: node)
      }
      return settle(result, into: target, above: mark)
    }
  }

  /// `a[i..j]`: bounds as i64, an inclusive end as one more; absent ones are 0 and the length.
  private mutating func lowerSlice(
    _ node: NodeID, _ base: NodeID, _ range: NodeID, _ type: TypeID, into target: Register?
  ) -> Register {
    let view = module.tree.range(range)
    let mark = mark
    let object = stable(base)
    let start = temporary(.scalar)
    let end = temporary(.scalar)
    if view.start.isNone { constant(0, .i64, into: start) } else { wide(view.start, into: start) }
    position(node)
    if view.end.isNone {
      emit(typed.types.kind(type) == .string ? .string_len : .array_len, end, object)
      code.emit(.retype, end.index, end.index, ScalarKind.i64.rawValue)
    } else {
      wide(view.end, into: end)
      if module.tree[range].detail & 1 != 0 { emit(.add_imm_i64, end, end, immediate: 1) }
    }
    position(node)
    let isText = typed.types.kind(type) == .string
    let resultType = isText ? TypeID.string : typed.types.array(TypeID(typed.types[type].a))
    let sliced = nativeCall(
      isText ? .string_slice : .array_slice, [object, start, end], [isText ? .string : resultType, .i64, .i64],
      resultType, at: node)
    return settle(sliced, into: target, above: mark)
  }

  /// An integer of any type as i64; a u64 past its range becomes negative, and so out of every bound.
  mutating func wide(_ node: NodeID, into target: Register) {
    let mark = mark
    let value = expression(node)
    if scalarKind(adjustedType(node)) == .i64 {
      move(value, to: target)
    } else {
      code.emit(.retype, target.index, value.index, ScalarKind.i64.rawValue)
    }
    release(to: mark)
  }
}
