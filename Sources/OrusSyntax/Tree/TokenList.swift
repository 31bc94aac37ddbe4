import OrusDiagnostics

/// The tokens of one file: parallel tables in one block, 10 bytes a token. A view of memory
/// that it keeps alive; immutable once lexed.
public struct TokenList: @unchecked Sendable {
  public let kinds: UnsafeBufferPointer<TokenKind>
  /// Byte offset of the first character.
  public let starts: UnsafeBufferPointer<UInt32>
  /// Byte offset after the last character.
  public let ends: UnsafeBufferPointer<UInt32>
  /// Bit 0: first on its line. Then bits 1 to 7 are its column, counted in bytes from 0 with a tab going to the next
  /// multiple of 4; `farColumn` where it does not fit.
  public let flags: UnsafeBufferPointer<UInt8>
  private let storage: Storage

  static let firstOnLine: UInt8 = 1
  static let farColumn = 127

  public init() { self.init(Storage(capacity: 1)) }

  private init(_ storage: Storage) {
    self.storage = storage
    let table = storage.table
    kinds = UnsafeBufferPointer(start: table.kinds, count: table.count)
    starts = UnsafeBufferPointer(start: table.starts, count: table.count)
    ends = UnsafeBufferPointer(start: table.ends, count: table.count)
    flags = UnsafeBufferPointer(start: table.flags, count: table.count)
  }

  public var count: Int { kinds.count }

  public func span(_ id: TokenID, file: FileID) -> Span {
    Span(file: file, start: starts[Int(id.index)], end: ends[Int(id.index)])
  }

  /// Owns the memory of a finished list.
  fileprivate final class Storage {
    let table: TokenTable

    convenience init(capacity: Int) { self.init(TokenBuffers(capacity: capacity)) }

    init(_ buffers: consuming TokenBuffers) {
      table = buffers.take()
      table.payloads.deallocate()
    }

    deinit { table.deallocateKept() }
  }
}

/// The tables of a token list while they grow, all of one length: growing is one
/// check a token.
struct TokenBuffers: ~Copyable {
  private(set) var table: TokenTable
  private var capacity: Int

  init(capacity: Int) {
    self.capacity = max(capacity, 16)
    table = TokenTable(capacity: self.capacity)
  }

  deinit { table.deallocate() }

  @inline(__always)
  mutating func append(_ kind: TokenKind, start: Int, end: Int, payload: UInt32, flags: UInt8) {
    if table.count == capacity { grow() }
    let i = table.count
    table.kinds[i] = kind
    table.starts[i] = UInt32(truncatingIfNeeded: start)
    table.ends[i] = UInt32(truncatingIfNeeded: end)
    table.payloads[i] = payload
    table.flags[i] = flags
    table.count = i &+ 1
  }

  /// Takes back the last token, and gives its flags.
  mutating func removeLast() -> UInt8 {
    table.count &-= 1
    return table.flags[table.count]
  }

  @inline(never)
  private mutating func grow() {
    var larger = TokenTable(capacity: capacity * 2)
    larger.kinds.update(from: table.kinds, count: table.count)
    larger.starts.update(from: table.starts, count: table.count)
    larger.ends.update(from: table.ends, count: table.count)
    larger.payloads.update(from: table.payloads, count: table.count)
    larger.flags.update(from: table.flags, count: table.count)
    larger.count = table.count
    table.deallocate()
    table = larger
    capacity *= 2
  }

  /// The tables, now the caller's to deallocate.
  consuming func take() -> TokenTable {
    let taken = table
    discard self
    return taken
  }

  consuming func finished() -> TokenList { TokenList(finishing: self) }
}

extension TokenList {
  init(finishing buffers: consuming TokenBuffers) { self.init(Storage(buffers)) }
}

/// Pointers to the tables of a token list. All but the payloads share a block, which begins with the starts.
struct TokenTable: BitwiseCopyable {
  var count = 0
  let kinds: UnsafeMutablePointer<TokenKind>
  let starts: UnsafeMutablePointer<UInt32>
  let ends: UnsafeMutablePointer<UInt32>
  /// Symbol index of an identifier; of a literal what `Literals` says; 0 otherwise. For the parser alone.
  let payloads: UnsafeMutablePointer<UInt32>
  let flags: UnsafeMutablePointer<UInt8>

  init(capacity: Int) {
    let block = allocateTable(bytes: 10 * capacity)
    starts = block.bindMemory(to: UInt32.self, capacity: capacity)
    ends = (block + 4 * capacity).bindMemory(to: UInt32.self, capacity: capacity)
    kinds = (block + 8 * capacity).bindMemory(to: TokenKind.self, capacity: capacity)
    flags = (block + 9 * capacity).bindMemory(to: UInt8.self, capacity: capacity)
    payloads = allocateTable(capacity: capacity)
  }

  func deallocate() {
    payloads.deallocate()
    deallocateKept()
  }

  /// Gives back what is left when nobody needs the payloads any more.
  func deallocateKept() { starts.deallocate() }
}
