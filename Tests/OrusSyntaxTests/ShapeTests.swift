import Testing

/// What binds tighter, and on which side: an expression in full brackets reads as the same tree.
struct ShapeTests {
  @Test(arguments: [
    ("-a.b(c)[d]", "-(((a.b)(c))[d])"), ("-a as i64", "(-a) as i64"), ("a * b as i64", "a * (b as i64)"),
    ("a - b - c", "(a - b) - c"), ("a + b * c", "a + (b * c)"), ("a &+ b &* c", "a &+ (b &* c)"),
    ("a << b + c", "a << (b + c)"), ("a & b << c", "a & (b << c)"), ("a ^ b & c", "a ^ (b & c)"),
    ("a | b ^ c", "a | (b ^ c)"), ("a == b | c", "a == (b | c)"), ("a in b..c", "a in (b..c)"),
    ("a..b + c", "a..(b + c)"), ("not a == b", "not (a == b)"), ("not a and b", "(not a) and b"),
    ("a or b and c", "a or (b and c)"), ("a if b or c else d", "a if (b or c) else d"),
    ("a if b else c if d else e", "a if b else (c if d else e)"), ("~a * b", "(~a) * b"),
    ("a is i32 and b", "(a is i32) and b"), ("a matches Some(_) and b", "(a matches Some(_)) and b"),
  ])
  func readsAs(_ text: String, _ bracketed: String) {
    let (plain, full) = (Reading("let v = \(text)\n"), Reading("let v = \(bracketed)\n"))
    #expect(plain.messages == [])
    #expect(full.messages == [])
    #expect(shape(plain) == shape(full), "\(plain.dump)\n\(full.dump)")
  }

  /// The tree's nodes in order, without brackets and the names of parts.
  private func shape(_ reading: Reading) -> [Substring] {
    reading.dump.split(separator: "\n").compactMap { line in
      let node = line.split(separator: ": ").last?.drop { $0 == " " }
      return node == "parenthesized" ? nil : node
    }
  }
}
