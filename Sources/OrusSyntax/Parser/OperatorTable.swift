/// The binary operators as data: spec section 5. A smaller level binds tighter.
enum OperatorTable {
  enum Level {
    static let unary: UInt8 = 2
    static let cast: UInt8 = 3
    static let multiply: UInt8 = 4
    static let add: UInt8 = 5
    static let shift: UInt8 = 6
    static let bitAnd: UInt8 = 7
    static let bitXor: UInt8 = 8
    static let bitOr: UInt8 = 9
    static let range: UInt8 = 10
    static let compare: UInt8 = 11
    static let not: UInt8 = 12
    static let and: UInt8 = 13
    static let or: UInt8 = 14
  }

  /// What an operator's token makes of two operands.
  enum Form: UInt8 {
    /// Not a binary operator.
    case none
    case binary, and, or, range, rangeInclusive, matches, cast, typeTest
    /// Two tokens: `>>`, `not in`.
    case greater, not
    /// Operators of other languages, reported and read as their like.
    case doubleAmpersand, doublePipe, doubleStar, strictEqual, strictNotEqual
  }

  struct Row {
    var level: UInt8
    var form: Form
    var binary: BinaryOperator = .add
  }

  private static func row(of kind: TokenKind) -> Row {
    switch kind {
    case .as: Row(level: Level.cast, form: .cast)
    case .is: Row(level: Level.cast, form: .typeTest)
    case .star: Row(level: Level.multiply, form: .binary, binary: .multiply)
    case .slash: Row(level: Level.multiply, form: .binary, binary: .divide)
    case .percent: Row(level: Level.multiply, form: .binary, binary: .remainder)
    case .wrappingStar: Row(level: Level.multiply, form: .binary, binary: .wrappingMultiply)
    case .doubleStar: Row(level: Level.multiply, form: .doubleStar, binary: .multiply)
    case .plus: Row(level: Level.add, form: .binary, binary: .add)
    case .minus: Row(level: Level.add, form: .binary, binary: .subtract)
    case .wrappingPlus: Row(level: Level.add, form: .binary, binary: .wrappingAdd)
    case .wrappingMinus: Row(level: Level.add, form: .binary, binary: .wrappingSubtract)
    case .shiftLeft: Row(level: Level.shift, form: .binary, binary: .shiftLeft)
    case .ampersand: Row(level: Level.bitAnd, form: .binary, binary: .bitAnd)
    case .caret: Row(level: Level.bitXor, form: .binary, binary: .bitXor)
    case .pipe: Row(level: Level.bitOr, form: .binary, binary: .bitOr)
    case .dotDot: Row(level: Level.range, form: .range)
    case .dotDotEqual: Row(level: Level.range, form: .rangeInclusive)
    case .equal: Row(level: Level.compare, form: .binary, binary: .equal)
    case .notEqual: Row(level: Level.compare, form: .binary, binary: .notEqual)
    case .tripleEqual: Row(level: Level.compare, form: .strictEqual, binary: .equal)
    case .bangDoubleEqual: Row(level: Level.compare, form: .strictNotEqual, binary: .notEqual)
    case .less: Row(level: Level.compare, form: .binary, binary: .less)
    case .lessEqual: Row(level: Level.compare, form: .binary, binary: .lessEqual)
    case .greater: Row(level: Level.compare, form: .greater, binary: .greater)
    case .greaterEqual: Row(level: Level.compare, form: .binary, binary: .greaterEqual)
    case .in: Row(level: Level.compare, form: .binary, binary: .contains)
    case .not: Row(level: Level.compare, form: .not, binary: .notContains)
    case .matches: Row(level: Level.compare, form: .matches)
    case .and: Row(level: Level.and, form: .and)
    case .doubleAmpersand: Row(level: Level.and, form: .doubleAmpersand)
    case .or: Row(level: Level.or, form: .or)
    case .doublePipe: Row(level: Level.or, form: .doublePipe)
    default: Row(level: 0, form: .none)
    }
  }

  /// A row for each token kind, by its raw value; never freed.
  nonisolated(unsafe) static let rows: UnsafePointer<Row> = {
    let rows = UnsafeMutablePointer<Row>.allocate(capacity: 256)
    for i in 0..<256 {
      (rows + i).initialize(to: TokenKind(rawValue: UInt8(i)).map(row) ?? Row(level: 0, form: .none))
    }
    return UnsafePointer(rows)
  }()
}

/// An operator that waits for its right operand, or for one that binds tighter.
struct PendingOperator: BitwiseCopyable {
  enum Form: UInt8 {
    case binary, and, or, range, steppedRange
    case negate, bitNot, not
    /// `**` and its like: their value is not known.
    case error
  }

  let form: Form
  let level: UInt8
  /// A `BinaryOperator`, or whether a range is inclusive.
  let detail: UInt8
  let token: UInt32
  /// Where the operator stands, if it is unary.
  let start: TokenID

  var isUnary: Bool { form == .negate || form == .bitNot || form == .not }
}
