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
    #expect(workers.threads(forTasksOf: []) == 1)
    #expect(workers.threads(forTasksOf: [100_000]) == 1)
    #expect(workers.threads(forTasksOf: [100_000, 999]) == 1)
    #expect(workers.threads(forTasksOf: [1000, 1000]) == 2)
    #expect(workers.threads(forTasksOf: [1000, 1000, 1000, 1000, 1000]) == 4)
    #expect(workers.threads(forTasksOf: [100_000, 100_000]) == 2)
    #expect(Workers(count: 0).threads(forTasksOf: [1 << 30, 1 << 30]) == 1)
  }
}
