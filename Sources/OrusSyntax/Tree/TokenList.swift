import OrusDiagnostics

/// The tokens of one file: parallel arrays, 14 bytes a token.
public struct TokenList: Sendable {
  public internal(set) var kinds: [TokenKind] = []
  /// Byte offset of the first character.
  public internal(set) var starts: [UInt32] = []
  /// Byte offset after the last character.
  public internal(set) var ends: [UInt32] = []
  /// Symbol index of an identifier; index into the literal tables of a literal; 0 otherwise.
  public internal(set) var payloads: [UInt32] = []
  /// Bit 0: first on its line.
  public internal(set) var flags: [UInt8] = []

  public init() {}

  public var count: Int { kinds.count }

  public func span(_ id: TokenID, file: FileID) -> Span {
    Span(file: file, start: starts[Int(id.index)], end: ends[Int(id.index)])
  }
}
