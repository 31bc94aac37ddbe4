import OrusDiagnostics
import OrusSyntax
import OrusThreads

/// One parsed module, with what its imports refer to.
public struct ModuleInput {
  public let tree: SyntaxTree
  /// Dotted path, such as `geometry.points`; the entry file's is its stem.
  public let name: String
  /// Comes with Orus.
  public let isLibrary: Bool
  /// The module that each `use` node refers to, by index; none where it was not found, which is reported already.
  public let imports: [NodeID: Int]

  public init(tree: SyntaxTree, name: String, isLibrary: Bool, imports: [NodeID: Int]) {
    self.tree = tree
    self.name = name
    self.isLibrary = isLibrary
    self.imports = imports
  }
}

/// Types a program.
///
/// - Parameters:
///   - modules: in order of initialisation, the prelude first. Imports refer to earlier ones.
///   - checksEverything: also the bodies of library functions that nothing refers to.
///   - workers: the threads that independent modules may have.
/// - Returns: the program; what is wrong with it is added to `diagnostics`, by position. `analyzeModule` finds
///   the rest.
public func check(
  modules: [ModuleInput], symbols: SymbolTable, diagnostics: inout [Diagnostic], checksEverything: Bool = false,
  workers: Workers = .none
) -> TypedProgram {
  var checker = Checker(modules: modules, symbols: symbols, checksEverything: checksEverything)
  checker.run(workers)
  checker.diagnostics.sort {
    ($0.primary.span.file.index, $0.primary.span.start, $0.primary.span.end)
      < ($1.primary.span.file.index, $1.primary.span.start, $1.primary.span.end)
  }
  diagnostics += checker.diagnostics
  return checker.takeProgram()
}

extension Checker {
  mutating func run(_ workers: Workers) {
    declareBuiltins()
    checkModules(workers)
    checkDemanded()
    convertNestedUses()
    finishLocals()
    checkFixedArguments()
    checkSentFunctions()
    checkConstantUses()
    program.main = mainFunction(of: inputs.count - 1)
    enterModule(-1)
  }

  consuming func takeProgram() -> TypedProgram { program }

  mutating func checkModule(_ module: Int) {
    reportedNames = []
    reportedVoids = []
    program.makeTables(of: module)
    // The rows beside theirs: as many.
    states.reserveTable(program.functions.capacity - program.functions.count)
    localFacts.reserveTable(program.locals.capacity - program.locals.count)
    collect(module)
    runTypeChecks()
    if module == inputs.count - 1, let main = mainFunction(of: module) { checkMain(main) }
    for id in items[module].constants { prepareConstant(id) }
    evaluateConstants(module)
    checkInitializer(module)
    checkFieldDefaults(module)
    defer { runTypeChecks() }
    if inputs[module].isLibrary, !checksEverything { return }
    for id in items[module].functions {
      if states[Int(id.index)].phase == .pending { prepare(id) }
      checkParameterDefaults(id)
      if !states[Int(id.index)].bodyStarted { checkComplete(id) }
    }
    checkPublicSignatures(module)
  }

  /// The function that a module declares as `main`; one that it imports is none.
  private func mainFunction(of module: Int) -> FunctionID? {
    guard let entity = moduleScopes[module].names[known.main]?.entity, entity.kind == .function,
      program.functions[Int(entity.index)].module == module
    else { return nil }
    return FunctionID(entity.index)
  }

  /// The bodies of library functions that something refers to.
  private mutating func checkDemanded() {
    for name in loweredNames { demandMethods(named: symbols.intern(name)) }
    while let id = demanded.popLast() {
      if program.functions[Int(id.index)].native == nil { checkComplete(id) }
      enterModule(Int(program.functions[Int(id.index)].module))
      checkParameterDefaults(id)
    }
    runTypeChecks()
  }

  /// Library functions that the lowering calls by name.
  private var loweredNames: [String] {
    [
      "concat", "contains", "extend", "set", "index", "set_index", "iter", "next", "compare", "equals", "hash", "clone",
      "to_string", "enumerate_list", "zip_lists",
    ]
  }

  private mutating func demandMethods(named name: Symbol) {
    for module in inputs.indices where inputs[module].isLibrary {
      for id in items[module].functions where program.functions[Int(id.index)].name == name.index + 1 { prepare(id) }
    }
  }
}
