import OrusDiagnostics
import OrusSyntax

/// What the checker hands to the lowering: the syntax trees as they are, tables
/// of everything declared, and side tables that give each node its type and each
/// name its meaning. Function bodies are typed once; where a function is generic
/// the types in them mention its parameters, and the lowering substitutes.
///
/// Invariant: a program without errors has no `.variable` and no `.error` type
/// in its tables.
public struct TypedProgram {
  public var types: TypeTable
  public var symbols: SymbolTable
  /// In order of initialisation. The prelude is module 0.
  public var modules: [TypedModule] = []
  public var declarations: [Declaration] = []
  public var parameters: [TypeParameter] = []
  public var functions: [FunctionInfo] = []
  public var locals: [LocalInfo] = []
  public var globals: [GlobalInfo] = []
  public var constants: [ConstantInfo] = []
  public var methods: MethodTable
  public var known: KnownDeclarations
  /// The function `main` of the entry module, which is the last.
  public internal(set) var main: FunctionID?

  public init(types: TypeTable, symbols: SymbolTable, methods: MethodTable, known: KnownDeclarations) {
    self.types = types
    self.symbols = symbols
    self.methods = methods
    self.known = known
  }
}

extension TypedProgram {
  /// Gives every node of a module its rows, and makes room for what the module may declare: a function in some thirty
  /// nodes, a local in ten.
  mutating func makeTables(of module: Int) {
    modules[module].makeTables()
    let nodes = modules[module].tree.nodeCount
    functions.reserveTable(nodes / 24)
    locals.reserveTable(nodes / 8)
  }
}

/// Declarations of the prelude that the language itself refers to.
public struct KnownDeclarations: Sendable {
  public var option = DeclarationID(0)
  public var result = DeclarationID(0)
  public var ordering = DeclarationID(0)
  public var error = DeclarationID(0)
  public init() {}
}

/// One source file, with a row per syntax node.
public struct TypedModule {
  public let tree: SyntaxTree
  /// Dotted path, such as `geometry.points`; the entry file's is its stem.
  public let name: String
  /// The bundled library, the prelude among it: its frames are not the user's code.
  public let isLibrary: Bool
  /// The type of an expression (before its adjustment), of a pattern (the value it matches), of a type node
  /// (what it denotes).
  public var types: [TypeID] = []
  public var uses = UseTable()
  /// What is done to an expression's value to make it the type its context expects.
  public var adjustments: [Adjustment] = []
  /// How the arguments of a call node map to parameters, where it is not one to one in order. Keyed by call node.
  public var plans = NumberMap<[PlannedArgument]>()
  /// The decision trees of `match` nodes that have been built; the others are built when they are lowered.
  public var decisions = NumberMap<DecisionTree>()
  /// The module's top-level statements as a function without parameters; an index into `TypedProgram.functions`.
  public var initializer: FunctionID = FunctionID(0)

  public init(tree: SyntaxTree, name: String, isLibrary: Bool) {
    self.tree = tree
    self.name = name
    self.isLibrary = isLibrary
  }

  /// Gives every node its rows, before the first is written.
  mutating func makeTables() {
    types = Array(table: .void, count: tree.nodeCount)
    uses.makeTable(nodeCount: tree.nodeCount)
    adjustments = Array(table: [], count: tree.nodeCount)
  }

  public func use(_ node: NodeID) -> Use { uses[node] }
  public func type(_ node: NodeID) -> TypeID { types[Int(node.index)] }
}

/// Implicit conversions (spec: conversions), applied in this order.
public struct Adjustment: OptionSet, BitwiseCopyable, Sendable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }
  /// Boxed as `any`.
  public static let toAny = Adjustment(rawValue: 1)
  /// Wrapped in `Some`.
  public static let toSome = Adjustment(rawValue: 2)
  /// The value is dropped: a result where none is expected.
  public static let discard = Adjustment(rawValue: 4)
  /// A function whose result nobody is to see, as one that returns nothing. It comes before the others.
  public static let dropResult = Adjustment(rawValue: 8)
  /// A deep copy of what a constant holds. It comes before the others.
  public static let copied = Adjustment(rawValue: 16)
}

public struct FunctionID: Hashable, Sendable {
  public let index: UInt32
  public init(_ index: UInt32) { self.index = index }
}

public struct LocalID: Hashable, Sendable {
  public let index: UInt32
  public init(_ index: UInt32) { self.index = index }
}

/// Locals that follow one another.
public struct LocalRange: RandomAccessCollection, Sendable {
  public let first: UInt32
  public let count: Int
  public init(first: UInt32, count: Int) {
    self.first = first
    self.count = count
  }
  public var startIndex: Int { 0 }
  public var endIndex: Int { count }
  public subscript(position: Int) -> LocalID { LocalID(first + UInt32(position)) }
}

