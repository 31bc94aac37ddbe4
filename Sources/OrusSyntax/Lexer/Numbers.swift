import OrusDiagnostics

/// Numbers: digits with `_` between them, a base prefix, a fraction and exponent,
/// a suffix.
extension Lexer {
  mutating func lexNumber() {
    let start = at
    if afterDot {
      // `t.0.1` is two tuple fields, not a fraction.
      let (value, overflows) = readDigits(base: 10)
      return finishInteger(from: start, value: value, overflows: overflows, allowsSuffix: false)
    }
    if source[start] == UInt8(ascii: "0") {
      switch peek(1) {
      case UInt8(ascii: "x"), UInt8(ascii: "X"): return lexPrefixed(base: 16, name: "hexadecimal")
      case UInt8(ascii: "o"), UInt8(ascii: "O"): return lexPrefixed(base: 8, name: "octal")
      case UInt8(ascii: "b"), UInt8(ascii: "B"): return lexPrefixed(base: 2, name: "binary")
      default: break
      }
    }
    let (value, overflows) = readDigits(base: 10)
    var isFloat = false
    if peek() == UInt8(ascii: "."), isDigit(peek(1)) {
      isFloat = true
      at += 1
      _ = readDigits(base: 10)
    }
    if peek() | 0x20 == UInt8(ascii: "e") {
      let sign = peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-") ? 1 : 0
      if isDigit(peek(1 + sign)) {
        isFloat = true
        at += 1 + sign
        _ = readDigits(base: 10)
      }
    }
    isFloat ? finishFloat(from: start) : finishInteger(from: start, value: value, overflows: overflows)
  }

  /// The token before stands directly here and is a `.`.
  private var afterDot: Bool {
    let last = tokens.table.count - 1
    return last >= 0 && tokens.table.kinds[last] == .dot && Int(tokens.table.ends[last]) == at
  }

  private func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

  private func digitValue(_ byte: UInt8) -> UInt64 {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A") + 10)
    default: 99
    }
  }

  private mutating func readDigits(base: UInt64) -> (value: UInt64, overflows: Bool) {
    var value: UInt64 = 0
    var overflows = false
    while at < count {
      let byte = source[at]
      if byte == UInt8(ascii: "_") {
        at += 1
        continue
      }
      let digit = digitValue(byte)
      if digit >= base { break }
      let (product, tooLarge) = value.multipliedReportingOverflow(by: base)
      let (sum, carry) = product.addingReportingOverflow(digit)
      value = sum
      if tooLarge || carry { overflows = true }
      at += 1
    }
    return (value, overflows)
  }

  private mutating func lexPrefixed(base: UInt64, name: String) {
    let start = at
    at += 2
    let digits = at
    let (value, overflows) = readDigits(base: base)
    let hasDigits = (digits..<at).contains { source[$0] != UInt8(ascii: "_") }
    if isDigit(peek()) {
      let wrong = at
      skipWord()
      report(Message.wrongDigit(at: span(wrong, wrong + 1), number: span(start, at), base: name))
      return emit(.invalid, from: start)
    }
    if !hasDigits {
      skipWord()
      report(Message.numberWithoutDigits(at: span(start, at), prefix: text(start, digits), base: name))
      return emit(.invalid, from: start)
    }
    finishInteger(from: start, value: value, overflows: overflows, isDecimal: false)
  }

  private mutating func skipWord() {
    while at < count && (source[at] == UInt8(ascii: "_") || isLetterOrDigit(source[at])) { at += 1 }
  }

  /// The suffix at the current position, which it moves past; nil for one that does not exist.
  private mutating func readSuffix() -> NumericSuffix? {
    let start = at
    skipWord()
    switch text(start, at) {
    case "": return NumericSuffix.none
    case "i32": return .i32
    case "i64": return .i64
    case "u32": return .u32
    case "u64": return .u64
    case "f64": return .f64
    case "u": return .u
    default: return nil
    }
  }

  private mutating func finishInteger(
    from start: Int, value: UInt64, overflows: Bool, allowsSuffix: Bool = true, isDecimal: Bool = true
  ) {
    let end = at
    var suffix = NumericSuffix.none
    if at < count && (isLetterOrDigit(source[at]) || source[at] == UInt8(ascii: "_") || source[at] >= 0x80) {
      guard allowsSuffix, source[at] < 0x80, let read = readSuffix() else {
        if at == end { skipWord() }
        let written = text(end, at)
        report(
          written == "e" || written == "E"
            ? Message.exponentWithoutDigits(at: span(start, at))
            : Message.badSuffix(suffix: span(end, at), number: text(start, end), written: written))
        return emit(.invalid, from: start)
      }
      suffix = read
    }
    if overflows {
      if suffix == .f64 && isDecimal { return finishFloat(from: start, digitsEnd: end) }
      report(Message.integerTooLarge(at: span(start, at)))
      return emit(.invalid, from: start)
    }
    emit(.integer, from: start, payload: literals.add(integer: value, suffix: suffix))
  }

  private mutating func finishFloat(from start: Int, digitsEnd: Int? = nil) {
    let end = digitsEnd ?? at
    if digitsEnd == nil, at < count, isLetterOrDigit(source[at]) || source[at] >= 0x80 {
      let suffix = readSuffix()
      if suffix != .f64 {
        report(
          suffix == nil || suffix == NumericSuffix.none
            ? Message.badSuffix(suffix: span(end, max(at, end + 1)), number: text(start, end), written: text(end, at))
            : Message.integerSuffixOnFloat(suffix: span(end, at), number: text(start, end), written: text(end, at)))
        return emit(.invalid, from: start)
      }
    }
    let value = shortFloat(from: start, to: end) ?? Double(text(start, end).filter { $0 != "_" })
    guard let value, value.isFinite else {
      report(Message.floatTooLarge(at: span(start, at)))
      return emit(.invalid, from: start)
    }
    emit(.float, from: start, payload: literals.add(float: value))
  }

  /// The value of a literal without an exponent whose digits make an integer that a float holds exactly: then the one
  /// division by a power of ten, which is exact too, rounds correctly (Clinger 1990).
  private func shortFloat(from start: Int, to end: Int) -> Double? {
    var digits: UInt64 = 0
    var places: Int?
    for i in start..<end {
      switch source[i] {
      case UInt8(ascii: "_"): continue
      case UInt8(ascii: "."): places = 0
      case let digit where digit &- UInt8(ascii: "0") < 10:
        digits = digits * 10 + UInt64(digit - UInt8(ascii: "0"))
        if digits > 1 << 53 { return nil }
        if let known = places { places = known + 1 }
      default: return nil
      }
    }
    let scale = places ?? 0
    return scale < Self.powersOfTen.count ? Double(digits) / Self.powersOfTen[scale] : nil
  }

  private static let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]
}
