/// One instruction: what it asks of the registers, and what they hold after it.
extension Verifier {
  @inline(__always)
  mutating func step(
    _ op: Opcode, _ word: UInt32, _ plan: UnsafeMutablePointer<InstructionPlan>
  ) throws(Fault) {
    let a = Instruction.a(word)
    let b = Instruction.b(word)
    let c = Instruction.c(word)
    try read(plan.pointee.a, a, word, plan)
    try read(plan.pointee.b, b, word, plan)
    try read(plan.pointee.c, c, word, plan)
    switch op {
    // MARK: Moves and constants
    case .mov_r: set(scalarCount + a, slots[scalarCount + b])
    case .const_small, .const_mid, .const_wide: setScalar(a, Verifier.row(ofKind: b))
    case .const_tag:
      let row = code[at + 1]
      guard types.kinds[Int(row)] == .tag, Instruction.bc(word) < Int(types.variants[Int(row)]) else {
        throw Fault.rule("the type has no such tag")
      }
      setScalar(a, row)
    case .const_string: setReference(a, TypeIndex.string.index)
    case .const_null:
      guard types.kinds[Int(code[at + 1])] == .option else { throw Fault.rule("the type is no option") }
      setReference(a, code[at + 1])
    case .const_function: setReference(a, try plainFunction(code[at + 1]))
    case .retype: try retype(a, slots[b] >> 1, c)

    // MARK: Spill slots
    case .spill_enter, .spill_leave: break
    case .spill_get_s:
      let value = slots[scalarCount + referenceCount + Instruction.bc(word)]
      if value == 0 { throw Fault.rule("the slot holds no value on every path that leads here") }
      set(a, value)
    case .spill_set_s: set(scalarCount + referenceCount + Instruction.bc(word), slots[a])
    case .spill_get_r:
      let value = slots[scalarCount + referenceCount + scalarSpills + Instruction.bc(word)]
      if value == 0 { throw Fault.rule("the slot holds no value on every path that leads here") }
      set(scalarCount + a, value)
    case .spill_set_r:
      set(scalarCount + referenceCount + scalarSpills + Instruction.bc(word), slots[scalarCount + a])

    // MARK: Comparisons of references
    case .eq_string, .compare_string:
      try string(b)
      try string(c)
      setScalar(a, op == .eq_string ? TypeIndex.bool.index : TypeIndex.i32.index)
    case .equal_r:
      let row = code[at + 1]
      try comparable(row)
      try reference(b, row)
      try reference(c, row)
      setScalar(a, TypeIndex.bool.index)

    // MARK: Branches
    case .jump, .jump_back: try join(atWord: at + 1 + Instruction.jump24(word))
    case .b_null:
      try branch()
      set(scalarCount + a, notNull(slots[scalarCount + a]))
    case .b_not_null:
      let before = slots[scalarCount + a]
      slots[scalarCount + a] = notNull(before)
      try branch()
      slots[scalarCount + a] = before
    case .b_tag, .b_not_tag: try branchOnTag(a, Instruction.bc(word), taken: op == .b_tag)
    case .switch_s: try switchScalar(Instruction.bc(word))
    case .switch_tag: try switchVariant(a, Instruction.bc(word))
    case .loop_lt:
      try branch()
      // Past its type's last value, perhaps.
      set(a, 0)
    case .range_count:
      let row = slots[b] >> 1
      if types.scalars[Int(row)] & Scalars.integer.rawValue == 0 {
        throw fault(scalar: b, .integer)
      }
      try scalar(b + 1, row)
      try scalar(b + 2, row)
      guard (c & 2 != 0) == (row == TypeIndex.u64.index) else { throw Fault.rule("the flag u64 does not fit the type") }
      try branch()
      setScalar(a, TypeIndex.u64.index)
    case .back_each_bool, .back_each_i32, .back_each_u32, .back_each_64:
      if a == b { throw Fault.rule("the element and its index share a register") }
      try eachScalar(a, try element(of: c, plan.pointee.a.scalars))
    case .back_each_r: try eachReference(a, try elementReference(of: c))
    case .back_each_char:
      try string(c)
      try eachReference(a, TypeIndex.string.index)

    // MARK: Arrays and strings
    case .array_new:
      _ = try arrayElement(code[at + 1])
      setReference(a, code[at + 1])
    case .array_of: try arrayOf(a, b)
    case .array_fill:
      try scalar(b, UInt32(try arrayElement(code[at + 1])))
      setReference(a, code[at + 1])
    case .array_len:
      _ = try array(b)
      setScalar(a, TypeIndex.i32.index)
    case .get_bool, .get_i32, .get_u32, .get_64: setScalar(a, try element(of: b, plan.pointee.a.scalars))
    case .get_r: setReference(a, try elementReference(of: b))
    case .set_8, .set_32, .set_64: try scalar(c, try element(of: a, plan.pointee.c.scalars))
    case .set_r: try reference(c, try elementReference(of: a))
    case .push_8, .push_32, .push_64: try scalar(b, try element(of: a, plan.pointee.b.scalars))
    case .push_r: try reference(b, try elementReference(of: a))
    case .concat:
      try string(b)
      try string(c)
      setReference(a, TypeIndex.string.index)
    case .string_len:
      try string(b)
      setScalar(a, TypeIndex.i32.index)
    case .string_char:
      try string(b)
      setReference(a, TypeIndex.string.index)

    // MARK: Formatting
    case .format_begin:
      if openTexts == 255 { throw Fault.rule("too many texts have been begun") }
      openTexts += 1
    case .format_text, .format_print, .format_s, .format_r, .format_string: try format(op, a)

    // MARK: Objects
    case .new: try new(a, b, c)
    case .new_spilled: try newSpilled(a)
    case .field_s: try fieldScalar(a, b, c)
    case .field_r: try fieldReference(a, b, c)
    case .field_far_s: try fieldScalar(a, b, Int(code[at + 1]))
    case .field_far_r: try fieldReference(a, b, Int(code[at + 1]))
    case .set_field_s: try scalar(b, try settable(a, c, .scalar))
    case .set_field_r: try reference(b, try settable(a, c, .reference))
    case .set_field_far_s: try scalar(b, try settable(a, Int(code[at + 1]), .scalar))
    case .set_field_far_r: try reference(b, try settable(a, Int(code[at + 1]), .reference))
    case .cell_new:
      guard types.kinds[Int(code[at + 1])] == .cell else { throw Fault.rule("the type is no cell") }
      setReference(a, code[at + 1])
    case .cell_get_s: setScalar(a, try cell(b, .scalar))
    case .cell_get_r: setReference(a, try cell(b, .reference))
    case .cell_set_s: try scalar(b, try cell(a, .scalar))
    case .cell_set_r: try reference(b, try cell(a, .reference))
    case .get_global_s: setScalar(a, try global(.scalar))
    case .get_global_r: setReference(a, try global(.reference))
    case .set_global_s: try scalar(a, try global(.scalar))
    case .set_global_r: try reference(a, try global(.reference))
    case .closure: try closure(a, b, c)

    // MARK: any
    case .any_from_s:
      try scalar(b, try held(.scalar))
      setReference(a, TypeIndex.any.index)
    case .any_from_r:
      try reference(b, try held(.reference))
      setReference(a, TypeIndex.any.index)
    case .any_to_s:
      try reference(b, TypeIndex.any.index)
      setScalar(a, try held(.scalar))
    case .any_to_r:
      try reference(b, TypeIndex.any.index)
      setReference(a, try held(.reference))
    case .any_is:
      try reference(b, TypeIndex.any.index)
      try heldAtAll()
      setScalar(a, TypeIndex.bool.index)

    // MARK: Calls
    case .call, .tail_call, .call_closure, .tail_call_closure, .native: try call(op, a, b, c)
    case .ret, .ret_s, .ret_r: try leave(op, a)
    case .raise:
      try string(a)
    case .unreachable: break

    default:
      // The form says it all.
      if plan.pointee.flow == .branch { try branch() }
      try write(plan.pointee.a, a, word, plan)
    }
  }

