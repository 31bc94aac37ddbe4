import OrusThreads
import Testing

@testable import OrusTypes

/// Which modules are checked at the same time.
struct IndependentRunsTests {
  /// All runs that are told apart, step by step.
  private func steps(_ imports: [[Int]], sizes: [Int]? = nil, threads: Int = 2, grain: Int = 1) -> [[Run]] {
    let plan = IndependentRuns(
      imports: imports, sizes: sizes ?? imports.map { _ in 10 }, workers: Workers(count: threads, grain: grain))
    var steps: [[Run]] = []
    var next = 0
    while next < imports.count {
      steps.append(plan.runs(from: next))
      next = steps[steps.count - 1].last!.upperBound
    }
    return steps
  }

  @Test func modulesThatOneImportsAreIndependent() {
    #expect(steps([[], [], [], [], [0, 1, 2, 3]]) == [[0..<1, 1..<2, 2..<3, 3..<4], [4..<5]])
  }

  @Test func chainIsCheckedInOrder() {
    #expect(steps([[], [0], [1], [2]]) == [[0..<1], [1..<2], [2..<3], [3..<4]])
  }

  @Test func moduleThatAllImportComesFirst() {
    #expect(steps([[], [0], [0], [0], [0], [1, 2, 3, 4]]) == [[0..<1], [1..<2, 2..<3, 3..<4, 4..<5], [5..<6]])
  }

  /// 0 and 1 are parts of 2, as 3 and 4 are of 5.
  @Test func subtreesStayTogether() {
    let imports = [[], [0], [0, 1], [], [3], [3, 4], [2, 5]]
    #expect(steps(imports, sizes: [1, 1, 1, 1, 1, 1, 10]) == [[0..<3, 3..<6], [6..<7]])
  }

  @Test func smallProgramIsOneRun() {
    #expect(steps([[], [], [], [0, 1, 2]], grain: 1000) == [[0..<4]])
    #expect(steps([[], [], [], [0, 1, 2]], threads: 1) == [[0..<4]])
  }

  @Test func smallNeighboursShareARun() {
    let runs = steps(Array(repeating: [], count: 100), threads: 2)[0]
    #expect(runs.map(\.count) == [13, 13, 13, 13, 13, 13, 13, 9])
  }
}
