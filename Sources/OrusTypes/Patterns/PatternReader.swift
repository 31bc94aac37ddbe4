import OrusSyntax

/// Reads the patterns of the syntax tree into a `PatternPool`, by the side
/// tables. What an error has already been reported about makes the reader
/// `isBroken`: then nothing more is to be said about the match.
struct PatternReader {
  let module: TypedModule
  let program: TypedProgram
  var pool = PatternPool()
  private(set) var isBroken = false
  /// Range patterns that hold no value.
  private(set) var emptyRanges: [NodeID] = []
  /// Numbers for literals and tests that are not intervals, texts or floats.
  private var identities: [Identity: UInt64] = [:]

  private struct Identity: Hashable {
    let tag: UInt8
    let low: UInt64
    let high: UInt64
  }

  /// A literal's or constant's value.
  private enum Value {
    case integer(Int128)
    case float(Double)
    case text(Symbol)
    case boolean(Bool)
    case composite(constant: UInt32)
  }

  init(module: TypedModule, program: TypedProgram) {
    self.module = module
    self.program = program
  }

  /// Forgets what it has read.
  mutating func reset() {
    pool.removeAll()
    isBroken = false
    emptyRanges.removeAll(keepingCapacity: true)
    identities.removeAll(keepingCapacity: true)
  }

  /// Recursion is bounded by the limit on nesting.
  mutating func read(_ node: NodeID) -> UInt32 {
    let tree = module.tree
    let row = tree[node]
    let type = module.type(node)
    if program.types.contents(type).contains(.error) {
      isBroken = true
      return PatternPool.wildcard
    }
    switch row.kind {
    case .wildcardPattern:
      return pool.add(.init(form: .any, type: type, node: node))
    case .bindingPattern:
      return pool.add(.init(form: .any, type: type, node: node, a: node.index))
    case .literalPattern:
      return readLiteral(NodeID(row.a), pattern: node, type)
    case .rangePattern:
      return readRange(node, row, type)
    case .alternativePattern:
      var alternatives: [UInt32] = []
      for child in tree.list(row.a) { alternatives.append(read(child)) }
      return pool.add(.init(form: .either, type: type, node: node, a: pool.addList(alternatives)))
    case .constructorPattern:
      return readConstructor(node, row, type)
    case .structPattern:
      return readStruct(node, row, type)
    case .tuplePattern:
      var parts: [UInt32] = []
      for (i, child) in tree.list(row.a).enumerated() { parts += [UInt32(i), read(child)] }
      return pool.add(.init(form: .product, type: type, node: node, a: pool.addList(parts)))
    case .arrayPattern:
      return readArray(node, row, type)
    default:
      isBroken = true
      return PatternPool.wildcard
    }
  }

  private mutating func broken() -> UInt32 {
    isBroken = true
    return PatternPool.wildcard
  }

  // MARK: Constructors

  private mutating func readConstructor(_ node: NodeID, _ row: Node, _ type: TypeID) -> UInt32 {
    let use = module.use(node)
    switch use.kind {
    case .constant:
      guard let value = constantValue(use.index) else { return broken() }
      return readValue(value, expression: NodeID(row.a), pattern: node, type)
    case .numericConstant:
      guard let value = numericConstant(NodeID(row.a)) else { return broken() }
      return readValue(value, expression: NodeID(row.a), pattern: node, type)
    case .variant:
      guard let declaration = program.types.declaration(type) else { return broken() }
      let variants = program.declarations[Int(declaration.index)].variants
      guard Int(use.index) < variants.count else { return broken() }
      let count = variants[Int(use.index)].payload.count
      var payload = Array(few: PatternPool.wildcard, count: count)
      if row.b != 0 {
        let list = module.tree.list(row.b - 1)
        for (i, child) in list.enumerated() {
          guard i < count else { return broken() }
          payload[i] = read(child)
        }
      }
      return pool.add(.init(form: .variant, type: type, node: node, a: use.index, b: pool.addList(payload)))
    default:
      return broken()
    }
  }

  private mutating func readStruct(_ node: NodeID, _ row: Node, _ type: TypeID) -> UInt32 {
    var parts: [(UInt32, UInt32)] = []
    for child in module.tree.list(row.b) where module.tree.kind(child) != .restPattern {
      let use = module.use(child)
      guard module.tree.kind(child) == .fieldPattern, use.kind == .structField else { return broken() }
      parts.append((use.index, read(NodeID(module.tree[child].b))))
    }
    parts.sort { $0.0 < $1.0 }
    let list = pool.addList(parts.flatMap { [$0.0, $0.1] })
    return pool.add(.init(form: .product, type: type, node: node, a: list))
  }

