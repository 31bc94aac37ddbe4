import Glibc

/// The collection of the old space, which is stretched over many pauses.
///
/// A cycle begins when a minor collection finds the old space grown beyond
/// `threshold`. That minor collection empties the young space, the roots are
/// marked, and marking goes on: on the marker thread (MarkerThread.swift), or in
/// pieces at the following collections where there is none. Objects that are made
/// meanwhile are born marked; the barrier notes what is overwritten. The program
/// helps if the marking is so slow that the old space would grow too much before
/// its end. When nothing is left to scan, sweeping begins (Sweeping.swift).
///
/// So the pauses are those of minor collections, and of the scan of the roots and
/// what little the barrier has caught last.
struct Cycle {
  enum Phase {
    case idle
    case marking
    case sweeping
  }

  var phase = Phase.idle
  /// Bytes of old objects that begin a cycle.
  var threshold = 0
  /// Bytes of old objects when the cycle began.
  var bytesAtStart = 0
  /// What of the thread's count came before this cycle.
  var scannedBefore = 0
  /// What the program's thread has to scan.
  var worker: MarkWorker
  /// Started when it is first needed.
  var thread: MarkerThread?
  /// No thread, because there is but one processor, none could be started, or so it is wanted.
  var isAlone: Bool

  static let smallestThreshold = 24 << 20
  /// Objects to scan and blocks to sweep between two looks at the clock, and nanoseconds to do so in one pause.
  static let scanStep = 128
  static let helpTime = 1_000_000
  static let sweepStep = 16
  static let sweepTime = 300_000
  /// In what has been overwritten since the last pause, so many objects may be scanned by a final drain.
  static let drainLimit = 4096
  /// Bytes that have to be scanned for each byte of new old objects, to be done before the old space is half as large
  /// again.
  static let pace = 4
  /// Bytes to scan in each pause where there is no thread.
  static let ownPace = 256 << 10

  init(_ types: UnsafeMutablePointer<RuntimeType>, youngBase: UInt, _ options: CollectorOptions) {
    worker = MarkWorker(types, youngBase: youngBase)
    isAlone = options.marksIncrementally || sysconf(Int32(_SC_NPROCESSORS_ONLN)) < 2
  }

  /// After a cycle that found so many bytes alive, and reached so many of them: the old space may grow by half of
  /// these, a small one by three quarters, and not beyond the middle between it and the limit. What was only born in
  /// the cycle may be garbage by now. At the end of the next cycle the old space is about twice as large as what is
  /// alive.
  mutating func setThreshold(live: Int, reached: Int, limit: Int) {
    let growth = reached / 2 + min(reached / 4, Cycle.smallestThreshold)
    threshold = max(Cycle.smallestThreshold, live + growth)
    if limit < Int.max { threshold = min(threshold, live + max(0, limit - live) / 2) }
  }

  func deallocate() {
    thread?.stop()
    worker.pending.deallocate()
  }

  /// Bytes of objects scanned in this cycle.
  var scannedBytes: Int { worker.markedBytes + (thread?.scannedBytes ?? 0) - scannedBefore }
}

extension VM {
  private var cycle: UnsafeMutablePointer<Cycle> { withUnsafeMutablePointer(to: &heap.pointee.cycle) { $0 } }

  /// Whether the next minor collection has to empty the young space because a cycle is to begin.
  var cycleIsDue: Bool {
    if cycle.pointee.phase == .marking { return false }
    return heap.pointee.old.bytes > cycle.pointee.threshold
      || heap.pointee.options.markerSeed != nil && cycle.pointee.phase == .idle
  }

  /// Begins a cycle; the young space is empty. Marks the roots.
  func beginCycle(isConcurrent: Bool) {
    assert(heap.pointee.top == heap.pointee.edenStart && heap.pointee.fromTop == heap.pointee.fromStart)
    while heap.pointee.old.sweepSome(Int.max) {}
    if isConcurrent, !cycle.pointee.isAlone, cycle.pointee.thread == nil {
      cycle.pointee.thread = MarkerThread(
        types, youngBase: heap.pointee.youngBase, seed: heap.pointee.options.markerSeed)
      cycle.pointee.isAlone = cycle.pointee.thread == nil
    }
    cycle.pointee.phase = .marking
    cycle.pointee.bytesAtStart = heap.pointee.old.bytes
    cycle.pointee.scannedBefore += cycle.pointee.scannedBytes
    heap.pointee.old.marksNew = true
    heap.pointee.isMarking = true
    heap.pointee.lastRearranged = nil
    heap.pointee.barrierSpan = UInt.max
    forEachRoots { start, count in
      for index in 0..<count {
        if let object = start[index] { cycle.pointee.worker.reach(object) }
      }
    }
    if isConcurrent { shareWork() }
  }

