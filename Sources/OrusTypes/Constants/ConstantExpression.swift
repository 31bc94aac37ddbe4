import OrusDiagnostics
import OrusSyntax

/// The evaluation of one expression, whose constants are known already. Every
/// function gives nil after a mistake, whether found here or before.
struct ConstantExpression {
  let module: TypedModule
  let program: TypedProgram
  let tree: SyntaxTree
  var diagnostics: [Diagnostic] = []
  private let constants: [UInt32: ConstantValue]
  /// The declaration whose value this is; none elsewhere.
  private let constant: NodeID

  /// `known`: the constants that have been evaluated.
  init(_ module: TypedModule, _ program: TypedProgram, known: [UInt32: ConstantValue], constant: NodeID) {
    self.constant = constant
    self.module = module
    self.program = program
    tree = module.tree
    constants = known
  }

  /// Left spines are walked in a loop; other recursion is bounded by the limit on nesting.
  mutating func value(_ node: NodeID) -> ConstantValue? {
    var spine: [NodeID] = []
    var at = node
    while tree.kind(at) == .binary {
      spine.append(at)
      at = NodeID(tree[at].a)
    }
    var result = adjusted(operand(at), at)
    for id in spine.reversed() {
      // Both sides are evaluated, so that each mistake in them is found.
      let right = value(NodeID(tree[id].b))
      guard let left = result, let right, let operation = BinaryOperator(rawValue: tree[id].detail) else {
        result = nil
        continue
      }
      result = adjusted(binary(operation, left, right, id), id)
    }
    return result
  }

  /// A value that is converted on its way is not computed any further.
  private func adjusted(_ value: ConstantValue?, _ node: NodeID) -> ConstantValue? {
    guard let value else { return nil }
    return module.adjustments[Int(node.index)].isEmpty ? value : .opaque
  }

  private mutating func operand(_ id: NodeID) -> ConstantValue? {
    let row = tree[id]
    if program.types.contents(module.type(id)).contains(.error) { return nil }
    switch row.kind {
    case .integerLiteral: return integer(Int128(tree.integers[Int(row.a)]), id)
    case .floatLiteral: return .float(tree.floats[Int(row.a)])
    case .stringLiteral: return .text(Symbol(row.a))
    case .trueLiteral: return .boolean(true)
    case .falseLiteral: return .boolean(false)
    case .nilLiteral: return .opaque
    case .parenthesized: return value(NodeID(row.a))
    case .name, .field: return named(id)
    case .negate: return negated(id, NodeID(row.a))
    case .bitNot:
      guard case .integer(let operand)? = value(NodeID(row.a)), let type = integerType(id) else { return nil }
      return .integer(type.wrapped(~operand))
    case .logicalNot:
      guard case .boolean(let operand)? = value(NodeID(row.a)) else { return nil }
      return .boolean(!operand)
    case .logicalAnd, .logicalOr: return logical(row)
    case .conditional:
      guard case .boolean(let condition)? = value(NodeID(row.a)) else { return nil }
      let view = tree.conditional(id)
      return value(condition ? view.then : view.otherwise)
    case .cast: return cast(NodeID(row.a), to: module.type(NodeID(row.b)))
    case .arrayLiteral, .tuple: return sequence(tree.list(row.a))
    case .arrayRepeat: return repeated(row)
    case .tupleField:
      guard case .sequence(let parts)? = value(NodeID(row.a)), Int(row.b) < parts.count else { return nil }
      return parts[Int(row.b)]
    case .index: return element(id, row)
    case .error: return nil
    default: return notConstant(id)
    }
  }

  private mutating func notConstant(_ id: NodeID) -> ConstantValue? {
    let what =
      switch tree.kind(id) {
      case .call: "the result of a call"
      case .name: "a variable"
      case .lambda: "a function"
      case .interpolatedString: "an interpolated string"
      case .mapLiteral: "a map"
      case .comprehension: "a comprehension"
      case .structLiteral: "a struct"
      default: "this expression"
      }
    // A name in capitals is meant to be a constant's, and patterns may use it as one.
    let isVariable = !constant.isNone && program.symbols[Symbol(tree[constant].a)].first?.isLowercase == true
    diagnostics.append(
      ConstantMessage.notConstant(tree.span(id), what, keyword: isVariable ? tree.keywordSpan(constant) : nil))
    return nil
  }

  // MARK: Names and literals

  private mutating func named(_ id: NodeID) -> ConstantValue? {
    let use = module.use(id)
    switch use.kind {
    case .constant: return constants[use.index]
    case .numericConstant: return numericConstant(id, use.index)
    case .none: return nil
    default: return notConstant(id)
    }
  }

