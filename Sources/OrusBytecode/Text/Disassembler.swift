/// The text form of a program.
///
/// `assemble` reads back exactly what `disassemble` writes: the same program, bit
/// for bit, also one that the verifier would refuse. A line is a directive, an
/// instruction, or a label; what follows `;` is for people only. Numbers name
/// things as the instructions do: `%3` a type, `$5` a string, `@7` a function,
/// `g2` a global, `s0` and `r0` registers.
///
///     orus bytecode 1
///     entry @0
///     error %12
///     type %9 array %7                                     ; [string]
///     type %10 structure $4 parts %2 names $5
///     global g0 $6 %2
///     method %10 $8 @3                                     ; Dog.speak
///     function @0 $1 %11 registers 1 2 source 0            ; main: fn([string]) -> i32
///       at 0 12
///       const_small s0, i32, 7
///     L2:
///       ret_s s0
///       handler L0 L2 L5 r1
///     end
///     string $1 "main"
///     source 0 user "main.orus" "fn main: …"
///
/// Functions stand in order of their code, which they fill. A label's number is
/// the word it stands before. Where a program is not so regular (words of no
/// function, handlers or positions in no order), its parts are written as bare
/// numbers: `code`, `row`, `catch` and `place`.
public func disassemble(_ program: Program) -> String {
  var writer = Disassembler(program)
  return writer.run()
}

struct Disassembler {
  let program: Program
  private var out = ""
  /// What each word of the code is.
  private var isStart: [Bool]
  private var isLabel: [Bool]
  private var order: [Int] = []
  private var handlersOfFunction: [[Int]] = []
  private var positionAt: [Int32]

  init(_ program: Program) {
    self.program = program
    isStart = Array(repeating: false, count: program.code.count + 1)
    isLabel = Array(repeating: false, count: program.code.count + 1)
    positionAt = []
  }

  mutating func run() -> String {
    line("orus bytecode \(textFormatVersion)")
    line("entry @\(program.entry)")
    line("error %\(program.errorType.index)", program.spelling(of: program.errorType))
    for i in program.types.indices { typeLine(i) }
    for (i, row) in program.globals.enumerated() {
      let spelling = program.spelling(of: row.type)
      line("global g\(i) $\(row.name) %\(row.type.index)", program.text(row.name) + ": " + spelling)
    }
    for row in program.dynamicMethods {
      line(
        "method %\(row.type.index) $\(row.name) @\(row.function)",
        program.spelling(of: row.type) + "." + program.text(row.name))
    }
    order = program.functionsInCodeOrder()
    if isTiled {
      functions()
    } else {
      bareCode()
      bareHandlers()
      barePositions()
    }
    for (i, bytes) in program.strings.enumerated() { line("string $\(i) \(quoted(bytes))") }
    for (i, row) in program.sources.enumerated() {
      let kind = row.isLibrary ? "library" : "user"
      line("source \(i) \(kind) \(quoted(Array(row.path.utf8))) \(quoted(row.text))")
    }
    return out
  }

  private mutating func line(_ text: String, _ comment: String = "") {
    out += text
    if !comment.isEmpty {
      let width = text.utf8.count
      out += String(repeating: " ", count: max(2, 44 - width)) + "; "
      // A comment is one line, whatever the names in it.
      for scalar in comment.unicodeScalars { out.unicodeScalars.append(scalar.value < 32 ? " " : scalar) }
    }
    out += "\n"
  }

  // MARK: Types

  private mutating func typeLine(_ i: Int) {
    let row = program.types[i]
    var text = "type %\(i) \(row.kind)"
    if row.name != 0 { text += " $\(row.name)" }
    if !row.elements.isEmpty { text += " parts " + row.elements.map { "%\($0.index)" }.joined(separator: ", ") }
    if !row.names.isEmpty { text += " names " + row.names.map { "$\($0)" }.joined(separator: ", ") }
    if !row.arguments.isEmpty {
      text += " arguments " + row.arguments.map { "%\($0.index)" }.joined(separator: ", ")
    }
    let hooks = [row.hooks.equals, row.hooks.hash, row.hooks.clone, row.hooks.toString, row.hooks.compare]
    for (name, hook) in zip(hookNames, hooks) where hook != 0 { text += " \(name) @\(hook - 1)" }
    line(text, program.spelling(of: UInt32(i)))
  }

  // MARK: Functions

  /// Whether the functions fill the code one behind the other.
  private var isTiled: Bool {
    var end = 0
    for i in order {
      guard Int(program.functions[i].entry) == end, program.functions[i].length > 0 else { return false }
      end += Int(program.functions[i].length)
    }
    return end == program.code.count
  }

  private mutating func functions() {
    for i in order { findStarts(Int(program.functions[i].entry), Int(program.functions[i].length)) }
    let handlersFit = placeHandlers()
    let positionsFit = placePositions()
    for i in order { functionText(i) }
    if !handlersFit { bareHandlers() }
    if !positionsFit { barePositions() }
  }

  /// Whether the instruction at a word can be written as one; where not, its word is.
  private func isWritable(_ word: Int, before end: Int) -> Bool {
    let first = program.code[word]
    guard let op = Instruction.opcode(first), let size = Instruction.length(first), word + size <= end else {
      return false
    }
    let form = op.form
    let operands = [(form.a, Instruction.a(first)), (form.b, Instruction.b(first)), (form.c, Instruction.c(first))]
    return operands.allSatisfy { operand, value in
      switch operand {
      case .none: value == 0
      case .kind: value < ScalarKind.allCases.count
      default: true
      }
    }
  }

