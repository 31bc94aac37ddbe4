import OrusSyntax

/// Types are interned rows, so that equal types have equal indices and a
/// comparison is one of integers. Lists of types (tuple elements, parameters,
/// type arguments) are interned too.
///
/// `Option`, `Result` and `Ordering` are ordinary enums and `Error` an ordinary
/// struct, declared in the prelude; `KnownDeclarations` names them.

@frozen
public struct TypeID: Hashable, BitwiseCopyable, Sendable {
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
public struct TypeListID: Hashable, BitwiseCopyable, Sendable {
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

/// What a type mentions, kept beside each row so that substitution and the
/// occurs check skip what they cannot change.
public struct TypeContents: OptionSet, Sendable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }
  public static let parameter = TypeContents(rawValue: 1)
  public static let variable = TypeContents(rawValue: 2)
  public static let error = TypeContents(rawValue: 4)
  /// A container of `void`, which has no values.
  public static let voidElement = TypeContents(rawValue: 8)
  /// A struct or an enum of `void`: its declaration tells whether it is a container of it.
  public static let voidArgument = TypeContents(rawValue: 16)
}

/// Interns types and lists of types. Equal types have equal IDs.
///
/// Invariant: a row's operands have smaller indices than the row, so a type is
/// never cyclic.
public struct TypeTable: Sendable {
  private var rows: [TypeRow] = []
  private var contents: [TypeContents] = []
  private var rowIDs = HashIndex()
  /// Lists end to end: a count, then the elements.
  private var lists: [UInt32] = [0]
  private var listIDs = HashIndex()
  /// Lists in the making, one inside the other: a list whose elements are made first needs no array of its own.
  private var stack: [TypeID] = []
  /// How much of the stack is in use.
  private var height = 0

  public init() {
    for kind in TypeKind.allCases.prefix(Int(TypeID.any.index) + 1) { _ = intern(TypeRow(kind)) }
  }

  public var count: Int { rows.count }
  public subscript(_ type: TypeID) -> TypeRow { rows[Int(type.index)] }
  public func kind(_ type: TypeID) -> TypeKind { rows[Int(type.index)].kind }
  public func contents(_ type: TypeID) -> TypeContents { contents[Int(type.index)] }

  public mutating func intern(_ row: TypeRow) -> TypeID {
    let hash = mixed(UInt64(row.kind.rawValue), UInt64(row.a) << 32 | UInt64(row.b))
    if let known = rowIDs.find(hash, { rows[Int($0)] == row }) { return TypeID(known) }
    let id = TypeID(UInt32(rows.count))
    rows.append(row)
    rowIDs.insert(id.index, hash)
    contents.append(computeContents(row))
    return id
  }

  public mutating func intern(_ elements: [TypeID]) -> TypeListID {
    let start = beginList()
    for element in elements { addToList(element) }
    return endList(start)
  }

  /// Begins a list, to be ended with what this gives.
  mutating func beginList() -> Int { height }

  /// Adds to the list begun last.
  mutating func addToList(_ element: TypeID) {
    if height < stack.count { stack[height] = element } else { stack.append(element) }
    height += 1
  }

  mutating func endList(_ start: Int) -> TypeListID {
    let count = height - start
    if count == 0 { return .empty }
    height = start
    var hash = UInt64(count)
    for i in start..<start + count { hash = mixed(hash, UInt64(stack[i].index)) }
    if let known = listIDs.find(hash, { isList($0, from: start, count) }) { return TypeListID(known) }
    let id = TypeListID(UInt32(lists.count))
    lists.append(UInt32(count))
    for i in start..<start + count { lists.append(stack[i].index) }
    listIDs.insert(id.index, hash)
    return id
  }

  private func isList(_ at: UInt32, from start: Int, _ count: Int) -> Bool {
    guard Int(lists[Int(at)]) == count else { return false }
    for i in 0..<count where lists[Int(at) + 1 + i] != stack[start + i].index { return false }
    return true
  }

  /// Where the next list will begin.
  var endOfLists: UInt32 { UInt32(lists.count) }

  public func count(_ list: TypeListID) -> Int { Int(lists[Int(list.index)]) }
  public func element(_ list: TypeListID, _ i: Int) -> TypeID { TypeID(lists[Int(list.index) + 1 + i]) }
  public func elements(_ list: TypeListID) -> [TypeID] {
    (0..<count(list)).map { element(list, $0) }
  }

  // MARK: Building types

  public mutating func array(_ element: TypeID) -> TypeID { intern(TypeRow(.array, a: element.index)) }
  public mutating func fixedArray(_ element: TypeID, _ length: UInt32) -> TypeID {
    intern(TypeRow(.fixedArray, a: element.index, b: length))
  }
  public mutating func tuple(_ elements: [TypeID]) -> TypeID { intern(TypeRow(.tuple, a: intern(elements).index)) }
  public mutating func function(_ parameters: [TypeID], _ result: TypeID) -> TypeID {
    intern(TypeRow(.function, a: intern(parameters).index, b: result.index))
  }
  public mutating func range(_ element: TypeID) -> TypeID { intern(TypeRow(.range, a: element.index)) }
  public mutating func map(_ key: TypeID, _ value: TypeID) -> TypeID {
    intern(TypeRow(.map, a: key.index, b: value.index))
  }
  public mutating func set(_ element: TypeID) -> TypeID { intern(TypeRow(.set, a: element.index)) }
  public mutating func nominal(_ declaration: DeclarationID, _ arguments: [TypeID]) -> TypeID {
    nominal(declaration, intern(arguments))
  }
  public mutating func nominal(_ declaration: DeclarationID, _ arguments: TypeListID) -> TypeID {
    intern(TypeRow(.nominal, a: declaration.index, b: arguments.index))
  }
  public mutating func parameter(_ parameter: ParameterID) -> TypeID {
    intern(TypeRow(.parameter, a: parameter.index))
  }
  public mutating func variable(_ number: UInt32) -> TypeID { intern(TypeRow(.variable, a: number)) }

