import OrusDiagnostics

/// Names of types of other languages, for the parser, which reads them with arguments in brackets, and the checker,
/// which finds that nothing has the name.
public enum ForeignType {
  /// Types without arguments.
  public static let plain = [
    "int": "i32", "Int": "i32", "integer": "i32", "Integer": "i32", "i8": "i32", "i16": "i32", "u8": "u32",
    "u16": "u32", "uint": "u32", "usize": "i32", "isize": "i32", "short": "i32", "byte": "u32", "long": "i64",
    "Long": "i64", "int32": "i32", "int64": "i64", "uint32": "u32", "uint64": "u64", "float32": "f64",
    "float64": "f64", "Int32": "i32", "Int64": "i64", "UInt32": "u32", "UInt64": "u64", "i128": "i64", "u128": "u64",
    "str": "string", "String": "string", "Str": "string", "text": "string", "char": "string", "Char": "string",
    "rune": "string", "double": "f64", "Double": "f64", "float": "f64", "Float": "f64", "f32": "f64", "number": "f64",
    "Number": "f64", "real": "f64", "boolean": "bool", "Bool": "bool", "Boolean": "bool", "None": "void",
    "Void": "void", "Unit": "void", "unit": "void", "Any": "any", "object": "any", "Object": "any", "unknown": "any",
  ]

  /// What a generic type is here.
  public enum Container: Sendable {
    case array, map, set, option, tuple, function, pointer

    public var advice: String {
      switch self {
      case .array: "an array is written `[T]`, as in `[i32]`"
      case .map: "a map is written `Map<string, i32>`"
      case .set: "a set is written `Set<i32>`"
      case .option: "an optional value is written `T?`"
      case .tuple: "a tuple is written `(A, B)`, as in `(i32, string)`"
      case .function: "a function is written `fn(A) -> R`"
      case .pointer: "values are passed by reference always: write the type alone"
      }
    }

    /// What stands around that many type arguments; nil where the type has another number of them.
    func frame(_ count: Int) -> (opening: String, closing: String)? {
      switch (self, count) {
      case (.array, 1): ("[", "]")
      case (.map, 2): ("Map<", ">")
      case (.set, 1): ("Set<", ">")
      case (.option, 1): ("", "?")
      case (.pointer, 1): ("", "")
      case (.tuple, 2...): ("(", ")")
      default: nil
      }
    }
  }

  public static let containers: [String: Container] = [
    "list": .array, "List": .array, "array": .array, "Array": .array, "vec": .array, "Vec": .array, "slice": .array,
    "MutableList": .array, "ArrayList": .array, "dict": .map, "Dict": .map, "Dictionary": .map, "map": .map,
    "HashMap": .map, "MutableMap": .map, "set": .set, "HashSet": .set, "MutableSet": .set, "tuple": .tuple,
    "Tuple": .tuple, "Optional": .option, "Maybe": .option, "function": .function, "func": .function,
    "Function": .function, "Callable": .function, "Box": .pointer, "Rc": .pointer, "Arc": .pointer,
  ]

  /// The edits that give a generic type the form that it has here; nil where it has none, or another number of
  /// arguments.
  public static func edits(_ container: Container, arguments: [Span], whole: Span) -> [Help.Edit]? {
    container.frame(arguments.count).map { edits($0, arguments, whole) }
  }

  static func edits(_ frame: (opening: String, closing: String), _ arguments: [Span], _ whole: Span) -> [Help.Edit] {
    let first = arguments[0].start
    let last = arguments[arguments.count - 1].end
    return [
      Help.Edit(Span(file: whole.file, start: whole.start, end: first), frame.opening),
      Help.Edit(Span(file: whole.file, start: last, end: whole.end), frame.closing),
    ]
  }
}

/// Types in the forms of other languages. The outermost is reported, with all that is in it rewritten.
extension Parser {
  /// `List[int]` and `map[string]int`, at the bracket behind the name.
  mutating func parseTypeInBrackets(_ path: UInt32, name: TokenID, start: TokenID) -> NodeID {
    let isOutermost = !isInForeignType
    isInForeignType = true
    defer { isInForeignType = !isOutermost }
    guard openBracket() else { return addError() }
    let mark = pending.count
    while kind != .rightBracket && kind != .endOfFile && !recovery.isActive {
      pending.append(parseType().index)
      if !take(.comma) { break }
    }
    closeBracket(.rightBracket)
    if !recovery.isActive, tokenText(Int(name.index)) == "map", isTypeInLine(at) { pending.append(parseType().index) }
    let type = add(.namedType, token: name, start: start, a: path, b: finishList(from: mark) + 1)
    return finishForeignType(type, isOutermost)
  }

  /// `[String: Int]`, at the colon; the key is read.
  mutating func parseMapTypeInBrackets(_ key: NodeID, token: TokenID) -> NodeID {
    let isOutermost = !isInForeignType
    isInForeignType = true
    defer { isInForeignType = !isOutermost }
    advance()
    let mark = pending.count
    pending.append(key.index)
    pending.append(parseType().index)
    closeBracket(.rightBracket)
    let type = add(.namedType, token: token, a: 0, b: finishList(from: mark) + 1)
    return finishForeignType(type, isOutermost)
  }

  /// `T[]` and `T[][]`, at the bracket.
  mutating func parseBracketsBehindType(_ element: NodeID, start: TokenID) -> NodeID {
    let token = tokenID
    var type = element
    var spelling = text(span(type))
    while isBracketsBehindType {
      advance()
      advance()
      spelling = "[\(spelling)]"
      type = add(.arrayType, token: token, start: start, a: type.index)
    }
    report(Message.arrayType(at: span(start, lastEnd), spelling: spelling))
    return type
  }

