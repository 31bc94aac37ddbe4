import OrusSyntax

/// An integer literal whose type nothing had fixed where it stands.
struct LiteralUse {
  let module: Int
  let node: NodeID
  let type: TypeID
  let magnitude: UInt64
  let isNegative: Bool

  /// What it is where nothing else is asked of it: the first of i32, i64 and u64 that holds it.
  var defaultType: TypeID {
    if isNegative { return magnitude <= 1 << 31 ? .i32 : .i64 }
    return magnitude <= UInt64(Int32.max) ? .i32 : magnitude <= UInt64(Int64.max) ? .i64 : .u64
  }
}

extension Checker {
  /// An integer literal, or the negation of one, where this type is expected.
  mutating func inferInteger(
    _ node: NodeID, literal: NodeID, isNegative: Bool, _ hint: TypeID?
  ) -> TypeID {
    let row = tree[literal]
    let magnitude = tree.integers[Int(row.a)]
    let type: TypeID
    switch NumericSuffix(rawValue: row.detail)! {
    case .i32: type = .i32
    case .i64: type = .i64
    case .u32: type = .u32
    case .u64: type = .u64
    case .f64: type = .f64
    case .u: type = magnitude <= UInt64(UInt32.max) ? .u32 : .u64
    case .none:
      if let wanted = numericHint(hint) {
        type = wanted
      } else {
        let variable = newVariable(literal: true)
        if let hint, isVariable(hint) { _ = unify(variable, hint) }
        literals.append(
          LiteralUse(module: currentIndex, node: node, type: variable, magnitude: magnitude, isNegative: isNegative))
        setType(literal, variable)
        setType(node, variable)
        return variable
      }
    }
    checkRange(node, type, magnitude, isNegative)
    setType(literal, type)
    setType(node, type)
    return type
  }

  /// The numeric type that a literal takes from its context, through an option too.
  private mutating func numericHint(_ hint: TypeID?) -> TypeID? {
    guard let hint else { return nil }
    let type = shallow(hint)
    let row = program.types[type]
    if row.kind >= .i32 && row.kind <= .f64 { return type }
    if row.kind == .parameter, program.parameters[Int(row.a)].constraints.contains(.integerLiteral) { return type }
    if let element = optionElement(type) { return numericHint(element) }
    return nil
  }

  /// Reports a literal that its type does not hold.
  private mutating func checkRange(_ node: NodeID, _ type: TypeID, _ magnitude: UInt64, _ isNegative: Bool) {
    let fits =
      switch program.types.kind(type) {
      case .i32: magnitude <= (isNegative ? 1 << 31 : UInt64(Int32.max))
      case .i64: magnitude <= (isNegative ? 1 << 63 : UInt64(Int64.max))
      case .u32: isNegative ? magnitude == 0 : magnitude <= UInt64(UInt32.max)
      case .u64: !isNegative || magnitude == 0
      default: true
      }
    if !fits { report(TypeMessage.literalOutOfRange(span(node), type: name(type), range: range(of: type))) }
  }

  private func range(of type: TypeID) -> String {
    switch program.types.kind(type) {
    case .i32: "\(Int32.min) to \(Int32.max)"
    case .i64: "\(Int64.min) to \(Int64.max)"
    case .u32: "0 to \(UInt32.max)"
    default: "0 to \(UInt64.max)"
    }
  }

  /// Checks the literals since the mark against the types that they were found to have.
  mutating func checkLiterals(from mark: Int) {
    for literal in Array(literals[mark...]) {
      let type = shallow(literal.type)
      guard program.types.kind(type) != .variable else { continue }
      let previous = enterModule(literal.module)
      checkRange(literal.node, type, literal.magnitude, literal.isNegative)
      enterModule(previous)
    }
  }

  /// A type as the user would write it. What is still open stands as `_`, an integer literal's as `i32`.
  mutating func name(_ type: TypeID) -> String {
    let resolved = resolve(type)
    guard program.types.contents(resolved).contains(.variable) else { return program.typeName(resolved) }
    let states = variables.states
    let shown = program.types.substitute(resolved, in: .variable) { states[Int($0.a)].isLiteral ? .i32 : nil }
    return program.typeName(shown)
  }
}