/// What a node means.
public struct Use: BitwiseCopyable, Sendable {
  public enum Kind: UInt8, BitwiseCopyable, Sendable {
    case none
    /// index: LocalID. On `name` expressions, `bindingPattern`, `parameter`, `restPattern`, and on a `tryExpression`
    /// for its caught error.
    case local
    /// index: global. A module-level `let`, on names and on the bindingPattern that declares it.
    case global
    /// index: constant. On names and on the constStatement that declares it.
    case constant
    /// index: FunctionID. typeArguments: for all its type parameters (an impl's first). On a `name`, `field` or
    /// `instantiation` that names a function or an associated function (`Point.new`), called or as a value; on
    /// `function` and `lambda` nodes the function they declare.
    case function
    /// index: FunctionID of a method whose receiver is the base of this `field` node; called, or taken as a value
    /// (a closure over the receiver). On a `call` node of a free builtin such as `len(x)`: the method, whose
    /// receiver is the first argument. On an operator node (`binary`, `negate`, `index`, `assign`, `forStatement`,
    /// `forClause`): the user's method that carries it out.
    case method
    /// index: Symbol of a method that a type parameter's constraint promises. The lowering looks it up for
    /// the concrete receiver type (`MethodTable`); primitives have none for operators: then the primitive
    /// operation is meant.
    case constrainedMethod
    /// index: position of the field in its struct. On `field`, `fieldInitializer`, `fieldPattern`.
    case structField
    /// index: position of the variant in its enum. The node's type is the enum (or, for a constructor taken as a
    /// value, a function returning it). On `name`, `field`, `constructorPattern`.
    case variant
    /// index: `BuiltinForm`. On the callee's `name`.
    case builtin
    /// A module (index: module) or a type; a prefix that has no value of its own.
    case module
    case type
    /// `i32.MAX` and the like; index: `NumericConstant`. The node's type tells whose.
    case numericConstant
    /// A member of an `any`, looked up at run time. index: Symbol.
    case dynamicMember
  }
  public let kind: Kind
  public let index: UInt32
  public let typeArguments: TypeListID

  public init(_ kind: Kind, _ index: UInt32 = 0, _ typeArguments: TypeListID = .empty) {
    self.kind = kind
    self.index = index
    self.typeArguments = typeArguments
  }
}

/// Builtins whose typing is their own (formats, any type, compile-time parts);
/// every other builtin is a function or method of the prelude.
public enum BuiltinForm: UInt32, CaseIterable, Sendable {
  case print, printNoNewline, errorPrint, debugPrint, format
  case panic, assert
  case typeOf, isType
  case enumerate, zip
  case range
  case same, clone, hash, compare
  case int, float
}

public enum NumericConstant: UInt32, CaseIterable, Sendable {
  case max, min, infinity, nan
}

public enum PlannedArgument: Sendable {
  /// An argument expression (for namedArgument the expression inside it).
  case value(NodeID)
  /// The parameter's default, evaluated in the declaring module.
  case parameterDefault
  /// The elements of a variadic parameter, in order; may hold spreadArgument nodes.
  case variadic([NodeID])
}

public struct TypeParameter: Sendable {
  public let name: Symbol
  public var constraints: Constraints
  /// The element type where a constraint is `Iterable<T>`.
  public var iterableElement: TypeID?
  /// Methods that the body of a function calls whose parameter types were inferred.
  public var methods: [MethodConstraint] = []
  public init(name: Symbol, constraints: Constraints, iterableElement: TypeID? = nil) {
    self.name = name
    self.constraints = constraints
    self.iterableElement = iterableElement
  }
}

/// The type has a method of that name, which takes and gives these types; they may mention type parameters.
public struct MethodConstraint: Hashable, Sendable {
  public let name: Symbol
  /// Without `self`.
  public let parameters: TypeListID
  public let result: TypeID
}

/// A set of constraints; the named six, and the single operators that inference
/// finds in unannotated functions.
public struct Constraints: OptionSet, Hashable, Sendable {
  public let rawValue: UInt32
  public init(rawValue: UInt32) { self.rawValue = rawValue }
  public static let numeric = Constraints(rawValue: 1 << 0)
  public static let comparable = Constraints(rawValue: 1 << 1)
  public static let iterable = Constraints(rawValue: 1 << 2)
  public static let cloneable = Constraints(rawValue: 1 << 3)
  public static let hashable = Constraints(rawValue: 1 << 4)
  public static let sendable = Constraints(rawValue: 1 << 5)
  public static let add = Constraints(rawValue: 1 << 8)
  public static let subtract = Constraints(rawValue: 1 << 9)
  public static let multiply = Constraints(rawValue: 1 << 10)
  public static let divide = Constraints(rawValue: 1 << 11)
  public static let remainder = Constraints(rawValue: 1 << 12)
  public static let negate = Constraints(rawValue: 1 << 13)
  public static let order = Constraints(rawValue: 1 << 14)
  public static let equality = Constraints(rawValue: 1 << 15)
  public static let bits = Constraints(rawValue: 1 << 16)
  /// Takes integer literals (a literal in the body met the parameter).
  public static let integerLiteral = Constraints(rawValue: 1 << 17)
  public static let floatLiteral = Constraints(rawValue: 1 << 18)
}

