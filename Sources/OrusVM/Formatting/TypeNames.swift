import OrusBytecode

/// The source spelling of types, for `type_of` and messages.
extension VM {
  func typeName(_ row: UInt32) -> String { typeName(row, depth: 0) }

  private func typeName(_ index: UInt32, depth: Int) -> String {
    if depth > 100 { return "…" }
    let program = self.program
    let row = program.types[Int(index)]
    func name(_ type: TypeIndex) -> String { typeName(type.index, depth: depth + 1) }
    func list(_ types: some Sequence<TypeIndex>) -> String { types.map(name).joined(separator: ", ") }
    switch row.kind {
    case .void: return "void"
    case .bool: return "bool"
    case .i32: return "i32"
    case .i64: return "i64"
    case .u32: return "u32"
    case .u64: return "u64"
    case .f64: return "f64"
    case .string: return "string"
    case .any: return "any"
    case .array: return "[\(list(row.elements))]"
    case .tuple: return "(\(list(row.elements)))"
    case .option:
      let inner = name(row.elements[0])
      return program.type(row.elements[0]).kind == .function ? "(\(inner))?" : "\(inner)?"
    case .function:
      let parameters = list(row.parameters)
      return row.result == .void ? "fn(\(parameters))" : "fn(\(parameters)) -> \(name(row.result))"
    case .range: return "Range<\(list(row.elements))>"
    case .map: return "Map<\(list(row.elements))>"
    case .set: return "Set<\(list(row.elements))>"
    case .structure, .enumeration, .tag:
      let text = String(decoding: program.strings[Int(row.name)], as: UTF8.self)
      return row.arguments.isEmpty ? text : "\(text)<\(list(row.arguments))>"
    case .variant, .closure, .cell: return row.elements.isEmpty ? "?" : name(row.elements[0])
    }
  }
}
