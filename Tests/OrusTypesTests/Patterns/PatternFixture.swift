import OrusDiagnostics
import OrusSyntax

@testable import OrusTypes

/// Patterns over small types, as values of its own and as rows of a syntax tree
/// with side tables. The enum `E` has the variants `A`, `B(bool)` and
/// `C(i32, bool)`.
struct PatternFixture {
  indirect enum Pattern {
    case any
    case boolean(Bool)
    /// Both ends belong to it.
    case range(Int, Int)
    case tuple([Pattern])
    case variant(Int, [Pattern])
    /// The elements in front, and those behind a rest, if there is one.
    case array([Pattern], [Pattern]?)
    case either([Pattern])
  }

  indirect enum Value {
    case boolean(Bool)
    case integer(Int)
    case tuple([Value])
    case variant(Int, [Value])
    case array([Value])
  }

  var types = TypeTable()
  private var nodes: [Node] = [Node(.error, token: TokenID(0))]
  private var extra: [UInt32] = [0]
  private var integers: [UInt64] = []
  private var nodeTypes: [TypeID] = [.error]
  private var variants: [Int: UInt32] = [:]
  private var type = TypeID.error
  private var enumType = TypeID.error
  private var payloads: [[TypeID]] = []
  private(set) var match = NodeID(0)

  init() {
    enumType = types.nominal(DeclarationID(0), [])
    payloads = [[], [.bool], [.i32, .bool]]
  }

  // MARK: Random matches

  mutating func setType(_ type: TypeID) {
    self.type = type
    // The match node's number is known only once the program is built, from the patterns of its arms.
  }

  mutating func randomType(depth: Int, _ random: inout Generator) -> TypeID {
    type = makeType(depth, &random)
    return type
  }

  private mutating func makeType(_ depth: Int, _ random: inout Generator) -> TypeID {
    switch random.next(below: depth == 0 ? 3 : 5) {
    case 0: return .bool
    case 1: return .i32
    case 2: return enumType
    case 3:
      let count = Int(random.next(below: 2)) + 2
      return types.tuple((0..<count).map { _ in makeType(depth - 1, &random) })
    default:
      let element = makeType(0, &random)
      return types.array(element)
    }
  }

  /// Every value that the patterns can tell apart: integers from -1 to 7, arrays up to length 4. Where there are too
  /// many, some of them, and `isComplete` becomes false.
  func values(of type: TypeID, _ isComplete: inout Bool) -> [Value] {
    switch types.kind(type) {
    case .bool: return [.boolean(false), .boolean(true)]
    case .i32: return (-1...7).map { .integer($0) }
    case .tuple:
      let elements = types.elements(TypeListID(types[type].a))
      var parts: [[Value]] = []
      for element in elements { parts.append(few(values(of: element, &isComplete), 12, &isComplete)) }
      return products(parts).map { .tuple($0) }
    case .array:
      let elements = few(values(of: TypeID(types[type].a), &isComplete), 6, &isComplete)
      return (0...4).flatMap { products(Array(repeating: elements, count: $0)).map { .array($0) } }
    default:
      var result: [Value] = []
      for (i, payload) in payloads.enumerated() {
        var parts: [[Value]] = []
        for part in payload { parts.append(values(of: part, &isComplete)) }
        result += products(parts).map { .variant(i, $0) }
      }
      return result
    }
  }

  private func few(_ values: [Value], _ limit: Int, _ isComplete: inout Bool) -> [Value] {
    if values.count <= limit { return values }
    isComplete = false
    return stride(from: 0, to: values.count, by: values.count / limit + 1).map { values[$0] }
  }

  private func products(_ parts: [[Value]]) -> [[Value]] {
    parts.reduce([[]]) { all, part in all.flatMap { prefix in part.map { prefix + [$0] } } }
  }

  func randomPattern(_ type: TypeID, depth: Int, _ random: inout Generator) -> Pattern {
    if depth == 0 || random.next(below: 4) == 0 { return .any }
    if random.next(below: 6) == 0 {
      return .either((0..<2).map { _ in randomPattern(type, depth: depth - 1, &random) })
    }
    switch types.kind(type) {
    case .bool: return .boolean(random.next(below: 2) == 0)
    case .i32:
      let low = Int(random.next(below: 5))
      return .range(low, low + Int(random.next(below: 3)))
    case .tuple:
      return .tuple(types.elements(TypeListID(types[type].a)).map { randomPattern($0, depth: depth - 1, &random) })
    case .array:
      let element = TypeID(types[type].a)
      let front = (0..<random.next(below: 3)).map { _ in randomPattern(element, depth: depth - 1, &random) }
      let hasRest = random.next(below: 2) == 0
      let back = (0..<random.next(below: 2)).map { _ in randomPattern(element, depth: depth - 1, &random) }
      return .array(front, hasRest ? back : nil)
    default:
      let variant = Int(random.next(below: 3))
      return .variant(variant, payloads[variant].map { randomPattern($0, depth: depth - 1, &random) })
    }
  }

  // MARK: Meaning

