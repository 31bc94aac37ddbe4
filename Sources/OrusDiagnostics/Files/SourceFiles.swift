import Synchronization

/// A place as people count it: both from 1. A column counts characters, that is
/// Unicode scalars, so that it does not depend on how wide a terminal draws them.
public struct Position: Hashable, Sendable {
  public let line: Int
  public let column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}

/// The bytes of one source file under the path the user knows it by.
///
/// Nothing is computed from the bytes until a position is asked for: a program
/// without diagnostics never pays for its line table.
public final class SourceFile: @unchecked Sendable {
  public let path: String
  public let bytes: UnsafeBufferPointer<UInt8>
  private let owned: UnsafeMutableRawPointer?
  private let index = Mutex<LineIndex?>(nil)

  /// Takes over `bytes`, which were allocated with `UnsafeMutableRawPointer.allocate`,
  /// and frees them at the end. `count` may be 0.
  public init(path: String, taking bytes: UnsafeMutableRawPointer, count: Int) {
    self.path = path
    self.owned = bytes
    self.bytes = UnsafeBufferPointer(start: bytes.assumingMemoryBound(to: UInt8.self), count: count)
  }

  /// Refers to bytes that live as long as the process, such as the bundled library's.
  public init(path: String, permanent bytes: UnsafeBufferPointer<UInt8>) {
    self.path = path
    self.owned = nil
    self.bytes = bytes
  }

  public convenience init(path: String, text: some Collection<UInt8>) {
    let memory = UnsafeMutableRawPointer.allocate(byteCount: max(text.count, 1), alignment: 1)
    let target = UnsafeMutableBufferPointer(start: memory.assumingMemoryBound(to: UInt8.self), count: text.count)
    _ = target.initialize(from: text)
    self.init(path: path, taking: memory, count: text.count)
  }

  deinit { owned?.deallocate() }

  /// Where the byte at `offset` stands; an offset past the end counts as the end.
  public func position(of offset: UInt32) -> Position {
    withIndex { $0.position(of: Int(offset), in: bytes) }
  }

  /// The byte range of a line, counted from 1, without its line break and without a byte order mark.
  func lineRange(_ line: Int) -> Range<Int> {
    withIndex { $0.range(ofLine: line, in: bytes) }
  }

  var lineCount: Int { withIndex { $0.starts.count } }

  private func withIndex<R: Sendable>(_ body: (borrowing LineIndex) -> R) -> R {
    index.withLock { index in
      if index == nil { index = LineIndex(bytes) }
      return body(index!)
    }
  }
}

/// The files of one compilation, named by `FileID`.
public struct SourceFiles: Sendable {
  private var files: [SourceFile] = []

  public init() {}

  public mutating func add(_ file: SourceFile) -> FileID {
    files.append(file)
    return FileID(UInt32(files.count - 1))
  }

  public subscript(_ id: FileID) -> SourceFile { files[Int(id.index)] }
  public var count: Int { files.count }
}
