/// What is wrong with the text of a format, and where.
public struct FormatError: Equatable, Sendable {
  public enum Kind: UInt8, CaseIterable, Sendable {
    /// A `{` whose `}` is missing.
    case unclosedPlaceholder
    /// A `}` that closes nothing.
    case unmatchedClosingBrace
    /// Something other than a number before the `:`; a name, mostly.
    case namedPlaceholder
    /// A position of 65,535 or more.
    case positionTooLarge
    /// A character that no part of a spec begins with; an unknown type letter, mostly.
    case unexpectedCharacter
    /// A `.` without digits after it.
    case missingPrecision
    case widthTooLarge
    case precisionTooLarge
    /// A `{` inside a spec: widths are written out, not taken from arguments.
    case nestedPlaceholder
  }

  public let kind: Kind
  /// The bytes of the format that are wrong, as offsets.
  public let start: UInt32
  public let end: UInt32

  public init(_ kind: Kind, start: Int, end: Int) {
    self.kind = kind
    self.start = UInt32(start)
    self.end = UInt32(end)
  }

  /// One sentence without a full stop, for panics; the checker says more.
  public var message: String {
    switch kind {
    case .unclosedPlaceholder: "a `{` in the format is not closed"
    case .unmatchedClosingBrace: "a `}` in the format closes nothing"
    case .namedPlaceholder: "a placeholder names its argument by position, not by name"
    case .positionTooLarge: "a placeholder's position is too large"
    case .unexpectedCharacter: "a format spec holds a character that means nothing there"
    case .missingPrecision: "the `.` of a format spec has no digits after it"
    case .widthTooLarge: "a format's width is over \(FormatSpec.maximumWidth)"
    case .precisionTooLarge: "a format's precision is over \(FormatSpec.maximumPrecision)"
    case .nestedPlaceholder: "a placeholder stands inside a format spec"
    }
  }
}
