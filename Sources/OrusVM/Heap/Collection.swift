import Glibc
import OrusBytecode

let stringRow = TypeIndex.string.index
let anyRow = TypeIndex.any.index

extension VM {
  /// Collects the young space and, if asked for or due, everything.
  @inline(never) func collect(full: Bool) {
    let heap = self.heap
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
  }

  private func minorCollection(promotesAll: Bool) {
    let heap = self.heap
    heap.pointee.minorCollections += 1
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
  }

  private func poison(_ start: UInt, _ end: UInt) {
    memset(UnsafeMutableRawPointer(bitPattern: start)!, 0xDB, Int(end - start))
  }

  private func fullCollection() {
    let heap = self.heap
    heap.pointee.fullCollections += 1
    Marking(heap, types).run(forEachRoots)
    heap.pointee.old.sweep()
    heap.pointee.pending.trim()
    heap.pointee.fullThreshold = max(Heap.smallestThreshold, heap.pointee.old.bytes * 2)
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
