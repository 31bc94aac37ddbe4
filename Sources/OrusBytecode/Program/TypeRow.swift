/// Index into `Program.types`.
@frozen
public struct TypeIndex: Hashable, Sendable, Comparable {
  public let index: UInt32
  @inlinable public init(_ index: UInt32) { self.index = index }
  @inlinable public static func < (x: TypeIndex, y: TypeIndex) -> Bool { x.index < y.index }

  // Every program's table begins with these.
  public static let void = TypeIndex(0)
  public static let bool = TypeIndex(1)
  public static let i32 = TypeIndex(2)
  public static let i64 = TypeIndex(3)
  public static let u32 = TypeIndex(4)
  public static let u64 = TypeIndex(5)
  public static let f64 = TypeIndex(6)
  public static let string = TypeIndex(7)
  public static let any = TypeIndex(8)
}

/// Where values of a type live.
public enum Representation: UInt8, Sendable {
  /// `void`: nowhere.
  case none
  case scalar
  case reference
}

/// A type as the running program knows it: what the verifier checks registers
/// against, the collector scans objects by, and printing spells.
public struct TypeRow: Hashable, Sendable {
  public enum Kind: UInt8, CaseIterable, Sendable {
    // At the indices of the constants above.
    case void, bool, i32, i64, u32, u64, f64, string, any
    /// A value of an enum without payload: a scalar. names: the variants.
    case tag
    /// elements: the element.
    case array
    /// elements: in order.
    case tuple
    /// elements: the fields' types; names: theirs.
    case structure
    /// An enum with payload: an object, or a tag where the variant has none but others do (still an object).
    /// Its variants are the rows that follow it directly, in order.
    case enumeration
    /// One variant of the enum `elements[0]`; elements[1…]: payload; names: the payload's (0: positional).
    /// Objects of an enum carry the variant's row.
    case variant
    /// elements: the type inside. Null is `None`; `Some` of a reference that cannot be null is that
    /// reference; any other is a box, an object of this type with one word.
    case option
    /// elements: parameters, then the result.
    case function
    /// The captures of one function. elements[0]: its function type; elements[1…]: captured values. Closure
    /// objects carry this row; their word 0 is the function's index.
    case closure
    /// A variable shared with closures. elements: its type.
    case cell
    /// elements: the integer type. Words: start, end, step, inclusive (0 or 1).
    case range
    /// elements: key, value.
    case map
    /// elements: the element.
    case set
  }

  public var kind: Kind
  /// String index of the name (`Box`, `Shape`; of a variant its own), 0 for types without.
  public var name: UInt32 = 0
  public var elements: [TypeIndex] = []
  /// String indices; see the kinds.
  public var names: [UInt32] = []
  /// Type arguments of a struct or enum, for `type_of`.
  public var arguments: [TypeIndex] = []
  /// Of a struct, enum or tag: functions that replace the structural operation; index + 1, 0 for none.
  public var hooks = Hooks()

  public struct Hooks: Hashable, Sendable {
    /// (self, T) -> bool
    public var equals: UInt32 = 0
    /// (self) -> u64
    public var hash: UInt32 = 0
    /// (self) -> T
    public var clone: UInt32 = 0
    /// (self) -> string
    public var toString: UInt32 = 0
    /// (self, T) -> Ordering
    public var compare: UInt32 = 0
    public init() {}
  }

  public init(_ kind: Kind, elements: [TypeIndex] = []) {
    self.kind = kind
    self.elements = elements
  }

  public var representation: Representation {
    switch kind {
    case .void: .none
    case .bool, .i32, .i64, .u32, .u64, .f64, .tag: .scalar
    case .string, .any, .array, .tuple, .structure, .enumeration, .variant, .option, .function, .closure, .cell,
      .range, .map, .set: .reference
    }
  }

  /// The kind of a scalar type; nil for references and void.
  public var scalar: ScalarKind? {
    switch kind {
    case .bool: .bool
    case .i32: .i32
    case .i64: .i64
    case .u32: .u32
    case .u64: .u64
    case .f64: .f64
    case .tag: .tag
    default: nil
    }
  }

  /// Parameters of a function type.
  public var parameters: ArraySlice<TypeIndex> { elements.dropLast() }
  /// Result of a function type.
  public var result: TypeIndex { elements[elements.count - 1] }
}
