import OrusDiagnostics

/// Type arguments, constraints, `main` and native functions.
extension TypeMessage {
  static func variadicNotLast(_ span: Span) -> Diagnostic {
    error(
      TypeCode.spread, "only the last parameter can be variadic", at: span,
      "this would take every argument that follows",
      help: [Help("move it to the end, or make it an array: `[T]`")])
  }

  static func typeArgumentCount(_ span: Span, expected: Int, found: Int) -> Diagnostic {
    error(
      TypeCode.typeArguments, "this takes \(count(expected, "type argument")), found \(found)", at: span,
      found == 0
        ? "\(count(expected, "type argument")) \(expected == 1 ? "is" : "are") missing"
        : "\(count(found, "type argument")) \(found == 1 ? "is" : "are") given",
      help: found == 0 && expected > 0 ? [Help("add them: `Name<\(exampleArguments(expected))>`")] : [])
  }

  private static func exampleArguments(_ number: Int) -> String {
    ["A", "B", "C", "D"].prefix(number).joined(separator: ", ") + (number > 4 ? ", …" : "")
  }

  // MARK: Constraints

  /// - Parameters:
  ///   - constraint: a name such as `Comparable`, or an operator in backticks.
  ///   - method: what the type would need for it.
  ///   - of: the function or type that asks for it.
  static func brokenConstraint(
    _ span: Span, type: String, constraint: String, method: String?, of function: String, parameter: String
  ) -> Diagnostic {
    let isName = constraint.unicodeScalars.allSatisfy { $0.properties.isAlphabetic }
    let quoted = isName ? "`\(constraint)`" : constraint
    var help: [Help] = []
    if let method, isDeclared(type) {
      help = [Help("give `\(type)` a method `\(signature(method, of: type))`")]
    } else if type.hasSuffix("?") {
      help = [Help("take the value out of the option first")]
    }
    return error(
      TypeCode.constraint, "`\(type)` does not support \(quoted), which `\(function)` asks of `\(parameter)`", at: span,
      "`\(parameter)` is `\(type)` here",
      explanation: "`\(function)` works with types that support \(quoted).\(note(on: constraint))", help: help)
  }

  /// - Parameter declared: where the variable is.
  static func sentVariable(_ span: Span, name: String, declared: Span) -> Diagnostic {
    error(
      TypeCode.constraint, "a closure over the `mut` variable `\(name)` is not `Sendable`", at: span,
      "this function uses `\(name)`", secondary: [Label(declared, "it can be assigned again")],
      explanation: "What is `Sendable` may cross threads, and must share no variable with the one it comes from.",
      help: [Help("put the value in a `let` without `mut` first, and use that in the function")])
  }

  static func sentCapture(_ span: Span, name: String, type: String, declared: Span) -> Diagnostic {
    error(
      TypeCode.constraint, "a closure over `\(name)`, which holds a function or an `any`, is not `Sendable`", at: span,
      "this function uses `\(name)`", secondary: [Label(declared, "`\(name)` is \(indefinite(type))")],
      explanation: "What a closure uses crosses threads with it. A function may be a closure over a `mut` variable.")
  }

  static func sentUnknownFunction(_ span: Span, type: String) -> Diagnostic {
    error(
      TypeCode.constraint, "it cannot be seen here whether this function is `Sendable`", at: span,
      "some `\(type)`",
      explanation: "A closure over a `mut` variable is not `Sendable`, and the type of a function does not tell.",
      help: [Help("pass a named function, or write the function expression here")])
  }

  private static func note(on constraint: String) -> String {
    switch constraint {
    case "Hashable": " " + hashable
    case "Sendable": " A value with a function or an `any` in it does not."
    case "Cloneable": " Functions do not."
    case "`==`": " A value with a function in it does not."
    default: ""
    }
  }

  private static let hashable = "Integers, `bool`, `string`, and tuples, structs and enums of these are hashable."

  /// The key of a map or element of a set.
  static func unhashableKey(_ span: Span, type: String, method: String?) -> Diagnostic {
    var help: [Help] = []
    if let method, isDeclared(type) { help = [Help("give `\(type)` a method `\(signature(method, of: type))`")] }
    return error(
      TypeCode.constraint, "`\(type)` cannot be the key of a map or the element of a set", at: span,
      "`\(type)` is not hashable", explanation: hashable, help: help)
  }

  // MARK: Functions

  static func mainIsGeneric(_ span: Span) -> Diagnostic {
    error(
      TypeCode.main, "`main` cannot be generic", at: span, "nothing says what its type parameters are",
      help: [Help("remove the type parameters")])
  }

  static func mainParameters(_ span: Span) -> Diagnostic {
    error(
      TypeCode.main, "`main` takes nothing or `args: [string]`", at: span, "nothing is passed for this",
      explanation: "The arguments of the program are an array of text, the program's file first.",
      help: [Help("write `fn main:` or `fn main(args: [string]):`")])
  }

  static func mainResult(_ span: Span, type: String) -> Diagnostic {
    error(
      TypeCode.main, "`main` returns nothing or an `i32`, not `\(type)`", at: span, "nothing takes \(indefinite(type))",
      explanation: "What `main` returns is the exit code of the program.", help: [Help("write `-> i32`, or nothing")])
  }

  /// - Parameters:
  ///   - what: what has no type: `x`, or the result.
  ///   - type: what the body makes of it; nil where it leaves that open.
  ///   - edit: puts that type in.
  static func publicSignature(_ what: String, at span: Span, type: String?, edit: Help.Edit?) -> Diagnostic {
    let help = type.map { Help("from the body it is `\($0)`", edits: edit.map { [$0] } ?? []) }
    return error(
      TypeCode.publicSignature, "a public function names its types", at: span, "the type of \(what) is missing",
      explanation: "Other modules rely on them, so they are not left to the body.",
      help: [help ?? Help("where any type will do, name a type parameter: `pub fn first<T>(items: [T]) -> T:`")])
  }

  static func nativeOutsideLibrary(_ span: Span) -> Diagnostic {
    error(
      TypeCode.native, "`native` is for the standard library", at: span, "not available here",
      help: [Help("call the function of the standard library that wraps it")])
  }
}
