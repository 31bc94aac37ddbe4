/// The verifier: what comes from outside runs only if it keeps every promise
/// that the VM relies on.
///
/// The problem: the VM checks nothing. A register of the wrong type is a forged
/// pointer, a jump into the middle of an instruction runs data, a reference that
/// may be null is a fault. The code may come from a damaged cache or from someone
/// who means harm, so the proof has to hold for any bytes, in time and memory
/// that their number bounds.
///
/// The mechanism is abstract interpretation. A *state* says for every register
/// and spill slot what it holds: a type row, or nothing that can be read. Rows are
/// exact for scalars; for references a row stands for itself and what is below it:
///
///     variant < its enum      closure row < its function type      T < Option<T>
///
/// where the last holds for a reference T that is not an option itself, because
/// `Some` of it is the bare reference. An option that is a box has a bit beside
/// its row that says that it is not null. `b_tag`, `switch_tag`, `b_null` and
/// `b_not_null` tell their ways what the register is known to hold there, and
/// only on a row known so far can a field be read. A slot is 32 bits:
/// `row << 1 | isNotNull`, 0 for nothing.
///
/// A function is taken in two passes. The first walks its words (Scan.swift),
/// checks all that does not depend on registers, and finds the *leaders*:
/// instructions that something jumps to, and the ends of handlers' ranges. The
/// second (Flow.swift) interprets one block after another (Step.swift), in order
/// of address, from the state at its leader; where ways meet, their states are
/// joined slot by slot, and a block whose state changed is done again. A slot can
/// only sink (variant, enum, option of it, nothing), so this ends; in code from a
/// compiler, after about two rounds of each loop. States exist at leaders only,
/// and go once no loop leads back. Two counters, of work and of memory, turn what
/// is built to be slow into a refusal.
///
/// A panic may go on at a handler from any instruction of its range, so the
/// handler's state is the join of the states before each; a call that panics has
/// destroyed what it could.
///
/// Two rules are about more than types. A window that a call builds belongs to the
/// callee: after it, all registers from the bases on hold nothing, but for the
/// result. And an instruction that may go backwards is a safepoint, the only way
/// to go backwards, and handlers lie behind their ranges; so no loop escapes the
/// step limit.
public func verify(_ program: consuming Program) throws(VerificationError) -> VerifiedProgram {
  let program = program
  try TypeChecks(program).check()
  let checks = ProgramChecks(program: program, order: program.functionsInCodeOrder())
  try checks.check()
  try checks.checkFunctions()
  var verifier = Verifier(program)
  let ranges = try verifier.handlerRanges(order: checks.order)
  for function in program.functions.indices { try verifier.verify(function, handlers: ranges[function]) }
  return VerifiedProgram(program)
}

struct Verifier: ~Copyable {
  let program: Program
  let types: TypeTables
  let plans: UnsafeMutablePointer<InstructionPlan>
  /// The code: the program's own array, which nothing changes and which lives as long as this does.
  let words: UnsafePointer<UInt32>
  /// By role of an operand: the first number that is too large, in the function that is being verified.
  let limits: UnsafeMutablePointer<Int>

  // Of the function that is being verified.
  var function = 0
  /// Its words, and how many.
  var code: UnsafePointer<UInt32>
  var length = 0
  var scalarCount = 0
  var referenceCount = 0
  var scalarSpills = 0
  var referenceSpills = 0
  var handlers: [HandlerRange] = []
  /// The word whose instruction is being looked at, within the function.
  var at = 0

  // Scratch space, as large as the largest function needs it. See Scan.swift and Flow.swift.
  let marks: UnsafeMutablePointer<UInt8>
  /// The leader at a word; what other words hold has no meaning.
  let leaderAt: UnsafeMutablePointer<Int32>
  var leaders: [Leader] = []
  var loops: [Loop] = []
  var workLeft = 0
  var memoryLeft = 0

  /// Slots of the state: scalar registers, reference registers, scalar spill slots, reference spill slots.
  var slotCount = 0
  let slots: UnsafeMutablePointer<UInt32>
  /// Texts that have been begun.
  var openTexts: Int32 = 0
  /// States that nothing uses, each with room for `stateCapacity` slots.
  var freeStates: [UnsafeMutablePointer<UInt32>] = []
  var stateCapacity = 0
  /// Slots that the last instruction wrote.
  let changed: UnsafeMutablePointer<Int>
  var changedCount = 0
  /// The handler in force, an index into `handlers`; -1 for none.
  var handler = -1
  /// The first leader before the current block's end whose state changed.
  var nextDirty = Int.max
  /// By function type row: number + 1 of the native whose signature it was last found to match.
  let knownNatives: UnsafeMutablePointer<UInt16>
  /// Of the natives that the program calls, by number.
  var signatures: [NativeSignature?] = Array(repeating: nil, count: Native.all.count)

  /// A handler, its words counted from where its function begins.
  struct HandlerRange {
    let start: Int
    let end: Int
    let target: Int
    let register: Int
  }

