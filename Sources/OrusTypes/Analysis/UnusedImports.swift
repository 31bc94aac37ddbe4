import OrusDiagnostics
import OrusSyntax

/// Finds the imports of a module that nothing in it uses. A name is taken to
/// use the import that binds it; locals of the same name are not handed in.
/// `use m:*` is used if anything of another module is mentioned whose module
/// is m, or m hands on what others declare. `pub use` is for others to use.
struct UnusedImports {
  private struct Item {
    let symbol: Symbol
    let span: Span
    /// The whole statement, where taking it away takes away this import alone.
    let statement: Span?
  }

  private let module: TypedModule
  private let program: TypedProgram
  private var items: [Item] = []
  private var counts: [Symbol: Int] = [:]
  /// Low six bits of the symbols looked for, to leave most names at once.
  private var filter: UInt64 = 0
  private var everything: [(module: Int, span: Span, statement: Span)] = []

  init(_ module: TypedModule, _ program: TypedProgram) {
    self.module = module
    self.program = program
    let tree = module.tree
    for id in tree.list(tree[tree.root].a) where tree.kind(id) == .use && tree[id].detail & 1 == 0 { add(id) }
    // The names in the `use` statements themselves are rows too.
    for id in tree.list(tree[tree.root].a) where tree.kind(id) == .use {
      for name in tree.list(tree.use(id).path) { counts[Symbol(tree[name].a)]? -= 1 }
    }
  }

  private mutating func add(_ id: NodeID) {
    let tree = module.tree
    let view = tree.use(id)
    let path = tree.list(view.path)
    guard let last = path.last else { return }
    if view.importsEverything {
      let name = path.map { program.symbols[Symbol(tree[$0].a)] }.joined(separator: ".")
      if let index = program.modules.firstIndex(where: { $0.name == name }) {
        everything.append((index, tree.span(last), tree.span(id)))
      }
    } else if view.names != 0 {
      let names = tree.list(view.names - 1)
      for name in names where tree.kind(name) == .useName {
        add(Symbol(tree[name].b), tree.span(name), names.count == 1 ? tree.span(id) : nil)
      }
    } else {
      let symbol = view.alias == 0 ? Symbol(tree[last].a) : Symbol(view.alias - 1)
      add(symbol, tree.span(id), tree.span(id))
    }
  }

  private mutating func add(_ symbol: Symbol, _ span: Span, _ statement: Span?) {
    items.append(Item(symbol: symbol, span: span, statement: statement))
    counts[symbol] = 0
    filter |= 1 << UInt64(symbol.index & 63)
  }

  /// A name that does not stand for a local.
  mutating func visit(_ symbol: Symbol) {
    guard filter >> UInt64(symbol.index & 63) & 1 != 0 else { return }
    counts[symbol]? += 1
  }

  func diagnostics() -> [Diagnostic] {
    var result: [Diagnostic] = []
    for item in items where counts[item.symbol] ?? 0 <= 0 {
      result.append(
        WarningMessage.unusedImport(program.symbols[item.symbol], at: item.span, whole: item.statement))
    }
    if everything.isEmpty { return result }
    let mentioned = mentionedModules()
    for item in everything where !mentioned.contains(UInt32(item.module)) && !handsOn(item.module) {
      result.append(
        WarningMessage.unusedImport("\(program.modules[item.module].name):*", at: item.span, whole: item.statement))
    }
    return result
  }

  /// Has a `pub use`.
  private func handsOn(_ index: Int) -> Bool {
    let tree = program.modules[index].tree
    return tree.list(tree[tree.root].a).contains { tree.kind($0) == .use && tree[$0].detail & 1 != 0 }
  }

  /// Modules whose functions, variables, constants or types this one refers to.
  private func mentionedModules() -> Set<UInt32> {
    var result: Set<UInt32> = []
    module.uses.forEach { use in
      switch use.kind {
      case .function, .method: result.insert(program.functions[Int(use.index)].module)
      case .global: result.insert(program.globals[Int(use.index)].module)
      case .constant: result.insert(program.constants[Int(use.index)].module)
      default: break
      }
    }
    for type in Set(module.types) {
      if let declaration = program.types.declaration(type) {
        result.insert(program.declarations[Int(declaration.index)].module)
      }
    }
    return result
  }
}
