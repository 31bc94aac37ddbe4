import Glibc

/// The rows of `TypeIndex.string` and `TypeIndex.any`. As literals they are part of the code; a constant that is
/// computed would be asked for by a call at each use.
let stringRow: UInt32 = 7
let anyRow: UInt32 = 8

extension VM {
  /// Collects the young space, and does what is due of the cycle of the old space; if asked for, all of a new one.
  @inline(never) func collect(full: Bool) {
    let heap = self.heap
    let start = monotonicTime()
    clearGap()
    if heap.pointee.options.forgetsDead { forgetDeadReferences() }
    if heap.pointee.isStressed { verifyHeap() }
    if full {
      completeCycle()
      minorCollection(tenure: 0)
      beginCycle(isConcurrent: false)
      completeCycle()
    } else if cycleIsDue {
      minorCollection(tenure: 0)
      beginCycle(isConcurrent: true)
    } else {
      minorCollection(tenure: heap.pointee.options.movesAlways ? .max : heap.pointee.tenure)
      advanceCycle()
    }
    heap.pointee.old.bytesAtCollection = heap.pointee.old.bytes
    heap.pointee.setLimit()
    if heap.pointee.isStressed { verifyHeap() }
    heap.pointee.statistics.pauses.record(monotonicTime() - start)
  }

  private func minorCollection(tenure: UInt8) {
    let heap = self.heap
    let start = monotonicTime()
    let edenUsed = Int(heap.pointee.top - heap.pointee.edenStart)
    let survivorUsed = Int(heap.pointee.fromTop - heap.pointee.fromStart)
    heap.pointee.statistics.peakBytes = max(heap.pointee.statistics.peakBytes, heap.pointee.usedBytes)
    heap.pointee.openSurvivorSpace()
    var collection = MinorCollection(heap, types, tenure: tenure)
    collection.run(forEachRoots)
    moveInterned()
    if heap.pointee.isStressed {
      // Whoever kept an address finds no object there.
      poison(heap.pointee.edenStart, heap.pointee.top)
      poison(heap.pointee.fromStart, heap.pointee.fromTop)
    }
    heap.pointee.reuse()
    heap.pointee.pending.trim()
    let copied = collection.ages.total + collection.promotedBytes
    heap.pointee.adapt(edenUsed: edenUsed, survivorUsed: survivorUsed, collection)
    let pause = monotonicTime() - start
    let statistics = withUnsafeMutablePointer(to: &heap.pointee.statistics) { $0 }
    statistics.pointee.minorCollections += 1
    statistics.pointee.minorPauses.record(pause)
    statistics.pointee.allocatedBytes += edenUsed
    statistics.pointee.survivedBytes += copied
    statistics.pointee.promotedBytes += collection.promotedBytes
    if heap.pointee.options.logs {
      logCollection("minor", statistics.pointee.minorCollections, [
        ("pause-us", pause / 1000), ("eden", edenUsed), ("survived", copied), ("promoted", collection.promotedBytes),
        ("old", heap.pointee.old.bytes),
      ])
    }
  }

  private func poison(_ start: UInt, _ end: UInt) {
    memset(UnsafeMutableRawPointer(bitPattern: start)!, 0xDB, Int(end - start))
  }

  /// What the collector has done until now.
  func collectorStatistics() -> CollectorStatistics {
    var statistics = heap.pointee.statistics
    statistics.allocatedBytes += Int(heap.pointee.top - heap.pointee.edenStart)
    statistics.liveBytes = heap.pointee.usedBytes
    statistics.peakBytes = max(statistics.peakBytes, statistics.liveBytes)
    statistics.markerTime = heap.pointee.cycle.thread?.processorTime ?? 0
    return statistics
  }

  /// A line on standard error about a collection.
  func logCollection(_ kind: String, _ number: Int, _ numbers: [(String, Int)]) {
    var line = "orus: gc-log \(kind)=\(number)"
    for (name, value) in numbers { line += " \(name)=\(value)" }
    line += "\n"
    line.withUTF8 { _ = writeAll(UnsafeRawBufferPointer($0), to: machine.pointee.output.errorDescriptor) }
  }

  /// Calls the function with each range of slots that hold live references.
  func forEachRoots(_ body: (Slot, Int) -> Void) {
    let bottom = machine.pointee.referenceStack.base.assumingMemoryBound(to: Reference.self)
    body(bottom, machine.pointee.rootTop - bottom)
    body(machine.pointee.globalReferences, machine.pointee.globalCount)
    body(machine.pointee.text.work.base, machine.pointee.text.work.count)
    var frame = machine.pointee.spillFrame
    while let current = frame {
      let spill = SpillFrame(current)
      body(spill.references, spill.referenceCount)
      frame = spill.previous
    }
  }
}
