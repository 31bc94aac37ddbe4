import Synchronization

/// Asks a run to stop, from a signal handler or another thread. The run looks at
/// it every so many instructions.
public struct StopFlag: @unchecked Sendable {
  /// Never freed, so that a late signal finds it.
  private let flag: UnsafeMutablePointer<Atomic<UInt32>>

  public init() {
    flag = .allocate(capacity: 1)
    flag.initialize(to: Atomic(0))
  }

  /// The user interrupts: the run ends. Safe in a signal handler.
  public func interrupt() { flag.pointee.store(1, ordering: .relaxed) }
  /// The host stops the run: it panics with E0011.
  public func stop() { _ = flag.pointee.compareExchange(expected: 0, desired: 2, ordering: .relaxed) }

  var wasInterrupted: Bool { flag.pointee.load(ordering: .relaxed) == 1 }
  var wasStopped: Bool { flag.pointee.load(ordering: .relaxed) == 2 }
}
