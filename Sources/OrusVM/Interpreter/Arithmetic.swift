/// Bodies of the arithmetic instructions. Those that can fail return whether they
/// did, and then have written nothing: a handler sees the registers as they were.

// MARK: Checked

@inline(__always) func addI32(_ s: ScalarWindow, _ pc: CodePointer) -> Bool {
  let (value, failed) = s.i32(operandB(pc)).addingReportingOverflow(s.i32(operandC(pc)))
  if _slowPath(failed) { return true }
  s[operandA(pc)] = Int64(value)
  return false
}

@inline(__always) func subI32(_ s: ScalarWindow, _ pc: CodePointer) -> Bool {
  let (value, failed) = s.i32(operandB(pc)).subtractingReportingOverflow(s.i32(operandC(pc)))
  if _slowPath(failed) { return true }
  s[operandA(pc)] = Int64(value)
  return false
}

@inline(__always) func mulI32(_ s: ScalarWindow, _ pc: CodePointer) -> Bool {
  let (value, failed) = s.i32(operandB(pc)).multipliedReportingOverflow(by: s.i32(operandC(pc)))
  if _slowPath(failed) { return true }
  s[operandA(pc)] = Int64(value)
  return false
}

@inline(__always) func addImmediateI32(_ s: ScalarWindow, _ pc: CodePointer) -> Bool {
  let (value, failed) = s.i32(operandB(pc)).addingReportingOverflow(Int32(truncatingIfNeeded: signedC(pc)))
  if _slowPath(failed) { return true }
  s[operandA(pc)] = Int64(value)
  return false
}

@inline(__always) func mulImmediateI32(_ s: ScalarWindow, _ pc: CodePointer) -> Bool {
  let (value, failed) = s.i32(operandB(pc)).multipliedReportingOverflow(by: Int32(truncatingIfNeeded: signedC(pc)))
  if _slowPath(failed) { return true }
  s[operandA(pc)] = Int64(value)
  return false
}

@inline(__always) func negI32(_ s: ScalarWindow, _ pc: CodePointer) -> Bool {
  let (value, failed) = Int32(0).subtractingReportingOverflow(s.i32(operandB(pc)))
  if _slowPath(failed) { return true }
  s[operandA(pc)] = Int64(value)
  return false
}

@inline(__always) func addI64(_ s: ScalarWindow, _ pc: CodePointer) -> Bool {
  let (value, failed) = s[operandB(pc)].addingReportingOverflow(s[operandC(pc)])
  if _slowPath(failed) { return true }
  s[operandA(pc)] = value
  return false
}

@inline(__always) func subI64(_ s: ScalarWindow, _ pc: CodePointer) -> Bool {
  let (value, failed) = s[operandB(pc)].subtractingReportingOverflow(s[operandC(pc)])
  if _slowPath(failed) { return true }
  s[operandA(pc)] = value
  return false
}

@inline(__always) func mulI64(_ s: ScalarWindow, _ pc: CodePointer) -> Bool {
  let (value, failed) = s[operandB(pc)].multipliedReportingOverflow(by: s[operandC(pc)])
  if _slowPath(failed) { return true }
  s[operandA(pc)] = value
  return false
}

@inline(__always) func addImmediateI64(_ s: ScalarWindow, _ pc: CodePointer) -> Bool {
  let (value, failed) = s[operandB(pc)].addingReportingOverflow(signedC(pc))
  if _slowPath(failed) { return true }
  s[operandA(pc)] = value
  return false
}

@inline(__always) func mulImmediateI64(_ s: ScalarWindow, _ pc: CodePointer) -> Bool {
  let (value, failed) = s[operandB(pc)].multipliedReportingOverflow(by: signedC(pc))
  if _slowPath(failed) { return true }
  s[operandA(pc)] = value
  return false
}

