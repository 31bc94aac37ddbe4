/// Bodies of the arithmetic instructions. Those that can fail return whether they
/// did, and then have written nothing: a handler sees the registers as they were.

// MARK: Checked

@inline(__always) func addI32(_ s: ScalarWindow, _ word: Word) -> Bool {
  let (value, failed) = s.i32(word.b).addingReportingOverflow(s.i32(word.c))
  if _slowPath(failed) { return true }
  s[word.a] = Int64(value)
  return false
}

@inline(__always) func subI32(_ s: ScalarWindow, _ word: Word) -> Bool {
  let (value, failed) = s.i32(word.b).subtractingReportingOverflow(s.i32(word.c))
  if _slowPath(failed) { return true }
  s[word.a] = Int64(value)
  return false
}

@inline(__always) func mulI32(_ s: ScalarWindow, _ word: Word) -> Bool {
  let (value, failed) = s.i32(word.b).multipliedReportingOverflow(by: s.i32(word.c))
  if _slowPath(failed) { return true }
  s[word.a] = Int64(value)
  return false
}

@inline(__always) func addImmediateI32(_ s: ScalarWindow, _ word: Word) -> Bool {
  let (value, failed) = s.i32(word.b).addingReportingOverflow(Int32(truncatingIfNeeded: word.signedC))
  if _slowPath(failed) { return true }
  s[word.a] = Int64(value)
  return false
}

@inline(__always) func mulImmediateI32(_ s: ScalarWindow, _ word: Word) -> Bool {
  let (value, failed) = s.i32(word.b).multipliedReportingOverflow(by: Int32(truncatingIfNeeded: word.signedC))
  if _slowPath(failed) { return true }
  s[word.a] = Int64(value)
  return false
}

@inline(__always) func negI32(_ s: ScalarWindow, _ word: Word) -> Bool {
  let (value, failed) = Int32(0).subtractingReportingOverflow(s.i32(word.b))
  if _slowPath(failed) { return true }
  s[word.a] = Int64(value)
  return false
}

@inline(__always) func addI64(_ s: ScalarWindow, _ word: Word) -> Bool {
  let (value, failed) = s[word.b].addingReportingOverflow(s[word.c])
  if _slowPath(failed) { return true }
  s[word.a] = value
  return false
}

@inline(__always) func subI64(_ s: ScalarWindow, _ word: Word) -> Bool {
  let (value, failed) = s[word.b].subtractingReportingOverflow(s[word.c])
  if _slowPath(failed) { return true }
  s[word.a] = value
  return false
}

@inline(__always) func mulI64(_ s: ScalarWindow, _ word: Word) -> Bool {
  let (value, failed) = s[word.b].multipliedReportingOverflow(by: s[word.c])
  if _slowPath(failed) { return true }
  s[word.a] = value
  return false
}

@inline(__always) func addImmediateI64(_ s: ScalarWindow, _ word: Word) -> Bool {
  let (value, failed) = s[word.b].addingReportingOverflow(word.signedC)
  if _slowPath(failed) { return true }
  s[word.a] = value
  return false
}

@inline(__always) func mulImmediateI64(_ s: ScalarWindow, _ word: Word) -> Bool {
  let (value, failed) = s[word.b].multipliedReportingOverflow(by: word.signedC)
  if _slowPath(failed) { return true }
  s[word.a] = value
  return false
}

@inline(__always) func negI64(_ s: ScalarWindow, _ word: Word) -> Bool {
  let (value, failed) = Int64(0).subtractingReportingOverflow(s[word.b])
  if _slowPath(failed) { return true }
  s[word.a] = value
  return false
}

@inline(__always) func addU32(_ s: ScalarWindow, _ word: Word) -> Bool {
  let value = s[word.b] &+ s[word.c]
  if _slowPath(value > Int64(UInt32.max)) { return true }
  s[word.a] = value
  return false
}

@inline(__always) func subU32(_ s: ScalarWindow, _ word: Word) -> Bool {
  let value = s[word.b] &- s[word.c]
  if _slowPath(value < 0) { return true }
  s[word.a] = value
  return false
}

@inline(__always) func mulU32(_ s: ScalarWindow, _ word: Word) -> Bool {
  let value = s.u64(word.b) &* s.u64(word.c)
  if _slowPath(value > UInt64(UInt32.max)) { return true }
  s[word.a] = Int64(bitPattern: value)
  return false
}

@inline(__always) func addU64(_ s: ScalarWindow, _ word: Word) -> Bool {
  let (value, failed) = s.u64(word.b).addingReportingOverflow(s.u64(word.c))
  if _slowPath(failed) { return true }
  s[word.a] = Int64(bitPattern: value)
  return false
}

