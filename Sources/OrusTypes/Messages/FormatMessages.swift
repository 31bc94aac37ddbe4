import OrusDiagnostics
import OrusFormat

/// Messages about literal formats, one function each.
enum FormatMessage {
  static func malformed(_ error: FormatError.Kind, _ text: String, at span: Span) -> Diagnostic {
    let label: String
    var help: [Help] = []
    switch error {
    case .unclosedPlaceholder:
      label = "this brace is not closed"
      help = [Help("a brace that is meant as such is doubled", edits: [Help.Edit(span, "{{")])]
    case .unmatchedClosingBrace:
      label = "this brace closes nothing"
      help = [Help("a brace that is meant as such is doubled", edits: [Help.Edit(span, "}}")])]
    case .namedPlaceholder:
      label = "`\(text)` is no position"
      help = [Help("to put an expression in place, write an interpolated string: `f\"… {\(text)} …\"`")]
    case .positionTooLarge: label = "no format takes so many arguments"
    case .unexpectedCharacter:
      label = "`\(text)` means nothing here"
      switch text {
      case "d", "i", "s", "g", "r", "?":
        help = [Help("leave the type out: every value has a printed form", edits: [Help.Edit(span, "")])]
      case "=": help = [Help("the alignments are `<`, `>` and `^`; a `0` before the width pads with zeros")]
      case "E", "F", "B", "O": help = [Help("write it small", edits: [Help.Edit(span, text.lowercased())])]
      default: help = [Help("the types are `x`, `X`, `b`, `o`, `e`, `f` and `%`")]
      }
    case .missingPrecision: label = "digits are missing after the point"
    case .widthTooLarge: label = "a width is at most \(FormatSpec.maximumWidth)"
    case .precisionTooLarge: label = "a precision is at most \(FormatSpec.maximumPrecision)"
    case .nestedPlaceholder:
      label = "no placeholder can stand inside a spec"
      help = [Help("for a width that is computed, use `pad_left` or `pad_right`")]
    }
    return Diagnostic(
      .error, FormatCode.malformed, error.message(text), at: Label(span, label),
      explanation: "A placeholder is `{}`, `{0}` or `{:spec}`.", help: help)
  }

  static func missingArgument(_ placeholder: Span, index: Int, given: Int) -> Diagnostic {
    Diagnostic(
      .error, FormatCode.argumentCount, "this format takes more arguments than the \(given) that follow it",
      at: Label(placeholder, "there is no argument \(index) for this"),
      explanation: index > 0 ? "Arguments are counted from 0." : "",
      help: [Help("add the argument, or double the braces if they are meant as such")])
  }

  static func unusedArgument(_ argument: Span, format: Span) -> Diagnostic {
    Diagnostic(
      .error, FormatCode.argumentCount, "no placeholder takes this argument",
      at: Label(argument, "this would not be printed"),
      secondary: [Label(format, "a format with placeholders takes exactly its arguments")],
      help: [Help("add a `{}` for it")])
  }

  static func misfit(_ misfit: FormatMisfit, _ spec: Span, type: String?, argument: Span?) -> Diagnostic {
    var message = misfit.rule
    var help: [Help] = []
    if misfit != .alternateNeedsRadix, misfit != .precisionWithRadix {
      message += ", and this is \(type.map { "of type `\($0)`" } ?? "something else")"
    }
    if misfit == .radixNeedsInteger, type == "f64" { help = [Help("convert it first: `… as i64`")] }
    if misfit == .zeroNeedsNumber {
      help = [Help("to fill up with zeros all the same, write the alignment too: `0>8`")]
    }
    return Diagnostic(
      .error, FormatCode.misfit, message, at: Label(spec, "this does not fit"),
      secondary: argument.map { [Label($0, type.map { "this has the type `\($0)`" } ?? "the value")] } ?? [],
      explanation: "Fill, alignment and width fit every type.", help: help)
  }
}

extension FormatError.Kind {
  /// The one line of the diagnostic.
  fileprivate func message(_ text: String) -> String {
    switch self {
    case .namedPlaceholder: "a placeholder takes its argument by position, not by name"
    case .unexpectedCharacter: "`\(text)` is no part of a format spec"
    default: FormatError(self, start: 0, end: 0).message
    }
  }
}
