import OrusBytecode
import OrusSyntax
import OrusTypes

/// The parts of a target are evaluated first and once, then the old value of a
/// compound assignment, then the right side.
extension Lowering {
  /// A target whose parts have been evaluated.
  private enum Place {
    case local(LocalID, TypeID)
    case global(UInt32)
    case field(object: Register, word: Int, TypeID)
    case element(array: Register, index: Register, TypeID)
    /// `x[k]` of a map, or of a type with `index` and `set_index`.
    case keyed(object: Register, TypeID, key: Register, node: NodeID)
    /// With the tuple's type.
    case several([Place], TypeID)
  }

  mutating func lowerAssignment(_ node: NodeID) {
    let tree = module.tree
    let row = tree[node]
    let target = NodeID(row.a)
    let value = NodeID(row.b)
    if let op = AssignOperator(rawValue: row.detail)!.binary {
      lowerCompound(node, op, target, value)
      return
    }
    if tree.kind(target) == .name, let register = localRegister(target), mayWriteInPlace(value) {
      _ = expression(value, into: register)
      return
    }
    let place = place(target)
    if case .several(let places, _) = place, tree.kind(value) == .tuple, module.adjustment(value).isEmpty {
      // No tuple is built: all the values are taken before the first is stored.
      var values: [Register] = []
      for part in tree.list(tree[value].a) { values.append(expression(part, into: temporary(for: adjustedType(part)))) }
      for (place, value) in zip(places, values) { write(place, value, node) }
      return
    }
    write(place, expression(value), node)
  }

  /// The register of a local that is assigned by name.
  private mutating func localRegister(_ node: NodeID) -> Register? {
    let use = module.use(node)
    switch use.kind {
    case .local: return ownRegister(LocalID(use.index))
    case .global:
      if case .register(let register) = globalLocations[Int(use.index)] { return register }
      return nil
    default: return nil
    }
  }

  /// Expressions that read all their parts before they write their result.
  private func mayWriteInPlace(_ node: NodeID) -> Bool {
    guard module.adjustment(node).isEmpty else { return false }
    switch module.tree.kind(node) {
    case .binary, .call, .integerLiteral, .floatLiteral, .stringLiteral, .trueLiteral, .falseLiteral, .nilLiteral,
      .name,
      .index, .negate, .field, .tupleField, .cast:
      return true
    default:
      return false
    }
  }

  private mutating func place(_ node: NodeID) -> Place {
    let tree = module.tree
    let row = tree[node]
    switch row.kind {
    case .parenthesized: return place(NodeID(row.a))
    case .tuple: return .several(tree.list(row.a).map { place($0) }, type(node))
    case .field:
      let use = module.use(node)
      if use.kind == .global { return .global(use.index) }
      let base = NodeID(row.a)
      let object = stable(base)
      return .field(object: object, word: fieldWord(adjustedType(base), Int(use.index)), type(node))
    case .index:
      let base = NodeID(row.a)
      let type = adjustedType(base)
      let object = stable(base)
      let index = stable(NodeID(row.b))
      if isArray(type) { return .element(array: object, index: index, TypeID(typed.types[type].a)) }
      return .keyed(object: object, type, key: index, node: node)
    default:
      let use = module.use(node)
      return use.kind == .global ? .global(use.index) : .local(LocalID(use.index), type(node))
    }
  }

  private mutating func write(_ place: Place, _ value: Register, _ node: NodeID) {
    switch place {
    case .local(let local, _): assign(local, value)
    case .global(let global): writeGlobal(global, value)
    case .field(let object, let word, _): storeField(word, of: object, value)
    case .element(let array, let index, let element):
      position(node)
      emit(setOpcode(element), array, index, value)
    case .keyed(let object, let type, let key, _):
      position(node)
      let name = typed.types.kind(type) == .map ? "set" : "set_index"
      _ = callNamed(name, on: type, [object, key, value], at: node)
    case .several(let places, let type):
      let types = typed.types.elements(TypeListID(typed.types[type].a))
      let tuple = structuralRow(TypeRow(.tuple, elements: types.map { row($0) }))
      let words = Layout(of: program.type(tuple), in: program.types).words
      for (i, place) in places.enumerated() {
        let mark = mark
        let part = temporary(for: types[i])
        loadField(words[i], of: value, into: part)
        write(place, part, node)
        release(to: mark)
      }
    }
  }

  private mutating func read(_ place: Place, _ node: NodeID) -> Register {
    switch place {
    case .local(let local, let type): return read(local, type, into: nil)
    case .global(let global): return readGlobal(global, node, into: nil)
    case .field(let object, let word, let type):
      let result = temporary(for: type)
      loadField(word, of: object, into: result)
      return result
    case .element(let array, let index, let element):
      let result = temporary(for: element)
      position(node)
      emit(getOpcode(element), result, array, index)
      return result
    case .keyed(let object, let type, let key, let target):
      position(target)
      return callNamed("index", on: type, [object, key], at: target)
    case .several: preconditionFailure("a tuple has no compound assignment")
    }
  }

  private mutating func lowerCompound(_ node: NodeID, _ op: BinaryOperator, _ target: NodeID, _ value: NodeID) {
    let place = place(target)
    let old = read(place, target)
    // A local that lives in a register is updated in place by the operation itself.
    var inPlace: Register?
    if case .local(let local, _) = place { inPlace = ownRegister(local) }
    let result = compound(node, op, target, old, value, into: inPlace)
    if inPlace == nil || inPlace != result { write(place, result, node) }
  }
}
