/// Bodies of jumps, calls and loops.

/// Steps that a call counts for.
let callCost = 8

/// To the last word before the target, or of the instruction.
@inline(__always) func branch(_ pc: inout CodePointer, _ isTaken: Bool) {
  if isTaken { pc += 1 + pc.jump(1) } else { pc += 1 }
}

/// Whether the fuel runs out by so many steps. It is kept in memory: the processor has no register left for it.
@inline(__always) func spend(_ machine: UnsafeMutablePointer<Machine>, _ steps: Int) -> Bool {
  let rest = machine.pointee.fuel &- steps
  machine.pointee.fuel = rest
  return _slowPath(rest < 0)
}

/// The same backwards. Whether the fuel has run out: then `pc` is not changed. Were it changed before the question, the
/// answer would be a conditional jump to the dispatch, which then has no copy here.
@inline(__always)
func branchBack(_ pc: inout CodePointer, _ machine: UnsafeMutablePointer<Machine>, _ isTaken: Bool) -> Bool {
  if _fastPath(isTaken) {
    let distance = pc.jump(1)
    if spend(machine, -distance) { return true }
    pc += 1 + distance
    return false
  }
  pc += 1
  return false
}

/// Where the backward branch at `pc` leads.
func targetOfBranchBack(_ pc: CodePointer) -> CodePointer {
  let word = Word(pc)
  return word.opcode == .jump_back ? pc + 1 + word.signedABC : pc + 2 + pc.jump(1)
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

/// Moves a tail call's arguments down to where the callee's windows begin.
@inline(__always)
func moveArguments(
  _ function: UnsafeMutablePointer<FunctionInfo>, _ s: ScalarWindow, _ r: Slot, _ scalars: Int, _ references: Int
) {
  var index = 0
  let scalarCount = Int(function.pointee.scalarParameters)
  while index < scalarCount {
    s[index] = s[scalars + index]
    index += 1
  }
  index = 0
  let referenceCount = Int(function.pointee.referenceParameters)
  while index < referenceCount {
    r[index] = r[references + index]
    index += 1
  }
}

/// Back to the windows of the caller, whose call is this.
@inline(__always) func leaveWindows(of call: Word, _ s: inout ScalarWindow, _ r: inout Slot) {
  s -= call.a
  r -= call.b
}

/// Back behind the call that is active.
@inline(__always)
func leaveFunction(
  _ machine: UnsafeMutablePointer<Machine>, _ pc: inout CodePointer, _ s: inout ScalarWindow, _ r: inout Slot
) {
  let csp = machine.pointee.csp - 1
  machine.pointee.csp = csp
  pc = csp.pointee
  leaveWindows(of: Word(pc - 2), &s, &r)
}
