/// Identifies one source file of a compilation: an index into `SourceFiles`.
@frozen
public struct FileID: Hashable, Sendable {
  public let index: UInt32
  @inlinable public init(_ index: UInt32) { self.index = index }
}

/// A half-open range of byte offsets in one source file.
@frozen
public struct Span: Hashable, Sendable {
  public let file: FileID
  public let start: UInt32
  public let end: UInt32

  @inlinable
  public init(file: FileID, start: UInt32, end: UInt32) {
    self.file = file
    self.start = start
    self.end = end
  }

  /// The empty range where this one begins.
  public var before: Span { Span(file: file, start: start, end: start) }
  /// The empty range where this one ends.
  public var behind: Span { Span(file: file, start: end, end: end) }
}
