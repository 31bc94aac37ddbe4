import Glibc

/// Why an input cannot be replayed.
public struct UnreadableInput: Error {
  public let path: String
}

/// Gives an oracle the bytes of a file.
public func replay(_ path: String, _ oracle: (UnsafeRawBufferPointer) -> Void) throws {
  guard let file = fopen(path, "rb") else { throw UnreadableInput(path: path) }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = fread(&buffer, 1, buffer.count, file)
    if count == 0 { break }
    bytes += buffer[..<count]
  }
  guard ferror(file) == 0 else { throw UnreadableInput(path: path) }
  bytes.withUnsafeBytes(oracle)
}
