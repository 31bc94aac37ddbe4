import OrusDiagnostics
import OrusSyntax
import OrusThreads
import OrusTypes

/// Reads and parses everything that a program's entry file imports, directly or
/// not, depth first in order of import, so that the order of completion is the
/// order of initialisation. A module that is met again while it is being loaded
/// imports itself: a cycle, reported at the `use` that closes it.
struct ModuleLoader {
  private(set) var graph = ModuleGraph()
  private let path: ModulePath
  private let access: any FileAccess
  private var ahead: ReadAhead
  /// What is known of a file, by the path it was read from.
  private var states: [String: State] = [:]
  /// The modules being loaded, outermost first, with the `use` that each is at.
  private var stack: [(name: String, file: String, use: Span)] = []

  private enum State {
    case loading
    case loaded(Int)
  }

  /// Where a module was found.
  private enum Place {
    case file(SourceFile)
    case bundled(UnsafeBufferPointer<UInt8>)
    /// There is a file, and why it cannot be read was reported.
    case unreadable
  }

  /// The standard modules that are hidden and said to be.
  private var hidden: Set<String> = []

  private init(path: ModulePath, access: any FileAccess, workers: Workers, files: SourceFiles) {
    self.path = path
    self.access = access
    ahead = ReadAhead(path: path, access: access, workers: workers)
    graph.files = files
  }

  /// The graph of the program that starts in `entry`. Its files come after those given, among which it may find some.
  static func load(
    entry: SourceFile, path: ModulePath, access: any FileAccess, workers: Workers, files: SourceFiles = SourceFiles()
  ) -> ModuleGraph {
    var loader = ModuleLoader(path: path, access: access, workers: workers, files: files)
    loader.graph.lookups.append(FileLookup(path: entry.path, file: entry))
    if let prelude = bundledModule(named: "prelude") {
      loader.load(SourceFile(path: bundledPath("prelude"), permanent: prelude), name: "prelude", isLibrary: true)
    }
    loader.load(entry, name: stem(of: entry.path), isLibrary: false)
    return loader.graph
  }

  private mutating func load(_ source: SourceFile, name: String, isLibrary: Bool) {
    states[source.path] = .loading
    let file = graph.files.number(of: source)
    let tree =
      ahead.takeTree(of: source)?.takeTree(file: file, symbols: graph.symbols)
      ?? parse(source: graph.files[file].bytes, file: file, symbols: graph.symbols, diagnostics: &graph.diagnostics)
    let uses = tree.uses
    if !isLibrary, !uses.isEmpty { ahead.prepare(uses.map { tree.modulePath(of: $0, graph.symbols) }) }
    var imports: [NodeID: Int] = [:]
    for item in uses {
      stack.append((name, source.path, tree.pathSpan(item)))
      imports[item] = resolve(item, in: tree, isLibrary: isLibrary)
      stack.removeLast()
    }
    states[source.path] = .loaded(graph.modules.count)
    graph.modules.append(ModuleInput(tree: tree, name: name, isLibrary: isLibrary, imports: imports))
  }

  /// The module that a `use` names, loaded if it was not yet; nil after reporting why there is none.
  private mutating func resolve(_ use: NodeID, in tree: SyntaxTree, isLibrary: Bool) -> Int? {
    let components = tree.modulePath(of: use, graph.symbols)
    // What the parser could not read it has reported.
    if components.isEmpty || components.contains("") { return nil }
    let name = components.joined(separator: ".")
    let span = tree.pathSpan(use)
    guard let place = find(components, name, span, isLibrary: isLibrary) else {
      if !tree.isReported(use) { reportMissing(components, name, use, in: tree) }
      return nil
    }
    let source: SourceFile
    let isBundled: Bool
    switch place {
    case .file(let file): (source, isBundled) = (file, false)
    case .bundled(let bytes): (source, isBundled) = (SourceFile(path: bundledPath(name), permanent: bytes), true)
    case .unreadable: return nil
    }
    switch states[source.path] {
    case .loaded(let index): return index
    case .loading:
      reportCycle(closedBy: name, source.path, span)
      return nil
    case nil:
      load(source, name: name, isLibrary: isBundled)
      return graph.modules.count - 1
    }
  }

  /// The library imports only from itself: no file of the user's can get between its parts.
  private mutating func find(_ components: [String], _ name: String, _ span: Span, isLibrary: Bool) -> Place? {
    if !isLibrary {
      for path in path.candidates(for: components) {
        switch ahead.read(path) {
        case .file(let file):
          graph.lookups.append(FileLookup(path: path, file: file))
          if bundledModule(named: name) != nil, hidden.insert(name).inserted {
            graph.diagnostics.append(DriverMessage.hiding(name, path: file.path, at: span))
          }
          return .file(file)
        case .missing: graph.lookups.append(FileLookup(path: path, file: nil))
        case .unreadable(let reason):
          graph.diagnostics.append(
            Diagnostic(
              .error, ModuleCode.unreadableModule, "cannot read module `\(name)`: \(reason)",
              at: Label(span, "`\(path)` cannot be read"),
              explanation: "The system says: \(reason)."))
          return .unreadable
        }
      }
    }
    // The prelude is in every module already; it is no module to import.
    if name != "prelude", let bytes = bundledModule(named: name) { return .bundled(bytes) }
    return nil
  }