@inline(__always) func negI64(_ s: ScalarWindow, _ pc: CodePointer) -> Bool {
  let (value, failed) = Int64(0).subtractingReportingOverflow(s[operandB(pc)])
  if _slowPath(failed) { return true }
  s[operandA(pc)] = value
  return false
}

@inline(__always) func addU32(_ s: ScalarWindow, _ pc: CodePointer) -> Bool {
  let value = s[operandB(pc)] &+ s[operandC(pc)]
  if _slowPath(value > Int64(UInt32.max)) { return true }
  s[operandA(pc)] = value
  return false
}

@inline(__always) func subU32(_ s: ScalarWindow, _ pc: CodePointer) -> Bool {
  let value = s[operandB(pc)] &- s[operandC(pc)]
  if _slowPath(value < 0) { return true }
  s[operandA(pc)] = value
  return false
}

@inline(__always) func mulU32(_ s: ScalarWindow, _ pc: CodePointer) -> Bool {
  let value = s.u64(operandB(pc)) &* s.u64(operandC(pc))
  if _slowPath(value > UInt64(UInt32.max)) { return true }
  s[operandA(pc)] = Int64(bitPattern: value)
  return false
}

@inline(__always) func addU64(_ s: ScalarWindow, _ pc: CodePointer) -> Bool {
  let (value, failed) = s.u64(operandB(pc)).addingReportingOverflow(s.u64(operandC(pc)))
  if _slowPath(failed) { return true }
  s[operandA(pc)] = Int64(bitPattern: value)
  return false
}

@inline(__always) func subU64(_ s: ScalarWindow, _ pc: CodePointer) -> Bool {
  let (value, failed) = s.u64(operandB(pc)).subtractingReportingOverflow(s.u64(operandC(pc)))
  if _slowPath(failed) { return true }
  s[operandA(pc)] = Int64(bitPattern: value)
  return false
}

@inline(__always) func mulU64(_ s: ScalarWindow, _ pc: CodePointer) -> Bool {
  let (value, failed) = s.u64(operandB(pc)).multipliedReportingOverflow(by: s.u64(operandC(pc)))
  if _slowPath(failed) { return true }
  s[operandA(pc)] = Int64(bitPattern: value)
  return false
}

// MARK: Division; the hardware faults on zero and on min / -1

/// Of a failed division: by zero, or over the range.
@inline(__always) func divisionEvent(_ s: ScalarWindow, _ pc: CodePointer) -> Event {
  s[operandC(pc)] == 0 ? .division : .overflow
}

@inline(__always) func divI32(_ s: ScalarWindow, _ pc: CodePointer) -> Bool {
  let x = s.i32(operandB(pc))
  let y = s.i32(operandC(pc))
  if _slowPath(y == 0 || (y == -1 && x == .min)) { return true }
  s[operandA(pc)] = Int64(x / y)
  return false
}

@inline(__always) func remI32(_ s: ScalarWindow, _ pc: CodePointer) -> Bool {
  let x = s.i32(operandB(pc))
  let y = s.i32(operandC(pc))
  if _slowPath(y == 0 || (y == -1 && x == .min)) { return true }
  s[operandA(pc)] = Int64(x % y)
  return false
}

@inline(__always) func divI64(_ s: ScalarWindow, _ pc: CodePointer) -> Bool {
  let x = s[operandB(pc)]
  let y = s[operandC(pc)]
  if _slowPath(y == 0 || (y == -1 && x == .min)) { return true }
  s[operandA(pc)] = x / y
  return false
}

@inline(__always) func remI64(_ s: ScalarWindow, _ pc: CodePointer) -> Bool {
  let x = s[operandB(pc)]
  let y = s[operandC(pc)]
  if _slowPath(y == 0 || (y == -1 && x == .min)) { return true }
  s[operandA(pc)] = x % y
  return false
}

@inline(__always) func divU32(_ s: ScalarWindow, _ pc: CodePointer) -> Bool {
  let y = s.u32(operandC(pc))
  if _slowPath(y == 0) { return true }
  s[operandA(pc)] = Int64(s.u32(operandB(pc)) / y)
  return false
}

