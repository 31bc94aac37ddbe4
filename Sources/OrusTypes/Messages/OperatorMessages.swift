import OrusDiagnostics

/// Operators and what they are applied to.
extension TypeMessage {
  /// - Parameters:
  ///   - op: the operator's place.
  ///   - areAtoms: names, literals or calls, which need no parentheses before `as`.
  ///   - count: the right operand without its parentheses, for where it becomes an argument.
  static func operandsDiffer(
    _ op: Span, operator spelling: String, left: (type: String, span: Span), right: (type: String, span: Span),
    areAtoms: (left: Bool, right: Bool), count: Span
  ) -> Diagnostic {
    let bothNumbers = isNumber(left.type) && isNumber(right.type)
    let advice = unification(spelling, left, right, areAtoms, count)
    return error(
      TypeCode.operandsDiffer, "the operands of `\(spelling)` are `\(left.type)` and `\(right.type)`", at: op,
      "`\(spelling)` needs both of one type",
      secondary: [left, right].map { Label($0.span, "this is \(indefinite($0.type))") },
      explanation: bothNumbers ? "Numbers of one type are never converted to another one implicitly." : "",
      help: advice)
  }

  private static func unification(
    _ spelling: String, _ left: (type: String, span: Span), _ right: (type: String, span: Span),
    _ areAtoms: (left: Bool, right: Bool), _ count: Span
  ) -> [Help] {
    // The one that is converted comes first: the narrower number, or what becomes text.
    for (from, to, isAtom) in [(left, right, areAtoms.left), (right, left, areAtoms.right)] {
      if isAtom, from.type == "fn() -> \(to.type)" {
        let end = from.span.behind
        return [.replace(end, "()", "to use what the function gives, call it")]
      }
      if element(ofOption: from.type) == to.type {
        return [Help("take the value of the option out, with `unwrap_or(…)` or `if let Some(x) = …`")]
      }
      if value(ofResult: from.type) == to.type {
        return [Help("take the value of the result out, with `?` or `match`")]
      }
      let widens = width(from.type) < width(to.type) && isNumber(from.type) && isNumber(to.type)
      let becomesText = spelling == "+" && to.type == "string" && from.type != "string"
      if widens || becomesText, let cast = cast(from.span, isAtom, from: from.type, to: to.type) { return [cast] }
    }
    let isText = (left: left.type == "string", right: right.type == "string")
    if spelling == "*", isText.left && isInteger(right.type) || isInteger(left.type) && isText.right {
      return [repeating(left, right, areAtoms.left, count)]
    }
    if spelling == "%", isText.left { return [Help("to put values into text, write `format(\"{} …\", x)`")] }
    if isNumber(left.type), isNumber(right.type), left.type != right.type {
      let wide = width(left.type) == 2 ? "i64" : left.type
      return [Help("convert one of them, or both, with `as`, for example to `\(wide)`")]
    }
    return []
  }

  /// `"-" * n` as `"-".repeat(n)`.
  private static func repeating(
    _ left: (type: String, span: Span), _ right: (type: String, span: Span), _ isAtom: Bool,
    _ count: Span
  ) -> Help {
    let advice = "to repeat text, write `s.repeat(n)`"
    guard left.type == "string", right.type == "i32", isAtom else { return Help(advice) }
    let between = Span(file: left.span.file, start: left.span.end, end: count.start)
    let end = Span(file: left.span.file, start: count.end, end: right.span.end)
    return Help(advice, edits: [Help.Edit(between, ".repeat("), Help.Edit(end, ")")])
  }

  /// Every value of a narrower type is one of each wider type; `f64` is wider only in the sense that it is meant.
  private static func width(_ type: String) -> Int {
    switch type {
    case "u32", "i32": 2
    case "i64", "u64": 3
    case "f64": 4
    default: 0
    }
  }

