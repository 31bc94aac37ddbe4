/// Short strings that are keys of maps are shared: where the text is known, the
/// string that had it first takes the place of the other. Records of the same kind
/// then have the same keys, and these are found by their address.
///
/// The table keeps none of them alive. It is a cache with one place for each value
/// of some bits of the hash, so that it needs no care when strings die: after a
/// minor collection the places with young strings are looked at, after marking all.
struct InternTable {
  private var slots: Slot?
  /// Places that may hold young strings.
  private var young = AddressList()

  static let longest = 32
  private static let places = 4096

  func deallocate() {
    slots?.deallocate()
    young.deallocate()
  }

  /// Where strings of this hash are.
  mutating func place(of hash: UInt32) -> Slot {
    if slots == nil {
      slots = .allocate(capacity: InternTable.places)
      slots!.initialize(repeating: nil, count: InternTable.places)
    }
    return slots! + Int(hash) & (InternTable.places - 1)
  }

  mutating func noteYoung(_ place: Slot) { young.append(place) }

  /// Calls the function with each place that holds a string; false empties the place.
  func keep(where isAlive: (UnsafeMutableRawPointer) -> Bool) {
    guard let slots else { return }
    for index in 0..<InternTable.places {
      if let string = slots[index], !isAlive(string) { slots[index] = nil }
    }
  }

  /// The same for the places with young strings: the result is where the string is now, or null, and whether that is
  /// young.
  mutating func moveYoung(_ move: (UnsafeMutableRawPointer) -> (Reference, isYoung: Bool)) {
    var kept = 0
    for index in 0..<young.count {
      let place = young.items[index].assumingMemoryBound(to: Reference.self)
      guard let string = place.pointee else { continue }
      let (moved, isYoung) = move(string)
      place.pointee = moved
      if isYoung {
        young.items[kept] = young.items[index]
        kept += 1
      }
    }
    young.count = kept
  }
}

extension VM {
  private var interned: UnsafeMutablePointer<InternTable> {
    withUnsafeMutablePointer(to: &machine.pointee.text.interned) { $0 }
  }

  /// Replaces a short flat string, whose hash is known, by the one that is known for its text.
  func intern(_ slot: Slot) {
    let string = slot.pointee.unsafelyUnwrapped
    let length = string.stringLength
    guard string.stringKind == StringNode.flat, length <= InternTable.longest else { return }
    let place = interned.pointee.place(of: string.stringHash)
    if let known = place.pointee, known.stringLength == length,
      compareText(known.flatBytes, length, string.flatBytes, length) == 0 {
      // Only the table may have known it: marking has to hear that it is used again.
      if machine.pointee.heap.isMarking { shade(known) }
      slot.pointee = known
      return
    }
    place.pointee = string
    if isYoung(string) { interned.pointee.noteYoung(place) }
  }

  /// After a minor collection, before what it has emptied is used again.
  func moveInterned() {
    let heap = self.heap
    interned.pointee.moveYoung { string in
      let address = UInt(bitPattern: string)
      if address >= heap.pointee.toStart && address < heap.pointee.toTop { return (string, true) }
      if !isYoung(string) { return (string, false) }
      if string.flags & HeaderFlags.forwarded == 0 { return (nil, false) }
      let target = UnsafeMutableRawPointer(bitPattern: UInt(string.header & 0xFFFF_FFFF_FFFF))
      return (target, isYoung(target))
    }
  }

  /// When marking is over.
  func forgetUnmarkedInterned() { interned.pointee.keep { isYoung($0) || Mark($0).isSet } }

  /// Calls the function with each interned string.
  func forEachInterned(_ body: (UnsafeMutableRawPointer) -> Void) {
    interned.pointee.keep { string in
      body(string)
      return true
    }
  }
}
