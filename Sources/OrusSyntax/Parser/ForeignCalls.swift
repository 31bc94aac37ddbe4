import OrusDiagnostics

/// Calls as other languages write them: macros, constructors, blocks and generators as arguments, and arguments named
/// with `=`.
extension Parser {
  /// `name!(…)`, a macro, or `x!`, unwrapping; false if it is neither.
  mutating func reportPostfixBang(_ base: NodeID) -> Bool {
    if peek() == .leftParen && isAdjacent(at + 1) {
      let name = text(span(base))
      let known = Self.macros[name] ?? name
      let isForeign = Self.foreignMacros.contains(name)
      report(
        Message.macroCall(
          at: tokenSpan(at), name: name, whole: span(first(of: base), tokens.ends[at]),
          replacement: isForeign ? nil : known))
      if isForeign {
        makeError(base)
      } else if kind(of: base) == .name {
        nodes[Int(base.index)].a = symbols.intern(known).index
      }
      return true
    }
    if peek() == .identifier || peek() == .integer { return false }
    // `x!!` asks for it in another language.
    let isDouble = peek() == .bang && isAdjacent(at + 1)
    report(
      Message.forcedUnwrap(
        at: span(tokens.starts[at], tokens.ends[isDouble ? at + 1 : at]), isElement: kind(of: base) == .index))
    if isDouble { advance() }
    return true
  }

  /// `f(x for x in xs)`, behind the first part.
  mutating func parseGenerator(_ value: NodeID, start: TokenID) -> NodeID {
    let place = tokenSpan(at)
    let token = tokenID
    let clauses = parseClauses()
    report(Message.generator(at: place, whole: span(start, lastEnd)))
    return add(.comprehension, token: token, start: start, a: value.index, b: clauses)
  }

  /// `name = value` in a call, whose arguments before this one are pending from `mark` on.
  mutating func parseAssignedArgument(of callee: NodeID, from mark: Int) -> NodeID {
    let name = at
    advance()
    let sign = tokenSpan(at)
    advance()
    let value = parseExpression()
    if kind(of: callee) == .name, text(span(callee)) == "print", Self.printArguments.contains(tokenText(name)) {
      let first = pending.count > mark ? NodeID(pending[mark]) : .none
      report(
        Message.printArgument(
          at: tokenSpan(name), name: tokenText(name), edits: lineEndMoved(callee, first, name: name, value: value)))
    } else if kind(of: callee) == .name, let advice = Self.argumentsOfOthers[tokenText(name)],
      ["sorted", "min", "max"].contains(text(span(callee)))
    {
      report(
        Message.foreignArgument(
          at: tokenSpan(name), function: text(span(callee)), name: tokenText(name), advice: advice))
    } else {
      report(Message.assignInArgument(at: sign, name: tokenText(name)))
    }
    return add(
      .namedArgument, token: TokenID(UInt32(name)), a: tokens.payloads[name], b: value.index,
      detail: Node.isReportedBit)
  }

  /// What the functions of Python that compare take besides values.
  private static let argumentsOfOthers = [
    "key": "to order by what a function gives, sort in place: `xs.sort_by_key(f)`",
    "reverse": "to order backwards, turn the sorted array around with `reverse()`",
    "default": "`xs.max()` and `xs.min()` give an option: `unwrap_or(…)` gives it a default",
  ]

  /// What the function `print` of Python takes besides values.
  private static let printArguments: Set = ["end", "sep", "file", "flush"]

  /// The edits that make `print(x, end="")` a `print_no_newline(x)`, and let a last `""` write the blank of `end=" "`.
  private func lineEndMoved(_ callee: NodeID, _ first: NodeID, name: Int, value: NodeID) -> [Help.Edit] {
    guard tokenText(name) == "end", kind == .rightParen else { return [] }
    let argument = span(start(of: name), span(value).end)
    let renamed = Help.Edit(span(callee), "print_no_newline")
    switch text(span(value)) {
    case "\"\"":
      return [renamed, Help.Edit(first.isNone ? argument : span(tokens.ends[name - 2], argument.end), "")]
    // Behind a format stands only what fills it.
    case "\" \"" where !first.isNone && kind(of: first) != .stringLiteral:
      return [renamed, Help.Edit(argument, "\"\"")]
    default: return []
    }
  }

  /// What the macros of Rust are called here.
  private static let macros = ["println": "print", "print": "print_no_newline", "eprintln": "error_print"]

