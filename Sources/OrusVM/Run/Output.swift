import Glibc

/// Standard output and error of a run. Output is buffered, and written before
/// anything goes to error, so that the two keep their order where they meet.
///
/// Nothing is written after a failure: the run ends with it.
struct Output {
  let buffer: UnsafeMutableRawPointer
  var count = 0
  let descriptor: Int32
  let errorDescriptor: Int32
  /// A person reads along.
  let isTerminal: Bool
  let sink: ((_ bytes: UnsafeRawBufferPointer, _ isError: Bool) -> Bool)?
  var failure: Int32 = 0

  static let capacity = 1 << 16

  init(_ io: RunIO) {
    buffer = .allocate(byteCount: Output.capacity, alignment: 16)
    descriptor = io.output
    errorDescriptor = io.error
    isTerminal = io.sink == nil && isatty(io.output) == 1
    sink = io.sink
  }
}

extension VM {
  /// Writes to standard output or error. False: that failed and the run is ending.
  func output(_ bytes: UnsafeRawBufferPointer, toError: Bool) -> Bool {
    if toError {
      return flushOutput() && deliver(bytes, toError: true)
    }
    if bytes.count > Output.capacity - machine.pointee.output.count {
      guard flushOutput() else { return false }
      if bytes.count >= Output.capacity { return deliver(bytes, toError: false) }
    }
    if let source = bytes.baseAddress {
      memcpy(machine.pointee.output.buffer + machine.pointee.output.count, source, bytes.count)
      machine.pointee.output.count += bytes.count
    }
    if machine.pointee.output.isTerminal, bytes.last == 10 { return flushOutput() }
    return true
  }

  /// Hands on what is buffered. False: that failed and the run is ending.
  func flushOutput() -> Bool {
    let count = machine.pointee.output.count
    if count == 0 { return machine.pointee.output.failure == 0 }
    machine.pointee.output.count = 0
    return deliver(UnsafeRawBufferPointer(start: machine.pointee.output.buffer, count: count), toError: false)
  }

  /// Writes as `output` does, and what was buffered too if asked. A failure is the result, an error number, and does
  /// not end the run; 0 for none, nil: the run is ending.
  func outputReporting(_ bytes: UnsafeRawBufferPointer, toError: Bool, flush: Bool) -> Int32? {
    var failure: Int32 = 0
    let count = machine.pointee.output.count
    if toError {
      guard flushOutput() else { return nil }
      failure = send(bytes, toError: true)
    } else if flush || bytes.count > Output.capacity - count {
      machine.pointee.output.count = 0
      failure = send(UnsafeRawBufferPointer(start: machine.pointee.output.buffer, count: count), toError: false)
      if failure == 0 { failure = send(bytes, toError: false) }
    } else if !output(bytes, toError: false) {
      return nil
    }
    if failure != EINTR { return failure }
    _ = end(.interrupted)
    return nil
  }

  private func deliver(_ bytes: UnsafeRawBufferPointer, toError: Bool) -> Bool {
    if machine.pointee.output.failure != 0 { return false }
    let failure = send(bytes, toError: toError)
    if failure == 0 { return true }
    return failure == EINTR ? end(.interrupted) : outputFailed(failure)
  }

  /// 0, or the error number; EINTR: the user interrupts.
  private func send(_ bytes: UnsafeRawBufferPointer, toError: Bool) -> Int32 {
    if let sink = machine.pointee.output.sink { return bytes.isEmpty || sink(bytes, toError) ? 0 : EIO }
    return writeAll(bytes, to: toError ? machine.pointee.output.errorDescriptor : machine.pointee.output.descriptor)
  }

  /// 0, or the error number; EINTR: the user interrupts.
  func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32 {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if written >= 0 {
        rest = rest.dropFirst(written)
      } else if errno != EINTR {
        return errno
      } else if machine.pointee.stop.wasInterrupted {
        return EINTR
      }
    }
    return 0
  }

  private func outputFailed(_ error: Int32) -> Bool {
    machine.pointee.output.failure = error
    return end(.outputFailed(error))
  }
}
