import OrusDiagnostics

/// Statements that begin with a word of another language. The words are data;
/// each has a role that says how the statement is read after it was reported.
struct ForeignWord {
  enum Role {
    /// Declares a function, as `fn`.
    case function
    /// Declares a variable.
    case binding(isMutable: Bool)
    /// Declares a type; what follows is not read.
    case type
    /// `import …`.
    case importing
    /// `from … import …`.
    case importingFrom
    /// `guard … else`.
    case guarding
    case matching
    case forEach
    /// A loop without a condition.
    case endless
    /// Stands before a declaration.
    case modifier(isPublic: Bool)
    case elseIf
    case catching
    /// Has nothing like it; the statement is not read.
    case other
  }

  let role: Role
  /// What replaces the word; empty where nothing does as it stands.
  let spelling: String
  let explanation: String

  static let all: [String: ForeignWord] = [
    "def": ForeignWord(.function, "fn"),
    "func": ForeignWord(.function, "fn"),
    "function": ForeignWord(.function, "fn"),
    "fun": ForeignWord(.function, "fn"),
    "proc": ForeignWord(.function, "fn"),
    "sub": ForeignWord(.function, "fn"),
    "var": ForeignWord(.binding(isMutable: true), "let mut"),
    "val": ForeignWord(.binding(isMutable: false), "let"),
    "auto": ForeignWord(.binding(isMutable: true), "let mut"),
    "local": ForeignWord(.binding(isMutable: true), "let mut"),
    "class": ForeignWord(
      .type, "",
      "A type's data is declared with `struct`, and its methods in an `impl` block. There is no inheritance."),
    "record": ForeignWord(.type, "", "A type with fields is declared with `struct`."),
    "trait": ForeignWord(
      .type, "",
      "Types need not declare what they can do: having the methods is enough. See `Comparable` and its like."),
    "interface": ForeignWord(
      .type, "",
      "Types need not declare what they can do: having the methods is enough. See `Comparable` and its like."),
    "protocol": ForeignWord(
      .type, "",
      "Types need not declare what they can do: having the methods is enough. See `Comparable` and its like."),
    "extension": ForeignWord(.other, "", "Methods are declared in an `impl` block."),
    "import": ForeignWord(.importing, "use"),
    "include": ForeignWord(.importing, "use"),
    "require": ForeignWord(.importing, "use"),
    "using": ForeignWord(.importing, "use"),
    "from": ForeignWord(.importingFrom, "use"),
    "guard": ForeignWord(.guarding, "if not"),
    "switch": ForeignWord(.matching, "match"),
    "when": ForeignWord(.matching, "match"),
    "foreach": ForeignWord(.forEach, "for"),
    "loop": ForeignWord(.endless, "while true"),
    "forever": ForeignWord(.endless, "while true"),
    "elseif": ForeignWord(.elseIf, "elif"),
    "elsif": ForeignWord(.elseIf, "elif"),
    "except": ForeignWord(.catching, "catch"),
    "rescue": ForeignWord(.catching, "catch"),
    "finally": ForeignWord(.other, "", "What must happen in any case is written after the `try`."),
    "public": ForeignWord(.modifier(isPublic: true), "pub"),
    "export": ForeignWord(.modifier(isPublic: true), "pub"),
    "private": ForeignWord(.modifier(isPublic: false), "", "What is not `pub` is private."),
    "static": ForeignWord(.modifier(isPublic: false), "", "A method without `self` is called on the type."),
    "async": ForeignWord(.modifier(isPublic: false), "", "Orus has no asynchronous functions."),
    "override": ForeignWord(.modifier(isPublic: false), "", "There is no inheritance."),
    "final": ForeignWord(.modifier(isPublic: false), "", "There is no inheritance."),
    "abstract": ForeignWord(.modifier(isPublic: false), "", "There is no inheritance."),
    "open": ForeignWord(.modifier(isPublic: false), "", "There is no inheritance."),
    "sealed": ForeignWord(.modifier(isPublic: false), "", "An enum has the variants that it declares, and no others."),
    "data": ForeignWord(.modifier(isPublic: false), "", "Every struct can be compared, copied and printed."),
    "mutating": ForeignWord(.modifier(isPublic: false), "", "A method that assigns to its fields declares `mut self`."),
    "internal": ForeignWord(.modifier(isPublic: false), "", "What is not `pub` is private."),
    "protected": ForeignWord(.modifier(isPublic: false), "", "What is not `pub` is private."),
    "go": ForeignWord(.other, "", "Orus has no statement that starts a thread."),
    "unsafe": ForeignWord(.modifier(isPublic: false), "", "All of Orus is safe."),
    "raise": ForeignWord(
      .other, "", "A bug is reported with `panic(message)`, an expected failure is returned as `Err(value)`."),
    "throw": ForeignWord(
      .other, "", "A bug is reported with `panic(message)`, an expected failure is returned as `Err(value)`."),
    "del": ForeignWord(.other, "", "Elements are removed with `remove`; memory is freed by the garbage collector."),
    "delete": ForeignWord(.other, "", "Elements are removed with `remove`; memory is freed by the garbage collector."),
    "global": ForeignWord(.other, "", "A module-level `let mut` can be assigned in every function of its module."),
    "nonlocal": ForeignWord(.other, "", "A captured `let mut` can be assigned in the function that captures it."),
    "yield": ForeignWord(.other, "", "An iterator is a type with a method `next(mut self) -> T?`."),
    "await": ForeignWord(.other, "", "Orus has no asynchronous functions."),
    "with": ForeignWord(.other, "", "Orus has no `with`."),
    "unless": ForeignWord(.other, "", "Write `if not`."),
    "until": ForeignWord(.other, "", "Write `while not`."),
    "repeat": ForeignWord(.other, "", "Loops are `while` and `for`."),
    "do": ForeignWord(.other, "", "Loops are `while` and `for`."),
    "defer": ForeignWord(.other, "", "Orus has no `defer`."),
    "module": ForeignWord(.other, "", "A file is a module; its name is its path."),
    "namespace": ForeignWord(.other, "", "A file is a module; its name is its path."),
    "package": ForeignWord(.other, "", "A file is a module; its name is its path."),
    "typedef": ForeignWord(.other, "", "Orus has no type aliases."),
    "type": ForeignWord(
      .type, "", "A type's data is declared with `struct` or `enum`. There are no other names for a type."),
    "mod": ForeignWord(.other, "", "A file is a module; its name is its path."),
    "goto": ForeignWord(.other, "", "Loops are left with `break` and `continue`, which may name a label."),
  ]

