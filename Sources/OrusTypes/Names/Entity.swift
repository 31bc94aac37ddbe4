import OrusSyntax

/// What a name stands for.
struct Entity: Hashable {
  enum Kind: UInt8 {
    /// The name is declared, but wrongly; reported there.
    case error
    /// index: LocalID.
    case local
    /// index: FunctionID.
    case function
    case global
    case constant
    /// A struct or enum. index: DeclarationID.
    case declaration
    case module
    /// index: DeclarationID. extra: position of the variant.
    case variant
    /// index: `BuiltinForm`.
    case builtin
    /// A builtin that is the method of the same name. index: Symbol.
    case freeMethod
    /// A type with a name of its own. index: TypeID.
    case primitive
    /// index: `TypeKind` (map, set or range).
    case collection
    /// index: ParameterID.
    case typeParameter
  }

  var kind: Kind
  var index: UInt32
  var extra: UInt32 = 0
  /// Whether other modules see it.
  var isPublic = false

  init(_ kind: Kind, _ index: UInt32 = 0, extra: UInt32 = 0, isPublic: Bool = false) {
    self.kind = kind
    self.index = index
    self.extra = extra
    self.isPublic = isPublic
  }

  /// Whether both stand for the same thing, whoever sees them.
  func means(_ other: Entity) -> Bool { kind == other.kind && index == other.index && extra == other.extra }

  var isType: Bool {
    switch kind {
    case .declaration, .primitive, .collection, .typeParameter: true
    default: false
    }
  }
}
