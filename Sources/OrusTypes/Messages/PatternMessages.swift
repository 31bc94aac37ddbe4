import OrusDiagnostics

/// Messages about patterns, one function each.
enum PatternMessage {
  /// `patterns` are some that no arm matches; `more` says that there are others. `fix` is where new arms go.
  static func missingPatterns(
    match: Span, scrutinee: Span, patterns: [String], more: Bool, hasGuards: Bool,
    fix: (at: UInt32, indentation: String)?
  ) -> Diagnostic {
    let names = list(patterns) + (more ? " and others" : "")
    let isAll = patterns == ["_"]
    let message = isAll ? "this match does not cover every value" : "this match does not cover \(names)"
    var edits: [Help.Edit] = []
    if let fix, !more {
      var text = ""
      for pattern in patterns { text += "\n\(fix.indentation)\(pattern): panic(\"not handled\")" }
      edits = [Help.Edit(Span(file: match.file, start: fix.at, end: fix.at), text)]
    }
    let advice =
      isAll || more
      ? "end with an arm `_:` for everything that is left"
      : patterns.count == 1 ? "add an arm for it" : "add an arm for each of them"
    return Diagnostic(
      .error, PatternCode.missingPatterns, message,
      at: Label(scrutinee, isAll ? "not every value of this has an arm" : "no arm matches \(names)"),
      explanation: hasGuards
        ? "A match has an arm for every value. Arms with a guard do not count: their condition may be false."
        : "A match has an arm for every value that can come.",
      help: [Help(advice, edits: edits)])
  }

  enum Place {
    case letStatement, forLoop, comprehension

    var words: String {
      switch self {
      case .letStatement: "let"
      case .forLoop: "for"
      case .comprehension: "for"
      }
    }
  }

  static func mayNotMatch(_ pattern: Span, _ place: Place, witness: String) -> Diagnostic {
    let help =
      switch place {
      case .letStatement: "use `if let … = …:` to go on only where it matches, or `match` with an arm for the rest"
      case .forLoop: "give the loop a plain name and use `if let` or `match` in its body"
      case .comprehension: "give the loop a plain name, and pick the elements with `if`"
      }
    let missed = witness == "_" ? "it does not match every value" : "it does not match `\(witness)`"
    return Diagnostic(
      .error, PatternCode.mayNotMatch, "the pattern of a `\(place.words)` has to match every value, and \(missed)",
      at: Label(pattern, missed),
      explanation: "A `\(place.words)` has no way out for a value that its pattern does not match.",
      help: [Help(help)])
  }

  static func emptyRange(_ range: Span) -> Diagnostic {
    Diagnostic(
      .error, PatternCode.emptyRange, "this range holds no value",
      at: Label(range, "the end is not after the start"),
      explanation: "`a..b` goes from a to the value before b, and `a..=b` to b.")
  }

  static func tooComplex(_ match: Span) -> Diagnostic {
    Diagnostic(
      .error, PatternCode.tooComplex, "this match is too complex to be checked",
      at: Label(match, "its arms overlap in too many ways"),
      explanation: "To find out which values the arms leave out would take more than \(TreeBuilder.budget) steps.",
      help: [Help("match one part of the value at a time, with a `match` inside a `match`")])
  }

  /// `cover` is an earlier arm that alone matches everything that this one would.
  static func unreachableArm(_ pattern: Span, cover: Span?) -> Diagnostic {
    Diagnostic(
      .warning, WarningCode.unreachableArm, "this arm is never taken",
      at: Label(pattern, "the arms above match everything that this would"),
      secondary: cover.map { [Label($0, "this matches all of it")] } ?? [],
      help: [Help("move it above the arm that hides it, or remove it")])
  }

  private static func list(_ patterns: [String]) -> String {
    let quoted = patterns.map { "`\($0)`" }
    guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "" }
    return quoted.dropLast().joined(separator: ", ") + " and " + last
  }
}
