/// Types are interned rows, so that equal types have equal indices and a
/// comparison is one of integers. Lists of types (tuple elements, parameters,
/// type arguments) are interned too.
///
/// `Option`, `Result` and `Ordering` are ordinary enums and `Error` an ordinary
/// struct, declared in the prelude; `KnownDeclarations` names them.

@frozen
public struct TypeID: Hashable, Sendable {
  public let index: UInt32
  @inlinable public init(_ index: UInt32) { self.index = index }

  /// Absorbs the consequences of an error that was reported; compatible with everything.
  public static let error = TypeID(0)
  /// The type of `panic`, `return`, `break`: fits everywhere.
  public static let never = TypeID(1)
  public static let void = TypeID(2)
  public static let bool = TypeID(3)
  public static let i32 = TypeID(4)
  public static let i64 = TypeID(5)
  public static let u32 = TypeID(6)
  public static let u64 = TypeID(7)
  public static let f64 = TypeID(8)
  public static let string = TypeID(9)
  public static let any = TypeID(10)
}

public enum TypeKind: UInt8, CaseIterable, Sendable {
  // The first eleven stand at the indices of the constants above.
  case error, never, void, bool, i32, i64, u32, u64, f64, string, any
  /// a: element.
  case array
  /// a: element. b: length.
  case fixedArray
  /// a: list of elements.
  case tuple
  /// a: list of parameters. b: result.
  case function
  /// a: the integer type.
  case range
  /// a: key. b: value.
  case map
  /// a: element.
  case set
  /// A struct or enum. a: `DeclarationID`. b: list of type arguments.
  case nominal
  /// A type parameter, inside the declaration that has it. a: `ParameterID`.
  case parameter
  /// An inference variable; only while its function is checked. a: variable number.
  case variable
}

/// An interned list of types: an index into `TypeTable`'s list pool; 0 is the empty list.
@frozen
public struct TypeListID: Hashable, Sendable {
  public let index: UInt32
  @inlinable public init(_ index: UInt32) { self.index = index }
  public static let empty = TypeListID(0)
}

@frozen
public struct TypeRow: Hashable, Sendable {
  public let kind: TypeKind
  public let a: UInt32
  public let b: UInt32
  @inlinable
  public init(_ kind: TypeKind, a: UInt32 = 0, b: UInt32 = 0) {
    self.kind = kind
    self.a = a
    self.b = b
  }
}

@frozen
public struct DeclarationID: Hashable, Sendable {
  public let index: UInt32
  @inlinable public init(_ index: UInt32) { self.index = index }
}

/// A type parameter, unique in the program.
@frozen
public struct ParameterID: Hashable, Sendable {
  public let index: UInt32
  @inlinable public init(_ index: UInt32) { self.index = index }
}