  private init(_ role: Role, _ spelling: String, _ explanation: String = "") {
    self.role = role
    self.spelling = spelling
    self.explanation = explanation
  }
}

extension Parser {
  /// An identifier begins the statement, but what follows cannot follow one: a statement of another language.
  var isForeignStatement: Bool {
    mutating get {
      if isFirstOnLine(at + 1) { return false }
      switch peek() {
      case .dot, .dotDot, .ellipsis, .star: return isForeignImport
      case .identifier, .string, .fn, .let, .struct, .enum, .colon, .leftBrace, .not, .integer, .mut, .const: break
      case .leftParen: return isForeignHeader || isForeignImport
      default: return false
      }
      guard let word = ForeignWord.all[tokenText(at)] else { return false }
      switch word.role {
      case .endless: return peek() == .colon || peek() == .leftBrace
      default:
        if peek() == .colon || peek() == .leftBrace {
          return isFirstOnLine(at + 2) || tokens.kinds[at + 2] == .endOfFile || isForeignImport
        }
        return true
      }
    }
  }

  /// `from . import x`, `import * as x`, `import { x }` and `import (`, which begin like expressions.
  private var isForeignImport: Bool {
    let begins =
      switch peek() {
      case .star: peek(2) == .as
      case .leftBrace: peek(2) == .identifier
      case .leftParen: peek(2) == .string && isFirstOnLine(at + 2)
      default: !isAdjacent(at + 1) && peek(2) == .identifier
      }
    guard begins, let word = ForeignWord.all[tokenText(at)] else { return false }
    switch (word.role, peek()) {
    case (.importing, .star), (.importing, .leftBrace), (.importing, .leftParen): return true
    case (.importingFrom, .dot), (.importingFrom, .dotDot), (.importingFrom, .ellipsis): return true
    default: return false
    }
  }

  /// `switch (x) {` and its like: a call whose line ends as a header does.
  private var isForeignHeader: Bool {
    mutating get {
      // Its end first: every call that is a statement comes here, and few lines end so.
      var i = at + 1
      while tokens.kinds[i] != .endOfFile && !isFirstOnLine(i) { i += 1 }
      guard tokens.kinds[i - 1] == .colon || tokens.kinds[i - 1] == .leftBrace,
        let word = ForeignWord.all[tokenText(at)]
      else { return false }
      switch word.role {
      case .matching, .forEach, .elseIf: return true
      case .function: return isReceiver
      default: return false
      }
    }
  }

