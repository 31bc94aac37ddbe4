import Glibc

/// Natives of files and directories. What fails gives its error number with the
/// sign changed; what is text, bytes or numbers is appended to an array that
/// was passed. Descriptors 0, 1 and 2 are those of the run.
extension NativeCall {
  private func failed() -> Bool { give(-Int(errno)) }

  /// Calls the system with the path in a slot.
  func onPath(_ slot: Slot, _ call: (UnsafePointer<CChar>) -> Int32) -> Bool {
    guard let path = path(slot) else { return give(-Int(EINVAL)) }
    return path.withCString(call) < 0 ? failed() : give(0)
  }

  /// A path for the system; nil where it holds a NUL.
  private func path(_ slot: Slot) -> String? {
    let path = vm.swiftString(slot.pointee)
    return path.utf8.contains(0) ? nil : path
  }

  /// After a system call failed: whether to try again; nil: the run is ending.
  private func triesAgain() -> Bool? {
    if errno != EINTR { return false }
    if !vm.machine.pointee.stop.wasInterrupted { return true }
    _ = vm.end(.interrupted)
    return nil
  }

  func fileOpen() -> Bool {
    guard let path = path(r) else { return give(-Int(EINVAL)) }
    let modes = [O_RDONLY, O_WRONLY | O_CREAT | O_TRUNC, O_WRONLY | O_CREAT | O_APPEND, O_WRONLY | O_CREAT | O_EXCL]
    guard modes.indices.contains(Int(s[0])) else { return give(-Int(EINVAL)) }
    while true {
      let descriptor = open(path, modes[Int(s[0])] | O_CLOEXEC, 0o666)
      if descriptor >= 0 { return give(Int(descriptor)) }
      guard let again = triesAgain() else { return false }
      if !again { return failed() }
    }
  }

  // MARK: Reading

  private enum Read {
    case bytes(Int)
    case failed(Int32)
    /// The run is ending.
    case ended
  }

  /// Appends to the open text what one read gives. Of the run's input first what `input` has read ahead.
  private func readOnce(_ limit: Int) -> Read {
    let builder = vm.builder
    let lines = withUnsafeMutablePointer(to: &vm.machine.pointee.text.lines) { $0 }
    if s[0] == 0, lines.pointee.end > lines.pointee.start {
      let count = min(limit, lines.pointee.end - lines.pointee.start)
      builder.pointee.append(lines.pointee.bytes + lines.pointee.start, count)
      lines.pointee.start += count
      return .bytes(count)
    }
    let descriptor = s[0] == 0 ? vm.machine.pointee.input : Int32(truncatingIfNeeded: s[0])
    builder.pointee.reserve(limit)
    while true {
      let count = read(descriptor, builder.pointee.bytes + builder.pointee.count, limit)
      if count >= 0 {
        builder.pointee.count += count
        return .bytes(count)
      }
      guard let again = triesAgain() else { return .ended }
      if !again { return .failed(errno) }
    }
  }

  /// Bytes that the last character of the open text lacks.
  private var missingBytes: Int {
    let text = vm.builder.pointee
    var lead = text.count - 1
    while lead >= 0, lead > text.count - 4, isContinuation(text.bytes[lead]) { lead -= 1 }
    if lead < 0 || text.bytes[lead] < 0xC0 { return 0 }
    return max(0, characterLength(text.bytes[lead]) - (text.count - lead))
  }

  func fileReadText() -> Bool {
    let limit = s[1]
    vm.openBuilder()
    var wanted = limit < 0 ? 1 << 16 : Int(limit)
    while wanted > 0 {
      switch readOnce(wanted) {
      case .ended: return false
      case .failed(let error):
        vm.closeBuilder()
        return give(-Int(error))
      case .bytes(let count):
        let total = vm.builder.pointee.count
        if total > Int(Int32.max) {
          vm.closeBuilder()
          return give(-Int(EFBIG))
        }
        wanted = count == 0 ? 0 : limit < 0 ? min(max(1 << 16, total), 1 << 26) : missingBytes
      }
    }
    let text = vm.builder.pointee
    vm.closeBuilder()
    if !isValidUTF8(text.bytes, text.count) { return give(-Int(EILSEQ)) }
    let part = vm.pushRoot(nil)
    guard vm.makeString(part, text.bytes, text.count), vm.append(part, to: r) else { return false }
    return give(text.count)
  }

