import OrusDiagnostics

/// Blocks, lines, brackets and limits.
extension Message {
  // MARK: Headers

  /// What begins with a keyword, by the keyword.
  private static func construct(_ keyword: String) -> String {
    switch keyword {
    case "fn", "def", "func", "function", "fun": "function"
    case "struct", "class": "struct"
    case "match", "switch": "`match`"
    case "if", "elif", "else", "while", "for", "try", "catch", "enum", "impl": "`\(keyword)`"
    default: "arm"
    }
  }

  static func missingColon(at span: Span, owner: Span, name: String) -> Diagnostic {
    error(
      .missingColon, "a `:` is missing before the block of this \(construct(name))", at: span, "`:` is missing here",
      secondary: span.start > owner.end ? [Label(owner, "the block belongs to this")] : [],
      help: [.replace(span, ":", "write `:`")])
  }

  static func expectedColon(at span: Span, found: String, owner: Span, name: String) -> Diagnostic {
    error(
      .missingColon, "expected `:` before the block of this \(construct(name)), found \(found)", at: span,
      "`:` is expected here", secondary: [Label(owner, "the block belongs to this")])
  }

  /// - Parameter whole: the arrow with the blanks before it.
  /// `struct Dog;`.
  static func semicolonForBlock(at span: Span, owner: Span, name: String) -> Diagnostic {
    error(
      .missingColon, "`;` stands where a `:` begins the block", at: span, "`:` is expected here",
      secondary: [Label(owner, "the block of this")],
      explanation: "A block that does nothing, or a type that holds nothing, is `pass`.",
      help: [.replace(span, ": pass", "write `: pass`")])
  }

  static func arrowForColon(at span: Span, found: String, edits: [Help.Edit]) -> Diagnostic {
    error(
      .missingColon, "`\(found)` stands where a `:` begins the block", at: span, "`:` is expected here",
      help: [Help("write `:`", edits: edits)])
  }

  static func fillerBeforeBlock(at span: Span, word: String, hasColon: Bool) -> Diagnostic {
    error(
      .missingColon, "`\(word)` stands where a `:` begins the block", at: span, "`:` is expected here",
      help: [.replace(span, hasColon ? "" : ":", hasColon ? "remove `\(word)`" : "write `:`")])
  }

  static func bracesAroundBlock(at span: Span, owner: Span, edits: [Help.Edit]) -> Diagnostic {
    error(
      .braceBlock, "a block in braces", at: span, "a `:` begins the block, and indentation makes it",
      secondary: [Label(owner, "the block belongs to this")],
      explanation: "A block is the lines behind a `:` that are indented deeper. Nothing marks its end.",
      help: [Help("write `:` for `{`, and remove the `}`", edits: edits)])
  }

  static func missingBlock(at span: Span, owner: Span, name: String, indentation: Int) -> Diagnostic {
    let blanks = String(repeating: " ", count: indentation + 4)
    return error(
      .missingBlock, "a block is missing behind this `:`", at: span, "no indented line follows",
      secondary: span.start > owner.end ? [Label(owner, "the block of this")] : [],
      explanation: "The lines of a block are indented deeper than the line that begins it.",
      help: [
        .replace(span.behind, "\n\(blanks)pass", "indent the lines of the block; one that does nothing is `pass`")
      ])
  }

  // MARK: Indentation

  private static func columns(_ count: Int) -> String { count == 1 ? "1 space" : "\(count) spaces" }

  static func unexpectedIndentation(at span: Span, moved: [Help.Edit], found: Int, expected: Int) -> Diagnostic {
    error(
      .indentation, "this line is indented deeper than its block", at: span,
      "indented by \(columns(found)), its block by \(columns(expected))",
      explanation: "All lines of a block are indented alike. Only a `:` at the end of a line begins a deeper block.",
      help: [Help("indent it like the lines around it", edits: moved)])
  }