  /// `(p Point)` between the keyword of a function and its name, as in Go; at the keyword.
  private var isReceiver: Bool {
    var i = at + 1
    while tokens.kinds[i] != .rightParen && tokens.kinds[i] != .endOfFile { i += 1 }
    return tokens.kinds[i] == .rightParen && tokens.kinds[i + 1] == .identifier
  }

  private mutating func reportForeignWord(_ word: ForeignWord) {
    report(
      Message.foreignKeyword(
        at: tokenSpan(at), word: tokenText(at), spelling: word.spelling, explanation: word.explanation))
  }

  mutating func parseForeignStatement(isPublic: Bool, start: TokenID) -> NodeID {
    guard let word = ForeignWord.all[tokenText(at)] else { return addError() }
    switch word.role {
    case .importing: return parseImport(isPublic: isPublic, start: start)
    case .importingFrom: return parseFromImport(isPublic: isPublic, start: start)
    case .guarding: return parseGuard(start: start)
    case .matching where isMatchWithoutSubject:
      report(Message.matchWithoutSubject(at: tokenSpan(at), word: tokenText(at)))
    case .function where peek() == .leftParen: report(Message.receiverBeforeName(at: tokenSpan(at + 1)))
    default: reportForeignWord(word)
    }
    switch word.role {
    case .function where peek() == .identifier: return parseFunction(isPublic: isPublic, start: start)
    case .binding(let isMutable): return parseLet(isPublic: isPublic, start: start, isMutable: isMutable)
    case .matching where isMatchWithoutSubject: return passMatchWithoutSubject()
    case .matching: return parseMatch()
    case .forEach: return parseFor(label: 0, start: start)
    case .endless: return parseEndless(start: start)
    case .type: return parseForeignType(isPublic: isPublic, start: start)
    case .modifier(let makesPublic):
      advance()
      return parseModified(isPublic: isPublic || makesPublic, start: start)
    case .elseIf, .catching, .function, .importing, .importingFrom, .guarding, .other:
      leaveUnread()
      return addError()
    }
  }

  /// The statement is not read: neither the rest of its line nor what is indented deeper. Where the line opens a brace,
  /// the one that closes it is passed over.
  mutating func leaveUnread() {
    recovery.isActive = true
    advance()
    var open = 0
    var i = at
    while tokens.kinds[i] != .endOfFile && !isFirstOnLine(i) {
      if tokens.kinds[i] == .leftBrace { open += 1 }
      if tokens.kinds[i] == .rightBrace { open -= 1 }
      i += 1
    }
    openBraceBlocks += max(open, 0)
  }

  /// `switch {` and `when {`, whose arms are conditions.
  private var isMatchWithoutSubject: Bool { peek() == .leftBrace && isFirstOnLine(at + 2) }

  private mutating func passMatchWithoutSubject() -> NodeID {
    advance()
    let end = endOfBraces(at) ?? at
    move(to: end + 1)
    return addError()
  }

  private mutating func parseModified(isPublic: Bool, start: TokenID) -> NodeID {
    switch kind {
    case .fn: return parseFunction(isPublic: isPublic, start: start)
    case .let: return parseLet(isPublic: isPublic, start: start)
    case .const: return parseConst(isPublic: isPublic, start: start)
    case .struct, .enum, .impl, .use: return parseDeclaration(isPublic: isPublic, start: start)
    case .identifier where isForeignFunction: return parseFunction(isPublic: isPublic, start: start)
    case .identifier where isForeignStatement: return parseForeignStatement(isPublic: isPublic, start: start)
    default:
      // The rest is of the other language too.
      recovery.isActive = true
      return addError()
    }
  }

  private mutating func parseEndless(start: TokenID) -> NodeID {
    let owner = at
    let condition = addToken(.trueLiteral)
    let body = parseBlock(owner: owner)
    let words = addWords(body.index, 0)
    return add(.whileStatement, token: TokenID(UInt32(owner)), start: start, a: condition.index, b: words)
  }

  /// The name is declared, so that its uses are not reported; the rest is not read.
  private mutating func parseForeignType(isPublic: Bool, start: TokenID) -> NodeID {
    advance()
    let name = tokenID
    guard kind == .identifier, functionDepth == 0 else {
      leaveUnread()
      return addError()
    }
    let words = addWords(tokens.payloads[at], 0, 0)
    leaveUnread()
    return add(
      .structDeclaration, token: name, start: start, a: words, detail: Node.isReportedBit | (isPublic ? 1 : 0))
  }

  // MARK: Words in other places

  /// `private x: i32` and its like.
  var isModifiedField: Bool {
    kind == .identifier && peek() == .identifier && peek(2) == .colon && !isFirstOnLine(at + 1)
      && !isFirstOnLine(at + 2)
  }

