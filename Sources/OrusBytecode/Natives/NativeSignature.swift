/// A native's signature, parsed, to be held against the function type that a
/// `native` instruction names.
///
/// The text is kept as nodes in prefix order: a node, then its parts. Matching
/// walks the nodes and the type rows side by side and notes what each type
/// parameter stands for; a second occurrence must be the same row.
public struct NativeSignature: Sendable {
  enum Node: Equatable, Sendable {
    case parameter(Int)
    case exact(TypeIndex)
    /// A row of this kind whose parts follow.
    case composite(TypeRow.Kind, parts: Int)
    /// The prelude's `Ordering`.
    case ordering
  }

  /// The nodes of the parameters, then those of the result.
  private(set) var nodes: [Node] = []
  private(set) var parameterCount = 0
  /// Type parameters by number, in order of appearance.
  private var typeParameters: [UInt8] = []

  /// - Parameter text: as in `Native.signature`, which is part of the program: a mistake in it stops.
  init(_ text: String) {
    var parser = Parser(text: Array(text.utf8))
    parser.expect("(")
    if !parser.take(")") {
      repeat {
        parse(&parser)
        parameterCount += 1
      } while parser.take(",")
      parser.expect(")")
    }
    if parser.take("->") {
      parse(&parser)
    } else {
      nodes.append(.exact(.void))
    }
    precondition(parser.isAtEnd, "text after a native's signature: \(text)")
  }

  private mutating func parse(_ parser: inout Parser) {
    let start = nodes.count
    if parser.take("[") {
      nodes.append(.composite(.array, parts: 1))
      parse(&parser)
      parser.expect("]")
    } else if parser.take("(") {
      nodes.append(.composite(.tuple, parts: 0))
      var parts = 0
      repeat {
        parse(&parser)
        parts += 1
      } while parser.take(",")
      parser.expect(")")
      nodes[start] = .composite(.tuple, parts: parts)
    } else {
      named(parser.name(), &parser)
    }
    if parser.take("?") { nodes.insert(.composite(.option, parts: 1), at: start) }
  }

  private mutating func named(_ name: String, _ parser: inout Parser) {
    switch name {
    case "bool": nodes.append(.exact(.bool))
    case "i32": nodes.append(.exact(.i32))
    case "i64": nodes.append(.exact(.i64))
    case "u32": nodes.append(.exact(.u32))
    case "u64": nodes.append(.exact(.u64))
    case "f64": nodes.append(.exact(.f64))
    case "string": nodes.append(.exact(.string))
    case "any": nodes.append(.exact(.any))
    // One that does not come back leaves no value.
    case "never": nodes.append(.exact(.void))
    case "Ordering": nodes.append(.ordering)
    case "Map", "Set", "Range":
      let parts = name == "Map" ? 2 : 1
      nodes.append(.composite(name == "Map" ? .map : name == "Set" ? .set : .range, parts: parts))
      parser.expect("<")
      for i in 0..<parts {
        if i > 0 { parser.expect(",") }
        parse(&parser)
      }
      parser.expect(">")
    default:
      precondition(name.utf8.count == 1, "unknown type in a native's signature: \(name)")
      let letter = name.utf8.first!
      if let known = typeParameters.firstIndex(of: letter) {
        nodes.append(.parameter(known))
      } else {
        nodes.append(.parameter(typeParameters.count))
        typeParameters.append(letter)
      }
    }
  }

  private struct Parser {
    let text: [UInt8]
    var at = 0

    var isAtEnd: Bool { at == text.count }

    mutating func take(_ token: StaticString) -> Bool {
      while at < text.count, text[at] == UInt8(ascii: " ") { at += 1 }
      let length = token.utf8CodeUnitCount
      guard at + length <= text.count else { return false }
      for i in 0..<length where text[at + i] != token.utf8Start[i] { return false }
      at += length
      return true
    }

    mutating func expect(_ token: StaticString) {
      let found = take(token)
      precondition(found, "\(token) expected in a native's signature: \(String(decoding: text, as: UTF8.self))")
    }

    mutating func name() -> String {
      while at < text.count, text[at] == UInt8(ascii: " ") { at += 1 }
      let start = at
      while at < text.count, isLetterOrDigit(text[at]) { at += 1 }
      return String(decoding: text[start..<at], as: UTF8.self)
    }

    private func isLetterOrDigit(_ byte: UInt8) -> Bool {
      byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") || byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
        || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }
  }
}

extension NativeSignature {
  /// Whether a `function` row is an instance of the signature.
  ///
  /// - Parameter types: well-formed rows, as the verifier has checked them.
  func matches(_ function: TypeRow, in types: [TypeRow]) -> Bool {
    guard function.kind == .function, function.elements.count == parameterCount + 1 else { return false }
    var bindings = [TypeIndex?](repeating: nil, count: typeParameters.count)
    var at = 0
    for element in function.elements {
      guard match(&at, element, types, &bindings) else { return false }
    }
    return true
  }

  private func match(_ at: inout Int, _ index: TypeIndex, _ types: [TypeRow], _ bindings: inout [TypeIndex?]) -> Bool {
    let node = nodes[at]
    at += 1
    switch node {
    case .exact(let wanted): return wanted == index
    case .parameter(let number):
      if let bound = bindings[number] { return bound == index }
      bindings[number] = index
      return true
    case .ordering: return types[Int(index.index)].isOrdering
    case .composite(let kind, let parts):
      let row = types[Int(index.index)]
      guard row.kind == kind, row.elements.count == parts else { return false }
      for element in row.elements {
        guard match(&at, element, types, &bindings) else { return false }
      }
      return true
    }
  }
}

extension TypeRow {
  /// Shaped as `Ordering` is: a tag with three variants.
  var isOrdering: Bool { kind == .tag && names.count == 3 }
}