  static func inconsistentIndentation(
    at span: Span, moved: [Help.Edit], found: Int, inner: Int, outer: Int
  ) -> Diagnostic {
    error(
      .indentation, "the indentation of this line fits no block", at: span,
      "indented by \(columns(found)); the blocks here by \(inner) and \(max(outer, 0))",
      explanation: "A line that is indented less ends the block before it, and belongs to an outer one, whose "
        + "indentation it has.",
      help: [Help("to stay in the block, indent it like the line above", edits: moved)])
  }

  static func misalignedClause(at span: Span, keyword: String) -> Diagnostic {
    error(
      .misalignedClause, "this `\(keyword)` is not aligned with the statement it belongs to", at: span,
      "not below its statement",
      explanation: "`\(keyword)` stands in the column in which its statement begins.")
  }

  static func strayClause(at span: Span, keyword: String) -> Diagnostic {
    let owner = keyword == "catch" ? "try" : "if"
    return error(
      .strayClause, "`\(keyword)` without `\(owner)`", at: span, "no `\(owner)` that this could belong to",
      explanation: "`\(keyword)` follows the block of an `\(owner)`, in the same column.")
  }

  static func elseIf(at span: Span) -> Diagnostic {
    error(
      .elseIf, "`else if` is one word in Orus", at: span, "written `elif`",
      help: [.replace(span, "elif", "write `elif`")])
  }

  // MARK: Lines

  static func secondStatement(at span: Span, keyword: String) -> Diagnostic {
    error(
      .secondStatement, "a second statement on one line", at: span, "a new statement begins here",
      explanation: "Each statement stands on a line of its own.",
      help: [Help("begin a new line before `\(keyword)`")])
  }

  static func semicolon(at span: Span, isLast: Bool) -> Diagnostic {
    if isLast {
      return error(
        .semicolon, "a `;` at the end of a line", at: span, "statements end with the line",
        help: [.replace(span, "", "remove it")])
    }
    return error(
      .semicolon, "a `;` between statements", at: span, "a new line belongs here",
      explanation: "`;` separates statements in a block that stands on one line only, as in `if done: log(); return`.")
  }

  static func blockEndsInSemicolon(at span: Span) -> Diagnostic {
    error(
      .semicolon, "a block on one line ends in `;`", at: span, "no statement follows",
      explanation: "`;` stands between two statements.", help: [.replace(span, "", "remove it")])
  }

  static func compoundAfterSemicolon(at span: Span, keyword: String, semicolon: Span) -> Diagnostic {
    error(
      .compoundOnLine, "a statement with a block follows `;`", at: span, "this has a block of its own",
      secondary: [Label(semicolon, "only simple statements may follow")],
      explanation: "A block on one line holds simple statements separated by `;`, or one statement with a block.",
      help: [Help("write the block on lines of its own")])
  }

  static func unexpectedToken(at span: Span, found: String) -> Diagnostic {
    error(.unexpectedToken, "\(found) does not belong here", at: span, "unexpected")
  }

  static func unexpectedOperand(at span: Span, found: String) -> Diagnostic {
    error(
      .unexpectedToken, "\(found) follows a complete expression", at: span,
      "an operator or a new line is missing before this")
  }

  /// `new Point(1)` and `len xs`.
  static func operandBehindName(at span: Span, name: Span, text: String) -> Diagnostic {
    if text == "new" {
      return error(
        .foreignKeyword, "`new` is not a keyword of Orus", at: name, "not a keyword of Orus",
        explanation: "A struct is built with its fields, `Point{ x: 1, y: 2 }`, and other values by a function of "
          + "their type, such as `Set.new()`.")
    }
    return error(
      .unexpectedToken, "an operator or parentheses are missing behind `\(text)`", at: span, "another operand",
      secondary: [Label(name, "`\(text)` is a whole expression")],
      help: [Help("to call `\(text)`, write `\(text)(…)`")])
  }

  static func unexpectedColon(at span: Span) -> Diagnostic {
    error(
      .unexpectedToken, "`:` does not belong here", at: span, "unexpected",
      explanation: "A `:` follows the head of a statement that has a block, a name before its type, and a key in a "
        + "map.")
  }

