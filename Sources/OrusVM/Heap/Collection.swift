import Glibc
import OrusBytecode

let stringRow = TypeIndex.string.index
let anyRow = TypeIndex.any.index

extension VM {
  /// Collects the young space and, if asked for or due, everything.
  @inline(never) func collect(full: Bool) {
    let heap = self.heap
    let start = monotonicTime()
    clearGap()
    minorCollection(promotesAll: full)
    if !full, heap.pointee.old.bytes > heap.pointee.fullThreshold {
      minorCollection(promotesAll: true)
      fullCollection()
    } else if full {
      fullCollection()
    }
    let room = max(0, min(Heap.edenBytes, heap.pointee.maxBytes - heap.pointee.usedBytes))
    heap.pointee.limit = heap.pointee.isStressed ? heap.pointee.edenStart : heap.pointee.edenStart + UInt(room & ~7)
    if heap.pointee.isStressed { verifyHeap() }
    heap.pointee.statistics.pauses.record(monotonicTime() - start)
  }

  /// What the collector has done until now.
  func collectorStatistics() -> CollectorStatistics {
    var statistics = heap.pointee.statistics
    statistics.allocatedBytes += Int(heap.pointee.top - heap.pointee.edenStart)
    statistics.liveBytes = heap.pointee.usedBytes
    statistics.peakBytes = max(statistics.peakBytes, statistics.liveBytes)
    return statistics
  }

  private func minorCollection(promotesAll: Bool) {
    let heap = self.heap
    let start = monotonicTime()
    heap.pointee.statistics.allocatedBytes += Int(heap.pointee.top - heap.pointee.edenStart)
    heap.pointee.statistics.peakBytes = max(heap.pointee.statistics.peakBytes, heap.pointee.usedBytes)
    var collection = MinorCollection(heap, types, promotesAll: promotesAll)
    collection.run(forEachRoots)
    if heap.pointee.isStressed {
      // Whoever kept an address finds no object there.
      poison(heap.pointee.edenStart, heap.pointee.top)
      poison(heap.pointee.fromStart, heap.pointee.fromTop)
    }
    heap.pointee.top = heap.pointee.edenStart
    let emptied = heap.pointee.fromStart
    heap.pointee.fromStart = heap.pointee.toStart
    heap.pointee.fromTop = heap.pointee.toTop
    heap.pointee.toStart = emptied
    heap.pointee.statistics.minorCollections += 1
    heap.pointee.statistics.survivedBytes += collection.survivedBytes + collection.promotedBytes
    heap.pointee.statistics.promotedBytes += collection.promotedBytes
    let pause = monotonicTime() - start
    heap.pointee.statistics.minorPauses.record(pause)
    if heap.pointee.options.logs {
      logCollection("minor", heap.pointee.statistics.minorCollections, pause, [
        ("survived", collection.survivedBytes), ("promoted", collection.promotedBytes), ("old", heap.pointee.old.bytes),
      ])
    }
  }

  private func poison(_ start: UInt, _ end: UInt) {
    memset(UnsafeMutableRawPointer(bitPattern: start)!, 0xDB, Int(end - start))
  }

  private func fullCollection() {
    let heap = self.heap
    let start = monotonicTime()
    let before = heap.pointee.old.bytes
    Marking(heap, types).run(forEachRoots)
    heap.pointee.old.sweep()
    heap.pointee.pending.trim()
    heap.pointee.fullThreshold = max(Heap.smallestThreshold, heap.pointee.old.bytes * 2)
    heap.pointee.statistics.fullCollections += 1
    if heap.pointee.options.logs {
      logCollection("full", heap.pointee.statistics.fullCollections, monotonicTime() - start, [
        ("before", before), ("after", heap.pointee.old.bytes),
      ])
    }
  }

  /// A line on standard error about a collection.
  func logCollection(_ kind: String, _ number: Int, _ pause: Int, _ bytes: [(String, Int)]) {
    var line = "orus: gc-log \(kind)=\(number) pause-us=\(microseconds(pause))"
    for (name, count) in bytes { line += " \(name)=\(count)" }
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
