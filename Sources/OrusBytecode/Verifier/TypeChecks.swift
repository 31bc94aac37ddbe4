/// The rules for type rows. After these, an index in a row can be followed
/// without looking, and a walk along the parts that make up a type's spelling ends.
struct TypeChecks {
  let program: Program
  private let types: [TypeRow]
  /// A type may be spelled with so many levels.
  private static let depthLimit = 2000

  init(_ program: Program) {
    self.program = program
    types = program.types
  }

  func check() throws(VerificationError) {
    let primitives = Int(TypeIndex.any.index) + 1
    guard types.count >= primitives, types.count < 1 << 30 else { throw fault(nil, "the primitive types are missing") }
    for i in 0..<types.count {
      let kind = Int(types[i].kind.rawValue)
      let isPrimitive = kind < primitives
      if isPrimitive != (i < primitives) || isPrimitive && kind != i {
        throw fault(i, "the primitive types are the first rows, in their order")
      }
      // Rows are passed on from where they are: one that is copied costs more than most checks.
      try checkReferences(i, types[i])
      try checkShape(i, types[i])
      if types[i].hooks != TypeRow.Hooks() { try checkHooks(i, types[i]) }
    }
    try checkDepth()
  }

  private func fault(_ row: Int?, _ reason: String) -> VerificationError {
    VerificationError(
      function: nil, functionName: "", word: nil, instruction: "",
      reason: row.map { "type \($0) (\(types[$0].kind)): \(reason)" } ?? reason)
  }

  /// That every index exists, so that the rest need not ask.
  private func checkReferences(_ i: Int, _ row: TypeRow) throws(VerificationError) {
    for element in row.elements where Int(element.index) >= types.count {
      throw fault(i, "there is no type \(element.index)")
    }
    for argument in row.arguments where Int(argument.index) >= types.count {
      throw fault(i, "there is no type \(argument.index)")
    }
    for name in row.names where Int(name) >= program.strings.count { throw fault(i, "there is no string \(name)") }
    guard Int(row.name) < program.strings.count else { throw fault(i, "there is no string \(row.name)") }
  }

  /// Whether values of the type can be stored anywhere; variants are only known by looking, closure rows and cells
  /// belong to functions.
  private func isValue(_ type: TypeIndex) -> Bool {
    switch types[Int(type.index)].kind {
    case .variant, .closure, .cell: false
    default: true
    }
  }

  private func checkShape(_ i: Int, _ row: TypeRow) throws(VerificationError) {
    let elements = row.elements
    func require(_ holds: Bool, _ reason: String) throws(VerificationError) {
      if !holds { throw fault(i, reason) }
    }
    switch row.kind {
    case .structure, .enumeration, .tag: break
    default:
      try require(row.arguments.isEmpty, "only declared types have type arguments")
      try require(row.hooks == TypeRow.Hooks(), "only declared types have hooks")
    }
    switch row.kind {
    case .structure, .enumeration, .tag, .variant: break
    default:
      try require(row.names.isEmpty && row.name == 0, "only declared types have names")
    }
    try require(row.arguments.allSatisfy(isValue), "a type argument is no type of values")
    switch row.kind {
    case .void, .bool, .i32, .i64, .u32, .u64, .f64, .string, .any:
      try require(elements.isEmpty, "a primitive type has no parts")
    case .tag:
      try require(elements.isEmpty, "a tag has no parts")
      try require((1...65536).contains(row.names.count), "a tag has 1 to 65,536 variants")
    case .array:
      try require(elements.count == 1 && isValue(elements[0]), "an array has one element type")
    case .set:
      try require(elements.count == 1 && isValue(elements[0]), "a set has one element type")
    case .map:
      try require(elements.count == 2 && elements.allSatisfy(isValue), "a map has a key type and a value type")
    case .tuple:
      try require(elements.allSatisfy(isValue), "a part of a tuple is no type of values")
    case .structure:
      try require(elements.allSatisfy(isValue), "a field is of no type of values")
      try require(row.names.count == elements.count, "a struct has a name for each field")
    case .enumeration:
      try require(elements.isEmpty && row.names.isEmpty, "an enum's parts stand in its variants")
      let next = i + 1
      try require(
        next < types.count && types[next].kind == .variant && types[next].elements.first?.index == UInt32(i),
        "an enum's variants follow it directly")
    case .variant:
      try require(!elements.isEmpty, "a variant names its enum")
      let owner = Int(elements[0].index)
      try require(owner < i && i - owner <= 65536, "a variant follows its enum")
      let previous = types[i - 1]
      try require(
        owner == i - 1 ? previous.kind == .enumeration
          : previous.kind == .variant && previous.elements.first == elements[0],
        "a variant stands among those of its enum")
      try require(elements.dropFirst().allSatisfy(isValue), "a part of a variant is no type of values")
      try require(row.names.count == elements.count - 1, "a variant has a name, or 0, for each part")
    case .option:
      try require(elements.count == 1 && isValue(elements[0]), "an option has one type inside")
    case .function:
      try require(!elements.isEmpty && elements.allSatisfy(isValue), "a function type has parameters and a result")
    case .closure:
      try require(
        !elements.isEmpty && types[Int(elements[0].index)].kind == .function, "a closure row names its function type")
      try require(
        elements.dropFirst().allSatisfy { isValue($0) || types[Int($0.index)].kind == .cell },
        "a captured value is of no type of values")
    case .cell:
      try require(elements.count == 1 && isValue(elements[0]), "a cell holds one value")
    case .range:
      try require(
        elements.count == 1 && [TypeIndex.i32, .i64, .u32, .u64].contains(elements[0]), "a range is of integers")
    }
    switch row.kind {
    case .structure, .variant, .enumeration, .tag: break
    default:
      // So that what is not declared cannot contain itself, but through what is.
      try require(elements.allSatisfy { $0.index < UInt32(i) }, "a part of the type stands behind it")
    }
  }