/// A struct or enum.
public struct Declaration: Sendable {
  public enum Kind: UInt8, Sendable { case structure, enumeration }
  public let kind: Kind
  public let name: Symbol
  /// Index into `TypedProgram.modules`.
  public let module: UInt32
  public let node: NodeID
  public let isPublic: Bool
  public var typeParameters: [ParameterID] = []
  /// Of a struct.
  public var fields: [FieldInfo] = []
  /// Of an enum.
  public var variants: [VariantInfo] = []

  public init(kind: Kind, name: Symbol, module: UInt32, node: NodeID, isPublic: Bool) {
    self.kind = kind
    self.name = name
    self.module = module
    self.node = node
    self.isPublic = isPublic
  }
}

public struct FieldInfo: Sendable {
  public let name: Symbol
  /// May mention the declaration's type parameters.
  public var type: TypeID
  /// Evaluated in the declaring module at each construction; none without a default.
  public let defaultValue: NodeID
  public let isPublic: Bool
  public init(name: Symbol, type: TypeID, defaultValue: NodeID, isPublic: Bool) {
    self.name = name
    self.type = type
    self.defaultValue = defaultValue
    self.isPublic = isPublic
  }
}

public struct VariantInfo: Sendable {
  public let name: Symbol
  /// Payload names (nil where positional) and types, which may mention the enum's type parameters.
  public var payload: [(name: Symbol?, type: TypeID)]
  public init(name: Symbol, payload: [(name: Symbol?, type: TypeID)]) {
    self.name = name
    self.payload = payload
  }
}

/// A function, method, lambda, or a module's top-level code.
public struct FunctionInfo: Sendable {
  public enum Kind: UInt8, Sendable { case function, method, lambda, initializer }
  public let kind: Kind
  /// Symbol index + 1; 0 for lambdas and initializers.
  public let name: UInt32
  public let module: UInt32
  /// The `function` or `lambda` node; the `module` node of an initializer.
  public let node: NodeID
  /// The function around a lambda or nested function, whose type parameters are in scope too.
  public var parent: FunctionID?
  /// The type that a method belongs to, for its printed name (`Point.move_by`).
  public var owner: TypeID?
  /// Own type parameters; a method's impl's come first. Those that inference added come last.
  public var typeParameters: [ParameterID] = []
  /// One for each `parameter` node, `self` included. Of a variadic one `[T]`.
  public var parameters: [TypeID] = []
  /// Locals of the parameters, in order.
  public var parameterLocals = LocalRange(first: 0, count: 0)
  public var result: TypeID = .void
  public var hasSelf = false
  public var selfIsMutable = false
  public var isVariadic = false
  /// Outer locals that the body reads or assigns, in a fixed order: the closure's slots. Without captures a nested
  /// function or lambda is a plain function.
  public var captures: [LocalID] = []
  /// A prelude function without a body of its own: its text is `native("name")`, and this is the name.
  public var native: Symbol?
  public init(kind: Kind, name: UInt32, module: UInt32, node: NodeID) {
    self.kind = kind
    self.name = name
    self.module = module
    self.node = node
  }
}

public struct LocalInfo: Sendable {
  public let name: Symbol
  public var type: TypeID
  /// The function whose frame holds it.
  public let function: FunctionID
  public let isMutable: Bool
  /// A closure uses it.
  public var isCaptured = false
  /// It lives in a heap cell shared with closures: captured, and assigned after it may have been captured
  /// (`let mut`, assigned later), or captured by a named nested function of the same block, which is visible
  /// before the variable is. Other captured locals are copied into the closure.
  public var needsCell = false
  /// A named nested function that captures: the local holds its closure.
  public var nestedFunction: FunctionID?
  public init(name: Symbol, type: TypeID, function: FunctionID, isMutable: Bool) {
    self.name = name
    self.type = type
    self.function = function
    self.isMutable = isMutable
  }
}

/// A module-level `let`.
public struct GlobalInfo: Sendable {
  public let name: Symbol
  public let module: UInt32
  public var type: TypeID
  public let isMutable: Bool
  public let isPublic: Bool
  /// Some function (not the module's top-level code) refers to it, or another module may. Otherwise it can live in a
  /// register of the initializer.
  public var isShared = false
  public init(name: Symbol, module: UInt32, type: TypeID, isMutable: Bool, isPublic: Bool) {
    self.name = name
    self.module = module
    self.type = type
    self.isMutable = isMutable
    self.isPublic = isPublic
  }
}

public struct ConstantInfo: Sendable {
  public enum Value: Sendable {
    /// Integers sign- or zero-extended to 64 bits; `bool` as 0 or 1.
    case scalar(UInt64)
    case float(Double)
    case text(Symbol)
    /// An array or tuple: built once, where it is first needed, from the expression.
    case composite
  }
  public let name: Symbol
  public let module: UInt32
  /// The constStatement node.
  public let node: NodeID
  public var type: TypeID
  public var value: Value
  public let isPublic: Bool
  public init(name: Symbol, module: UInt32, node: NodeID, type: TypeID, value: Value, isPublic: Bool) {
    self.name = name
    self.module = module
    self.node = node
    self.type = type
    self.value = value
    self.isPublic = isPublic
  }
}
