import OrusSyntax

extension Checker {
  /// Takes over what a fork found. This is the list of everything in the checker that grows from module to module;
  /// the rest begins anew with each.
  mutating func merge(_ fork: Fork) {
    let beginnings = fork.beginnings
    let numbers = Renumbering(of: fork, in: &program)

    for row in fork.checker.program.declarations[Int(beginnings.declarations)...] {
      program.declarations.append(numbers(row))
    }
    for row in fork.checker.program.parameters[Int(beginnings.parameters)...] {
      program.parameters.append(numbers(row))
    }
    for row in fork.checker.program.functions[Int(beginnings.functions)...] { program.functions.append(numbers(row)) }
    for row in fork.checker.program.locals[Int(beginnings.locals)...] { program.locals.append(numbers(row)) }
    for row in fork.checker.program.globals[Int(beginnings.globals)...] { program.globals.append(numbers(row)) }
    for row in fork.checker.program.constants[Int(beginnings.constants)...] { program.constants.append(numbers(row)) }

    for state in fork.checker.states[Int(beginnings.functions)...] { states.append(numbers(state)) }
    localFacts += fork.checker.localFacts[Int(beginnings.locals)...]
    constantStates += fork.checker.constantStates[Int(beginnings.constants)...]
    evaluator.merge(fork.checker.evaluator, numbers)
    for (type, answer) in fork.checker.equatable where equatable[numbers(type)] == nil {
      equatable[numbers(type)] = answer
    }

    for module in fork.run {
      swap(&program.modules[module], &fork.checker.program.modules[module])
      numbers.renumber(&program.modules[module])
      swap(&moduleScopes[module], &fork.checker.moduleScopes[module])
      numbers.renumber(&moduleScopes[module])
      swap(&items[module], &fork.checker.items[module])
      numbers.renumber(&items[module])
      for id in items[module].functions { addToMethods(id) }
    }

    nestedUses += fork.checker.nestedUses.map { numbers($0) }
    fixedArguments += fork.checker.fixedArguments.map { numbers($0) }
    sentFunctions += fork.checker.sentFunctions
    sentTypes += fork.checker.sentTypes
    constantUses += fork.checker.constantUses.map { numbers($0) }
    for id in fork.checker.demanded { demand(numbers(id), isNew: id.index >= beginnings.functions) }
    for diagnostic in fork.checker.diagnostics { report(diagnostic) }
  }

  /// What the fork added itself is marked as demanded already.
  private mutating func demand(_ id: FunctionID, isNew: Bool) {
    if !isNew, states[Int(id.index)].bodyStarted { return }
    states[Int(id.index)].bodyStarted = true
    demanded.append(id)
  }
}
