/// Why the loop of the interpreter stopped to have something done outside of it.
/// At a panic `pc` is still at the instruction that failed.
enum Event: UInt8 {
  /// The outermost function has returned.
  case halted
  /// A panic or the end of the run has been recorded.
  case pending
  /// `fuel` has run out; `pc` is at the next instruction.
  case fuel

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
