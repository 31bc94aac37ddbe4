import Glibc
import OrusFormat

/// Numbers as text.
extension TextBuilder {
  mutating func append(unsigned value: UInt64) {
    reserve(20)
    var rest = value
    var length = 1
    while rest >= 10 {
      rest /= 10
      length += 1
    }
    rest = value
    var at = bytes + count + length
    repeat {
      at -= 1
      at.pointee = UInt8(truncatingIfNeeded: 48 + rest % 10)
      rest /= 10
    } while rest != 0
    count += length
  }

  mutating func append(signed value: Int64) {
    if value < 0 { append(UInt8(ascii: "-")) }
    append(unsigned: value.magnitude)
  }

  /// The shortest digits that read back as the same number, laid out as Python's repr does: an exponent from 1e16 on
  /// and below 1e-4.
  mutating func append(double value: Double) {
    if !value.isFinite {
      append(value.isNaN ? "nan" : value < 0 ? "-inf" : "inf")
      return
    }
    if value.magnitude < 1e15, let whole = Int64(exactly: value), whole != 0 || value.sign == .plus {
      append(signed: whole)
      append(".0")
      return
    }
    // Swift's description has the shortest digits; only where it begins to use an exponent differs.
    var digits: (UInt64, UInt64, UInt64) = (0, 0, 0)
    var digitCount = 0
    var pointAt: Int?
    var exponent = 0
    var text = value.description
    withUnsafeMutableBytes(of: &digits) { digits in
      text.withUTF8 { utf8 in
        var at = value.sign == .minus ? 1 : 0
        while at < utf8.count {
          let byte = utf8[at]
          at += 1
          if byte == UInt8(ascii: ".") {
            pointAt = digitCount
          } else if byte == UInt8(ascii: "e") {
            let isNegative = utf8[at] == UInt8(ascii: "-")
            at += 1
            while at < utf8.count {
              exponent = exponent * 10 + Int(utf8[at] - 48)
              at += 1
            }
            if isNegative { exponent = -exponent }
          } else if digitCount > 0 || byte != UInt8(ascii: "0") {
            if digitCount < 24 { digits[digitCount] = byte }
            digitCount += 1
          } else if pointAt != nil {
            // A zero between the point and the first digit.
            pointAt = pointAt! - 1
          }
        }
      }
      // The value is 0.d1d2d3… times ten to `scale`.
      let scale = (pointAt ?? digitCount) + exponent
      digitCount = min(digitCount, 24)
      while digitCount > 1, digits[digitCount - 1] == UInt8(ascii: "0") { digitCount -= 1 }
      let source = digits.baseAddress!.assumingMemoryBound(to: UInt8.self)
      if value.sign == .minus { append(UInt8(ascii: "-")) }
      layOut(source, max(digitCount, 0), scale: scale)
    }
  }

  private mutating func layOut(_ digits: UnsafePointer<UInt8>, _ count: Int, scale: Int) {
    if count == 0 {
      append("0.0")
    } else if scale > 16 || scale < -3 {
      append(digits[0])
      if count > 1 {
        append(UInt8(ascii: "."))
        append(digits + 1, count - 1)
      }
      let exponent = scale - 1
      append(exponent < 0 ? "e-" : "e+")
      if exponent.magnitude < 10 { append(UInt8(ascii: "0")) }
      append(unsigned: UInt64(exponent.magnitude))
    } else if scale <= 0 {
      append("0.")
      for _ in 0..<(-scale) { append(UInt8(ascii: "0")) }
      append(digits, count)
    } else {
      append(digits, min(scale, count))
      if count <= scale {
        for _ in count..<scale { append(UInt8(ascii: "0")) }
        append(".0")
      } else {
        append(UInt8(ascii: "."))
        append(digits + scale, count - scale)
      }
    }
  }

  /// `%.*f` or `%.*e` of C, which round the exact value with ties to even.
  mutating func append(magnitude: Double, precision: Int, exponent: Bool) {
    // The longest f64 has 309 digits before the point.
    let room = 330 + precision
    reserve(room)
    let written = withVaList([Int32(precision), magnitude]) { arguments in
      (exponent ? "%.*e" : "%.*f").withCString { format in
        vsnprintf(UnsafeMutableRawPointer(bytes + count).assumingMemoryBound(to: CChar.self), room, format, arguments)
      }
    }
    count += max(0, Int(written))
  }

