import OrusBytecode
import OrusSyntax
import OrusTypes

/// Instructions by register rather than by byte.
extension Lowering {
  mutating func emit(_ op: Opcode) { code.emit(op, 0, 0, 0) }
  mutating func emit(_ op: Opcode, _ a: Register) { code.emit(op, a.index, 0, 0) }
  mutating func emit(_ op: Opcode, _ a: Register, _ b: Register) { code.emit(op, a.index, b.index, 0) }
  mutating func emit(_ op: Opcode, _ a: Register, _ b: Register, _ c: Register) {
    code.emit(op, a.index, b.index, c.index)
  }
  mutating func emit(_ op: Opcode, _ a: Register, _ b: Register, immediate: Int) {
    code.emit(op, a.index, b.index, UInt8(bitPattern: Int8(immediate)))
  }
  /// With one extension word.
  mutating func emit(_ op: Opcode, _ a: Register, _ word: UInt32) {
    code.emit(op, a.index, 0, 0)
    code.word(word)
  }
  mutating func emit(_ op: Opcode, _ a: Register, _ b: Register, _ word: UInt32) {
    code.emit(op, a.index, b.index, 0)
    code.word(word)
  }
  mutating func emit(_ op: Opcode, _ a: Register, _ b: Register, _ c: Register, _ word: UInt32) {
    code.emit(op, a.index, b.index, c.index)
    code.word(word)
  }

  /// A call whose result arrives in the next free register.
  mutating func callWithoutArguments(_ function: UInt32) {
    if max(context.nextScalar, context.nextReference) > 255 { context.overflowed = true }
    code.emit(
      .call, UInt8(truncatingIfNeeded: context.nextScalar), UInt8(truncatingIfNeeded: context.nextReference), 0)
    code.word(function)
  }

  /// A branch on registers a and b.
  mutating func branch(_ op: Opcode, _ a: Register, _ b: Register = .none, _ c: Register = .none, to label: Label) {
    code.branch(op, a.index, b.index, c.index, to: label)
  }
  mutating func branch(_ op: Opcode, _ a: Register, immediate: Int, to label: Label) {
    code.branch(op, a.index, UInt8(bitPattern: Int8(immediate)), 0, to: label)
  }
  mutating func branchTag(_ op: Opcode, _ object: Register, _ tag: Int, to label: Label) {
    code.branch(op, object.index, UInt8(truncatingIfNeeded: tag), UInt8(truncatingIfNeeded: tag >> 8), to: label)
  }

  /// Where a panic of the next instructions is shown.
  mutating func position(_ node: NodeID) {
    let span = module.tree.span(node)
    code.position(start: span.start, end: span.end)
  }

  // MARK: Constants

  /// A scalar constant in the shortest form.
  mutating func constant(_ bits: UInt64, _ kind: ScalarKind, into target: Register) {
    let signed = Int64(bitPattern: bits)
    if let small = Int8(exactly: signed), kind != .f64, signed >= 0 || kind == .i32 || kind == .i64 {
      code.emit(.const_small, target.index, kind.rawValue, UInt8(bitPattern: small))
    } else if kind != .f64, isUnsigned(kind) ? bits <= UInt64(UInt32.max) : Int32(exactly: signed) != nil {
      code.emit(.const_mid, target.index, kind.rawValue, 0)
      code.word(UInt32(truncatingIfNeeded: bits))
    } else {
      code.emit(.const_wide, target.index, kind.rawValue, 0)
      code.word(UInt32(truncatingIfNeeded: bits))
      code.word(UInt32(truncatingIfNeeded: bits >> 32))
    }
  }

  private func isUnsigned(_ kind: ScalarKind) -> Bool { kind == .u32 || kind == .u64 }

  mutating func text(_ symbol: Symbol, into target: Register) {
    emit(.const_string, target, strings.intern(symbol, in: typed.symbols))
  }

  mutating func text(_ text: String, into target: Register) {
    emit(.const_string, target, strings.intern(text, in: typed.symbols))
  }

  /// The scalar kind of a concrete type that is represented as a scalar.
  mutating func scalarKind(_ type: TypeID) -> ScalarKind {
    switch typed.types.kind(type) {
    case .bool: .bool
    case .i32: .i32
    case .i64: .i64
    case .u32: .u32
    case .u64: .u64
    case .f64: .f64
    default: .tag
    }
  }
}
