/// Reads the text form; see Disassembler.swift. The program is not verified.
public func assemble(_ text: String) throws(AssemblyError) -> Program {
  var assembler = Assembler()
  let bytes = Array(text.utf8)
  var start = 0
  var number = 0
  while start < bytes.count {
    let end = bytes[start...].firstIndex(of: 10) ?? bytes.count
    number += 1
    try assembler.read(AssemblyLine(bytes[start..<end], number: number))
    start = end + 1
  }
  return try assembler.finish(line: number)
}

private struct Assembler {
  private var program = Program()
  private var hasVersion = false
  /// Functions by number, as they may stand in any order.
  private var functions: [FunctionRow?] = []

  // Of the function that is being read.
  private var current: Int?
  private var labels: [String: Int] = [:]
  private var fixups: [Fixup] = []
  private var handlers: [(row: Int, part: WritableKeyPath<HandlerRow, UInt32>, label: String, line: Int)] = []

  private struct Fixup {
    /// The word to patch, and the one that the jump counts from.
    let word: Int
    let end: Int
    let label: String
    let isShort: Bool
    let line: Int
  }

  /// A jump as it is written.
  private enum Jump {
    case label(String)
    case offset(Int)
  }

  init() {
    program.types = []
    program.strings = []
  }

  mutating func read(_ line: AssemblyLine) throws(AssemblyError) {
    var line = line
    if line.isAtEnd() { return }
    let word = try line.name()
    if !hasVersion {
      guard word == "orus", line.take(word: "bytecode"), try line.index() == textFormatVersion else {
        throw line.fail("the text does not begin with `orus bytecode \(textFormatVersion)`")
      }
      hasVersion = true
    } else if current != nil {
      try readInFunction(word, &line)
    } else {
      try readDirective(word, &line)
    }
    try line.expectEnd()
  }

  func finish(line: Int) throws(AssemblyError) -> Program {
    guard hasVersion else { throw AssemblyError(line: 1, reason: "the text is empty") }
    if current != nil { throw AssemblyError(line: line, reason: "the last function has no `end`") }
    var program = program
    for (i, row) in functions.enumerated() {
      guard let row else { throw AssemblyError(line: line, reason: "function @\(i) is missing") }
      program.functions.append(row)
    }
    return program
  }

  // MARK: Directives

  private mutating func readDirective(_ word: String, _ line: inout AssemblyLine) throws(AssemblyError) {
    switch word {
    case "entry": program.entry = try line.index("@")
    case "error": program.errorType = TypeIndex(try line.index("%"))
    case "string":
      try expect(line.index("$"), program.strings.count, line)
      program.strings.append(try line.bytes())
    case "type": try readType(&line)
    case "global":
      _ = line.take("g")
      try expect(line.index(), program.globals.count, line)
      program.globals.append(GlobalRow(name: try line.index("$"), type: TypeIndex(try line.index("%"))))
    case "method":
      program.dynamicMethods.append(
        DynamicMethodRow(
          type: TypeIndex(try line.index("%")), name: try line.index("$"), function: try line.index("@")))
    case "source":
      try expect(line.index(), program.sources.count, line)
      let isLibrary = line.take(word: "library")
      if !isLibrary, !line.take(word: "user") { throw line.fail("a source is `library` or `user`") }
      let path = try line.bytes()
      let text = try line.bytes()
      program.sources.append(SourceRow(path: String(decoding: path, as: UTF8.self), text: text, isLibrary: isLibrary))
    case "function", "row": try readFunction(&line, isBare: word == "row")
    case "code": while !line.isAtEnd() { program.code.append(try line.index()) }
    case "catch":
      program.handlers.append(
        HandlerRow(
          start: try line.index(), end: try line.index(), target: try line.index(), register: try line.index()))
    case "place":
      program.positions.append(
        PositionRow(word: try line.index(), start: try line.index(), end: try line.index()))
    default: throw line.fail("there is no directive `\(word)`")
    }
  }

  private func expect(_ number: UInt32, _ count: Int, _ line: AssemblyLine) throws(AssemblyError) {
    if Int(number) != count { throw line.fail("number \(count) is next, not \(number)") }
  }

