import OrusSyntax

/// The methods and associated functions of every type, built-in ones included,
/// by the head of the type (its declaration, or its kind) and by name.
public struct MethodTable: Sendable {
  /// Functions of one head and name, in order of declaration, by `key`.
  private var candidates = NumberMap<[FunctionID]>()
  /// By head.
  private var names = NumberMap<[Symbol]>()

  public init() {}

  public mutating func add(_ function: FunctionID, named name: Symbol, to owner: TypeID, _ types: TypeTable) {
    let head = Self.head(owner, types)
    candidates[Self.key(head, name), default: []].append(function)
    names[UInt64(head), default: []].append(name)
  }

  /// The functions of that name that impls for this type's head declare: none or one, or several where impls for
  /// different arguments (`impl Box<i32>`, `impl Box<string>`) each have one. The caller matches `FunctionInfo.owner`.
  public func lookUp(_ name: Symbol, on type: TypeID, _ types: TypeTable) -> [FunctionID] {
    candidates[Self.key(Self.head(type, types), name)] ?? []
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
