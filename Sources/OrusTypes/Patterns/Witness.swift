import OrusSyntax

/// Values that no arm matches, as the patterns that a user would write for them.
///
/// A witness is read off the classes that were chosen on the way to a `fail`
/// node. Where a class stands for several patterns (the variants that no arm
/// names), each gives a witness of its own.
struct Witness {
  /// How many witnesses one `fail` node gives at most.
  static let limit = 4

  /// One class of a split column.
  enum Class {
    /// More values than a pattern other than `_` names.
    case anything
    case literal(String)
    /// A tuple, struct or fixed array, of which these parts became columns.
    case product(TypeID, [UInt32])
    /// One of these variants of an enum.
    case variants(TypeID, [UInt32])
    case interval(String, String)
    case intervals([(String, String)])
    /// An array of a length, or of it and more, of which the last `back` elements are named from the end.
    case length(Int, orMore: Bool, back: Int)
    /// Lengths whose elements nothing is known of; the last and more.
    case lengths([Int], orMore: Bool)
  }

  private let builder: TreeBuilder
  private var classes: [UInt32: Class] = [:]

  /// The witnesses of the `fail` node that `choice` leads to.
  init(_ builder: TreeBuilder, choice: UInt32) {
    self.builder = builder
    var at = choice
    while at != 0 {
      let step = builder.choices[Int(at)]
      // Of two choices at one path the earlier one says more: the later ones are tests, which name no class.
      classes[step.path] = step.picked
      at = step.previous
    }
  }

  func patterns() -> [String] { patterns(at: 0) }

  /// Recursion follows the nesting of the patterns.
  private func patterns(at path: UInt32?) -> [String] {
    guard let path, let picked = classes[path] else { return ["_"] }
    switch picked {
    case .anything: return ["_"]
    case .literal(let text): return [text]
    case .interval(let low, let high): return [low == high ? low : "\(low)..=\(high)"]
    case .intervals(let ranges): return ranges.map { $0 == $1 ? $0 : "\($0)..=\($1)" }
    case .product(let type, let parts): return product(path, type, parts)
    case .variants(let type, let variants): return self.variants(path, type, variants)
    case .length(let count, let orMore, let back): return array(path, count, orMore, back)
    case .lengths(let lengths, let orMore):
      return lengths.enumerated().prefix(Self.limit).map { i, length in
        brackets(Array(repeating: "_", count: length) + (orMore && i == lengths.count - 1 ? [".."] : []))
      }
    }
  }

  private func child(_ path: UInt32, _ step: DecisionTree.Step, _ index: UInt32, _ variant: UInt32 = 0) -> UInt32? {
    builder.pathID(DecisionTree.Path(parent: path, step: step, index: index, variant: variant))
  }

  /// All ways to pick one text of each part, up to the limit.
  private func combinations(_ parts: [[String]]) -> [[String]] {
    var result: [[String]] = [[]]
    for part in parts {
      var next: [[String]] = []
      for prefix in result {
        for text in part where next.count < Self.limit { next.append(prefix + [text]) }
      }
      result = next
    }
    return result
  }

  private func brackets(_ parts: [String]) -> String { "[" + parts.joined(separator: ", ") + "]" }

  private func product(_ path: UInt32, _ type: TypeID, _ parts: [UInt32]) -> [String] {
    let program = builder.reader.program
    let row = program.types[type]
    var texts: [UInt32: [String]] = [:]
    let step: DecisionTree.Step = row.kind == .fixedArray ? .element : .field
    for part in parts { texts[part] = patterns(at: child(path, step, part)) }
    if texts.values.allSatisfy({ $0 == ["_"] }) { return ["_"] }
    switch row.kind {
    case .tuple, .fixedArray:
      let count = row.kind == .tuple ? program.types.count(TypeListID(row.a)) : Int(row.b)
      let all = combinations((0..<UInt32(count)).map { texts[$0] ?? ["_"] })
      return all.map { row.kind == .tuple ? "(" + $0.joined(separator: ", ") + ")" : brackets($0) }
    default:
      guard let id = program.types.declaration(type) else { return ["_"] }
      let declaration = program.declarations[Int(id.index)]
      return combinations(parts.map { texts[$0] ?? ["_"] }).map { chosen in
        var fields: [String] = []
        for (part, text) in zip(parts, chosen) where text != "_" {
          fields.append("\(program.symbols[declaration.fields[Int(part)].name]): \(text)")
        }
        if fields.count < declaration.fields.count { fields.append("..") }
        return "\(program.symbols[declaration.name]){ \(fields.joined(separator: ", ")) }"
      }
    }
  }

  private func variants(_ path: UInt32, _ type: TypeID, _ variants: [UInt32]) -> [String] {
    let program = builder.reader.program
    guard let id = program.types.declaration(type) else { return ["_"] }
    let declaration = program.declarations[Int(id.index)]
    let needsPrefix = id != program.known.option && id != program.known.result
    let prefix = needsPrefix ? program.symbols[declaration.name] + "." : ""
    var result: [String] = []
    for variant in variants where result.count < Self.limit {
      let info = declaration.variants[Int(variant)]
      let name = prefix + program.symbols[info.name]
      if info.payload.isEmpty {
        result.append(name)
        continue
      }
      let parts = info.payload.indices.map { patterns(at: child(path, .payload, UInt32($0), variant)) }
      for chosen in combinations(parts) where result.count < Self.limit {
        result.append("\(name)(\(chosen.joined(separator: ", ")))")
      }
    }
    return result
  }

  private func array(_ path: UInt32, _ count: Int, _ orMore: Bool, _ back: Int) -> [String] {
    let front = (0..<count - back).map { patterns(at: child(path, .element, UInt32($0))) }
    let rear = (0..<back).map { patterns(at: child(path, .elementFromEnd, UInt32(back - $0))) }
    let isRearKnown = !rear.allSatisfy { $0 == ["_"] }
    return combinations(front + rear).map { chosen in
      guard orMore else { return brackets(chosen) }
      if !isRearKnown { return brackets(chosen + [".."]) }
      return brackets(chosen.prefix(count - back) + [".."] + chosen.suffix(back))
    }
  }
}