  private func numericConstant(_ id: NodeID, _ index: UInt32) -> ConstantValue? {
    switch NumericConstant(rawValue: index) {
    case .max:
      if let type = integerType(id) { return .integer(type.range.upperBound) }
      return .float(.greatestFiniteMagnitude)
    case .min:
      if let type = integerType(id) { return .integer(type.range.lowerBound) }
      return .float(-.greatestFiniteMagnitude)
    case .infinity: return .float(.infinity)
    case .nan: return .float(.nan)
    case nil: return nil
    }
  }

  func integerType(_ id: NodeID) -> IntegerType? { IntegerType(program.types.kind(module.type(id))) }

  /// A literal, in the type that it has. Literals out of range are the checker's to report.
  private func integer(_ literal: Int128, _ id: NodeID) -> ConstantValue? {
    if let type = integerType(id) { return type.range.contains(literal) ? .integer(literal) : nil }
    return program.types.kind(module.type(id)) == .f64 ? .float(Double(literal)) : nil
  }

  private mutating func negated(_ id: NodeID, _ operand: NodeID) -> ConstantValue? {
    // The sign belongs to the literal, so that the smallest value can be written.
    if tree.kind(operand) == .integerLiteral {
      return integer(-Int128(tree.integers[Int(tree[operand].a)]), id)
    }
    switch value(operand) {
    case .integer(let number)?: return checked(-number, id)
    case .float(let number)?: return .float(-number)
    default: return nil
    }
  }

  /// The result of an operation on integers, unless its type does not hold it.
  mutating func checked(_ result: Int128, _ id: NodeID) -> ConstantValue? {
    guard let type = integerType(id) else { return nil }
    if type.range.contains(result) { return .integer(result) }
    diagnostics.append(
      ConstantMessage.overflow(tree.span(id), result: "\(result)", type: program.typeName(module.type(id))))
    return nil
  }

  // MARK: Composite

  private mutating func sequence(_ list: NodeList) -> ConstantValue? {
    var parts: [ConstantValue] = []
    parts.reserveCapacity(list.count)
    var isKnown = true
    for child in list {
      if let part = value(child) { parts.append(part) } else { isKnown = false }
    }
    return isKnown ? .sequence(parts) : nil
  }

  private mutating func repeated(_ row: Node) -> ConstantValue? {
    let element = value(NodeID(row.a))
    guard case .integer(let count)? = value(NodeID(row.b)), let element else { return nil }
    guard (0...Int128(Int32.max)).contains(count) else {
      diagnostics.append(ConstantMessage.overflow(tree.span(NodeID(row.b)), result: "\(count)", type: "length"))
      return nil
    }
    // Large ones are built when the program runs; elements of them are not taken at compile time.
    return count <= 65_536 ? .sequence(Array(repeating: element, count: Int(count))) : .opaque
  }

  private mutating func element(_ id: NodeID, _ row: Node) -> ConstantValue? {
    let base = value(NodeID(row.a))
    guard tree.kind(NodeID(row.b)) != .range else { return notConstant(id) }
    guard case .integer(let index)? = value(NodeID(row.b)), let base else { return nil }
    guard case .sequence(let parts) = base else { return notConstant(id) }
    guard (0..<Int128(parts.count)).contains(index) else {
      diagnostics.append(ConstantMessage.index(tree.span(NodeID(row.b)), index: "\(index)", count: parts.count))
      return nil
    }
    return parts[Int(index)]
  }

  private mutating func logical(_ row: Node) -> ConstantValue? {
    guard case .boolean(let left)? = value(NodeID(row.a)) else { return nil }
    guard left == (row.kind == .logicalAnd) else { return .boolean(left) }
    return value(NodeID(row.b))
  }

  // MARK: Casts

  private mutating func cast(_ operand: NodeID, to type: TypeID) -> ConstantValue? {
    guard let value = value(operand) else { return nil }
    let kind = program.types.kind(type)
    if let target = IntegerType(kind) {
      switch value {
      case .integer(let number): return .integer(target.wrapped(number))
      case .float(let number): return .integer(target.saturated(number))
      case .boolean(let flag): return .integer(flag ? 1 : 0)
      default: return nil
      }
    }
    switch (kind, value) {
    case (.f64, .integer(let number)): return .float(Double(number))
    case (.f64, .float), (.bool, .boolean), (.string, .text): return value
    case (.f64, .boolean(let flag)): return .float(flag ? 1 : 0)
    case (.bool, .integer(let number)): return .boolean(number != 0)
    case (.bool, .float(let number)): return .boolean(number != 0)
    case (.string, .integer(let number)): return text("\(number)")
    case (.string, .boolean(let flag)): return text("\(flag)")
    case (.string, .float(let number)): return text(Self.printed(number))
    default: return .opaque
    }
  }

  func text(_ string: String) -> ConstantValue { .text(program.symbols.intern(string)) }

  /// As `print` writes it. Swift's own form differs only in that it uses an exponent from 2^53 on, not from 10^16.
  static func printed(_ value: Double) -> String {
    let size = value.magnitude
    return size >= 0x1p53 && size < 1e16 ? "\(Int64(value)).0" : "\(value)"
  }
}