  struct Leader {
    let word: Int
    /// The last jump back to it.
    var loopEnd = -1
    /// A loop goes around it, so its state may be needed again.
    var isInLoop = false
    var isDirty = false
    var openTexts: Int32 = 0
    var handler = -1
    var state: UnsafeMutablePointer<UInt32>?
  }

  /// A jump backwards.
  struct Loop {
    let target: Int
    let source: Int
  }

  /// - Parameter program: one whose types and rows have been checked.
  init(_ program: Program) {
    self.program = program
    types = TypeTables(program.types)
    plans = .allocate(capacity: 256)
    plans.initialize(repeating: InstructionPlan(), count: 256)
    for op in Opcode.allCases { plans[Int(op.rawValue)] = InstructionPlan(op) }
    limits = .allocate(capacity: InstructionPlan.Role.allCases.count)
    var longest = 0
    var mostSlots = 0
    for row in program.functions {
      longest = max(longest, Int(row.length))
      mostSlots = max(mostSlots, Verifier.slotCount(row))
    }
    marks = .allocate(capacity: longest + 1)
    leaderAt = .allocate(capacity: longest + 1)
    leaderAt.initialize(repeating: -1, count: longest + 1)
    slots = .allocate(capacity: mostSlots + 1)
    slots.initialize(repeating: 0, count: mostSlots + 1)
    // Without code there are no functions, and nothing is read.
    words = program.code.withUnsafeBufferPointer { $0.baseAddress } ?? UnsafePointer(slots)
    code = words
    changed = .allocate(capacity: 16)
    knownNatives = .allocate(capacity: types.count)
    knownNatives.initialize(repeating: 0, count: types.count)
  }

  deinit {
    for state in freeStates { state.deallocate() }
    for leader in leaders { leader.state?.deallocate() }
    types.deallocate()
    plans.deallocate()
    limits.deallocate()
    marks.deallocate()
    leaderAt.deallocate()
    slots.deallocate()
    changed.deallocate()
    knownNatives.deallocate()
  }

  private static func slotCount(_ row: FunctionRow) -> Int {
    Int(row.scalarRegisters) + Int(row.referenceRegisters) + Int(row.scalarSpills) + Int(row.referenceSpills)
  }

  /// - Parameter handlers: those of the function, inner ones first.
  mutating func verify(_ index: Int, handlers: [HandlerRange]) throws(VerificationError) {
    let row = program.functions[index]
    function = index
    code = words + Int(row.entry)
    length = Int(row.length)
    scalarCount = Int(row.scalarRegisters)
    referenceCount = Int(row.referenceRegisters)
    scalarSpills = Int(row.scalarSpills)
    referenceSpills = Int(row.referenceSpills)
    slotCount = Verifier.slotCount(row)
    for role in InstructionPlan.Role.allCases { limits[Int(role.rawValue)] = limit(role) }
    self.handlers = handlers
    workLeft = 1 << 22 + 1024 * length
    memoryLeft = 1 << 26 + 1024 * length
    do {
      try scan()
      try flow()
    } catch {
      throw failure(error)
    }
  }

  private func failure(_ fault: Fault) -> VerificationError {
    let row = program.functions[function]
    return VerificationError(
      function: function, functionName: String(decoding: program.strings[Int(row.name)], as: UTF8.self),
      word: at, instruction: program.instructionText(at: Int(row.entry) + at),
      reason: fault.reason(in: program))
  }

  /// The handlers by function, each within one and behind its range.
  ///
  /// - Parameter order: the functions in the order of their code.
  borrowing func handlerRanges(order: [Int]) throws(VerificationError) -> [[HandlerRange]] {
    var ranges = [[HandlerRange]](repeating: [], count: program.functions.count)
    for (i, handler) in program.handlers.enumerated() {
      var low = 0
      var high = order.count
      while high - low > 1 {
        let middle = (low + high) / 2
        if program.functions[order[middle]].entry <= handler.start { low = middle } else { high = middle }
      }
      let index = order[low]
      let function = program.functions[index]
      let end = function.entry + function.length
      guard handler.start < handler.end, handler.end <= handler.target, handler.target < end else {
        throw VerificationError(
          function: index, functionName: String(decoding: program.strings[Int(function.name)], as: UTF8.self),
          word: nil, instruction: "",
          reason: "handler \(i) does not lie behind its range, both in one function")
      }
      guard handler.register < UInt32(function.referenceRegisters) else {
        throw VerificationError(
          function: index, functionName: String(decoding: program.strings[Int(function.name)], as: UTF8.self),
          word: nil, instruction: "", reason: "handler \(i) puts the error past the function's registers")
      }
      ranges[index].append(
        HandlerRange(
          start: Int(handler.start - function.entry), end: Int(handler.end - function.entry),
          target: Int(handler.target - function.entry), register: Int(handler.register)))
    }
    return ranges
  }

  /// Counts work that depends on more than the number of words.
  @inline(__always) mutating func spend(_ amount: Int) throws(Fault) {
    workLeft -= amount
    if workLeft < 0 { throw Fault.rule("the function takes too much work to verify") }
  }
}
