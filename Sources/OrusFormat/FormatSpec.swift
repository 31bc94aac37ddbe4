/// How one value is laid out: what stands after the `:` of a placeholder,
/// `[[fill]align][sign][#][0][width][.precision][type]`.
///
/// A width of 0 is no width. `zero` pads numbers with zeros between the sign (and prefix) and the digits; with an
/// explicit alignment the zeros are an ordinary fill on the side that it leaves free.
@frozen
public struct FormatSpec: Equatable, Sendable {
  /// Where the value stands in its width. Without one, numbers stand right and everything else left.
  @frozen
  public enum Alignment: UInt8, CaseIterable, Sendable {
    case none, left, right, center
  }

  /// The letter that ends a spec.
  @frozen
  public enum Presentation: UInt8, CaseIterable, Sendable {
    case none
    /// `x`, `X`, `b`, `o`: an integer to base 16, 16 in capitals, 2, 8; a negative one as a sign and its magnitude.
    case hexadecimal, upperHexadecimal, binary, octal
    /// `e`: `1.500000e+03`.
    case exponent
    /// `f`: a fixed number of decimals.
    case fixed
    /// `%`: times 100, fixed decimals, and a percent sign.
    case percent

    /// The letter as written; none for `.none`.
    public var letter: Character? {
      switch self {
      case .none: nil
      case .hexadecimal: "x"
      case .upperHexadecimal: "X"
      case .binary: "b"
      case .octal: "o"
      case .exponent: "e"
      case .fixed: "f"
      case .percent: "%"
      }
    }

    /// Writes an integer to a base other than ten.
    public var isRadix: Bool {
      switch self {
      case .hexadecimal, .upperHexadecimal, .binary, .octal: true
      case .none, .exponent, .fixed, .percent: false
      }
    }
  }

  /// The largest width and the largest precision that a spec may ask for.
  public static let maximumWidth = 0xFFFF
  public static let maximumPrecision = 0xFFFE
  /// The precision of `f`, `e` and `%` where none is given.
  public static let defaultPrecision = 6

  /// A Unicode scalar; a space where none is given.
  public var fill: UInt32 = 0x20
  public var alignment = Alignment.none
  /// `+`: a sign on positive numbers too.
  public var plus = false
  /// `#`: the prefix `0x`, `0b` or `0o`.
  public var alternate = false
  public var zero = false
  /// In characters; at most `maximumWidth`.
  public var width: UInt16 = 0
  /// Digits after the point, or characters of a text; nil where none is given.
  public var precision: UInt16?
  public var presentation = Presentation.none

  /// The spec of `{}`.
  public init() {}

  /// Says nothing: the value is written as `print` writes it.
  @inlinable public var isPlain: Bool { packed == FormatSpec.plainPacked }
  /// `FormatSpec().packed`.
  public static let plainPacked: UInt64 = 0x20 | 0xFFFF << 46

  /// All of it in one word. From the low end: fill (21 bits), alignment (2), plus (1), alternate (1), zero (1),
  /// presentation (4), width (16), precision (16, `0xFFFF` for none); the top two bits are 0.
  @inlinable public var packed: UInt64 {
    var word = UInt64(fill & 0x1F_FFFF)
    word |= UInt64(alignment.rawValue) << 21
    word |= (plus ? 1 : 0) << 23
    word |= (alternate ? 1 : 0) << 24
    word |= (zero ? 1 : 0) << 25
    word |= UInt64(presentation.rawValue) << 26
    word |= UInt64(width) << 30
    word |= UInt64(precision ?? 0xFFFF) << 46
    return word
  }

  /// The spec that `packed` made this word of. Words that no spec packs to (bytecode from outside may hold them)
  /// give a valid spec too: a presentation without meaning reads as none, a fill that is no scalar as a space.
  @inlinable public init(packed word: UInt64) {
    let scalar = UInt32(truncatingIfNeeded: word) & 0x1F_FFFF
    fill = scalar > 0x10FFFF || (0xD800...0xDFFF).contains(scalar) ? 0x20 : scalar
    alignment = Alignment(rawValue: UInt8(truncatingIfNeeded: word >> 21) & 3) ?? .none
    plus = word >> 23 & 1 != 0
    alternate = word >> 24 & 1 != 0
    zero = word >> 25 & 1 != 0
    presentation = Presentation(rawValue: UInt8(truncatingIfNeeded: word >> 26) & 15) ?? .none
    width = UInt16(truncatingIfNeeded: word >> 30)
    let digits = UInt16(truncatingIfNeeded: word >> 46)
    precision = digits == 0xFFFF ? nil : digits
  }
}