@inline(__always) func remU32(_ s: ScalarWindow, _ pc: CodePointer) -> Bool {
  let y = s.u32(operandC(pc))
  if _slowPath(y == 0) { return true }
  s[operandA(pc)] = Int64(s.u32(operandB(pc)) % y)
  return false
}

@inline(__always) func divU64(_ s: ScalarWindow, _ pc: CodePointer) -> Bool {
  let y = s.u64(operandC(pc))
  if _slowPath(y == 0) { return true }
  s[operandA(pc)] = Int64(bitPattern: s.u64(operandB(pc)) / y)
  return false
}

@inline(__always) func remU64(_ s: ScalarWindow, _ pc: CodePointer) -> Bool {
  let y = s.u64(operandC(pc))
  if _slowPath(y == 0) { return true }
  s[operandA(pc)] = Int64(bitPattern: s.u64(operandB(pc)) % y)
  return false
}

// MARK: Shifts

/// Whether the count is out of range.
@inline(__always) private func badShift(_ s: ScalarWindow, _ pc: CodePointer, _ width: UInt64) -> Bool {
  _slowPath(s.u64(operandC(pc)) >= width)
}

@inline(__always) func shlI32(_ s: ScalarWindow, _ pc: CodePointer) -> Bool {
  if badShift(s, pc, 32) { return true }
  s[operandA(pc)] = Int64(s.i32(operandB(pc)) &<< Int32(truncatingIfNeeded: s[operandC(pc)]))
  return false
}

@inline(__always) func shlU32(_ s: ScalarWindow, _ pc: CodePointer) -> Bool {
  if badShift(s, pc, 32) { return true }
  s[operandA(pc)] = Int64(s.u32(operandB(pc)) &<< UInt32(truncatingIfNeeded: s[operandC(pc)]))
  return false
}

@inline(__always) func shl64(_ s: ScalarWindow, _ pc: CodePointer) -> Bool {
  if badShift(s, pc, 64) { return true }
  s[operandA(pc)] = s[operandB(pc)] &<< s[operandC(pc)]
  return false
}

@inline(__always) func shrSigned32(_ s: ScalarWindow, _ pc: CodePointer) -> Bool {
  if badShift(s, pc, 32) { return true }
  s[operandA(pc)] = s[operandB(pc)] &>> s[operandC(pc)]
  return false
}

@inline(__always) func shrI64(_ s: ScalarWindow, _ pc: CodePointer) -> Bool {
  if badShift(s, pc, 64) { return true }
  s[operandA(pc)] = s[operandB(pc)] &>> s[operandC(pc)]
  return false
}

@inline(__always) func shrU64(_ s: ScalarWindow, _ pc: CodePointer) -> Bool {
  if badShift(s, pc, 64) { return true }
  s[operandA(pc)] = Int64(bitPattern: s.u64(operandB(pc)) &>> s.u64(operandC(pc)))
  return false
}

// MARK: Conversions from f64, toward zero, saturating, NaN to 0

@inline(__always) func saturatingI32(_ x: Double) -> Int64 {
  if x != x { return 0 }
  return Int64(min(max(x, -2_147_483_648), 2_147_483_647))
}

@inline(__always) func saturatingU32(_ x: Double) -> Int64 {
  if x != x { return 0 }
  return Int64(min(max(x, 0), 4_294_967_295))
}

@inline(__always) func saturatingI64(_ x: Double) -> Int64 {
  if x != x { return 0 }
  if x >= 0x1p63 { return .max }
  if x < -0x1p63 { return .min }
  return Int64(x)
}

@inline(__always) func saturatingU64(_ x: Double) -> Int64 {
  if !(x > 0) { return 0 }
  if x >= 0x1p64 { return -1 }
  return Int64(bitPattern: UInt64(x))
}
