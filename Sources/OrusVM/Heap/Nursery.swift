import Glibc

/// How large eden is, and where it lies.
///
/// What a minor collection costs is what it copies. Where nearly all dies, a
/// larger eden means fewer collections and no longer pauses; where much survives,
/// a smaller one keeps each pause short. So its size follows the share that
/// survives, towards a given number of copied bytes. It grows step by step, and
/// shrinks at once, so that a program that begins to build something large has one
/// long pause at most.
extension Heap {
  /// The first one, and what is left where all survives.
  static let smallestEden = 256 << 10
  /// Bytes that a minor collection should copy at most.
  private static let copyGoal = 192 << 10

  /// Bytes of survivors that stay young at most: more would be copied again and again to no end.
  private static let agedGoal = 128 << 10

  /// After a minor collection of a full eden and survivor space, of so many bytes: what the next has to keep to.
  mutating func adapt(edenUsed: Int, survivorUsed: Int, _ collection: MinorCollection) {
    let copied = collection.ages.total + collection.promotedBytes
    if copied > edenUsed / 2 {
      // Nearly all lives: waiting finds nothing dead.
      tenure = 0
    } else if collection.retainedBytes > survivorUsed / 4 * 3 {
      tenure = 1
    } else {
      tenure = collection.ages.tenure(fitting: Heap.agedGoal)
    }
    if options.protectsFreed || edenUsed < edenBytes / 2 { return }
    if copied > Heap.copyGoal {
      edenBytes = max(Heap.smallestEden, edenBytes * Heap.copyGoal / copied & ~4095)
    } else if copied < Heap.copyGoal / 4 {
      edenBytes = min(Heap.largestEden, edenBytes * 2)
    }
  }

  /// Eden and a survivor space have been emptied. In the mode that protects what is freed, neither can be read until
  /// after the next collection; eden changes its place so long.
  mutating func reuse() {
    let emptied = fromStart
    fromStart = toStart
    fromTop = toTop
    toStart = emptied
    top = edenStart
    if !options.protectsFreed { return }
    protect(edenStart, edenBytes, PROT_NONE)
    protect(toStart, Heap.survivorBytes, PROT_NONE)
    edenStart = edenStart == youngBase ? youngBase + UInt(edenBytes) : youngBase
    top = edenStart
    protect(edenStart, edenBytes, PROT_READ | PROT_WRITE)
  }

  /// Before a minor collection: where survivors go can be written to.
  func openSurvivorSpace() {
    if options.protectsFreed { protect(toStart, Heap.survivorBytes, PROT_READ | PROT_WRITE) }
  }

  private func protect(_ start: UInt, _ bytes: Int, _ protection: Int32) {
    mprotect(UnsafeMutableRawPointer(bitPattern: start), bytes, protection)
  }
}
