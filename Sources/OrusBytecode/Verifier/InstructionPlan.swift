/// An instruction's form, digested for the verifier: one small row of bytes an
/// opcode instead of enums with payloads.
struct InstructionPlan {
  enum Role: UInt8, CaseIterable {
    case none, readScalar, writeScalar, updateScalar, readSame, writeSame, readReference, writeReference
    case kind, free, scalarBase, referenceBase
  }

  struct Operand {
    var role = Role.none
    /// The kinds of the set.
    var scalars: UInt8 = 0
    /// Of a written scalar whose set has one kind other than tag: its row. 0: the instruction decides.
    var row: UInt32 = 0

    /// It is no register.
    var isConstant: Bool { role == .free || role == .kind }
  }

  enum Flow: UInt8 {
    case next, branch, jump, switchScalar, switchVariant, stop
  }

  var isInstruction = false
  /// Some operand is no register.
  var hasConstants = false
  var leavesFrame = false
  var a = Operand()
  var b = Operand()
  var c = Operand()
  /// Which operand the "same" ones agree with: 0 for a, 1 for b, 2 for c.
  var anchor: UInt8 = 0
  var fixedLength = 1
  var hasTable = false
  var flow = Flow.next
  /// Jumps go backwards.
  var isBackward = false
  var extensionCount = 0
  /// What the extension words before a table are.
  var extensions: (Extension, Extension, Extension) = (.number, .number, .number)

  init() {}

  init(_ op: Opcode) {
    let form = Opcode.forms[Int(op.rawValue)]
    let operands = [form.a, form.b, form.c]
    isInstruction = true
    a = Self.operand(form.a)
    b = Self.operand(form.b)
    c = Self.operand(form.c)
    for same in operands {
      let set: Scalars
      switch same {
      case .readSame(let scalars), .writeSame(let scalars): set = scalars
      default: continue
      }
      anchor = UInt8(operands.firstIndex(of: .read(set)) ?? operands.firstIndex(of: .update(set))!)
    }
    fixedLength = form.fixedLength
    hasTable = form.extensions.last == .jumpTable
    let before = hasTable ? Array(form.extensions.dropLast()) : form.extensions
    extensionCount = before.count
    if before.count > 0 { extensions.0 = before[0] }
    if before.count > 1 { extensions.1 = before[1] }
    if before.count > 2 { extensions.2 = before[2] }
    flow = Self.flow(op, before)
    isBackward = op.isBackward
    hasConstants = a.isConstant || b.isConstant || c.isConstant
    leavesFrame = op.leavesFrame
  }

  private static func operand(_ operand: OrusBytecode.Operand) -> Operand {
    switch operand {
    case .none: Operand()
    case .read(let set): Operand(role: .readScalar, scalars: set.rawValue)
    case .write(let set): Operand(role: .writeScalar, scalars: set.rawValue, row: row(set))
    case .update(let set): Operand(role: .updateScalar, scalars: set.rawValue)
    case .readSame(let set): Operand(role: .readSame, scalars: set.rawValue)
    case .writeSame(let set): Operand(role: .writeSame, scalars: set.rawValue)
    case .readReference: Operand(role: .readReference)
    case .writeReference: Operand(role: .writeReference)
    case .kind: Operand(role: .kind)
    case .scalarBase: Operand(role: .scalarBase)
    case .referenceBase: Operand(role: .referenceBase)
    case .firstScalar, .firstReference, .signedByte, .byte, .low16, .high16, .jump24: Operand(role: .free)
    }
  }

  private static func row(_ set: Scalars) -> UInt32 {
    switch set {
    case .bool: TypeIndex.bool.index
    case .i32: TypeIndex.i32.index
    case .i64: TypeIndex.i64.index
    case .u32: TypeIndex.u32.index
    case .u64: TypeIndex.u64.index
    case .f64: TypeIndex.f64.index
    default: 0
    }
  }

  private static func flow(_ op: Opcode, _ extensions: [Extension]) -> Flow {
    switch op {
    case .jump, .jump_back: .jump
    case .switch_s: .switchScalar
    case .switch_tag: .switchVariant
    case .ret, .ret_s, .ret_r, .tail_call, .tail_call_closure, .raise, .unreachable: .stop
    default: extensions.last == .jump ? .branch : .next
    }
  }
}

extension Opcode {
  /// One of those that jump backwards, and always do.
  public var isBackward: Bool {
    switch self {
    case .jump_back, .back_true, .back_false, .back_eq_w, .back_ne_w, .back_lt_i, .back_le_i, .back_lt_f64,
      .back_le_f64, .back_eq_imm, .back_ne_imm, .back_lt_imm, .back_le_imm, .back_gt_imm, .back_ge_imm, .loop_lt,
      .loop_le, .loop_count, .back_each_bool, .back_each_i32, .back_each_u32, .back_each_64, .back_each_r,
      .back_each_char:
      true
    default: false
    }
  }

  /// What a frame ends with.
  var leavesFrame: Bool {
    switch self {
    case .ret, .ret_s, .ret_r, .tail_call, .tail_call_closure: true
    default: false
    }
  }
}