  // MARK: With a spec

  mutating func append(integer magnitude: UInt64, isNegative: Bool, _ spec: FormatSpec) {
    switch spec.presentation {
    case .fixed, .exponent, .percent:
      appendNumber(isNegative: isNegative, prefix: "", spec) { $0.appendMagnitude(integer: magnitude, spec) }
      return
    case .none where spec.precision != nil:
      appendNumber(isNegative: isNegative, prefix: "", spec) { $0.appendMagnitude(integer: magnitude, spec) }
      return
    case .none, .hexadecimal, .upperHexadecimal, .binary, .octal: break
    }
    let prefix: StaticString
    let shift: UInt64
    switch spec.presentation {
    case .hexadecimal, .upperHexadecimal:
      prefix = "0x"
      shift = 4
    case .binary:
      prefix = "0b"
      shift = 1
    case .octal:
      prefix = "0o"
      shift = 3
    case .none, .exponent, .fixed, .percent:
      appendNumber(isNegative: isNegative, prefix: "", spec) { $0.append(unsigned: magnitude) }
      return
    }
    let letters: UInt8 = spec.presentation == .upperHexadecimal ? 55 : 87
    appendNumber(isNegative: isNegative, prefix: spec.alternate ? prefix : "", spec) { builder in
      let length = max(1, (64 - magnitude.leadingZeroBitCount + Int(shift) - 1) / Int(shift))
      builder.reserve(length)
      var rest = magnitude
      for index in (0..<length).reversed() {
        let digit = UInt8(truncatingIfNeeded: rest & (1 << shift - 1))
        builder.bytes[builder.count + index] = digit < 10 ? 48 + digit : letters + digit
        rest >>= shift
      }
      builder.count += length
    }
  }

  /// An integer in a form of fractions: its digits are exact for `f` and `%`, which a conversion to f64 would not be.
  private mutating func appendMagnitude(integer magnitude: UInt64, _ spec: FormatSpec) {
    let precision = Int(spec.precision ?? UInt16(FormatSpec.defaultPrecision))
    switch spec.presentation {
    case .exponent:
      appendExponent(integer: magnitude, precision)
    case .percent:
      append(unsigned: magnitude)
      if magnitude != 0 { append("00") }
      appendZeroDecimals(precision)
      append(UInt8(ascii: "%"))
    case .none, .fixed, .hexadecimal, .upperHexadecimal, .binary, .octal:
      append(unsigned: magnitude)
      appendZeroDecimals(precision)
    }
  }

  private mutating func appendZeroDecimals(_ precision: Int) {
    if precision == 0 { return }
    append(UInt8(ascii: "."))
    reserve(precision)
    memset(bytes + count, 48, precision)
    count += precision
  }

  private mutating func appendExponent(integer magnitude: UInt64, _ precision: Int) {
    var power: UInt64 = 1
    var exponent = 0
    while magnitude / power >= 10 {
      power *= 10
      exponent += 1
    }
    var digits = magnitude
    var kept = exponent
    if precision < exponent {
      var unit: UInt64 = 1
      for _ in 0..<(exponent - precision) { unit *= 10 }
      let (quotient, remainder) = magnitude.quotientAndRemainder(dividingBy: unit)
      let half = unit / 2
      digits = quotient + (remainder > half || remainder == half && quotient & 1 == 1 ? 1 : 0)
      kept = precision
      var limit: UInt64 = 10
      for _ in 0..<precision { limit *= 10 }
      if digits == limit {
        digits /= 10
        exponent += 1
      }
    }
    let start = count
    append(unsigned: digits)
    if precision > 0 {
      reserve(1)
      memmove(bytes + start + 2, bytes + start + 1, count - start - 1)
      bytes[start + 1] = UInt8(ascii: ".")
      count += 1
      reserve(precision - kept)
      memset(bytes + count, 48, precision - kept)
      count += precision - kept
    }
    append("e+")
    if exponent < 10 { append(UInt8(ascii: "0")) }
    append(unsigned: UInt64(exponent))
  }

