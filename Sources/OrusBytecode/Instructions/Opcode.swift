/// The instruction set. This enum and `Opcode.form` (Forms.swift) are the whole
/// table: encoder, decoder, verifier, text form and documentation read it.
///
/// An instruction is a 32-bit word, `op | a << 8 | b << 16 | c << 24`, followed
/// by as many extension words as its form names. A case's comment says what it
/// does, with `s[x]` and `r[x]` for registers of the scalar and the reference
/// window, `x1`, `x2` … for the extension words, and `Ennnn` for the panic that
/// it can raise.
///
/// Scalars are canonical in 64 bits: `i32` is sign-extended, `u32` and tags are
/// zero-extended, `bool` is 0 or 1. So one comparison serves several types. The
/// suffix says which: `_i` compares as signed 64-bit (`i32`, `i64`, `u32`, tags),
/// `_w` takes any scalar but `f64`, `_64` is `i64` and `u64` alike.
///
/// Invariant: only `jump_back`, `back_…` and `loop_…` go backwards, and they
/// always do; they are safepoints, as calls are.
public enum Opcode: UInt8, CaseIterable, Sendable {
  // MARK: Moves and constants

  /// s[a] = s[b]
  case mov_s
  /// r[a] = r[b]
  case mov_r
  /// s[a] = c (signed), of scalar kind b
  case const_small
  /// s[a] = x1 (signed, or zero-extended where the kind is unsigned), of scalar kind b
  case const_mid
  /// s[a] = x1 | x2 << 32, of scalar kind b
  case const_wide
  /// s[a] = variant number b | c << 8 of the scalar enum x1
  case const_tag
  /// r[a] = string constant x1
  case const_string
  /// r[a] = `None` of the option type x1
  case const_null
  /// r[a] = function x1 as a value; it captures nothing
  case const_function

  // MARK: The spill area, for functions with more locals than registers

  /// First instruction of a function whose row has spill slots: makes them, references cleared.
  case spill_enter
  /// Gives them up; stands directly before each `ret…` and `tail_call…`.
  case spill_leave
  /// s[a] = scalar slot b | c << 8
  case spill_get_s
  /// scalar slot b | c << 8 = s[a]
  case spill_set_s
  case spill_get_r
  case spill_set_r

  // MARK: Checked integer arithmetic (E0003; division and remainder also E0001)

  /// s[a] = s[b] + s[c]
  case add_i32, sub_i32, mul_i32, div_i32, rem_i32
  case add_i64, sub_i64, mul_i64, div_i64, rem_i64
  case add_u32, sub_u32, mul_u32, div_u32, rem_u32
  case add_u64, sub_u64, mul_u64, div_u64, rem_u64
  /// s[a] = -s[b]
  case neg_i32, neg_i64
  /// s[a] = s[b] + c, c signed
  case add_imm_i32, add_imm_i64, mul_imm_i32, mul_imm_i64
  /// s[a] = s[b] / c; c is neither 0 nor -1, so they cannot fail
  case div_imm_i32, div_imm_i64, rem_imm_i32, rem_imm_i64

  // MARK: Wrapping arithmetic

  case add_wrap_i32, sub_wrap_i32, mul_wrap_i32
  case add_wrap_u32, sub_wrap_u32, mul_wrap_u32
  case add_wrap_64, sub_wrap_64, mul_wrap_64

  // MARK: Bits; a shift count is of any integer type (E0004)

  case and_w, or_w, xor_w
  /// s[a] = s[b] & c, c from 0 to 127
  case and_imm_w
  /// s[a] = ~s[b], of i32, i64, u64
  case not_w
  case not_u32
  case shl_i32, shl_u32, shl_64
  case shr_i32, shr_i64, shr_u32, shr_u64
  /// s[a] = 1 - s[b]
  case not_bool

  // MARK: f64

  case add_f64, sub_f64, mul_f64, div_f64
  /// C's fmod
  case rem_f64
  case neg_f64, sqrt_f64, abs_f64

  // MARK: Conversions

  /// s[a] = s[b], the same bits read as scalar kind c: from i32, i64, u32, u64, bool to i64 or u64; from bool to
  /// i32, u32
  case retype
  /// s[a] = the low 32 bits of s[b], sign-extended
  case wrap_i32
  /// s[a] = the low 32 bits of s[b], zero-extended
  case wrap_u32
  /// s[a] = nearest f64 of s[b], which is not u64
  case int_to_f64
  case u64_to_f64
  /// Toward zero, saturating; NaN gives 0.
  case f64_to_i32, f64_to_i64, f64_to_u32, f64_to_u64
  /// s[a] = s[b] != 0
  case nonzero_w, nonzero_f64

  // MARK: Comparisons: s[a] = s[b] op s[c]

  case eq_w, ne_w, lt_i, le_i, lt_u64, le_u64
  case eq_f64, ne_f64, lt_f64, le_f64
  /// s[a] = r[b] and r[c] are one object
  case same_r
  /// s[a] = r[b] and r[c] hold the same text
  case eq_string
  /// s[a] = -1, 0 or 1 (i32): the order of the texts r[b] and r[c] by Unicode scalar
  case compare_string
  /// s[a] = deep equality of r[b] and r[c], both of type x1
  case equal_r

  // MARK: Forward branches; the jump counts words from the end of the instruction

