/// Where the parts of an object stand, in 8-byte words after its header:
/// references first, then scalars, each in order of declaration. A closure's
/// word 0 is its function's index, and its references begin at word 1.
public struct Layout: Sendable {
  /// Word of the first reference.
  public let referenceStart: Int
  public let referenceCount: Int
  /// Words in all.
  public let wordCount: Int
  /// Word of each part, in order of declaration.
  public let words: [Int]

  /// The layout of objects that carry this type: tuples, structs, variants, option boxes, closures, cells, ranges.
  /// Other types have no parts.
  public init(of row: TypeRow, in types: [TypeRow]) {
    let parts: ArraySlice<TypeIndex>
    switch row.kind {
    case .tuple, .structure, .option, .cell: parts = row.elements[...]
    case .variant, .closure: parts = row.elements.dropFirst()
    case .range:
      self.init(referenceStart: 0, referenceCount: 0, wordCount: 4, words: [0, 1, 2, 3])
      return
    case .void, .bool, .i32, .i64, .u32, .u64, .f64, .string, .any, .tag, .array, .enumeration, .function, .map,
      .set:
      parts = []
    }
    let start = row.kind == .closure ? 1 : 0
    var references = 0
    for part in parts where types[Int(part.index)].representation == .reference { references += 1 }
    var reference = start
    var scalar = start + references
    var words: [Int] = []
    words.reserveCapacity(parts.count)
    for part in parts {
      switch types[Int(part.index)].representation {
      case .none: words.append(-1)
      case .reference:
        words.append(reference)
        reference += 1
      case .scalar:
        words.append(scalar)
        scalar += 1
      }
    }
    self.init(referenceStart: start, referenceCount: references, wordCount: scalar, words: words)
  }

  private init(referenceStart: Int, referenceCount: Int, wordCount: Int, words: [Int]) {
    self.referenceStart = referenceStart
    self.referenceCount = referenceCount
    self.wordCount = wordCount
    self.words = words
  }
}
