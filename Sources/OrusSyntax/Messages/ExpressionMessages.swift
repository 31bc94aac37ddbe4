import OrusDiagnostics

/// Expressions and patterns.
extension Message {
  // MARK: Something missing

  static func expectedExpression(at span: Span, found: String, isKeyword: Bool) -> Diagnostic {
    error(
      .expectedExpression, "expected an expression, found \(found)", at: span, "no expression begins with this",
      explanation: isKeyword ? "Keywords cannot be used as names." : "")
  }

  static func expectedExpressionAtEnd(at span: Span, after: String?, last: Span) -> Diagnostic {
    guard let after else {
      return error(.expectedExpression, "an expression is missing at the end of this line", at: span, "missing here")
    }
    return error(
      .expectedExpression, "an expression is missing behind `\(after)`", at: last, "nothing follows this")
  }

  static func expectedFieldInitializer(at span: Span, found: String) -> Diagnostic {
    error(
      .expectedName, "expected a field's name, found \(found)", at: span, "a field's name is expected here",
      explanation: "A struct is built with the names of its fields: `Point{ x: 1, y: 2 }`.")
  }

  static func expectedMember(at span: Span, found: String) -> Diagnostic {
    error(
      .expectedName, "expected a name behind `.`, found \(found)", at: span,
      "a field, a method or a tuple's position is expected here")
  }

  static func expectedPattern(at span: Span, found: String) -> Diagnostic {
    error(
      .expectedPattern, "expected a pattern, found \(found)", at: span, "no pattern begins with this",
      explanation: "A pattern is a literal, a range, a name, `_`, or a variant, struct, tuple or array of patterns.")
  }

  static func comparisonAsPattern(at span: Span, comparison: String) -> Diagnostic {
    error(
      .expectedPattern, "a comparison is no pattern", at: span, "no pattern begins with this",
      explanation: "A pattern says what a value looks like; a condition on it stands behind `if`.",
      help: [Help("give the value a name and compare that: `n if n \(comparison) 2:`")])
  }

  /// `in 2..5 -> …`.
  static func inBeforePattern(at span: Span, removed: Span) -> Diagnostic {
    error(
      .expectedPattern, "a range is a pattern by itself", at: span, "no `in` belongs here",
      help: [.replace(removed, "", "remove it")])
  }

  static func elseAsPattern(at span: Span) -> Diagnostic {
    error(
      .expectedPattern, "`else` is no pattern", at: span, "no pattern begins with this",
      explanation: "The pattern that matches whatever is left is `_`.", help: [.replace(span, "_", "write `_`")])
  }

  static func angleNotEqual(at span: Span) -> Diagnostic {
    error(
      .expectedExpression, "`<>` is no operator", at: span, "no operator of Orus",
      help: [Help("unequal is `!=`", edits: [Help.Edit(span, "!=")])])
  }

  static func mapEntryWithoutValue(at span: Span, found: String) -> Diagnostic {
    error(
      .unexpectedToken, "expected `:` and a value behind a key, found \(found)", at: span, "`:` is expected here",
      explanation: "Braces in an expression make a map: `{\"a\": 1, \"b\": 2}`. A set is `Set.from([1, 2])`.")
  }

  /// `{1, 2}`.
  static func setInBraces(at span: Span, opening: Span, closing: Span) -> Diagnostic {
    error(
      .unexpectedToken, "expected `:` and a value behind a key", at: span, "`:` is expected here",
      explanation: "Braces in an expression make a map: `{\"a\": 1, \"b\": 2}`.",
      help: [
        Help(
          "a set is `Set.from([1, 2])`",
          edits: [Help.Edit(opening, "Set.from(["), Help.Edit(closing, "])")])
      ])
  }

  /// `[...xs]`.
  static func spreadInArray(at span: Span) -> Diagnostic {
    error(
      .expectedExpression, "`...` spreads arguments only", at: span, "no expression begins with this",
      help: [Help("`xs[..]` is a copy of an array, and `xs + ys` joins two")])
  }

  static func emptyIndex(at span: Span) -> Diagnostic {
    error(
      .expectedExpression, "an index is missing between these brackets", at: span, "no index",
      help: [Help("`a[i]` is an element, `a[..]` a copy of the whole")])
  }

  static func conditionalWithoutElse(at span: Span, gap: Span) -> Diagnostic {
    error(
      .missingElse, "a conditional expression without `else`", at: gap, "`else` and a value are missing here",
      secondary: [Label(span, "needed by this")],
      explanation: "`a if condition else b` has a value in both cases.",
      help: [Help("to do something only if a condition holds, write `if condition:` before it")])
  }

