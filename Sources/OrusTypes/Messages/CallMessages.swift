import OrusDiagnostics

/// Calls and their arguments.
extension TypeMessage {
  /// A nested function with type parameters that uses variables around it: a closure exists once, at one type.
  static func genericClosure(_ name: String, at span: Span) -> Diagnostic {
    error(
      TypeCode.typeArguments, "`\(name)` is generic and uses variables of the function around it", at: span,
      "a closure has one type",
      help: [Help("hand what it uses to it as parameters")])
  }

  /// - Parameters:
  ///   - function: nil for a function value.
  ///   - expected: up to `Int.max` where the last parameter is variadic.
  static func argumentCount(
    _ span: Span, function: String?, expected: ClosedRange<Int>, found: Int, declared: Span?
  ) -> Diagnostic {
    let what = function.map { "`\($0)`" } ?? "this function"
    let wanted: String
    if expected.upperBound == Int.max {
      wanted = "at least \(count(expected.lowerBound, "argument"))"
    } else if expected.lowerBound == expected.upperBound {
      wanted = count(expected.lowerBound, "argument")
    } else {
      wanted = "\(expected.lowerBound) to \(count(expected.upperBound, "argument"))"
    }
    return error(
      TypeCode.argumentCount, "\(what) takes \(wanted), found \(found)", at: span,
      found == 0 ? "no arguments are given" : "\(count(found, "argument")) \(found == 1 ? "is" : "are") given",
      secondary: declared.map { [Label($0, "\(what) takes \(wanted)")] } ?? [])
  }

  static func missingArgument(_ span: Span, parameter: String, function: String, declared: Span?) -> Diagnostic {
    error(
      TypeCode.argumentCount, "`\(function)` is called without an argument for `\(parameter)`", at: span,
      "nothing is given for `\(parameter)`",
      secondary: declared.map { [Label($0, "this parameter has no default")] } ?? [],
      help: [Help("add the argument by its position, or by its name: `\(parameter): …`")])
  }

  static func unknownArgument(_ name: String, at span: Span, function: String, nearest: String?) -> Diagnostic {
    error(
      TypeCode.namedArgument, "`\(function)` has no parameter `\(name)`", at: span, "no parameter has this name",
      help: nearest.map { [.replace(span, $0, "did you mean `\($0)`?")] } ?? [])
  }

  static func positionalBehindNamed(_ span: Span) -> Diagnostic {
    error(
      TypeCode.namedArgument, "an argument without a name stands behind a named one", at: span, "has no name",
      explanation: "Which parameter it is for cannot be told.",
      help: [Help("name it too, or move it in front of the named arguments")])
  }

  static func argumentTwice(_ name: String, at span: Span) -> Diagnostic {
    error(
      TypeCode.namedArgument, "`\(name)` is given twice", at: span, "`\(name)` has a value already",
      explanation: "Each parameter takes one argument, by its position or by its name.")
  }

  /// - Parameter builtin: the name of the builtin that is called, nil for a value.
  static func namedArgumentToValue(_ span: Span, builtin: String?) -> Diagnostic {
    error(
      TypeCode.namedArgument, "\(builtin.map { "`\($0)`" } ?? "a function value") takes no named arguments", at: span,
      "named here",
      explanation: builtin == nil ? "The type of a function does not say how its parameters are called." : "",
      help: [Help("give the argument by its position")])
  }

  static func spreadMisplaced(_ span: Span) -> Diagnostic {
    error(
      TypeCode.spread, "`...` spreads an array into a variadic parameter only", at: span,
      "no variadic parameter is here",
      explanation: "A function that takes any number of arguments declares its last parameter as `...T`.",
      help: [Help("pass the array as it is, or its elements one by one")])
  }

  /// - Parameters:
  ///   - isType: the type itself is called, and not a value of it.
  ///   - asLiteral: edits that make the call the literal of a struct.
  static func notCallable(
    _ span: Span, type: String, isType: Bool = false, asLiteral: [Help.Edit] = []
  ) -> Diagnostic {
    var help: [Help] = []
    if isNumber(type) {
      help = [Help("to multiply, write `*`")]
    } else if element(ofArray: type) != nil || type.hasPrefix("Map<") || type == "string" {
      help = [Help("an element is `x[i]`")]
    } else if type.hasSuffix("?") {
      help = [Help("take the function out of the option first")]
    } else if isType, type == "Error" {
      help = [.replace(span, "Error.new", "write `Error.new(…)`")]
    } else if !asLiteral.isEmpty {
      help = [Help("a struct is built with its fields: write `\(type){ … }`", edits: asLiteral)]
    } else if isType, isDeclared(type) {
      help = [Help("a struct is built with its fields, `\(type){ … }`; a variant of an enum is `\(type).Name`")]
    }
    return error(
      TypeCode.notCallable, "`\(type)` cannot be called", at: span, "this is \(indefinite(type)), not a function",
      help: help)
  }

  /// A function expression where a function with another number of parameters is expected.
  static func lambdaParameterCount(_ span: Span, expected: Int, found: Int) -> Diagnostic {
    let names = ["a", "b", "c", "d", "e", "f"].prefix(expected).joined(separator: ", ")
    return error(
      TypeCode.mismatch, "a function of \(count(expected, "parameter")) is expected, and this has \(found)", at: span,
      "this takes \(count(found, "parameter"))",
      explanation: "What calls the function passes \(count(expected, "argument")).",
      help: expected <= 6 ? [Help("write `fn(\(names)): …`; a parameter that is not needed may be called `_`")] : [])
  }

  // MARK: Methods

  /// `Point.area()`, where `area` takes `self`.
  ///
  /// - Parameter moved: edits that put the first argument before the dot, if it is what the method is for.
  static func methodNeedsReceiver(
    _ name: String, type: String, at span: Span, moved: [Help.Edit]
  ) -> Diagnostic {
    let whom = moved.isEmpty ? indefinite(type) : "its first argument"
    return error(
      TypeCode.receiver, "`\(name)` is called on a value, not on the type `\(type)`", at: span,
      "this method takes `self`", help: [Help("call it on \(whom): `x.\(name)(…)`", edits: moved)])
  }

  /// `p.new()`, where `new` takes no `self`.
  static func functionOfType(_ name: String, type: String, at span: Span) -> Diagnostic {
    error(
      TypeCode.receiver, "`\(name)` is called on the type `\(type)`, not on a value", at: span,
      "this function takes no `self`", help: [Help("write `\(type).\(name)(…)`")])
  }
}