  // MARK: Operands by their form

  @inline(__always)
  private mutating func read(
    _ operand: InstructionPlan.Operand, _ register: Int, _ word: UInt32,
    _ plan: UnsafeMutablePointer<InstructionPlan>
  ) throws(Fault) {
    switch operand.role {
    case .readScalar, .updateScalar:
      if types.scalars[Int(slots[register] >> 1)] & operand.scalars == 0 {
        throw fault(scalar: register, Scalars(rawValue: operand.scalars))
      }
    case .readSame:
      let anchor = slots[Int(word >> (8 + 8 * UInt32(plan.pointee.anchor)) & 0xFF)]
      if slots[register] != anchor { try scalar(register, anchor >> 1) }
    case .readReference:
      if slots[scalarCount + register] == 0 { throw Fault.unreadable(register: register, isScalar: false) }
    case .none, .writeScalar, .writeSame, .writeReference, .kind, .free, .scalarBase, .referenceBase: break
    }
  }

  @inline(__always)
  private mutating func write(
    _ operand: InstructionPlan.Operand, _ register: Int, _ word: UInt32,
    _ plan: UnsafeMutablePointer<InstructionPlan>
  ) throws(Fault) {
    switch operand.role {
    case .writeScalar: set(register, operand.row << 1)
    case .writeSame: set(register, slots[Int(word >> (8 + 8 * UInt32(plan.pointee.anchor)) & 0xFF)])
    case .none, .readScalar, .updateScalar, .readSame, .readReference, .writeReference, .kind, .free, .scalarBase,
      .referenceBase:
      break
    }
  }