  static func colonInConditional(at span: Span) -> Diagnostic {
    error(
      .unexpectedToken, "a `:` behind the `else` of a conditional expression", at: span, "no `:` belongs here",
      explanation: "`a if condition else b` has no colons; `if condition: a else: b` has two.",
      help: [.replace(span, "", "remove it")])
  }

  // MARK: Operators of other languages

  static func symbolicLogic(at span: Span, found: String, word: String) -> Diagnostic {
    error(
      .symbolicLogic, "`\(found)` is written `\(word)`", at: span, "not an operator of Orus",
      help: [.replace(span, word == "not" ? "not " : word, "write `\(word)`")])
  }

  static func foreignEquality(at span: Span, found: String, spelling: String) -> Diagnostic {
    error(
      .foreignOperator, "`\(found)` is written `\(spelling)`", at: span, "not an operator of Orus",
      explanation: "`==` and `!=` never convert their operands.",
      help: [.replace(span, spelling, "write `\(spelling)`; whether two names mean one object, `same(a, b)` tells")])
  }

  static func powerOperator(at span: Span, whole: Span, rewritten: String?) -> Diagnostic {
    error(
      .powerOperator, "`**` is not an operator; powers are made with `pow`", at: span, "not an operator of Orus",
      help: [
        rewritten.map { .replace(whole, $0, "write `\($0)`") } ?? Help("write `base.pow(exponent)`")
      ])
  }

  static func increment(at span: Span, whole: Span, target: String, sign: String) -> Diagnostic {
    error(
      .increment, "`\(sign)\(sign)` is not an operator", at: span, "not an operator of Orus",
      help: [.replace(whole, "\(target) \(sign)= 1", "write `\(target) \(sign)= 1`, as a statement of its own")])
  }

  static func questionConditional(at span: Span, whole: Span?, rewritten: String) -> Diagnostic {
    error(
      .questionConditional, "`c ? a : b` is written `a if c else b`", at: span, "not an operator of Orus",
      explanation: "Behind an operand, `?` returns an `Err` or `None` to the caller.",
      help: [
        whole.map { .replace($0, rewritten, "write `\(rewritten)`") } ?? Help("write `a if c else b`")
      ])
  }

  /// - Parameter edits: none where the right operand could not be read.
  static func nilCoalescing(at span: Span, spelling: String, value: String, edits: [Help.Edit]) -> Diagnostic {
    error(
      .foreignOperator, "`\(spelling)` is not an operator", at: span, "not an operator of Orus",
      help: [Help("write `\(value).unwrap_or(…)`", edits: edits)])
  }

  static func unaryPlus(at span: Span) -> Diagnostic {
    error(
      .foreignOperator, "`+` has no operand on its left", at: span, "there is no unary `+`",
      help: [.replace(span, "", "remove it")])
  }

  static func referenceOperator(at span: Span, spelling: String, removed: Span) -> Diagnostic {
    error(
      .foreignOperator, "`\(spelling)` has no operand on its left", at: span, "there are no reference operators",
      explanation: "Arrays, maps, structs and enums are passed by reference always, numbers by value.",
      help: [.replace(removed, "", "remove it")])
  }

  static func doubleColon(at span: Span, replacement: String) -> Diagnostic {
    error(
      .foreignOperator, "`::` is written `\(replacement)`", at: span, "not Orus",
      help: [.replace(span, replacement, "write `\(replacement)`")])
  }

  /// `String::from("a")` and `Vec::new()`.
  static func foreignConstructor(at span: Span, spelling: String?, edits: [Help.Edit]) -> Diagnostic {
    error(
      .foreignOperator, "no call makes this value", at: span, "not Orus",
      explanation: "Text is written `\"…\"`, an array `[a, b]`, a map `{\"a\": 1}`, and a set is `Set.from([a, b])`.",
      help: spelling.map { [Help("write `\($0)`", edits: edits)] } ?? [])
  }

  /// `f::<T>(x)`.
  static func colonsBeforeTypes(at span: Span, removed: Span) -> Diagnostic {
    error(
      .foreignOperator, "no `::` stands before type arguments", at: span, "not Orus",
      help: [.replace(removed, "", "remove it")])
  }

  /// `xs.map { it * 2 }`.
  static func trailingLambda(at span: Span, edits: [Help.Edit]) -> Diagnostic {
    error(
      .foreignLambda, "a function is handed over in parentheses", at: span, "not Orus",
      help: [Help("write `(fn(it): …)`", edits: edits)])
  }

