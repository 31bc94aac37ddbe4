import OrusDiagnostics
import OrusSyntax

/// Evaluates the expressions of constants, whose nodes are typed.
///
/// A constant's value needs the values of those that it mentions. They are
/// evaluated first, from a work list, so that a chain of constants may be as
/// long as the program; and a constant that is still being worked on when it is
/// needed again closes a cycle.
public struct ConstantEvaluator: ~Copyable {
  private enum Progress {
    case begun, done
  }

  private struct Task {
    let constant: UInt32
    let needs: [UInt32]
    var next = 0
  }

  private var progress: [UInt32: Progress] = [:]
  /// Of constants that are done; those with an error have none.
  private var values: [UInt32: ConstantValue] = [:]
  private var diagnostics: [Diagnostic] = []

  public init() {}

  /// One that knows the same values, for a fork.
  func copy() -> ConstantEvaluator {
    var result = ConstantEvaluator()
    result.progress = progress
    result.values = values
    return result
  }

  /// Takes over the values that a fork has found.
  mutating func merge(_ fork: borrowing ConstantEvaluator, _ numbers: Renumbering) {
    for (constant, known) in fork.progress { progress[numbers.constant(constant)] = known }
    for (constant, value) in fork.values { values[numbers.constant(constant)] = numbers(value) }
  }

  /// What was found since the last time.
  public mutating func takeDiagnostics() -> [Diagnostic] {
    let taken = diagnostics
    diagnostics = []
    return taken
  }

  /// The value of `program.constants[constant]`, evaluated at most once; nil after an error was reported. Constants
  /// that it depends on must be typed.
  public mutating func value(of constant: UInt32, in program: TypedProgram) -> ConstantValue? {
    if progress[constant] == .done { return values[constant] }
    var tasks = [begin(constant, program)]
    while let task = tasks.last {
      if task.next < task.needs.count {
        tasks[tasks.count - 1].next += 1
        let need = task.needs[task.next]
        switch progress[need] {
        case .done: break
        case nil: tasks.append(begin(need, program))
        case .begun: reportCycle(tasks, to: need, program)
        }
        continue
      }
      tasks.removeLast()
      if progress[task.constant] == .begun {
        let info = program.constants[Int(task.constant)]
        let expression = program.modules[Int(info.module)].tree.constStatement(info.node).value
        values[task.constant] = evaluateTyped(expression, info.module, program, of: info.node)
        progress[task.constant] = .done
      }
    }
    return values[constant]
  }

  /// The value of any typed expression, such as a length; nil after an error was reported.
  public mutating func evaluate(_ node: NodeID, module: UInt32, in program: TypedProgram) -> ConstantValue? {
    for need in constants(in: node, program.modules[Int(module)]) where value(of: need, in: program) == nil {
      return nil
    }
    return evaluateTyped(node, module, program)
  }

  private mutating func begin(_ constant: UInt32, _ program: TypedProgram) -> Task {
    progress[constant] = .begun
    let info = program.constants[Int(constant)]
    let module = program.modules[Int(info.module)]
    let expression = module.tree.constStatement(info.node).value
    return Task(constant: constant, needs: constants(in: expression, module))
  }

  /// The constants that an expression mentions, in its order.
  private func constants(in node: NodeID, _ module: TypedModule) -> [UInt32] {
    if node.isNone { return [] }
    let tree = module.tree
    var result: [UInt32] = []
    var work = [node]
    while let id = work.popLast() {
      let use = module.use(id)
      if use.kind == .constant {
        result.append(use.index)
        continue
      }
      let row = tree[id]
      switch row.kind {
      case .negate, .bitNot, .logicalNot, .parenthesized, .cast, .tupleField, .field:
        work.append(NodeID(row.a))
      case .binary, .logicalAnd, .logicalOr, .index, .arrayRepeat:
        work.append(NodeID(row.b))
        work.append(NodeID(row.a))
      case .arrayLiteral, .tuple:
        work.append(contentsOf: tree.list(row.a).reversed())
      case .conditional:
        let view = tree.conditional(id)
        work.append(contentsOf: [view.otherwise, view.then, NodeID(row.a)])
      default:
        break
      }
    }
    return result
  }

  private mutating func reportCycle(_ tasks: [Task], to need: UInt32, _ program: TypedProgram) {
    guard let start = tasks.firstIndex(where: { $0.constant == need }) else { return }
    let cycle = tasks[start...].map(\.constant)
    for constant in cycle { progress[constant] = .done }
    let info = program.constants[Int(need)]
    let names = cycle.map { program.symbols[program.constants[Int($0)].name] }
    diagnostics.append(
      ConstantMessage.cycle(program.modules[Int(info.module)].tree.tokenSpan(info.node), names: names + [names[0]]))
  }

  /// - Parameter constant: the declaration whose value the expression is, if it is one.
  private mutating func evaluateTyped(
    _ node: NodeID, _ module: UInt32, _ program: TypedProgram, of constant: NodeID = .none
  ) -> ConstantValue? {
    if node.isNone { return nil }
    var evaluation = ConstantExpression(program.modules[Int(module)], program, known: values, constant: constant)
    let value = evaluation.value(node)
    diagnostics += evaluation.diagnostics
    return value
  }
}