  @inline(never) private func fault(scalar register: Int, _ wanted: Scalars) -> Fault {
    let row = slots[register] >> 1
    if row == 0 { return Fault.unreadable(register: register, isScalar: true) }
    return Fault.wrongKind(register: register, wanted: wanted, found: row)
  }

  /// That a scalar register holds this row.
  @inline(__always) mutating func scalar(_ register: Int, _ row: UInt32) throws(Fault) {
    if register < scalarCount, slots[register] == row << 1, row != 0 { return }
    throw scalarFault(register, row)
  }

  @inline(never) private func scalarFault(_ register: Int, _ row: UInt32) -> Fault {
    if register >= scalarCount { return Fault.outOfRange("scalar register", UInt32(register)) }
    if slots[register] == 0 { return Fault.unreadable(register: register, isScalar: true) }
    return Fault.wrongType(register: register, isScalar: true, wanted: row, found: slots[register] >> 1)
  }

  /// That a reference register holds this row or one below it.
  @inline(__always) mutating func reference(_ register: Int, _ row: UInt32) throws(Fault) {
    if register < referenceCount {
      let found = slots[scalarCount + register] >> 1
      if found == row && row != 0 || found != 0 && types.isSubtype(found, row) { return }
    }
    throw referenceFault(register, row)
  }

  @inline(never) private func referenceFault(_ register: Int, _ row: UInt32) -> Fault {
    if register >= referenceCount { return Fault.outOfRange("reference register", UInt32(register)) }
    let found = slots[scalarCount + register] >> 1
    if found == 0 { return Fault.unreadable(register: register, isScalar: false) }
    return Fault.wrongType(register: register, isScalar: false, wanted: row, found: found)
  }

  @inline(__always) mutating func string(_ register: Int) throws(Fault) {
    try reference(register, TypeIndex.string.index)
  }

  /// The row of a scalar kind; a tag's is not known by its kind.
  @inline(__always) static func row(ofKind kind: Int) -> UInt32 { UInt32(kind) + TypeIndex.bool.index }

  private mutating func retype(_ a: Int, _ from: UInt32, _ kind: Int) throws(Fault) {
    let to = Verifier.row(ofKind: kind)
    guard to == TypeIndex.i64.index || to == TypeIndex.u64.index || from == TypeIndex.bool.index else {
      throw Fault.rule("the bits of one type are not a value of the other")
    }
    setScalar(a, to)
  }

  // MARK: Branches

  /// The way to the word that the extension word in x1 says.
  @inline(__always) func target() -> Int { at + 2 + Int(Int32(bitPattern: code[at + 1])) }
  @inline(__always) mutating func branch() throws(Fault) { try join(atWord: target()) }

  /// What a register holds that is known not to be `None`.
  private mutating func notNull(_ value: UInt32) -> UInt32 {
    let row = Int(value >> 1)
    if types.inner[row] != 0 { return types.inner[row] << 1 }
    return types.kinds[row] == .option ? UInt32(row) << 1 | 1 : value
  }

  /// The enum that a register holds an object of.
  private mutating func enumeration(_ register: Int) throws(Fault) -> Int {
    let row = Int(types.above[Int(slots[scalarCount + register] >> 1)])
    guard types.kinds[row] == .enumeration else {
      throw Fault.rule("the register holds no object of an enum")
    }
    return row
  }

  private mutating func branchOnTag(_ a: Int, _ variant: Int, taken: Bool) throws(Fault) {
    let row = try enumeration(a)
    guard variant < Int(types.variants[row]) else { throw Fault.rule("the enum has no such variant") }
    let before = slots[scalarCount + a]
    let refined = UInt32(row + 1 + variant) << 1
    if taken { slots[scalarCount + a] = refined }
    try branch()
    set(scalarCount + a, taken ? before : refined)
  }

  private mutating func switchScalar(_ count: Int) throws(Fault) {
    var last = -1
    for i in 0..<count {
      let target = at + 2 + count + Int(Int32(bitPattern: code[at + 2 + i]))
      if target != last { try join(atWord: target) }
      last = target
    }
  }

  private mutating func switchVariant(_ a: Int, _ count: Int) throws(Fault) {
    let row = try enumeration(a)
    guard count == Int(types.variants[row]) else { throw Fault.rule("the table has not one word for each variant") }
    for i in 0..<count {
      slots[scalarCount + a] = UInt32(row + 1 + i) << 1
      try join(atWord: at + 1 + count + Int(Int32(bitPattern: code[at + 1 + i])))
    }
  }

  /// The way back has a new element; the way on does not.
  private mutating func eachScalar(_ a: Int, _ element: UInt32) throws(Fault) {
    let before = slots[a]
    slots[a] = element << 1
    try branch()
    slots[a] = before
  }

  private mutating func eachReference(_ a: Int, _ element: UInt32) throws(Fault) {
    let before = slots[scalarCount + a]
    slots[scalarCount + a] = element << 1
    try branch()
    slots[scalarCount + a] = before
  }
}
