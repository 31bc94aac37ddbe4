import OrusBytecode

/// Finding the handler of a panic.
///
/// `try` costs nothing until there is a panic: the handlers are ranges of words,
/// and the frames are walked as CallFrame.swift says. At the stub, the outermost
/// frame of an interpreter, this interpreter ends; the native that called it
/// returns false too, and the interpreter around that one goes on unwinding.
extension VM {
  /// Continues at the nearest handler of this interpreter. False if there is none.
  func unwind() -> Bool {
    if case .none = machine.pointee.ending {} else { return false }
    if !machine.pointee.panic!.isTraced { tracePanic() }
    if machine.pointee.panic!.isFatal || handlerCount == 0 { return false }
    var frame = currentFrame
    repeat {
      if let handler = handler(at: UInt32(frame.pc - UnsafePointer(machine.pointee.code))) {
        machine.pointee.s = frame.s
        machine.pointee.r = frame.r
        machine.pointee.csp = frame.csp
        machine.pointee.pc = UnsafePointer(machine.pointee.code) + Int(handler.target)
        machine.pointee.rootTop = frame.r + 256
        machine.pointee.gapIsClear = false
        truncateSpill(to: frame.csp)
        closeBuilders(openedFrom: callDepth)
        return enter(handler)
      }
    } while leave(&frame)
    return false
  }

  private var handlerCount: Int { machine.pointee.handlerCount }

  private func handler(at word: UInt32) -> HandlerRow? {
    let handlers = machine.pointee.handlers
    for index in 0..<machine.pointee.handlerCount
    where handlers[index].start <= word && word < handlers[index].end {
      return handlers[index]
    }
    return nil
  }

  /// Makes the `Error` and puts it where the handler expects it.
  private func enter(_ handler: HandlerRow) -> Bool {
    if machine.pointee.panic!.code == .stepLimit {
      machine.pointee.stepLimitWasCaught = true
      machine.pointee.fuel = VM.graceSteps
      if machine.pointee.stepsLeft != nil { machine.pointee.stepsLeft = 0 }
    }
    let panic = machine.pointee.panic!
    machine.pointee.panic = nil
    machine.pointee.heap.isExempt = true
    defer { machine.pointee.heap.isExempt = false }
    let bottom = rootTop
    defer { rootTop = bottom }
    guard let error = makeError(panic) else { return false }
    machine.pointee.r[Int(handler.register)] = error
    return true
  }

  /// An object of the prelude's `Error`: code, message, backtrace.
  private func makeError(_ panic: PendingPanic) -> Reference? {
    let row = machine.pointee.errorType
    guard let code = makeString(panic.code.name) else { return nil }
    let codeSlot = pushRoot(code)
    guard let message = makeString(panic.message) else { return nil }
    let messageSlot = pushRoot(message)
    let lines = backtraceLines(panic)
    let arrayRow = types[Int(row)].elements[2]
    guard let array = allocateArray(arrayRow, capacity: lines.count) else { return nil }
    let arraySlot = pushRoot(array)
    for (index, line) in lines.enumerated() {
      guard let text = makeString(line) else { return nil }
      let array = arraySlot.pointee!
      storeElement(text, in: array.arrayStorage, at: index)
      array.arrayCount = Int64(index + 1)
    }
    let size = Int(types[Int(row)].wordCount)
    guard let error = allocate(row, words: size) else { return nil }
    let words = types[Int(row)].words
    store(codeSlot.pointee, in: error, word: Int(words[0]))
    store(messageSlot.pointee, in: error, word: Int(words[1]))
    store(arraySlot.pointee, in: error, word: Int(words[2]))
    return .some(error)
  }

  /// A flat string object with this text.
  func makeString(_ text: String) -> UnsafeMutableRawPointer? {
    var text = text
    return text.withUTF8 { bytes in
      guard let object = allocateString(bytes.count) else { return nil }
      if let source = bytes.baseAddress { object.flatBytes.update(from: source, count: bytes.count) }
      return object
    }
  }
}
