import OrusDiagnostics

/// Messages about the paths through a function, one function each.
enum FlowMessage {
  enum PathEnd {
    /// An `if` without `else`, where the condition is false.
    case noElse
    /// An expression that gives no value.
    case noValue
    /// A statement.
    case statement
    case loop

    var words: String {
      switch self {
      case .noElse: "where this condition is false, the path ends without a value"
      case .noValue: "this gives no value, and the path ends here"
      case .statement: "after this, the path ends without a value"
      case .loop: "after this loop, the path ends without a value"
      }
    }
  }

  /// `name` is nil for a function expression.
  static func missingValue(
    _ paths: [(span: Span, end: PathEnd)], function name: String?, type: String, declared: Span?
  ) -> Diagnostic {
    let what = name.map { "`\($0)`" } ?? "this function"
    var secondary = paths.dropFirst().prefix(3).map { Label($0.span, $0.end.words) }
    if let declared { secondary.append(Label(declared, "because of this, \(what) gives a value of type `\(type)`")) }
    let help =
      paths[0].end == .noElse
      ? "add an `else` with a value, or a value after the `if`" : "end the path with a value or a `return`"
    return Diagnostic(
      .error, FlowCode.missingValue, "\(what) gives a value of type `\(type)`, but this path ends without one",
      at: Label(paths[0].span, paths[0].end.words), secondary: secondary,
      explanation: "The value of a function is its last expression, or what `return` gives, on every path.",
      help: [Help(help)])
  }

  static func readBeforeAssignment(_ name: String, at span: Span, declared: Span?) -> Diagnostic {
    Diagnostic(
      .error, FlowCode.readBeforeAssignment, "`\(name)` may have no value here",
      at: Label(span, "not every path to here assigns `\(name)`"),
      secondary: declared.map { [Label($0, "declared here without a value")] } ?? [],
      help: [Help("assign `\(name)` on the other paths too, or give it a value where it is declared")])
  }

  static func capturedBeforeAssignment(
    _ name: String, by function: String, at span: Span, declared: Span?
  ) -> Diagnostic {
    Diagnostic(
      .error, FlowCode.readBeforeAssignment, "`\(function)` uses `\(name)`, which may have no value here",
      at: Label(span, "not every path to here assigns `\(name)`"),
      secondary: declared.map { [Label($0, "`\(name)` is declared here")] } ?? [],
      help: [Help("use `\(function)` after `\(name)` has its value")])
  }

  /// What kind of name was assigned, and how to make it assignable.
  enum Variable {
    /// `letEnd`: after the keyword, where ` mut` goes.
    case plainLet(letEnd: UInt32)
    /// `nameStart`: where `mut ` goes.
    case parameter(nameStart: UInt32)
    case selfParameter
    case loopVariable
    case patternName
    case caughtError
    /// A module-level `let` of another module.
    case foreign
  }

  static func notAssignable(_ name: String, at span: Span, _ variable: Variable, declared: Span?) -> Diagnostic {
    let message: String
    var label = "this cannot be assigned"
    let origin: String
    var help: [Help] = []
    var explanation = ""
    switch variable {
    case .plainLet(let letEnd):
      message = "`\(name)` cannot be assigned again"
      label = "assigned again here"
      origin = "it got its value here, without `mut`"
      help = [
        Help(
          "declare it with `let mut`", edits: [Help.Edit(Span(file: span.file, start: letEnd, end: letEnd), " mut")])
      ]
    case .parameter(let nameStart):
      message = "the parameter `\(name)` cannot be assigned"
      origin = "it is declared without `mut`"
      help = [
        Help(
          "declare the parameter as `mut \(name)`",
          edits: [Help.Edit(Span(file: span.file, start: nameStart, end: nameStart), "mut ")])
      ]
    case .selfParameter:
      message = "`self` cannot be assigned"
      origin = "the value that the method was called on"
      help = [Help("assign to its fields instead")]
    case .loopVariable:
      message = "the loop variable `\(name)` cannot be assigned"
      origin = "each time round, it is a new variable"
      explanation = "What the loop does next does not depend on its variable."
      help = [Help("copy it first: `let mut copy = \(name)`")]
    case .patternName:
      message = "`\(name)` cannot be assigned, because a pattern binds it"
      origin = "bound here"
      help = [Help("copy it first: `let mut copy = \(name)`")]
    case .caughtError:
      message = "the caught error `\(name)` cannot be assigned"
      origin = "caught here"
    case .foreign:
      message = "`\(name)` belongs to another module and cannot be assigned here"
      origin = "declared here"
      explanation = "`pub let` can be read outside its module, not assigned."
      help = [Help("add a function to that module that assigns it")]
    }
    return Diagnostic(
      .error, FlowCode.notAssignable, message, at: Label(span, label),
      secondary: declared.map { [Label($0, origin)] } ?? [], explanation: explanation, help: help)
  }

  enum Repetition {
    case after(Span?)
    case loop
    case closure
  }

  static func assignedTwice(
    _ name: String, at span: Span, _ repetition: Repetition, declared: Span?, letEnd: UInt32?
  ) -> Diagnostic {
    let label: String
    var secondary: [Label] = []
    switch repetition {
    case .after(let first):
      label = "it may already have its value here"
      if let first, first != span { secondary.append(Label(first, "assigned here before")) }
    case .loop: label = "the loop may come here again"
    case .closure: label = "the function around this may run more than once, or never"
    }
    if let declared { secondary.append(Label(declared, "a plain `let` is assigned exactly once")) }
    let edits = letEnd.map { [Help.Edit(Span(file: span.file, start: $0, end: $0), " mut")] } ?? []
    return Diagnostic(
      .error, FlowCode.assignedTwice, "`\(name)` may be assigned more than once", at: Label(span, label),
      secondary: secondary, help: [Help("declare it with `let mut`", edits: edits)])
  }
}
