/// Interns strings to symbols. One table serves a whole compilation; names that
/// the compiler itself knows are interned first (see `Symbol.Known`, written by
/// whoever needs one).
///
/// Symbols are numbered in the order of their first interning. The texts lie in
/// chunks that never move. Not for use from two threads at once.
public final class SymbolTable {
  /// Behind a pointer, so that an access costs no exclusivity check.
  private let state: UnsafeMutablePointer<State>
  /// Has the texts of the first symbols.
  private let origin: SymbolTable?

  public init() {
    state = .allocate(capacity: 1)
    state.initialize(to: State())
    origin = nil
  }

  /// A table that has the symbols of another one, and goes on by itself: each may be used on a thread of its own.
  public init(extending other: SymbolTable) {
    state = .allocate(capacity: 1)
    state.initialize(to: State(copying: other.state.pointee))
    origin = other
  }

  deinit {
    state.pointee.deallocate()
    state.deinitialize(count: 1)
    state.deallocate()
  }

  /// How many symbols there are; they are numbered from 0.
  public var count: Int { state.pointee.count }

  /// The symbol of these UTF-8 bytes, new or known.
  public func intern(_ bytes: UnsafeBufferPointer<UInt8>) -> Symbol {
    state.pointee.intern(bytes)
  }

  /// The same of at most 8 bytes, which are also given as one integer: the first is its low byte, above the last come
  /// zeros.
  @inline(__always)
  func intern(_ bytes: UnsafeBufferPointer<UInt8>, word: UInt64) -> Symbol {
    state.pointee.intern(bytes, word: word)
  }

  public func intern(_ text: String) -> Symbol {
    var text = text
    return text.withUTF8 { state.pointee.intern($0) }
  }

  /// The text of a symbol.
  public subscript(_ symbol: Symbol) -> String { String(decoding: utf8(symbol), as: UTF8.self) }

  /// Its UTF-8 bytes; valid while the table lives.
  public func utf8(_ symbol: Symbol) -> UnsafeBufferPointer<UInt8> {
    precondition(Int(symbol.index) < state.pointee.count, "a symbol of another table")
    return state.pointee.texts[Int(symbol.index)]
  }
}

/// Open addressing with linear probing over a power of two of slots, at most
/// half of them full.
private struct State {
  var count = 0
  var texts: UnsafeMutablePointer<UnsafeBufferPointer<UInt8>>
  private var textCapacity = 1024
  private var slots: UnsafeMutablePointer<Slot>
  private var slotMask = 4095
  private var chunks: [UnsafeMutablePointer<UInt8>] = []
  private var chunkUsed = 0
  private var chunkSize = 0

  struct Slot {
    var hash: UInt32
    /// Symbol + 1; 0 in an empty slot.
    var symbol: UInt32
  }

  init() {
    texts = .allocate(capacity: textCapacity)
    slots = .allocate(capacity: slotMask + 1)
    slots.initialize(repeating: Slot(hash: 0, symbol: 0), count: slotMask + 1)
  }

  /// The texts stay where they are.
  init(copying other: State) {
    count = other.count
    textCapacity = other.textCapacity
    slotMask = other.slotMask
    texts = .allocate(capacity: textCapacity)
    texts.initialize(from: other.texts, count: count)
    slots = .allocate(capacity: slotMask + 1)
    slots.initialize(from: other.slots, count: slotMask + 1)
  }

  func deallocate() {
    texts.deallocate()
    slots.deallocate()
    for chunk in chunks { chunk.deallocate() }
  }

  mutating func intern(_ bytes: UnsafeBufferPointer<UInt8>) -> Symbol {
    if bytes.count <= 8 { return intern(bytes, word: State.word(bytes, from: 0)) }
    let hash = State.hash(bytes)
    var i = Int(hash) & slotMask
    while true {
      let slot = slots[i]
      if slot.symbol == 0 { break }
      if slot.hash == hash && equal(texts[Int(slot.symbol) - 1], bytes) { return Symbol(slot.symbol - 1) }
      i = (i + 1) & slotMask
    }
    return insert(bytes, hash: hash, at: i)
  }