  func matches(_ pattern: Pattern, _ value: Value) -> Bool {
    switch (pattern, value) {
    case (.any, _): return true
    case (.either(let patterns), _): return patterns.contains { matches($0, value) }
    case (.boolean(let flag), .boolean(let found)): return flag == found
    case (.range(let low, let high), .integer(let found)): return low <= found && found <= high
    case (.tuple(let patterns), .tuple(let values)): return zip(patterns, values).allSatisfy { matches($0, $1) }
    case (.variant(let variant, let patterns), .variant(let found, let values)):
      return variant == found && zip(patterns, values).allSatisfy { matches($0, $1) }
    case (.array(let front, let back), .array(let values)):
      guard let back else { return front.count == values.count && zip(front, values).allSatisfy { matches($0, $1) } }
      return values.count >= front.count + back.count && zip(front, values).allSatisfy { matches($0, $1) }
        && zip(back, values.suffix(back.count)).allSatisfy { matches($0, $1) }
    default: return false
    }
  }

  /// The part of a value that a path names.
  func part(_ value: Value, _ tree: DecisionTree, _ path: UInt32) -> Value {
    let row = tree.paths[Int(path)]
    if row.step == .root { return value }
    let whole = part(value, tree, row.parent)
    switch (row.step, whole) {
    case (.field, .tuple(let parts)): return parts[Int(row.index)]
    case (.payload, .variant(let variant, let parts)):
      precondition(variant == Int(row.variant))
      return parts[Int(row.index)]
    case (.element, .array(let parts)): return parts[Int(row.index)]
    case (.elementFromEnd, .array(let parts)): return parts[parts.count - Int(row.index)]
    default: preconditionFailure("a path into \(whole)")
    }
  }

  func text(_ patterns: [Pattern]) -> String { patterns.map { "\($0)" }.joined(separator: "\n") }

  // MARK: Syntax

  mutating func program(_ arms: [(pattern: Pattern, isGuarded: Bool)]) -> TypedProgram {
    let scrutinee = add(Node(.trueLiteral, token: TokenID(0)), type)
    var armIDs: [UInt32] = []
    for arm in arms {
      let pattern = add(arm.pattern, type)
      let words = UInt32(extra.count)
      extra += ArmView(guardCondition: arm.isGuarded ? scrutinee : .none, body: scrutinee).words
      armIDs.append(add(Node(.matchArm, token: TokenID(0), a: pattern.index, b: words), .void).index)
    }
    match = add(Node(.match, token: TokenID(0), a: scrutinee.index, b: list(armIDs)), .void)
    let tree = SyntaxTree(
      file: FileID(0), root: match, nodes: nodes, extra: extra, integers: integers, floats: [],
      tokens: TokenList())
    var module = TypedModule(tree: tree, name: "test", isLibrary: false)
    module.makeTables()
    module.types = nodeTypes
    for (node, variant) in variants {
      module.uses[NodeID(UInt32(node))] = Use(.variant, variant)
    }
    let symbols = SymbolTable()
    let names = ["E", "A", "B", "C"].map { symbols.intern($0) }
    var declaration = Declaration(kind: .enumeration, name: names[0], module: 0, node: .none, isPublic: true)
    for (i, payload) in payloads.enumerated() {
      declaration.variants.append(VariantInfo(name: names[i + 1], payload: payload.map { (nil, $0) }))
    }
    var known = KnownDeclarations()
    known.option = DeclarationID(100)
    known.result = DeclarationID(101)
    var program = TypedProgram(types: types, symbols: symbols, methods: MethodTable(), known: known)
    program.modules = [module]
    program.declarations = [declaration]
    return program
  }

  private mutating func add(_ node: Node, _ type: TypeID) -> NodeID {
    nodes.append(node)
    nodeTypes.append(type)
    return NodeID(UInt32(nodes.count - 1))
  }

  private mutating func list(_ elements: [UInt32]) -> UInt32 {
    let at = UInt32(extra.count)
    extra.append(UInt32(elements.count))
    extra += elements
    return at
  }

  private mutating func literal(_ value: Int) -> UInt32 {
    integers.append(UInt64(value.magnitude))
    let number = add(Node(.integerLiteral, token: TokenID(0), a: UInt32(integers.count - 1)), .i32)
    return value < 0 ? add(Node(.negate, token: TokenID(0), a: number.index), .i32).index : number.index
  }

  private mutating func add(_ pattern: Pattern, _ type: TypeID) -> NodeID {
    switch pattern {
    case .any: return add(Node(.wildcardPattern, token: TokenID(0)), type)
    case .boolean(let flag):
      let value = add(Node(flag ? .trueLiteral : .falseLiteral, token: TokenID(0)), .bool)
      return add(Node(.literalPattern, token: TokenID(0), a: value.index), type)
    case .range(let low, let high):
      let a = literal(low)
      return add(Node(.rangePattern, token: TokenID(0), a: a, b: literal(high), detail: 1), type)
    case .tuple(let parts):
      let elements = types.elements(TypeListID(types[type].a))
      let children = zip(parts, elements).map { add($0, $1).index }
      return add(Node(.tuplePattern, token: TokenID(0), a: list(children)), type)
    case .variant(let variant, let parts):
      let children = zip(parts, payloads[variant]).map { add($0, $1).index }
      let id = add(Node(.constructorPattern, token: TokenID(0), b: list(children) + 1), type)
      variants[Int(id.index)] = UInt32(variant)
      return id
    case .array(let front, let back):
      let element = TypeID(types[type].a)
      var children = front.map { add($0, element).index }
      if let back {
        children.append(add(Node(.restPattern, token: TokenID(0)), type).index)
        children += back.map { add($0, element).index }
      }
      return add(Node(.arrayPattern, token: TokenID(0), a: list(children)), type)
    case .either(let parts):
      let children = parts.map { add($0, type).index }
      return add(Node(.alternativePattern, token: TokenID(0), a: list(children)), type)
    }
  }
}