  private mutating func findStarts(_ entry: Int, _ length: Int) {
    let end = entry + length
    var word = entry
    var targets: [Int] = []
    while word < end {
      isStart[word] = true
      guard isWritable(word, before: end) else {
        word += 1
        continue
      }
      let first = program.code[word]
      let size = Instruction.length(first)!
      let form = Instruction.opcode(first)!.form
      if form.a == .jump24 { targets.append(word + size + Instruction.jump24(first)) }
      for (i, kind) in form.extensions.enumerated() {
        switch kind {
        case .jump: targets.append(word + size + Int(Int32(bitPattern: program.code[word + 1 + i])))
        case .jumpTable:
          for entry in (word + form.fixedLength)..<(word + size) {
            targets.append(word + size + Int(Int32(bitPattern: program.code[entry])))
          }
        case .type, .function, .string, .global, .native, .number: break
        }
      }
      word += size
    }
    for target in targets where target >= entry && target < end && isStart[target] { isLabel[target] = true }
  }

  /// Notes the labels of handlers. False where they cannot be written inside of their functions.
  private mutating func placeHandlers() -> Bool {
    handlersOfFunction = Array(repeating: [], count: program.functions.count)
    var place = 0
    var marked: [Int] = []
    for (i, row) in program.handlers.enumerated() {
      while place < order.count, row.start >= codeEnd(order[place]) { place += 1 }
      guard place < order.count else { return false }
      let function = program.functions[order[place]]
      let end = codeEnd(order[place])
      for word in [row.start, row.end, row.target] {
        guard word >= function.entry, word < end || word == end && word != row.target,
          word == end || isStart[Int(word)]
        else {
          handlersOfFunction = Array(repeating: [], count: program.functions.count)
          return false
        }
        marked.append(Int(word))
      }
      handlersOfFunction[order[place]].append(i)
    }
    // The end of one function is the start of the next one, which needs no label for that.
    for word in marked where word < program.code.count { isLabel[word] = true }
    return true
  }

  private func codeEnd(_ function: Int) -> UInt32 {
    program.functions[function].entry + program.functions[function].length
  }

  private mutating func placePositions() -> Bool {
    var last = -1
    for row in program.positions {
      guard Int(row.word) > last, Int(row.word) < program.code.count, isStart[Int(row.word)] else { return false }
      last = Int(row.word)
    }
    positionAt = Array(repeating: -1, count: program.code.count)
    for (i, row) in program.positions.enumerated() { positionAt[Int(row.word)] = Int32(i) }
    return true
  }

  private mutating func functionText(_ i: Int) {
    let row = program.functions[i]
    functionLine(i)
    let entry = Int(row.entry)
    let end = entry + Int(row.length)
    var word = entry
    while word < end {
      if isLabel[word] { line("L\(word - entry):") }
      if !positionAt.isEmpty, positionAt[word] >= 0 {
        let position = program.positions[Int(positionAt[word])]
        line("  at \(position.start) \(position.end)")
      }
      guard isWritable(word, before: end) else {
        line("  word \(program.code[word])")
        word += 1
        continue
      }
      let size = Instruction.length(program.code[word])!
      let text = program.instructionText(at: word) { offset in
        let target = word + size + offset
        if target >= entry, target < end, isStart[target] { return "L\(target - entry)" }
        return offset < 0 ? "\(offset)" : "+\(offset)"
      }
      line("  " + text, program.instructionComment(at: word))
      word += size
    }
    if handlersOfFunction[i].contains(where: { Int(program.handlers[$0].end) == end }) { line("L\(end - entry):") }
    for index in handlersOfFunction[i] {
      let handler = program.handlers[index]
      let words = [handler.start, handler.end, handler.target].map { "L\(Int($0) - entry)" }
      line("  handler \(words.joined(separator: " ")) r\(handler.register)")
    }
    line("end")
  }

  private mutating func functionLine(_ i: Int, bare: Bool = false) {
    let row = program.functions[i]
    var text = "\(bare ? "row" : "function") @\(i) $\(row.name) %\(row.type.index)"
    if row.captures != .void { text += " captures %\(row.captures.index)" }
    text += " registers \(row.scalarRegisters) \(row.referenceRegisters)"
    if row.scalarSpills != 0 || row.referenceSpills != 0 {
      text += " spills \(row.scalarSpills) \(row.referenceSpills)"
    }
    text += " source \(row.source)"
    if bare { text += " words \(row.entry) \(row.length)" }
    line(text, program.text(row.name) + ": " + program.spelling(of: row.type))
  }

  // MARK: Programs that are not regular

  private mutating func bareCode() {
    for i in program.functions.indices { functionLine(i, bare: true) }
    var word = 0
    while word < program.code.count {
      let end = min(word + 8, program.code.count)
      line("code " + program.code[word..<end].map { "\($0)" }.joined(separator: " "))
      word = end
    }
  }

  private mutating func bareHandlers() {
    for row in program.handlers { line("catch \(row.start) \(row.end) \(row.target) \(row.register)") }
  }

  private mutating func barePositions() {
    for row in program.positions { line("place \(row.word) \(row.start) \(row.end)") }
  }
}

let textFormatVersion = 1

/// In the order of `TypeRow.Hooks`.
let hookNames = ["equals", "hash", "clone", "to_string", "compare"]