  /// - Parameter replacement: nil where no function takes these arguments.
  static func macroCall(at span: Span, name: String, whole: Span, replacement: String?) -> Diagnostic {
    guard let replacement else {
      return error(
        .foreignOperator, "`\(name)!` is no name", at: span, "Orus has no macros",
        explanation: name.hasPrefix("assert") ? "`assert(a == b, \"…\")` panics where its condition is false." : "")
    }
    return error(
      .foreignOperator, "`\(name)!` is no name", at: span, "Orus has no macros",
      help: [
        name == replacement
          ? .replace(span, "", "call `\(name)` without the `!`")
          : .replace(whole, replacement, "write `\(replacement)`")
      ])
  }

  static func vecMacro(at span: Span) -> Diagnostic {
    error(
      .foreignOperator, "`vec!` is no name", at: span, "Orus has no macros",
      help: [.replace(span, "", "an array is written `[a, b]`")])
  }

  /// - Parameter isElement: the operand is `m[k]`, which is an option elsewhere.
  static func forcedUnwrap(at span: Span, isElement: Bool) -> Diagnostic {
    error(
      .foreignOperator, "`!` behind an operand", at: span, "not an operator of Orus",
      help: [
        isElement
          ? Help("`m[k]` is the value itself, and panics where there is none")
          : .replace(span, ".unwrap()", "to take the value out, or panic where there is none, write `.unwrap()`")
      ])
  }

  /// `x is None` and `x is not None`.
  static func isNil(at span: Span, comparison: String) -> Diagnostic {
    error(
      .foreignOperator, "`is` asks for a type", at: span, "a value follows",
      help: [.replace(span, comparison, "to compare values, write `\(comparison)`")])
  }

  static func isNot(at span: Span) -> Diagnostic {
    error(
      .foreignOperator, "`is not` is not an operator", at: span, "`is` is followed by a type",
      help: [Help("write `not (x is T)`; to compare values, write `!=`")])
  }

  static func foreignLambda(at span: Span, edits: [Help.Edit]) -> Diagnostic {
    error(
      .foreignLambda, "a function expression is written `fn(x): …`", at: span, "not Orus",
      help: [Help(edits.isEmpty ? "write `fn(x): x * 2`" : "write it with `fn` and `:`", edits: edits)])
  }

  // MARK: Precedence

  static func chainedComparison(
    at span: Span, first: Span, operator op: String, middle: String, place: Span
  ) -> Diagnostic {
    error(
      .chainedComparison, "comparisons cannot be chained", at: span, "compares the result of a comparison",
      secondary: first == span ? [] : [Label(first, "the first comparison")],
      explanation: "`a < b` is `true` or `false`, and is not compared further.",
      help: [
        middle.isEmpty
          ? Help("join two comparisons with `and`, or put one in parentheses")
          : .replace(span, "and \(middle) \(op)", "compare twice, and join the two with `and`")
      ])
  }

  static func notAfterOperator(at span: Span, operator op: Span, whole: Span?, text: String) -> Diagnostic {
    error(
      .notAfterOperator, "`not` binds looser than the operator before it", at: span, "needs parentheses here",
      secondary: [Label(op, "this binds tighter")],
      help: [
        whole.map { .replace($0, "(\(text))", "write `(\(text))`") } ?? Help("put `not` and its operand in parentheses")
      ])
  }

  static func rangeForm(at span: Span, spelling: String) -> Diagnostic {
    error(
      .rangeForm, "`\(spelling)` does not belong here", at: span, "a range is complete before this",
      explanation: "A range is `a..b`, without `b`, or `a..=b`, with it, and may have a step: `a..b..step`.")
  }

  /// `a..<b` and `a...b`.
  static func foreignRange(at span: Span, found: String, spelling: String) -> Diagnostic {
    error(
      .rangeForm, "`\(found)` is written `\(spelling)`", at: span, "not an operator of Orus",
      explanation: "A range is `a..b`, without `b`, or `a..=b`, with it.",
      help: [.replace(span, spelling, "write `\(spelling)`")])
  }

  static func colonSlice(at span: Span) -> Diagnostic {
    error(
      .rangeForm, "a slice is written with `..`", at: span, "not `:`",
      explanation: "Slices are `a[i..j]`, `a[i..]`, `a[..j]` and `a[..]`.", help: [.replace(span, "..", "write `..`")])
  }

  // MARK: Assignment

