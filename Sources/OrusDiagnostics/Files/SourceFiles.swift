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
  /// A view of `owned`, which nothing changes, or of memory that lives as long as the process.
  public let bytes: UnsafeBufferPointer<UInt8>
  private let owned: [UInt8]
  private let index = Mutex<LineIndex?>(nil)

  public init(path: String, text: some Collection<UInt8>) {
    self.path = path
    owned = Array(text)
    bytes = owned.withUnsafeBufferPointer { $0 }
  }

  /// Refers to bytes that live as long as the process, such as the bundled library's.
  public init(path: String, permanent bytes: UnsafeBufferPointer<UInt8>) {
    self.path = path
    owned = []
    self.bytes = bytes
  }

  /// The bytes for who keeps them longer than the file; shared with it where it owns them.
  public var text: [UInt8] { owned.isEmpty ? Array(bytes) : owned }

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
