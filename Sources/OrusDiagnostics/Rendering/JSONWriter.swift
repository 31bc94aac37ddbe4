/// Writes JSON text piece by piece. Commas are its business, matching what is
/// opened and closed is the caller's.
struct JSONWriter {
  private(set) var text = ""
  private var needsComma = false

  mutating func object(_ body: (inout JSONWriter) -> Void) {
    open("{")
    body(&self)
    close("}")
  }

  mutating func array<S: Sequence>(_ elements: S, _ body: (inout JSONWriter, S.Element) -> Void) {
    open("[")
    for element in elements { body(&self, element) }
    close("]")
  }

  mutating func key(_ name: String) {
    comma()
    quoted(name)
    text += ":"
    needsComma = false
  }

  mutating func value(_ string: String) {
    comma()
    quoted(string)
    needsComma = true
  }

  mutating func value(_ number: Int) {
    comma()
    text += String(number)
    needsComma = true
  }

  mutating func field(_ name: String, _ string: String) {
    key(name)
    value(string)
  }

  mutating func field(_ name: String, _ number: Int) {
    key(name)
    value(number)
  }

  private mutating func comma() {
    if needsComma { text += "," }
  }

  private mutating func open(_ bracket: String) {
    comma()
    text += bracket
    needsComma = false
  }

  private mutating func close(_ bracket: String) {
    text += bracket
    needsComma = true
  }

  private mutating func quoted(_ string: String) {
    text += "\""
    defer { text += "\"" }
    if string.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C }) {
      text += string
      return
    }
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{0}"..<" ", "\u{7F}", "\u{2028}", "\u{2029}":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
}
