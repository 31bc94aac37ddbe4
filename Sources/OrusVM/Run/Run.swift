import Glibc
import OrusBytecode

/// Runs a program from its entry to its end. What the program writes has been written when this returns.
///
/// The native stack has to hold what natives that call back may nest: 1000 interpreters.
///
/// - Parameters:
///   - program: nothing of it is checked here.
///   - arguments: what `main` gets, the program's file first.
///   - stop: lets a signal handler or another thread end the run.
///   - collector: how the heap is put to the test.
public func run(
  program: VerifiedProgram, arguments: [String], limits: Limits = Limits(), io: RunIO = RunIO(),
  stop: StopFlag = StopFlag(), collector: CollectorOptions = CollectorOptions()
) -> RunResult {
  guard let vm = VM(program.program, limits: limits, io: io, stop: stop, collector: collector) else {
    let report = PanicReport(
      code: .heapLimit, message: "the system has no memory to begin with", frames: [], omitted: 0, omittedAfter: 0)
    return RunResult(outcome: .panicked(report), collector: CollectorStatistics())
  }
  defer { vm.deallocate() }
  // A closed pipe is an error of the write.
  signal(SIGPIPE, SIG_IGN)
  vm.machine.pointee.arguments = arguments
  let returned = vm.placeArguments() && vm.interpret()
  var outcome: Outcome
  if returned {
    outcome = .exited(Int32(truncatingIfNeeded: vm.machine.pointee.s[0]))
  } else {
    switch vm.machine.pointee.ending {
    case .exit(let code): outcome = .exited(code)
    case .interrupted: outcome = .interrupted
    case .outputFailed(let error): outcome = .outputFailed(error)
    case .none:
      let panic = vm.machine.pointee.panic!
      outcome = .panicked(PanicReport(
        code: panic.code, message: panic.message, frames: panic.frames, omitted: panic.omitted,
        omittedAfter: panic.omittedAfter))
    }
  }
  if !vm.flushOutput(), vm.machine.pointee.output.failure != 0 {
    outcome = .outputFailed(vm.machine.pointee.output.failure)
  }
  return RunResult(outcome: outcome, collector: vm.collectorStatistics())
}

extension VM {
  /// Puts the arguments where the entry function expects them.
  fileprivate func placeArguments() -> Bool {
    let function = machine.pointee.program.functions[Int(machine.pointee.program.entry)]
    guard let parameter = machine.pointee.program.type(function.type).parameters.first else { return true }
    return makeArguments(machine.pointee.r, type: parameter.index) || tracedFailure()
  }

  /// The program's arguments as a `[string]`, whose row is `type`.
  func makeArguments(_ result: Slot, type: UInt32) -> Bool {
    guard let array = allocateArray(type, capacity: machine.pointee.arguments.count) else { return false }
    let list = pushRoot(array)
    let text = pushRoot(nil)
    defer { popRoots(2) }
    for argument in machine.pointee.arguments {
      guard makeString(text, argument), append(text, to: list) else { return false }
    }
    result.pointee = list.pointee
    return true
  }

  private func tracedFailure() -> Bool {
    tracePanic()
    return false
  }
}
