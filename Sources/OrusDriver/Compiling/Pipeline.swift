import OrusBytecode
import OrusCompiler
import OrusDiagnostics
import OrusSyntax
import OrusThreads
import OrusTypes

/// One program on its way through the stages, with what they have said of it so far.
///
/// The front end goes on after errors, so that one run reports every mistake; nothing is lowered that has one.
struct Pipeline {
  private let graph: ModuleGraph
  private let workers: Workers
  private var diagnostics: [Diagnostic]

  init(_ graph: ModuleGraph, workers: Workers) {
    self.graph = graph
    self.workers = workers
    diagnostics = graph.diagnostics
  }

  var files: SourceFiles { graph.files }

  var lookups: [FileLookup] { graph.lookups }

  private var hasErrors: Bool { diagnostics.contains { $0.severity != .warning } }

  private var entry: ModuleInput { graph.modules[graph.modules.count - 1] }

  /// The parser gave a file up: what it has of it says nothing about the rest.
  var isUnreadable: Bool {
    let limits: [SyntaxCode] = [.sourceTooLarge, .nestedTooDeeply, .tooManyErrors]
    return diagnostics.contains { found in limits.contains { $0.rawValue == found.code } }
  }

  // MARK: Stages, in order

  /// Types the program, and looks into the user's modules for everything that needs types first.
  mutating func check() -> TypedProgram {
    var typed = OrusTypes.check(
      modules: graph.modules, symbols: graph.symbols, diagnostics: &diagnostics, workers: workers)
    let own = graph.modules.indices.filter { !graph.modules[$0].isLibrary }
    let threads = workers.threads(forTasksOf: own.map { graph.modules[$0].tree.sourceSize })
    // On one thread without the help of another target's generic code, which would cost hello a thirtieth of its start.
    let found =
      threads < 2
      ? own.map { analyze($0, of: typed) }
      : workers.map(own.count, threads: threads) { analyze(own[$0], of: typed) }
    for (index, analysis) in zip(own, found) {
      diagnostics += analysis.diagnostics
      typed.modules[index].decisions = analysis.decisions
    }
    return typed
  }

  private func analyze(_ index: Int, of typed: TypedProgram) -> ModuleAnalysis {
    analyzeModule(index, of: typed, source: graph.files[graph.modules[index].tree.file].bytes)
  }

  /// Reports an entry file that has neither statements nor `main`. One with errors may have had them.
  mutating func requireSomethingToRun(_ typed: borrowing TypedProgram) {
    if typed.main != nil || hasErrors { return }
    let tree = entry.tree
    let hasStatements = tree.list(tree[tree.root].a).contains { !tree.kind($0).isDeclaration }
    if !hasStatements { diagnostics.append(DriverMessage.nothingToRun(in: tree.file)) }
  }

  /// The program's bytecode; nil if there are errors, or if it turns out to have one.
  mutating func lower(_ typed: consuming TypedProgram) -> Program? {
    if hasErrors { return nil }
    do {
      return try OrusCompiler.lower(typed, sources: sources)
    } catch {
      diagnostics += error.diagnostics
      return nil
    }
  }

  /// The verifier accepts whatever the lowering makes; where it does not, one of the two has a bug.
  mutating func verify(_ program: Program) -> VerifiedProgram? {
    do {
      return try OrusBytecode.verify(program)
    } catch {
      let sources = ProgramSources(program, files: graph.files)
      let place = error.function.map { function in
        sources.place(function: function, word: Int(program.functions[function].entry) + (error.word ?? 0))
      }
      diagnostics.append(
        DriverMessage.rejected(error, at: place ?? Span(file: entry.tree.file, start: 0, end: 0)))
      return nil
    }
  }

  /// What is to be shown, in reading order: of a function that has an error, no warnings.
  func finish() -> [Diagnostic] {
    var shown = diagnostics
    for module in graph.modules where !module.isLibrary {
      shown = droppingWarningsOfFailedFunctions(shown, tree: module.tree)
    }
    return inReadingOrder(shown)
  }

  /// The rows that functions name their files by: one for each module.
  private var sources: [SourceRow] {
    graph.modules.map { module in
      let file = graph.files[module.tree.file]
      return SourceRow(path: file.path, text: file.text, isLibrary: module.isLibrary)
    }
  }
}
