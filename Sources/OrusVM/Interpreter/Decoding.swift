import OrusBytecode

/// A frame's scalar registers.
typealias ScalarWindow = UnsafeMutablePointer<Int64>
typealias CodePointer = UnsafePointer<UInt32>

/// The first word of an instruction. Its parts are read as bytes from where it
/// stands: that is one operation each, and nothing of the word lives from the
/// dispatch into the cases, where it would take a register and keep the compiler
/// from giving each case a dispatch of its own.
struct Word {
  private let bytes: UnsafeRawPointer

  @inline(__always) init(_ pc: CodePointer) { bytes = UnsafeRawPointer(pc) }

  /// The opcode of a verified instruction. Raw values are the positions in the enum, as its layout is.
  @inline(__always) var opcode: Opcode { bytes.load(as: Opcode.self) }

  @inline(__always) var a: Int { Int(bytes.load(fromByteOffset: 1, as: UInt8.self)) }
  @inline(__always) var b: Int { Int(bytes.load(fromByteOffset: 2, as: UInt8.self)) }
  @inline(__always) var c: Int { Int(bytes.load(fromByteOffset: 3, as: UInt8.self)) }

  /// The 16 bits of b and c.
  @inline(__always) var bc: Int { Int(bytes.load(fromByteOffset: 2, as: UInt16.self)) }

  @inline(__always) var signedB: Int64 { Int64(bytes.load(fromByteOffset: 2, as: Int8.self)) }
  @inline(__always) var signedC: Int64 { Int64(bytes.load(fromByteOffset: 3, as: Int8.self)) }

  /// The signed 24 bits of a, b and c.
  @inline(__always) var signedABC: Int { Int(bytes.load(as: Int32.self) &>> 8) }
}

extension UnsafePointer<UInt32> {
  /// The extension word as a jump.
  @inline(__always) func jump(_ index: Int) -> Int { Int(Int32(bitPattern: self[index])) }
}

extension UnsafeMutablePointer<Int64> {
  @inline(__always) func f64(_ register: Int) -> Double { Double(bitPattern: UInt64(bitPattern: self[register])) }
  @inline(__always) func set(_ register: Int, _ value: Double) { self[register] = Int64(bitPattern: value.bitPattern) }
  @inline(__always) func set(_ register: Int, _ value: Bool) { self[register] = value ? 1 : 0 }
  @inline(__always) func i32(_ register: Int) -> Int32 { Int32(truncatingIfNeeded: self[register]) }
  @inline(__always) func u32(_ register: Int) -> UInt32 { UInt32(truncatingIfNeeded: self[register]) }
  @inline(__always) func u64(_ register: Int) -> UInt64 { UInt64(bitPattern: self[register]) }
}
