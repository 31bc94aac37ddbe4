import OrusDiagnostics
import OrusSyntax

/// What looking into a typed module found.
public struct ModuleAnalysis: Sendable {
  public let diagnostics: [Diagnostic]
  /// The trees of its `match`es, by node, for `TypedModule.decisions`.
  public let decisions: NumberMap<DecisionTree>
}

/// Everything that is checked once a module is typed: the paths through its
/// functions, its patterns, its literal formats, and what is only warned about.
///
/// The module's side tables are final: no inference variables. They may hold
/// error types; what those are about is not reported again. `source` is the
/// file's bytes; without them, spans inside string literals cover the literal.
public func analyzeModule(
  _ index: Int, of program: TypedProgram, source: UnsafeBufferPointer<UInt8>?
) -> ModuleAnalysis {
  let module = program.modules[index]
  let tree = module.tree
  var flow = FlowAnalysis(program, module: index)
  flow.run()
  var patterns = PatternChecks(module: module, program: program, source: source)
  var formats = FormatChecks(module: module, program: program, source: source)
  var lints = Lints(module, program)
  // What does not depend on paths is found in the order of the rows.
  for number in 1..<max(1, UInt32(tree.nodeCount)) {
    let id = NodeID(number)
    let row = tree[id]
    switch row.kind {
    case .name:
      lints.visitName(id, row)
    case .call:
      formats.checkCall(id, row)
    case .interpolation:
      formats.checkInterpolation(id, row)
    case .assign:
      lints.visitAssignment(id, row)
    case .match:
      patterns.checkMatch(id)
    case .letStatement:
      patterns.checkIrrefutable(NodeID(row.a), .letStatement)
      lints.visitLet(id, row)
    case .forStatement:
      patterns.checkIrrefutable(NodeID(row.a), .forLoop)
    case .forClause:
      patterns.checkIrrefutable(NodeID(row.a), .comprehension)
    case .letCondition:
      patterns.checkRefutable(NodeID(row.a))
    case .matches:
      patterns.checkRefutable(NodeID(row.b))
    case .cast:
      lints.visitCast(id, row)
    case .function, .parameter, .typeParameter, .structDeclaration, .fieldDeclaration, .enumDeclaration, .variant,
      .payloadField, .constStatement, .bindingPattern, .restPattern, .tryExpression:
      lints.visitDeclaration(id, row)
    case .error:
      lints.hasSyntaxErrors = true
    default:
      break
    }
  }
  lints.finish()
  return ModuleAnalysis(
    diagnostics: flow.diagnostics + patterns.diagnostics + formats.diagnostics + lints.diagnostics,
    decisions: patterns.decisions)
}