  mutating func reportForeignModifier() {
    let explanation = ForeignWord.all[tokenText(at)]?.explanation ?? ""
    if tokenText(at) == "public" {
      report(Message.foreignKeyword(at: tokenSpan(at), word: "public", spelling: "pub", explanation: explanation))
    } else {
      let removed = span(tokens.starts[at], tokens.starts[at + 1])
      report(
        Message.foreignModifier(
          at: tokenSpan(at), word: tokenText(at), explanation: explanation, removed: removed))
    }
    advance()
  }

  /// `def name` and its like where a method is expected.
  var isForeignFunction: Bool {
    mutating get {
      guard peek() == .identifier, let word = ForeignWord.all[tokenText(at)], case .function = word.role else {
        return false
      }
      return true
    }
  }

  mutating func reportForeignFunction() {
    if let word = ForeignWord.all[tokenText(at)] { reportForeignWord(word) }
  }

  /// `elseif` where `elif` may stand, which is reported.
  mutating func takesForeignElif() -> Bool {
    guard kind == .identifier, !recovery.isActive, isFirstOnLine(at), !layout.clausesAreTaken,
      column(of: at) == layout.statementColumn, let word = ForeignWord.all[tokenText(at)], case .elseIf = word.role,
      peek() != .assign, peek() != .dot
    else { return false }
    reportForeignWord(word)
    return true
  }

  /// `except` where `catch` may stand, which is reported.
  mutating func takesForeignCatch() -> Bool {
    guard kind == .identifier, !recovery.isActive, isFirstOnLine(at), !layout.clausesAreTaken,
      column(of: at) == layout.statementColumn, let word = ForeignWord.all[tokenText(at)], case .catching = word.role,
      peek() == .identifier || peek() == .colon
    else { return false }
    // `except Kind as name:` is read from its last name on.
    var i = at
    while tokens.kinds[i + 1] != .endOfFile && !isFirstOnLine(i + 1) && tokens.kinds[i + 1] != .colon { i += 1 }
    let isNamed = tokens.kinds[i] == .identifier && tokens.kinds[i - 1] == .as
    report(
      Message.foreignCatch(
        at: tokenSpan(at), word: tokenText(at), header: span(start(of: at), tokens.ends[i]),
        name: isNamed ? tokenText(i) : "err"))
    if i > at {
      move(to: isNamed ? i - 1 : i)
    }
    return true
  }

  /// `} finally {`, behind the block of a `catch`.
  mutating func passFinally() {
    guard kind == .rightBrace, openBraceBlocks > 0, peek() == .identifier, !isFirstOnLine(at + 1),
      let word = ForeignWord.all[tokenText(at + 1)], case .other = word.role
    else { return }
    openBraceBlocks -= 1
    advance()
    reportForeignWord(word)
    leaveUnread()
  }

  /// An operand directly behind a name that begins the statement: `print x` or `int x = 5`. True if it was reported.
  mutating func failAtOperands() -> Bool {
    guard at > 0, tokens.kinds[at - 1] == .identifier, !isAdjacent(at) || kind == .string || kind == .formatStart else {
      return false
    }
    let isAlone = isFirstOnLine(at - 1) || at >= 2 && tokens.kinds[at - 2] == .colon
    guard isAlone else { return false }
    let name = tokenText(at - 1)
    dropBareName()
    if kind == .identifier && peek() == .assign {
      fail(Message.typeBeforeVariable(at: span(start(of: at - 1), tokens.ends[at]), type: name, name: tokenText(at)))
      return true
    }
    var last = at
    var inner = 0
    while true {
      if opensBracket(tokens.kinds[last]) { inner += 1 }
      if closesBracket(tokens.kinds[last]) { inner -= 1 }
      if inner < 0 || tokens.kinds[last + 1] == .endOfFile || isFirstOnLine(last + 1) { break }
      last += 1
    }
    // The closing parenthesis may be there, and only the opening one be missing.
    let isClosed = inner < 0 && tokens.kinds[last] == .rightParen && last > at
    let arguments = span(start(of: at), tokens.ends[isClosed ? last - 1 : last])
    let whole = span(start(of: at - 1), tokens.ends[last])
    fail(
      Message.callWithoutParentheses(
        at: arguments, name: tokenSpan(at - 1), whole: whole, call: "\(name)(\(text(arguments)))"))
    return true
  }

  /// A name that was a whole statement means nothing by itself; what is wrong is said at what follows it.
  mutating func dropBareName() {
    guard nodes.count > 1, nodes[nodes.count - 1].kind == .name else { return }
    makeError(NodeID(UInt32(nodes.count - 1)))
  }
}
