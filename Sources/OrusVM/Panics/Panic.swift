import OrusBytecode

/// Raising panics and ending the run.
extension VM {
  static let callDepthMessage = "too many calls are active at once"

  /// Records a panic. Always false, to be returned at once by whoever can fail.
  @inline(never) func panic(_ code: RuntimeCode, _ message: String) -> Bool {
    machine.pointee.panic = PendingPanic(code: code, message: message)
    return false
  }

  /// Ends the run without a panic. Always false, to be returned at once.
  @inline(never) func end(_ ending: Ending) -> Bool {
    machine.pointee.ending = ending
    return false
  }

  /// Does what the interpreter stopped for. Whether it goes on, at the registers in the machine.
  @inline(never) func handle(_ event: Event) -> Bool {
    switch event {
    case .halted: return false
    case .pending: break
    case .fuel, .branchFuel:
      if refuel() { return true }
    case .callDepth: _ = panic(.callDepth, VM.callDepthMessage)
    case .rangeStep: _ = panic(.rangeStep, "the step of a range is 0")
    case .arraySize: _ = panic(.size, sizeMessage())
    case .division: _ = panic(.division, divisionMessage())
    case .index: _ = panic(.index, indexMessage())
    case .overflow: _ = panic(.overflow, overflowMessage())
    case .shift: _ = panic(.shift, shiftMessage())
    case .anyType: _ = panic(.anyType, anyTypeMessage())
    case .uninitialised: _ = panic(.uninitialised, uninitialisedMessage())
    }
    return unwind()
  }

  // MARK: Fuel

  /// Instructions between two looks at the stop flag.
  static let fuelQuantum = 1 << 20
  /// What a handler of E0011 has left.
  static let graceSteps = 10_000

  /// More fuel. False: the run is stopped, or the step limit is reached.
  private func refuel() -> Bool {
    if machine.pointee.stop.wasInterrupted { return end(.interrupted) }
    if machine.pointee.stop.wasStopped { return stepLimitReached("the host has stopped the program") }
    guard let left = machine.pointee.stepsLeft else {
      machine.pointee.fuel = VM.fuelQuantum
      return true
    }
    let rest = left + machine.pointee.fuel
    if rest <= 0 { return stepLimitReached("the limit of instructions is reached") }
    let quantum = min(rest, VM.fuelQuantum)
    machine.pointee.stepsLeft = rest - quantum
    machine.pointee.fuel = quantum
    return true
  }

  private func stepLimitReached(_ message: String) -> Bool {
    _ = panic(.stepLimit, message)
    machine.pointee.panic!.isFatal = machine.pointee.stepLimitWasCaught
    return false
  }
}
