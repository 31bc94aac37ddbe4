import OrusSyntax

/// A value known at compile time.
public indirect enum ConstantValue: Sendable {
  case integer(Int128)
  case boolean(Bool)
  case float(Double)
  case text(Symbol)
  /// An array or a tuple.
  case sequence([ConstantValue])
  /// Constant, but not computed: `nil`, or a value that becomes an `any` or an `Option`.
  case opaque

  /// The form in which the lowering takes it.
  public var stored: ConstantInfo.Value {
    switch self {
    case .integer(let value): .scalar(UInt64(truncatingIfNeeded: value))
    case .boolean(let value): .scalar(value ? 1 : 0)
    case .float(let value): .float(value)
    case .text(let symbol): .text(symbol)
    case .sequence, .opaque: .composite
    }
  }
}

/// The integer types as the evaluator needs them.
struct IntegerType {
  let kind: TypeKind
  let width: Int
  let isSigned: Bool

  init?(_ kind: TypeKind) {
    self.kind = kind
    switch kind {
    case .i32: (width, isSigned) = (32, true)
    case .i64: (width, isSigned) = (64, true)
    case .u32: (width, isSigned) = (32, false)
    case .u64: (width, isSigned) = (64, false)
    default: return nil
    }
  }

  var range: ClosedRange<Int128> {
    let one = Int128(1)
    return isSigned ? -(one << Int128(width - 1))...(one << Int128(width - 1)) - 1 : 0...(one << Int128(width)) - 1
  }

  /// The low bits of a value, read as this type.
  func wrapped(_ value: Int128) -> Int128 {
    switch kind {
    case .i32: Int128(Int32(truncatingIfNeeded: value))
    case .i64: Int128(Int64(truncatingIfNeeded: value))
    case .u32: Int128(UInt32(truncatingIfNeeded: value))
    default: Int128(UInt64(truncatingIfNeeded: value))
    }
  }

  /// Toward zero, saturating; NaN gives 0.
  func saturated(_ value: Double) -> Int128 {
    if value.isNaN { return 0 }
    if value <= Double(range.lowerBound) { return range.lowerBound }
    if value >= Double(range.upperBound) { return range.upperBound }
    return Int128(value.rounded(.towardZero))
  }
}