  // MARK: Brackets

  static func unclosedBracket(opening: Span, bracket: String, closer: String) -> Diagnostic {
    error(
      .unclosedBracket, "this `\(bracket)` is never closed", at: opening, "no `\(closer)` belongs to this",
      explanation: "Between brackets line breaks mean nothing, so what follows would all be inside.",
      help: [Help("write `\(closer)` where the brackets should end")])
  }

  static func mismatchedBracket(
    at span: Span, found: String, opening: Span, bracket: String, closer: String
  ) -> Diagnostic {
    error(
      .mismatchedBracket, "`\(found)` does not close `\(bracket)`", at: span, "`\(closer)` is expected here",
      secondary: [Label(opening, "to close this")], help: [.replace(span, closer, "write `\(closer)`")])
  }

  static func unopenedBracket(at span: Span, bracket: String) -> Diagnostic {
    unopenedBracket(at: span, bracket: bracket, help: .replace(span, "", "remove it"))
  }

  /// - Parameter begins: where the bracket that is missing stood, if that is known.
  static func unopenedList(at span: Span, bracket: String, begins: UInt32?) -> Diagnostic {
    let opener = bracket == "]" ? "[" : "("
    let place = begins.map { Span(file: span.file, start: $0, end: $0) }
    return unopenedBracket(
      at: span, bracket: bracket,
      help: Help("write `\(opener)` where the brackets begin", edits: place.map { [Help.Edit($0, opener)] } ?? []))
  }

  private static func unopenedBracket(at span: Span, bracket: String, help: Help) -> Diagnostic {
    error(
      .unopenedBracket, "`\(bracket)` closes nothing", at: span, "no bracket is open here", help: [help])
  }

  static func missingComma(at gap: Span, next: Span, found: String, opening: Span) -> Diagnostic {
    error(
      .missingComma, "expected `,` before \(found)", at: next, "a `,` or an operator is missing before this",
      secondary: [Label(opening, "in these brackets")], help: [.replace(gap, ",", "separate the two with `,`")])
  }

  static func unexpectedInBrackets(at span: Span, found: String, opening: Span, closer: String) -> Diagnostic {
    error(
      .missingComma, "expected `,` or `\(closer)`, found \(found)", at: span, "unexpected in these brackets",
      secondary: [Label(opening, "opened here")])
  }

  // MARK: Limits

  static func nestedTooDeeply(at span: Span, limit: Int) -> Diagnostic {
    error(
      .nestedTooDeeply, "nested deeper than \(limit) levels", at: span, "level \(limit + 1)",
      explanation: "Each bracket, unary operator, block, nested type and nested pattern counts as one level. The "
        + "rest of the file was not read.",
      help: [Help("give inner parts names of their own, with `let` or `fn`")])
  }

  static func tooManyErrors(at span: Span, limit: Int) -> Diagnostic {
    error(
      .tooManyErrors, "more than \(limit) syntax errors", at: span, "the rest of the file was not read",
      help: [Help("correct the first ones, and compile again")])
  }

  static func tooManyParameters(at span: Span, count: Int, limit: Int) -> Diagnostic {
    error(
      .tooManyParameters, "\(count) parameters, and a function may have \(limit)", at: span, "\(count) parameters",
      help: [Help("pass a struct or an array")])
  }

  static func tooManyArguments(at span: Span, count: Int, limit: Int) -> Diagnostic {
    error(
      .tooManyParameters, "\(count) arguments, and a call may have \(limit)", at: span, "\(count) arguments",
      help: [Help("pass an array; `xs...` spreads one over a variadic parameter")])
  }

  static func tooManyMembers(at span: Span, what: String, count: Int, limit: Int) -> Diagnostic {
    error(.tooManyMembers, "\(count) \(what), and a type may have \(limit)", at: span, "\(count) \(what)")
  }
}
