import OrusDiagnostics

/// Imports as other languages write them: `from a import b`, `import a, b`, `import { b } from "a"`. What is imported
/// is declared, and the help says the whole in the form of `use`.
extension Parser {
  /// `import …`, at the word.
  mutating func parseImport(isPublic: Bool, start: TokenID) -> NodeID {
    let word = at
    guard functionDepth == 0 else {
      report(Message.foreignImport(at: tokenSpan(word), word: tokenText(word)))
      leaveUnread()
      return addError()
    }
    if peek() == .leftParen { return parseImportGroup(isPublic: isPublic, start: start) }
    let isDefault = tokenText(at + 2) == "from" && !isFirstOnLine(at + 2)
    // `import type { A } from "a"`.
    if peek() == .identifier && peek(2) == .leftBrace && tokenText(at + 1) == "type" { advance() }
    if peek() == .identifier && !isDefault { return parseImports(isPublic: isPublic, start: start) }
    var names: UInt32 = 0
    var alias: UInt32 = 0
    advance()
    if kind == .identifier {
      alias = tokens.payloads[at] + 1
      advance()
    } else if take(.star) {
      // `* as name`.
      advance()
      alias = parseName("a name for the module").symbol + 1
    } else if kind == .leftBrace {
      guard openBracket() else { return addError() }
      names = parseUseNames() + 1
      closeBracket(.rightBrace)
    }
    if kind == .identifier && tokenText(at) == "from" { advance() }
    guard kind == .string, !isFirstOnLine(at), !recovery.isActive else {
      report(Message.foreignImport(at: tokenSpan(word), word: tokenText(word)))
      recovery.isActive = true
      return addError()
    }
    let mark = pending.count
    let path = pathInQuotes(at)
    for name in path ?? [] {
      pending.append(add(.name, token: tokenID, a: symbols.intern(name).index).index)
    }
    advance()
    // A path that is none still stands for something that has the name.
    if pending.count == mark { pending.append(add(.name, token: tokenID, a: symbols.intern("").index).index) }
    let module = path.map { $0.joined(separator: ".") }
    let isRenamed = alias != 0 && path?.last != symbols[Symbol(alias - 1)]
    let suffix = isRenamed ? " as " + symbols[Symbol(alias - 1)] : names == 0 ? "" : ": " + texts(of: names - 1)
    report(
      Message.foreignImport(
        at: tokenSpan(word), word: tokenText(word), whole: span(TokenID(UInt32(word)), lastEnd),
        rewritten: module.map { "use \($0)\(suffix)" }))
    return addUse(from: mark, alias: alias, names: names, token: TokenID(UInt32(word)), start, isPublic, isRead: false)
  }

  /// `import a.b as c, d`.
  private mutating func parseImports(isPublic: Bool, start: TokenID) -> NodeID {
    let word = at
    var node = parseUse(isPublic: isPublic, start: start)
    var lines = ["use " + text(span(tokens.ends[word], lastEnd)).drop { $0 == " " }]
    while kind == .comma && peek() == .identifier && !recovery.isActive {
      pending.append(node.index)
      let first = tokenID
      node = parseUse(isPublic: isPublic, start: first)
      lines.append("use " + text(span(tokens.ends[Int(first.index)], lastEnd)).drop { $0 == " " })
    }
    let isAlone = lines.count == 1
    report(
      Message.foreignImport(
        at: tokenSpan(word), word: tokenText(word),
        whole: isAlone ? tokenSpan(word) : span(TokenID(UInt32(word)), lastEnd),
        rewritten: isAlone ? "use" : lines.joined(separator: "\n")))
    if kind == .comma { recovery.isActive = true }
    return node
  }

  /// `import ("a" "b")` over several lines.
  private mutating func parseImportGroup(isPublic: Bool, start: TokenID) -> NodeID {
    let word = TokenID(UInt32(at))
    advance()
    guard openBracket() else { return addError() }
    var lines: [String?] = []
    while kind == .string {
      let path = pathInQuotes(at)
      let mark = pending.count
      for name in path ?? [""] { pending.append(add(.name, token: tokenID, a: symbols.intern(name).index).index) }
      advance()
      pending.append(addUse(from: mark, names: 0, token: word, start, isPublic, isRead: false).index)
      lines.append(path.map { "use " + $0.joined(separator: ".") })
    }
    closeBracket(.rightParen)
    report(
      Message.foreignImport(
        at: tokenSpan(Int(word.index)), word: tokenText(Int(word.index)), whole: span(word, lastEnd),
        rewritten: lines.contains(nil) ? nil : lines.compactMap { $0 }.joined(separator: "\n")))
    return addError()
  }

