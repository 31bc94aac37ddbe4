import OrusDiagnostics
import OrusFormat
import OrusSyntax

/// Checks literal formats against the arguments that follow them, and the specs
/// of interpolated strings against their expressions.
///
/// What cannot be known here (the type is `any` or a type parameter) is let
/// through unless no type at all fits; the VM then panics E0019.
struct FormatChecks {
  let module: TypedModule
  let program: TypedProgram
  let source: UnsafeBufferPointer<UInt8>?
  private(set) var diagnostics: [Diagnostic] = []

  init(module: TypedModule, program: TypedProgram, source: UnsafeBufferPointer<UInt8>?) {
    self.module = module
    self.program = program
    self.source = source
  }

  /// Any call: checks it if it is one of a builtin that takes a format, and that is a literal.
  mutating func checkCall(_ call: NodeID, _ row: Node) {
    let use = module.use(NodeID(row.a))
    guard use.kind == .builtin, let form = BuiltinForm(rawValue: use.index), let position = Self.formatPosition(form)
    else { return }
    let tree = module.tree
    let arguments = tree.list(row.b)
    guard position < arguments.count, tree.kind(arguments[position]) == .stringLiteral else { return }
    checkFormat(arguments[position], Array(arguments.dropFirst(position + 1)))
  }

  /// Where a builtin takes a format; nil if it takes none.
  static func formatPosition(_ form: BuiltinForm) -> Int? {
    switch form {
    case .print, .printNoNewline, .errorPrint, .debugPrint, .format, .panic: 0
    case .assert: 1
    case .typeOf, .isType, .enumerate, .zip, .range, .same, .clone, .hash, .compare, .int, .float: nil
    }
  }

  /// A stringLiteral and the arguments after it.
  mutating func checkFormat(_ literal: NodeID, _ arguments: [NodeID]) {
    let tree = module.tree
    let row = tree[literal]
    let text = program.symbols.utf8(row.b == 0 ? Symbol(row.a) : Symbol(row.b - 1))
    guard text.contains(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "}") }) else { return }
    for argument in arguments where tree.kind(argument) == .spreadArgument || tree.kind(argument) == .namedArgument {
      return
    }
    let format = ParsedFormat(text)
    if let error = format.error {
      let span = span(in: literal, Int(error.start), Int(error.end))
      let wrong = String(decoding: text[Int(error.start)..<Int(error.end)], as: UTF8.self)
      diagnostics.append(FormatMessage.malformed(error.kind, wrong, at: span))
      return
    }
    if format.placeholderCount == 0 { return }
    for piece in format.pieces where !piece.isText {
      let index = Int(piece.argument)
      guard index < arguments.count else {
        let span = span(in: literal, Int(piece.start), Int(piece.end))
        diagnostics.append(FormatMessage.missingArgument(span, index: index, given: arguments.count))
        return
      }
      if piece.spec.isPlain { continue }
      if let misfit = misfit(piece.spec, arguments[index]) {
        let span = span(in: literal, Int(piece.specStart), Int(piece.end) - 1)
        report(misfit, span, arguments[index])
      }
    }
    if let unused = format.firstUnusedArgument(of: arguments.count) {
      diagnostics.append(
        FormatMessage.unusedArgument(tree.span(arguments[unused]), format: tree.span(literal)))
    }
  }

  /// `{expression:spec}` in an interpolated string.
  mutating func checkInterpolation(_ id: NodeID, _ row: Node) {
    if row.b == 0 { return }
    let text = program.symbols.utf8(Symbol(row.b - 1))
    let place = specSpan(id, text)
    var spec = FormatSpec()
    if let error = spec.parse(text) {
      let wrong = String(decoding: text[Int(error.start)..<Int(error.end)], as: UTF8.self)
      let span =
        place.isExact
        ? Span(file: place.span.file, start: place.span.start + error.start, end: place.span.start + error.end)
        : place.span
      diagnostics.append(FormatMessage.malformed(error.kind, wrong, at: span))
      return
    }
    if let misfit = misfit(spec, NodeID(row.a)) { report(misfit, place.span, NodeID(row.a)) }
  }

  private mutating func report(_ misfit: FormatMisfit, _ span: Span, _ argument: NodeID) {
    let type = module.type(argument)
    let isKnown = program.types.kind(type) != .any && program.types.kind(type) != .parameter
    diagnostics.append(
      FormatMessage.misfit(
        misfit, span, type: isKnown ? program.typeName(type) : nil, argument: module.tree.span(argument)))
  }

  private func misfit(_ spec: FormatSpec, _ argument: NodeID) -> FormatMisfit? {
    let type = module.type(argument)
    switch program.types.kind(type) {
    case .error, .variable, .never, .void: return nil
    case .any, .parameter: return spec.misfitForEveryKind
    case .i32, .i64, .u32, .u64: return spec.misfit(for: .integer)
    case .f64: return spec.misfit(for: .float)
    case .string: return spec.misfit(for: .text)
    case .bool: return spec.misfit(for: .bool)
    case .array, .fixedArray, .tuple, .function, .range, .map, .set, .nominal: return spec.misfit(for: .other)
    }
  }

  // MARK: Places

  /// A range of a format's bytes in the source; the whole literal where the source is not at hand.
  private func span(in literal: NodeID, _ from: Int, _ to: Int) -> Span {
    let whole = module.tree.span(literal)
    guard let source, let offsets = LiteralOffsets(source, start: Int(whole.start), end: Int(whole.end)) else {
      return whole
    }
    let found = offsets.offsets(of: [from, to])
    // An empty spec still needs a place to point at.
    return Span(file: whole.file, start: UInt32(found[0]), end: UInt32(max(found[1], found[0] + 1)))
  }

  /// The spec stands at the end of its interpolation, before the brace.
  private func specSpan(_ id: NodeID, _ spec: UnsafeBufferPointer<UInt8>) -> (span: Span, isExact: Bool) {
    let whole = module.tree.span(id)
    guard let source, Int(whole.end) <= source.count, whole.start < whole.end else { return (whole, false) }
    let hasBrace = source[Int(whole.end) - 1] == UInt8(ascii: "}")
    let end = Int(whole.end) - (hasBrace ? 1 : 0)
    let start = end - spec.count
    guard start > Int(whole.start), !spec.isEmpty, source[start..<end].elementsEqual(spec) else {
      return (whole, false)
    }
    return (Span(file: whole.file, start: UInt32(start), end: UInt32(end)), true)
  }
}