  // MARK: Messages

  private mutating func reportMissing(_ components: [String], _ name: String, _ use: NodeID, in tree: SyntaxTree) {
    let span = tree.pathSpan(use)
    let prefix = components.dropLast()
    var candidates = bundledModuleNames.filter { $0 != "prelude" }
    for directory in path.directories {
      let folder = joined(directory, prefix.joined(separator: "/"))
      for entry in access.entries(of: folder) where entry.hasSuffix(".orus") {
        candidates.append((prefix + [stem(of: entry)]).joined(separator: "."))
      }
    }
    var help: [Help] = []
    let bare = components.dropFirst().joined(separator: ".")
    if components[0] == "std", candidates.contains(bare) {
      help.append(
        Help("the standard modules are named without `std`: write `\(bare)`", edits: [.init(span, bare)]))
    } else if let nearest = nearestName(name, among: candidates) {
      help.append(Help("did you mean `\(nearest)`?", edits: [.init(span, nearest)]))
    }
    let relative = components.joined(separator: "/")
    let directories = path.directories.map { $0.isEmpty ? "the working directory" : "`\($0)`" }
    if path.directories.contains(where: { !access.entries(of: joined($0, relative)).isEmpty }) {
      let whole = tree.span(use)
      let lines = modules(named: use, in: tree, relative, name)
      let folder = Help(
        "`\(relative)` is a folder; a module is a file in it, such as `\(lines?[0] ?? "use \(name).some_file")`",
        edits: lines.map { [.init(whole, $0.joined(separator: "\n"))] } ?? [])
      // An import of another form was reported, with a help that takes the folder for a module.
      if lines != nil, let foreign = graph.diagnostics.firstIndex(where: { $0.primary.span.begins(whole) }) {
        graph.diagnostics[foreign].help = [folder]
        return
      }
      help.append(folder)
    }
    graph.diagnostics.append(
      Diagnostic(
        .error, ModuleCode.moduleNotFound, "there is no module `\(name)`", at: Label(span, "no such module"),
        explanation: "Looked for `\(relative).orus` in \(directories.joined(separator: ", ")), then in the standard "
          + "library.",
        help: help))
  }

  /// The lines that import what a `use` names as from a module, where the module is a folder and these are files in it;
  /// nil where one is none.
  private func modules(named use: NodeID, in tree: SyntaxTree, _ folder: String, _ path: String) -> [String]? {
    let view = tree.use(use)
    guard view.names != 0 else { return nil }
    let files = self.path.directories.flatMap { access.entries(of: joined($0, folder)) }
    let lines = tree.list(view.names - 1).map { name -> String? in
      let symbols = graph.symbols
      let (file, binding) = (symbols[Symbol(tree[name].a)], symbols[Symbol(tree[name].b)])
      guard files.contains(file + ".orus") else { return nil }
      return "use \(path).\(file)" + (file == binding ? "" : " as \(binding)")
    }
    return lines.contains(nil) ? nil : lines.compactMap { $0 }
  }

  private mutating func reportCycle(closedBy name: String, _ file: String, _ span: Span) {
    let start = stack.lastIndex { $0.file == file } ?? 0
    let cycle = stack[start...]
    let chain = cycle.map(\.name) + [name]
    let labels = cycle.dropLast().enumerated().map { i, entry in
      Label(entry.use, "`\(entry.name)` imports `\(chain[i + 1])`")
    }
    graph.diagnostics.append(
      Diagnostic(
        .error, ModuleCode.importCycle, "import cycle: " + chain.map { "`\($0)`" }.joined(separator: " → "),
        at: Label(span, "this import closes the cycle"), secondary: labels,
        explanation: chain.count == 2
          ? "The module imports itself."
          : "Each of these modules would have to be initialised before the other: "
            + chain.map { "`\($0)`" }.joined(separator: " → ") + ".",
        help: chain.count == 2 ? [] : [Help("move what both need into a module of its own")]))
  }
}

extension SyntaxTree {
  /// The source range of the module's name in a `use`.
  func pathSpan(_ use: NodeID) -> Span {
    let path = list(self.use(use).path)
    guard let first = path.first, let last = path.last else { return tokenSpan(use) }
    return Span(file: file, start: span(first).start, end: span(last).end)
  }
}

extension Span {
  /// Whether another range begins where this one does.
  fileprivate func begins(_ other: Span) -> Bool { file == other.file && start == other.start }
}