  /// `from a import b`, at the word.
  mutating func parseFromImport(isPublic: Bool, start: TokenID) -> NodeID {
    let word = at
    advance()
    var dots = 0
    while kind == .dot || kind == .dotDot || kind == .ellipsis {
      dots += Int(tokens.ends[at] - tokens.starts[at])
      advance()
    }
    let mark = pending.count
    while kind == .identifier && !isFirstOnLine(at) && (pending.count > mark || tokenText(at) != "import") {
      pending.append(addToken(.name, a: tokens.payloads[at]).index)
      if !take(.dot) { break }
    }
    guard functionDepth == 0, kind == .identifier, tokenText(at) == "import", pending.count > mark || dots > 0 else {
      pending.truncate(to: mark)
      report(Message.foreignImport(at: tokenSpan(word), word: tokenText(word)))
      recovery.isActive = true
      return addError()
    }
    let module = (mark..<pending.count).map { text(span(NodeID(pending[$0]))) }.joined(separator: ".")
    if pending.count == mark { pending.append(add(.name, token: tokenID, a: symbols.intern("").index).index) }
    advance()
    var names: UInt32 = 0
    var flags: UInt32 = 0
    if take(.star) {
      flags = UseView.everything
    } else if kind == .leftParen {
      guard openBracket() else { return addError() }
      names = parseUseNames() + 1
      closeBracket(.rightParen)
    } else {
      names = parseUseNames() + 1
    }
    let imported = names == 0 ? "*" : " " + texts(of: names - 1)
    report(
      Message.foreignImport(
        at: tokenSpan(word), word: tokenText(word), whole: span(TokenID(UInt32(word)), lastEnd),
        rewritten: dots > 0 ? nil : "use \(module):\(imported)"))
    return addUse(
      from: mark, names: names, flags: flags, token: TokenID(UInt32(word)), start, isPublic, isRead: dots == 0)
  }

  /// The `use` that an import means, its path pending from `mark` on. `isRead`: where it says another module than it
  /// means, none is asked for.
  private mutating func addUse(
    from mark: Int, alias: UInt32 = 0, names: UInt32, flags: UInt32 = 0, token: TokenID, _ start: TokenID,
    _ isPublic: Bool, isRead: Bool
  ) -> NodeID {
    let detail: UInt8 = (isPublic ? 1 : 0) | (isRead ? 0 : Node.isReportedBit)
    return addUse(finishList(from: mark), alias, names, flags, token: token, start, detail)
  }

  /// `use a: {b, c}`, at the brace.
  mutating func parseUseNamesInBraces() -> UInt32 {
    let brace = tokenID
    guard openBracket() else { return finishList(from: pending.count) }
    let names = parseUseNames()
    closeBracket(.rightBrace)
    if !recovery.isActive {
      report(Message.bracesAroundImports(at: span(brace, lastEnd), names: texts(of: names)))
    }
    return names
  }

  /// The names of a `use`, as they are written behind its `:`.
  private func texts(of list: UInt32) -> String { useNameTexts(list).joined(separator: ", ") }

  func useNameTexts(_ list: UInt32) -> [String] {
    (0..<extra[Int(list)]).map { text(span(NodeID(extra[Int(list + 1 + $0)]))) }
  }

  /// The path of the module that a string names, as in `"./geometry/points.js"`; nil where it is no path of names.
  private func pathInQuotes(_ token: Int) -> [String]? {
    var text = tokenText(token).dropFirst().dropLast()
    if text.hasPrefix("./") { text = text.dropFirst(2) }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    let names = parts.enumerated().map { i, part in
      i == parts.count - 1 ? part.prefix { $0 != "." } : part
    }
    let areNames = names.allSatisfy { name in
      !(name.first?.isNumber ?? true) && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    }
    return areNames ? names.map(String.init) : nil
  }
}
