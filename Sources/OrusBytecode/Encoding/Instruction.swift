/// Taking words apart and putting them together.
public enum Instruction {
  @inlinable
  public static func word(_ op: Opcode, _ a: UInt8 = 0, _ b: UInt8 = 0, _ c: UInt8 = 0) -> UInt32 {
    UInt32(op.rawValue) | UInt32(a) << 8 | UInt32(b) << 16 | UInt32(c) << 24
  }

  @inlinable public static func a(_ word: UInt32) -> Int { Int(word >> 8 & 0xFF) }
  @inlinable public static func b(_ word: UInt32) -> Int { Int(word >> 16 & 0xFF) }
  @inlinable public static func c(_ word: UInt32) -> Int { Int(word >> 24) }
  /// The 16-bit number in b and c.
  @inlinable public static func bc(_ word: UInt32) -> Int { Int(word >> 16) }
  @inlinable public static func signedB(_ word: UInt32) -> Int { Int(Int8(truncatingIfNeeded: word >> 16)) }
  @inlinable public static func signedC(_ word: UInt32) -> Int { Int(Int8(truncatingIfNeeded: word >> 24)) }
  /// The signed jump in a, b and c.
  @inlinable public static func jump24(_ word: UInt32) -> Int { Int(Int32(bitPattern: word) >> 8) }

  /// The opcode of an instruction's first word; nil for a number that is none.
  @inlinable public static func opcode(_ word: UInt32) -> Opcode? { Opcode(rawValue: UInt8(truncatingIfNeeded: word)) }

  /// Words of the instruction that begins with this word, the jump table among them; nil where no instruction does.
  public static func length(_ word: UInt32) -> Int? {
    guard let op = opcode(word) else { return nil }
    let form = Opcode.forms[Int(op.rawValue)]
    return form.fixedLength + (form.extensions.last == .jumpTable ? bc(word) : 0)
  }
}