  /// - Parameters:
  ///   - method: what would define it, such as `add`; nil for types that come with Orus.
  static func operatorUndefined(
    _ op: Span, operator spelling: String, type: String, operand: Span, method: String?
  ) -> Diagnostic {
    var help: [Help] = []
    var explanation = ""
    if let method, isDeclared(type) {
      help = [Help("give `\(type)` a method `\(signature(method, of: type))`")]
    } else if type.hasSuffix("?") {
      explanation = "`\(type)` may hold nothing, so its value is taken out first."
      help = [Help("take the value out with `unwrap_or(…)`, `?` or `if let Some(x) = …`")]
    } else if type.hasPrefix("Result<") {
      help = [Help("take the value out with `?` or `match`")]
    } else if type == "any" {
      help = [Help("take the value out first: `x as i32`")]
    } else if bitOperators.contains(spelling) {
      explanation = "The operators on bits, and those that wrap around, work on integers."
    } else if type == "string", spelling == "*" {
      help = [Help("to repeat text, write `s.repeat(n)`")]
    } else if element(ofArray: type) != nil, spelling == "*" {
      help = [Help("an array of equal elements is `[x; n]`")]
    } else if type == "bool" {
      help = spelling == "<" || spelling == ">" ? [] : [Help("to count with it, convert it: `b as i32`")]
    } else if type.hasPrefix("fn(") {
      help = [Help("to use what the function gives, call it")]
    }
    return error(
      TypeCode.operatorUndefined, "`\(spelling)` is not defined for `\(type)`", at: op, "not defined for `\(type)`",
      secondary: [Label(operand, "this is \(indefinite(type))")], explanation: explanation, help: help)
  }

  private static let bitOperators: Set = ["&", "|", "^", "~", "<<", ">>", "&+", "&-", "&*"]

  /// How the method that takes part in an operator is declared.
  static func signature(_ method: String, of type: String) -> String {
    switch method {
    case "neg": "fn neg(self) -> \(type)"
    case "compare": "fn compare(self, other: \(type)) -> Ordering"
    case "equals": "fn equals(self, other: \(type)) -> bool"
    case "hash": "fn hash(self) -> u64"
    case "clone": "fn clone(self) -> \(type)"
    case "next": "fn next(mut self) -> T?"
    case "index": "fn index(self, key: K) -> V"
    case "set_index": "fn set_index(mut self, key: K, value: V)"
    default: "fn \(method)(self, other: \(type)) -> \(type)"
    }
  }

  static func negateUnsigned(_ span: Span, type: String) -> Diagnostic {
    error(
      TypeCode.operatorUndefined, "`-` is not defined for `\(type)`", at: span, "`\(type)` has no negative numbers",
      help: [Help("convert it first, as in `-(x as i64)`, or subtract it from something")])
  }

  static func functionsNotCompared(_ span: Span) -> Diagnostic {
    error(
      TypeCode.operatorUndefined, "functions cannot be compared", at: span, "this would compare functions",
      explanation: "Whether two functions do the same cannot be told.")
  }

  // MARK: Containers

  static func notIndexable(_ span: Span, type: String) -> Diagnostic {
    var help: [Help] = []
    if type.hasSuffix("?") {
      help = [Help("take the value out with `unwrap_or(…)`, `?` or `if let Some(x) = …`")]
    } else if type.hasPrefix("(") {
      help = [Help("the elements of a tuple are `t.0`, `t.1` and so on")]
    } else if type.hasPrefix("Set<") {
      help = [Help("ask for an element with `in`, or index `to_array()`")]
    } else if isDeclared(type) {
      help = [Help("give `\(type)` a method `\(signature("index", of: type))`")]
    }
    return error(
      TypeCode.notIndexable, "`\(type)` cannot be indexed", at: span, "this is \(indefinite(type))",
      explanation: "Arrays, strings, maps and types with a method `index` are indexed.", help: help)
  }

  static func notIterable(_ span: Span, type: String, isAtom: Bool = false) -> Diagnostic {
    var help: [Help] = []
    if isInteger(type) {
      help = [.apply(span, "0..", "", isAtom, "to count from 0 to the number before it, write `0..n`")]
    } else if type.hasSuffix("?") {
      help = [Help("take the value out with `unwrap_or(…)`, `?` or `if let Some(x) = …`")]
    } else if isDeclared(type) {
      help = [Help("give `\(type)` a method `\(signature("next", of: type))`, or `iter(self)` that gives an iterator")]
    }
    return error(
      TypeCode.notIterable, "`\(type)` cannot be iterated over", at: span, "this is \(indefinite(type))",
      explanation: "A loop goes over an array, a string, a map, a set, a range, or a type with `next` or `iter`.",
      help: help)
  }

  static func notAContainer(_ span: Span, type: String) -> Diagnostic {
    error(
      TypeCode.notIterable, "`in` cannot look into `\(type)`", at: span, "this is \(indefinite(type))",
      explanation: "`in` looks into arrays, sets, ranges, the keys of maps, and text.")
  }
}
