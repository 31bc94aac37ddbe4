extension RuntimeCode {
  /// What stands at the place of the panic in the source.
  public var label: String {
    switch self {
    case .divisionByZero: "this divides by zero"
    case .indexOutOfRange: "this is out of range"
    case .integerOverflow: "the result does not fit its type"
    case .shiftOutOfRange: "the shift count is out of range"
    case .zeroStep: "the step of this range is 0"
    case .keyNotFound: "this key is not in the map"
    case .changedWhileIterating: "the loop goes on here, but the keys have changed"
    case .callDepthExceeded: "this is one call too many"
    case .insideCharacter: "this position is inside a character"
    case .heapLimitReached: "there is no memory left for this"
    case .stepLimitReached: "the program was stopped here"
    case .wrongDynamicType: "the value has another type"
    case .noSuchDynamicMember: "the value has no such member"
    case .panic: "the program panics here"
    case .assertionFailed: "this does not hold"
    case .unwrapOfNothing: "there is no value to take out"
    case .notANumber: "this text is no number"
    case .sizeOutOfRange: "this size is out of range"
    case .formatMismatch: "the format does not fit"
    case .notInitialised: "this is read before it has a value"
    }
  }

  /// What would help, where there is one thing that nearly always does.
  public var advice: String? {
    switch self {
    case .integerOverflow: "use a wider type, or `&+`, `&-`, `&*` if wrapping around is meant"
    case .keyNotFound: "`m.get(k)` gives an `Option`, `m.get_or(k, default)` a value in any case"
    case .changedWhileIterating: "iterate over `m.keys()`, which is a copy, or make the changes after the loop"
    case .callDepthExceeded: "if the recursion is meant to be so deep, raise the limit with `--max-stack`"
    case .heapLimitReached: "if the program really needs so much, raise the limit with `--max-heap`"
    case .wrongDynamicType: "ask with `is` before taking the value back"
    case .unwrapOfNothing: "`unwrap_or`, `if let` or `match` deal with the missing value"
    case .notANumber: "`parse_int()` and `parse_float()` give a `Result` instead"
    case .divisionByZero, .indexOutOfRange, .shiftOutOfRange, .zeroStep, .insideCharacter, .stepLimitReached,
      .noSuchDynamicMember, .panic, .assertionFailed, .sizeOutOfRange, .formatMismatch, .notInitialised:
      nil
    }
  }
}
