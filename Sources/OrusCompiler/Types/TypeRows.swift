import OrusBytecode
import OrusSyntax
import OrusTypes

/// Here a type row is the bytecode's; the checker's are only read through `TypeTable`.
typealias TypeRow = OrusBytecode.TypeRow

/// The bytecode's type rows of the types that the lowering meets.
struct TypeRows {
  /// By `TypeID`; nil where not met yet.
  var known: [TypeIndex?]
  /// Rows of structural types, which different `TypeID`s may share (`[i32; 3]` is a `[i32]` at run time).
  var structural = HashIndex()

  init(types: Int) {
    known = Array(repeating: nil, count: types + 64)
  }
}

extension Lowering {
  /// The type of a node in this instance: concrete, without its adjustment.
  func rawType(_ node: NodeID) -> TypeID { module.types[Int(node.index)] }

  mutating func type(_ node: NodeID) -> TypeID { concrete(module.types[Int(node.index)]) }

  mutating func concrete(_ type: TypeID) -> TypeID {
    if typed.types.contents(type).isEmpty { return type }
    let bindings = bindings
    return typed.types.substitute(type) { bindings[Int($0.a)] }
  }

  /// The same array where nothing in it is open.
  mutating func concrete(_ types: [TypeID]) -> [TypeID] {
    for type in types where !typed.types.contents(type).isEmpty { return types.map { concrete($0) } }
    return types
  }

  mutating func concrete(_ list: TypeListID) -> TypeListID {
    for i in 0..<typed.types.count(list) where !typed.types.contents(typed.types.element(list, i)).isEmpty {
      let bindings = bindings
      return typed.types.substitute(list) { bindings[Int($0.a)] }
    }
    return list
  }

  /// The type row of a concrete type.
  mutating func row(_ type: TypeID) -> TypeIndex {
    let i = Int(type.index)
    if i < rows.known.count, let known = rows.known[i] { return known }
    while rows.known.count <= i { rows.known.append(nil) }
    let index = makeRow(type)
    rows.known[i] = index
    return index
  }

  mutating func representation(_ type: TypeID) -> Representation {
    switch typed.types.kind(type) {
    case .void, .never, .error: .none
    case .bool, .i32, .i64, .u32, .u64, .f64: .scalar
    case .nominal: nominalRepresentation(type)
    case .string, .any, .array, .fixedArray, .tuple, .function, .range, .map, .set, .parameter, .variable: .reference
    }
  }

  private mutating func nominalRepresentation(_ type: TypeID) -> Representation {
    // The row may be new, so it comes before the table is read.
    let index = row(type)
    return program.types[Int(index.index)].representation
  }

  mutating func structuralRow(_ row: TypeRow) -> TypeIndex {
    var hash = UInt64(row.kind.rawValue)
    for element in row.elements { hash = mixed(hash, UInt64(element.index)) }
    let types = program.types
    let known = rows.structural.find(hash) { number in
      types[Int(number)].kind == row.kind && types[Int(number)].elements == row.elements
    }
    if let known { return TypeIndex(known) }
    let index = appendRow(row)
    rows.structural.insert(index.index, hash)
    return index
  }

  private mutating func appendRow(_ row: TypeRow) -> TypeIndex {
    program.types.append(row)
    return TypeIndex(UInt32(program.types.count - 1))
  }

  private mutating func makeRow(_ type: TypeID) -> TypeIndex {
    let t = typed.types[type]
    switch t.kind {
    case .void, .never, .error: return .void
    case .bool: return .bool
    case .i32: return .i32
    case .i64: return .i64
    case .u32: return .u32
    case .u64: return .u64
    case .f64: return .f64
    case .string: return .string
    case .any: return .any
    case .array, .fixedArray: return structuralRow(TypeRow(.array, elements: [row(TypeID(t.a))]))
    case .range: return structuralRow(TypeRow(.range, elements: [row(TypeID(t.a))]))
    case .set: return structuralRow(TypeRow(.set, elements: [row(TypeID(t.a))]))
    case .map: return structuralRow(TypeRow(.map, elements: [row(TypeID(t.a)), row(TypeID(t.b))]))
    case .tuple: return structuralRow(TypeRow(.tuple, elements: rowList(TypeListID(t.a))))
    case .function:
      return structuralRow(TypeRow(.function, elements: rowList(TypeListID(t.a)) + [row(TypeID(t.b))]))
    case .nominal: return nominalRow(type, DeclarationID(t.a), TypeListID(t.b))
    case .parameter, .variable: preconditionFailure("a type that is not concrete reached the lowering")
    }
  }

  private mutating func rowList(_ list: TypeListID) -> [TypeIndex] {
    (0..<typed.types.count(list)).map { row(typed.types.element(list, $0)) }
  }