  static func assignInCondition(at span: Span) -> Diagnostic {
    error(
      .assignInExpression, "`=` in a condition", at: span, "this assigns",
      explanation: "An assignment is a statement and has no value.",
      help: [.replace(span, "==", "to compare, write `==`")])
  }

  static func assignInExpression(at span: Span) -> Diagnostic {
    error(
      .assignInExpression, "`=` in an expression", at: span, "this assigns",
      explanation: "An assignment is a statement and has no value.",
      help: [.replace(span, "==", "to compare, write `==`")])
  }

  static func assignmentChain(at span: Span) -> Diagnostic {
    error(
      .assignInExpression, "a second `=` in one assignment", at: span, "an assignment has no value",
      help: [Help("assign in two statements")])
  }

  static func notAnAssignment(at span: Span, found: String) -> Diagnostic {
    error(
      .assignInExpression, "a value is given with `=`, not `\(found)`", at: span, "`=` is expected here",
      help: [.replace(span, "=", "write `=`")])
  }

  static func missingAssign(at gap: Span, next: Span) -> Diagnostic {
    error(
      .assignInExpression, "`=` is missing before the value", at: next, "`=` is expected before this",
      help: [.replace(gap, " =", "write `=`")])
  }

  // MARK: Calls

  static func assignInArgument(at span: Span, name: String) -> Diagnostic {
    error(
      .argumentForm, "an argument is named with `:`", at: span, "not `=`",
      help: [.replace(span, ":", "write `\(name): …`")])
  }

  /// `print(x, end="")` and its like.
  static func printArgument(at span: Span, name: String, edits: [Help.Edit]) -> Diagnostic {
    error(
      .argumentForm, "`print` has no argument `\(name)`", at: span, "not an argument of `print`",
      explanation: "`print` writes its arguments with spaces between them, and ends the line.",
      help: name == "end" ? [Help("to stay on the line, write `print_no_newline(…)`", edits: edits)] : [])
  }

  /// `sorted(xs, key=f)` and its like.
  static func foreignArgument(at span: Span, function: String, name: String, advice: String) -> Diagnostic {
    error(
      .argumentForm, "`\(function)` has no argument `\(name)`", at: span, "not an argument of `\(function)`",
      help: [Help(advice)])
  }

  static func assignInFields(at span: Span, name: String) -> Diagnostic {
    error(
      .argumentForm, "a field is given its value with `:`", at: span, "not `=`",
      help: [.replace(span, ":", "write `\(name): …`")])
  }

  static func spreadBeforeValue(at span: Span, spelling: String) -> Diagnostic {
    error(
      .argumentForm, "`\(spelling)` stands before what it spreads", at: span, "`...` follows the array",
      help: [Help("write `xs...`")])
  }

  static func callWithoutParentheses(at span: Span, name: Span, whole: Span, call: String) -> Diagnostic {
    error(
      .callWithoutParentheses, "a call without parentheses", at: span, "arguments stand in parentheses",
      secondary: [Label(name, "this is called")],
      help: [.replace(whole, call, "write `\(call)`")])
  }

  /// `f(x for x in xs)`.
  static func generator(at span: Span, whole: Span) -> Diagnostic {
    error(
      .argumentForm, "a comprehension stands in brackets", at: span, "not in an argument alone",
      help: [
        Help(
          "write `[… for … in …]`",
          edits: [
            .init(whole.before, "["), .init(whole.behind, "]"),
          ])
      ])
  }

  /// `["a": 1]`.
  static func mapInBrackets(at span: Span, opening: Span, closing: Span) -> Diagnostic {
    error(
      .unexpectedToken, "a map is written in braces", at: span, "no `:` belongs in an array",
      help: [
        Help("write `{\"a\": 1}`", edits: [Help.Edit(opening, "{"), Help.Edit(closing, "}")])
      ])
  }

  /// `f<string>` as a value.
  static func typeArgumentsWithoutCall(at span: Span, name: String) -> Diagnostic {
    error(
      .typeForm, "type arguments without a call", at: span, "a call, a member or fields follow type arguments",
      explanation: "The type that is expected tells what a generic function is as a value.",
      help: [Help("write the type: `let g: fn(T) -> T = \(name)`, or wrap a call: `fn(x): \(name)<T>(x)`")])
  }

  // MARK: Brackets

  static func emptyTuple(at span: Span, isInOk: Bool) -> Diagnostic {
    error(
      .tupleForm, "a tuple without elements", at: span, "nothing between the parentheses",
      explanation: "A tuple has two elements or more. A function that returns nothing has the type `void`, and the "
        + "value of a `Result<void, E>` is `Ok()`.",
      help: isInOk ? [.replace(span, "", "write `Ok()`")] : [])
  }

