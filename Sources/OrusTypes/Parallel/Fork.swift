import OrusSyntax

/// Checks a run of modules on a thread of its own.
///
/// A fork begins as a copy of the checker, whose tables the two share until one
/// of them writes. What it adds to them is numbered as if the runs before it
/// were not there; `Checker.merge` gives it the numbers that it would have had
/// behind them.
final class Fork {
  let run: Run
  let beginnings: TableSizes
  var checker: Checker

  init(of main: borrowing Checker, for run: Run) {
    self.run = run
    beginnings = TableSizes(of: main.program)
    checker = Checker(forking: main)
  }

  func check() { checker.check(run) }
}

/// How many rows the tables have that all modules share.
struct TableSizes {
  let declarations, parameters, functions, locals, globals, constants, types, lists, symbols: UInt32

  init(of program: TypedProgram) {
    declarations = UInt32(program.declarations.count)
    parameters = UInt32(program.parameters.count)
    functions = UInt32(program.functions.count)
    locals = UInt32(program.locals.count)
    globals = UInt32(program.globals.count)
    constants = UInt32(program.constants.count)
    types = UInt32(program.types.count)
    lists = program.types.endOfLists
    symbols = UInt32(program.symbols.count)
  }
}

/// What a fork must not do.
struct ForkBounds {
  /// Functions from here on are its own.
  var firstFunction: UInt32 = 0
  /// It began to infer a function that is not: the result is worth nothing.
  var isBroken = false
}

extension Checker {
  init(forking main: borrowing Checker) {
    program = main.program
    symbols = SymbolTable(extending: main.symbols)
    program.symbols = symbols
    known = main.known
    checksEverything = main.checksEverything
    current = main.current
    tree = main.tree
    trees = main.trees
    inputs = main.inputs
    moduleScopes = main.moduleScopes
    builtins = main.builtins
    states = main.states
    localFacts = main.localFacts
    items = main.items
    constantStates = main.constantStates
    evaluator = main.evaluator.copy()
    variables = main.variables
    equatable = main.equatable
    bounds.firstFunction = UInt32(main.program.functions.count)
  }

  mutating func check(_ run: Run) {
    for module in run { checkModule(module) }
    enterModule(-1)
  }

  /// Nothing is left over that belongs to the module that was checked last.
  var isSettled: Bool {
    isQuiet && open.functions.isEmpty && literals.isEmpty && groups.frames.isEmpty && keyChecks.isEmpty
      && declarationChecks.isEmpty && voidChecks.isEmpty
  }
}
