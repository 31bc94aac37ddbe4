import OrusDiagnostics
import OrusSyntax

/// Types a program, module by module.
///
/// The problem: Hindley–Milner inference with numeric literals, implicit
/// conversions, methods and operators on types that may not be known yet, and
/// functions that are inferred from their bodies and generalised.
///
/// The mechanism. Types are interned rows; an inference variable is a row too,
/// and `Variables` says what it was found to be. Expressions are checked
/// downwards where a type is expected (`check`) and upwards where none is
/// (`infer`). What cannot be decided yet because a type is still a variable (an
/// operator, a member, a constraint) becomes a `Deferred` entry, tried again
/// when more is known and settled at the end of the function. A function whose
/// signature is incomplete is inferred when it is first referred to; functions
/// that are found to refer to each other while being inferred are a group, which
/// is generalised together (see Bodies/Groups.swift).
///
/// Invariant: when the outermost body is finished, no variable is left in any
/// side table.
///
/// As in the parser, the lowering and the verifier, a method that is called often
/// is `mutating` even where it changes nothing: to call another one, the compiler
/// first copies the whole struct.
struct Checker: ~Copyable {
  var program: TypedProgram
  let symbols: SymbolTable
  let known: KnownSymbols
  var diagnostics: [Diagnostic] = []
  let checksEverything: Bool

  // MARK: The module that is being worked on

  /// Its tables, taken out of `program` while it is current.
  var current: TypedModule
  var currentIndex = -1
  var tree: SyntaxTree
  let trees: [SyntaxTree]
  let inputs: [ModuleInput]
  var moduleScopes: [ModuleScope] = []
  var builtins = ModuleScope()
  var scopes = LocalScopes()
  var foundNames = FoundNames()

  // MARK: Functions

  var function = FunctionContext()
  var states: [FunctionState] = []
  var groups = Groups()
  var loops: [LoopContext] = []
  /// Uses of named nested functions, which become uses of a local where the function turns out to capture.
  var nestedUses: [NestedUse] = []
  /// The block in which a local was declared, and whether anything assigns to it later; by LocalID.
  var localFacts: [LocalFacts] = []
  /// Library functions that were referred to but whose bodies are not checked yet.
  var demanded: [FunctionID] = []
  /// What each module's items declare, in their order.
  var items: [ModuleItems]
  /// Conditions on written types, checked when all types are declared.
  var keyChecks: [KeyCheck] = []
  var declarationChecks: [DeclarationCheck] = []
  var voidChecks: [VoidCheck] = []
  /// Fixed arrays that were handed to functions as arrays.
  var fixedArguments: [FixedArgument] = []
  var sentFunctions: [SentFunction] = []
  var sentTypes: [SentType] = []
  var constantUses: [ConstantUse] = []
  var constantStates: [ConstantState] = []
  /// The constants whose types are being inferred, outermost first.
  var constantStack: [UInt32] = []
  var evaluator = ConstantEvaluator()

  // MARK: Inference

  var variables = Variables()
  var deferred: [Deferred] = []
  /// How many variables had been bound, and what was deferred, when it was last tried.
  var settledEpoch: UInt32 = 0
  var settledCount = 0
  var literals: [LiteralUse] = []
  /// Nodes and so on whose type mentions a variable.
  var open = OpenTypes()
  var alternativeNames = AlternativeNames()
  /// What the patterns that are being checked match.
  var scrutinee = NodeID.none
  /// The operations around the leaves whose expressions are being inferred, the innermost of each expression last.
  var spine: [NodeID] = []
  /// Names reported as unknown, in this function.
  var reportedNames: Set<UInt32> = []
  /// Types that would hold `void`, reported where they are written in this module.
  var reportedVoids: Set<TypeID> = []
  /// Memo of facts about types.
  var equatable: [TypeID: Bool] = [:]
  var bounds = ForkBounds()