  // MARK: Hooks

  private func checkHooks(_ i: Int, _ row: TypeRow) throws(VerificationError) {
    let own = TypeIndex(UInt32(i))
    func check(
      _ hook: UInt32, _ name: String, parameters: Int, _ result: (TypeIndex) -> Bool
    ) throws(VerificationError) {
      if hook == 0 { return }
      guard Int(hook) <= program.functions.count else { throw fault(i, "there is no function \(hook - 1)") }
      let function = program.functions[Int(hook) - 1]
      guard Int(function.type.index) < types.count, types[Int(function.type.index)].kind == .function,
        function.captures == .void
      else { throw fault(i, "the hook `\(name)` is no plain function") }
      let elements = types[Int(function.type.index)].elements
      guard elements.count == parameters + 1, elements.dropLast().allSatisfy({ $0 == own }),
        result(elements[parameters])
      else { throw fault(i, "the hook `\(name)` has another signature") }
    }
    try check(row.hooks.equals, "equals", parameters: 2) { $0 == .bool }
    try check(row.hooks.hash, "hash", parameters: 1) { $0 == .u64 }
    try check(row.hooks.clone, "clone", parameters: 1) { $0 == own }
    try check(row.hooks.toString, "to_string", parameters: 1) { $0 == .string }
    try check(row.hooks.compare, "compare", parameters: 2) { types[Int($0.index)].isOrdering }
  }

  // MARK: Depth

  /// The parts by which a type is spelled: those of types that are not declared, and type arguments.
  private func spelled(_ row: TypeRow) -> ArraySlice<TypeIndex> {
    switch row.kind {
    case .structure, .enumeration, .tag: row.arguments[...]
    case .variant: row.elements.prefix(1)
    default: row.elements[...]
    }
  }

  /// That spelling a type ends, and does not go too deep.
  private func checkDepth() throws(VerificationError) {
    var depths = [Int](repeating: -1, count: types.count)
    // A row being walked through has depth 0, and its parts left over to visit.
    var path: [(row: Int, parts: ArraySlice<TypeIndex>, next: Int)] = []
    for start in types.indices where depths[start] < 0 {
      // Nearly always the parts stand before.
      if try settleDepth(start, spelled(types[start]), &depths) { continue }
      depths[start] = 0
      path.append((start, spelled(types[start]), 0))
      while let top = path.last {
        if top.next == top.parts.count {
          _ = try settleDepth(top.row, top.parts, &depths)
          path.removeLast()
          continue
        }
        path[path.count - 1].next += 1
        let part = Int(top.parts[top.next].index)
        if depths[part] == 0 { throw fault(part, "the type is part of its own name") }
        if depths[part] < 0 {
          depths[part] = 0
          path.append((part, spelled(types[part]), 0))
        }
      }
    }
  }

  /// Sets the depth of a row from those of its parts; false if one of them is not known yet.
  private func settleDepth(
    _ row: Int, _ parts: ArraySlice<TypeIndex>, _ depths: inout [Int]
  ) throws(VerificationError) -> Bool {
    var deepest = 0
    for part in parts {
      let depth = depths[Int(part.index)]
      if depth <= 0 { return false }
      deepest = max(deepest, depth)
    }
    if deepest >= Self.depthLimit { throw fault(row, "the type is nested too deeply") }
    depths[row] = 1 + deepest
    return true
  }
}
