import OrusDiagnostics

/// What is wrong with patterns.
public enum PatternCode: String, DiagnosticCode {
  case missingPatterns = "E2601"
  case mayNotMatch = "E2602"
  case emptyRange = "E2603"
  case tooComplex = "E2604"

  public var title: String {
    switch self {
    case .missingPatterns: "MISSING PATTERNS"
    case .mayNotMatch: "PATTERN MAY NOT MATCH"
    case .emptyRange: "EMPTY RANGE"
    case .tooComplex: "MATCH TOO COMPLEX"
    }
  }

  public var page: ExplainPage {
    switch self {
    case .missingPatterns:
      ExplainPage(
        """
        A `match` has an arm for every value that can come. The message lists patterns that no arm matches. An arm \
        with a guard does not count, since its condition may be false. `_` matches everything that is left.
        """,
        wrong: """
          fn show(x: i32?) -> string:
              match x:
                  Some(n): f"{n}"
          """,
        right: """
          fn show(x: i32?) -> string:
              match x:
                  Some(n): f"{n}"
                  None: "nothing"
          """)
    case .mayNotMatch:
      ExplainPage(
        """
        `let` and `for` take a value apart without a way out, so their pattern has to match every value of its type. \
        Where it may fail, use `if let`, `while let` or `match`.
        """,
        wrong: """
          fn first(xs: [i32]) -> i32:
              let [x, ..] = xs
              x
          """,
        right: """
          fn first(xs: [i32]) -> i32:
              if let [x, ..] = xs: x else: 0
          """)
    case .emptyRange:
      ExplainPage(
        "The range of a pattern holds no value, because its end is not after its start.",
        wrong: """
          fn is_digit(n: i32) -> bool: n matches 9..0
          """,
        right: """
          fn is_digit(n: i32) -> bool: n matches 0..=9
          """)
    case .tooComplex:
      ExplainPage(
        """
        The arms of a `match` overlap in so many ways that deciding which values they leave out would take too long. \
        Matching one part of the value at a time, in a `match` inside another, avoids it.
        """,
        wrong: """
          // a match over a tuple of twenty parts, each arm naming two others
          """,
        right: """
          fn kind(a: bool, b: bool) -> i32:
              match a:
                  true: 1
                  false: match b:
                      true: 2
                      false: 3
          """)
    }
  }
}
