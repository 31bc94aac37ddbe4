import Foundation
import OrusThreads
import Synchronization
import Testing

struct WorkersTests {
  @Test func resultsStandInTheOrderOfTheTasks() {
    for threads in 1...5 {
      #expect(Workers(count: threads).map(100, threads: threads) { $0 * $0 } == (0..<100).map { $0 * $0 })
    }
    #expect(Workers(count: 4).map(0, threads: 4) { $0 } == [])
  }

  /// Two tasks that wait for each other.
  @Test func tasksRunAtTheSameTime() {
    let arrived = Atomic(0)
    let met = Workers(count: 2).map(2, threads: 2) { _ in
      arrived.wrappingAdd(1, ordering: .relaxed)
      let end = Date(timeIntervalSinceNow: 30)
      while arrived.load(ordering: .relaxed) < 2, Date() < end { sched_yield() }
      return arrived.load(ordering: .relaxed)
    }
    #expect(met == [2, 2])
  }

  @Test func littleWorkIsNotWorthAThread() {
    let workers = Workers(count: 4, grain: 1000)
    #expect([0, 1999, 2000, 3999, 100_000].map { workers.threads(for: $0) } == [1, 1, 2, 3, 4])
    #expect(Workers(count: 0).threads(for: 1 << 30) == 1)
  }
}
