import OrusDiagnostics

/// Assignments, jumps, `?`, and patterns.
extension TypeMessage {
  // MARK: Assignments

  /// `what`: such as `the result of a call`.
  static func notAssignable(_ span: Span, what: String) -> Diagnostic {
    error(
      TypeCode.notATarget, "\(what) cannot be assigned", at: span, "this is no place that holds a value",
      explanation: "An assignment goes to a variable, a field, an element of an array or map, or a tuple of these.")
  }

  static func constantAssigned(_ name: String, at span: Span, declared: Span?) -> Diagnostic {
    error(
      TypeCode.notATarget, "the constant `\(name)` cannot be assigned", at: span, "assigned here",
      secondary: declared.map { [Label($0, "a `const` keeps its value")] } ?? [],
      help: [Help("declare it with `let mut` instead")])
  }

  static func constantChanged(_ name: String, at span: Span, declared: Span) -> Diagnostic {
    error(
      TypeCode.notATarget, "the constant `\(name)` cannot be changed", at: span, "this would change it",
      secondary: [Label(declared, "a `const` keeps its value")],
      help: [Help("declare it with `let`, or change a copy: `let own = clone(\(name))`")])
  }

  static func functionAssigned(_ name: String, at span: Span) -> Diagnostic {
    error(
      TypeCode.notATarget, "the function `\(name)` cannot be assigned", at: span, "this is a function",
      help: [Help("keep the function in a variable, `let mut f = \(name)`, and assign that")])
  }

  static func stringIndexAssigned(_ span: Span) -> Diagnostic {
    error(
      TypeCode.notATarget, "the characters of a string cannot be assigned", at: span, "assigned here",
      explanation: "Text never changes once it is made.",
      help: [
        Help("make a new one with `replace` or slices, or change the array that `chars()` gives and `join(\"\")` it")
      ])
  }

  /// `(a, b) += …`.
  static func compoundTuple(_ span: Span) -> Diagnostic {
    error(
      TypeCode.notATarget, "a compound assignment has one target, not a tuple", at: span, "this is a tuple",
      help: [Help("assign to each of them in a statement of its own")])
  }

  /// - Parameters:
  ///   - name: the field that is assigned, or the method that is called.
  ///   - method: the one that this stands in.
  ///   - selfSpan: its parameter.
  static func needsMutSelf(_ span: Span, name: String, isCall: Bool, method: String, selfSpan: Span) -> Diagnostic {
    let start = selfSpan.before
    return error(
      TypeCode.mutSelf,
      isCall
        ? "`\(method)` calls `\(name)`, which changes `self`, and declares `self` without `mut`"
        : "`\(method)` assigns to the field `\(name)`, and declares `self` without `mut`",
      at: span, isCall ? "`\(name)` changes `self`" : "this changes `self`",
      secondary: [Label(selfSpan, "declared without `mut`")],
      explanation: "A method that assigns to its own fields, or calls another method that does, declares `mut self`.",
      help: [.replace(start, "mut ", "declare it as `mut self`")])
  }

  // MARK: Jumps

  static func returnOutsideFunction(_ span: Span) -> Diagnostic {
    error(
      TypeCode.misplacedJump, "`return` outside of a function", at: span, "no function to return from",
      explanation: "The statements of a module run from the first to the last.",
      help: [Help("to end the program, call `exit(0)`; or put the statements into `fn main:`")])
  }

  static func returnNeedsValue(_ span: Span, type: String, declared: Span?) -> Diagnostic {
    error(
      TypeCode.returnWithoutValue, "this `return` gives no value, and the function gives \(indefinite(type))", at: span,
      "no value is returned here",
      secondary: declared.map { [Label($0, "because of this, the function gives \(indefinite(type))")] } ?? [],
      help: [Help("return a value of this type")])
  }

  /// `keyword`: `break` or `continue`.
  static func breakOutsideLoop(_ span: Span, keyword: String) -> Diagnostic {
    error(
      TypeCode.misplacedJump, "`\(keyword)` outside of a loop", at: span, "no loop is around this",
      explanation: "A loop around a function, also a function expression, is not reached from inside of that function.",
      help: [Help("to leave the function, write `return`")])
  }

  static func unknownLabel(_ name: String, at span: Span, nearest: String?) -> Diagnostic {
    let isToken = Int(span.end - span.start) == label(name).utf8.count
    return error(
      TypeCode.misplacedJump, "no loop around this has the label `\(label(name))`", at: span,
      "no such loop is around this",
      help: nearest.map {
        let text = "did you mean `\(label($0))`?"
        return [isToken ? .replace(span, label($0), text) : Help(text)]
      } ?? [Help("a label stands before the loop: `\(label(name)): for …`")])
  }

  /// A label as it is written.
  private static func label(_ name: String) -> String { name.hasPrefix("'") ? name : "'" + name }

