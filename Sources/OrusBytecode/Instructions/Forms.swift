/// What one of the three operand bytes of an instruction is.
///
/// The scalar types of registers are checked against `Scalars`: a set of kinds;
/// operands whose set has more than one kind must agree where the comment says
/// "same".
public enum Operand: Hashable, Sendable {
  /// Not used; zero.
  case none
  /// A scalar register that is read, written, or both.
  case read(Scalars)
  case write(Scalars)
  case update(Scalars)
  /// Like `.read` and `.write`, with the type of the first register operand of the instruction that has the same set.
  case readSame(Scalars)
  case writeSame(Scalars)
  case readReference
  case writeReference
  /// The first of consecutive registers that are read; how many, the instruction's type or function says.
  case firstScalar
  case firstReference
  /// Where the callee's window begins.
  case scalarBase
  case referenceBase
  /// A `ScalarKind`.
  case kind
  case signedByte
  case byte
  /// The low and the high byte of a 16-bit number.
  case low16
  case high16
  /// One of the three bytes of a signed 24-bit jump.
  case jump24
}

/// What an extension word is.
public enum Extension: Hashable, Sendable {
  /// A forward or backward jump in words, from the end of the instruction.
  case jump
  case type
  case function
  case string
  case global
  case native
  case number
  /// As many jump words as the 16-bit operand says.
  case jumpTable
}

/// A set of scalar kinds.
public struct Scalars: OptionSet, Hashable, Sendable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }
  public static let bool = Scalars(rawValue: 1 << ScalarKind.bool.rawValue)
  public static let i32 = Scalars(rawValue: 1 << ScalarKind.i32.rawValue)
  public static let i64 = Scalars(rawValue: 1 << ScalarKind.i64.rawValue)
  public static let u32 = Scalars(rawValue: 1 << ScalarKind.u32.rawValue)
  public static let u64 = Scalars(rawValue: 1 << ScalarKind.u64.rawValue)
  public static let f64 = Scalars(rawValue: 1 << ScalarKind.f64.rawValue)
  public static let tag = Scalars(rawValue: 1 << ScalarKind.tag.rawValue)
  public static let integer: Scalars = [.i32, .i64, .u32, .u64]
  /// All but f64: `_w`.
  public static let word: Scalars = [.bool, .i32, .i64, .u32, .u64, .tag]
  /// Those whose order is that of the signed slot: `_i`.
  public static let signedSlot: Scalars = [.bool, .i32, .i64, .u32, .tag]
  public static let all: Scalars = [.word, .f64]
}

/// The kinds of value that a scalar register holds. A tag is a value of an enum without payload.
public enum ScalarKind: UInt8, CaseIterable, Sendable {
  case bool, i32, i64, u32, u64, f64, tag
}

/// The shape of an instruction.
public struct Form: Sendable {
  public let a: Operand
  public let b: Operand
  public let c: Operand
  public let extensions: [Extension]

  init(_ a: Operand = .none, _ b: Operand = .none, _ c: Operand = .none, _ extensions: Extension...) {
    self.a = a
    self.b = b
    self.c = c
    self.extensions = extensions
  }

  static func binary(_ type: Scalars) -> Form { Form(.write(type), .read(type), .read(type)) }
  static func unary(_ type: Scalars) -> Form { Form(.write(type), .read(type)) }
  static func compare(_ type: Scalars) -> Form { Form(.write(.bool), .read(type), .readSame(type)) }
  static func convert(_ from: Scalars, to: Scalars) -> Form { Form(.write(to), .read(from)) }
  static func branch(_ type: Scalars) -> Form { Form(.read(type), .readSame(type), .none, .jump) }
  static func branchImmediate(_ type: Scalars) -> Form { Form(.read(type), .signedByte, .none, .jump) }

  /// The words before a jump table.
  public var fixedLength: Int { 1 + extensions.count - (extensions.last == .jumpTable ? 1 : 0) }
}

extension Opcode {
  /// The forms by raw value.
  public static let forms: [Form] = allCases.map(\.form)

