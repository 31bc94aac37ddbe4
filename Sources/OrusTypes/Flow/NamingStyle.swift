/// How names of one kind are written.
enum NamingStyle: String {
  case pascalCase = "PascalCase"
  case upperCase = "UPPER_CASE"
  case snakeCase = "snake_case"

  /// Of sets of styles.
  var bit: UInt8 {
    switch self {
    case .pascalCase: 1
    case .upperCase: 2
    case .snakeCase: 4
    }
  }

  /// Underscores at the beginning are allowed everywhere.
  func accepts(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    var begin = 0
    while begin < name.count && name[begin] == UInt8(ascii: "_") { begin += 1 }
    switch self {
    case .snakeCase:
      for i in begin..<name.count where isUpper(name[i]) { return false }
    case .upperCase:
      for i in begin..<name.count where isLower(name[i]) { return false }
    case .pascalCase:
      guard begin < name.count else { return true }
      if isLower(name[begin]) { return false }
      for i in begin..<name.count where name[i] == UInt8(ascii: "_") { return false }
    }
    return true
  }

  /// The name in this style, by its words.
  func applied(to name: String) -> String {
    let words = Self.words(name)
    switch self {
    case .snakeCase: return words.joined(separator: "_")
    case .upperCase: return words.joined(separator: "_").uppercased()
    case .pascalCase: return words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
  }

  /// In lower case: a word begins after an underscore, at a capital after a small letter, and at the last of several
  /// capitals (`HTTPServer` is `http`, `server`).
  private static func words(_ name: String) -> [String] {
    let letters = Array(name)
    var words: [String] = []
    var word = ""
    for (i, letter) in letters.enumerated() {
      if letter == "_" {
        if !word.isEmpty { words.append(word) }
        word = ""
        continue
      }
      let afterSmall = i > 0 && letter.isUppercase && !letters[i - 1].isUppercase && letters[i - 1] != "_"
      let beforeSmall =
        i > 0 && letter.isUppercase && letters[i - 1].isUppercase && i + 1 < letters.count && letters[i + 1].isLowercase
      if (afterSmall || beforeSmall) && !word.isEmpty {
        words.append(word)
        word = ""
      }
      word += letter.lowercased()
    }
    if !word.isEmpty { words.append(word) }
    return words
  }

  private func isUpper(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "A") < 26 }
  private func isLower(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "a") < 26 }
}
