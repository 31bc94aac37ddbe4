/// Why the loop of the interpreter stopped to have something done outside of it.
/// At a panic `pc` is still at the instruction that failed.
enum Event: UInt8 {
  /// The outermost function has returned.
  case halted
  /// A panic or the end of the run has been recorded.
  case pending
  /// `fuel` has run out at a call, which is begun again.
  case fuel
  /// `fuel` has run out at a backward branch that is taken; `pc` is at the branch.
  case branchFuel

  case division
  case index
  case overflow
  case shift
  case rangeStep
  case callDepth
  case arraySize
  case anyType
  case uninitialised
}