  /// What is due in a pause: helping to mark, the end of marking, or sweeping.
  func advanceCycle() {
    switch cycle.pointee.phase {
    case .idle: break
    case .marking:
      if drains() {
        finishMarking()
      } else {
        helpMarking()
        shareWork()
      }
    case .sweeping:
      let end = monotonicTime() + Cycle.sweepTime
      var isLeft = true
      while isLeft, monotonicTime() < end { isLeft = heap.pointee.old.sweepSome(Cycle.sweepStep) }
      if !isLeft { cycle.pointee.phase = .idle }
    }
  }

  /// Brings the cycle that goes on, if one does, to its end at once.
  func completeCycle() {
    if cycle.pointee.phase == .marking {
      repeat {
        if cycle.pointee.worker.isDone { sched_yield() }
        cycle.pointee.worker.scan(atMost: Int.max)
      } while cycle.pointee.thread?.take(&cycle.pointee.worker, atMost: Int.max) ?? false
      finishMarking()
    }
    while heap.pointee.old.sweepSome(Int.max) {}
    cycle.pointee.phase = .idle
  }

  // MARK: Marking

  /// Gives the thread what there is to scan.
  private func shareWork() { cycle.pointee.thread?.give(&cycle.pointee.worker) }

  /// Whether there is so little to scan that it could be done now, and nothing is left. What the barrier has caught may
  /// lead to any number of objects: then marking goes on.
  private func drains() -> Bool {
    if let thread = cycle.pointee.thread {
      if !thread.isDone { return false }
    }
    cycle.pointee.worker.scan(atMost: Cycle.drainLimit)
    return cycle.pointee.worker.isDone
  }

  /// Marks for a while if marking is behind.
  private func helpMarking() {
    var goal = heap.pointee.old.bornMarkedBytes * Cycle.pace
    if cycle.pointee.isAlone { goal = max(goal, cycle.pointee.scannedBytes + Cycle.ownPace) }
    let start = monotonicTime()
    // Far behind, a longer pause is better than a heap that outgrows the machine.
    let isFarBehind = heap.pointee.old.bornMarkedBytes > cycle.pointee.bytesAtStart / 2
    let end = start + (isFarBehind ? 8 : 1) * Cycle.helpTime
    while cycle.pointee.scannedBytes < goal {
      if cycle.pointee.worker.isDone {
        guard let thread = cycle.pointee.thread, thread.take(&cycle.pointee.worker, atMost: Cycle.scanStep)
        else { break }
      }
      cycle.pointee.worker.scan(atMost: Cycle.scanStep)
      if monotonicTime() > end { break }
    }
    heap.pointee.statistics.mutatorMarkingTime += monotonicTime() - start
  }

  private func finishMarking() {
    let reached = cycle.pointee.scannedBytes
    let live = reached + heap.pointee.old.bornMarkedBytes
    if heap.pointee.isStressed { verifyMarks() }
    heap.pointee.isMarking = false
    heap.pointee.barrierSpan = UInt(Heap.youngBytes)
    cycle.pointee.worker.pending.trim()
    forgetUnmarkedInterned()
    let before = heap.pointee.old.bytes
    heap.pointee.old.beginSweep(liveBytes: live)
    cycle.pointee.setThreshold(live: live, reached: reached, limit: heap.pointee.maxBytes)
    cycle.pointee.phase = .sweeping
    heap.pointee.statistics.fullCollections += 1
    if heap.pointee.options.logs {
      logCollection("full", heap.pointee.statistics.fullCollections, [
        ("before", before), ("after", live), ("threshold", cycle.pointee.threshold),
      ])
    }
  }
}
