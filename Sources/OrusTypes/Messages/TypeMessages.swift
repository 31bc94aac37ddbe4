import OrusDiagnostics

/// What the checker says: one function a diagnostic, in files by topic. A function
/// gets spans and types as the source spells them, never the checker.
enum TypeMessage {
  static func error(
    _ code: some DiagnosticCode, _ message: String, at span: Span, _ label: String, secondary: [Label] = [],
    explanation: String = "", help: [Help] = []
  ) -> Diagnostic {
    Diagnostic(
      .error, code, message, at: Label(span, label), secondary: secondary.filter { $0.span != span },
      explanation: explanation, help: help)
  }

  // MARK: Mismatches

  /// - Parameters:
  ///   - because: what asks for the expected type.
  ///   - help: instead of the help that these two types call for.
  ///   - isAtom: the span is a name, a literal, a call, a field or an index, which needs no parentheses when something
  ///     is put behind it.
  ///   - negation: the `not` that it stands behind, and the operand of that.
  static func mismatch(
    _ span: Span, expected: String, found: String, because: (kind: Reason.Kind, span: Span)?,
    isAtom: Bool = false, negation: (keyword: Span, operand: Span, isAtom: Bool)? = nil, help: [Help]? = nil
  ) -> Diagnostic {
    var secondary: [Label] = []
    if let because, let words = words(for: because.kind, expected: expected) {
      secondary.append(Label(because.span, words))
    }
    // A pattern has no value that could be converted.
    let isPattern = because?.kind == .pattern
    let advice = help ?? (isPattern ? [] : conversion(span, isAtom, negation, expected: expected, found: found))
    return error(
      TypeCode.mismatch, "expected `\(expected)`, found `\(found)`", at: span,
      isPattern ? "this matches \(indefinite(found))" : "this is \(indefinite(found))", secondary: secondary,
      explanation: explanation(expected: expected, found: found), help: advice)
  }

  private static func words(for kind: Reason.Kind, expected: String) -> String? {
    switch kind {
    case .none: nil
    case .annotation: "`\(expected)` is expected because of this annotation"
    case .parameter: "this parameter takes \(indefinite(expected))"
    case .result: "the function gives \(indefinite(expected)) because of this"
    case .operand: "this operand is \(indefinite(expected))"
    case .condition: "this asks for a condition"
    case .element: "all elements have one type, and this one is \(indefinite(expected))"
    case .branch: "all branches have one type, and this one gives \(indefinite(expected))"
    case .variable: "this has the type `\(expected)`"
    case .field: "the field has the type `\(expected)`"
    case .index: "this takes \(indefinite(expected)) as index"
    case .payload: "the variant holds \(indefinite(expected)) here"
    case .pattern: "the value that is matched is \(indefinite(expected))"
    case .defaultValue: "this has the type `\(expected)`"
    case .key: "all keys have one type, and this one is \(indefinite(expected))"
    }
  }

  private static func explanation(expected: String, found: String) -> String {
    if expected == found { return "These are two types of the same name, declared in different places." }
    if expected == "bool" { return "A `bool` is `true` or `false`; no other value counts as one of them." }
    if found == "_?", value(ofResult: expected) == nil {
      return "Only an optional value, such as one of the type `\(expected)?`, can be `nil`."
    }
    if element(ofOption: found) == expected {
      return "`\(found)` may hold nothing, so its value is taken out before it is used."
    }
    if value(ofResult: found) == expected {
      return "`\(found)` may hold an error, so its value is taken out before it is used."
    }
    if isNumber(expected), isNumber(found) {
      return "Numbers of one type are never converted to another one implicitly."
    }
    if element(ofArray: expected) != nil, found.hasPrefix("["), found.contains("; ") {
      return "An array of fixed length stands for a `\(expected)` only where that is read, not where it could grow."
    }
    if expected.hasPrefix("("), found.hasPrefix("("), !expected.hasSuffix("?"), !found.hasSuffix("?") {
      return "Two tuples have one type if they have as many elements, with the same types in the same order."
    }
    if let wanted = description(expected), let given = description(found), wanted != given {
      return "Orus expected \(wanted) here and found \(given)."
    }
    return ""
  }