  private mutating func readArray(_ node: NodeID, _ row: Node, _ type: TypeID) -> UInt32 {
    var front: [UInt32] = []
    var back: [UInt32] = []
    var hasRest = false
    var restBinding: UInt32 = 0
    for child in module.tree.list(row.a) {
      if module.tree.kind(child) == .restPattern {
        hasRest = true
        if module.tree[child].a != 0 { restBinding = child.index }
      } else if hasRest {
        back.append(read(child))
      } else {
        front.append(read(child))
      }
    }
    let shape = program.types[type]
    guard shape.kind == .array || shape.kind == .fixedArray else { return broken() }
    if shape.kind == .fixedArray {
      let length = Int(shape.b)
      guard hasRest ? front.count + back.count <= length : front.count == length else { return broken() }
      var parts: [UInt32] = []
      for (i, pattern) in front.enumerated() { parts += [UInt32(i), pattern] }
      for (i, pattern) in back.enumerated() { parts += [UInt32(length - back.count + i), pattern] }
      return pool.add(
        .init(
          form: .product, type: type, node: node, a: pool.addList(parts), b: UInt32(front.count),
          low: UInt64(back.count), high: UInt64(restBinding)))
    }
    return pool.add(
      .init(
        form: .array, type: type, node: node, a: pool.addList(front), b: pool.addList(back),
        low: hasRest ? 1 : 0, high: UInt64(restBinding)))
  }

  // MARK: Literals and ranges

  private mutating func readLiteral(_ expression: NodeID, pattern: NodeID, _ type: TypeID) -> UInt32 {
    if module.tree.kind(expression) == .nilLiteral {
      guard let declaration = program.types.declaration(type),
        let index = program.declarations[Int(declaration.index)].variants.firstIndex(where: \.payload.isEmpty)
      else { return broken() }
      return pool.add(.init(form: .variant, type: type, node: pattern, a: UInt32(index)))
    }
    guard let value = literalValue(expression) else { return broken() }
    return readValue(value, expression: expression, pattern: pattern, type)
  }

  private mutating func readValue(_ value: Value, expression: NodeID, pattern: NodeID, _ type: TypeID) -> UInt32 {
    let kind = program.types.kind(type)
    switch (value, kind) {
    case (.composite(let constant), _):
      let id = identity(tag: 4, UInt64(constant), 0)
      return pool.add(.init(form: .test, type: type, node: pattern, low: id))
    case (.integer(let integer), _) where IntegerDomain(kind) != nil:
      guard let domain = IntegerDomain(kind) else { return broken() }
      let key = domain.key(UInt64(truncatingIfNeeded: integer))
      return pool.add(.init(form: .interval, type: type, node: pattern, low: key, high: key))
    case (.integer(let integer), .f64):
      return pool.add(.init(form: .float, type: type, node: pattern, low: bits(Double(integer))))
    case (.float(let float), .f64):
      return pool.add(.init(form: .float, type: type, node: pattern, low: bits(float)))
    case (.text(let symbol), .string):
      return pool.add(.init(form: .text, type: type, node: pattern, low: UInt64(symbol.index)))
    case (.boolean(let boolean), .bool):
      return pool.add(.init(form: .boolean, type: type, node: pattern, low: boolean ? 1 : 0))
    case (_, .parameter), (_, .any):
      let id =
        switch value {
        case .integer(let integer): identity(tag: 0, UInt64(truncatingIfNeeded: integer), integer < 0 ? 1 : 0)
        case .float(let float): identity(tag: 1, bits(float), 0)
        case .text(let symbol): identity(tag: 2, UInt64(symbol.index), 0)
        case .boolean(let boolean): identity(tag: 3, boolean ? 1 : 0, 0)
        case .composite(let constant): identity(tag: 4, UInt64(constant), 0)
        }
      return pool.add(.init(form: .literal, type: type, node: expression, low: id))
    default:
      return broken()
    }
  }

