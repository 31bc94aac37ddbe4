import Glibc

/// Ropes: what joining strings makes, in constant time.
///
/// A text that grows by short pieces grows in a buffer. The rope is then the text
/// before, and the first bytes of the buffer, as many as its length says. Joining
/// the next piece writes it behind these and makes a new node, with the same two
/// references and a greater length; the shorter text still sees only what was its
/// own. Only the one that ends where the buffer's used part ends can do so; another
/// gets a buffer of its own. What grows at its front does the same from the buffer's
/// end downwards, and one inside the other grows at both ends. Each buffer is twice
/// as large as the one before it, up to a block of the old space, so a text takes
/// little more than its bytes.
///
/// Two long texts become the two parts of a concatenation.
///
/// No rope is deeper than a limit. One that would be is balanced first
/// (Balancing.swift).
///
/// What needs the bytes flattens: it copies all parts into one flat string, and
/// turns the rope into a slice of it in place, so that every holder of it profits.
extension VM {
  /// Joins that are no longer than this are copied.
  private static let copiedLength = 64
  /// Pieces up to this length go into a buffer.
  private static let pieceLength = 128
  private static let smallestBuffer = 64
  /// Such a buffer fills a block.
  private static let largestBuffer = Block.objectBytes - 24
  static let deepestRope: UInt16 = 96

  /// Joins two strings. E0018
  @inline(never) func concatStrings(_ result: Slot, _ x: Slot, _ y: Slot) -> Bool {
    let left = x.pointee.unsafelyUnwrapped
    let right = y.pointee.unsafelyUnwrapped
    let total = left.stringLength + right.stringLength
    if left.stringLength == 0 {
      result.pointee = right
      return true
    }
    if right.stringLength == 0 {
      result.pointee = left
      return true
    }
    if total <= VM.copiedLength { return joinFlat(result, x, y, total) }
    if total > Int(Int32.max) { return panic(.size, "a string cannot be longer than 2147483647 bytes") }
    if right.stringLength <= VM.pieceLength { return extend(result, x, by: y, .appended, total) }
    if left.stringLength <= VM.pieceLength { return extend(result, y, by: x, .prepended, total) }
    return limitDepth(x) && limitDepth(y) && concatenate(result, x, y, total)
  }

  private func joinFlat(_ result: Slot, _ x: Slot, _ y: Slot, _ total: Int) -> Bool {
    guard let flat = allocateString(total) else { return false }
    let left = x.pointee.unsafelyUnwrapped
    copyText(left, to: flat.flatBytes)
    copyText(y.pointee.unsafelyUnwrapped, to: flat.flatBytes + left.stringLength)
    result.pointee = flat
    return true
  }

  func concatenate(_ result: Slot, _ x: Slot, _ y: Slot, _ total: Int) -> Bool {
    guard let rope = allocateBytes(32) else { return false }
    let left = x.pointee.unsafelyUnwrapped
    let right = y.pointee.unsafelyUnwrapped
    rope.setRope(StringNode.concatenation, left, right, total, depth: max(left.tag, right.tag) + 1)
    result.pointee = rope
    return true
  }

  private func limitDepth(_ slot: Slot) -> Bool {
    slot.pointee.unsafelyUnwrapped.tag < VM.deepestRope || balance(slot)
  }

  // MARK: Growing

  /// A string with a short piece behind or before it.
  @inline(__always)
  private func extend(_ result: Slot, _ string: Slot, by piece: Slot, _ end: RopeEnd, _ total: Int) -> Bool {
    let grown = string.pointee.unsafelyUnwrapped
    if grown.stringKind == end.kind {
      let buffer = end.buffer(of: grown)
      let count = end.bufferedBytes(of: grown)
      let added = total - grown.stringLength
      if buffer.bufferUsed == count, buffer.bufferCapacity - count >= added {
        guard let rope = allocateBytes(32) else { return false }
        let grown = string.pointee.unsafelyUnwrapped
        rope.setRope(
          end.kind, grown.stringParts[0].unsafelyUnwrapped, grown.stringParts[1].unsafelyUnwrapped, total,
          depth: grown.tag)
        let buffer = end.buffer(of: rope)
        copyText(piece.pointee.unsafelyUnwrapped, to: end.place(in: buffer, behind: count, of: added))
        buffer.bufferUsed = count + added
        result.pointee = rope
        return true
      }
    }
    return extendAnew(result, string, by: piece, end, total)
  }

