import OrusBytecode

/// The words of panics that instructions raise, made from the instruction that
/// `pc` is still at.
extension VM {
  private var pc: CodePointer { machine.pointee.pc }
  private var word: Word { Word(pc) }
  private var opcode: Opcode { word.opcode }
  private func scalar(_ register: Int) -> Int64 { machine.pointee.s[register] }

  func divisionMessage() -> String {
    switch opcode {
    case .rem_i32, .rem_i64, .rem_u32, .rem_u64: "the remainder of a division by zero"
    default: "a division by zero"
    }
  }

  func indexMessage() -> String {
    let array: Int
    let index: Int64
    switch opcode {
    case .set_8, .set_32, .set_64, .set_r:
      array = word.a
      index = scalar(word.b)
    default:
      array = word.b
      index = scalar(word.c)
    }
    let count = machine.pointee.r[array]?.arrayCount ?? 0
    return "the index \(index) is out of range for an array of length \(count)"
  }

  func sizeMessage() -> String {
    opcode == .array_fill
      ? "an array cannot have \(scalar(word.c)) elements"
      : "an array cannot have more than 2147483647 elements"
  }

  func shiftMessage() -> String {
    "the shift count \(scalar(word.c)) is out of range"
  }

  func anyTypeMessage() -> String {
    let held = machine.pointee.r[word.b].map { UInt32($0.words[0]) } ?? 0
    return "the `any` holds `\(typeName(held))`, not `\(typeName(pc[1]))`"
  }

  func uninitialisedMessage() -> String {
    switch opcode {
    case .get_global_s, .get_global_r:
      let row = machine.pointee.program.globals[Int(pc[1])]
      let name = String(decoding: machine.pointee.program.strings[Int(row.name)], as: UTF8.self)
      return "`\(name)` is read before it has a value"
    default:
      return "a variable is read before it has a value"
    }
  }

  func overflowMessage() -> String {
    let (symbol, type) = overflowParts
    let x = operandText(scalar(word.b), type)
    switch opcode {
    case .neg_i32, .neg_i64: return "`-(\(x))` does not fit in `\(type)`"
    case .add_imm_i32, .add_imm_i64, .mul_imm_i32, .mul_imm_i64:
      let immediate = word.signedC
      if symbol == "+", immediate < 0 { return "`\(x) - \(-immediate)` does not fit in `\(type)`" }
      return "`\(x) \(symbol) \(immediate)` does not fit in `\(type)`"
    default:
      let y = operandText(scalar(word.c), type)
      return "`\(x) \(symbol) \(y)` does not fit in `\(type)`"
    }
  }

  private func operandText(_ bits: Int64, _ type: String) -> String {
    type == "u64" ? String(UInt64(bitPattern: bits)) : String(bits)
  }

  private var overflowParts: (String, String) {
    switch opcode {
    case .add_i32, .add_imm_i32: ("+", "i32")
    case .sub_i32: ("-", "i32")
    case .mul_i32, .mul_imm_i32: ("*", "i32")
    case .div_i32: ("/", "i32")
    case .rem_i32: ("%", "i32")
    case .add_i64, .add_imm_i64: ("+", "i64")
    case .sub_i64: ("-", "i64")
    case .mul_i64, .mul_imm_i64: ("*", "i64")
    case .div_i64: ("/", "i64")
    case .rem_i64: ("%", "i64")
    case .add_u32: ("+", "u32")
    case .sub_u32: ("-", "u32")
    case .mul_u32: ("*", "u32")
    case .add_u64: ("+", "u64")
    case .sub_u64: ("-", "u64")
    case .mul_u64: ("*", "u64")
    case .neg_i32: ("-", "i32")
    default: ("-", "i64")
    }
  }
}
