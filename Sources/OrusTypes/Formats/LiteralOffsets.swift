/// Where the bytes of a string literal's value stand in the source. An escape
/// is several bytes of source for one of text; `\{` and `\}` are doubled braces
/// in a format.
struct LiteralOffsets {
  private let source: UnsafeBufferPointer<UInt8>
  private let start: Int
  private let end: Int

  /// `start..<end`: the literal with its prefix and quotes. Nil for the kinds whose text is not the source's bytes and
  /// escapes in order (`"""`, whose lines lose their indentation).
  init?(_ source: UnsafeBufferPointer<UInt8>, start: Int, end: Int) {
    guard start < end, end <= source.count else { return nil }
    var at = start
    let isRaw = source[at] == UInt8(ascii: "r")
    if isRaw { at += 1 }
    guard at < end, source[at] == UInt8(ascii: "\"") else { return nil }
    let isTriple = end - at >= 6 && source[at + 1] == UInt8(ascii: "\"") && source[at + 2] == UInt8(ascii: "\"")
    if isTriple { return nil }
    self.source = source
    self.start = at + 1
    self.end = end - 1
    self.isRaw = isRaw
  }

  private let isRaw: Bool

  /// The source offset of each of some text offsets, which must ascend.
  func offsets(of wanted: [Int]) -> [Int] {
    var result: [Int] = []
    var at = start
    var text = 0
    for offset in wanted {
      while at < end && text < offset {
        let (length, produced) = isRaw ? (1, 1) : unit(at)
        at += length
        text += produced
      }
      result.append(min(at, end))
    }
    return result
  }

  /// The length of the character or escape at an offset, and of what it stands for.
  private func unit(_ at: Int) -> (length: Int, produced: Int) {
    guard source[at] == UInt8(ascii: "\\"), at + 1 < end else { return (1, 1) }
    switch source[at + 1] {
    case UInt8(ascii: "{"), UInt8(ascii: "}"): return (2, 2)
    case UInt8(ascii: "x"): return (4, 1)
    case UInt8(ascii: "u"):
      var close = at + 2
      var value: UInt32 = 0
      while close < end && source[close] != UInt8(ascii: "}") {
        if let digit = Character(Unicode.Scalar(source[close])).hexDigitValue {
          value = value &* 16 &+ UInt32(digit)
        }
        close += 1
      }
      let length = value < 0x80 ? 1 : value < 0x800 ? 2 : value < 0x10000 ? 3 : 4
      return (close + 1 - at, length)
    default: return (2, 1)
    }
  }
}