  /// Rows of declared types may contain themselves, so they are entered before their parts are known.
  private mutating func nominalRow(_ type: TypeID, _ id: DeclarationID, _ arguments: TypeListID) -> TypeIndex {
    let declaration = typed.declarations[Int(id.index)]
    let argumentTypes = typed.types.elements(arguments)
    func substituted(_ type: TypeID, _ types: inout TypeTable) -> TypeID {
      types.substitute(type) { leaf in
        declaration.typeParameters.firstIndex { $0.index == leaf.a }.map { argumentTypes[$0] }
      }
    }

    if id == typed.known.option {
      // An option may be inside its own argument only through a declared type, which is entered first.
      return structuralRow(TypeRow(.option, elements: [row(argumentTypes[0])]))
    }
    let name = strings.intern(declaration.name, in: typed.symbols)
    let isTag = declaration.kind == .enumeration && declaration.variants.allSatisfy { $0.payload.isEmpty }
    var new = TypeRow(declaration.kind == .structure ? .structure : isTag ? .tag : .enumeration)
    new.name = name
    let index = appendRow(new)
    while rows.known.count <= Int(type.index) { rows.known.append(nil) }
    rows.known[Int(type.index)] = index
    if declaration.kind == .enumeration && !isTag {
      for variant in declaration.variants {
        var row = TypeRow(.variant, elements: [index])
        row.name = strings.intern(variant.name, in: typed.symbols)
        _ = appendRow(row)
      }
    }
    program.types[Int(index.index)].arguments = argumentTypes.map { row($0) }

    switch declaration.kind {
    case .structure:
      let names = declaration.fields.map { strings.intern($0.name, in: typed.symbols) }
      let elements = declaration.fields.map { row(substituted($0.type, &typed.types)) }
      program.types[Int(index.index)].names = names
      program.types[Int(index.index)].elements = elements
    case .enumeration where isTag:
      let names = declaration.variants.map { strings.intern($0.name, in: typed.symbols) }
      program.types[Int(index.index)].names = names
    case .enumeration:
      for (i, variant) in declaration.variants.enumerated() {
        let elements = variant.payload.map { row(substituted($0.type, &typed.types)) }
        let names = variant.payload.map { part in part.name.map { strings.intern($0, in: typed.symbols) } ?? 0 }
        program.types[Int(index.index) + 1 + i].elements += elements
        program.types[Int(index.index) + 1 + i].names = names
      }
    }
    program.types[Int(index.index)].hooks = hooks(of: type)
    return index
  }

  /// The methods of a type that replace structural operations.
  private mutating func hooks(of type: TypeID) -> TypeRow.Hooks {
    var hooks = TypeRow.Hooks()
    if typed.methods.names(on: type, typed.types).isEmpty { return hooks }
    hooks.equals = hook(methodNames.equals, on: type)
    hooks.hash = hook(methodNames.hash, on: type)
    hooks.clone = hook(methodNames.clone, on: type)
    hooks.toString = hook(methodNames.toString, on: type)
    hooks.compare = hook(methodNames.compare, on: type)
    return hooks
  }

  private mutating func hook(_ name: Symbol, on type: TypeID) -> UInt32 {
    guard let (function, arguments) = method(name, on: type) else { return 0 }
    return instances.request(.function, of: function, arguments).index + 1
  }

  /// The method of that name, one with `self`, that values of a concrete type have, with the type arguments of its
  /// impl.
  mutating func method(_ name: Symbol, on type: TypeID) -> (FunctionID, TypeListID)? {
    for candidate in typed.methods.lookUp(name, on: type, typed.types) {
      guard let owner = typed.functions[Int(candidate.index)].owner, typed.functions[Int(candidate.index)].hasSelf
      else { continue }
      if owner == type { return (candidate, .empty) }
      var found = NumberMap<TypeID>()
      var receiver = type
      if typed.types.kind(type) == .fixedArray, typed.types.kind(owner) == .array {
        receiver = typed.types.array(TypeID(typed.types[type].a))
      }
      if typed.types.match(owner, receiver, &found) {
        let parameters = typed.functions[Int(candidate.index)].typeParameters
        return (candidate, typed.types.intern(parameters.compactMap { found[UInt64($0.index)] }))
      }
    }
    return nil
  }
}

/// Methods that the language itself calls.
struct MethodNames {
  let equals, hash, clone, toString, compare: Symbol
  let next, iter: Symbol

  init(_ symbols: SymbolTable) {
    equals = symbols.intern("equals")
    hash = symbols.intern("hash")
    clone = symbols.intern("clone")
    toString = symbols.intern("to_string")
    compare = symbols.intern("compare")
    next = symbols.intern("next")
    iter = symbols.intern("iter")
  }
}

/// Text constants and names, each once. They are told apart by their symbols.
struct StringPool {
  var texts: [[UInt8]] = [[]]
  /// By symbol; `.max` where it has none yet.
  private var indices: [UInt32] = []

  mutating func intern(_ text: String, in symbols: SymbolTable) -> UInt32 { intern(symbols.intern(text), in: symbols) }

  mutating func intern(_ bytes: ArraySlice<UInt8>, in symbols: SymbolTable) -> UInt32 {
    intern(bytes.withUnsafeBufferPointer { symbols.intern($0) }, in: symbols)
  }

  /// `owner.name`, put together as bytes: a string would cost more than the rest of lowering a small method.
  mutating func intern(_ owner: UnsafeBufferPointer<UInt8>, member: Symbol, in symbols: SymbolTable) -> UInt32 {
    let name = symbols.utf8(member)
    let symbol = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: owner.count + 1 + name.count) { bytes in
      _ = bytes.initialize(from: owner)
      bytes.initializeElement(at: owner.count, to: UInt8(ascii: "."))
      _ = bytes[(owner.count + 1)...].initialize(from: name)
      return symbols.intern(UnsafeBufferPointer(bytes))
    }
    return intern(symbol, in: symbols)
  }

  mutating func intern(_ symbol: Symbol, in symbols: SymbolTable) -> UInt32 {
    let i = Int(symbol.index)
    if i < indices.count, indices[i] != .max { return indices[i] }
    // Names that the lowering puts together are new symbols, one after another.
    if indices.count <= i { indices += Array(repeating: .max, count: max(i + 1024, symbols.count) - indices.count) }
    let bytes = symbols.utf8(symbol)
    // Number 0 is the empty text.
    indices[i] = bytes.isEmpty ? 0 : UInt32(texts.count)
    if !bytes.isEmpty { texts.append(Array(bytes)) }
    return indices[i]
  }
}
