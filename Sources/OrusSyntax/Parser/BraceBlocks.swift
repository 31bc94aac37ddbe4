import OrusDiagnostics

/// Blocks in braces, the habit of other languages.
extension Parser {
  /// The edits that make a block by layout of the one in braces: its lines must stand as they would have to, or it is
  /// on one line. Nil where more is to be changed.
  ///
  /// - Parameter colon: what is to stand in the place of the opening one.
  mutating func layoutEdits(brace: Int, colon: String = ":") -> [Help.Edit]? {
    if isFirstOnLine(brace) { return nil }
    guard let end = endOfBraces(brace) else { return nil }
    let opening = Help.Edit(
      isBlank(from: tokens.ends[brace - 1], to: tokens.starts[brace])
        ? span(tokens.ends[brace - 1], tokens.ends[brace]) : tokenSpan(brace), colon)
    let next = tokens.kinds[end + 1]
    let behind = next == .semicolon || next == .comma ? end + 2 : end + 1
    let endsLine = tokens.kinds[behind] == .endOfFile || isFirstOnLine(behind)
    let isClause = next == .else || next == .catch || next == .elif
    if end == brace + 1 {
      return endsLine ? [Help.Edit(span(opening.span.start, tokens.ends[end]), "\(colon) pass")] : nil
    }
    guard endsLine || isClause else { return nil }
    if isFirstOnLine(brace + 1) {
      guard isFirstOnLine(end), column(of: brace + 1) > layout.statementColumn,
        let commas = commasBehindLines(brace + 1..<end)
      else { return nil }
      let closing = endsLine ? tokenSpan(end) : span(tokens.starts[end], tokens.starts[end + 1])
      return [opening] + commas.map { Help.Edit(tokenSpan($0), "") } + [Help.Edit(closing, "")]
    }
    guard !(brace + 1...end).contains(where: { isFirstOnLine($0) }), commasBehindLines(brace + 1..<end) == [] else {
      return nil
    }
    return [opening, Help.Edit(span(tokens.ends[end - 1], tokens.ends[end]), "")]
  }

  /// The brace that closes the one at a token, if it is near.
  func endOfBraces(_ brace: Int) -> Int? {
    endOfBrackets(brace, before: min(tokens.count, brace + 20_000)).flatMap {
      tokens.kinds[$0] == .rightBrace ? $0 : nil
    }
  }

  /// The bracket of any kind that closes the one at a token.
  func endOfBrackets(_ opening: Int, before end: Int) -> Int? {
    var inner = 0
    for i in opening..<end {
      if opensBracket(tokens.kinds[i]) { inner += 1 }
      guard closesBracket(tokens.kinds[i]) else { continue }
      inner -= 1
      if inner == 0 { return i }
    }
    return nil
  }

  /// The commas that end lines in a block, outside of brackets; nil where one stands within a line.
  private func commasBehindLines(_ block: Range<Int>) -> [Int]? {
    var inner = 0
    var commas: [Int] = []
    for i in block {
      if opensBracket(tokens.kinds[i]) { inner += 1 }
      if closesBracket(tokens.kinds[i]) { inner -= 1 }
      guard inner == 0, tokens.kinds[i] == .comma else { continue }
      if !isFirstOnLine(i + 1) { return nil }
      commas.append(i)
    }
    return commas
  }

  private func isBlank(from start: UInt32, to end: UInt32) -> Bool {
    (start..<end).allSatisfy { source[Int($0)] == UInt8(ascii: " ") }
  }
}