  /// The same with another buffer. What the one before holds is copied if it is short.
  @inline(never)
  private func extendAnew(_ result: Slot, _ string: Slot, by piece: Slot, _ end: RopeEnd, _ total: Int) -> Bool {
    let base = rootTop
    defer { rootTop = base }
    let grown = string.pointee.unsafelyUnwrapped
    if grown.stringKind == end.other.kind, end.other.rest(of: grown).stringKind == end.kind {
      return extendInside(result, string, by: piece, end, total)
    }
    let rest = pushRoot(grown)
    let added = total - grown.stringLength
    var kept = 0
    var capacity = VM.smallestBuffer
    if grown.stringKind == end.kind {
      let count = end.bufferedBytes(of: grown)
      if count <= VM.pieceLength {
        kept = count
        rest.pointee = end.rest(of: grown)
      } else if end.rest(of: grown).stringKind == end.other.kind {
        guard turn(rest, end) else { return false }
      }
      let grown = string.pointee.unsafelyUnwrapped
      let buffer = end.buffer(of: grown)
      if buffer.bufferUsed == count { capacity = min(buffer.bufferCapacity * 2, VM.largestBuffer) }
    }
    capacity = max(capacity, (kept + added) * 2)
    guard limitDepth(rest), let buffer = allocateStorage(.bits8, capacity: capacity + 8) else { return false }
    if kept > 0 {
      let source = end.buffer(of: string.pointee.unsafelyUnwrapped)
      memcpy(end.place(in: buffer, behind: 0, of: kept), end.place(in: source, behind: 0, of: kept), kept)
    }
    copyText(piece.pointee.unsafelyUnwrapped, to: end.place(in: buffer, behind: kept, of: added))
    buffer.bufferUsed = kept + added
    let slot = pushRoot(buffer)
    guard let rope = allocateBytes(32) else { return false }
    rope.setRope(end, rest.pointee.unsafelyUnwrapped, slot.pointee.unsafelyUnwrapped, total)
    result.pointee = rope
    return true
  }

  /// The same with a string that has grown at both ends, last at the other one: what grows is the rest of it.
  private func extendInside(_ result: Slot, _ string: Slot, by piece: Slot, _ end: RopeEnd, _ total: Int) -> Bool {
    let grown = string.pointee.unsafelyUnwrapped
    let rest = pushRoot(end.other.rest(of: grown))
    let restTotal = total - end.other.bufferedBytes(of: grown)
    guard extend(rest, rest, by: piece, end, restTotal), limitDepth(rest), let rope = allocateBytes(32) else {
      return false
    }
    let buffer = end.other.buffer(of: string.pointee.unsafelyUnwrapped)
    rope.setRope(end.other, rest.pointee.unsafelyUnwrapped, buffer, total)
    result.pointee = rope
    return true
  }

  /// A string that has grown at both ends, last at this one: makes it one that has so last at the other, so that it
  /// goes on in its buffer there.
  private func turn(_ slot: Slot, _ end: RopeEnd) -> Bool {
    let inner = pushRoot(nil)
    guard let rope = allocateBytes(32) else { return false }
    let string = slot.pointee.unsafelyUnwrapped
    let rest = end.other.rest(of: end.rest(of: string))
    rope.setRope(end, rest, end.buffer(of: string), end.bufferedBytes(of: string) + rest.stringLength)
    inner.pointee = rope
    guard let turned = allocateBytes(32) else { return false }
    let total = slot.pointee.unsafelyUnwrapped.stringLength
    let buffer = end.other.buffer(of: end.rest(of: slot.pointee.unsafelyUnwrapped))
    turned.setRope(end.other, inner.pointee.unsafelyUnwrapped, buffer, total)
    slot.pointee = turned
    return true
  }

  // MARK: Making flat

  @inline(never) func flattenRope(_ slot: Slot) -> Bool {
    guard let flat = allocateString(slot.pointee.unsafelyUnwrapped.stringLength) else { return false }
    let rope = slot.pointee.unsafelyUnwrapped
    copyText(rope, to: flat.flatBytes)
    // Word 2 is null then, which is the offset in the flat text too.
    replaceParts(of: rope, flat, nil, StringNode.slice, depth: 0)
    return true
  }

  /// Gives a rope other parts that hold the same text.
  func replaceParts(
    of rope: UnsafeMutableRawPointer, _ left: Reference, _ right: Reference, _ kind: UInt8, depth: UInt16
  ) {
    store(left, in: rope, word: 1)
    store(right, in: rope, word: 2)
    rope.tag = depth
    rope.sharedSpare = rope.spare & ~StringNode.mask | kind
  }

