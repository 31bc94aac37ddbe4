import OrusDiagnostics
import OrusSyntax

/// Binary operators on constants.
extension ConstantExpression {
  mutating func binary(
    _ operation: BinaryOperator, _ left: ConstantValue, _ right: ConstantValue, _ id: NodeID
  ) -> ConstantValue? {
    switch operation {
    case .equal, .notEqual:
      guard let isEqual = Self.equal(left, right) else { return .opaque }
      return .boolean(isEqual == (operation == .equal))
    case .less, .lessEqual, .greater, .greaterEqual:
      return compared(operation, left, right)
    case .contains, .notContains:
      guard let isInside = contains(right, left) else { return .opaque }
      return .boolean(isInside == (operation == .contains))
    default:
      break
    }
    switch (left, right) {
    case (.integer(let a), .integer(let b)): return integers(operation, a, b, id)
    case (.float(let a), .float(let b)): return floats(operation, a, b)
    case (.text(let a), .text(let b)) where operation == .add:
      return text(program.symbols[a] + program.symbols[b])
    case (.sequence(let a), .sequence(let b)) where operation == .add: return .sequence(a + b)
    case (.boolean(let a), .boolean(let b)):
      switch operation {
      case .bitAnd: return .boolean(a && b)
      case .bitOr: return .boolean(a || b)
      case .bitXor: return .boolean(a != b)
      default: return nil
      }
    case (.opaque, _), (_, .opaque): return .opaque
    default: return nil
    }
  }

  private mutating func integers(
    _ operation: BinaryOperator, _ a: Int128, _ b: Int128, _ id: NodeID
  ) -> ConstantValue? {
    guard let type = integerType(id) else { return nil }
    switch operation {
    case .add: return checked(a + b, id)
    case .subtract: return checked(a - b, id)
    case .multiply:
      let (product, overflow) = a.multipliedReportingOverflow(by: b)
      if !overflow { return checked(product, id) }
      diagnostics.append(
        ConstantMessage.overflow(tree.span(id), result: nil, type: program.typeName(module.type(id))))
      return nil
    case .divide, .remainder:
      if b == 0 {
        diagnostics.append(ConstantMessage.divisionByZero(tree.span(id), divisor: tree.span(NodeID(tree[id].b))))
        return nil
      }
      // `min % -1` overflows as `min / -1` does.
      guard let quotient = checked(a / b, id) else { return nil }
      return operation == .divide ? quotient : .integer(a % b)
    case .wrappingAdd: return .integer(type.wrapped(a + b))
    case .wrappingSubtract: return .integer(type.wrapped(a - b))
    case .wrappingMultiply: return .integer(type.wrapped(a &* b))
    case .shiftLeft, .shiftRight:
      guard (0..<Int128(type.width)).contains(b) else {
        diagnostics.append(ConstantMessage.shift(tree.span(NodeID(tree[id].b)), count: "\(b)", width: type.width))
        return nil
      }
      return .integer(operation == .shiftLeft ? type.wrapped(a << b) : a >> b)
    case .bitAnd: return .integer(a & b)
    case .bitOr: return .integer(a | b)
    case .bitXor: return .integer(a ^ b)
    case .equal, .notEqual, .less, .lessEqual, .greater, .greaterEqual, .contains, .notContains: return nil
    }
  }

  private func floats(_ operation: BinaryOperator, _ a: Double, _ b: Double) -> ConstantValue? {
    switch operation {
    case .add: .float(a + b)
    case .subtract: .float(a - b)
    case .multiply: .float(a * b)
    case .divide: .float(a / b)
    case .remainder: .float(a.truncatingRemainder(dividingBy: b))
    default: nil
    }
  }

  /// nil where it is not known.
  static func equal(_ left: ConstantValue, _ right: ConstantValue) -> Bool? {
    switch (left, right) {
    case (.integer(let a), .integer(let b)): return a == b
    case (.float(let a), .float(let b)): return a == b
    case (.boolean(let a), .boolean(let b)): return a == b
    case (.text(let a), .text(let b)): return a == b
    case (.sequence(let a), .sequence(let b)):
      guard a.count == b.count else { return false }
      for (x, y) in zip(a, b) {
        guard let isEqual = equal(x, y) else { return nil }
        if !isEqual { return false }
      }
      return true
    default: return nil
    }
  }

  private func contains(_ container: ConstantValue, _ element: ConstantValue) -> Bool? {
    switch (container, element) {
    case (.sequence(let parts), _):
      for part in parts {
        guard let isEqual = Self.equal(part, element) else { return nil }
        if isEqual { return true }
      }
      return false
    case (.text(let text), .text(let part)):
      let bytes = program.symbols.utf8(text)
      let wanted = program.symbols.utf8(part)
      if wanted.count > bytes.count { return false }
      return (0...bytes.count - wanted.count).contains { start in
        bytes[start..<start + wanted.count].elementsEqual(wanted)
      }
    default: return nil
    }
  }

  private func compared(_ operation: BinaryOperator, _ left: ConstantValue, _ right: ConstantValue) -> ConstantValue? {
    if case .float(let a) = left, case .float(let b) = right {
      switch operation {
      case .less: return .boolean(a < b)
      case .lessEqual: return .boolean(a <= b)
      case .greater: return .boolean(a > b)
      default: return .boolean(a >= b)
      }
    }
    guard let order = order(left, right) else { return .opaque }
    switch operation {
    case .less: return .boolean(order < 0)
    case .lessEqual: return .boolean(order <= 0)
    case .greater: return .boolean(order > 0)
    default: return .boolean(order >= 0)
    }
  }

  /// -1, 0 or 1; nil where there is no order.
  private func order(_ left: ConstantValue, _ right: ConstantValue) -> Int? {
    switch (left, right) {
    case (.integer(let a), .integer(let b)): return a < b ? -1 : a > b ? 1 : 0
    case (.float(let a), .float(let b)): return a < b ? -1 : a > b ? 1 : a == b ? 0 : nil
    case (.boolean(let a), .boolean(let b)): return a == b ? 0 : b ? -1 : 1
    case (.text(let a), .text(let b)):
      // The order of UTF-8 bytes is that of Unicode scalars.
      let (x, y) = (program.symbols.utf8(a), program.symbols.utf8(b))
      return x.lexicographicallyPrecedes(y) ? -1 : y.lexicographicallyPrecedes(x) ? 1 : 0
    case (.sequence(let a), .sequence(let b)):
      for (x, y) in zip(a, b) {
        guard let order = order(x, y) else { return nil }
        if order != 0 { return order }
      }
      return a.count < b.count ? -1 : a.count > b.count ? 1 : 0
    default: return nil
    }
  }
}