  /// `T | None`, at the `|`.
  mutating func parseUnionWithNone(_ type: NodeID, start: TokenID) -> NodeID {
    let edits = rewriting(type) + [Help.Edit(span(lastEnd, tokens.ends[at + 1]), "?")]
    advance()
    advance()
    let whole = span(start, lastEnd)
    report(Message.foreignType(at: whole, rewritten: applied(edits, to: whole)))
    return add(.error, token: start)
  }

  var isUnionWithNone: Bool {
    guard kind == .pipe, !isInCast, !isFirstOnLine(at + 1) else { return false }
    if peek() == .nil { return true }
    return peek() == .identifier && ["None", "null", "undefined"].contains(tokenText(at + 1))
  }

  /// `&'a mut`, `*`, `dyn` and `impl` before a type, each reported with its removal; false if no type follows.
  @discardableResult
  mutating func passBeforeType() -> Bool {
    let first = at
    var end = at + 1
    if kind == .ampersand || kind == .doubleAmpersand || kind == .star {
      if tokens.kinds[end] == .label { end += 1 }
      if tokens.kinds[end] == .mut || tokens.kinds[end] == .const { end += 1 }
    }
    switch tokens.kinds[end] {
    case .identifier, .leftBracket, .leftParen, .fn, .ampersand, .label: break
    default: return false
    }
    if isFirstOnLine(end) || recovery.isActive { return false }
    let removed = span(tokens.starts[first], tokens.starts[end])
    switch kind {
    case .label: report(Message.lifetime(at: tokenSpan(first), removed: removed))
    case .identifier, .impl:
      report(Message.traitObject(at: tokenSpan(first), word: tokenText(first), removed: removed))
    default:
      report(Message.referenceType(at: tokenSpan(first), spelling: tokenText(first), removed: removed))
    }
    move(to: end)
    return true
  }

  /// `<'a, T>`, behind the `<`: the lifetimes, each with the comma behind it; alone, with the brackets.
  mutating func passLifetimes() {
    while kind == .label && !recovery.isActive {
      let isAlone = peek() == .greater && tokens.kinds[at - 1] == .less
      let removed =
        isAlone
        ? span(tokens.starts[at - 1], tokens.ends[at + 1])
        : span(tokens.starts[at], peek() == .comma ? tokens.starts[at + 2] : tokens.ends[at])
      report(Message.lifetime(at: tokenSpan(at), removed: removed))
      advance()
      if !take(.comma) { return }
    }
  }

  /// `[5]int`, at the number.
  mutating func parseLengthBeforeElement(_ token: TokenID) -> NodeID {
    let length = tokenText(at)
    advance()
    closeBracket(.rightBracket)
    let element = parseType()
    let whole = span(token, lastEnd)
    report(Message.arrayType(at: whole, spelling: "[\(applied(rewriting(element), to: span(element))); \(length)]"))
    return add(.error, token: token)
  }

  /// At a `(`: `(A, B) -> R`.
  var isFunctionTypeWithoutKeyword: Bool {
    var inner = 0
    for i in at..<min(tokens.count - 1, at + 200) {
      if opensBracket(tokens.kinds[i]) { inner += 1 }
      if closesBracket(tokens.kinds[i]) { inner -= 1 }
      if inner == 0 { return tokens.kinds[i + 1] == .arrow && !isFirstOnLine(i + 1) }
    }
    return false
  }

  private mutating func finishForeignType(_ type: NodeID, _ isOutermost: Bool) -> NodeID {
    guard isOutermost, !recovery.isActive else { return type }
    let whole = span(type)
    report(Message.foreignType(at: whole, rewritten: applied(rewriting(type), to: whole)))
    makeError(type)
    return type
  }

  // MARK: Rewriting

  private func list(_ index: UInt32) -> [NodeID] {
    (0..<extra[Int(index)]).map { NodeID(extra[Int(index + 1 + $0)]) }
  }

  /// The edits that turn the names and brackets in a type to those of Orus.
  private func rewriting(_ type: NodeID) -> [Help.Edit] {
    let row = nodes[Int(type.index)]
    switch row.kind {
    case .optionType, .arrayType: return rewriting(NodeID(row.a))
    case .tupleType: return list(row.a).flatMap { rewriting($0) }
    case .namedType:
      let whole = span(type)
      let last = row.a == 0 ? nil : list(row.a).last
      let place = last.map { span(TokenID(first(of: type).index), span($0).end) }
      let name = place.map { text($0) } ?? "Map"
      guard row.b != 0 else {
        return ForeignType.plain[name].map { [Help.Edit(whole, $0)] } ?? []
      }
      let arguments = list(row.b - 1)
      guard !arguments.isEmpty else { return [] }
      let spans = arguments.map { span($0) }
      // A type that is called `Box` may be the program's own.
      let container = row.a == 0 ? .map : ForeignType.containers[name].flatMap { $0 == .pointer ? nil : $0 }
      let frame = container?.frame(arguments.count) ?? ("\(name)<", ">")
      var edits = ForeignType.edits(frame, spans, whole)
      for (left, right) in zip(spans, spans.dropFirst()) { edits.append(Help.Edit(span(left.end, right.start), ", ")) }
      return edits + arguments.flatMap { rewriting($0) }
    default: return []
    }
  }

  /// The text of a range after edits in it.
  private func applied(_ edits: [Help.Edit], to whole: Span) -> String {
    var result = ""
    var from = whole.start
    for edit in edits.sorted(by: { ($0.span.start, $0.span.end) < ($1.span.start, $1.span.end) }) {
      result += text(span(from, edit.span.start)) + edit.replacement
      from = edit.span.end
    }
    return result + text(span(from, whole.end))
  }
}
