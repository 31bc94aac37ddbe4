import OrusBytecode

/// Dead references: what a register holds though nothing will read it.
///
/// All registers of the running function are roots, so an object can outlive its
/// last use there until something is written over the reference. That costs
/// nothing but memory, which matters where the heap is at its limit: before that
/// becomes a panic, what is dead is forgotten. `CollectorOptions.forgetsDead` does so
/// at every collection.
extension VM {
  /// Makes null every reference register, and slot of the spill area, that is dead in its frame. Frames outside of a
  /// native that called back stay as they are: where their registers begin, only that native knows.
  func forgetDeadReferences() {
    var pc = machine.pointee.pc
    var s = machine.pointee.s
    var r = machine.pointee.r
    var csp = machine.pointee.csp
    var spill = machine.pointee.spillFrame
    var window = 256
    let stubReturn = UnsafePointer(machine.pointee.stub + 2)
    while true {
      let function = function(at: pc)
      let info = machine.pointee.functions + Int(function)
      let liveness = liveness(of: function)
      let word = pc - info.pointee.entry
      for register in 0..<min(window, Int(info.pointee.referenceRegisters))
      where !liveness.isLive(register: register, at: word) {
        r[register] = nil
      }
      if let address = spill, SpillFrame(address).csp == UInt(bitPattern: csp) {
        let frame = SpillFrame(address)
        for slot in 0..<frame.referenceCount where !liveness.isLive(spill: slot, at: word) {
          frame.references[slot] = nil
        }
        spill = frame.previous
      }
      csp -= 1
      if csp.pointee == stubReturn { return }
      // What a call's window holds is the callee's.
      pc = csp.pointee - 2
      window = Word(pc).b
      leaveWindows(of: Word(pc), &s, &r)
    }
  }

  private func liveness(of function: UInt32) -> ReferenceLiveness {
    if let known = machine.pointee.liveness[function] { return known }
    let found = ReferenceLiveness(of: Int(function), in: machine.pointee.program)
    machine.pointee.liveness[function] = found
    return found
  }
}