  /// What converts the one type to the other.
  private static func conversion(
    _ span: Span, _ isAtom: Bool, _ negation: (keyword: Span, operand: Span, isAtom: Bool)?, expected: String,
    found: String
  ) -> [Help] {
    if found == "_?" { return [] }
    if expected == "bool" {
      if let negation, let help = asNegatedCondition(negation.keyword, negation.operand, negation.isAtom, found) {
        return [help]
      }
      return asCondition(span, isAtom, found)
    }
    if let cast = cast(span, isAtom, from: found, to: expected) { return [cast] }
    if element(ofOption: found) == expected {
      return [
        Help("to go on only where there is a value, write `if let Some(x) = …:`; `unwrap_or` gives it a default"),
        .apply(span, "", ".unwrap()", isAtom, "to panic where there is no value, write `.unwrap()`"),
      ]
    }
    if value(ofResult: found) == expected {
      return [
        Help("to hand the error to the caller, write `?` after it; `match` handles both cases"),
        .apply(span, "", ".unwrap()", isAtom, "to panic where there is an error, write `.unwrap()`"),
      ]
    }
    if element(ofArray: expected) == found {
      return [.surround(span, "[", "]", "for an array of this one element, put it in brackets")]
    }
    if found == "fn() -> \(expected)" {
      return [.apply(span, "", "()", isAtom, "to use what the function gives, call it")]
    }
    if expected == "fn() -> \(found)" {
      return [.surround(span, "fn(): (", ")", "to make it a function that gives this value, write `fn(): …`")]
    }
    return []
  }

  /// A cast, or the function that does what no cast does.
  static func cast(_ span: Span, _ isAtom: Bool, from found: String, to expected: String) -> Help? {
    switch (found, expected) {
    case ("string", "i32"): .surround(span, "int(", ")", "to read a number out of text, use `int(…)`")
    case ("string", "f64"): .surround(span, "float(", ")", "to read a number out of text, use `float(…)`")
    case ("string", _) where isNumber(expected):
      Help("to read a number out of text, use `parse_int()`, which gives a `Result<i64, Error>`")
    case ("f64", _) where isInteger(expected):
      .apply(span, "", " as \(expected)", isAtom, "to drop what is behind the point, cast it with `as \(expected)`")
    case (_, _) where (isNumber(found) || found == "bool") && isNumber(expected) && found != expected:
      .apply(span, "", " as \(expected)", isAtom, "convert it with `as \(expected)`")
    case (_, "string") where isNumber(found) || found == "bool":
      .apply(span, "", " as string", isAtom, "to make text of it, write `as string`")
    case ("any", _) where expected != "any" && !expected.contains("_"):
      .apply(span, "", " as \(expected)", isAtom, "to take the value out, or panic where it is another one, cast it")
    default: nil
    }
  }

  private static func asCondition(_ span: Span, _ isAtom: Bool, _ found: String) -> [Help] {
    if isNumber(found) {
      return [.apply(span, "", " != 0", isAtom, "to ask whether it is not zero, compare it with 0")]
    }
    if found == "string" || isContainer(found) {
      let text = "to ask whether anything is in it, write `not ….is_empty()`"
      return [.apply(span, "not ", ".is_empty()", isAtom, text)]
    }
    if element(ofOption: found) != nil {
      return [.apply(span, "", ".is_some()", isAtom, "to ask whether there is a value, write `.is_some()`")]
    }
    if value(ofResult: found) != nil {
      return [.apply(span, "", ".is_ok()", isAtom, "to ask whether it succeeded, write `.is_ok()`")]
    }
    if found == "fn() -> bool" { return [.apply(span, "", "()", isAtom, "to use what the function gives, call it")] }
    return []
  }

