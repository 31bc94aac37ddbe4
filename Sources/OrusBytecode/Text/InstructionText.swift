/// One instruction as text. The form decides: operands in order, then extension
/// words; what is not used is not written, and 16-bit numbers are one number.
///
///     add_i32 s2, s0, s1            b_lt_imm s0, -5, L3         switch_s s0, 10, [L1, L2]
extension Program {
  /// The instruction that begins at a word of the code, for messages. Empty where none does.
  public func instructionText(at word: Int) -> String {
    guard word < code.count, let size = Instruction.length(code[word]), word + size <= code.count else { return "" }
    return instructionText(at: word) { offset in offset < 0 ? "\(offset)" : "+\(offset)" }
  }

  /// - Parameters:
  ///   - word: where a whole instruction is in the code.
  ///   - jump: writes the target of a jump, given in words from the end of the instruction.
  func instructionText(at word: Int, jump: (Int) -> String) -> String {
    let first = code[word]
    let op = Instruction.opcode(first)!
    let form = op.form
    var parts: [String] = []
    appendOperand(form.a, Instruction.a(first), first, jump, &parts)
    appendOperand(form.b, Instruction.b(first), first, jump, &parts)
    appendOperand(form.c, Instruction.c(first), first, jump, &parts)
    for (i, kind) in form.extensions.enumerated() {
      if kind == .jumpTable {
        let start = word + form.fixedLength
        let targets = (0..<Instruction.bc(first)).map { jump(Int(Int32(bitPattern: code[start + $0]))) }
        parts.append("[" + targets.joined(separator: ", ") + "]")
      } else {
        parts.append(extensionText(kind, code[word + 1 + i], op, jump))
      }
    }
    return parts.isEmpty ? "\(op)" : "\(op) " + parts.joined(separator: ", ")
  }

  private func appendOperand(
    _ operand: Operand, _ value: Int, _ word: UInt32, _ jump: (Int) -> String, _ parts: inout [String]
  ) {
    switch operand {
    case .none: break
    case .read, .write, .update, .readSame, .writeSame, .firstScalar, .scalarBase: parts.append("s\(value)")
    case .readReference, .writeReference, .firstReference, .referenceBase: parts.append("r\(value)")
    case .kind: parts.append(ScalarKind(rawValue: UInt8(value)).map { "\($0)" } ?? "\(value)")
    case .signedByte: parts.append("\(Int8(truncatingIfNeeded: value))")
    case .byte: parts.append("\(value)")
    case .low16:
      // A table's length is that of the list behind it.
      if Instruction.opcode(word)!.form.extensions.last != .jumpTable { parts.append("\(Instruction.bc(word))") }
    case .high16: break
    case .jump24:
      // Three operands, one jump.
      if parts.isEmpty { parts.append(jump(Instruction.jump24(word))) }
    }
  }

  private func extensionText(_ kind: Extension, _ word: UInt32, _ op: Opcode, _ jump: (Int) -> String) -> String {
    switch kind {
    case .jump: jump(Int(Int32(bitPattern: word)))
    case .type: "%\(word)"
    case .function: "@\(word)"
    case .string: "$\(word)"
    case .global: "g\(word)"
    case .native: Int(word) < Native.all.count ? Native.all[Int(word)].rawValue : "\(word)"
    case .number: op.hasSignedNumber ? "\(Int32(bitPattern: word))" : "\(word)"
    case .jumpTable: ""
    }
  }

  /// What the numbers of an instruction mean; empty where nothing is to be said.
  func instructionComment(at word: Int) -> String {
    let form = Instruction.opcode(code[word])!.form
    var notes: [String] = []
    for (i, kind) in form.extensions.enumerated() where word + 1 + i < code.count {
      let number = code[word + 1 + i]
      switch kind {
      case .type: notes.append(spelling(of: number))
      case .function: if Int(number) < functions.count { notes.append(text(functions[Int(number)].name)) }
      case .string: if Int(number) < strings.count { notes.append(quoted(strings[Int(number)], limit: 60)) }
      case .global: if Int(number) < globals.count { notes.append(text(globals[Int(number)].name)) }
      case .jump, .native, .number, .jumpTable: break
      }
    }
    if Instruction.opcode(code[word]) == .const_wide, Instruction.b(code[word]) == Int(ScalarKind.f64.rawValue) {
      notes.append("\(Double(bitPattern: UInt64(code[word + 1]) | UInt64(code[word + 2]) << 32))")
    }
    return notes.joined(separator: ", ")
  }
}

extension Opcode {
  /// The extension word that is a number is signed.
  var hasSignedNumber: Bool { self == .const_mid || self == .switch_s }
}

/// Bytes as a quoted text that says exactly which they are: what is not UTF-8, and control characters, as `\xNN`.
///
/// - Parameter limit: bytes after which the text is cut, with `…`; nil for none.
func quoted(_ bytes: [UInt8], limit: Int? = nil) -> String {
  let shown = limit.map { bytes.count > $0 ? Array(bytes[..<$0]) : bytes } ?? bytes
  var out: [UInt8] = [UInt8(ascii: "\"")]
  let isText = String(validating: shown, as: UTF8.self) != nil
  for byte in shown {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): out += [UInt8(ascii: "\\"), byte]
    case 10: out += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
    case 0..<32, 127: out += escape(byte)
    case 128...: if isText { out.append(byte) } else { out += escape(byte) }
    default: out.append(byte)
    }
  }
  if shown.count < bytes.count { out += Array("…".utf8) }
  out.append(UInt8(ascii: "\""))
  return String(decoding: out, as: UTF8.self)
}

private func escape(_ byte: UInt8) -> [UInt8] {
  let digits = Array("0123456789abcdef".utf8)
  return [UInt8(ascii: "\\"), UInt8(ascii: "x"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
}
