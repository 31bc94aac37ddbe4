import OrusSyntax

/// The methods and associated functions of every type, built-in ones included,
/// by the head of the type (its declaration, or its kind) and by name.
public struct MethodTable: Sendable {
  private struct Key: Hashable, Sendable {
    let head: UInt32
    let name: Symbol
  }
  private var candidates: [Key: [FunctionID]] = [:]
  private var names: [UInt32: [Symbol]] = [:]

  public init() {}

  public mutating func add(_ function: FunctionID, named name: Symbol, to owner: TypeID, _ types: TypeTable) {
    let head = Self.head(owner, types)
    candidates[Key(head: head, name: name), default: []].append(function)
    names[head, default: []].append(name)
  }

  /// The functions of that name that impls for this type's head declare: none or one, or several where impls for
  /// different arguments (`impl Box<i32>`, `impl Box<string>`) each have one. The caller matches `FunctionInfo.owner`.
  public func lookUp(_ name: Symbol, on type: TypeID, _ types: TypeTable) -> [FunctionID] {
    candidates[Key(head: Self.head(type, types), name: name)] ?? []
  }

  /// Every method name of a type's head, in order of declaration.
  public func names(on type: TypeID, _ types: TypeTable) -> [Symbol] { names[Self.head(type, types)] ?? [] }

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
