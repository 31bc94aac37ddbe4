/// What the payload of a literal's token says.
struct Literals: ~Copyable {
  var integers = Buffer<UInt64>(capacity: 256)
  var floats = Buffer<Double>(capacity: 64)
  /// Strings whose text as a format differs from their text: the two symbols.
  var braced = Buffer<(text: UInt32, format: UInt32)>(capacity: 16)

  private static let suffixShift: UInt32 = 29
  private static let bracedBit: UInt32 = 1 << 31

  /// The payload of an integer: its index and its suffix.
  mutating func add(integer: UInt64, suffix: NumericSuffix) -> UInt32 {
    integers.append(integer)
    return UInt32(integers.count - 1) | UInt32(suffix.rawValue) << Self.suffixShift
  }

  static func integer(_ payload: UInt32) -> (index: UInt32, suffix: NumericSuffix) {
    (payload & (1 << suffixShift - 1), NumericSuffix(rawValue: UInt8(payload >> suffixShift)) ?? .none)
  }

  mutating func add(float: Double) -> UInt32 {
    floats.append(float)
    return UInt32(floats.count - 1)
  }

  mutating func add(text: Symbol, format: Symbol) -> UInt32 {
    braced.append((text.index, format.index))
    return UInt32(braced.count - 1) | Self.bracedBit
  }

  /// Symbol of a string's text, and symbol + 1 of its text as a format where that differs, or 0.
  func text(_ payload: UInt32) -> (symbol: UInt32, format: UInt32) {
    guard payload & Self.bracedBit != 0 else { return (payload, 0) }
    let pair = braced[Int(payload & ~Self.bracedBit)]
    return (pair.text, pair.format + 1)
  }
}