  /// The declaration of a nominal type, nil for any other.
  public func declaration(_ type: TypeID) -> DeclarationID? {
    let row = self[type]
    return row.kind == .nominal ? DeclarationID(row.a) : nil
  }
  /// The type arguments of a nominal type.
  public func arguments(_ type: TypeID) -> TypeListID { TypeListID(self[type].b) }

  // MARK: Substitution

  /// The type with every leaf of kind `.parameter` or `.variable` that `replacement` has an answer for replaced.
  /// Recursion is bounded by the depth of the type.
  public mutating func substitute(
    _ type: TypeID, in kinds: TypeContents = .parameter, _ replacement: (TypeRow) -> TypeID?
  ) -> TypeID {
    guard !contents(type).isDisjoint(with: kinds) else { return type }
    let row = self[type]
    switch row.kind {
    case .parameter, .variable:
      return replacement(row) ?? type
    case .array, .range, .set:
      return intern(TypeRow(row.kind, a: substitute(TypeID(row.a), in: kinds, replacement).index))
    case .fixedArray:
      return intern(TypeRow(.fixedArray, a: substitute(TypeID(row.a), in: kinds, replacement).index, b: row.b))
    case .map:
      let key = substitute(TypeID(row.a), in: kinds, replacement)
      return map(key, substitute(TypeID(row.b), in: kinds, replacement))
    case .tuple:
      return intern(TypeRow(.tuple, a: substitute(TypeListID(row.a), in: kinds, replacement).index))
    case .function:
      let parameters = substitute(TypeListID(row.a), in: kinds, replacement)
      let result = substitute(TypeID(row.b), in: kinds, replacement)
      return intern(TypeRow(.function, a: parameters.index, b: result.index))
    case .nominal:
      return intern(TypeRow(.nominal, a: row.a, b: substitute(TypeListID(row.b), in: kinds, replacement).index))
    case .error, .never, .void, .bool, .i32, .i64, .u32, .u64, .f64, .string, .any:
      return type
    }
  }

  public mutating func substitute(
    _ list: TypeListID, in kinds: TypeContents = .parameter, _ replacement: (TypeRow) -> TypeID?
  ) -> TypeListID {
    let start = beginList()
    for i in 0..<count(list) { addToList(substitute(element(list, i), in: kinds, replacement)) }
    return endList(start)
  }

  /// Matches a type that mentions parameters (`Box<T>`) against a concrete one (`Box<i32>`), and adds what the
  /// parameters stand for. False if they differ elsewhere, or one parameter would stand for two types.
  public func match(_ pattern: TypeID, _ concrete: TypeID, _ bindings: inout NumberMap<TypeID>) -> Bool {
    if !contents(pattern).contains(.parameter) { return pattern == concrete }
    let p = self[pattern]
    let c = self[concrete]
    if p.kind == .parameter {
      let known = bindings[UInt64(p.a)]
      bindings[UInt64(p.a)] = concrete
      return known == nil || known == concrete
    }
    guard p.kind == c.kind else { return false }
    switch p.kind {
    case .array, .range, .set: return match(TypeID(p.a), TypeID(c.a), &bindings)
    case .fixedArray: return p.b == c.b && match(TypeID(p.a), TypeID(c.a), &bindings)
    case .map:
      return match(TypeID(p.a), TypeID(c.a), &bindings) && match(TypeID(p.b), TypeID(c.b), &bindings)
    case .tuple: return match(TypeListID(p.a), TypeListID(c.a), &bindings)
    case .function:
      return match(TypeListID(p.a), TypeListID(c.a), &bindings) && match(TypeID(p.b), TypeID(c.b), &bindings)
    case .nominal: return p.a == c.a && match(TypeListID(p.b), TypeListID(c.b), &bindings)
    case .parameter, .variable, .error, .never, .void, .bool, .i32, .i64, .u32, .u64, .f64, .string, .any:
      return pattern == concrete
    }
  }

  private func match(_ p: TypeListID, _ c: TypeListID, _ bindings: inout NumberMap<TypeID>) -> Bool {
    guard count(p) == count(c) else { return false }
    for i in 0..<count(p) where !match(element(p, i), element(c, i), &bindings) { return false }
    return true
  }

  private func computeContents(_ row: TypeRow) -> TypeContents {
    switch row.kind {
    case .parameter: return .parameter
    case .variable: return .variable
    case .error: return .error
    case .array, .range, .set, .fixedArray: return elementContents(row.a)
    case .map: return elementContents(row.a).union(elementContents(row.b))
    case .tuple: return listContents(row.a).union(hasVoid(TypeListID(row.a)) ? .voidElement : [])
    case .function: return listContents(row.a).union(contents[Int(row.b)])
    case .nominal: return listContents(row.b).union(hasVoid(TypeListID(row.b)) ? .voidArgument : [])
    case .never, .void, .bool, .i32, .i64, .u32, .u64, .f64, .string, .any: return []
    }
  }

  private func hasVoid(_ list: TypeListID) -> Bool {
    for i in 0..<count(list) where element(list, i) == .void { return true }
    return false
  }

  private func elementContents(_ type: UInt32) -> TypeContents {
    TypeID(type) == .void ? .voidElement : contents[Int(type)]
  }

  private func listContents(_ list: UInt32) -> TypeContents {
    var result: TypeContents = []
    for i in 0..<Int(lists[Int(list)]) { result.formUnion(contents[Int(lists[Int(list) + 1 + i])]) }
    return result
  }
}
