import OrusDiagnostics

/// Messages about expressions that are evaluated at compile time, one function each.
enum ConstantMessage {
  /// - Parameter keyword: the `const` of the declaration that it is a part of.
  static func notConstant(_ span: Span, _ what: String, keyword: Span? = nil) -> Diagnostic {
    Diagnostic(
      .error, ConstantCode.notConstant, "\(what) is not known at compile time",
      at: Label(span, "this is only known when the program runs"),
      explanation: "A constant is made of literals, arrays and tuples, operators and other constants.",
      help: [
        Help(
          "use `let` for a value that is computed when the program runs",
          edits: keyword.map { [Help.Edit($0, "let")] } ?? [])
      ])
  }

  static func overflow(_ span: Span, result: String?, type: String) -> Diagnostic {
    let found = result.map { "the result \($0)" } ?? "the result"
    let help = type == "i32" || type == "u32" ? [Help("give the constant a wider type, such as `i64`")] : []
    return Diagnostic(
      .error, ConstantCode.arithmetic, "\(found) does not fit in `\(type)`",
      at: Label(span, "this overflows"), help: help)
  }

  static func divisionByZero(_ span: Span, divisor: Span) -> Diagnostic {
    Diagnostic(
      .error, ConstantCode.arithmetic, "division by zero in a constant", at: Label(span, "this has no result"),
      secondary: [Label(divisor, "this is zero")])
  }

  static func shift(_ span: Span, count: String, width: Int) -> Diagnostic {
    Diagnostic(
      .error, ConstantCode.arithmetic, "a shift by \(count) is out of range",
      at: Label(span, "the count is from 0 to \(width - 1)"))
  }

  static func index(_ span: Span, index: String, count: Int) -> Diagnostic {
    Diagnostic(
      .error, ConstantCode.arithmetic, "the index \(index) is out of range in a constant",
      at: Label(span, "the array has \(count) element\(count == 1 ? "" : "s")"))
  }

  /// `names`: the constants of the cycle in order, the first one again at the end.
  static func cycle(_ span: Span, names: [String]) -> Diagnostic {
    let shown = names.count <= 8 ? names : Array(names.prefix(6)) + ["…", names[0]]
    return Diagnostic(
      .error, ConstantCode.cycle, "the value of `\(names[0])` depends on itself",
      at: Label(span, "its value is needed to compute it"),
      explanation: "The circle is " + shown.map { "`\($0)`" }.joined(separator: " → ") + ".")
  }
}
