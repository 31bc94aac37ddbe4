import OrusDiagnostics

/// Statements, declarations and types.
extension Message {
  // MARK: Names

  static func expectedName(at span: Span, what: String, found: String) -> Diagnostic {
    error(.expectedName, "expected \(what), found \(found)", at: span, "\(what) is expected here")
  }

  /// - Parameter uses: where the name stands behind that.
  static func keywordAsName(at span: Span, keyword: String, suggestion: String, uses: [Span]) -> Diagnostic {
    error(
      .keywordAsName, "`\(keyword)` is a keyword and cannot be a name", at: span, "a keyword",
      help: [
        Help(
          "choose another name, such as `\(suggestion)`",
          edits: ([span] + uses).map { Help.Edit($0, suggestion) })
      ])
  }

  static func expectedType(at span: Span, found: String) -> Diagnostic {
    error(
      .expectedType, "expected a type, found \(found)", at: span, "a type is expected here",
      explanation: "A type is a name such as `i32` or `Map<string, i32>`, `[T]`, `(A, B)`, `T?` or `fn(A) -> R`.")
  }

  /// `T[]` and `[]T`.
  static func arrayType(at span: Span, spelling: String) -> Diagnostic {
    error(
      .typeForm, "the type of an array is written `[T]`", at: span, "not Orus",
      help: [.replace(span, spelling, "write `\(spelling)`")])
  }

  /// `List[int]`, `map[string]int`, `[String: Int]` and `T | None`.
  static func foreignType(at span: Span, rewritten: String) -> Diagnostic {
    error(
      .typeForm, "this type is written `\(rewritten)`", at: span, "not Orus",
      help: [.replace(span, rewritten, "write `\(rewritten)`")])
  }

  /// `(A, B) -> R`.
  static func functionTypeWithoutKeyword(at span: Span) -> Diagnostic {
    error(
      .typeForm, "the type of a function begins with `fn`", at: span, "`fn` is missing before this",
      help: [.replace(span, "fn(", "write `fn(A, B) -> R`")])
  }

  static func referenceType(at span: Span, spelling: String, removed: Span) -> Diagnostic {
    error(
      .expectedType, "`\(spelling)` before a type", at: span, "there are no reference types",
      explanation: "Arrays, maps, structs and enums are passed by reference always.",
      help: [.replace(removed, "", "remove it")])
  }

  static func functionTypeWithoutParentheses(at span: Span, found: String) -> Diagnostic {
    error(
      .typeForm, "expected `(` behind `fn` in a type, found \(found)", at: span, "`(` is expected here",
      explanation: "The type of a function is `fn(A, B) -> R`.")
  }

  static func namedParameterInType(at span: Span, name: String) -> Diagnostic {
    error(
      .typeForm, "a parameter's name in a function type", at: span, "only types stand here",
      help: [.replace(span, "", "remove `\(name):`")])
  }

  // MARK: Words of other languages

  static func foreignKeyword(at span: Span, word: String, spelling: String, explanation: String) -> Diagnostic {
    error(
      .foreignKeyword,
      spelling.isEmpty ? "`\(word)` is not a keyword of Orus" : "`\(word)` is written `\(spelling)`", at: span,
      "not a keyword of Orus", explanation: explanation,
      help: spelling.isEmpty ? [] : [.replace(span, spelling, "write `\(spelling)`")])
  }

  /// `private x: T` in a struct.
  static func foreignModifier(at span: Span, word: String, explanation: String, removed: Span) -> Diagnostic {
    error(
      .foreignKeyword, "`\(word)` is not a keyword of Orus", at: span, "not a keyword of Orus",
      explanation: explanation, help: [.replace(removed, "", "remove it")])
  }

  static func foreignCase(at span: Span, explanation: String, removed: Span) -> Diagnostic {
    error(
      .foreignKeyword, "`case` is not a keyword of Orus", at: span, "not a keyword of Orus", explanation: explanation,
      help: [.replace(removed, "", "remove it")])
  }

  /// `switch {`.
  static func matchWithoutSubject(at span: Span, word: String) -> Diagnostic {
    error(
      .foreignKeyword, "conditions one after the other are `if` and `elif`", at: span,
      "`\(word)` without a value", explanation: "`match` takes a value apart; a condition on it stands behind `if`.")
  }

  /// `except`, and the rest of its line up to the `:`.
  static func foreignCatch(at span: Span, word: String, header: Span, name: String) -> Diagnostic {
    error(
      .foreignKeyword, "`\(word)` is written `catch`", at: span, "not a keyword of Orus",
      explanation: "`catch` stops every panic; which one it was, the error's `code` tells.",
      help: [.replace(header, "catch \(name)", "write `catch \(name)`")])
  }

