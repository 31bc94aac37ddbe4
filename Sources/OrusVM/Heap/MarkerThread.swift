import Glibc
import Synchronization

/// The thread that marks while the program runs, and what it shares with the
/// program's thread.
///
/// The two meet only at `exchange`, a list of objects to be scanned, under the
/// mutex: the program puts in roots and what its write barrier has caught, the
/// marker takes all of it when it has nothing else. To take part in the marking,
/// the program takes from there too, and the marker gives half of what it has when
/// asked. The program never waits for the marker, except at the mutex and to end a
/// collection that has to be complete at once.
///
/// Invariant: a marked object that has not been scanned is in the exchange, or in
/// the hands of one of the two. So marking is over when the exchange is empty, the
/// marker idle and the program's own list empty.
struct MarkerThread {
  /// Reached field by field: both threads have it in their hands.
  private let state: UnsafeMutablePointer<State>

  private struct State: ~Copyable {
    var mutex = pthread_mutex_t()
    /// There is work, or the thread has to end.
    var hasWork = pthread_cond_t()
    var thread = pthread_t()
    let types: UnsafeMutablePointer<RuntimeType>
    let youngBase: UInt
    let seed: UInt64?
    // Under the mutex.
    var exchange = AddressList()
    var isIdle = true
    var isEnding = false
    var processorTime = 0
    // Not.
    let isAsked = Atomic(false)
    let scannedBytes = Atomic(0)

    init(_ types: UnsafeMutablePointer<RuntimeType>, _ youngBase: UInt, _ seed: UInt64?) {
      self.types = types
      self.youngBase = youngBase
      self.seed = seed
    }
  }

  /// Starts the thread; nil where there can be none. With a seed, it stops at points that this chooses.
  init?(_ types: UnsafeMutablePointer<RuntimeType>, youngBase: UInt, seed: UInt64?) {
    state = .allocate(capacity: 1)
    state.initialize(to: State(types, youngBase, seed))
    pthread_mutex_init(&state.pointee.mutex, nil)
    pthread_cond_init(&state.pointee.hasWork, nil)
    // Signals are for the program's thread.
    var all = sigset_t()
    var before = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_BLOCK, &all, &before)
    let failure = pthread_create(&state.pointee.thread, nil, { argument in
      MarkerThread(state: argument!.assumingMemoryBound(to: State.self)).run()
      return nil
    }, state)
    pthread_sigmask(SIG_SETMASK, &before, nil)
    if failure != 0 {
      deallocate()
      return nil
    }
  }

  private init(state: UnsafeMutablePointer<State>) { self.state = state }

  private func deallocate() {
    pthread_mutex_destroy(&state.pointee.mutex)
    pthread_cond_destroy(&state.pointee.hasWork)
    state.pointee.exchange.deallocate()
    state.deinitialize(count: 1)
    state.deallocate()
  }

  /// Ends the thread, whatever it has still to do.
  func stop() {
    state.pointee.isAsked.store(true, ordering: .relaxed)
    locked {
      state.pointee.isEnding = true
      pthread_cond_signal(&state.pointee.hasWork)
    }
    pthread_join(state.pointee.thread, nil)
    deallocate()
  }

  @inline(__always) private func locked<Result>(_ body: () -> Result) -> Result {
    pthread_mutex_lock(&state.pointee.mutex)
    defer { pthread_mutex_unlock(&state.pointee.mutex) }
    return body()
  }

  // MARK: The marker's side

  private func run() {
    var worker = MarkWorker(state.pointee.types, youngBase: state.pointee.youngBase)
    var random = state.pointee.seed
    while takeWork(&worker) {
      while !worker.isDone {
        worker.scan(atMost: 256)
        state.pointee.scannedBytes.store(worker.markedBytes, ordering: .relaxed)
        if state.pointee.isAsked.load(ordering: .relaxed), !share(&worker) { break }
        if random != nil { pauseSometimes(&random!) }
      }
    }
    worker.pending.deallocate()
  }

  /// Waits for work and takes all there is. False: the thread has to end.
  private func takeWork(_ worker: inout MarkWorker) -> Bool {
    locked {
      while state.pointee.exchange.count == 0, !state.pointee.isEnding {
        state.pointee.isIdle = true
        state.pointee.processorTime = threadTime()
        pthread_cond_wait(&state.pointee.hasWork, &state.pointee.mutex)
      }
      state.pointee.isIdle = false
      state.pointee.exchange.moveLast(state.pointee.exchange.count, to: &worker.pending)
      return !state.pointee.isEnding
    }
  }

  /// Gives half of the work to whoever asked: the older half, where the larger parts of a graph usually hang. False:
  /// the thread has to end.
  private func share(_ worker: inout MarkWorker) -> Bool {
    state.pointee.isAsked.store(false, ordering: .relaxed)
    return locked {
      worker.pending.moveFirst(worker.pending.count / 2, to: &state.pointee.exchange)
      return !state.pointee.isEnding
    }
  }

  /// In tests: the thread stops where nobody expects it.
  private func pauseSometimes(_ random: inout UInt64) {
    random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    if random >> 61 == 0 { usleep(UInt32(random >> 50 & 1023)) }
  }

  // MARK: The program's side

  /// Bytes of the objects that the thread has ever scanned, nearly; exactly when it is idle.
  var scannedBytes: Int { state.pointee.scannedBytes.load(ordering: .relaxed) }

  /// Nanoseconds of processor time until it was last idle.
  var processorTime: Int { locked { state.pointee.processorTime } }

  /// Hands over everything that a worker has to scan.
  func give(_ worker: inout MarkWorker) {
    if worker.isDone { return }
    locked {
      worker.pending.moveLast(worker.pending.count, to: &state.pointee.exchange)
      pthread_cond_signal(&state.pointee.hasWork)
    }
  }

  /// Takes up to so many objects that wait for a scan. If there are none, the thread is asked for some of its own.
  /// False: it has none either.
  func take(_ worker: inout MarkWorker, atMost count: Int) -> Bool {
    locked {
      let waiting = state.pointee.exchange.count
      if waiting > 0 {
        state.pointee.exchange.moveLast(min(count, waiting), to: &worker.pending)
      } else if state.pointee.isIdle {
        return false
      } else {
        state.pointee.isAsked.store(true, ordering: .relaxed)
      }
      return true
    }
  }

  /// Nothing waits for a scan, as far as the thread knows.
  var isDone: Bool { locked { state.pointee.isIdle && state.pointee.exchange.count == 0 } }
}
