import Glibc
import OrusDiagnostics

/// The files of the operating system.
public struct SystemFiles: FileAccess {
  /// More than any source file or compiled program has; a device may give bytes without end.
  private static let mostBytes = 1 << 30

  public init() {}

  /// What standard input is called in place of a path.
  static let standardInput = "<stdin>"

  public func read(_ path: String) -> FileReading {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let reason = errno
      return reason == ENOENT || reason == ENOTDIR ? .missing : .unreadable(reason: errorText(reason))
    }
    defer { close(descriptor) }
    return Self.read(descriptor, path: path)
  }

  /// Everything that standard input gives, under the name `<stdin>`.
  public func readStandardInput() -> FileReading {
    Self.read(STDIN_FILENO, path: Self.standardInput)
  }

  public func entries(of directory: String) -> [String] {
    guard let stream = opendir(directory.isEmpty ? "." : directory) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names
  }

  private static func read(_ descriptor: Int32, path: String) -> FileReading {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return .unreadable(reason: errorText(errno)) }
    if status.st_mode & S_IFMT == S_IFDIR { return .unreadable(reason: errorText(EISDIR)) }
    // A regular file tells its size; one byte more lets the first read find the end. Pipes and devices tell nothing.
    var capacity = max(Int(status.st_size) + 1, 1 << 16)
    if capacity > mostBytes { return .unreadable(reason: errorText(EFBIG)) }
    var memory = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 1)
    var count = 0
    while true {
      let got = Glibc.read(descriptor, memory + count, capacity - count)
      if got < 0 {
        let reason = errno
        if reason == EINTR { continue }
        memory.deallocate()
        return .unreadable(reason: errorText(reason))
      }
      if got == 0 { break }
      count += got
      if count == capacity {
        if capacity >= mostBytes {
          memory.deallocate()
          return .unreadable(reason: errorText(EFBIG))
        }
        let larger = min(capacity * 2, mostBytes)
        let moved = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 1)
        moved.copyMemory(from: memory, byteCount: count)
        memory.deallocate()
        memory = moved
        capacity = larger
      }
    }
    return .file(SourceFile(path: path, taking: memory, count: count))
  }
}

/// What the C library says about an `errno`, such as `No such file or directory`.
public func errorText(_ number: Int32) -> String {
  String(cString: strerror(number))
}
