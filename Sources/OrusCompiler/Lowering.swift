import OrusBytecode
import OrusDiagnostics
import OrusSyntax
import OrusTypes

/// Lowers a checked program to bytecode.
///
/// The problem: the checker typed every function once, with type parameters in
/// its types, and the machine wants typed instructions. So the unit of work is
/// an *instance*: a function together with concrete types for every parameter in
/// scope. Lowering starts at the entry point and follows references; each
/// instance is lowered once, from the syntax tree and the checker's side tables,
/// in one pass that emits instructions as it goes. What nobody refers to is never
/// lowered, so the library costs what is used of it.
///
/// Registers are handed out as a stack: a local takes the next free one of its
/// window for as long as its block lasts, temporaries lie above the locals, and
/// the arguments of a call are evaluated straight into the top of the windows,
/// where the callee's begin. See Registers.swift for what happens past 256.
///
/// Invariant: between two statements the only registers in use are locals'.
public func lower(_ typed: consuming TypedProgram, sources: [SourceRow]) throws(LoweringFailure) -> Program {
  var lowering = Lowering(typed, sources: sources)
  let program = lowering.run()
  if !lowering.diagnostics.isEmpty { throw LoweringFailure(diagnostics: lowering.diagnostics) }
  return program
}

/// What only shows when generics meet concrete types: endless polymorphic recursion.
public struct LoweringFailure: Error {
  public let diagnostics: [Diagnostic]
}

struct Lowering: ~Copyable {
  var typed: TypedProgram
  let tables: [ModuleTables]
  let methodNames: MethodNames
  var program = Program()
  var code: CodeBuilder
  var diagnostics: [Diagnostic] = []

  // What has been lowered, or is waiting; see the files named so.
  var rows: TypeRows
  var strings = StringPool()
  var instances = Instances()
  /// Index into `Program.globals` by `GlobalID`, -1 where it has none.
  var globalRows: [Int32]
  /// The same by constant, for composite ones.
  var constantRows: [Int32]

  // The function that is being lowered.
  var context = FunctionContext()
  /// Where each local lives, by `LocalID`.
  var locations: [Location]
  /// Where the module-level bindings that no function uses live, by `GlobalID`.
  var globalLocations: [Location]
  /// What each type parameter stands for in this instance, by `ParameterID`.
  var bindings: [TypeID]
  /// The side tables of the module that the function stands in, and its number.
  var module: ModuleTables
  var moduleIndex = 0
  /// The operations that are on their way to be lowered, of one chain after another, outermost first.
  var spine: [NodeID] = []

  /// Method names that are called on an `any`, and where they have been looked for.
  var dynamicNames: Set<Symbol> = []
  var dynamicMethods: Set<DynamicMethod> = []

  // Facts worked out once.
  /// Words of the parts of objects, by type row.
  var layouts: [[Int]?] = []
  /// Types of the fields of structs and the payloads of variants, by type and variant.
  var partTypes = NumberMap<[TypeID]>()
  /// Types of generic functions at their uses, by function and type arguments.
  var signatures = NumberMap<Signature>()
  /// By the name that the library declares them with.
  var natives = NumberMap<Native>()
  /// The local that holds the closure of a named nested function.
  var nestedLocals = NumberMap<LocalID>()

  init(_ typed: consuming TypedProgram, sources: [SourceRow]) {
    tables = typed.modules.map { ModuleTables($0) }
    methodNames = MethodNames(typed.symbols)
    rows = TypeRows(types: typed.types.count)
    globalRows = Array(repeating: -1, count: typed.globals.count)
    constantRows = Array(repeating: -1, count: typed.constants.count)
    locations = Array(repeating: .none, count: typed.locals.count)
    globalLocations = Array(repeating: .none, count: typed.globals.count)
    for (i, local) in typed.locals.enumerated() {
      if let function = local.nestedFunction { nestedLocals[UInt64(function.index)] = LocalID(UInt32(i)) }
    }
    bindings = Array(repeating: .error, count: typed.parameters.count)
    let nodes = typed.modules.reduce(0) { $0 + $1.tree.nodeCount }
    var words: [UInt32] = []
    words.reserveTable(nodes)
    var positions: [PositionRow] = []
    positions.reserveTable(nodes / 4)
    code = CodeBuilder(words: consume words, positions: consume positions)
    module = tables[0]
    self.typed = typed
    program.sources = sources
    program.functions.reserveTable(self.typed.functions.count)
  }

  mutating func run() -> Program {
    program.errorType = row(typed.types.nominal(typed.known.error, []))
    program.entry = instances.request(.entry, of: FunctionID(0), .empty).index
    repeat {
      while let next = instances.takeNext() { lowerInstance(next) }
    } while !dynamicNames.isEmpty && requestDynamicMethods()
    var result = program
    code.finish(into: &result)
    result.strings = strings.texts
    return result
  }
}

/// The side tables of one module as raw memory: the lowering reads them for
/// every node, several times over. They are the module's own arrays, which
/// nothing changes any more and which live as long as this does.
struct ModuleTables {
  private let module: TypedModule
  let tree: SyntaxTree
  let types: UnsafePointer<TypeID>
  let uses: UseTable.View
  let adjustments: UnsafePointer<Adjustment>

  init(_ module: TypedModule) {
    self.module = module
    tree = module.tree
    types = module.types.withUnsafeBufferPointer { $0.baseAddress! }
    uses = UseTable.View(module.uses)
    adjustments = module.adjustments.withUnsafeBufferPointer { $0.baseAddress! }
  }

  func use(_ node: NodeID) -> Use { uses[node] }
  func adjustment(_ node: NodeID) -> Adjustment { adjustments[Int(node.index)] }
}
