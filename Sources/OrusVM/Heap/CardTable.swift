/// Which parts of old objects may point at young ones.
///
/// The old space is divided into cards of 64 bytes, as large as a cache line.
/// Whoever stores a young reference into a slot of an old object makes the slot's
/// card dirty; a minor collection looks at the slots on dirty cards, and at nothing
/// else of the old space. A card is a bit, for only the program's thread is at
/// them; so a word tells of 4 KB. A block has the words of its cards in its head,
/// an object that is longer than a block behind its last word. Cells of a block have
/// one size, so that the object at the start of a card is found by a division.
/// Permanent objects hold no references, and their cards stay clean.
///
/// Invariant: a slot of an old object that holds a young reference is on a dirty
/// card, and its block is in the list.
///
/// Dead objects that have not been swept may lie on such a card, and are treated
/// like the others. That is sound: when a cycle begins, no old object points at a
/// young one, and after that only objects are stored into that the cycle keeps. For
/// the same reason no block of the list is released by a sweep.
struct CardTable {
  /// Blocks with dirty cards.
  private var blocks = AddressList()

  /// Of a card's bytes, and of those that a word tells of.
  static let shift = 6
  static let wordShift = shift + 6

  /// Words for the cards of so many bytes.
  @inline(__always) static func words(covering bytes: Int) -> Int { (bytes + 1 << wordShift - 1) >> wordShift }

  func deallocate() { blocks.deallocate() }

  /// Makes the card of a slot of an object in the block dirty.
  @inline(__always) mutating func dirty(_ slot: Slot, in block: Block) {
    let (word, bit) = block.card(of: slot)
    block.cards[word] |= 1 &<< bit
    list(block)
  }

  /// The same with the cards of several slots, at least one.
  mutating func dirty(_ slots: Slot, count: Int, in block: Block) {
    let first = block.card(of: slots)
    let last = block.card(of: slots + (count - 1))
    for word in first.word...last.word {
      let from = word == first.word ? first.bit : 0
      let to = word == last.word ? last.bit : 63
      block.cards[word] |= (UInt64.max &<< from) & (UInt64.max &>> (63 - to))
    }
    list(block)
  }

  @inline(__always) private mutating func list(_ block: Block) {
    if block.isListed { return }
    block.isListed = true
    blocks.append(block.head)
  }

  /// How many blocks have dirty cards.
  var count: Int { blocks.count }

  /// A block of the list, which is to be cleaned: it comes into the list again when a card of it becomes dirty.
  func unlisted(_ index: Int) -> Block {
    let block = Block(blocks.items[index])
    block.isListed = false
    return block
  }

  /// Takes out the first blocks, after they have been cleaned.
  mutating func removeFirst(_ count: Int) { blocks.removeFirst(count) }
}

extension Block {
  /// Where the bit of a slot's card is.
  @inline(__always) func card(of slot: Slot) -> (word: Int, bit: UInt64) {
    let offset = UnsafeMutableRawPointer(slot) - head
    return (offset >> CardTable.wordShift, UInt64(truncatingIfNeeded: offset >> CardTable.shift) & 63)
  }

  /// Words of cards; the first is of the head and always 0.
  @inline(__always) var cardWords: Int {
    CardTable.words(covering: isLong ? Block.startOfObjects + cellBytes : Block.bytes)
  }

  /// The cell at an address behind the head, or the large object.
  @inline(__always) func cell(at address: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
    let size = UInt(cellBytes)
    return firstObject + Int(UInt(address - firstObject) / size * size)
  }
}