  private mutating func readRange(_ node: NodeID, _ row: Node, _ type: TypeID) -> UInt32 {
    guard let low = boundValue(NodeID(row.a)), let high = boundValue(NodeID(row.b)) else { return broken() }
    let isInclusive = row.detail & 1 != 0
    if let domain = IntegerDomain(program.types.kind(type)) {
      guard case .integer(let from) = low, case .integer(let to) = high else { return broken() }
      guard isInclusive ? from <= to : from < to else {
        emptyRanges.append(node)
        return broken()
      }
      let first = domain.key(UInt64(truncatingIfNeeded: from))
      let last = domain.key(UInt64(truncatingIfNeeded: isInclusive ? to : to - 1))
      return pool.add(.init(form: .interval, type: type, node: node, low: first, high: last))
    }
    let id: UInt64
    switch (low, high) {
    case (.text(let from), .text(let to)):
      id = identity(tag: isInclusive ? 6 : 5, UInt64(from.index), UInt64(to.index))
    default:
      guard let from = number(low), let to = number(high) else { return broken() }
      guard isInclusive ? from <= to : from < to else {
        emptyRanges.append(node)
        return broken()
      }
      id = identity(tag: isInclusive ? 8 : 7, bits(from), bits(to))
    }
    return pool.add(.init(form: .test, type: type, node: node, low: id))
  }

  private func number(_ value: Value) -> Double? {
    switch value {
    case .integer(let integer): Double(integer)
    case .float(let float): float
    case .text, .boolean, .composite: nil
    }
  }

  /// -0.0 equals 0.0, so they are one literal.
  private func bits(_ float: Double) -> UInt64 { (float == 0 ? 0 : float).bitPattern }

  private mutating func identity(tag: UInt8, _ low: UInt64, _ high: UInt64) -> UInt64 {
    let next = UInt64(identities.count)
    let key = Identity(tag: tag, low: low, high: high)
    if let known = identities[key] { return known }
    identities[key] = next
    return next
  }

  private func boundValue(_ node: NodeID) -> Value? {
    let use = module.use(node)
    return use.kind == .constant ? constantValue(use.index) : literalValue(node)
  }

  private func literalValue(_ node: NodeID) -> Value? {
    let tree = module.tree
    let row = tree[node]
    switch row.kind {
    case .integerLiteral: return .integer(Int128(tree.integers[Int(row.a)]))
    case .floatLiteral: return .float(tree.floats[Int(row.a)])
    case .stringLiteral: return .text(Symbol(row.a))
    case .trueLiteral: return .boolean(true)
    case .falseLiteral: return .boolean(false)
    case .parenthesized: return literalValue(NodeID(row.a))
    case .negate:
      switch literalValue(NodeID(row.a)) {
      case .integer(let value): return .integer(-value)
      case .float(let value): return .float(-value)
      default: return nil
      }
    case .name, .field:
      return numericConstant(node) ?? (module.use(node).kind == .constant ? constantValue(module.use(node).index) : nil)
    default:
      return nil
    }
  }

  /// `i32.MAX` and the like.
  private func numericConstant(_ node: NodeID) -> Value? {
    let use = module.use(node)
    guard use.kind == .numericConstant, let which = NumericConstant(rawValue: use.index) else { return nil }
    return switch (which, program.types.kind(module.type(node))) {
    case (.max, .i32): .integer(Int128(Int32.max))
    case (.max, .i64): .integer(Int128(Int64.max))
    case (.max, .u32): .integer(Int128(UInt32.max))
    case (.max, .u64): .integer(Int128(UInt64.max))
    case (.min, .i32): .integer(Int128(Int32.min))
    case (.min, .i64): .integer(Int128(Int64.min))
    case (.min, .u32), (.min, .u64): .integer(0)
    case (.max, _): .float(.greatestFiniteMagnitude)
    case (.min, _): .float(-.greatestFiniteMagnitude)
    case (.infinity, _): .float(.infinity)
    case (.nan, _): .float(.nan)
    }
  }

  private func constantValue(_ index: UInt32) -> Value? {
    let constant = program.constants[Int(index)]
    switch constant.value {
    case .float(let value): return .float(value)
    case .text(let symbol): return .text(symbol)
    case .composite: return .composite(constant: index)
    case .scalar(let bits):
      let kind = program.types.kind(constant.type)
      if kind == .bool { return .boolean(bits != 0) }
      guard let domain = IntegerDomain(kind) else { return nil }
      return .integer(domain.isSigned ? Int128(Int64(bitPattern: bits)) : Int128(bits))
    }
  }
}
