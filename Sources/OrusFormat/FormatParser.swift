/// One piece of a format: bytes to be written as they are, or a placeholder.
@frozen
public struct FormatPiece: Equatable, Sendable {
  /// Byte offsets in the format. Of a placeholder, from its `{` to after its `}`.
  public let start: UInt32
  public let end: UInt32
  /// The argument that a placeholder takes, from 0; -1 for text.
  public let argument: Int32
  /// Where a placeholder's spec begins; its `}` where it has none. 0 for text.
  public let specStart: UInt32
  /// A placeholder's `FormatSpec.packed`; 0 for text.
  public let packedSpec: UInt64

  @inlinable public var isText: Bool { argument < 0 }
  @inlinable public var spec: FormatSpec { FormatSpec(packed: packedSpec) }

  @usableFromInline
  init(start: Int, end: Int, argument: Int32, specStart: Int, packedSpec: UInt64) {
    self.start = UInt32(start)
    self.end = UInt32(end)
    self.argument = argument
    self.specStart = UInt32(specStart)
    self.packedSpec = packedSpec
  }
}

/// The pieces of a format, in order. Texts are not empty; a doubled brace ends
/// one text with its first brace and the next begins after its second, so every
/// text is a plain range of the format's bytes.
public struct ParsedFormat: Sendable {
  public private(set) var pieces: [FormatPiece] = []
  public private(set) var placeholderCount = 0
  /// How many arguments the placeholders take: one more than the largest position.
  public private(set) var argumentCount = 0
  /// What stopped the parser; the pieces before it are kept.
  public private(set) var error: FormatError?

  /// Parses a format. `{}` takes the next argument, counting only such placeholders; `{n}` takes argument n.
  public init(_ format: UnsafeBufferPointer<UInt8>) {
    var textStart = 0
    var at = 0
    var next: Int32 = 0
    while at < format.count {
      let byte = format[at]
      guard byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") else {
        at += 1
        continue
      }
      if at + 1 < format.count && format[at + 1] == byte {
        appendText(textStart, at + 1)
        at += 2
        textStart = at
        continue
      }
      appendText(textStart, at)
      guard byte == UInt8(ascii: "{") else {
        error = FormatError(.unmatchedClosingBrace, start: at, end: at + 1)
        return
      }
      guard let end = appendPlaceholder(format, at, &next) else { return }
      at = end
      textStart = end
    }
    appendText(textStart, at)
  }

  /// The first of `count` arguments that no placeholder takes, or nil.
  public func firstUnusedArgument(of count: Int) -> Int? {
    var used = Array(repeating: false, count: count)
    for piece in pieces where !piece.isText && Int(piece.argument) < count { used[Int(piece.argument)] = true }
    return used.firstIndex(of: false)
  }

  private mutating func appendText(_ start: Int, _ end: Int) {
    guard start < end else { return }
    pieces.append(FormatPiece(start: start, end: end, argument: -1, specStart: 0, packedSpec: 0))
  }

  /// Reads the placeholder whose `{` is at `open`. Returns the offset after its `}`, or nil after an error.
  private mutating func appendPlaceholder(
    _ format: UnsafeBufferPointer<UInt8>, _ open: Int, _ next: inout Int32
  ) -> Int? {
    var close = open + 1
    while close < format.count && format[close] != UInt8(ascii: "}") { close += 1 }
    guard close < format.count else {
      error = FormatError(.unclosedPlaceholder, start: open, end: open + 1)
      return nil
    }
    var at = open + 1
    var argument = 0
    while at < close, let digit = format.digit(at) {
      argument = min(argument * 10 + digit, Int(UInt16.max))
      at += 1
    }
    let position = open + 1..<at
    guard at == close || format[at] == UInt8(ascii: ":") else {
      var end = at
      while end < close && format[end] != UInt8(ascii: ":") { end += 1 }
      error = FormatError(.namedPlaceholder, start: open + 1, end: end)
      return nil
    }
    guard argument < Int(UInt16.max) else {
      error = FormatError(.positionTooLarge, start: position.lowerBound, end: position.upperBound)
      return nil
    }
    if position.isEmpty {
      argument = Int(next)
      next += 1
    }
    let specStart = at == close ? close : at + 1
    var spec = FormatSpec()
    if let wrong = spec.parse(format, specStart..<close) {
      error = wrong
      return nil
    }
    placeholderCount += 1
    argumentCount = max(argumentCount, argument + 1)
    pieces.append(
      FormatPiece(
        start: open, end: close + 1, argument: Int32(argument), specStart: specStart, packedSpec: spec.packed))
    return close + 1
  }
}