  /// `catch (e: Exception)`.
  static func catchInParentheses(at span: Span, name: String) -> Diagnostic {
    error(
      .foreignKeyword, "what `catch` names stands without parentheses", at: span, "only a name belongs here",
      explanation: "`catch` stops every panic; which one it was, the error's `code` tells.",
      help: [.replace(span, name, "write `catch \(name)`")])
  }

  /// `'a` in a type.
  static func lifetime(at span: Span, removed: Span) -> Diagnostic {
    error(
      .typeForm, "there are no lifetimes", at: span, "not Orus",
      explanation: "All memory is managed by the garbage collector.", help: [.replace(removed, "", "remove it")])
  }

  /// `dyn T` and `impl T`.
  static func traitObject(at span: Span, word: String, removed: Span) -> Diagnostic {
    error(
      .typeForm, "`\(word)` before a type", at: span, "there are no traits",
      explanation: "A type parameter stands for any type that has the methods it needs.",
      help: [.replace(removed, "", "remove it")])
  }

  static func decorator(at span: Span) -> Diagnostic {
    error(
      .foreignKeyword, "`@` means nothing in Orus", at: span, "there are no decorators",
      help: [Help("call the function that should change this one, and keep its result with `let`")])
  }

  // MARK: Bindings

  /// `target` is what stands before it where that is no declaration yet.
  static func colonAssign(
    at span: Span, target: Span? = nil, name: String = "", isAssignedAgain: Bool = false
  ) -> Diagnostic {
    error(
      .bindingForm, "`:=` is not an operator", at: span, "not an operator of Orus",
      help: target.map { target in
        let start = target.before
        return [
          Help(
            isAssignedAgain
              ? "declare `\(name)` with `let mut`"
              : "declare `\(name)` with `let`, or `let mut` if it is assigned again",
            edits: [.init(start, isAssignedAgain ? "let mut " : "let "), .init(span, "=")])
        ]
      } ?? [.replace(span, "=", "write `=`")])
  }

  /// `a, b := e`.
  static func bareColonAssign(at span: Span, target: Span, names: String) -> Diagnostic {
    error(
      .bindingForm, "`:=` is not an operator", at: span, "not an operator of Orus",
      help: [
        Help(
          "write `let (\(names)) =`; a name that is assigned again has a `let mut` of its own",
          edits: [.init(target, "let (\(names))"), .init(span, "=")])
      ])
  }

  static func declarationWithoutLet(at span: Span, name: String) -> Diagnostic {
    error(
      .bindingForm, "a variable is declared without `let`", at: span, "`let` is missing before this",
      help: [.replace(span, "let \(name)", "write `let \(name)`, or `let mut \(name)` if it is assigned again")])
  }

  static func typeBeforeVariable(at span: Span, type: String, name: String) -> Diagnostic {
    error(
      .bindingForm, "a variable is declared with `let`, its type behind its name", at: span, "a type before a name",
      help: [.replace(span, "let \(name): \(type)", "write `let \(name): \(type)`")])
  }

  static func typeWithoutColon(at span: Span, gap: Span, what: String = "variable") -> Diagnostic {
    error(
      .bindingForm, "a `:` is missing before the type of a \(what)", at: span, "`:` is missing before this",
      help: [.replace(gap, ":", "write `:`")])
  }

  static func declarationInCondition(at span: Span) -> Diagnostic {
    error(
      .bindingForm, "a condition declares nothing", at: span, "`:=` is not an operator of Orus",
      help: [Help("declare the variable with `let` in a line before this one")])
  }

  /// `let Some(x) = e else` and `guard let x = e else`.
  static func letElse(at span: Span, word: String, form: String, edits: [Help.Edit]) -> Diagnostic {
    error(
      .bindingForm, "`let` has no `else`", at: span,
      word == "else" ? "no `else` belongs here" : "not a keyword of Orus",
      explanation: "A `let` takes what its pattern always matches. For a value that may not match there are "
        + "`if let Some(x) = e:` and `match`, and `e?` hands what is missing to the caller.",
      help: [Help("write `\(form)`", edits: edits)])
  }

  static func guardElse(at span: Span, form: String, edits: [Help.Edit]) -> Diagnostic {
    error(
      .foreignKeyword, "`guard … else` is written `if not …`", at: span, "not a keyword of Orus",
      help: [Help("write `\(form):`", edits: edits)])
  }