  /// What asks for the opposite, in place of a `not` and its operand.
  private static func asNegatedCondition(_ keyword: Span, _ span: Span, _ isAtom: Bool, _ found: String) -> Help? {
    let test: String
    let text: String
    if isNumber(found) {
      (test, text) = (" == 0", "to ask whether it is zero, compare it with 0")
    } else if found == "string" || isContainer(found) {
      (test, text) = (".is_empty()", "to ask whether nothing is in it, write `.is_empty()`")
    } else if element(ofOption: found) != nil {
      (test, text) = (".is_none()", "to ask whether there is no value, write `.is_none()`")
    } else if value(ofResult: found) != nil {
      (test, text) = (".is_err()", "to ask whether it failed, write `.is_err()`")
    } else {
      return nil
    }
    return Help(
      text,
      edits: [
        Help.Edit(Span(file: span.file, start: keyword.start, end: span.start), isAtom ? "" : "("),
        Help.Edit(span.behind, (isAtom ? "" : ")") + test),
      ])
  }

  // MARK: Inference

  static func endlessDeclaration(_ span: Span, type: String) -> Diagnostic {
    error(
      TypeCode.infiniteType, "the types of this would grow without end", at: span, "leads to a larger type each time",
      explanation: "Each type that a declaration is used with is compiled. "
        + "A `\(type)` would lead to an even larger one.",
      help: [Help("let the declaration lead to itself with the same types that it was used with")])
  }

  static func infiniteType(_ span: Span, expected: String, found: String) -> Diagnostic {
    error(
      TypeCode.infiniteType, "the type of this would contain itself", at: span, "this would have a type without end",
      explanation: "It would have to be `\(expected)` and `\(found)` at the same time.",
      help: [Help("check whether one element was meant, rather than all of it")])
  }

  static func typeTooLarge(_ span: Span) -> Diagnostic {
    error(
      TypeCode.infiniteType, "the type of this is too large", at: span, "this type has too many parts",
      explanation: "Types nest, and each use here makes the type a multiple of what it was.",
      help: [Help("declare a struct for a part of it")])
  }

  static func annotationNeeded(_ span: Span) -> Diagnostic {
    error(
      TypeCode.typeNotKnown, "what type this has must be known here", at: span, "nothing says yet what this is",
      explanation: "What a field, a method, an index or a loop means depends on the type that it is used on.",
      help: [Help("give the parameter or variable a type, as in `name: Type`")])
  }

  /// `name`: of the variable, nil for an expression. In `type`, a `_` stands for what is not known.
  static func undeterminedType(_ span: Span, of name: String?, type: String) -> Diagnostic {
    let what = name.map { "`\($0)`" } ?? "this"
    let example = filled(type)
    return error(
      TypeCode.typeNotKnown, "the type of \(what) is not known", at: span,
      type == "_" ? "nothing says what this is" : "this is \(indefinite(type)), and nothing says what `_` is",
      explanation: "Types are inferred from use, and no use decides this one.",
      help: [
        Help(name.map { "give it a type, as in `\($0): \(example)`" } ?? "put it in a variable with a type")
      ])
  }

  // MARK: Literals and values

  /// `range`: such as `0 to 4294967295`.
  static func literalOutOfRange(_ span: Span, type: String, range: String) -> Diagnostic {
    let wider = type == "i32" ? "i64" : type == "u32" ? "u64" : nil
    return error(
      TypeCode.outOfRange, "this number does not fit in `\(type)`", at: span, "out of range",
      explanation: "\(capitalized(indefinite(type))) is from \(range).",
      help: wider.map { [Help("a wider type is `\($0)`")] } ?? [])
  }

  static func lengthOutOfRange(_ span: Span) -> Diagnostic {
    error(
      TypeCode.outOfRange, "an array cannot have this length", at: span, "out of range",
      explanation: "The length of an array is from 0 to 2147483647.")
  }

  static func noValue(_ span: Span) -> Diagnostic {
    error(
      TypeCode.noValue, "this gives no value, and one is needed here", at: span, "no value comes from this",
      explanation: "A function without a result does something and gives nothing back.",
      help: [Help("call it in a statement of its own, or let it give a value")])
  }

