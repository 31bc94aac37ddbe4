import OrusSyntax

extension TypedProgram {
  /// A type as the source spells it: `[i32]`, `Map<string, i32>`, `T?`, `fn(i32) -> bool`.
  public func typeName(_ type: TypeID) -> String {
    let row = types[type]
    switch row.kind {
    case .error: return "?"
    case .never: return "never"
    case .void, .bool, .i32, .i64, .u32, .u64, .f64, .string, .any:
      return primitiveTypeNames.first { $0.type == type }!.name
    case .array: return "[\(typeName(TypeID(row.a)))]"
    case .fixedArray: return "[\(typeName(TypeID(row.a))); \(row.b)]"
    case .tuple: return "(\(typeNames(TypeListID(row.a))))"
    case .function:
      let result = TypeID(row.b)
      let head = "fn(\(typeNames(TypeListID(row.a))))"
      return result == .void ? head : "\(head) -> \(typeName(result))"
    case .range: return "Range<\(typeName(TypeID(row.a)))>"
    case .map: return "Map<\(typeName(TypeID(row.a))), \(typeName(TypeID(row.b)))>"
    case .set: return "Set<\(typeName(TypeID(row.a)))>"
    case .nominal:
      let arguments = TypeListID(row.b)
      if DeclarationID(row.a) == known.option && types.count(arguments) == 1 {
        let element = types.element(arguments, 0)
        let text = typeName(element)
        return types.kind(element) == .function ? "(\(text))?" : "\(text)?"
      }
      let name = symbols[declarations[Int(row.a)].name]
      return types.count(arguments) == 0 ? name : "\(name)<\(typeNames(arguments))>"
    case .parameter: return symbols[parameters[Int(row.a)].name]
    case .variable: return "_"
    }
  }

  private func typeNames(_ list: TypeListID) -> String {
    types.elements(list).map { typeName($0) }.joined(separator: ", ")
  }
}
