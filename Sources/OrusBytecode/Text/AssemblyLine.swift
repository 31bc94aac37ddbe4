/// Why a text is no program.
public struct AssemblyError: Error, Hashable, Sendable, CustomStringConvertible {
  /// From 1.
  public let line: Int
  public let reason: String
  public var description: String { "line \(line): \(reason)" }
}

/// One line of the text form, taken apart from left to right.
struct AssemblyLine {
  let number: Int
  private let text: ArraySlice<UInt8>
  private var at: Int

  init(_ text: ArraySlice<UInt8>, number: Int) {
    self.text = text
    self.number = number
    at = text.startIndex
  }

  func fail(_ reason: String) -> AssemblyError { AssemblyError(line: number, reason: reason) }

  private mutating func skipSpaces() {
    while at < text.endIndex, isSpace(text[at]) { at += 1 }
  }

  private func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
  }

  /// Nothing but a comment is left.
  mutating func isAtEnd() -> Bool {
    skipSpaces()
    return at == text.endIndex || text[at] == UInt8(ascii: ";")
  }

  mutating func expectEnd() throws(AssemblyError) {
    if !isAtEnd() { throw fail("more than belongs here: `\(rest)`") }
  }

  private var rest: String { String(decoding: text[at...].prefix(30), as: UTF8.self) }

  /// The next sign, if it is this one.
  mutating func take(_ sign: Character) -> Bool {
    skipSpaces()
    guard at < text.endIndex, text[at] == sign.asciiValue else { return false }
    at += 1
    return true
  }

  /// Letters, digits and `_`.
  mutating func name() throws(AssemblyError) -> String {
    skipSpaces()
    let start = at
    while at < text.endIndex, isNamePart(text[at]) { at += 1 }
    guard start < at else { throw fail("a name is missing before `\(rest)`") }
    return String(decoding: text[start..<at], as: UTF8.self)
  }

  /// The next name, if it is this one.
  mutating func take(word: String) -> Bool {
    let start = at
    if let found = try? name(), found == word { return true }
    at = start
    return false
  }

  private func isNamePart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  /// A whole number, with a sign perhaps, behind `sigil` (none for nil).
  mutating func number(_ sigil: Character? = nil, in range: ClosedRange<Int>) throws(AssemblyError) -> Int {
    skipSpaces()
    let start = at
    if let sigil, !take(sigil) { throw fail("`\(sigil)` and a number are missing before `\(rest)`") }
    let isNegative = at < text.endIndex && text[at] == UInt8(ascii: "-")
    if at < text.endIndex, isNegative || text[at] == UInt8(ascii: "+") { at += 1 }
    let first = at
    var value = 0
    while at < text.endIndex, text[at] >= UInt8(ascii: "0"), text[at] <= UInt8(ascii: "9"), value < 1 << 40 {
      value = value * 10 + Int(text[at] - UInt8(ascii: "0"))
      at += 1
    }
    guard first < at else {
      at = start
      throw fail("a number is missing before `\(rest)`")
    }
    if isNegative { value = -value }
    guard range.contains(value) else { throw fail("\(value) is not from \(range.lowerBound) to \(range.upperBound)") }
    return value
  }

  mutating func index(_ sigil: Character? = nil) throws(AssemblyError) -> UInt32 {
    UInt32(try number(sigil, in: 0...Int(UInt32.max)))
  }

  /// Whether the next sign is this one, which is left.
  mutating func isNext(_ sign: Character) -> Bool {
    skipSpaces()
    return at < text.endIndex && text[at] == sign.asciiValue
  }

  /// What `quoted` wrote.
  mutating func bytes() throws(AssemblyError) -> [UInt8] {
    guard take("\"") else { throw fail("a text in quotes is missing before `\(rest)`") }
    var bytes: [UInt8] = []
    while at < text.endIndex {
      let byte = text[at]
      at += 1
      switch byte {
      case UInt8(ascii: "\""): return bytes
      case UInt8(ascii: "\\"): bytes.append(try escaped())
      default: bytes.append(byte)
      }
    }
    throw fail("the quotes are not closed")
  }

  private mutating func escaped() throws(AssemblyError) -> UInt8 {
    guard at < text.endIndex else { throw fail("the quotes are not closed") }
    let byte = text[at]
    at += 1
    switch byte {
    case UInt8(ascii: "n"): return 10
    case UInt8(ascii: "\\"), UInt8(ascii: "\""): return byte
    case UInt8(ascii: "x"):
      guard at + 2 <= text.endIndex, let value = UInt8(String(decoding: text[at..<at + 2], as: UTF8.self), radix: 16)
      else { throw fail("`\\x` takes two hexadecimal digits") }
      at += 2
      return value
    default: throw fail("there is no such escape")
    }
  }
}
