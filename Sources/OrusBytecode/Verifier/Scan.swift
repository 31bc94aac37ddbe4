/// The first pass over a function: everything that a word says by itself, where
/// instructions begin, and which of them are leaders.
extension Verifier {
  static let isStart: UInt8 = 1
  static let isLeader: UInt8 = 2
  /// Something jumps there.
  static let isTarget: UInt8 = 4
  /// Follows a `spill_leave`, so nothing may jump there.
  static let isClosed: UInt8 = 8

  mutating func scan() throws(Fault) {
    marks.initialize(repeating: 0, count: length + 1)
    loops.removeAll(keepingCapacity: true)
    let hasSpills = scalarSpills + referenceSpills > 0
    var hasLeft = false
    var ends = false
    at = 0
    while at < length {
      let word = code[at]
      let plan = plans + Int(word & 0xFF)
      guard plan.pointee.isInstruction else { throw Fault.rule("there is no such instruction") }
      let op = unsafeBitCast(UInt8(truncatingIfNeeded: word), to: Opcode.self)
      let count = plan.pointee.hasTable ? Instruction.bc(word) : 0
      let size = plan.pointee.fixedLength + count
      guard at + size <= length else { throw Fault.rule("the instruction runs past its function") }
      marks[at] |= Verifier.isStart
      if isTooLarge(plan.pointee.a, Instruction.a(word)) || isTooLarge(plan.pointee.b, Instruction.b(word))
        || isTooLarge(plan.pointee.c, Instruction.c(word))
      {
        throw operandFault(plan, word)
      }
      if plan.pointee.extensionCount > 0 { try checkExtensions(plan, size) }
      switch plan.pointee.flow {
      case .jump: try noteJump(Instruction.jump24(word), from: 1, isBackward: plan.pointee.isBackward)
      case .switchScalar, .switchVariant:
        for i in 0..<count {
          try noteJump(Int(Int32(bitPattern: code[at + plan.pointee.fixedLength + i])), from: size, isBackward: false)
        }
      case .next, .branch, .stop: break
      }
      if plan.pointee.hasConstants { try checkConstants(op, word) }

      // The spill area is entered first and left last.
      if op == .spill_enter || at == 0 {
        guard (op == .spill_enter) == (at == 0 && hasSpills) else {
          throw Fault.rule("spill_enter is the first instruction of functions with spill slots, and only there")
        }
      }
      if plan.pointee.leavesFrame {
        guard hasLeft == hasSpills else { throw Fault.rule("the spill area is not left directly before") }
        if hasLeft { marks[at] |= Verifier.isClosed }
      } else if hasLeft {
        throw Fault.rule("spill_leave is not directly before a return or a tail call")
      }
      hasLeft = op == .spill_leave
      ends = plan.pointee.flow == .stop || plan.pointee.flow == .jump || plan.pointee.flow == .switchVariant
      at += size
    }
    guard ends else {
      at = length - 1
      throw Fault.rule("the function does not end")
    }
    try checkHandlers(hasSpills)
    try checkTargets(hasSpills)
    try makeLeaders()
  }

  /// The first number that an operand of the role cannot have.
  func limit(_ role: InstructionPlan.Role) -> Int {
    switch role {
    case .none: 1
    case .free: 256
    case .readScalar, .writeScalar, .updateScalar, .readSame, .writeSame: scalarCount
    case .readReference, .writeReference: referenceCount
    case .scalarBase: scalarCount + 1
    case .referenceBase: referenceCount + 1
    case .kind: Int(ScalarKind.tag.rawValue)
    }
  }

  @inline(__always) private func isTooLarge(_ operand: InstructionPlan.Operand, _ value: Int) -> Bool {
    value >= limits[Int(operand.role.rawValue)]
  }

