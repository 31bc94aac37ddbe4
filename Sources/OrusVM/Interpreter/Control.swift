/// Bodies of jumps, calls and loops.

/// Steps that a call counts for.
let callCost = 8

@inline(__always) func branch(_ pc: inout CodePointer, _ isTaken: Bool) {
  if isTaken { pc += 2 + pc.jump(1) } else { pc += 2 }
}

/// A backward branch. Whether the fuel has run out.
@inline(__always) func branchBack(_ pc: inout CodePointer, _ fuel: inout Int, _ isTaken: Bool) -> Bool {
  if _fastPath(isTaken) {
    let distance = pc.jump(1)
    pc += 2 + distance
    fuel += distance
    return _slowPath(fuel < 0)
  }
  pc += 2
  return false
}

/// Makes the reference registers behind a callee's parameters null. Writes a few places more than asked for: they are
/// above the callee's window, where nothing lives.
@inline(__always) func clearRegisters(_ first: Slot, _ count: UInt16) {
  if count == 0 { return }
  first[0] = nil
  first[1] = nil
  first[2] = nil
  first[3] = nil
  if _slowPath(count > 4) { clearManyRegisters(first + 4, Int(count) - 4) }
}

@inline(never) private func clearManyRegisters(_ first: Slot, _ count: Int) {
  first.update(repeating: nil, count: count)
}

/// What `range_count` finds.
enum RangeCount {
  case empty
  case some(UInt64)
  case zeroStep
}

/// Iterations less one of a counted loop.
@inline(never) func countRange(_ start: Int64, _ end: Int64, _ step: Int64, _ flags: Int) -> RangeCount {
  if step == 0 { return .zeroStep }
  let isInclusive = flags & 1 != 0
  let isUnsigned = flags & 2 != 0
  // A step of u64 is never negative.
  let isUp = isUnsigned || step > 0
  let isBefore = isUnsigned ? UInt64(bitPattern: start) < UInt64(bitPattern: end) : start < end
  let isAfter = isUnsigned ? UInt64(bitPattern: start) > UInt64(bitPattern: end) : start > end
  if isUp ? isAfter : isBefore { return .empty }
  if start == end { return isInclusive ? .some(0) : .empty }
  let distance = UInt64(bitPattern: isUp ? end &- start : start &- end)
  let magnitude = UInt64(bitPattern: isUp ? step : 0 &- step)
  return .some((isInclusive ? distance : distance - 1) / magnitude)
}