extension FormatSpec {
  /// Reads a spec (what stands between the `:` and the `}`) into self. Returns what is wrong with it, if anything.
  public mutating func parse(_ text: UnsafeBufferPointer<UInt8>) -> FormatError? { parse(text, 0..<text.count) }

  mutating func parse(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> FormatError? {
    var at = range.lowerBound
    let end = range.upperBound
    guard at < end else { return nil }

    let (scalar, length) = text.scalar(at, end)
    if at + length < end, let alignment = Alignment(text[at + length]) {
      if text[at] == UInt8(ascii: "{") { return FormatError(.nestedPlaceholder, start: at, end: at + 1) }
      fill = scalar
      self.alignment = alignment
      at += length + 1
    } else if let alignment = Alignment(text[at]) {
      self.alignment = alignment
      at += 1
    }
    if at < end && text[at] == UInt8(ascii: "+") {
      plus = true
      at += 1
    }
    if at < end && text[at] == UInt8(ascii: "#") {
      alternate = true
      at += 1
    }
    if at < end && text[at] == UInt8(ascii: "0") {
      zero = true
      at += 1
    }
    let widthStart = at
    var number = 0
    while at < end, let digit = text.digit(at) {
      number = min(number * 10 + digit, FormatSpec.maximumWidth + 1)
      at += 1
    }
    guard number <= FormatSpec.maximumWidth else { return FormatError(.widthTooLarge, start: widthStart, end: at) }
    width = UInt16(number)
    if at < end && text[at] == UInt8(ascii: ".") {
      let point = at
      at += 1
      number = 0
      while at < end, let digit = text.digit(at) {
        number = min(number * 10 + digit, FormatSpec.maximumPrecision + 1)
        at += 1
      }
      guard at > point + 1 else { return FormatError(.missingPrecision, start: point, end: at) }
      guard number <= FormatSpec.maximumPrecision else {
        return FormatError(.precisionTooLarge, start: point + 1, end: at)
      }
      precision = UInt16(number)
    }
    if at < end, let presentation = Presentation(text[at]) {
      self.presentation = presentation
      at += 1
    }
    guard at < end else { return nil }
    if text[at] == UInt8(ascii: "{") { return FormatError(.nestedPlaceholder, start: at, end: at + 1) }
    return FormatError(.unexpectedCharacter, start: at, end: at + text.scalar(at, end).length)
  }
}

extension FormatSpec.Alignment {
  init?(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "<"): self = .left
    case UInt8(ascii: ">"): self = .right
    case UInt8(ascii: "^"): self = .center
    default: return nil
    }
  }
}

extension FormatSpec.Presentation {
  init?(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "x"): self = .hexadecimal
    case UInt8(ascii: "X"): self = .upperHexadecimal
    case UInt8(ascii: "b"): self = .binary
    case UInt8(ascii: "o"): self = .octal
    case UInt8(ascii: "e"): self = .exponent
    case UInt8(ascii: "f"): self = .fixed
    case UInt8(ascii: "%"): self = .percent
    default: return nil
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The value of the decimal digit at an offset, nil if another character stands there.
  fileprivate func digit(_ at: Int) -> Int? {
    let value = self[at] &- UInt8(ascii: "0")
    return value < 10 ? Int(value) : nil
  }

  /// The scalar at an offset and its length in bytes. The text is valid UTF-8, being an Orus string or source; a
  /// sequence cut off by `end` counts as one byte.
  fileprivate func scalar(_ at: Int, _ end: Int) -> (value: UInt32, length: Int) {
    let first = UInt32(self[at])
    let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    guard length > 1, at + length <= end else { return (first, 1) }
    var value = first & (0x7F >> UInt32(length))
    for i in 1..<length { value = value << 6 | UInt32(self[at + i] & 0x3F) }
    return (value, length)
  }
}
