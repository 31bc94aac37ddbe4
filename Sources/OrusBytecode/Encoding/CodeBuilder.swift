/// A place in the code that jumps go to.
public struct Label: Hashable, Sendable {
  let index: UInt32
}

/// Instructions on which a handler is in force, on the way.
public struct HandledRange {
  let start: UInt32
}

/// Appends instructions to a program's code. Jumps name labels, which are bound
/// before or after; what is written is patched when the function ends.
///
/// Positions and handlers are by word of the whole code. Everything lies in flat
/// arrays, and a function that is discarded leaves nothing behind.
public struct CodeBuilder: ~Copyable {
  private var words: [UInt32]
  private var positions: [PositionRow]
  private var handlers: [HandlerRow] = []

  // Of the current function.
  private var start = 0
  private var firstPosition = 0
  private var firstHandler = 0
  /// Word that each label stands before; -1 until it is bound.
  private var bound: [Int32] = []
  private var fixups: [Fixup] = []
  private var handlerLabels: [(row: Int, label: Label)] = []
  private var pending: PositionRow?

  private struct Fixup {
    /// The word that holds the jump, and the one after its instruction.
    let word: UInt32
    let end: UInt32
    let label: Label
    let isShort: Bool
  }

  /// Takes empty arrays, which may have room for what is to come.
  public init(words: consuming [UInt32] = [], positions: consuming [PositionRow] = []) {
    assert(words.isEmpty && positions.isEmpty)
    self.words = words
    self.positions = positions
  }

  /// Begins a function; gives its first word.
  public mutating func beginFunction() -> Int {
    start = words.count
    firstPosition = positions.count
    firstHandler = handlers.count
    bound.removeAll(keepingCapacity: true)
    fixups.removeAll(keepingCapacity: true)
    handlerLabels.removeAll(keepingCapacity: true)
    pending = nil
    return start
  }

  /// Ends the function: patches its jumps. Gives the word after it.
  public mutating func endFunction() -> Int {
    for fixup in fixups {
      let offset = bound[Int(fixup.label.index)] - Int32(fixup.end)
      if fixup.isShort {
        precondition(offset >= -(1 << 23) && offset < 1 << 23, "a jump past 24 bits")
        words[Int(fixup.word)] |= UInt32(bitPattern: offset) << 8
      } else {
        words[Int(fixup.word)] = UInt32(bitPattern: offset)
      }
    }
    for (row, label) in handlerLabels { handlers[row].target = UInt32(bound[Int(label.index)]) }
    return words.count
  }

  /// Forgets the function that was begun last.
  public mutating func discardFunction() {
    words.removeSubrange(start...)
    positions.removeSubrange(firstPosition...)
    handlers.removeSubrange(firstHandler...)
  }

  /// Moves everything into the program.
  public mutating func finish(into program: inout Program) {
    program.code = words
    program.positions = positions
    program.handlers = handlers
    words = []
    positions = []
    handlers = []
  }

  // MARK: Instructions

  public mutating func emit(_ op: Opcode, _ a: UInt8, _ b: UInt8, _ c: UInt8) {
    if let row = pending {
      pending = nil
      positions.append(PositionRow(word: UInt32(words.count), start: row.start, end: row.end))
    }
    words.append(Instruction.word(op, a, b, c))
  }

  /// An extension word of the instruction before.
  public mutating func word(_ word: UInt32) { words.append(word) }

  /// Where panics of the next instructions are shown, until the next call.
  public mutating func position(start: UInt32, end: UInt32) {
    if let last = positions.last, positions.count > firstPosition, last.start == start, last.end == end {
      pending = nil
    } else {
      pending = PositionRow(word: 0, start: start, end: end)
    }
  }

  // MARK: Jumps

  public mutating func newLabel() -> Label {
    bound.append(-1)
    return Label(index: UInt32(bound.count - 1))
  }

  public mutating func bind(_ label: Label) { bound[Int(label.index)] = Int32(words.count) }

  /// An instruction whose last extension word is a jump.
  public mutating func branch(_ op: Opcode, _ a: UInt8, _ b: UInt8, _ c: UInt8, to label: Label) {
    emit(op, a, b, c)
    fix(label, end: words.count + 1)
  }

  public mutating func jump(to label: Label) { short(.jump, label) }
  public mutating func jumpBack(to label: Label) { short(.jump_back, label) }

  private mutating func short(_ op: Opcode, _ label: Label) {
    emit(op, 0, 0, 0)
    let end = UInt32(words.count)
    fixups.append(Fixup(word: end - 1, end: end, label: label, isShort: true))
  }

  /// A `switch_s` or `switch_tag`: `base` is the first value of a `switch_s`.
  public mutating func table(_ op: Opcode, _ a: UInt8, base: UInt32? = nil, _ labels: [Label]) {
    emit(op, a, UInt8(truncatingIfNeeded: labels.count), UInt8(truncatingIfNeeded: labels.count >> 8))
    if let base { word(base) }
    let end = words.count + labels.count
    for label in labels { fix(label, end: end) }
  }

  private mutating func fix(_ label: Label, end: Int) {
    fixups.append(Fixup(word: UInt32(words.count), end: UInt32(end), label: label, isShort: false))
    words.append(0)
  }

  // MARK: Handlers

  public mutating func beginHandled() -> HandledRange { HandledRange(start: UInt32(words.count)) }

  /// Panics of the instructions since then go on at the handler, with the error in the reference register. Inner
  /// ranges end before those around them.
  public mutating func endHandled(_ range: HandledRange, handler: Label, register: UInt8) {
    guard range.start < words.count else { return }
    handlerLabels.append((handlers.count, handler))
    handlers.append(
      HandlerRow(start: range.start, end: UInt32(words.count), target: 0, register: UInt32(register)))
  }
}