  // MARK: Propagation

  static func propagateOnOther(_ span: Span, type: String) -> Diagnostic {
    error(
      TypeCode.propagation, "`?` works on `Result` and `Option`, not on `\(type)`", at: span,
      "this is \(indefinite(type))",
      explanation: "`?` takes a value out, or returns the `Err` or `None` to the caller. There is always a value here.",
      help: [Help("remove the `?`")])
  }

  static func propagateOutside(_ span: Span) -> Diagnostic {
    error(
      TypeCode.propagation, "`?` outside of a function", at: span, "no function to return an error from",
      help: [Help("handle both cases with `match`, or take the value out with `unwrap_or(…)` or `unwrap()`")])
  }

  /// - Parameters:
  ///   - operand: the type before the `?`.
  ///   - result: what the function gives.
  static func propagateMismatch(_ span: Span, operand: String, result: String, declared: Span?) -> Diagnostic {
    let isOption = operand.hasSuffix("?")
    let returned = isOption ? "`None`" : "an `Err`"
    var help: [Help] = []
    if isOption, result.hasPrefix("Result<") {
      help = [Help("make a result of it first: `….ok_or(error)?`")]
    } else if !isOption, result.hasSuffix("?") {
      help = [Help("drop the error first: `….ok()?`")]
    } else if !isOption, result.hasPrefix("Result<") {
      help = [Help("convert the error first: `….map_err(fn(e): …)?`")]
    } else if !isOption, parts(operand.dropFirst("Result<".count).dropLast()).count == 2 {
      let failure = parts(operand.dropFirst("Result<".count).dropLast())[1]
      help = [Help("let the function give a `Result<\(result), \(failure)>`, or handle the error with `match`")]
    } else {
      help = [Help("let the function give an option, or handle `None` with `match` or `unwrap_or(…)`")]
    }
    return error(
      TypeCode.propagation,
      "`?` on `\(operand)` returns \(returned), and the function gives \(indefinite(result))", at: span,
      "this may return \(returned)",
      secondary: declared.map { [Label($0, "the function gives \(indefinite(result))")] } ?? [],
      explanation: declared == nil ? "The function gives \(indefinite(result)), so it cannot return \(returned)." : "",
      help: help)
  }

  /// A `return` with a value, in a function that gives nothing.
  static func returnsNothing(_ span: Span, found: String) -> Diagnostic {
    error(
      TypeCode.mismatch, "this returns \(indefinite(found)) from a function that gives nothing", at: span,
      "this is \(indefinite(found))",
      help: [Help("write the type that it gives behind the parameters: `-> \(found)`")])
  }

  /// `let` inside a larger condition.
  static func letOutsideCondition(_ span: Span) -> Diagnostic {
    error(
      TypeCode.notAValue, "`let` is no part of an expression", at: span, "a pattern cannot be tested here",
      explanation: "`let pattern = value` is the whole condition of an `if`, `elif` or `while`.",
      help: [Help("to test without binding names, use `value matches pattern`")])
  }

  // MARK: Patterns

  /// `pattern`: such as `a tuple pattern of 3`.
  static func patternMismatch(_ span: Span, pattern: String, type: String) -> Diagnostic {
    error(
      TypeCode.pattern, "\(pattern) never matches \(indefinite(type))", at: span,
      "the value that is matched is \(indefinite(type))")
  }

  /// Of a pattern, or where the variant is built.
  static func payloadCount(
    _ span: Span, variant: String, expected: Int, found: Int, isPattern: Bool
  ) -> Diagnostic {
    let number = found == 0 ? "none" : "\(found)"
    let given = isPattern ? "this pattern has \(found)" : "\(number) \(found > 1 ? "are" : "is") given"
    return error(
      isPattern ? TypeCode.pattern : TypeCode.argumentCount,
      "`\(variant)` holds \(count(expected, "value")), and \(given)", at: span,
      "`\(variant)` holds \(count(expected, "value"))",
      help: expected > 0 && isPattern ? [Help("write `_` for a value that is not needed")] : [])
  }

  static func notAConstantPattern(_ name: String, at span: Span) -> Diagnostic {
    error(
      TypeCode.pattern, "`\(name)` is no variant or constant", at: span, "not a variant or constant",
      explanation: "In a pattern, a name that starts with an upper-case letter is a variant or a constant. A new name "
        + "starts with a lower-case one.")
  }

  static func alternativesDiffer(_ name: String, at span: Span, other: Span) -> Diagnostic {
    error(
      TypeCode.pattern, "not every alternative binds `\(name)` in the same way", at: span,
      "`\(name)` differs between this", secondary: [Label(other, "and this alternative")],
      explanation: "All alternatives of a pattern bind the same names, with the same types.")
  }
}
