/// What a byte can begin, as one table look-up.
enum CharacterClass: UInt8 {
  /// No token begins so.
  case other
  case space, newline, carriageReturn
  case identifier, digit, quote, apostrophe, punctuation
  /// Part of a character beyond ASCII.
  case high

  /// The class of each byte; never freed.
  nonisolated(unsafe) static let table: UnsafePointer<CharacterClass> = {
    let table = UnsafeMutablePointer<CharacterClass>.allocate(capacity: 256)
    for i in 0..<256 { (table + i).initialize(to: of(UInt8(i))) }
    return UnsafePointer(table)
  }()

  /// An address for the text of no bytes.
  nonisolated(unsafe) static let nothing: UnsafePointer<UInt8> = {
    let byte = UnsafeMutablePointer<UInt8>.allocate(capacity: 1)
    byte.initialize(to: 0)
    return UnsafePointer(byte)
  }()

  private static func of(_ byte: UInt8) -> CharacterClass {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"): .space
    case UInt8(ascii: "\n"): .newline
    case UInt8(ascii: "\r"): .carriageReturn
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): .identifier
    case UInt8(ascii: "0")...UInt8(ascii: "9"): .digit
    case UInt8(ascii: "\""): .quote
    case UInt8(ascii: "'"): .apostrophe
    case 0x80...: .high
    default: "()[]{}:,;.-+*/%&|^~=!<>?@#".utf8.contains(byte) ? .punctuation : .other
    }
  }
}

/// Finds keywords: a hash table over the bytes of words of up to 8 letters, read
/// as one integer.
struct KeywordTable {
  private static let size = 256
  private let words: UnsafeMutablePointer<UInt64>
  private let kinds: UnsafeMutablePointer<TokenKind>

  nonisolated(unsafe) static let shared = KeywordTable()

  private init() {
    words = .allocate(capacity: Self.size)
    kinds = .allocate(capacity: Self.size)
    words.initialize(repeating: 0, count: Self.size)
    kinds.initialize(repeating: .identifier, count: Self.size)
    for kind in TokenKind.allCases where kind.isKeyword {
      guard let spelling = kind.spelling else { continue }
      var word: UInt64 = 0
      for (i, byte) in spelling.utf8.enumerated() { word |= UInt64(byte) << UInt64(8 * i) }
      var slot = Self.slot(of: word)
      while words[slot] != 0 { slot = (slot + 1) & (Self.size - 1) }
      words[slot] = word
      kinds[slot] = kind
    }
  }

  @inline(__always)
  private static func slot(of word: UInt64) -> Int {
    Int(truncatingIfNeeded: (word &* 0x9e37_79b9_7f4a_7c15) >> 56)
  }

  /// The keyword of these bytes, low byte first and zero above the last one, or `identifier`.
  @inline(__always)
  func kind(of word: UInt64) -> TokenKind {
    var slot = Self.slot(of: word)
    while words[slot] != 0 {
      if words[slot] == word { return kinds[slot] }
      slot = (slot &+ 1) & (Self.size &- 1)
    }
    return .identifier
  }
}