  mutating func intern(_ bytes: UnsafeBufferPointer<UInt8>, word: UInt64) -> Symbol {
    let hash = State.finished(State.step(UInt64(bytes.count), word))
    var i = Int(hash) & slotMask
    while true {
      let slot = slots[i]
      if slot.symbol == 0 { break }
      if slot.hash == hash {
        let text = texts[Int(slot.symbol) - 1]
        if text.count == bytes.count, State.word(ofStored: text) == word { return Symbol(slot.symbol - 1) }
      }
      i = (i + 1) & slotMask
    }
    return insert(bytes, hash: hash, at: i)
  }

  @inline(never)
  private mutating func insert(_ bytes: UnsafeBufferPointer<UInt8>, hash: UInt32, at slot: Int) -> Symbol {
    if count == textCapacity {
      let larger = UnsafeMutablePointer<UnsafeBufferPointer<UInt8>>.allocate(capacity: textCapacity * 2)
      larger.moveInitialize(from: texts, count: count)
      texts.deallocate()
      texts = larger
      textCapacity *= 2
    }
    (texts + count).initialize(to: stored(bytes))
    slots[slot] = Slot(hash: hash, symbol: UInt32(count) + 1)
    count += 1
    if count * 2 > slotMask { growSlots() }
    return Symbol(UInt32(count) - 1)
  }

  private mutating func growSlots() {
    let old = UnsafeMutableBufferPointer(start: slots, count: slotMask + 1)
    slotMask = slotMask * 4 + 3
    slots = .allocate(capacity: slotMask + 1)
    slots.initialize(repeating: Slot(hash: 0, symbol: 0), count: slotMask + 1)
    for slot in old where slot.symbol != 0 {
      var i = Int(slot.hash) & slotMask
      while slots[i].symbol != 0 { i = (i + 1) & slotMask }
      slots[i] = slot
    }
    old.deallocate()
  }

  /// A copy that stays where it is.
  private mutating func stored(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    if chunkUsed + bytes.count > chunkSize || chunks.isEmpty {
      chunkSize = max(64 << 10, bytes.count)
      // Short texts are read as one integer, wherever they end.
      chunks.append(.allocate(capacity: chunkSize + 8))
      chunkUsed = 0
    }
    let place = chunks[chunks.count - 1] + chunkUsed
    if let base = bytes.baseAddress { place.initialize(from: base, count: bytes.count) }
    chunkUsed += bytes.count
    return UnsafeBufferPointer(start: place, count: bytes.count)
  }

  @inline(__always)
  private func equal(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
    guard a.count == b.count else { return false }
    var i = 0
    while i < a.count {
      if a[i] != b[i] { return false }
      i += 1
    }
    return true
  }

  // MARK: Hashing, eight bytes at a time

  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
    var h = UInt64(bytes.count)
    var i = 0
    while i < bytes.count {
      h = step(h, word(bytes, from: i))
      i += 8
    }
    return finished(h)
  }

  /// Both halves of a product, so that every bit counts wherever it stands (as in wyhash, Wang Yi 2019).
  @inline(__always)
  private static func step(_ hash: UInt64, _ word: UInt64) -> UInt64 {
    let product = (hash &+ 0xa076_1d64_78bd_642f ^ word).multipliedFullWidth(by: 0xe703_7ed1_a0b4_28db)
    return product.high ^ product.low
  }

  @inline(__always)
  private static func finished(_ hash: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: hash ^ hash >> 32) }

  /// Up to 8 bytes from `start` on; zeros above the last one.
  @inline(__always)
  private static func word(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> UInt64 {
    bytes.baseAddress.map { EightBytes(at: start, of: $0, bytes.count).word } ?? 0
  }

  /// The bytes of a text of at most 8 that this table has; 8 more can be read behind each.
  @inline(__always)
  private static func word(ofStored text: UnsafeBufferPointer<UInt8>) -> UInt64 {
    EightBytes(at: 0, of: text.baseAddress!, 8).prefix(text.count)
  }
}
