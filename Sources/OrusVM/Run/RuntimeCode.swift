/// The codes of panics, by their number.
public enum RuntimeCode: UInt8, CaseIterable, Sendable {
  case division = 1
  case index
  case overflow
  case shift
  case rangeStep
  case missingKey
  case changedWhileIterating
  case callDepth
  case insideCharacter
  case heapLimit
  case stepLimit
  case anyType
  case anyMember
  case panic
  case assertion
  case unwrap
  case notANumber
  case size
  case format
  case uninitialised

  /// As users read it: `E0001`.
  public var name: String { rawValue < 10 ? "E000\(rawValue)" : "E00\(rawValue)" }
}