  init(modules: [ModuleInput], symbols: SymbolTable, checksEverything: Bool) {
    self.symbols = symbols
    self.checksEverything = checksEverything
    inputs = modules
    known = KnownSymbols(symbols)
    trees = modules.map(\.tree)
    program = TypedProgram(
      types: TypeTable(), symbols: symbols, methods: MethodTable(), known: KnownDeclarations())
    program.modules = modules.map { TypedModule(tree: $0.tree, name: $0.name, isLibrary: $0.isLibrary) }
    tree = modules[0].tree
    current = program.modules[0]
    moduleScopes = Array(repeating: ModuleScope(), count: modules.count)
    items = Array(repeating: ModuleItems(), count: modules.count)
  }

  /// Makes a module the current one; gives the one before, to go back to.
  @discardableResult
  mutating func enterModule(_ index: Int) -> Int {
    let previous = currentIndex
    guard index != previous else { return previous }
    if previous >= 0 { swap(&current, &program.modules[previous]) }
    if index >= 0 {
      swap(&current, &program.modules[index])
      tree = trees[index]
    }
    foundNames.removeAll()
    currentIndex = index
    return previous
  }

  // MARK: Recording

  @inline(__always)
  mutating func setType(_ node: NodeID, _ type: TypeID) {
    current.types[Int(node.index)] = type
    if program.types.contents(type).contains(.variable) {
      open.nodes.append(OpenNode(module: currentIndex, node: node))
    }
  }

  @inline(__always)
  func type(of node: NodeID) -> TypeID { current.types[Int(node.index)] }

  mutating func setUse(_ node: NodeID, _ use: Use) {
    current.uses[node] = use
    if use.typeArguments != .empty, mentionsVariable(use.typeArguments) {
      open.uses.append(OpenNode(module: currentIndex, node: node))
    }
  }

  mutating func adjust(_ node: NodeID, _ adjustment: Adjustment) {
    current.adjustments[Int(node.index)].formUnion(adjustment)
  }

  mutating func mentionsVariable(_ list: TypeListID) -> Bool {
    for i in 0..<program.types.count(list)
    where program.types.contents(program.types.element(list, i)).contains(.variable) { return true }
    return false
  }

  /// More than so many would be read by nobody; the first ones are shown.
  private var mostDiagnostics: Int { 10_000 }

  mutating func report(_ diagnostic: Diagnostic) {
    if diagnostics.count < mostDiagnostics { diagnostics.append(diagnostic) }
  }

  // MARK: Spans

  func span(_ node: NodeID) -> Span { tree.span(node) }
  func tokenSpan(_ node: NodeID) -> Span { tree.tokenSpan(node) }
  func text(_ symbol: Symbol) -> String { symbols[symbol] }
}

/// The function whose body is being checked.
struct FunctionContext {
  var id = FunctionID(0)
  var result = TypeID.void
  /// The result is what the body gives, rather than what is written.
  var infersResult = false
  /// The return type's node, for messages; none where there is none.
  var resultNode = NodeID.none
  var isInitializer = false
  /// A module's initializer or a place without a function: `return` is wrong there.
  var hasReturn = true
  /// Loops of functions around this one are not reached from inside.
  var loopBase = 0
  /// `mut self`, or no self at all, so that nothing is wrong with assigning fields.
  var selfIsMutable = true
  var selfLocal: LocalID?
  /// Where what its body defers begins.
  var firstDeferred = 0
  /// Some `return` gave a value.
  var returnsValue = false
  var returnsNothing = false
}

struct LoopContext {
  let label: UInt32
  var hasBreak = false
}

struct NestedUse {
  let module: Int
  let node: NodeID
  let target: FunctionID
  let from: FunctionID
}

struct LocalFacts {
  let block: UInt32
  /// Where it is declared; none before that is known.
  var site = NodeID.none
  var module: Int32 = -1
  var isAssignedLater = false
  var isParameter = false
  var isCapturedByNested = false
}

/// Why a type is expected where it is, for the second span of a mismatch.
struct Reason {
  enum Kind: UInt8 {
    case none, annotation, parameter, result, operand, condition, element, branch, variable, field, index, payload
    case pattern, defaultValue, key
  }
  var kind: Kind
  var module: Int32 = -1
  var node: NodeID = .none

  static let none = Reason(kind: .none)
}

extension Checker {
  func reason(_ kind: Reason.Kind, _ node: NodeID = .none) -> Reason {
    Reason(kind: kind, module: Int32(currentIndex), node: node)
  }
}
