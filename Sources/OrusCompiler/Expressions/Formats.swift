import OrusBytecode
import OrusFormat
import OrusSyntax
import OrusTypes

/// Text is built by the VM's format instructions. All the values are evaluated
/// before the text begins, so nothing that runs in between sees it half done.
extension Lowering {
  private enum Piece {
    case text(UInt32)
    case value(Register, TypeID, spec: UInt64)
  }

  mutating func lowerPrint(_ node: NodeID, stream: UInt8, newline: Bool) {
    let mark = mark
    let spills = context.scalarSpills
    let pieces = self.pieces(Array(module.tree.list(module.tree[node].b)))
    position(node)
    emit(pieces)
    code.emit(.format_print, 0, stream, newline ? 1 : 0)
    context.scalarSpills = spills
    release(to: mark)
  }

  mutating func lowerFormat(_ node: NodeID, into target: Register?) -> Register {
    let result = target ?? temporary(.reference)
    let mark = mark
    let arguments = Array(module.tree.list(module.tree[node].b))
    if let first = arguments.first, module.tree.kind(first) != .stringLiteral {
      runtimeFormat(arguments, node, into: result)
    } else {
      let pieces = self.pieces(arguments)
      position(node)
      emit(pieces)
      emit(.format_string, result)
    }
    release(to: mark)
    return result
  }

  /// The message of `panic` and `assert`: one text as it is, or a format with its arguments.
  mutating func formatMessage(_ arguments: [NodeID], fallback: String, into target: Register) {
    guard let first = arguments.first else {
      text(fallback, into: target)
      return
    }
    let mark = mark
    if arguments.count == 1, adjustedType(first) == .string, module.tree.kind(first) != .stringLiteral {
      _ = expression(first, into: target)
    } else {
      emit(pieces(arguments))
      emit(.format_string, target)
    }
    release(to: mark)
  }

  mutating func lowerInterpolation(_ node: NodeID, into target: Register?) -> Register {
    let result = target ?? temporary(.reference)
    interpolate(module.tree.list(module.tree[node].a), node, into: result)
    return result
  }

  /// A text of so many parts that their values have no registers at once is made of shorter texts.
  private mutating func interpolate(_ parts: NodeList, _ node: NodeID, into result: Register) {
    let tree = module.tree
    let mark = mark
    var pieces: [Piece] = []
    pieces.reserveCapacity(min(parts.count, Self.mostParts))
    if parts.count > Self.mostParts {
      let step = (parts.count + Self.mostParts - 1) / Self.mostParts
      for start in stride(from: 0, to: parts.count, by: step) {
        let text = temporary(.reference)
        interpolate(parts.part(start..<min(start + step, parts.count)), node, into: text)
        pieces.append(.value(text, .string, spec: 0))
      }
    } else {
      for part in parts {
        if tree.kind(part) == .stringLiteral {
          pieces.append(.text(strings.intern(Symbol(tree[part].a), in: typed.symbols)))
          continue
        }
        let expression = NodeID(tree[part].a)
        let value = formatValue(expression)
        let spec = tree[part].b == 0 ? 0 : packedSpec(Symbol(tree[part].b - 1))
        if value.representation != .none { pieces.append(.value(value, adjustedType(expression), spec: spec)) }
      }
    }
    position(node)
    emit(pieces)
    emit(.format_string, result)
    release(to: mark)
  }

  private static var mostParts: Int { 100 }

  /// As `print`, with `x: i32 = 5` for each argument.
  mutating func lowerDebugPrint(_ node: NodeID) {
    let mark = mark
    let pieces = pieces(module.tree.list(module.tree[node].b).map { $0 }, isLabelled: true)
    position(node)
    emit(pieces, quoted: true)
    code.emit(.format_print, 0, 0, 1)
    release(to: mark)
  }

  /// The argument as the user wrote it, where it is a name or a path of fields.
  private func debugLabel(_ node: NodeID) -> String {
    let tree = module.tree
    switch tree.kind(node) {
    case .name: return typed.symbols[Symbol(tree[node].a)]
    case .field: return debugLabel(NodeID(tree[node].a)) + "." + typed.symbols[Symbol(tree[node].b)]
    default: return "value"
    }
  }

