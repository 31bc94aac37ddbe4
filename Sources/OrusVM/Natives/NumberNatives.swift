import Glibc
import OrusBytecode

/// What reading an integer finds.
private enum IntegerText {
  case none
  case value(Int64)
  /// Digits, but more than fit.
  case tooLarge
}

extension NativeCall {
  // MARK: Powers

  func power(bits: Int, isSigned: Bool) -> Bool {
    var exponent = s[1]
    if exponent < 0 { return vm.panic(.size, "the exponent \(exponent) is negative") }
    let name = "\(isSigned ? "i" : "u")\(bits)"
    if isSigned {
      var (result, base): (Int64, Int64) = (1, s[0])
      var overflows = false
      while exponent > 0, !overflows {
        if exponent & 1 == 1 {
          let (product, overflow) = result.multipliedReportingOverflow(by: base)
          overflows = overflow || bits == 32 && Int64(Int32(truncatingIfNeeded: product)) != product
          result = product
        }
        exponent >>= 1
        if exponent > 0 {
          let (square, overflow) = base.multipliedReportingOverflow(by: base)
          // A base that overflows is used at least once more; for i32 it is kept exact in 64 bits.
          overflows = overflows || overflow || bits == 32 && square > 1 << 40
          base = square
        }
      }
      if overflows { return vm.panic(.overflow, "`\(s[0]).pow(\(s[1]))` does not fit in `\(name)`") }
      s[0] = result
      return true
    }
    var (result, base): (UInt64, UInt64) = (1, UInt64(bitPattern: s[0]))
    var overflows = false
    while exponent > 0, !overflows {
      if exponent & 1 == 1 {
        let (product, overflow) = result.multipliedReportingOverflow(by: base)
        overflows = overflow || bits == 32 && product > UInt64(UInt32.max)
        result = product
      }
      exponent >>= 1
      if exponent > 0 {
        let (square, overflow) = base.multipliedReportingOverflow(by: base)
        overflows = overflows || overflow
        base = square
      }
    }
    if overflows {
      return vm.panic(.overflow, "`\(UInt64(bitPattern: s[0])).pow(\(s[1]))` does not fit in `\(name)`")
    }
    s[0] = Int64(bitPattern: result)
    return true
  }

  // MARK: Reading numbers

  /// A sign, then decimal digits.
  private func readInteger() -> IntegerText {
    let bytes = textBytes
    var at = 0
    let isNegative = length > 0 && bytes[0] == UInt8(ascii: "-")
    if isNegative || length > 0 && bytes[0] == UInt8(ascii: "+") { at = 1 }
    if at == length { return .none }
    var value: Int64 = 0
    var overflows = false
    while at < length {
      let digit = bytes[at] &- 48
      if digit > 9 { return .none }
      let (product, first) = value.multipliedReportingOverflow(by: 10)
      let (sum, second) = product.subtractingReportingOverflow(Int64(digit))
      overflows = overflows || first || second
      value = sum
      at += 1
    }
    if overflows || !isNegative && value == .min { return .tooLarge }
    return .value(isNegative ? value : -value)
  }

