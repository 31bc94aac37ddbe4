/// Which references of a function are live where: those that are read before
/// anything else is written over them, on some way from there.
///
/// The backward data-flow analysis of the textbooks (Aho, Lam, Sethi and Ullman,
/// *Compilers*, 9.2.5), with one set for each instruction. A slot is a reference
/// register, or behind these a reference slot of the spill area. A panic may leave
/// any instruction for its handler, with nothing written.
public struct ReferenceLiveness {
  private let registerCount: Int
  /// Numbers that the set of an instruction takes.
  private let width: Int
  /// The sets, at the first word of each instruction.
  private var sets: [UInt64]

  /// Analyses a function.
  ///
  /// - Parameter program: a verified one.
  public init(of function: Int, in program: Program) {
    let row = program.functions[function]
    registerCount = Int(row.referenceRegisters)
    width = (registerCount + Int(row.referenceSpills) + 63) / 64
    sets = Array(repeating: 0, count: width * Int(row.length))
    if width == 0 { return }
    let entry = Int(row.entry)
    let end = entry + Int(row.length)
    var analysis = Analysis(program: program, entry: entry, end: end, spillBase: registerCount, width: width)
    analysis.run(&sets)
  }

  /// Whether the register is live before the instruction that begins at a word of the function.
  public func isLive(register: Int, at word: Int) -> Bool { contains(register, at: word) }

  /// The same of a slot of the spill area.
  public func isLive(spill: Int, at word: Int) -> Bool { contains(registerCount + spill, at: word) }

  private func contains(_ slot: Int, at word: Int) -> Bool {
    sets[word * width + slot / 64] >> UInt64(slot % 64) & 1 != 0
  }
}

private struct Analysis {
  let program: Program
  let entry: Int
  let end: Int
  let spillBase: Int
  let width: Int
  /// Of the function; inner ones first.
  private let handlers: [HandlerRow]
  /// What is live, at the instruction that is looked at.
  private var live: [UInt64]

  init(program: Program, entry: Int, end: Int, spillBase: Int, width: Int) {
    self.program = program
    self.entry = entry
    self.end = end
    self.spillBase = spillBase
    self.width = width
    handlers = program.handlers.filter { entry <= Int($0.start) && Int($0.end) <= end }
    live = Array(repeating: 0, count: width)
  }

  /// From the last instruction to the first, again as long as a loop brings something new.
  mutating func run(_ sets: inout [UInt64]) {
    var starts: [Int] = []
    var word = entry
    while word < end {
      starts.append(word)
      word += Instruction.length(program.code[word])!
    }
    var isChanged = true
    while isChanged {
      isChanged = false
      for word in starts.reversed() where look(at: word, &sets) { isChanged = true }
    }
  }

  /// Whether the set of the instruction has grown.
  private mutating func look(at word: Int, _ sets: inout [UInt64]) -> Bool {
    let instruction = program.code[word]
    let op = Instruction.opcode(instruction)!
    for i in 0..<width { live[i] = 0 }
    forEachSuccessor(of: op, at: word) { join($0, sets) }
    apply(op, instruction, at: word)
    if let handler = handlers.first(where: { Int($0.start) <= word && word < Int($0.end) }) {
      let register = Int(handler.register)
      let wasLive = contains(register)
      join(Int(handler.target), sets)
      if !wasLive { remove(register) }
    }
    var isChanged = false
    let base = (word - entry) * width
    for i in 0..<width where sets[base + i] != live[i] {
      sets[base + i] = live[i]
      isChanged = true
    }
    return isChanged
  }

  private func forEachSuccessor(of op: Opcode, at word: Int, _ body: (Int) -> Void) {
    let instruction = program.code[word]
    let plan = InstructionPlan(op)
    let table = plan.hasTable ? Instruction.bc(instruction) : 0
    let next = word + plan.fixedLength + table
    func jump(_ at: Int) { body(next + Int(Int32(bitPattern: program.code[at]))) }
    switch plan.flow {
    case .stop: return
    case .jump: body(word + 1 + Instruction.jump24(instruction))
    case .next: body(next)
    case .branch:
      jump(word + plan.extensionCount)
      body(next)
    case .switchScalar, .switchVariant:
      for i in 0..<table { jump(word + plan.fixedLength + i) }
      if plan.flow == .switchScalar { body(next) }
    }
  }

  // MARK: One instruction

  /// From what is live behind it to what is live before it.
  private mutating func apply(_ op: Opcode, _ instruction: UInt32, at word: Int) {
    let form = Opcode.forms[Int(op.rawValue)]
    let operands = [
      (form.a, Instruction.a(instruction)), (form.b, Instruction.b(instruction)), (form.c, Instruction.c(instruction)),
    ]
    for (operand, register) in operands {
      switch operand {
      case .writeReference: remove(register)
      // A call destroys its window, and its result stands there.
      case .referenceBase: for slot in register..<spillBase { remove(slot) }
      default: break
      }
    }
    if op == .spill_set_r { remove(spillBase + Instruction.bc(instruction)) }
    for (operand, register) in operands {
      switch operand {
      case .readReference: insert(register)
      case .firstReference, .referenceBase: insert(register, count: references(of: op, at: word))
      default: break
      }
    }
    switch op {
    case .spill_get_r: insert(spillBase + Instruction.bc(instruction))
    case .new_spilled: insert(spillBase + Int(program.code[word + 3]), count: references(of: op, at: word))
    case .array_of: insert(Instruction.b(instruction), count: references(of: op, at: word))
    default: break
    }
  }

  /// How many consecutive references the instruction reads, beside those that its operands name one by one.
  private func references(of op: Opcode, at word: Int) -> Int {
    let first = Int(program.code[word + 1])
    switch op {
    case .new, .new_spilled: return Layout(of: program.types[first], in: program.types).referenceCount
    case .closure:
      let captures = program.type(program.functions[first].captures)
      return Layout(of: captures, in: program.types).referenceCount
    case .array_of:
      let isReference = program.type(program.types[first].elements[0]).representation == .reference
      return isReference ? Int(program.code[word + 2]) : 0
    case .call, .tail_call: return arguments(program.type(program.functions[first].type))
    case .call_closure, .tail_call_closure: return arguments(program.types[first])
    case .native: return arguments(program.types[Int(program.code[word + 2])])
    default: return 0
    }
  }

  private func arguments(_ type: TypeRow) -> Int {
    type.parameters.count { program.type($0).representation == .reference }
  }

  // MARK: Sets

  private mutating func join(_ word: Int, _ sets: [UInt64]) {
    let base = (word - entry) * width
    for i in 0..<width { live[i] |= sets[base + i] }
  }

  private func contains(_ slot: Int) -> Bool { live[slot / 64] >> UInt64(slot % 64) & 1 != 0 }
  private mutating func insert(_ slot: Int) { live[slot / 64] |= 1 << UInt64(slot % 64) }
  private mutating func remove(_ slot: Int) { live[slot / 64] &= ~(1 << UInt64(slot % 64)) }

  private mutating func insert(_ first: Int, count: Int) {
    for slot in first..<first + count { insert(slot) }
  }
}