  func fileReadBytes() -> Bool {
    vm.openBuilder()
    let read = readOnce(Int(max(0, min(s[1], 1 << 20))))
    switch read {
    case .ended: return false
    case .failed(let error):
      vm.closeBuilder()
      return give(-Int(error))
    case .bytes(let count):
      let bytes = vm.builder.pointee.bytes
      vm.closeBuilder()
      let length = Int(r[0].unsafelyUnwrapped.arrayCount)
      guard vm.makeRoom(r, for: length + count) else { return false }
      let array = r[0].unsafelyUnwrapped
      for index in 0..<count { array.arrayStorage.elements32[length + index] = Int32(bytes[index]) }
      array.arrayCount = Int64(length + count)
      return give(count)
    }
  }

  // MARK: Writing

  func fileWrite() -> Bool {
    guard vm.flatten(r) else { return false }
    return send(UnsafeRawBufferPointer(start: textBytes, count: length), flush: s[1] != 0)
  }

  private func send(_ bytes: UnsafeRawBufferPointer, flush: Bool) -> Bool {
    if s[0] == 1 || s[0] == 2 {
      guard let failure = vm.outputReporting(bytes, toError: s[0] == 2, flush: flush) else { return false }
      return give(-Int(failure))
    }
    let failure = vm.writeAll(bytes, to: Int32(truncatingIfNeeded: s[0]))
    return failure == EINTR ? vm.end(.interrupted) : give(-Int(failure))
  }

  func fileWriteBytes() -> Bool {
    let array = r[0].unsafelyUnwrapped
    let count = Int(array.arrayCount)
    vm.openBuilder()
    vm.builder.pointee.reserve(count)
    for index in 0..<count {
      let unit = array.arrayStorage.elements32[index]
      if unit < 0 || unit > 255 {
        vm.closeBuilder()
        return give(-Int(EINVAL))
      }
      vm.builder.pointee.append(UInt8(truncatingIfNeeded: unit))
    }
    let text = vm.builder.pointee
    vm.closeBuilder()
    return send(UnsafeRawBufferPointer(start: text.bytes, count: count), flush: false)
  }

  // MARK: Names

  func fileStatus() -> Bool {
    guard let path = path(r) else { return give(-Int(EINVAL)) }
    var status = stat()
    if (s[0] != 0 ? stat(path, &status) : lstat(path, &status)) != 0 { return failed() }
    let kind: Int64 =
      switch status.st_mode & S_IFMT {
      case S_IFREG: 0
      case S_IFDIR: 1
      case S_IFLNK: 2
      default: 3
      }
    let changed = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
    let length = Int(r[1].unsafelyUnwrapped.arrayCount)
    guard vm.makeRoom(r + 1, for: length + 4) else { return false }
    let array = r[1].unsafelyUnwrapped
    for (index, word) in [kind, Int64(status.st_size), changed, Int64(status.st_mode & 0o7777)].enumerated() {
      array.arrayStorage.elements64[length + index] = word
    }
    array.arrayCount = Int64(length + 4)
    return give(0)
  }

  func fileRename() -> Bool {
    guard let old = path(r), let new = path(r + 1) else { return give(-Int(EINVAL)) }
    return rename(old, new) < 0 ? failed() : give(0)
  }

  func directoryList() -> Bool {
    guard let path = path(r) else { return give(-Int(EINVAL)) }
    guard let directory = opendir(path) else { return failed() }
    defer { closedir(directory) }
    let name = vm.pushRoot(nil)
    while true {
      errno = 0
      guard let entry = readdir(directory) else { return errno == 0 ? give(0) : failed() }
      let text = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if text == "." || text == ".." { continue }
      guard vm.makeString(name, text), vm.append(name, to: r + 1) else { return false }
    }
  }

  func currentDirectory() -> Bool {
    guard let path = getcwd(nil, 0) else { return failed() }
    defer { free(path) }
    let text = vm.pushRoot(nil)
    return vm.makeString(text, String(cString: path)) && vm.append(text, to: r) && give(0)
  }
}
