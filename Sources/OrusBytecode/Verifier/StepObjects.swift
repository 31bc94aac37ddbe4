/// Instructions on arrays, texts, objects, cells, globals and `any`.
extension Verifier {
  // MARK: Arrays

  /// The element of an array type.
  mutating func arrayElement(_ row: UInt32) throws(Fault) -> Int {
    guard types.kinds[Int(row)] == .array else { throw Fault.rule("the type is no array") }
    return types.element(Int(row), 0)
  }

  /// The element of the array that a register holds.
  mutating func array(_ register: Int) throws(Fault) -> Int {
    let row = slots[scalarCount + register] >> 1
    guard types.kinds[Int(row)] == .array else { throw Fault.rule("the register holds no array") }
    return types.element(Int(row), 0)
  }

  /// The same, of one of these kinds.
  mutating func element(of register: Int, _ wanted: UInt8) throws(Fault) -> UInt32 {
    let row = try array(register)
    guard types.scalars[row] & wanted != 0 else { throw Fault.rule("the array's elements are of another width") }
    return UInt32(row)
  }

  mutating func elementReference(of register: Int) throws(Fault) -> UInt32 {
    let row = try array(register)
    guard types.representations[row] == .reference else { throw Fault.rule("the array's elements are no references") }
    return UInt32(row)
  }

  mutating func arrayOf(_ a: Int, _ first: Int) throws(Fault) {
    let row = code[at + 1]
    let element = try arrayElement(row)
    let count = Int(code[at + 2])
    switch types.representations[element] {
    case .none: break
    case .scalar:
      guard count <= 256 else { throw Fault.rule("more elements than registers") }
      for i in 0..<count { try scalar(first + i, UInt32(element)) }
    case .reference:
      guard count <= 256 else { throw Fault.rule("more elements than registers") }
      for i in 0..<count { try reference(first + i, UInt32(element)) }
    }
    setReference(a, row)
  }

  /// That values of the type can be compared.
  func comparable(_ row: UInt32) throws(Fault) {
    switch types.kinds[Int(row)] {
    case .function, .closure, .cell, .variant: throw Fault.rule("values of the type are not compared")
    default: break
    }
  }

  // MARK: Texts

  mutating func format(_ op: Opcode, _ a: Int) throws(Fault) {
    guard openTexts > 0 else { throw Fault.rule("no text has been begun") }
    switch op {
    case .format_s: try scalar(a, code[at + 1])
    case .format_r:
      try printable(code[at + 1])
      try reference(a, code[at + 1])
    case .format_string:
      openTexts -= 1
      setReference(a, TypeIndex.string.index)
    case .format_print: openTexts -= 1
    default: break
    }
  }

  private func printable(_ row: UInt32) throws(Fault) {
    switch types.kinds[Int(row)] {
    case .variant, .closure, .cell: throw Fault.rule("the type is no type of values")
    default: break
    }
  }

  // MARK: Objects

  mutating func new(_ a: Int, _ firstScalar: Int, _ firstReference: Int) throws(Fault) {
    let row = code[at + 1]
    switch types.kinds[Int(row)] {
    case .tuple, .structure:
      try parts(Int(row), from: 0, firstScalar, firstReference)
      setReference(a, row)
    case .variant:
      try parts(Int(row), from: 1, firstScalar, firstReference)
      setReference(a, row)
    case .option:
      guard types.inner[Int(row)] == 0 else { throw Fault.rule("`Some` of a reference is that reference") }
      try parts(Int(row), from: 0, firstScalar, firstReference)
      set(scalarCount + a, row << 1 | 1)
    case .range:
      for i in 0..<4 { try scalar(firstScalar + i, types.word(Int(row), i)) }
      setReference(a, row)
    case .void, .bool, .i32, .i64, .u32, .u64, .f64, .string, .any, .tag, .array, .enumeration, .function, .closure,
      .cell, .map, .set:
      throw Fault.rule("objects of the type are not made so")
    }
  }

  /// That the parts of a row stand in consecutive registers.
  private mutating func parts(_ row: Int, from first: Int, _ firstScalar: Int, _ firstReference: Int) throws(Fault) {
    var s = firstScalar
    var r = firstReference
    for i in first..<max(types.elementCount(row), first) {
      let part = types.element(row, i)
      switch types.representations[part] {
      case .none: break
      case .scalar:
        try scalar(s, UInt32(part))
        s += 1
      case .reference:
        try reference(r, UInt32(part))
        r += 1
      }
    }
  }

