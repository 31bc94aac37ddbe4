extension Program {
  /// A type as the source spells it, for people. Also of rows that are not well-formed.
  public func spelling(of type: TypeIndex) -> String {
    var text = ""
    spell(type.index, into: &text, depth: 0)
    return text
  }

  func spelling(of row: UInt32) -> String { spelling(of: TypeIndex(row)) }

  /// A text constant or name, for people.
  func text(_ string: UInt32) -> String {
    Int(string) < strings.count ? String(decoding: strings[Int(string)], as: UTF8.self) : "$\(string)"
  }

  private func spell(_ type: UInt32, into text: inout String, depth: Int) {
    guard Int(type) < types.count else {
      text += "%\(type)"
      return
    }
    guard depth < 8, text.utf8.count < 400 else {
      text += "…"
      return
    }
    let row = types[Int(type)]
    func part(_ i: Int) {
      if i < row.elements.count { spell(row.elements[i].index, into: &text, depth: depth + 1) } else { text += "?" }
    }
    func list(_ parts: ArraySlice<TypeIndex>) {
      for (i, element) in parts.enumerated() {
        if i > 0 { text += ", " }
        spell(element.index, into: &text, depth: depth + 1)
      }
    }
    switch row.kind {
    case .void, .bool, .i32, .i64, .u32, .u64, .f64, .string, .any: text += "\(row.kind)"
    case .array:
      text += "["
      part(0)
      text += "]"
    case .option:
      part(0)
      text += "?"
    case .tuple:
      text += "("
      list(row.elements[...])
      text += ")"
    case .function:
      text += "fn("
      list(row.elements.dropLast())
      text += ")"
      if let result = row.elements.last, result != .void {
        text += " -> "
        spell(result.index, into: &text, depth: depth + 1)
      }
    case .closure:
      text += "closure "
      part(0)
    case .cell:
      text += "cell "
      part(0)
    case .range, .set, .map:
      text += row.kind == .range ? "Range<" : row.kind == .set ? "Set<" : "Map<"
      list(row.elements[...])
      text += ">"
    case .variant:
      part(0)
      text += "." + self.text(row.name)
    case .structure, .enumeration, .tag:
      text += self.text(row.name)
      if !row.arguments.isEmpty {
        text += "<"
        list(row.arguments[...])
        text += ">"
      }
    }
  }
}
