import OrusBytecode

/// Natives that call functions of the program.
///
/// The callee's windows begin above everything of the native: scalars at
/// s + 256, references above the scratch roots. Two addresses are pushed on the
/// call stack: the native's own instruction, for backtraces, and the stub, where
/// the interpreter that runs the callee stops.

/// Arguments of a call, on their way. Pushing one neither allocates nor collects.
struct PendingCall {
  fileprivate let s: ScalarWindow
  fileprivate let r: Slot
  fileprivate var scalarCount = 0
  fileprivate let vm: VM

  fileprivate init(_ vm: VM) {
    self.vm = vm
    s = vm.machine.pointee.s + 256
    r = vm.rootTop
  }

  mutating func pushScalar(_ bits: Int64) {
    s[scalarCount] = bits
    scalarCount += 1
  }

  mutating func pushReference(_ reference: Reference) { _ = vm.pushRoot(reference) }
}

extension VM {
  /// Interpreters that may be on the native stack.
  static let nativeDepthLimit = 1000

  /// Begins a call of a function of the program from a native.
  func beginCall() -> PendingCall {
    clearGap()
    return PendingCall(self)
  }

  /// Calls the function. False: a panic is pending. The result is in `resultScalar` or `resultReference`, to be taken
  /// before anything else happens. The pushed references are popped.
  func finish(_ call: PendingCall, function: UInt32) -> Bool { run(call, function, closure: nil) }

  /// The same for a function value.
  func finish(_ call: PendingCall, closure: Reference) -> Bool {
    run(call, UInt32(truncatingIfNeeded: closure.unsafelyUnwrapped.words[0]), closure: closure)
  }

  var resultScalar: Int64 { (machine.pointee.s + 256).pointee }
  var resultReference: Reference { machine.pointee.rootTop.pointee }

  private func run(_ call: PendingCall, _ index: UInt32, closure: Reference) -> Bool {
    let machine = self.machine
    let function = machine.pointee.functions + Int(index)
    let (pc, s, r, csp) = (machine.pointee.pc, machine.pointee.s, machine.pointee.r, machine.pointee.csp)
    machine.pointee.rootTop = call.r
    if csp + 2 > machine.pointee.callLimit || machine.pointee.nativeDepth == VM.nativeDepthLimit {
      return panic(.callDepth, VM.callDepthMessage)
    }
    guard rootRoom(VM.guaranteedRoots) else { return false }
    csp[0] = pc
    csp[1] = stubReturn
    machine.pointee.csp = csp + 2
    machine.pointee.s = call.s
    machine.pointee.r = call.r
    machine.pointee.pc = function.pointee.entry
    let afterArguments = call.r + Int(function.pointee.referenceParameters)
    clearRegisters(afterArguments, function.pointee.clearCount)
    if closure != nil { afterArguments.pointee = closure }
    machine.pointee.nativeDepth += 1
    let succeeded = interpret()
    machine.pointee.nativeDepth -= 1
    machine.pointee.pc = pc
    machine.pointee.s = s
    machine.pointee.r = r
    machine.pointee.csp = csp
    machine.pointee.rootTop = call.r
    machine.pointee.gapIsClear = true
    return succeeded
  }
}