  static func mutWithoutLet(at span: Span) -> Diagnostic {
    error(
      .bindingForm, "`mut` without `let`", at: span, "`let` is missing before this",
      help: [.replace(span, "let mut", "write `let mut`")])
  }

  static func constWithoutValue(at span: Span) -> Diagnostic {
    error(
      .bindingForm, "a constant without a value", at: span, "`= …` is missing behind this",
      explanation: "The value of a constant is known when the program is compiled.")
  }

  static func letConditionWithoutValue(at span: Span, found: String) -> Diagnostic {
    error(
      .bindingForm, "expected `=` behind the pattern of `let`, found \(found)", at: span, "`=` is expected here",
      explanation: "`if let Some(x) = e:` runs its block if the value of `e` matches.")
  }

  // MARK: Loops

  static func forWithoutIn(at span: Span, found: String) -> Diagnostic {
    error(
      .forForm, "expected `in` behind the pattern of `for`, found \(found)", at: span, "`in` is expected here",
      explanation: "`for item in items:` runs its block for each item.")
  }

  /// `for (let i = 0; i < n; i++)`.
  static func countingFor(at span: Span, edits: [Help.Edit]) -> Diagnostic {
    error(
      .forForm, "`for` goes over the values of something", at: span, "no counting loop of this form",
      help: [
        edits.isEmpty
          ? Help("to count from 0 to 9, write `for i in 0..10:`; other loops are `while`")
          : Help("write `for \(edits[0].replacement):`", edits: edits)
      ])
  }

  /// `for (const x of xs)`.
  static func forInParentheses(at span: Span, edits: [Help.Edit]) -> Diagnostic {
    error(
      .forForm, "what a `for` goes over stands without parentheses", at: span, "not Orus",
      explanation: "`for item in items:` runs its block for each item, and declares `item`.",
      help: [
        edits.isEmpty
          ? Help("write `for item in items:`") : Help("write `for \(edits[0].replacement):`", edits: edits)
      ])
  }

  static func ofInFor(at span: Span) -> Diagnostic {
    error(.forForm, "`of` is written `in`", at: span, "not Orus", help: [.replace(span, "in", "write `in`")])
  }

  /// `for i, x := range xs`.
  static func rangeFor(at span: Span, isPair: Bool) -> Diagnostic {
    error(
      .forForm, "`:= range` is written `in`", at: span, "not Orus",
      help: [
        Help(
          isPair
            ? "write `for x in xs:`; with positions, `for (i, x) in enumerate(xs):`; over a map, `for (k, v) in m:`"
            : "to count, write `for i in 0..n:`; over the positions of an array, `for i in 0..xs.len():`")
      ])
  }

  static func conditionalFor(at span: Span, spelling: String) -> Diagnostic {
    error(
      .forForm, "a loop with a condition is written `while`", at: span, "goes over the values of something",
      help: [.replace(span, spelling, "write `\(spelling)`")])
  }

  static func letInFor(at span: Span) -> Diagnostic {
    error(
      .forForm, "`for` declares its variable without `let`", at: span, "no `let` belongs here",
      help: [.replace(span, "", "remove it")])
  }

  static func labelWithoutColon(at span: Span, found: String) -> Diagnostic {
    error(
      .labelForm, "expected `:` behind a label, found \(found)", at: span, "`:` is missing behind this",
      help: [.replace(span.behind, ":", "write `:`")])
  }

  static func labelWithoutLoop(at span: Span, found: String) -> Diagnostic {
    error(
      .labelForm, "expected a loop behind a label, found \(found)", at: span, "names nothing",
      explanation: "`while` and `for` can have a label, so that `break` and `continue` inside of them can name it.")
  }

  static func labelWithoutApostrophe(at span: Span, name: String) -> Diagnostic {
    error(
      .labelForm, "a label is written with an apostrophe", at: span, "not a label",
      help: [.replace(span, "'\(name)", "write `'\(name)`")])
  }

  static func tryWithoutCatch(at span: Span) -> Diagnostic {
    error(
      .tryWithoutCatch, "`try` without `catch`", at: span, "no `catch` follows its block",
      explanation: "`try` stops a panic, and `catch` says what happens then. To hand an error to the caller, `?` is "
        + "written behind a `Result`.")
  }

  // MARK: Functions

  static func typeBeforeName(at span: Span, type: String, name: String) -> Diagnostic {
    error(
      .parameterForm, "a type stands behind its name", at: span, "written `name: Type`",
      help: [.replace(span, "\(name): \(type)", "write `\(name): \(type)`")])
  }