  /// An object from spill slots, whose numbers are the words behind its type.
  mutating func newSpilled(_ a: Int) throws(Fault) {
    let row = code[at + 1]
    let kind = types.kinds[Int(row)]
    guard kind == .tuple || kind == .structure || kind == .variant else {
      throw Fault.rule("the type is none of objects with parts")
    }
    var s = scalarCount + referenceCount + Int(code[at + 2])
    let scalarEnd = scalarCount + referenceCount + scalarSpills
    var r = scalarEnd + Int(code[at + 3])
    for i in (kind == .variant ? 1 : 0)..<max(types.elementCount(Int(row)), 1) where i < types.elementCount(Int(row)) {
      let part = types.element(Int(row), i)
      switch types.representations[part] {
      case .none: break
      case .scalar:
        guard s < scalarEnd, slots[s] >> 1 == UInt32(part) else {
          throw Fault.rule("a slot holds no value of the part")
        }
        s += 1
      case .reference:
        guard r < slotCount, slots[r] >> 1 == UInt32(part) else {
          throw Fault.rule("a slot holds no value of the part")
        }
        r += 1
      }
    }
    setReference(a, row)
  }

  /// The type of a field that can be read.
  @inline(__always)
  private mutating func field(_ object: Int, _ word: Int, _ wanted: Representation) throws(Fault) -> UInt32 {
    let value = slots[scalarCount + object]
    let row = Int(value >> 1)
    switch types.kinds[row] {
    case .tuple, .structure, .variant, .closure, .range: break
    case .option:
      guard types.inner[row] == 0, value & 1 != 0 else { throw Fault.rule("the option may be `None`") }
    case .enumeration: throw Fault.rule("which variant the object is of is not known here")
    default: throw Fault.rule("the register holds no object with fields")
    }
    let type = types.word(row, word)
    guard type != 0, types.representations[Int(type)] == wanted else {
      throw Fault.rule("the object has no such field in this word")
    }
    return type
  }

  mutating func fieldScalar(_ a: Int, _ object: Int, _ word: Int) throws(Fault) {
    setScalar(a, try field(object, word, .scalar))
  }

  mutating func fieldReference(_ a: Int, _ object: Int, _ word: Int) throws(Fault) {
    setReference(a, try field(object, word, .reference))
  }

  /// The type of a field that can be written.
  mutating func settable(_ object: Int, _ word: Int, _ wanted: Representation) throws(Fault) -> UInt32 {
    switch types.kinds[Int(slots[scalarCount + object] >> 1)] {
    case .tuple, .structure, .variant: return try field(object, word, wanted)
    default: throw Fault.rule("fields of such an object are not written")
    }
  }

  mutating func closure(_ a: Int, _ firstScalar: Int, _ firstReference: Int) throws(Fault) {
    let row = program.functions[Int(code[at + 1])].captures
    guard row != .void else { throw Fault.rule("the function captures nothing") }
    try parts(Int(row.index), from: 1, firstScalar, firstReference)
    setReference(a, UInt32(types.element(Int(row.index), 0)))
  }

  // MARK: Cells and globals

  /// The type of what the cell in a register holds.
  mutating func cell(_ register: Int, _ wanted: Representation) throws(Fault) -> UInt32 {
    let row = Int(slots[scalarCount + register] >> 1)
    guard types.kinds[row] == .cell else { throw Fault.rule("the register holds no cell") }
    let type = types.element(row, 0)
    guard types.representations[type] == wanted else { throw Fault.rule("the cell holds a value of the other kind") }
    return UInt32(type)
  }

  mutating func global(_ wanted: Representation) throws(Fault) -> UInt32 {
    let type = program.globals[Int(code[at + 1])].type.index
    guard types.representations[Int(type)] == wanted else { throw Fault.rule("the global is of the other kind") }
    return type
  }

  // MARK: any

  /// The type in x1, that an `any` may hold.
  mutating func held(_ wanted: Representation) throws(Fault) -> UInt32 {
    try heldAtAll()
    let row = code[at + 1]
    guard types.representations[Int(row)] == wanted else { throw Fault.rule("the type is of the other kind") }
    return row
  }

  func heldAtAll() throws(Fault) { try printable(code[at + 1]) }
}