  mutating func append(double value: Double, _ spec: FormatSpec) {
    if !value.isFinite {
      var plain = spec
      plain.zero = false
      appendNumber(isNegative: value.sign == .minus && !value.isNaN, prefix: "", plain) { builder in
        builder.append(value.isNaN ? "nan" : "inf")
        if spec.presentation == .percent { builder.append(UInt8(ascii: "%")) }
      }
      return
    }
    let magnitude = value.magnitude
    appendNumber(isNegative: value.sign == .minus, prefix: "", spec) { builder in
      let precision = Int(spec.precision ?? UInt16(FormatSpec.defaultPrecision))
      switch spec.presentation {
      case .exponent: builder.append(magnitude: magnitude, precision: precision, exponent: true)
      case .percent: builder.appendPercent(magnitude, precision)
      case .none where spec.precision == nil: builder.append(double: magnitude)
      case .none, .fixed, .hexadecimal, .upperHexadecimal, .binary, .octal:
        builder.append(magnitude: magnitude, precision: precision, exponent: false)
      }
    }
  }

  /// A hundred times the value, rounded once: the point of its exact digits is moved.
  private mutating func appendPercent(_ magnitude: Double, _ precision: Int) {
    let start = count
    append(magnitude: magnitude, precision: precision + 2, exponent: false)
    var point = start
    while bytes[point] != UInt8(ascii: ".") { point += 1 }
    bytes[point] = bytes[point + 1]
    bytes[point + 1] = bytes[point + 2]
    if precision == 0 {
      count = point + 2
    } else {
      bytes[point + 2] = UInt8(ascii: ".")
    }
    var zeros = 0
    while bytes[start + zeros] == 48, start + zeros < point + 1 { zeros += 1 }
    memmove(bytes + start, bytes + start + zeros, count - start - zeros)
    count -= zeros
    append(UInt8(ascii: "%"))
  }

  /// Sign, prefix and digits, padded to the width.
  private mutating func appendNumber(
    isNegative: Bool, prefix: StaticString, _ spec: FormatSpec, _ digits: (inout TextBuilder) -> Void
  ) {
    let start = count
    if isNegative {
      append(UInt8(ascii: "-"))
    } else if spec.plus {
      append(UInt8(ascii: "+"))
    }
    append(prefix)
    let digitStart = count
    digits(&self)
    let width = Int(spec.width)
    if spec.zero, spec.alignment == .none, count - start < width {
      let zeros = width - (count - start)
      reserve(zeros)
      memmove(bytes + digitStart + zeros, bytes + digitStart, count - digitStart)
      memset(bytes + digitStart, 48, zeros)
      count += zeros
      return
    }
    var spec = spec
    if spec.zero { spec.fill = 48 }
    pad(from: start, spec, otherwise: .right)
  }

  /// Pads what stands from `start` on to the width of the spec.
  mutating func pad(from start: Int, _ spec: FormatSpec, otherwise alignment: FormatSpec.Alignment) {
    let missing = Int(spec.width) - countCharacters(bytes + start, count - start)
    if missing <= 0 { return }
    let left: Int
    switch spec.alignment == .none ? alignment : spec.alignment {
    case .right: left = missing
    case .center: left = missing / 2
    case .left, .none: left = 0
    }
    var fill: UInt32 = 0
    let fillLength = withUnsafeMutableBytes(of: &fill) {
      encodeUTF8(spec.fill, to: $0.baseAddress!.assumingMemoryBound(to: UInt8.self))
    }
    reserve(missing * fillLength)
    memmove(bytes + start + left * fillLength, bytes + start, count - start)
    withUnsafeBytes(of: &fill) { unit in
      for index in 0..<left { memcpy(bytes + start + index * fillLength, unit.baseAddress!, fillLength) }
      let end = count + left * fillLength
      for index in 0..<(missing - left) { memcpy(bytes + end + index * fillLength, unit.baseAddress!, fillLength) }
    }
    count += missing * fillLength
  }
}