  static func emptyTupleType(at span: Span) -> Diagnostic {
    error(
      .tupleForm, "a tuple type without elements", at: span, "nothing between the parentheses",
      help: [.replace(span, "void", "the type of no value is `void`")])
  }

  static func tupleOfOne(at span: Span) -> Diagnostic {
    error(
      .tupleForm, "a tuple of one element", at: span, "one element only",
      explanation: "A tuple has two elements or more.", help: [Help("remove the comma")])
  }

  /// - Parameter wholes: what stands without them, on both sides of a `=`.
  static func bareTuple(at span: Span, wholes: [Span]) -> Diagnostic {
    error(
      .tupleForm, "a tuple without parentheses", at: span, "a `,` outside of brackets",
      help: [
        Help(
          "put the elements in parentheses",
          edits: wholes.flatMap { whole -> [Help.Edit] in
            [.init(whole.before, "("), .init(whole.behind, ")")]
          })
      ])
  }

  static func emptyBraces(at span: Span) -> Diagnostic {
    error(
      .emptyBraces, "empty braces", at: span, "what kind of container is not said",
      help: [
        .replace(span, "{:}", "an empty map is `{:}`"), .replace(span, "Set.new()", "an empty set is `Set.new()`"),
      ])
  }

  static func namedLambda(at span: Span, name: String) -> Diagnostic {
    error(
      .foreignLambda, "a function expression has no name", at: span, "no name belongs here",
      help: [.replace(span, "", "remove `\(name)`, or declare the function in a statement of its own")])
  }

  static func lambdaWithoutParentheses(at span: Span, found: String) -> Diagnostic {
    error(
      .foreignLambda, "expected `(` behind `fn`, found \(found)", at: span, "`(` is expected here",
      explanation: "A function expression is `fn(x): …`, and `fn(): …` without parameters.")
  }

  // MARK: Patterns

  static func alternativeSpelling(at span: Span, found: String) -> Diagnostic {
    error(
      .patternForm, "alternatives of a pattern are separated by `|`", at: span, "not `\(found)`",
      help: [.replace(span, "|", "write `|`")])
  }

  static func mutInPattern(at span: Span) -> Diagnostic {
    error(
      .patternForm, "`mut` inside of a pattern", at: span, "no `mut` belongs here",
      explanation: "`let mut` makes all names of its pattern assignable. Names in other patterns cannot be assigned.",
      help: [.replace(span, "", "remove it, and use a `let mut` of your own where needed")])
  }

  static func interpolationInPattern(at span: Span) -> Diagnostic {
    error(
      .patternForm, "an interpolated string as a pattern", at: span, "not a constant",
      help: [Help("bind a name, and compare in a guard: `s if s == f\"…\": …`")])
  }

  static func namedPayloadPattern(at span: Span, name: String) -> Diagnostic {
    error(
      .patternForm, "the parts of a variant are matched by their position", at: span, "no name belongs here",
      help: [.replace(span, "", "remove `\(name):`")])
  }

  static func rangePatternWithoutEnd(at span: Span, found: String) -> Diagnostic {
    error(
      .patternForm, "a range in a pattern needs both ends, found \(found)", at: span, "no end follows",
      help: [Help("bind a name, and compare in a guard: `n if n >= 10: …`")])
  }

  static func strayRest(at span: Span) -> Diagnostic {
    error(
      .restPattern, "`..` outside of an array or struct pattern", at: span, "nothing to leave out here",
      help: [.replace(span, "_", "to match anything, write `_`")])
  }

  static func secondRest(at span: Span, first: Span) -> Diagnostic {
    error(
      .restPattern, "two rests in one array pattern", at: span, "the second one",
      secondary: [Label(first, "the first one")],
      explanation: "Where the elements between the two belong is not known.")
  }

  static func ellipsisBeforeRest(at span: Span, name: String?) -> Diagnostic {
    error(
      .restPattern, "`...` follows the name of a rest", at: span, "stands before it",
      help: [Help(name.map { "write `\($0)...`" } ?? "write `..` for elements that are not needed")])
  }

  static func nameAfterRest(at span: Span, name: String) -> Diagnostic {
    error(
      .restPattern, "the rest of an array is named with `...`", at: span, "not `..`",
      help: [.replace(span, "\(name)...", "write `\(name)...`")])
  }
}