  /// By the signed 24 bits of a, b and c.
  case jump
  /// if s[a], by x1
  case b_true, b_false
  /// if s[a] op s[b], by x1
  case b_eq_w, b_ne_w, b_lt_i, b_le_i, b_lt_u64, b_le_u64
  /// `n` negates, which differs from the opposite for NaN
  case b_eq_f64, b_ne_f64, b_lt_f64, b_le_f64, b_nlt_f64, b_nle_f64
  /// if s[a] op b (signed), by x1; `eq` and `ne` on any scalar but f64, the others as `_i`
  case b_eq_imm, b_ne_imm, b_lt_imm, b_le_imm, b_gt_imm, b_ge_imm
  /// if r[a] is `None`, by x1
  case b_null, b_not_null
  /// if the variant of the enum object r[a] is b | c << 8, by x1
  case b_tag, b_not_tag
  /// By the word number s[a] - x1 of the b | c << 8 words that follow x1, counted from the end of the whole
  /// instruction; past the table where there is none.
  case switch_s
  /// The same by the variant of the enum object r[a]; there is a word for each variant, and no x1.
  case switch_tag

  // MARK: Backward branches

  case jump_back
  case back_true, back_false
  case back_eq_w, back_ne_w, back_lt_i, back_le_i
  case back_lt_f64, back_le_f64
  case back_eq_imm, back_ne_imm, back_lt_imm, back_le_imm, back_gt_imm, back_ge_imm
  /// s[a] += 1, by x1 if it is then < s[b] (as signed; i32, i64, u32)
  case loop_lt
  /// By x1 with s[a] += 1, if s[a] < s[b]
  case loop_le
  /// Prepares a counted loop over start s[b], end s[b+1], step s[b+2]: by x1 (forward) if it has no iteration,
  /// else s[a] = iterations - 1 (u64). c: bit 0 inclusive, bit 1 the type is u64. E0005
  case range_count
  /// If s[a] > 0: s[a] -= 1, s[b] += s[c], by x1
  case loop_count
  /// If s[b] (i32) < length of the array r[c]: s[a] = element s[b], s[b] += 1, by x1
  case back_each_bool, back_each_i32, back_each_u32, back_each_64
  /// The same into r[a]
  case back_each_r
  /// If the byte offset s[b] (i64) < bytes of the string r[c]: r[a] = the character there, s[b] += its bytes, by x1
  case back_each_char

  // MARK: Arrays; an index is of any integer type (E0002)

  /// r[a] = new empty array of type x1
  case array_new
  /// r[a] = new array of type x1 of the x2 elements in registers b…, scalar or reference as the element is
  case array_of
  /// r[a] = new array of type x1, whose element is scalar, of s[c] (i64) times s[b]. E0018
  case array_fill
  /// s[a] = length of r[b] (i32)
  case array_len
  /// s[a] = r[b][s[c]]; `_u32` also reads tags
  case get_bool, get_i32, get_u32, get_64
  case get_r
  /// r[a][s[b]] = s[c]; `_8`, `_32`, `_64` is the bits of an element
  case set_8, set_32, set_64
  /// r[a][s[b]] = r[c]
  case set_r
  /// Appends s[b] to r[a]. E0018
  case push_8, push_32, push_64
  case push_r

  // MARK: Strings

  /// r[a] = r[b] joined with r[c], in constant time
  case concat
  /// s[a] = bytes of r[b] (i32)
  case string_len
  /// r[a] = the character at byte s[c] of r[b]. E0002, E0009
  case string_char

  // MARK: Formatting; no `try` begins or ends between begin and end

  /// Begins a text.
  case format_begin
  /// Adds string constant x1.
  case format_text
  /// Adds s[a] of type x1 by the packed `FormatSpec` x2 | x3 << 32; 0 is a plain `{}`. Bit 0 of b: as in a container.
  case format_s
  case format_r
  /// r[a] = the text
  case format_string
  /// Writes the text; b: 0 standard output, 1 standard error; c: 1 adds a newline.
  case format_print

  // MARK: Objects

  /// r[a] = new object of type x1 (tuple, struct, variant, range, option box), its scalar fields from s[b]…, its
  /// reference fields from r[c]…, each in order of declaration
  case new
  /// s[a] = word c of r[b] (see `Layout`)
  case field_s
  case field_r
  /// word c of r[a] = s[b]
  case set_field_s
  case set_field_r
  /// r[a] = new object of type x1, its parts from consecutive spill slots: scalars from x2 on, references from x3 on
  case new_spilled
  /// As above with the word's number in x1
  case field_far_s, field_far_r, set_field_far_s, set_field_far_r
  /// r[a] = new cell of type x1, not initialised
  case cell_new
  /// s[a] = value of the cell r[b]. E0020
  case cell_get_s, cell_get_r
  /// value of the cell r[a] = s[b]
  case cell_set_s, cell_set_r
  /// s[a] = scalar global x1. E0020
  case get_global_s
  case set_global_s
  case get_global_r
  case set_global_r
  /// r[a] = closure of function x1 over the scalars s[b]… and references r[c]… that its row captures
  case closure

  // MARK: any

  /// r[a] = s[b] of type x1 as `any`
  case any_from_s, any_from_r
  /// s[a] = the value of type x1 in the `any` r[b]. E0012
  case any_to_s, any_to_r
  /// s[a] = the `any` r[b] holds type x1
  case any_is

  // MARK: Calls. Arguments stand where the callee's windows begin, scalars at s[a]…, references at r[b]…; the result
  // replaces the first.

  /// function x1. E0008
  case call
  /// the function value r[c], whose function type is x1
  case call_closure
  case tail_call
  case tail_call_closure
  /// native x1, whose instantiated function type is x2
  case native
  case ret
  /// returns s[a]
  case ret_s
  case ret_r
  /// Panics with run-time code number b and the message r[a].
  case raise
  /// Never executed: what follows a call that does not return.
  case unreachable
}
