import OrusDiagnostics

/// Fields, methods, variants and struct literals.
extension TypeMessage {
  static func sliceStep(_ span: Span) -> Diagnostic {
    error(
      TypeCode.notIndexable, "a slice has no step", at: span, "a slice takes every element between its bounds",
      help: [Help("pick the elements with a comprehension: `[xs[i] for i in a..b..step]`")])
  }

  /// - Parameter rewritten: how the call is written otherwise.
  static func unknownMember(
    _ name: String, at span: Span, type: String, isCall: Bool, nearest: String?, rewritten: Help? = nil
  ) -> Diagnostic {
    var explanation = ""
    var help: [Help] = []
    if let rewritten {
      help = [rewritten]
    } else if let spelling = foreignMember(name, of: type), isCall || !type.hasSuffix("?") {
      help = [.replace(span, isCall ? spelling : "\(spelling)()", "write `\(spelling)()`")]
    } else if type.hasSuffix("?") {
      explanation = "`\(type)` may hold nothing, so its value is taken out first."
      help = [Help("take the value out with `?`, `unwrap_or(…)` or `if let Some(x) = …`")]
    } else if type.hasPrefix("Result<"), nearest == nil {
      help = [Help("take the value out with `?` or `match`")]
    } else if let nearest {
      help = [.replace(span, nearest, "did you mean `\(nearest)`?")]
    } else if type.hasPrefix("("), !isCall {
      help = [Help("the elements of a tuple are `t.0`, `t.1` and so on")]
    }
    return error(
      TypeCode.unknownMember, "`\(type)` has no \(isCall ? "method" : "field") `\(name)`", at: span,
      "\(indefinite(type)) has nothing of this name", explanation: explanation, help: help)
  }

  /// What methods of other languages are called in Orus, where the arguments are the same.
  private static func foreignMember(_ name: String, of type: String) -> String? {
    if type == "string" { return stringMethods[name] ?? lengths[name] }
    if type.hasPrefix("Map<"), !type.hasSuffix("?") { return mapMethods[name] ?? lengths[name] }
    if type.hasPrefix("Set<"), !type.hasSuffix("?") { return setMethods[name] ?? lengths[name] }
    if isContainer(type) { return arrayMethods[name] ?? lengths[name] }
    if type.hasSuffix("?") { return optionMethods[name] }
    return nil
  }

  private static let lengths = ["length": "len", "size": "len", "isEmpty": "is_empty", "empty": "is_empty"]
  private static let arrayMethods = [
    "append": "push", "add": "push", "push_back": "push", "pop_back": "pop", "includes": "contains",
    "indexOf": "index_of", "index": "index_of", "fold": "reduce", "sortBy": "sort_by", "delete": "remove",
    "removeAt": "remove", "some": "any", "every": "all",
  ]
  private static let stringMethods = [
    "strip": "trim", "lstrip": "trim_start", "rstrip": "trim_end", "startswith": "starts_with",
    "startsWith": "starts_with", "endswith": "ends_with", "endsWith": "ends_with", "to_upper": "upper",
    "to_lower": "lower", "toUpperCase": "upper", "toLowerCase": "lower", "to_uppercase": "upper",
    "to_lowercase": "lower", "uppercased": "upper", "lowercased": "lower", "includes": "contains", "indexOf": "find",
    "index": "find", "index_of": "find", "substr": "substring", "splitlines": "lines", "characters": "chars",
    "ljust": "pad_right", "rjust": "pad_left", "padStart": "pad_left", "padEnd": "pad_right", "replaceAll": "replace",
  ]
  private static let mapMethods = [
    "has": "contains", "has_key": "contains", "contains_key": "contains", "containsKey": "contains", "insert": "set",
    "put": "set", "items": "entries", "delete": "remove", "get_or_default": "get_or",
  ]
  private static let setMethods = [
    "insert": "add", "push": "add", "has": "contains", "includes": "contains", "delete": "remove",
    "intersect": "intersection", "subtract": "difference", "subtracting": "difference", "discard": "remove",
  ]
  private static let optionMethods = [
    "isSome": "is_some", "isNone": "is_none", "get": "unwrap", "value": "unwrap", "value_or": "unwrap_or",
    "get_or": "unwrap_or", "flat_map": "and_then", "flatMap": "and_then",
  ]

  static func unknownVariant(_ name: String, at span: Span, type: String, nearest: String?) -> Diagnostic {
    error(
      TypeCode.unknownMember, "`\(type)` has no variant `\(name)`", at: span, "no variant has this name",
      help: nearest.map { [.replace(span, $0, "did you mean `\($0)`?")] } ?? [])
  }

  static func privateField(_ name: String, at span: Span, type: String) -> Diagnostic {
    privateMember(
      "field", name, at: span, type: type,
      help: "call a method of `\(type)`, or put `pub` before the field if it is meant for others")
  }

  static func privateMethod(_ name: String, at span: Span, type: String) -> Diagnostic {
    privateMember(
      "method", name, at: span, type: type, help: "put `pub` before the method if it is meant for others")
  }

  private static func privateMember(
    _ kind: String, _ name: String, at span: Span, type: String, help: String
  ) -> Diagnostic {
    error(
      ModuleCode.privateSymbol, "the \(kind) `\(name)` of `\(type)` is private to its module", at: span,
      "not visible here",
      explanation: "Other modules see the \(kind)s that are declared with `pub`.", help: [Help(help)])
  }

  static func tupleFieldMissing(_ index: Int, at span: Span, type: String) -> Diagnostic {
    let isTuple = type.hasPrefix("(") && !type.hasSuffix("?")
    return error(
      TypeCode.unknownMember, "`\(type)` has no element \(index)", at: span,
      isTuple ? "the last one is \(parts(type.dropFirst().dropLast()).count - 1)" : "this is no tuple",
      explanation: isTuple ? "The elements of a tuple are counted from 0." : "",
      help: element(ofArray: type) == nil ? [] : [Help("an element of an array is `a[i]`")])
  }

  // MARK: Structs

  static func notAStruct(_ name: String, at span: Span, isVariant: Bool) -> Diagnostic {
    error(
      TypeCode.structLiteral, "`\(name)` is not a struct", at: span, "no struct has this name",
      explanation: "`Name{ … }` builds a struct from its fields.",
      help: [
        Help(
          isVariant
            ? "the values of a variant stand in parentheses: `\(name)(…)`"
            : "a variant of an enum is `\(name).Variant`, with its values in parentheses")
      ])
  }

  static func missingFields(_ names: [String], type: String, at span: Span) -> Diagnostic {
    let shown = names.count <= 6 ? list(names) : list(Array(names.prefix(5))) + " and \(names.count - 5) more"
    return error(
      TypeCode.structLiteral,
      names.count == 1 ? "the field \(shown) of `\(type)` is missing" : "the fields \(shown) of `\(type)` are missing",
      at: span, "\(names.count == 1 ? "a value" : "values") for \(shown) \(names.count == 1 ? "is" : "are") missing",
      explanation: "A field that declares no default is given a value wherever the struct is built.")
  }
}
