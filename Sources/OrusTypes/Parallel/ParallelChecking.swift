import OrusThreads

/// Independent modules are checked at the same time; what comes of it is what
/// checking them one after the other gives, down to every number.
///
/// Public functions name their types, so a module needs no more of another one
/// than what that one declares. The first of several runs is checked by the
/// checker itself and the others by forks, which are merged in the order of the
/// modules. Two things that rarely happen make runs depend on each other after
/// all, and are seen afterwards: a method that a module adds to a type of another
/// one is visible to all that come later, and a function of the library may be
/// inferred where it is first used. Then the forks that this concerns are
/// dropped, and their modules checked once more.
extension Checker {
  mutating func checkModules(_ workers: Workers) {
    let sizes = inputs.map { $0.tree.sourceSize }
    if workers.threads(forTasksOf: sizes) < 2 { check(inputs.indices) } else { checkRuns(workers, sizes) }
  }

  private mutating func checkRuns(_ workers: Workers, _ sizes: [Int]) {
    // All import the prelude.
    let plan = IndependentRuns(
      imports: inputs.indices.map { $0 == 0 ? [] : [0] + inputs[$0].imports.values },
      sizes: sizes, workers: workers)
    var next = 0
    while next < inputs.count {
      let runs = plan.runs(from: next)
      let threads = isSettled ? workers.threads(forTasksOf: runs.map { plan.size(of: $0) }) : 1
      next = threads > 1 ? check(runs, workers, threads: threads) : check(alone: runs[0])
    }
  }

  private mutating func check(alone run: Run) -> Int {
    check(run)
    return run.upperBound
  }

  /// Gives the first module that is still to be checked.
  private mutating func check(_ runs: [Run], _ workers: Workers, threads: Int) -> Int {
    let forks = runs.dropFirst().map { Fork(of: self, for: $0) }
    _ = workers.map(runs.count, threads: threads) { task in
      if task == 0 { check(runs[0]) } else { forks[task - 1].check() }
    }
    var done = runs[0]
    for fork in forks {
      if !isSettled || addsForeignMethods(done) || fork.checker.bounds.isBroken || !fork.checker.isSettled { break }
      merge(fork)
      done = fork.run
    }
    return done.upperBound
  }

  /// A run has an `impl` for a type that others know too.
  private func addsForeignMethods(_ run: Run) -> Bool {
    run.contains { module in
      items[module].functions.contains { id in
        guard let owner = program.functions[Int(id.index)].owner else { return false }
        guard let declaration = program.types.declaration(owner) else { return true }
        return !run.contains(Int(program.declarations[Int(declaration.index)].module))
      }
    }
  }
}