  /// `name?: T`.
  static func optionalParameter(at span: Span, edits: [Help.Edit]) -> Diagnostic {
    error(
      .parameterForm, "a parameter that may be left out has a default", at: span, "not Orus",
      help: [Help("write `name: T? = nil`", edits: edits)])
  }

  /// `**kwargs`.
  static func keywordParameters(at span: Span) -> Diagnostic {
    error(
      .parameterForm, "no parameter takes the other named arguments", at: span, "not Orus",
      help: [Help("take a map: `options: Map<string, T>`")])
  }

  /// `of x: T`.
  static func argumentLabel(at span: Span, removed: Span) -> Diagnostic {
    error(
      .parameterForm, "a parameter has one name", at: span, "two names stand before a type",
      explanation: "Arguments may be named with the name of the parameter: `greet(name: \"Ada\")`.",
      help: [.replace(removed, "", "remove it")])
  }

  static func referenceParameter(at span: Span, replacement: String) -> Diagnostic {
    error(
      .parameterForm, "`&` before a parameter", at: span, "there are no reference parameters",
      explanation: "Arrays, maps, structs and enums are passed by reference always. A method that assigns to its own "
        + "fields declares `mut self`.",
      help: [.replace(span, replacement, replacement.isEmpty ? "remove it" : "write `\(replacement)`")])
  }

  static func variadicBeforeName(at span: Span, spelling: String) -> Diagnostic {
    error(
      .parameterForm, "`\(spelling)` stands before the name of a parameter", at: span, "`...` stands before the type",
      help: [Help("write `values: ...T`")])
  }

  static func variadicBehindType(at span: Span) -> Diagnostic {
    error(
      .parameterForm, "`...` stands behind the type of a parameter", at: span, "belongs before the type",
      help: [Help("write `values: ...T`")])
  }

  static func patternAsParameter(at span: Span) -> Diagnostic {
    error(
      .parameterForm, "a pattern as a parameter", at: span, "a parameter is a name",
      help: [Help("name the parameter, and take it apart with `let` in the body")])
  }

  /// `fn f(): i32:`, `fn f() => i32:` and `fn f() i32:`.
  static func foreignResult(at span: Span, edit: Help.Edit) -> Diagnostic {
    error(
      .parameterForm, "the type of the result stands behind `->`", at: span, "`->` is expected here",
      help: [Help("write `->`", edits: [edit])])
  }

  /// `func (p Point) sum()`.
  static func receiverBeforeName(at span: Span) -> Diagnostic {
    error(
      .memberForm, "a function's name stands behind `fn`", at: span, "not a name",
      explanation: "Methods are declared in the `impl` block of their type, with `self` as their first parameter.")
  }

  static func qualifiedFunctionName(at span: Span) -> Diagnostic {
    error(
      .memberForm, "a function's name has no dot", at: span, "not a name",
      explanation: "Methods are declared in the `impl` block of their type.")
  }

  // MARK: Types

  static func fieldWithoutType(at span: Span, name: String) -> Diagnostic {
    error(
      .memberForm, "the field `\(name)` has no type", at: span, "`: Type` is missing here",
      explanation: "The types of fields are not inferred.")
  }

  /// `enum E: A {`.
  static func supertypes(at span: Span) -> Diagnostic {
    error(
      .memberForm, "a type is declared by its name alone", at: span, "there is no inheritance",
      explanation: "Types need not declare what they can do: having the methods is enough. The variants of an enum "
        + "have no values.",
      help: [.replace(span, "", "remove it")])
  }

  static func letBeforeField(at span: Span, keyword: String, removed: Span) -> Diagnostic {
    error(
      .memberForm, "a field is declared without `\(keyword)`", at: span, "no `\(keyword)` belongs here",
      help: [.replace(removed, "", "remove it")])
  }

  static func commaBehindArm(at span: Span) -> Diagnostic {
    error(
      .unexpectedToken, "a comma at the end of a line", at: span, "no `,` belongs here",
      help: [.replace(span, "", "remove it")])
  }

  static func commaBehindMember(at span: Span, what: String) -> Diagnostic {
    error(
      .memberForm, "a comma behind a \(what)", at: span, "each \(what) stands on a line of its own",
      help: [.replace(span, "", "remove it")])
  }

  /// - Parameter edits: what puts each on a line of its own.
  static func membersOnLine(at span: Span, what: String, edits: [Help.Edit]) -> Diagnostic {
    error(
      .memberForm, "several \(what)s on one line", at: span, "each \(what) stands on a line of its own",
      help: [Help("begin a new line for each \(what)", edits: edits)])
  }

