/// What stops a running program: the panics of the language, in the order of their numbers.
public enum RuntimeCode: String, DiagnosticCode {
  case divisionByZero = "E0001"
  case indexOutOfRange = "E0002"
  case integerOverflow = "E0003"
  case shiftOutOfRange = "E0004"
  case zeroStep = "E0005"
  case keyNotFound = "E0006"
  case changedWhileIterating = "E0007"
  case callDepthExceeded = "E0008"
  case insideCharacter = "E0009"
  case heapLimitReached = "E0010"
  case stepLimitReached = "E0011"
  case wrongDynamicType = "E0012"
  case noSuchDynamicMember = "E0013"
  case panic = "E0014"
  case assertionFailed = "E0015"
  case unwrapOfNothing = "E0016"
  case notANumber = "E0017"
  case sizeOutOfRange = "E0018"
  case formatMismatch = "E0019"
  case notInitialised = "E0020"

  /// The code with this number, 1 for E0001.
  public init?(number: Int) {
    guard (1...Self.allCases.count).contains(number) else { return nil }
    self = Self.allCases[number - 1]
  }

  /// 1 for E0001.
  public var number: Int { Self.allCases.firstIndex(of: self)! + 1 }

  public var title: String {
    switch self {
    case .divisionByZero: "DIVISION BY ZERO"
    case .indexOutOfRange: "INDEX OUT OF RANGE"
    case .integerOverflow: "INTEGER OVERFLOW"
    case .shiftOutOfRange: "SHIFT OUT OF RANGE"
    case .zeroStep: "RANGE STEP OF ZERO"
    case .keyNotFound: "KEY NOT FOUND"
    case .changedWhileIterating: "CHANGED WHILE ITERATING"
    case .callDepthExceeded: "CALL DEPTH EXCEEDED"
    case .insideCharacter: "POSITION INSIDE A CHARACTER"
    case .heapLimitReached: "HEAP LIMIT REACHED"
    case .stepLimitReached: "STEP LIMIT REACHED"
    case .wrongDynamicType: "ANOTHER TYPE IN ANY"
    case .noSuchDynamicMember: "NO SUCH MEMBER IN ANY"
    case .panic: "PANIC"
    case .assertionFailed: "ASSERTION FAILED"
    case .unwrapOfNothing: "NOTHING TO UNWRAP"
    case .notANumber: "NOT A NUMBER"
    case .sizeOutOfRange: "SIZE OUT OF RANGE"
    case .formatMismatch: "FORMAT MISMATCH"
    case .notInitialised: "NOT YET INITIALISED"
    }
  }
}