  /// Copies the text of a string of any kind. Allocates nothing on the heap.
  func copyText(_ string: UnsafeMutableRawPointer, to target: UnsafeMutablePointer<UInt8>) {
    if string.isRope {
      copyRope(string, to: target)
    } else {
      memcpy(target, bytes(string), string.stringLength)
    }
  }

  private func copyRope(_ rope: UnsafeMutableRawPointer, to target: UnsafeMutablePointer<UInt8>) {
    let parts = withUnsafeMutablePointer(to: &machine.pointee.text.ropes) { $0 }
    let depth = parts.pointee.count
    parts.pointee.push(RopePart(string: rope, target: target))
    while parts.pointee.count > depth {
      let part = parts.pointee.pop()
      let string = part.string
      switch string.stringKind {
      case StringNode.concatenation:
        let left = string.stringParts[0].unsafelyUnwrapped
        let right = string.stringParts[1].unsafelyUnwrapped
        parts.pointee.push(RopePart(string: left, target: part.target))
        parts.pointee.push(RopePart(string: right, target: part.target + left.stringLength))
      case StringNode.appended:
        let rest = RopeEnd.appended.rest(of: string)
        let count = RopeEnd.appended.bufferedBytes(of: string)
        let source = RopeEnd.appended.buffer(of: string)
        memcpy(part.target + rest.stringLength, RopeEnd.appended.place(in: source, behind: 0, of: count), count)
        parts.pointee.push(RopePart(string: rest, target: part.target))
      case StringNode.prepended:
        let count = RopeEnd.prepended.bufferedBytes(of: string)
        let source = RopeEnd.prepended.buffer(of: string)
        memcpy(part.target, RopeEnd.prepended.place(in: source, behind: 0, of: count), count)
        parts.pointee.push(RopePart(string: RopeEnd.prepended.rest(of: string), target: part.target + count))
      default: memcpy(part.target, bytes(string), string.stringLength)
      }
    }
  }
}

/// A part of a rope, and where its text has to go.
struct RopePart {
  let string: UnsafeMutableRawPointer
  let target: UnsafeMutablePointer<UInt8>
}

/// At which end a rope grows in a buffer.
enum RopeEnd {
  case appended
  case prepended

  @inline(__always) var other: RopeEnd { self == .appended ? .prepended : .appended }
  @inline(__always) var kind: UInt8 { self == .appended ? StringNode.appended : StringNode.prepended }

  @inline(__always) func buffer(of rope: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
    rope.stringParts[self == .appended ? 1 : 0].unsafelyUnwrapped
  }

  /// The text before the buffer's, or behind it.
  @inline(__always) func rest(of rope: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
    rope.stringParts[self == .appended ? 0 : 1].unsafelyUnwrapped
  }

  /// How many bytes of the buffer the rope means.
  @inline(__always) func bufferedBytes(of rope: UnsafeMutableRawPointer) -> Int {
    rope.stringLength - rest(of: rope).stringLength
  }

  /// Where so many bytes of a buffer are that follow the first `used`, counted from where it began to be filled.
  @inline(__always)
  func place(in buffer: UnsafeMutableRawPointer, behind used: Int, of count: Int) -> UnsafeMutablePointer<UInt8> {
    buffer.bufferText + (self == .appended ? used : buffer.bufferCapacity - used - count)
  }
}

extension UnsafeMutableRawPointer {
  @inline(__always)
  func setRope(
    _ kind: UInt8, _ left: UnsafeMutableRawPointer, _ right: UnsafeMutableRawPointer, _ length: Int, depth: UInt16
  ) {
    header = UInt64(stringRow) | UInt64(depth) << 32 | UInt64(kind) << 56
    words[0] = Int64(length)
    stringParts[0] = left
    stringParts[1] = right
  }

  @inline(__always)
  func setRope(_ end: RopeEnd, _ rest: UnsafeMutableRawPointer, _ buffer: UnsafeMutableRawPointer, _ length: Int) {
    let isAppended = end == .appended
    setRope(end.kind, isAppended ? rest : buffer, isAppended ? buffer : rest, length, depth: rest.tag + 1)
  }

  // MARK: Buffers

  @inline(__always) var bufferCapacity: Int { Int(storageCapacity) - 8 }

  @inline(__always) var bufferUsed: Int {
    get { Int(words[1]) }
    nonmutating set { words[1] = Int64(newValue) }
  }

  @inline(__always) var bufferText: UnsafeMutablePointer<UInt8> { elements8 + 8 }
}