  /// Of an instruction with an operand that is too large.
  @inline(never)
  private func operandFault(_ plan: UnsafeMutablePointer<InstructionPlan>, _ word: UInt32) -> Fault {
    let operands = [
      (plan.pointee.a, Instruction.a(word)), (plan.pointee.b, Instruction.b(word)),
      (plan.pointee.c, Instruction.c(word)),
    ]
    let (operand, value) = operands.first { isTooLarge($0.0, $0.1) }!
    switch operand.role {
    case .none, .free: return Fault.rule("an operand that is not used is not zero")
    case .readScalar, .writeScalar, .updateScalar, .readSame, .writeSame, .scalarBase:
      return Fault.outOfRange("scalar register", UInt32(value))
    case .readReference, .writeReference, .referenceBase: return Fault.outOfRange("reference register", UInt32(value))
    case .kind: return Fault.rule("the kind is none that the instruction takes")
    }
  }

  private mutating func checkExtensions(
    _ plan: UnsafeMutablePointer<InstructionPlan>, _ size: Int
  ) throws(Fault) {
    let count = plan.pointee.extensionCount
    try checkExtension(plan.pointee.extensions.0, code[at + 1], size, plan.pointee.isBackward)
    if count > 1 { try checkExtension(plan.pointee.extensions.1, code[at + 2], size, plan.pointee.isBackward) }
    if count > 2 { try checkExtension(plan.pointee.extensions.2, code[at + 3], size, plan.pointee.isBackward) }
  }

  private mutating func checkExtension(
    _ kind: Extension, _ word: UInt32, _ size: Int, _ isBackward: Bool
  ) throws(Fault) {
    switch kind {
    case .number, .jumpTable: break
    case .jump: try noteJump(Int(Int32(bitPattern: word)), from: size, isBackward: isBackward)
    case .type: if Int(word) >= types.count { throw Fault.outOfRange("type", word) }
    case .function: if Int(word) >= program.functions.count { throw Fault.outOfRange("function", word) }
    case .string: if Int(word) >= program.strings.count { throw Fault.outOfRange("string", word) }
    case .global: if Int(word) >= program.globals.count { throw Fault.outOfRange("global", word) }
    case .native: if Int(word) >= Native.all.count { throw Fault.outOfRange("native", word) }
    }
  }

  private mutating func noteJump(_ offset: Int, from size: Int, isBackward: Bool) throws(Fault) {
    let target = at + size + offset
    guard target >= 0, target < length else { throw Fault.rule("a jump leaves the function") }
    if isBackward {
      guard target <= at else { throw Fault.rule("a jump that goes backwards goes forwards") }
      loops.append(Loop(target: target, source: at))
    } else {
      guard offset >= 0 else { throw Fault.rule("a jump that goes forwards goes backwards") }
    }
    marks[target] |= Verifier.isTarget | Verifier.isLeader
  }

  /// Rules about operands that are no registers.
  private mutating func checkConstants(_ op: Opcode, _ word: UInt32) throws(Fault) {
    switch op {
    case .const_small:
      let value = Instruction.signedC(word)
      try checkCanonical(Instruction.b(word), Int64(value))
    case .const_mid:
      let kind = Instruction.b(word)
      let isUnsigned = kind == Int(ScalarKind.u32.rawValue) || kind == Int(ScalarKind.u64.rawValue)
      let bits = code[at + 1]
      try checkCanonical(kind, isUnsigned ? Int64(bits) : Int64(Int32(bitPattern: bits)))
    case .const_wide:
      let bits = UInt64(code[at + 1]) | UInt64(code[at + 2]) << 32
      try checkCanonical(Instruction.b(word), Int64(bitPattern: bits))
    case .div_imm_i32, .div_imm_i64, .rem_imm_i32, .rem_imm_i64:
      let divisor = Instruction.signedC(word)
      if divisor == 0 || divisor == -1 { throw Fault.rule("the divisor is 0 or -1") }
    case .and_imm_w: if Instruction.signedC(word) < 0 { throw Fault.rule("the mask is negative") }
    case .retype:
      let kind = ScalarKind(rawValue: UInt8(Instruction.c(word)))
      if kind == .bool || kind == .f64 { throw Fault.rule("the kind is none that the instruction takes") }
    case .range_count:
      if Instruction.b(word) + 2 >= scalarCount {
        throw Fault.outOfRange("scalar register", UInt32(Instruction.b(word) + 2))
      }
      if Instruction.c(word) > 3 { throw Fault.rule("flags that do not exist") }
    case .format_s, .format_r: if Instruction.b(word) > 1 { throw Fault.rule("flags that do not exist") }
    case .format_print:
      if Instruction.b(word) > 1 || Instruction.c(word) > 1 { throw Fault.rule("flags that do not exist") }
    case .raise:
      // E0001 to E0020.
      if !(1...20).contains(Instruction.b(word)) { throw Fault.rule("there is no run-time code of this number") }
    case .spill_get_s, .spill_set_s:
      if Instruction.bc(word) >= scalarSpills { throw Fault.outOfRange("scalar slot", UInt32(Instruction.bc(word))) }
    case .spill_get_r, .spill_set_r:
      if Instruction.bc(word) >= referenceSpills {
        throw Fault.outOfRange("reference slot", UInt32(Instruction.bc(word)))
      }
    default: break
    }
  }

