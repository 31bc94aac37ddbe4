import OrusDiagnostics
import OrusSyntax

/// One walk over each function of a module, in the order of evaluation, that
/// follows what every path has done: which variables declared without a value
/// have one by now, whether any path gets here at all, and whether the paths
/// that reach the end of the function bring a value.
///
/// Only variables that can be without a value have a slot: those declared so,
/// and those that a nested function uses which may be called before they are
/// declared. Most functions have none, and then the walk is about paths alone.
///
/// A path that ends in something that could not be read or typed is unknown
/// rather than ended, so that an error has no consequences here.
///
/// Left spines (`a + b + c`, `a.b().c()`), `elif` chains and chains of
/// conditionals are walked in loops, since they may be as long as the source;
/// all other recursion is bounded by the limit on nesting.
struct FlowAnalysis {
  let module: TypedModule
  let moduleIndex: UInt32
  let program: TypedProgram
  let tree: SyntaxTree
  var diagnostics: [Diagnostic] = []

  var state = FlowState()
  /// A variable that may be without a value. Slots are numbered by depth of scope: a block gives its own back at its
  /// end.
  struct Slot {
    let variable: Variable
    let isMutable: Bool
    /// The first assignment in the source.
    var assignment: NodeID = .none
  }
  /// A local, or a module-level `let` while the module's own statements are walked.
  enum Variable: Hashable {
    case local(UInt32)
    case global(UInt32)
  }
  var slots: [Slot] = []
  var slotNumbers: [Variable: Int] = [:]

  struct Loop {
    /// Symbol + 1, or 0.
    let label: UInt32
    /// Variables with a smaller slot were declared before the loop.
    let slotCount: Int
    /// Where its `break`s lead, and its `continue`s.
    var breaks = FlowState.unreachable
    var continues = FlowState.unreachable
  }
  var loops: [Loop] = []

  /// The function, lambda or top-level code being walked.
  struct Frame {
    let function: FunctionID?
    let node: NodeID
    let isTopLevel: Bool
    /// Ends of paths without the value that the function gives.
    var missing: [(span: Span, end: FlowMessage.PathEnd)] = []
  }
  var frame: Frame

  /// Slots that were assigned since the innermost `try` began.
  var touched = SlotSet()
  /// Variables whose assignment has been reported.
  var reported: Set<Variable> = []
  /// The nodes of left spines that are being walked.
  var spine: [NodeID] = []
  lazy var declarations = DeclarationSites(module)

  init(_ program: TypedProgram, module index: Int) {
    self.program = program
    module = program.modules[index]
    moduleIndex = UInt32(index)
    tree = module.tree
    frame = Frame(function: nil, node: module.tree.root, isTopLevel: true)
  }

  // MARK: Module

  mutating func run() {
    let items = tree.list(tree[tree.root].a)
    block(items, tail: false)
  }

  /// A declaration among the statements of the module or of a block.
  mutating func declaration(_ id: NodeID) {
    let row = tree[id]
    switch row.kind {
    case .function:
      function(id)
    case .implementation:
      for method in tree.list(tree.implementation(id).methods) { function(method) }
    case .structDeclaration:
      for field in tree.list(tree.structure(id).fields) where tree.kind(field) == .fieldDeclaration {
        defaultValue(tree.fieldDeclaration(field).defaultValue)
      }
    default:
      break
    }
  }

  /// A default is evaluated elsewhere.
  private mutating func defaultValue(_ id: NodeID) {
    if id.isNone { return }
    let outer = state
    expression(id)
    state = outer
  }

  // MARK: Functions

  /// A named function or method. It may be called at any time after the variables that it captures have their values,
  /// which is checked where its name is used.
  mutating func function(_ id: NodeID) {
    let outer = state
    state = FlowState()
    state.assigned = .all(below: slots.count)
    state.maybeAssigned = state.assigned
    body(of: id)
    state = outer
  }

  /// A function expression, which sees the variables as they are where it is made.
  mutating func lambda(_ id: NodeID) {
    let outer = state
    state.maybeAssigned = .all(below: slots.count)
    body(of: id)
    state = outer
  }

  private mutating func body(of id: NodeID) {
    let view = tree.function(id)
    for parameter in tree.list(view.parameters) where tree.kind(parameter) == .parameter {
      defaultValue(tree.parameter(parameter).defaultValue)
    }
    if view.body.isNone { return }
    let use = module.use(id)
    let isKnown = use.kind == .function && Int(use.index) < program.functions.count
    let function = isKnown ? FunctionID(use.index) : nil
    let outerFrame = frame
    let outerLoops = loops
    loops = []
    frame = Frame(function: function, node: id, isTopLevel: false)
    block(view.body, tail: function.map { needsValue($0) } ?? false)
    reportMissingValue(view)
    frame = outerFrame
    loops = outerLoops
  }

  private mutating func needsValue(_ function: FunctionID) -> Bool {
    if program.functions[Int(function.index)].native != nil { return false }
    switch program.types.kind(program.functions[Int(function.index)].result) {
    case .void, .never, .error, .variable: return false
    default: return true
    }
  }

  private mutating func reportMissingValue(_ view: FunctionView) {
    guard !frame.missing.isEmpty, let function = frame.function else { return }
    let info = program.functions[Int(function.index)]
    let name = info.name == 0 ? nil : program.symbols[Symbol(info.name - 1)]
    diagnostics.append(
      FlowMessage.missingValue(
        frame.missing, function: name, type: program.typeName(info.result),
        declared: view.returnType.isNone ? nil : tree.span(view.returnType)))
  }

  // MARK: Names

  func name(of variable: Variable) -> String {
    switch variable {
    case .local(let index): program.symbols[program.locals[Int(index)].name]
    case .global(let index): program.symbols[program.globals[Int(index)].name]
    }
  }
}