  static func methodInBody(at span: Span, what: String) -> Diagnostic {
    error(
      .memberForm, "a method inside of \(article(what)) \(what)", at: span, "methods stand in an `impl` block",
      help: [Help("move it into `impl Name:`")])
  }

  static func variantInBraces(at span: Span, end: Span) -> Diagnostic {
    error(
      .memberForm, "what a variant holds stands in parentheses", at: span, "`(` is expected here",
      help: [Help("write `(…)`", edits: [Help.Edit(span, "("), Help.Edit(end, ")")])])
  }

  static func variantWithValue(at span: Span, name: String) -> Diagnostic {
    error(
      .memberForm, "the variant `\(name)` is given a value", at: span, "variants have no numbers",
      help: [Help("write a method that gives the number with `match`")])
  }

  static func expectedMethod(at span: Span, found: String) -> Diagnostic {
    error(
      .memberForm, "expected a method, found \(found)", at: span, "only methods stand in an `impl` block",
      help: [Help("a method begins with `fn`")])
  }

  /// - Parameter removed: what stands before the type.
  static func implFor(at span: Span, removed: Span) -> Diagnostic {
    error(
      .memberForm, "`impl … for` is not Orus", at: span, "only the type is named",
      explanation: "Types need not declare what they can do: having the methods is enough.",
      help: [.replace(removed, "", "write `impl Type:`")])
  }

  // MARK: Modules

  static func onlyAtModuleLevel(at span: Span, keyword: String) -> Diagnostic {
    error(
      .onlyAtModuleLevel, "`\(keyword)` stands at module level only", at: span, "inside of a block",
      help: [Help("move it out of the block")])
  }

  static func pubInFunction(at span: Span) -> Diagnostic {
    error(
      .misplacedPub, "`pub` inside of a function", at: span, "nothing in here can be seen from outside",
      help: [.replace(span, "", "remove it")])
  }

  static func pubBeforeImpl(at span: Span) -> Diagnostic {
    error(
      .misplacedPub, "`pub` before `impl`", at: span, "an `impl` block is not named",
      help: [
        // With the blank behind it, so that the line begins where it did.
        .replace(
          Span(file: span.file, start: span.start, end: span.end + 1), "",
          "remove it, and put `pub` before the methods that others may call")
      ])
  }

  static func pubWithoutDeclaration(at span: Span, found: String) -> Diagnostic {
    error(
      .misplacedPub, "expected a declaration behind `pub`, found \(found)", at: span, "no declaration follows",
      explanation: "`pub` stands before `fn`, `struct`, `enum`, `let`, `const` and `use`, and before fields and "
        + "methods.")
  }

  /// - Parameter rewritten: nil where the parts cannot be told apart.
  static func bracesAroundImports(at span: Span, names: String) -> Diagnostic {
    error(
      .foreignOperator, "the names to import stand in no braces", at: span, "not Orus",
      help: [.replace(span, names, "write `\(names)`")])
  }

  static func foreignPath(at span: Span, hasPrefix: Bool, rewritten: String?) -> Diagnostic {
    error(
      .foreignOperator,
      hasPrefix ? "the standard modules are named without `std`" : "the path of a module is written with `.`",
      at: span, "not Orus",
      explanation: "`use geometry.points: Point, distance` imports names from a module.",
      help: rewritten.map { text in
        let lines = "use \(text)".split(separator: "\n").map { "`\($0)`" }
        return [.replace(span, text, "write \(lines.joined(separator: " and "))")]
      } ?? [])
  }

  /// - Parameters:
  ///   - whole: what `rewritten` replaces.
  ///   - rewritten: nil where what is imported cannot be named from here.
  static func foreignImport(
    at span: Span, word: String, whole: Span? = nil, rewritten: String? = nil
  ) -> Diagnostic {
    let lines = (rewritten ?? "").split(separator: "\n").map { "`\($0)`" }
    return error(
      .foreignKeyword, "`\(word)` is written `use`", at: span, "not a keyword of Orus",
      explanation: "`use geometry.points` imports a module, `use geometry.points: Point, distance` names from it.",
      help: whole.flatMap { whole in
        rewritten.map { [.replace(whole, $0, "write \(lines.joined(separator: " and "))")] }
      } ?? [])
  }

  static func quotedModule(at span: Span, text: String) -> Diagnostic {
    error(
      .expectedName, "a module is named without quotes", at: span, "not a string",
      help: [Help("the file `geometry/points.orus` is `geometry.points`")])
  }
}