  private mutating func readType(_ line: inout AssemblyLine) throws(AssemblyError) {
    try expect(line.index("%"), program.types.count, line)
    let kindName = try line.name()
    guard let kind = TypeRow.Kind.allCases.first(where: { "\($0)" == kindName }) else {
      throw line.fail("there is no kind of type `\(kindName)`")
    }
    var row = TypeRow(kind)
    if line.isNext("$") { row.name = try line.index("$") }
    while !line.isAtEnd() {
      let word = try line.name()
      switch word {
      case "parts": while line.isNext("%") { row.elements.append(TypeIndex(try line.index("%"))) }
      case "names": while line.isNext("$") { row.names.append(try line.index("$")) }
      case "arguments": while line.isNext("%") { row.arguments.append(TypeIndex(try line.index("%"))) }
      default:
        let hooks: [WritableKeyPath<TypeRow.Hooks, UInt32>] = [\.equals, \.hash, \.clone, \.toString, \.compare]
        guard let i = hookNames.firstIndex(of: word) else { throw line.fail("a type has no `\(word)`") }
        row.hooks[keyPath: hooks[i]] = UInt32(try line.number("@", in: 0...Int(UInt32.max) - 1)) + 1
      }
    }
    program.types.append(row)
  }

  private mutating func readFunction(_ line: inout AssemblyLine, isBare: Bool) throws(AssemblyError) {
    let index = try line.number("@", in: 0...1 << 24)
    var row = FunctionRow(name: try line.index("$"), type: TypeIndex(try line.index("%")))
    if line.take(word: "captures") { row.captures = TypeIndex(try line.index("%")) }
    guard line.take(word: "registers") else { throw line.fail("`registers` is missing") }
    row.scalarRegisters = try short(&line)
    row.referenceRegisters = try short(&line)
    if line.take(word: "spills") {
      row.scalarSpills = try short(&line)
      row.referenceSpills = try short(&line)
    }
    guard line.take(word: "source") else { throw line.fail("`source` is missing") }
    row.source = try line.index()
    if isBare {
      guard line.take(word: "words") else { throw line.fail("`words` is missing") }
      row.entry = try line.index()
      row.length = try line.index()
    } else {
      row.entry = UInt32(program.code.count)
      current = index
      labels.removeAll()
      fixups.removeAll()
      handlers.removeAll()
    }
    while functions.count <= index { functions.append(nil) }
    guard functions[index] == nil else { throw line.fail("function @\(index) is there twice") }
    functions[index] = row
  }

  private func short(_ line: inout AssemblyLine) throws(AssemblyError) -> UInt16 {
    UInt16(try line.number(in: 0...Int(UInt16.max)))
  }

  // MARK: In functions

  private mutating func readInFunction(_ word: String, _ line: inout AssemblyLine) throws(AssemblyError) {
    let start = program.code.count
    switch word {
    case "end": try endFunction(line)
    case "at":
      program.positions.append(
        PositionRow(word: UInt32(start), start: try line.index(), end: try line.index()))
    case "word": program.code.append(try line.index())
    case "handler":
      let row = program.handlers.count
      for part in [\HandlerRow.start, \HandlerRow.end, \HandlerRow.target] {
        handlers.append((row, part, try line.name(), line.number))
      }
      program.handlers.append(HandlerRow(start: 0, end: 0, target: 0, register: try line.index("r")))
    default:
      if line.take(":") {
        guard labels.updateValue(start, forKey: word) == nil else { throw line.fail("label `\(word)` is there twice") }
      } else if let op = Assembler.opcodes[word] {
        try readInstruction(op, &line)
      } else {
        throw line.fail("there is no instruction `\(word)`")
      }
    }
  }

  private mutating func endFunction(_ line: AssemblyLine) throws(AssemblyError) {
    for fixup in fixups {
      guard let target = labels[fixup.label] else {
        throw AssemblyError(line: fixup.line, reason: "there is no label `\(fixup.label)`")
      }
      let offset = target - fixup.end
      if fixup.isShort {
        guard offset >= -(1 << 23), offset < 1 << 23 else {
          throw AssemblyError(line: fixup.line, reason: "the jump is longer than 24 bits")
        }
        program.code[fixup.word] |= UInt32(truncatingIfNeeded: offset) << 8
      } else {
        program.code[fixup.word] = UInt32(truncatingIfNeeded: offset)
      }
    }
    for handler in handlers {
      guard let target = labels[handler.label] else {
        throw AssemblyError(line: handler.line, reason: "there is no label `\(handler.label)`")
      }
      program.handlers[handler.row][keyPath: handler.part] = UInt32(target)
    }
    functions[current!]!.length = UInt32(program.code.count) - functions[current!]!.entry
    current = nil
  }

  private static let opcodes = Dictionary(uniqueKeysWithValues: Opcode.allCases.map { ("\($0)", $0) })

