/// Eight bytes of a text at a time, as one integer whose low byte is the first:
/// what they are is found out for all of them at once, a bit a byte ("SIMD within
/// a register", Lamport 1975). Behind the end of the text come zeros, which belong
/// to nothing.
struct EightBytes {
  let word: UInt64

  @inline(__always)
  init(at offset: Int, of text: UnsafePointer<UInt8>, _ count: Int) {
    if offset &+ 8 <= count {
      word = UInt64(littleEndian: UnsafeRawPointer(text + offset).loadUnaligned(as: UInt64.self))
    } else {
      word = Self.last(at: offset, of: text, count)
    }
  }

  @inline(never)
  private static func last(at offset: Int, of text: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
    var word: UInt64 = 0
    var i = offset
    while i < count {
      word |= UInt64(text[i]) << UInt64(8 &* (i &- offset))
      i &+= 1
    }
    return word
  }

  /// The first `length` bytes, up to 8 of them; zeros above them.
  @inline(__always)
  func prefix(_ length: Int) -> UInt64 { length == 8 ? word : word & ~(UInt64.max &<< UInt64(8 &* length)) }

  /// How many of the bytes, from the first on, are letters, digits or `_`.
  @inline(__always)
  var identifierLength: Int {
    // Without their highest bits, bytes are added to without a carry into the next.
    let low = word & ~Self.highBits
    let lowercase = low | Self.each(0x20)
    let letters = Self.atLeast(UInt8(ascii: "a"), lowercase) & ~Self.atLeast(UInt8(ascii: "z") + 1, lowercase)
    let digits = Self.atLeast(UInt8(ascii: "0"), low) & ~Self.atLeast(UInt8(ascii: "9") + 1, low)
    let underscores = ~Self.atLeast(1, low ^ Self.each(UInt8(ascii: "_")))
    return Self.length((letters | digits | underscores) & ~word)
  }

  /// How many of the bytes, from the first on, are spaces.
  @inline(__always)
  var spaceLength: Int {
    let difference = word ^ Self.each(UInt8(ascii: " "))
    let others = Self.atLeast(1, difference & ~Self.highBits) | difference
    return Self.length(~others)
  }

  private static let highBits: UInt64 = 0x8080_8080_8080_8080

  @inline(__always)
  private static func each(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

  /// The highest bit of each byte: whether it is at least that, where both are below 128.
  @inline(__always)
  private static func atLeast(_ least: UInt8, _ bytes: UInt64) -> UInt64 { bytes &+ each(0x80 &- least) }

  /// How many bytes, from the first on, have their highest bit set.
  @inline(__always)
  private static func length(_ bits: UInt64) -> Int { (~bits & highBits).trailingZeroBitCount >> 3 }
}