  /// What nothing of the same arguments stands for.
  private static let foreignMacros: Set = [
    "assert_eq", "assert_ne", "write", "writeln", "dbg", "todo", "unimplemented", "unreachable", "matches",
  ]

  /// `String::from("a")`, `Vec::new()` and their like, at the `::`.
  var isForeignConstructor: Bool {
    guard peek(2) == .leftParen, Self.constructors[tokenText(at - 1)] != nil else { return false }
    return tokenText(at + 1) == "new" || tokenText(at + 1) == "from"
  }

  /// What makes an empty one of these; nil where it is what it is made of.
  private static let constructors: [String: String?] = [
    "String": "\"\"", "Vec": "[]", "HashMap": "{:}", "HashSet": "Set.new()", "Box": nil, "Rc": nil, "Arc": nil,
  ]

  mutating func parseForeignConstructor(_ base: NodeID, start: TokenID) -> NodeID {
    let place = tokenSpan(at)
    let name = text(span(base))
    advance()
    advance()
    let opening = at
    guard openBracket() else { return addError() }
    let value = kind == .rightParen ? NodeID.none : parseExpression()
    closeBracket(.rightParen)
    if recovery.isActive { return addError() }
    let whole = span(start, lastEnd)
    guard value.isNone else {
      let edits = [
        Help.Edit(span(whole.start, tokens.ends[opening]), ""), Help.Edit(tokenSpan(at - 1), ""),
      ]
      let spelling = name == "HashMap" || name == "HashSet" ? nil : text(span(value))
      report(Message.foreignConstructor(at: place, spelling: spelling, edits: spelling == nil ? [] : edits))
      return value
    }
    let spelling = Self.constructors[name] ?? nil
    report(
      Message.foreignConstructor(
        at: place, spelling: spelling, edits: spelling.map { [Help.Edit(whole, $0)] } ?? []))
    return addError()
  }

  /// `f::<T>(x)`, at the `::`. Only what a path names takes type arguments.
  mutating func passColonsBeforeTypes(of base: NodeID) {
    let colons = tokenSpan(at)
    advance()
    if isPath(base) { return report(Message.colonsBeforeTypes(at: colons, removed: colons)) }
    _ = parseTypeArguments()
    report(Message.colonsBeforeTypes(at: colons, removed: span(colons.start, lastEnd)))
  }

  // MARK: Blocks as arguments

  /// `xs.map { it * 2 }` and `xs.map { $0 * 2 }`, at the brace.
  var isTrailingLambda: Bool {
    // The fields of a struct.
    if peek() == .identifier && (peek(2) == .colon || peek(2) == .comma) { return false }
    var i = at + 1
    while tokens.kinds[i] != .rightBrace && tokens.kinds[i] != .endOfFile && !isFirstOnLine(i) {
      if tokens.kinds[i] == .identifier && tokenText(i) == "it" { return true }
      i += 1
    }
    return (tokens.ends[at]..<tokens.starts[i]).contains { source[Int($0)] == UInt8(ascii: "$") }
  }

  mutating func parseTrailingLambda(start: TokenID) -> NodeID {
    let opening = at
    let end = endOfBrackets(at, before: tokens.count) ?? tokens.count - 1
    let body = span(tokens.ends[opening], tokens.starts[end])
    // The lexer knows no `$`; that it stands here is the same mistake.
    let count = diagnostics.count
    diagnostics.removeAll { body.start <= $0.primary.span.start && $0.primary.span.end <= body.end }
    let isOneLine = !(opening + 1...end).contains { isFirstOnLine($0) }
    let edits =
      count == diagnostics.count && isOneLine
      ? [
        Help.Edit(span(tokens.ends[opening - 1], tokens.starts[opening + 1]), "(fn(it): "),
        Help.Edit(span(tokens.ends[end - 1], tokens.ends[end]), ")"),
      ] : []
    report(Message.trailingLambda(at: tokenSpan(opening), edits: edits))
    move(to: tokens.kinds[end] == .endOfFile ? end : end + 1)
    return add(.error, token: TokenID(UInt32(opening)), start: start)
  }

  /// At the `!` of `vec![a, b]`, which is reported and passed over.
  mutating func takesVecMacro(_ base: NodeID) -> Bool {
    guard peek() == .leftBracket, isAdjacent(at + 1), kind(of: base) == .name, text(span(base)) == "vec" else {
      return false
    }
    report(Message.vecMacro(at: span(first(of: base), tokens.ends[at])))
    advance()
    return true
  }
}
