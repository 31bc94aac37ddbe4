/// What a format spec has to know of a value's type.
@frozen
public enum FormattedKind: UInt8, CaseIterable, Sendable {
  case integer, float, text, bool
  /// Arrays, tuples, maps, structs, enums, functions: written as `print` does, then padded.
  case other
}

/// Why a spec does not fit a kind of value.
public enum FormatMisfit: UInt8, CaseIterable, Sendable {
  /// `x`, `X`, `b` or `o` on what is no integer.
  case radixNeedsInteger
  /// `e`, `f` or `%` on what is no number.
  case presentationNeedsNumber
  /// `+` on what is no number.
  case signNeedsNumber
  /// `0` on what is no number.
  case zeroNeedsNumber
  /// `#` without `x`, `X`, `b` or `o`.
  case alternateNeedsRadix
  /// A precision together with `x`, `X`, `b` or `o`.
  case precisionWithRadix
  /// A precision on what is neither a number nor text.
  case precisionNeedsNumberOrText

  /// One sentence without a full stop.
  public var rule: String {
    switch self {
    case .radixNeedsInteger: "`x`, `X`, `b` and `o` write integers"
    case .presentationNeedsNumber: "`e`, `f` and `%` write numbers"
    case .signNeedsNumber: "`+` goes with numbers"
    case .zeroNeedsNumber: "zeros are put before numbers"
    case .alternateNeedsRadix: "`#` goes with `x`, `X`, `b` or `o`"
    case .precisionWithRadix: "`x`, `X`, `b` and `o` take no precision"
    case .precisionNeedsNumberOrText: "a precision goes with numbers and text"
    }
  }
}

extension FormatSpec {
  /// The reason why this spec cannot lay out such a value, or nil if it can. Fill, alignment and width fit everything.
  public func misfit(for kind: FormattedKind) -> FormatMisfit? {
    let isNumber = kind == .integer || kind == .float
    if presentation.isRadix && kind != .integer { return .radixNeedsInteger }
    if presentation != .none && !isNumber { return .presentationNeedsNumber }
    if plus && !isNumber { return .signNeedsNumber }
    if zero && !isNumber { return .zeroNeedsNumber }
    if alternate && !presentation.isRadix { return .alternateNeedsRadix }
    if precision != nil {
      if presentation.isRadix { return .precisionWithRadix }
      if !isNumber && kind != .text { return .precisionNeedsNumberOrText }
    }
    return nil
  }

  /// The reason why no kind of value fits, which is known without looking at one.
  public var misfitForEveryKind: FormatMisfit? {
    var reason: FormatMisfit?
    for kind in FormattedKind.allCases {
      guard let found = misfit(for: kind) else { return nil }
      if reason == nil { reason = found }
    }
    return reason
  }
}
