import OrusSyntax

/// The methods and associated functions of every type, built-in ones included,
/// by the head of the type (its declaration, or its kind) and by name.
public struct MethodTable: Sendable {
  /// The first function of a head and name, by `key`.
  private var first = NumberMap<FunctionID>()
  /// Where there are several, all of them in order of declaration.
  private var several = NumberMap<[FunctionID]>()
  /// By head.
  private var names = NumberMap<[Symbol]>()

  public init() {}

  public mutating func add(_ function: FunctionID, named name: Symbol, to owner: TypeID, _ types: TypeTable) {
    let head = Self.head(owner, types)
    let key = Self.key(head, name)
    if let known = first[key] { several[key, default: [known]].append(function) } else { first[key] = function }
    names[UInt64(head), default: []].append(name)
  }

  /// The functions of that name that impls for this type's head declare: none or one, or several where impls for
  /// different arguments (`impl Box<i32>`, `impl Box<string>`) each have one. The caller matches `FunctionInfo.owner`.
  public func lookUp(_ name: Symbol, on type: TypeID, _ types: TypeTable) -> Candidates {
    let key = Self.key(Self.head(type, types), name)
    guard let known = first[key] else { return Candidates(first: FunctionID(0), count: 0, all: []) }
    guard let all = several[key] else { return Candidates(first: known, count: 1, all: []) }
    return Candidates(first: known, count: all.count, all: all)
  }

  /// Methods of one name. Nearly always there is just one, which needs no array.
  public struct Candidates: RandomAccessCollection, Sendable {
    fileprivate let first: FunctionID
    public let count: Int
    /// Where they are more than one.
    fileprivate let all: [FunctionID]

    public var startIndex: Int { 0 }
    public var endIndex: Int { count }
    public subscript(i: Int) -> FunctionID { i == 0 ? first : all[i] }
  }

  /// Every method name of a type's head, in order of declaration.
  public func names(on type: TypeID, _ types: TypeTable) -> [Symbol] { names[UInt64(Self.head(type, types))] ?? [] }

  private static func key(_ head: UInt32, _ name: Symbol) -> UInt64 { UInt64(head) << 32 | UInt64(name.index) }

  /// A fixed array has the methods of `[T]`.
  private static func head(_ type: TypeID, _ types: TypeTable) -> UInt32 {
    let row = types[type]
    switch row.kind {
    case .nominal: return 256 + row.a
    case .fixedArray: return UInt32(TypeKind.array.rawValue)
    default: return UInt32(row.kind.rawValue)
    }
  }
}