@inline(__always) func subU64(_ s: ScalarWindow, _ word: Word) -> Bool {
  let (value, failed) = s.u64(word.b).subtractingReportingOverflow(s.u64(word.c))
  if _slowPath(failed) { return true }
  s[word.a] = Int64(bitPattern: value)
  return false
}

@inline(__always) func mulU64(_ s: ScalarWindow, _ word: Word) -> Bool {
  let (value, failed) = s.u64(word.b).multipliedReportingOverflow(by: s.u64(word.c))
  if _slowPath(failed) { return true }
  s[word.a] = Int64(bitPattern: value)
  return false
}

// MARK: Division; the hardware faults on zero and on min / -1

/// Of a failed division: by zero, or over the range.
@inline(__always) func divisionEvent(_ s: ScalarWindow, _ word: Word) -> Event {
  s[word.c] == 0 ? .division : .overflow
}

@inline(__always) func divI32(_ s: ScalarWindow, _ word: Word) -> Bool {
  let x = s.i32(word.b)
  let y = s.i32(word.c)
  if _slowPath(y == 0 || (y == -1 && x == .min)) { return true }
  s[word.a] = Int64(x / y)
  return false
}

@inline(__always) func remI32(_ s: ScalarWindow, _ word: Word) -> Bool {
  let x = s.i32(word.b)
  let y = s.i32(word.c)
  if _slowPath(y == 0 || (y == -1 && x == .min)) { return true }
  s[word.a] = Int64(x % y)
  return false
}

@inline(__always) func divI64(_ s: ScalarWindow, _ word: Word) -> Bool {
  let x = s[word.b]
  let y = s[word.c]
  if _slowPath(y == 0 || (y == -1 && x == .min)) { return true }
  s[word.a] = x / y
  return false
}

@inline(__always) func remI64(_ s: ScalarWindow, _ word: Word) -> Bool {
  let x = s[word.b]
  let y = s[word.c]
  if _slowPath(y == 0 || (y == -1 && x == .min)) { return true }
  s[word.a] = x % y
  return false
}

@inline(__always) func divU32(_ s: ScalarWindow, _ word: Word) -> Bool {
  let y = s.u32(word.c)
  if _slowPath(y == 0) { return true }
  s[word.a] = Int64(s.u32(word.b) / y)
  return false
}

@inline(__always) func remU32(_ s: ScalarWindow, _ word: Word) -> Bool {
  let y = s.u32(word.c)
  if _slowPath(y == 0) { return true }
  s[word.a] = Int64(s.u32(word.b) % y)
  return false
}

@inline(__always) func divU64(_ s: ScalarWindow, _ word: Word) -> Bool {
  let y = s.u64(word.c)
  if _slowPath(y == 0) { return true }
  s[word.a] = Int64(bitPattern: s.u64(word.b) / y)
  return false
}

@inline(__always) func remU64(_ s: ScalarWindow, _ word: Word) -> Bool {
  let y = s.u64(word.c)
  if _slowPath(y == 0) { return true }
  s[word.a] = Int64(bitPattern: s.u64(word.b) % y)
  return false
}

// MARK: Shifts

/// Whether the count is out of range.
@inline(__always) private func badShift(_ s: ScalarWindow, _ word: Word, _ width: UInt64) -> Bool {
  _slowPath(s.u64(word.c) >= width)
}

@inline(__always) func shlI32(_ s: ScalarWindow, _ word: Word) -> Bool {
  if badShift(s, word, 32) { return true }
  s[word.a] = Int64(s.i32(word.b) &<< Int32(truncatingIfNeeded: s[word.c]))
  return false
}

@inline(__always) func shlU32(_ s: ScalarWindow, _ word: Word) -> Bool {
  if badShift(s, word, 32) { return true }
  s[word.a] = Int64(s.u32(word.b) &<< UInt32(truncatingIfNeeded: s[word.c]))
  return false
}

@inline(__always) func shl64(_ s: ScalarWindow, _ word: Word) -> Bool {
  if badShift(s, word, 64) { return true }
  s[word.a] = s[word.b] &<< s[word.c]
  return false
}

@inline(__always) func shrSigned32(_ s: ScalarWindow, _ word: Word) -> Bool {
  if badShift(s, word, 32) { return true }
  s[word.a] = s[word.b] &>> s[word.c]
  return false
}

@inline(__always) func shrI64(_ s: ScalarWindow, _ word: Word) -> Bool {
  if badShift(s, word, 64) { return true }
  s[word.a] = s[word.b] &>> s[word.c]
  return false
}

@inline(__always) func shrU64(_ s: ScalarWindow, _ word: Word) -> Bool {
  if badShift(s, word, 64) { return true }
  s[word.a] = Int64(bitPattern: s.u64(word.b) &>> s.u64(word.c))
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
