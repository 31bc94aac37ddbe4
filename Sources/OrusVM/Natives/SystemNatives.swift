import Glibc

/// What was read from the standard input and not yet asked for.
struct LineBuffer {
  var bytes: UnsafeMutablePointer<UInt8> = .allocate(capacity: 4096)
  var capacity = 4096
  var start = 0
  var end = 0
  var isAtEnd = false

  func deallocate() { bytes.deallocate() }

  /// The number of bytes of the next line with its end, all that is left at the end of the input; reads as needed.
  mutating func nextLine(_ descriptor: Int32) -> Int {
    var searched = start
    while true {
      if let newline = memchr(bytes + searched, 10, end - searched) {
        return UnsafeMutableRawPointer(newline) - UnsafeMutableRawPointer(bytes + start) + 1
      }
      if isAtEnd { return end - start }
      searched = end
      if end == capacity {
        if start > 0 {
          memmove(bytes, bytes + start, end - start)
          searched -= start
          end -= start
          start = 0
        } else {
          let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2)
          memcpy(larger, bytes, end)
          bytes.deallocate()
          bytes = larger
          capacity *= 2
        }
      }
      let count = read(descriptor, bytes + end, capacity - end)
      if count > 0 {
        end += count
      } else if count == 0 || errno != EINTR {
        isAtEnd = true
      }
    }
  }
}

/// Natives of the program's surroundings.
extension NativeCall {
  /// Writes the prompt r[0] and reads a line.
  func input() -> Bool {
    guard vm.flatten(r) else { return false }
    guard vm.output(UnsafeRawBufferPointer(start: textBytes, count: length), toError: false), vm.flushOutput()
    else { return false }
    let lines = withUnsafeMutablePointer(to: &vm.machine.pointee.text.lines) { $0 }
    let count = lines.pointee.nextLine(vm.machine.pointee.input)
    if count == 0 { return giveNone() }
    let bytes = lines.pointee.bytes + lines.pointee.start
    var shown = count
    if bytes[shown - 1] == 10 {
      shown -= 1
      if shown > 0, bytes[shown - 1] == 13 { shown -= 1 }
    }
    lines.pointee.start += count
    if isValidUTF8(bytes, shown) { return vm.makeString(r, bytes, shown) }
    // Strings are UTF-8: what is none becomes U+FFFD.
    return vm.makeString(r, String(decoding: UnsafeBufferPointer(start: bytes, count: shown), as: UTF8.self))
  }

  func timestamp() -> Bool {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return give(Double(now.tv_sec) + Double(now.tv_nsec) / 1e9)
  }
  func clockNanos() -> Bool {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return give(Int(now.tv_sec) * 1_000_000_000 + Int(now.tv_nsec))
  }

  /// What was printed is seen before the pause.
  func sleep() -> Bool {
    let seconds = float(0)
    guard vm.flushOutput() else { return false }
    if !(seconds > 0) { return true }
    let whole = min(seconds.rounded(.down), 1e15)
    var rest = timespec(tv_sec: Int(whole), tv_nsec: Int(min((seconds - whole) * 1e9, 999_999_999)))
    var left = timespec()
    while nanosleep(&rest, &left) != 0, errno == EINTR {
      rest = left
      if vm.machine.pointee.stop.wasInterrupted { return vm.end(.interrupted) }
    }
    return true
  }

  func environmentGet() -> Bool {
    let name = vm.swiftString(r[0])
    guard !name.utf8.contains(0), let value = getenv(name) else { return giveNone() }
    let text = vm.pushRoot(nil)
    guard vm.makeString(text, String(cString: value)) else { return false }
    return giveSome(text)
  }

  func programArguments() -> Bool { vm.makeArguments(r, type: result) }
}