  private func checkCanonical(_ kind: Int, _ value: Int64) throws(Fault) {
    let isCanonical =
      switch ScalarKind(rawValue: UInt8(kind)) {
      case .bool: value == 0 || value == 1
      case .i32: Int64(Int32(truncatingIfNeeded: value)) == value
      case .u32: Int64(UInt32(truncatingIfNeeded: value)) == value
      case .i64, .u64, .f64: true
      case .tag, nil: false
      }
    if !isCanonical { throw Fault.rule("the constant is no value of its kind") }
  }

  private mutating func checkHandlers(_ hasSpills: Bool) throws(Fault) {
    for handler in handlers {
      at = handler.start
      guard marks[handler.start] & Verifier.isStart != 0,
        handler.end == length || marks[handler.end] & Verifier.isStart != 0
      else { throw Fault.rule("a handler's range begins or ends inside of an instruction") }
      if hasSpills && handler.start == 0 { throw Fault.rule("a handler is in force before the spill area is entered") }
      marks[handler.start] |= Verifier.isLeader
      marks[handler.end] |= Verifier.isLeader
      marks[handler.target] |= Verifier.isLeader | Verifier.isTarget
    }
  }

  private mutating func checkTargets(_ hasSpills: Bool) throws(Fault) {
    for word in 0..<length where marks[word] & Verifier.isTarget != 0 {
      at = word
      if marks[word] & Verifier.isStart == 0 { throw Fault.rule("a jump lands inside of an instruction") }
      if marks[word] & Verifier.isClosed != 0 { throw Fault.rule("a jump lands where the spill area has been left") }
      if word == 0 && hasSpills { throw Fault.rule("a jump lands where the spill area is entered") }
    }
  }

  private mutating func makeLeaders() throws(Fault) {
    leaders.removeAll(keepingCapacity: true)
    marks[0] |= Verifier.isLeader
    for word in 0..<length where marks[word] & Verifier.isLeader != 0 {
      leaderAt[word] = Int32(leaders.count)
      leaders.append(Leader(word: word))
    }
    // What lies between the target and the source of a jump backwards is in a loop.
    if !loops.isEmpty {
      for loop in loops {
        let leader = Int(leaderAt[loop.target])
        leaders[leader].loopEnd = max(leaders[leader].loopEnd, loop.source)
      }
      var end = -1
      for i in leaders.indices {
        end = max(end, leaders[i].loopEnd)
        leaders[i].isInLoop = leaders[i].word <= end
      }
    }
    // Inner handlers come first, and painting from the last to the first leaves them on top.
    for (i, handler) in handlers.enumerated().reversed() {
      let first = Int(leaderAt[handler.start])
      let last = handler.end == length ? leaders.count : Int(leaderAt[handler.end])
      try spend(last - first)
      for leader in first..<last { leaders[leader].handler = i }
    }
  }
}
