import OrusBytecode

/// A frame's scalar registers.
typealias ScalarWindow = UnsafeMutablePointer<Int64>
typealias CodePointer = UnsafePointer<UInt32>

// The parts of an instruction are read as bytes from where it stands. The loop
// must not keep the word in a register: every case would depend on it, and the
// compiler could then not give each case a dispatch of its own.

/// The opcode of a verified instruction. Raw values are the positions in the enum, as its layout is.
@inline(__always) func decodeOpcode(_ pc: CodePointer) -> Opcode {
  UnsafeRawPointer(pc).load(as: Opcode.self)
}

@inline(__always) func operandA(_ pc: CodePointer) -> Int {
  Int(UnsafeRawPointer(pc).load(fromByteOffset: 1, as: UInt8.self))
}

@inline(__always) func operandB(_ pc: CodePointer) -> Int {
  Int(UnsafeRawPointer(pc).load(fromByteOffset: 2, as: UInt8.self))
}

@inline(__always) func operandC(_ pc: CodePointer) -> Int {
  Int(UnsafeRawPointer(pc).load(fromByteOffset: 3, as: UInt8.self))
}

/// The 16 bits of b and c.
@inline(__always) func operandBC(_ pc: CodePointer) -> Int {
  Int(UnsafeRawPointer(pc).load(fromByteOffset: 2, as: UInt16.self))
}

@inline(__always) func signedB(_ pc: CodePointer) -> Int64 {
  Int64(UnsafeRawPointer(pc).load(fromByteOffset: 2, as: Int8.self))
}

@inline(__always) func signedC(_ pc: CodePointer) -> Int64 {
  Int64(UnsafeRawPointer(pc).load(fromByteOffset: 3, as: Int8.self))
}

/// The signed 24 bits of a, b and c.
@inline(__always) func signedABC(_ pc: CodePointer) -> Int { Int(Int32(bitPattern: pc.pointee) &>> 8) }

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
