import OrusDiagnostics
import OrusSyntax

enum ConstantState: UInt8 {
  case untyped
  /// Its type is written, and read; its value is not checked yet.
  case declared
  case typing, typed
}

extension Checker {
  mutating func addConstant(_ node: NodeID) -> UInt32 {
    let id = UInt32(program.constants.count)
    let row = tree[node]
    program.constants.append(
      ConstantInfo(
        name: Symbol(row.a), module: UInt32(currentIndex), node: node, type: .error, value: .composite,
        isPublic: row.detail & 1 != 0))
    constantStates.append(.untyped)
    setUse(node, Use(.constant, id))
    return id
  }

  /// Sees to it that a constant's type is known. One that is written tells it without a look at the value.
  mutating func declareConstant(_ id: UInt32) {
    guard constantStates[Int(id)] == .untyped else { return }
    let info = program.constants[Int(id)]
    let annotation = trees[Int(info.module)].constStatement(info.node).type
    if annotation.isNone { return prepareConstant(id) }
    constantStates[Int(id)] = .declared
    withoutLocals { checker in
      checker.enterModule(Int(info.module))
      checker.program.constants[Int(id)].type = checker.resolveType(annotation)
    }
  }

  /// Types a constant's expression, and with it those that it mentions.
  mutating func prepareConstant(_ id: UInt32) {
    guard constantStates[Int(id)] == .untyped || constantStates[Int(id)] == .declared else { return }
    let info = program.constants[Int(id)]
    if !trees[Int(info.module)].constStatement(info.node).type.isNone { declareConstant(id) }
    constantStates[Int(id)] = .typing
    constantStack.append(id)
    defer { constantStack.removeLast() }
    let mark = openMark()
    variables.level += 1
    let level = variables.level
    withoutLocals { checker in
      checker.enterModule(Int(info.module))
      checker.typeConstant(id)
    }
    let module = currentIndex
    enterModule(Int(info.module))
    generalize([], from: mark, level: level)
    enterModule(module)
    variables.level -= 1
    program.constants[Int(id)].type = resolve(program.constants[Int(id)].type)
    constantStates[Int(id)] = .typed
    forgetVariables()
  }

  mutating func typeConstant(_ id: UInt32) {
    let info = program.constants[Int(id)]
    let view = tree.constStatement(info.node)
    if view.type.isNone {
      program.constants[Int(id)].type = infer(view.value)
    } else {
      check(view.value, program.constants[Int(id)].type, reason(.annotation, view.type))
    }
  }

  /// Constants without written types that need each other's.
  mutating func reportCycle(_ cycle: [UInt32], at node: NodeID) {
    guard let first = cycle.first else { return }
    let names = (cycle + [first]).map { text(program.constants[Int($0)].name) }
    report(ConstantMessage.cycle(span(node), names: names))
  }

  /// Evaluates every constant of a module.
  mutating func evaluateConstants(_ module: Int) {
    for id in items[module].constants { evaluateConstant(id) }
  }

  mutating func evaluateConstant(_ id: UInt32) {
    prepareConstant(id)
    guard program.types.kind(program.constants[Int(id)].type) != .error else { return }
    let module = currentIndex
    enterModule(-1)
    if let value = evaluator.value(of: id, in: program) { program.constants[Int(id)].value = value.stored }
    reportEvaluation()
    enterModule(module)
  }

  /// Hands on what the evaluator found.
  mutating func reportEvaluation() {
    for diagnostic in evaluator.takeDiagnostics() { report(diagnostic) }
  }
}
