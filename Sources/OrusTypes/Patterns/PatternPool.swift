import OrusSyntax

/// Patterns in the form that the matrices work on, as rows of one array. All
/// ways to write the same thing are one form here: a struct and a tuple are a
/// product, a constant is its value, `a..b` is a closed interval.
struct PatternPool {
  enum Form: UInt8 {
    /// Matches everything. a: the bindingPattern node, or 0 where nothing is bound.
    case any
    /// A tuple, struct or fixed array. a: list of (index, pattern) pairs, ascending; what is absent matches anything.
    /// Of a fixed array whose rest binds a name, high: the restPattern node; b, low: how many elements stand in front
    /// of the rest and behind it.
    case product
    /// a: the variant. b: list of patterns, one for each payload.
    case variant
    /// low: 0 or 1.
    case boolean
    /// low, high: keys, see `IntegerDomain`.
    case interval
    /// low: Symbol, or bit pattern, or a number that equal literals share.
    case text, float, literal
    /// low: a number that equal tests share.
    case test
    /// a, b: lists of the patterns in front of the rest and behind it. low: 1 with a rest. high: the restPattern node
    /// where it binds a name, or 0.
    case array
    /// a: list of alternatives.
    case either
  }

  struct Entry {
    let form: Form
    let type: TypeID
    /// The pattern, or the expression inside it, in the syntax tree.
    let node: NodeID
    var a: UInt32 = 0
    var b: UInt32 = 0
    var low: UInt64 = 0
    var high: UInt64 = 0
  }

  /// Entry 0 is a wildcard.
  private(set) var entries: [Entry] = [Entry(form: .any, type: .error, node: .none)]
  /// Lists end to end: a count, then the elements. List 0 is empty.
  private var lists: [UInt32] = [0]

  static let wildcard: UInt32 = 0

  mutating func removeAll() {
    entries.removeSubrange(1...)
    lists.removeSubrange(1...)
  }

  subscript(_ pattern: UInt32) -> Entry { entries[Int(pattern)] }
  func form(_ pattern: UInt32) -> Form { entries[Int(pattern)].form }

  mutating func add(_ entry: Entry) -> UInt32 {
    entries.append(entry)
    return UInt32(entries.count - 1)
  }

  mutating func addList(_ elements: [UInt32]) -> UInt32 {
    if elements.isEmpty { return 0 }
    lists.append(UInt32(elements.count))
    lists.append(contentsOf: elements)
    return UInt32(lists.count - elements.count - 1)
  }

  func count(_ list: UInt32) -> Int { Int(lists[Int(list)]) }
  func element(_ list: UInt32, _ i: Int) -> UInt32 { lists[Int(list) + 1 + i] }

  /// The pattern at a position of a product, a wildcard if it names none.
  func component(_ pattern: UInt32, at index: UInt32) -> UInt32 {
    let list = entries[Int(pattern)].a
    var low = 0
    var high = count(list) / 2
    while low < high {
      let middle = (low + high) / 2
      let found = element(list, 2 * middle)
      if found == index { return element(list, 2 * middle + 1) }
      if found < index { low = middle + 1 } else { high = middle }
    }
    return Self.wildcard
  }

  /// Needs no test and binds nothing.
  func isWildcard(_ pattern: UInt32) -> Bool {
    let entry = entries[Int(pattern)]
    return entry.form == .any && entry.a == 0
  }
}

/// The values of an integer type as keys that are ordered as `UInt64`s are:
/// the value extended to 64 bits, with the sign bit turned over for signed types.
struct IntegerDomain {
  let isSigned: Bool
  let first: UInt64
  let last: UInt64

  init?(_ kind: TypeKind) {
    switch kind {
    case .i32: (isSigned, first, last) = (true, Self.key(signed: Int64(Int32.min)), Self.key(signed: Int64(Int32.max)))
    case .i64: (isSigned, first, last) = (true, 0, .max)
    case .u32: (isSigned, first, last) = (false, 0, UInt64(UInt32.max))
    case .u64: (isSigned, first, last) = (false, 0, .max)
    default: return nil
    }
  }

  private static func key(signed value: Int64) -> UInt64 { UInt64(bitPattern: value) ^ (1 << 63) }

  /// From the value's 64 bits to its key, and back: the same operation.
  func key(_ bits: UInt64) -> UInt64 { isSigned ? bits ^ (1 << 63) : bits }
  func bits(_ key: UInt64) -> UInt64 { isSigned ? key ^ (1 << 63) : key }

  /// The value of a key as it is written.
  func text(_ key: UInt64) -> String {
    isSigned ? String(Int64(bitPattern: bits(key))) : String(key)
  }
}