  static func voidElement(_ span: Span, type: String) -> Diagnostic {
    error(
      TypeCode.noValue, "this would be a `\(type)`, and `void` has no values", at: span, "holds what a function gives",
      explanation: "A function without a result does something and gives nothing back, so nothing can be kept of it.",
      help: [Help("let the function give a value, or call it in a loop: `for x in xs: …`")])
  }

  static func ifNeedsElse(_ span: Span) -> Diagnostic {
    error(
      TypeCode.noValue, "an `if` that is used as a value needs an `else`", at: span,
      "this has no value where the condition is false", help: [Help("add an `else` with a value")])
  }

  // MARK: Casts

  static func castImpossible(_ span: Span, from: String, to: String) -> Diagnostic {
    var help: [Help] = []
    if to == "string" {
      help = [Help("to make text of anything, write `f\"{x}\"`")]
    } else if to == "bool" {
      help = asCondition(span, false, from).map { Help($0.text) }
    } else if let element = element(ofOption: from) ?? value(ofResult: from), element == to {
      help = [Help("take the value out with `match`, `?`, `unwrap_or` or `unwrap`")]
    } else if to == "any" {
      help = [Help("anything becomes an `any` where one is expected: leave the cast out and annotate the variable")]
    }
    return error(
      TypeCode.cast, "`\(from)` cannot be cast to `\(to)`", at: span, "no cast goes from `\(from)` to `\(to)`",
      explanation:
        "`as` converts between numbers and `bool`, from these to `string`, and takes a value out of an `any`.",
      help: help)
  }

  static func castFromString(_ span: Span, to type: String) -> Diagnostic {
    let help =
      switch type {
      case "f64": "`float(s)` reads a number and panics on other text; `s.parse_float()` gives a `Result`"
      case "bool": "compare it: `s == \"true\"`, or ask `not s.is_empty()`"
      default: "`int(s)` reads a number and panics on other text; `s.parse_int()` gives a `Result`"
      }
    return error(
      TypeCode.cast, "text cannot be cast to `\(type)`", at: span, "a cast does not read text",
      explanation: "A cast never fails, and reading a value out of text can.", help: [Help(help)])
  }

  // MARK: Integers

  /// `what`: such as `a shift count`.
  static func notAnInteger(_ span: Span, type: String, what: String, isAtom: Bool = false) -> Diagnostic {
    let help = type == "f64" || type == "bool" ? cast(span, isAtom, from: type, to: "i32") : nil
    return error(
      TypeCode.notAnInteger, "\(what) is an integer, and this is \(indefinite(type))", at: span,
      "this is \(indefinite(type))", help: help.map { [$0] } ?? [])
  }

  static func rangeOfNonInteger(_ span: Span, type: String) -> Diagnostic {
    error(
      TypeCode.notAnInteger, "a range goes over integers, not `\(type)`", at: span, "this would go over `\(type)`",
      explanation: "A range is over `i32`, `i64`, `u32` or `u64`.",
      help: type == "f64" ? [Help("count with integers, and convert each: `i as f64 / 10.0`")] : [])
  }
}

// MARK: Words

extension TypeMessage {
  /// A type with the article that fits how it is read: an `i32`, a `u32`.
  static func indefinite(_ type: String) -> String {
    if type == "void" { return "no value" }
    guard let first = type.unicodeScalars.first else { return "`\(type)`" }
    switch first {
    case "a", "e", "i", "o", "A", "E", "I", "O": return "an `\(type)`"
    case "f" where type.hasPrefix("f64"): return "an `\(type)`"
    default: return "a `\(type)`"
    }
  }

  static func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

  /// `1 argument`, `2 arguments`, `no arguments`.
  static func count(_ number: Int, _ noun: String) -> String {
    number == 0 ? "no \(noun)s" : number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
  }

