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
    var frame = currentFrame
    var spill = machine.pointee.spillFrame
    var window = 256
    while true {
      let function = function(at: frame.pc)
      let info = machine.pointee.functions + Int(function)
      let liveness = liveness(of: function)
      let word = frame.pc - info.pointee.entry
      for register in 0..<min(window, Int(info.pointee.referenceRegisters))
      where !liveness.isLive(register: register, at: word) {
        frame.r[register] = nil
      }
      if let address = spill, SpillFrame(address).csp == UInt(bitPattern: frame.csp) {
        let slots = SpillFrame(address)
        for slot in 0..<slots.referenceCount where !liveness.isLive(spill: slot, at: word) {
          slots.references[slot] = nil
        }
        spill = slots.previous
      }
      guard leave(&frame) else { return }
      // What a call's window holds is the callee's.
      window = Word(frame.pc).b
    }
  }

  private func liveness(of function: UInt32) -> ReferenceLiveness {
    if let known = machine.pointee.liveness[function] { return known }
    let found = ReferenceLiveness(of: Int(function), in: machine.pointee.program)
    machine.pointee.liveness[function] = found
    return found
  }
}