  public var form: Form {
    switch self {
    case .mov_s: Form(.writeSame(.all), .read(.all))
    case .mov_r: Form(.writeReference, .readReference)
    case .const_small: Form(.write(.all), .kind, .signedByte)
    case .const_mid: Form(.write(.all), .kind, .none, .number)
    case .const_wide: Form(.write(.all), .kind, .none, .number, .number)
    case .const_tag: Form(.write(.tag), .low16, .high16, .type)
    case .const_string: Form(.writeReference, .none, .none, .string)
    case .const_null: Form(.writeReference, .none, .none, .type)
    case .const_function: Form(.writeReference, .none, .none, .function)

    case .spill_enter, .spill_leave: Form()
    case .spill_get_s: Form(.write(.all), .low16, .high16)
    case .spill_set_s: Form(.read(.all), .low16, .high16)
    case .spill_get_r: Form(.writeReference, .low16, .high16)
    case .spill_set_r: Form(.readReference, .low16, .high16)

    case .add_i32, .sub_i32, .mul_i32, .div_i32, .rem_i32: .binary(.i32)
    case .add_i64, .sub_i64, .mul_i64, .div_i64, .rem_i64: .binary(.i64)
    case .add_u32, .sub_u32, .mul_u32, .div_u32, .rem_u32: .binary(.u32)
    case .add_u64, .sub_u64, .mul_u64, .div_u64, .rem_u64: .binary(.u64)
    case .neg_i32: .unary(.i32)
    case .neg_i64: .unary(.i64)
    case .add_imm_i32, .mul_imm_i32, .div_imm_i32, .rem_imm_i32: Form(.write(.i32), .read(.i32), .signedByte)
    case .add_imm_i64, .mul_imm_i64, .div_imm_i64, .rem_imm_i64: Form(.write(.i64), .read(.i64), .signedByte)

    case .add_wrap_i32, .sub_wrap_i32, .mul_wrap_i32: .binary(.i32)
    case .add_wrap_u32, .sub_wrap_u32, .mul_wrap_u32: .binary(.u32)
    case .add_wrap_64, .sub_wrap_64, .mul_wrap_64:
      Form(.writeSame([.i64, .u64]), .read([.i64, .u64]), .readSame([.i64, .u64]))

    // Not of tags, whose bits together may be no tag.
    case .and_w, .or_w, .xor_w:
      Form(.writeSame([.integer, .bool]), .read([.integer, .bool]), .readSame([.integer, .bool]))
    case .and_imm_w: Form(.writeSame(.integer), .read(.integer), .signedByte)
    case .not_w: Form(.writeSame([.i32, .i64, .u64]), .read([.i32, .i64, .u64]))
    case .not_u32: .unary(.u32)
    case .shl_i32, .shr_i32: Form(.write(.i32), .read(.i32), .read(.integer))
    case .shl_u32, .shr_u32: Form(.write(.u32), .read(.u32), .read(.integer))
    case .shl_64: Form(.writeSame([.i64, .u64]), .read([.i64, .u64]), .read(.integer))
    case .shr_i64: Form(.write(.i64), .read(.i64), .read(.integer))
    case .shr_u64: Form(.write(.u64), .read(.u64), .read(.integer))
    case .not_bool: .unary(.bool)

    case .add_f64, .sub_f64, .mul_f64, .div_f64, .rem_f64: .binary(.f64)
    case .neg_f64, .sqrt_f64, .abs_f64: .unary(.f64)

    case .retype: Form(.write(.integer), .read([.integer, .bool]), .kind)
    case .wrap_i32: .convert(.integer, to: .i32)
    case .wrap_u32: .convert(.integer, to: .u32)
    case .int_to_f64: .convert([.i32, .i64, .u32, .bool], to: .f64)
    case .u64_to_f64: .convert(.u64, to: .f64)
    case .f64_to_i32: .convert(.f64, to: .i32)
    case .f64_to_i64: .convert(.f64, to: .i64)
    case .f64_to_u32: .convert(.f64, to: .u32)
    case .f64_to_u64: .convert(.f64, to: .u64)
    case .nonzero_w: .convert(.word, to: .bool)
    case .nonzero_f64: .convert(.f64, to: .bool)

    case .eq_w, .ne_w: .compare(.word)
    case .lt_i, .le_i: .compare(.signedSlot)
    case .lt_u64, .le_u64: .compare(.u64)
    case .eq_f64, .ne_f64, .lt_f64, .le_f64: .compare(.f64)
    case .same_r, .eq_string: Form(.write(.bool), .readReference, .readReference)
    case .compare_string: Form(.write(.i32), .readReference, .readReference)
    case .equal_r: Form(.write(.bool), .readReference, .readReference, .type)

    case .jump, .jump_back: Form(.jump24, .jump24, .jump24)
    case .b_true, .b_false, .back_true, .back_false: Form(.read(.bool), .none, .none, .jump)
    case .b_eq_w, .b_ne_w, .back_eq_w, .back_ne_w: .branch(.word)
    case .b_lt_i, .b_le_i, .back_lt_i, .back_le_i: .branch(.signedSlot)
    case .b_lt_u64, .b_le_u64: .branch(.u64)
    case .b_eq_f64, .b_ne_f64, .b_lt_f64, .b_le_f64, .b_nlt_f64, .b_nle_f64, .back_lt_f64, .back_le_f64:
      .branch(.f64)
    case .b_eq_imm, .b_ne_imm, .back_eq_imm, .back_ne_imm: .branchImmediate(.word)
    case .b_lt_imm, .b_le_imm, .b_gt_imm, .b_ge_imm, .back_lt_imm, .back_le_imm, .back_gt_imm, .back_ge_imm:
      .branchImmediate(.signedSlot)
    case .b_null, .b_not_null: Form(.readReference, .none, .none, .jump)
    case .b_tag, .b_not_tag: Form(.readReference, .low16, .high16, .jump)
    case .switch_s: Form(.read(.word), .low16, .high16, .number, .jumpTable)
    case .switch_tag: Form(.readReference, .low16, .high16, .jumpTable)

    case .loop_lt, .loop_le: Form(.update([.i32, .i64, .u32]), .readSame([.i32, .i64, .u32]), .none, .jump)
    case .range_count: Form(.write(.u64), .firstScalar, .byte, .jump)
    case .loop_count: Form(.update(.u64), .update(.integer), .readSame(.integer), .jump)
    case .back_each_bool: Form(.write(.bool), .update(.i32), .readReference, .jump)
    case .back_each_i32: Form(.write(.i32), .update(.i32), .readReference, .jump)
    case .back_each_u32: Form(.write([.u32, .tag]), .update(.i32), .readReference, .jump)
    case .back_each_64: Form(.write([.i64, .u64, .f64]), .update(.i32), .readReference, .jump)
    case .back_each_r: Form(.writeReference, .update(.i32), .readReference, .jump)
    case .back_each_char: Form(.writeReference, .update(.i64), .readReference, .jump)

    case .array_new: Form(.writeReference, .none, .none, .type)
    case .array_of: Form(.writeReference, .byte, .none, .type, .number)
    case .array_fill: Form(.writeReference, .read(.all), .read(.i64), .type)
    case .array_len, .string_len: Form(.write(.i32), .readReference)
    case .get_bool: Form(.write(.bool), .readReference, .read(.integer))
    case .get_i32: Form(.write(.i32), .readReference, .read(.integer))
    case .get_u32: Form(.write([.u32, .tag]), .readReference, .read(.integer))
    case .get_64: Form(.write([.i64, .u64, .f64]), .readReference, .read(.integer))
    case .get_r, .string_char: Form(.writeReference, .readReference, .read(.integer))
    case .set_8: Form(.readReference, .read(.integer), .read(.bool))
    case .set_32: Form(.readReference, .read(.integer), .read([.i32, .u32, .tag]))
    case .set_64: Form(.readReference, .read(.integer), .read([.i64, .u64, .f64]))
    case .set_r: Form(.readReference, .read(.integer), .readReference)
    case .push_8: Form(.readReference, .read(.bool))
    case .push_32: Form(.readReference, .read([.i32, .u32, .tag]))
    case .push_64: Form(.readReference, .read([.i64, .u64, .f64]))
    case .push_r: Form(.readReference, .readReference)

    case .concat: Form(.writeReference, .readReference, .readReference)

    case .format_begin: Form()
    case .format_text: Form(.none, .none, .none, .string)
    case .format_s: Form(.read(.all), .byte, .none, .type, .number, .number)
    case .format_r: Form(.readReference, .byte, .none, .type, .number, .number)
    case .format_string: Form(.writeReference)
    case .format_print: Form(.none, .byte, .byte)

    case .new: Form(.writeReference, .firstScalar, .firstReference, .type)
    case .new_spilled: Form(.writeReference, .none, .none, .type, .number, .number)
    case .field_s: Form(.write(.all), .readReference, .byte)
    case .field_r: Form(.writeReference, .readReference, .byte)
    case .set_field_s: Form(.readReference, .read(.all), .byte)
    case .set_field_r: Form(.readReference, .readReference, .byte)
    case .field_far_s: Form(.write(.all), .readReference, .none, .number)
    case .field_far_r: Form(.writeReference, .readReference, .none, .number)
    case .set_field_far_s: Form(.readReference, .read(.all), .none, .number)
    case .set_field_far_r: Form(.readReference, .readReference, .none, .number)
    case .cell_new: Form(.writeReference, .none, .none, .type)
    case .cell_get_s: Form(.write(.all), .readReference)
    case .cell_get_r: Form(.writeReference, .readReference)
    case .cell_set_s: Form(.readReference, .read(.all))
    case .cell_set_r: Form(.readReference, .readReference)
    case .get_global_s: Form(.write(.all), .none, .none, .global)
    case .set_global_s: Form(.read(.all), .none, .none, .global)
    case .get_global_r: Form(.writeReference, .none, .none, .global)
    case .set_global_r: Form(.readReference, .none, .none, .global)
    case .closure: Form(.writeReference, .firstScalar, .firstReference, .function)

    case .any_from_s: Form(.writeReference, .read(.all), .none, .type)
    case .any_from_r: Form(.writeReference, .readReference, .none, .type)
    case .any_to_s: Form(.write(.all), .readReference, .none, .type)
    case .any_to_r: Form(.writeReference, .readReference, .none, .type)
    case .any_is: Form(.write(.bool), .readReference, .none, .type)

    case .call, .tail_call: Form(.scalarBase, .referenceBase, .none, .function)
    case .call_closure, .tail_call_closure: Form(.scalarBase, .referenceBase, .readReference, .type)
    case .native: Form(.scalarBase, .referenceBase, .none, .native, .type)
    case .ret: Form()
    case .ret_s: Form(.read(.all))
    case .ret_r: Form(.readReference)
    case .raise: Form(.readReference, .byte)
    case .unreachable: Form()
    }
  }
}