  private mutating func readInstruction(_ op: Opcode, _ line: inout AssemblyLine) throws(AssemblyError) {
    let form = op.form
    let word = program.code.count
    program.code.append(0)
    var bits = UInt32(op.rawValue)
    if form.a == .jump24 {
      switch try readJump(&line) {
      case .offset(let offset):
        guard offset >= -(1 << 23), offset < 1 << 23 else { throw line.fail("the jump is longer than 24 bits") }
        bits |= UInt32(truncatingIfNeeded: offset) << 8
      case .label(let label):
        fixups.append(Fixup(word: word, end: word + 1, label: label, isShort: true, line: line.number))
      }
      program.code[word] = bits
      return
    }
    let hasTable = form.extensions.last == .jumpTable
    bits |= try readOperand(form.a, hasTable, &line) << 8
    bits |= try readOperand(form.b, hasTable, &line) << 16
    if form.b != .low16 { bits |= try readOperand(form.c, hasTable, &line) << 24 }
    let end = word + form.fixedLength
    for kind in form.extensions {
      if kind == .jumpTable {
        bits |= try readTable(&line) << 16
      } else {
        try readExtension(kind, op, end, &line)
      }
    }
    program.code[word] = bits
  }

  /// The operand's byte; of a 16-bit number both bytes.
  private func readOperand(
    _ operand: Operand, _ hasTable: Bool, _ line: inout AssemblyLine
  ) throws(AssemblyError) -> UInt32 {
    switch operand {
    case .none, .high16, .jump24: return 0
    case .read, .write, .update, .readSame, .writeSame, .firstScalar, .scalarBase:
      return UInt32(try line.number("s", in: 0...255))
    case .readReference, .writeReference, .firstReference, .referenceBase:
      return UInt32(try line.number("r", in: 0...255))
    case .kind:
      let name = try line.name()
      guard let kind = ScalarKind.allCases.first(where: { "\($0)" == name }) else {
        throw line.fail("there is no kind `\(name)`")
      }
      return UInt32(kind.rawValue)
    case .signedByte: return UInt32(UInt8(bitPattern: Int8(try line.number(in: -128...127))))
    case .byte: return UInt32(try line.number(in: 0...255))
    case .low16: return hasTable ? 0 : UInt32(try line.number(in: 0...65535))
    }
  }

  private mutating func readExtension(
    _ kind: Extension, _ op: Opcode, _ end: Int, _ line: inout AssemblyLine
  ) throws(AssemblyError) {
    switch kind {
    case .jump: try appendJump(end, &line)
    case .type: program.code.append(try line.index("%"))
    case .function: program.code.append(try line.index("@"))
    case .string: program.code.append(try line.index("$"))
    case .global: program.code.append(try line.index("g"))
    case .native:
      let name = try line.name()
      guard let number = Native(rawValue: name)?.number ?? UInt32(name) else {
        throw line.fail("there is no native `\(name)`")
      }
      program.code.append(number)
    case .number:
      let range = op.hasSignedNumber ? Int(Int32.min)...Int(Int32.max) : 0...Int(UInt32.max)
      program.code.append(UInt32(truncatingIfNeeded: try line.number(in: range)))
    case .jumpTable: break
    }
  }

  /// Reads `[L1, L2]`; gives the number of words.
  private mutating func readTable(_ line: inout AssemblyLine) throws(AssemblyError) -> UInt32 {
    guard line.take("[") else { throw line.fail("`[` is missing") }
    let start = program.code.count
    let firstFixup = fixups.count
    while !line.take("]") { try appendJump(0, &line) }
    let count = program.code.count - start
    guard count <= 65535 else { throw line.fail("more than 65,535 words in a table") }
    for i in firstFixup..<fixups.count {
      let fixup = fixups[i]
      fixups[i] = Fixup(
        word: fixup.word, end: program.code.count, label: fixup.label, isShort: false, line: fixup.line)
    }
    return UInt32(count)
  }

  private mutating func appendJump(_ end: Int, _ line: inout AssemblyLine) throws(AssemblyError) {
    switch try readJump(&line) {
    case .offset(let offset): program.code.append(UInt32(truncatingIfNeeded: offset))
    case .label(let label):
      fixups.append(
        Fixup(word: program.code.count, end: end, label: label, isShort: false, line: line.number))
      program.code.append(0)
    }
  }

  private func readJump(_ line: inout AssemblyLine) throws(AssemblyError) -> Jump {
    if line.isNext("+") || line.isNext("-") {
      return .offset(try line.number(in: Int(Int32.min)...Int(Int32.max)))
    }
    return .label(try line.name())
  }
}
