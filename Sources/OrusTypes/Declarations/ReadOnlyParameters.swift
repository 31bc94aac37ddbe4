import OrusDiagnostics
import OrusSyntax

/// A fixed array that was handed to a function as an array.
struct FixedArgument {
  let module: Int
  let node: NodeID
  let function: FunctionID
  /// Among all parameters, `self` included.
  let parameter: Int
}

/// `[T; N]` is accepted where `[T]` is only read: by a parameter whose every use
/// in the function's body reads it. A parameter that is stored, returned,
/// captured or changed could end as an array that grows.
extension Checker {
  /// Once all bodies are checked.
  mutating func checkFixedArguments() {
    var known: [UInt64: Bool] = [:]
    for argument in fixedArguments where !onlyReads(argument.function, argument.parameter, &known) {
      enterModule(argument.module)
      let info = program.functions[Int(argument.function.index)]
      let nodes = trees[Int(info.module)].list(trees[Int(info.module)].function(info.node).parameters)
      let why = Reason(kind: .parameter, module: Int32(info.module), node: nodes[argument.parameter])
      let found = type(of: argument.node)
      report(
        TypeMessage.mismatch(
          span(argument.node), expected: name(program.types.array(TypeID(program.types[found].a))), found: name(found),
          because: (why.kind, trees[Int(info.module)].span(why.node))))
    }
  }

  mutating func onlyReads(_ id: FunctionID, _ parameter: Int, _ known: inout [UInt64: Bool]) -> Bool {
    let info = program.functions[Int(id.index)]
    if let native = info.native { return !keeping.contains(text(native)) }
    guard parameter < info.parameterLocals.count else { return true }
    let key = UInt64(id.index) << 16 | UInt64(parameter)
    if let answer = known[key] { return answer }
    // While it is looked at, a call of itself changes nothing.
    known[key] = true
    enterModule(Int(info.module))
    let tree = trees[Int(info.module)]
    let body = tree.function(info.node).body
    let names = names(of: info.parameterLocals[parameter], in: body)
    var uses = 0
    var reads = 0
    // Operands come before what they are part of.
    for number in tree.firstNode(of: body)...body.index {
      let node = NodeID(number)
      let row = tree[node]
      func isLocal(_ operand: NodeID) -> Bool { tree.kind(operand) == .name && isUse(operand, of: names) }
      switch row.kind {
      case .name: if isLocal(node) { uses += 1 }
      case .index: if isLocal(NodeID(row.a)) { reads += 1 }
      case .field:
        let isMethod = current.use(node).kind == .method && !changing.contains(text(Symbol(row.b)))
        if isLocal(NodeID(row.a)), isMethod { reads += 1 }
      case .binary:
        if isLocal(NodeID(row.a)) { reads += 1 }
        if isLocal(NodeID(row.b)) { reads += 1 }
      case .forStatement: if isLocal(tree.forLoop(node).iterable) { reads += 1 }
      case .forClause: if isLocal(NodeID(row.b)) { reads += 1 }
      case .letCondition: if isLocal(NodeID(row.b)) { reads += 1 }
      case .interpolation, .spreadArgument, .match, .matches: if isLocal(NodeID(row.a)) { reads += 1 }
      case .assign:
        // `xs[i] = …` writes.
        let target = NodeID(row.a)
        if tree.kind(target) == .index, isLocal(NodeID(tree[target].a)) { reads -= 1 }
      case .call:
        for (i, argument) in tree.list(row.b).enumerated() where isLocal(argument) {
          if isRead(call: node, argument: i, tree, &known) { reads += 1 }
          enterModule(Int(info.module))
        }
      default: break
      }
    }
    known[key] = uses <= reads
    return uses <= reads
  }

  /// The locals that hold what one of them holds: itself, and those to which a pattern in the body gives the whole of
  /// it, as in `match xs: ys: …`.
  private func names(of local: LocalID, in body: NodeID) -> Set<UInt32> {
    var names: Set<UInt32> = [local.index]
    func bind(_ pattern: NodeID) {
      switch tree.kind(pattern) {
      case .bindingPattern: names.insert(current.use(pattern).index)
      case .alternativePattern: for part in tree.list(tree[pattern].a) { bind(part) }
      default: break
      }
    }
    // Outer patterns, which come last, bind what inner ones match.
    for number in (tree.firstNode(of: body)...body.index).reversed() {
      let row = tree[NodeID(number)]
      switch row.kind {
      case .match where isUse(NodeID(row.a), of: names): for arm in tree.list(row.b) { bind(NodeID(tree[arm].a)) }
      case .letCondition where isUse(NodeID(row.b), of: names): bind(NodeID(row.a))
      default: break
      }
    }
    return names
  }

  private func isUse(_ node: NodeID, of names: Set<UInt32>) -> Bool {
    let use = current.use(node)
    return use.kind == .local && names.contains(use.index)
  }

  /// Whether what is called only reads that argument.
  mutating func isRead(
    call: NodeID, argument: Int, _ tree: SyntaxTree, _ known: inout [UInt64: Bool]
  ) -> Bool {
    let callee = NodeID(tree[call].a)
    let own = current.use(call)
    if own.kind == .method { return tree.kind(callee) == .name && !changing.contains(text(Symbol(tree[callee].a))) }
    let use = current.use(callee)
    switch use.kind {
    case .builtin: return true
    case .function: return onlyReads(FunctionID(use.index), argument, &known)
    case .method: return onlyReads(FunctionID(use.index), argument + 1, &known)
    default: return false
    }
  }

  /// Methods of arrays that change them.
  var changing: Set<String> {
    ["push", "pop", "insert", "remove", "extend", "clear", "reserve", "reverse", "sort", "sort_by", "sort_by_key"]
  }

  /// Natives that store an argument, or give it back.
  private var keeping: Set<String> { ["array_push", "array_insert", "map_set", "map_get_or"] }
}

extension SyntaxTree {
  /// The first of the rows that a node's parts stand in: the one behind the last that ends before it begins.
  func firstNode(of node: NodeID) -> UInt32 {
    let start = span(node).start
    var first = node.index
    while first > 1, span(NodeID(first - 1)).start >= start { first -= 1 }
    return first
  }
}