  /// A sign, digits with a point among or before or after them, an exponent; or `inf`, `nan`.
  private func readFloat() -> Double? {
    let bytes = textBytes
    var at = 0
    if length > 0, bytes[0] == UInt8(ascii: "-") || bytes[0] == UInt8(ascii: "+") { at = 1 }
    let name = length - at == 3 ? (bytes[at], bytes[at + 1], bytes[at + 2]) : (0, 0, 0)
    let isNegative = at == 1 && bytes[0] == UInt8(ascii: "-")
    if name == (UInt8(ascii: "i"), UInt8(ascii: "n"), UInt8(ascii: "f")) {
      return isNegative ? -.infinity : .infinity
    }
    if name == (UInt8(ascii: "n"), UInt8(ascii: "a"), UInt8(ascii: "n")) { return .nan }
    var digits = 0
    while at < length, bytes[at] &- 48 < 10 {
      at += 1
      digits += 1
    }
    if at < length, bytes[at] == UInt8(ascii: ".") {
      at += 1
      while at < length, bytes[at] &- 48 < 10 {
        at += 1
        digits += 1
      }
    }
    if digits == 0 { return nil }
    if at < length, bytes[at] | 32 == UInt8(ascii: "e") {
      at += 1
      if at < length, bytes[at] == UInt8(ascii: "-") || bytes[at] == UInt8(ascii: "+") { at += 1 }
      let start = at
      while at < length, bytes[at] &- 48 < 10 { at += 1 }
      if at == start { return nil }
    }
    if at != length { return nil }
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: length + 1) { buffer in
      memcpy(buffer.baseAddress!, bytes, length)
      buffer[length] = 0
      return strtod(buffer.baseAddress!, nil)
    }
  }

  func stringIsInteger() -> Bool {
    guard vm.flatten(r) else { return false }
    if case .none = readInteger() { return give(false) }
    return give(true)
  }

  func stringToInteger() -> Bool {
    guard vm.flatten(r) else { return false }
    guard case .value(let value) = readInteger() else { return giveNone() }
    return giveSome(value)
  }

  func stringToFloat() -> Bool {
    guard vm.flatten(r) else { return false }
    guard let value = readFloat() else { return giveNone() }
    return giveSome(Int64(bitPattern: value.bitPattern))
  }

  func integerOfString() -> Bool {
    guard vm.flatten(r) else { return false }
    switch readInteger() {
    case .none: return vm.panic(.notANumber, "\(quoted) is no integer")
    case .tooLarge: return vm.panic(.overflow, "\(quoted) does not fit in `i32`")
    case .value(let value): return integerOf(value, quoted)
    }
  }

  /// The text as a message shows it: at most 40 characters.
  private var quoted: String {
    let text = vm.swiftString(r[0])
    let start = String(String.UnicodeScalarView(text.unicodeScalars.prefix(40)))
    let shown = start.utf8.count < text.utf8.count ? start + "…" : text
    return "\"\(shown)\""
  }

  func integerOf(_ value: Int64, _ shown: @autoclosure () -> String) -> Bool {
    if Int64(Int32(truncatingIfNeeded: value)) != value {
      return vm.panic(.overflow, "\(shown()) does not fit in `i32`")
    }
    s[0] = value
    return true
  }

  func integerOfFloat() -> Bool {
    let value = float(0).rounded(.towardZero)
    if !(value >= -2147483648 && value <= 2147483647) {
      return vm.panic(.overflow, "\(float(0)) does not fit in `i32`")
    }
    s[0] = Int64(value)
    return true
  }

  func floatOfString() -> Bool {
    guard vm.flatten(r) else { return false }
    guard let value = readFloat() else { return vm.panic(.notANumber, "\(quoted) is no number") }
    return give(value)
  }

  // MARK: Ranges: start, end, step, inclusive

  func rangeContains() -> Bool {
    let range = r[0].unsafelyUnwrapped
    let isUnsigned = vm.types[Int(parameter(1))].kind == .u64
    guard let count = rangeCount(range, isUnsigned) else { return false }
    if count == 0 { return give(false) }
    let (start, step) = (range.words[0], range.words[2])
    let (x, first) = isUnsigned
      ? (Int128(UInt64(bitPattern: s[0])), Int128(UInt64(bitPattern: start))) : (Int128(s[0]), Int128(start))
    let stride = isUnsigned ? Int128(UInt64(bitPattern: step)) : Int128(step)
    let distance = x - first
    if distance % stride != 0 { return give(false) }
    let place = distance / stride
    return give(place >= 0 && place < count)
  }

  func rangeLength() -> Bool {
    let element = vm.types[Int(parameter(0))].elements[0]
    guard let count = rangeCount(r[0].unsafelyUnwrapped, vm.types[Int(element)].kind == .u64) else { return false }
    if count > Int128(Int32.max) { return vm.panic(.size, "the range has \(count) values") }
    return give(Int(count))
  }

  /// The value at the position s[0].
  func rangeValue() -> Bool {
    let range = r[0].unsafelyUnwrapped
    let element = vm.types[Int(parameter(0))].elements[0]
    guard let count = rangeCount(range, vm.types[Int(element)].kind == .u64) else { return false }
    let position = s[0]
    if position < 0 || Int128(position) >= count { return giveNone() }
    // Between the start and the end, whatever the product's upper bits.
    return giveSome(range.words[0] &+ position &* range.words[2])
  }

  /// The values that a range runs through; nil after E0005.
  private func rangeCount(_ range: UnsafeMutableRawPointer, _ isUnsigned: Bool) -> Int128? {
    func wide(_ word: Int) -> Int128 {
      isUnsigned ? Int128(UInt64(bitPattern: range.words[word])) : Int128(range.words[word])
    }
    let (start, end, step) = (wide(0), wide(1), wide(2))
    if step == 0 {
      _ = vm.panic(.rangeStep, "the step of a range is 0")
      return nil
    }
    let isInclusive = range.words[3] != 0
    let distance = step > 0 ? end - start : start - end
    if distance < 0 || distance == 0 && !isInclusive { return 0 }
    let magnitude = step > 0 ? step : -step
    return isInclusive ? distance / magnitude + 1 : (distance + magnitude - 1) / magnitude
  }
}
