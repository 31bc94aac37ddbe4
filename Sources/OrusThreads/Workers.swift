import Glibc
import Synchronization

/// How many threads a stage of the compiler may use, and from how much work on
/// it pays to start one.
///
/// A thread lives as long as the tasks that it was started for: programs of one
/// small file, which are most, never start any.
public struct Workers: Sendable {
  /// Threads that may work at the same time, the calling one among them; nil for as many as there are processors.
  private let limit: Int?
  /// Bytes of source text that are worth a thread. Two modules of 50 KB take as long on one as on two.
  public let grain: Int

  /// Everything is done by the calling thread.
  public static let none = Workers(count: 1)

  /// As many threads as the machine has processors.
  public static let forAllProcessors = Workers(count: nil)

  public init(count: Int?, grain: Int = 96 << 10) {
    limit = count.map { max($0, 1) }
    self.grain = max(grain, 1)
  }

  /// Threads that may work at the same time, the calling one among them.
  public var count: Int { limit ?? Self.processors }

  /// Asking the system takes longer than all else here, so it is put off until there is work for several threads.
  private static let processors = max(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 1)

  /// The threads that are worth it for tasks of so many bytes of source text: what is left beside the largest has to
  /// keep others busy.
  public func threads(forTasksOf sizes: [Int]) -> Int {
    let rest = sizes.reduce(0, +) - (sizes.max() ?? 0)
    return rest < grain ? 1 : min(count, sizes.count, 1 + rest / grain)
  }

  /// Calls `body` with each number below `count`, which is once for each task, and gives what it gave in that order.
  /// Tasks are begun in order, by `threads` threads of which this one is the first. They must not share what one of
  /// them changes.
  public func map<Result>(_ count: Int, threads: Int, _ body: (Int) -> Result) -> [Result] {
    if threads < 2 || count < 2 { return (0..<count).map(body) }
    return withoutActuallyEscaping(body) { body in
      let tasks = Tasks(count, body)
      let helpers = (1..<min(threads, count)).compactMap { _ in DeepThread(tasks, takesInterrupts: false) }
      tasks.run()
      for helper in helpers { helper.join() }
      return tasks.take()
    }
  }
}

/// Tasks that several threads take one after the other.
private final class Tasks<Result>: Job {
  private let count: Int
  private let body: (Int) -> Result
  private let results: UnsafeMutablePointer<Result>
  private let next = Atomic(0)

  init(_ count: Int, _ body: @escaping (Int) -> Result) {
    self.count = count
    self.body = body
    results = .allocate(capacity: count)
  }

  deinit { results.deallocate() }

  override func run() {
    while true {
      let task = next.wrappingAdd(1, ordering: .relaxed).oldValue
      if task >= count { return }
      (results + task).initialize(to: body(task))
    }
  }

  /// What the tasks gave, once all threads have ended.
  func take() -> [Result] {
    Array(unsafeUninitializedCapacity: count) { memory, initialized in
      memory.baseAddress!.moveInitialize(from: results, count: count)
      initialized = count
    }
  }
}
