import Glibc
import OrusDiagnostics
import OrusSyntax

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
    var text: [UInt8] = []
    while true {
      var failure: Int32 = 0
      text = Array(tableOf: capacity) { memory, count in
        count = memory.update(fromContentsOf: text)
        failure = fill(memory, &count, from: descriptor)
      }
      if failure != 0 { return .unreadable(reason: errorText(failure)) }
      if text.count < capacity { return .file(SourceFile(path: path, text: text)) }
      if capacity >= mostBytes { return .unreadable(reason: errorText(EFBIG)) }
      capacity = min(capacity * 2, mostBytes)
    }
  }

  /// Reads on from byte `count` until there is no more, or no more room; gives an `errno`, or 0.
  private static func fill(
    _ memory: UnsafeMutableBufferPointer<UInt8>, _ count: inout Int, from descriptor: Int32
  ) -> Int32 {
    while count < memory.count {
      let got = Glibc.read(descriptor, memory.baseAddress! + count, memory.count - count)
      if got == 0 { break }
      if got > 0 { count += got } else if errno != EINTR { return errno }
    }
    return 0
  }
}

/// What the C library says about an `errno`, such as `No such file or directory`.
public func errorText(_ number: Int32) -> String {
  String(cString: strerror(number))
}
