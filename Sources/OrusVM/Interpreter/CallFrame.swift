/// An active call as a walk over the call stack sees it: the instruction it is at,
/// the bases of its windows, and `csp`. A frame is known by its return address;
/// the bases of a caller's windows are those of its callee less the operands of
/// the call instruction before that address.
struct CallFrame {
  var pc: CodePointer
  var s: ScalarWindow
  var r: Slot
  var csp: UnsafeMutablePointer<CodePointer>
}

extension VM {
  /// The frame that the machine's registers describe.
  var currentFrame: CallFrame {
    CallFrame(pc: machine.pointee.pc, s: machine.pointee.s, r: machine.pointee.r, csp: machine.pointee.csp)
  }

  /// Where the outermost frame of an interpreter returns to.
  var stubReturn: CodePointer { CodePointer(machine.pointee.stub + 2) }

  /// Goes to the caller, at its call instruction. False: the frame is the outermost of its interpreter; where the
  /// windows of the native around that begin, only that native knows.
  func leave(_ frame: inout CallFrame) -> Bool {
    frame.csp -= 1
    if frame.csp.pointee == stubReturn { return false }
    frame.pc = frame.csp.pointee - 2
    leaveWindows(of: Word(frame.pc), &frame.s, &frame.r)
    return true
  }
}
