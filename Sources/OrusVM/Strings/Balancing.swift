/// Makes ropes shallow again, as Boehm, Atkinson and Plass describe it ("Ropes: an
/// alternative to strings", 1995).
///
/// A rope of depth d is balanced if it is at least as long as the Fibonacci number
/// F(d+2). The rope is taken apart from the left to the right into balanced parts.
/// They are planted in a forest: place i holds a tree whose length is from F(i+2) to
/// before F(i+3), the text of the longer ones lies left of the shorter ones', and
/// trees that a longer one has to go behind are joined to it. In the end all trees
/// are joined. No string is as long as the last place would allow, so the depth
/// stays under the number of places.
///
/// A loop that makes a rope deeper by one each time has it balanced once in as many
/// rounds as the limit lies above that; the part that was balanced before is then
/// taken whole. So n joins take time in proportion to n.
extension VM {
  private static let places = 46

  /// Balances a rope in place, so that every holder of it profits.
  @inline(never) func balance(_ slot: Slot) -> Bool {
    let base = rootTop
    defer { rootTop = base }
    let forest = rootTop
    for _ in 0..<VM.places { _ = pushRoot(nil) }
    let tree = pushRoot(nil)
    let sum = pushRoot(nil)
    let rest = work.pointee.count
    defer { work.pointee.count = rest }
    work.pointee.push(slot.pointee)
    while work.pointee.count > rest {
      tree.pointee = work.pointee.pop()
      guard isBalanced(tree.pointee.unsafelyUnwrapped) ? plant(tree, forest, sum) : takeApart(tree) else {
        return false
      }
    }
    sum.pointee = nil
    for place in 0..<VM.places {
      guard joinTrees(sum, forest + place, sum) else { return false }
    }
    let root = sum.pointee.unsafelyUnwrapped
    replaceParts(
      of: slot.pointee.unsafelyUnwrapped, root.stringParts[0], root.stringParts[1], StringNode.concatenation,
      depth: root.tag)
    return true
  }

  private func isBalanced(_ string: UnsafeMutableRawPointer) -> Bool {
    if string.tag >= VM.places { return false }
    var lengths = FibonacciStep()
    for _ in 0..<string.tag { lengths.advance() }
    return string.stringLength >= lengths.least
  }

  /// Puts the two parts of a rope on the work stack, the left one on top.
  private func takeApart(_ rope: Slot) -> Bool {
    switch rope.pointee.unsafelyUnwrapped.stringKind {
    case StringNode.appended:
      guard pushBuffered(rope, .appended) else { return false }
      work.pointee.push(RopeEnd.appended.rest(of: rope.pointee.unsafelyUnwrapped))
    case StringNode.prepended:
      work.pointee.push(RopeEnd.prepended.rest(of: rope.pointee.unsafelyUnwrapped))
      return pushBuffered(rope, .prepended)
    default:
      work.pointee.push(rope.pointee.unsafelyUnwrapped.stringParts[1])
      work.pointee.push(rope.pointee.unsafelyUnwrapped.stringParts[0])
    }
    return true
  }

  /// Puts what a rope has in its buffer on the work stack, as a slice of it.
  private func pushBuffered(_ rope: Slot, _ end: RopeEnd) -> Bool {
    guard let slice = allocateBytes(32) else { return false }
    let buffer = end.buffer(of: rope.pointee.unsafelyUnwrapped)
    let count = end.bufferedBytes(of: rope.pointee.unsafelyUnwrapped)
    slice.setSlice(of: buffer, from: end.place(in: buffer, behind: 0, of: count) - buffer.flatBytes, count)
    work.pointee.push(slice)
    return true
  }

  /// Puts a tree into the forest, whose trees all lie left of it.
  private func plant(_ tree: Slot, _ forest: Slot, _ sum: Slot) -> Bool {
    var place = 0
    var lengths = FibonacciStep()
    sum.pointee = nil
    while tree.pointee.unsafelyUnwrapped.stringLength >= lengths.next {
      guard joinTrees(sum, forest + place, sum) else { return false }
      forest[place] = nil
      place += 1
      lengths.advance()
    }
    guard joinTrees(sum, sum, tree) else { return false }
    while true {
      guard joinTrees(sum, forest + place, sum) else { return false }
      forest[place] = nil
      if sum.pointee.unsafelyUnwrapped.stringLength < lengths.next { break }
      place += 1
      lengths.advance()
    }
    forest[place] = sum.pointee
    return true
  }

  /// Joins two trees, of which each may be missing.
  private func joinTrees(_ result: Slot, _ x: Slot, _ y: Slot) -> Bool {
    guard let left = x.pointee, let right = y.pointee else {
      result.pointee = x.pointee ?? y.pointee
      return true
    }
    return concatenate(result, x, y, left.stringLength + right.stringLength)
  }
}

/// The lengths that a place of the forest is for: from `least` to before `next`.
private struct FibonacciStep {
  private(set) var least = 1
  private(set) var next = 2

  mutating func advance() { (least, next) = (next, least + next) }
}
