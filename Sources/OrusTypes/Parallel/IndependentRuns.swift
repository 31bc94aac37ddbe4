import OrusThreads

/// Modules that follow one another in the order of initialisation.
typealias Run = Range<Int>

/// Says which modules can be checked at the same time.
///
/// The order of initialisation is the one in which a walk through the imports
/// leaves the modules, so what a module alone imports stands right before it. A
/// run of neighbours that import only from each other, and from what is checked
/// already, needs nothing of the runs beside it.
struct IndependentRuns {
  /// The modules that each module imports: earlier ones.
  let imports: [[Int]]
  /// What checking each module costs, in bytes of source text.
  let sizes: [Int]
  let workers: Workers
  /// What all modules before one cost; one more at the end.
  private let sums: [Int]

  init(imports: [[Int]], sizes: [Int], workers: Workers) {
    self.imports = imports
    self.sizes = sizes
    self.workers = workers
    sums = sizes.reduce(into: [0]) { sums, size in sums.append(sums[sums.count - 1] + size) }
  }

  /// The runs that come next where everything before `first` is checked, as many as can be told apart. A single one
  /// has to be checked before more is known.
  func runs(from first: Int) -> [Run] {
    if workers.threads(forTasksOf: Array(sizes[first...])) < 2 { return [first..<sizes.count] }
    let rest = size(of: first..<sizes.count)
    let runs = joined(runs(from: first, mostBytes: max(rest / (2 * workers.count), workers.grain)))
    // One that others wait for, in all likelihood: behind it they may be independent.
    return runs.count > 1 ? runs : [first..<first + 1]
  }

  func size(of run: Run) -> Int { sums[run.upperBound] - sums[run.lowerBound] }

  /// The smallest runs, up to the first module that makes too large a one of those it imports.
  private func runs(from first: Int, mostBytes: Int) -> [Run] {
    var runs: [Run] = []
    for module in first..<sizes.count {
      let lowest = imports[module].filter { $0 >= first }.min() ?? module
      var run = module..<module + 1
      var kept = runs.count
      while kept > 0, runs[kept - 1].upperBound > lowest {
        kept -= 1
        run = runs[kept].lowerBound..<run.upperBound
      }
      if kept < runs.count, size(of: run) > mostBytes { return runs }
      runs.removeLast(runs.count - kept)
      runs.append(run)
    }
    return runs
  }

  /// The same, with neighbours put together that are too small to be worth a thread.
  private func joined(_ runs: [Run]) -> [Run] {
    let least = max(workers.grain, runs.reduce(0) { $0 + size(of: $1) } / (4 * workers.count))
    var result: [Run] = []
    for run in runs {
      if let last = result.last, size(of: last) < least {
        result[result.count - 1] = last.lowerBound..<run.upperBound
      } else {
        result.append(run)
      }
    }
    return result
  }
}