  /// Evaluates the arguments. A literal first argument is a format; without placeholders, or without a literal, the
  /// values follow each other with spaces between.
  private mutating func pieces(_ arguments: [NodeID], isLabelled: Bool = false) -> [Piece] {
    let tree = module.tree
    var pieces: [Piece] = []
    var rest = arguments[...]
    if let first = arguments.first, tree.kind(first) == .stringLiteral {
      rest = rest.dropFirst()
      let literal = formatBytes(first)
      let parsed = literal.withUnsafeBufferPointer { ParsedFormat($0) }
      let values = parsed.placeholderCount == 0 ? [] : rest.map { formatValue($0) }
      for piece in parsed.pieces {
        if piece.isText {
          pieces.append(.text(strings.intern(literal[Int(piece.start)..<Int(piece.end)], in: typed.symbols)))
        } else if Int(piece.argument) < values.count {
          let i = Int(piece.argument)
          append(arguments[i + 1], values[i], spec: piece.spec.isPlain ? 0 : piece.packedSpec, isLabelled, to: &pieces)
        }
      }
      if parsed.placeholderCount > 0 { return pieces }
    }
    for argument in rest {
      if argument != arguments[0] { pieces.append(.text(strings.intern(" ", in: typed.symbols))) }
      append(argument, formatValue(argument), spec: 0, isLabelled, to: &pieces)
    }
    return pieces
  }

  private mutating func append(
    _ argument: NodeID, _ value: Register, spec: UInt64, _ isLabelled: Bool, to pieces: inout [Piece]
  ) {
    let type = adjustedType(argument)
    if isLabelled {
      pieces.append(.text(strings.intern(debugLabel(argument) + ": " + printed(type) + " = ", in: typed.symbols)))
    }
    pieces.append(.value(value, type, spec: spec))
  }

  /// A value in a register that later arguments do not change.
  private mutating func formatValue(_ node: NodeID) -> Register { stable(node) }

  /// The text of a literal as a format: where its escapes matter it stands apart.
  private func formatBytes(_ node: NodeID) -> [UInt8] {
    let row = module.tree[node]
    return Array(typed.symbols.utf8(row.b == 0 ? Symbol(row.a) : Symbol(row.b - 1)))
  }

  private func packedSpec(_ symbol: Symbol) -> UInt64 {
    var spec = FormatSpec()
    _ = spec.parse(typed.symbols.utf8(symbol))
    return spec.isPlain ? 0 : spec.packed
  }

  private mutating func emit(_ pieces: [Piece], quoted: Bool = false) {
    emit(.format_begin)
    for piece in pieces {
      switch piece {
      case .text(let index):
        guard index != 0 else { continue }
        code.emit(.format_text, 0, 0, 0)
        code.word(index)
      case .value(let register, let type, let spec):
        guard register.representation != .none else { continue }
        let op: Opcode = register.representation == .scalar ? .format_s : .format_r
        code.emit(op, register.index, quoted ? 1 : 0, 0)
        code.word(row(type).index)
        code.word(UInt32(truncatingIfNeeded: spec))
        code.word(UInt32(truncatingIfNeeded: spec >> 32))
      }
    }
  }

  /// A format that is only known when the program runs: its arguments go as an array of `any`.
  private mutating func runtimeFormat(_ arguments: [NodeID], _ node: NodeID, into target: Register) {
    let list = typed.types.array(.any)
    let format = stable(arguments[0])
    let values = temporary(.reference)
    emit(.array_new, values, row(list).index)
    for argument in arguments.dropFirst() {
      let mark = mark
      let value = expression(argument)
      let type = adjustedType(argument)
      let boxed = type == .any ? value : boxAny(value, type, into: nil)
      emit(.push_r, values, boxed)
      release(to: mark)
    }
    move(nativeCall(.format_any, [format, values], [.string, list], .string, at: node), to: target)
  }
}