  /// `a`, `b` and `c`.
  static func list(_ names: [String]) -> String {
    let quoted = names.map { "`\($0)`" }
    guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "" }
    return quoted.dropLast().joined(separator: ", ") + " and " + last
  }

  static func isInteger(_ type: String) -> Bool { ["i32", "i64", "u32", "u64"].contains(type) }
  static func isNumber(_ type: String) -> Bool { type == "f64" || isInteger(type) }

  static func isContainer(_ type: String) -> Bool {
    !type.hasSuffix("?") && (type.hasPrefix("[") || type.hasPrefix("Map<") || type.hasPrefix("Set<"))
  }

  /// A struct or enum of the program, which can be given methods.
  static func isDeclared(_ type: String) -> Bool {
    guard let first = type.unicodeScalars.first, ("A"..."Z").contains(first), !type.hasSuffix("?") else { return false }
    return !["Map<", "Set<", "Range<", "Result<"].contains { type.hasPrefix($0) } && type != "Ordering"
  }

  /// The T of a `T?`.
  static func element(ofOption type: String) -> String? {
    guard type.hasSuffix("?"), !type.hasPrefix("fn(") else { return nil }
    let inner = type.dropLast()
    return inner.hasPrefix("(fn(") ? String(inner.dropFirst().dropLast()) : String(inner)
  }

  /// The T of a `Result<T, E>`.
  static func value(ofResult type: String) -> String? {
    guard type.hasPrefix("Result<"), type.hasSuffix(">") else { return nil }
    return parts(type.dropFirst("Result<".count).dropLast()).first
  }

  /// The T of a `[T]`.
  static func element(ofArray type: String) -> String? {
    guard type.hasPrefix("["), type.hasSuffix("]") else { return nil }
    let inner = type.dropFirst().dropLast()
    return parts(inner, at: ";").count == 1 ? String(inner) : nil
  }

  /// What separators outside of brackets separate.
  static func parts(_ text: some StringProtocol, at separator: Character = ",") -> [String] {
    var result = [""]
    var depth = 0
    var previous: Character = " "
    for character in text {
      switch character {
      case "[", "(", "<": depth += 1
      case "]", ")": depth -= 1
      case ">" where previous != "-": depth -= 1
      default: break
      }
      if character == separator, depth == 0 {
        result.append("")
      } else if character != " " || !result[result.count - 1].isEmpty {
        result[result.count - 1].append(character)
      }
      previous = character
    }
    return result
  }

  /// A type with an example for each part that is not known.
  static func filled(_ type: String) -> String {
    var result = ""
    var word = ""
    for character in type + " " {
      if character == "_" || character.isLetter || character.isNumber {
        word.append(character)
        continue
      }
      result += (word == "_" ? "i32" : word) + String(character)
      word = ""
    }
    return String(result.dropLast())
  }

  private static func description(_ type: String) -> String? {
    switch type {
    case _ where isInteger(type): return "a whole number"
    case "f64": return "a number with a fraction"
    case "string": return "text"
    case "bool": return "`true` or `false`"
    case "void": return "nothing"
    case _ where type.hasSuffix("?"): return type.hasPrefix("fn(") ? "a function" : "an optional value"
    case _ where type.hasPrefix("["): return "an array"
    case _ where type.hasPrefix("fn("): return "a function"
    case _ where type.hasPrefix("("): return "a tuple"
    case _ where type.hasPrefix("Map<"): return "a map"
    case _ where type.hasPrefix("Set<"): return "a set"
    case _ where type.hasPrefix("Range<"): return "a range"
    case _ where type.hasPrefix("Result<"): return "a result that may be an error"
    default: return nil
    }
  }
}

extension Help {
  /// Replaces one range.
  static func replace(_ span: Span, _ replacement: String, _ text: String) -> Help {
    Help(text, edits: [Edit(span, replacement)])
  }

  /// Puts something before and something after an operand, which goes into parentheses unless it needs none.
  static func apply(_ span: Span, _ before: String, _ after: String, _ isAtom: Bool, _ text: String) -> Help {
    isAtom ? surround(span, before, after, text) : surround(span, before + "(", ")" + after, text)
  }

  /// Puts something before and something after one range.
  static func surround(_ span: Span, _ before: String, _ after: String, _ text: String) -> Help {
    let edits = [
      Edit(span.before, before),
      Edit(span.behind, after),
    ]
    return Help(text, edits: edits.filter { !$0.replacement.isEmpty })
  }
}
