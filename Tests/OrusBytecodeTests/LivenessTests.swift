import OrusBytecode
import Testing

struct LivenessTests {
  /// The live registers before each instruction, in order: "0 3, 0, ".
  private func live(_ program: Program, function: Int = 1) -> String {
    let row = program.functions[function]
    let liveness = ReferenceLiveness(of: function, in: program)
    var words: [Int] = []
    var word = 0
    while word < Int(row.length) {
      words.append(word)
      word += Instruction.length(program.code[Int(row.entry) + word])!
    }
    return words.map { word in
      let registers = (0..<Int(row.referenceRegisters)).filter { liveness.isLive(register: $0, at: word) }
      let spills = (0..<Int(row.referenceSpills)).filter { liveness.isLive(spill: $0, at: word) }
      return (registers.map { "\($0)" } + spills.map { "#\($0)" }).joined(separator: " ")
    }.joined(separator: ", ")
  }

  private func program(
    _ signature: [TypeIndex] = [.string, .string], spills: UInt16 = 0, _ body: (inout CodeBuilder) -> Void
  ) -> Program {
    var fixture = Fixture()
    _ = fixture.errorType()
    fixture.entry()
    fixture.function("tested", signature, referenceSpills: spills, body)
    fixture.function("joined", [.string, .string, .string]) { $0.op(.ret_r, 0) }
    return fixture.finish()
  }

  @Test func straightCode() {
    let code = program {
      $0.op(.mov_r, 1, 0)
      $0.op(.concat, 2, 1, 1)
      $0.op(.ret_r, 2)
    }
    #expect(live(code) == "0, 1, 2")
  }

  @Test func branchesJoin() {
    let code = program([.bool, .string, .string, .string]) {
      let other = $0.newLabel()
      $0.go(.b_true, 0, to: other)
      $0.op(.ret_r, 0)
      $0.bind(other)
      $0.op(.ret_r, 1)
    }
    #expect(live(code) == "0 1, 0, 1")
  }

  @Test func loopsCarry() {
    let code = program {
      let head = $0.newLabel()
      $0.op(.mov_r, 1, 0)
      $0.constant(0, .bool, 1)
      $0.bind(head)
      $0.op(.concat, 2, 1, 0)
      $0.op(.mov_r, 1, 2)
      $0.go(.back_true, 0, to: head)
      $0.op(.ret_r, 1)
    }
    #expect(live(code) == "0, 0 1, 0 1, 0 2, 0 1, 1")
  }

  @Test func callsReadTheirArgumentsAndDestroyTheirWindow() {
    let code = program {
      $0.op(.mov_r, 3, 0)
      $0.op(.mov_r, 4, 0)
      $0.op(.call, 0, 3, 0, 2)
      $0.op(.concat, 1, 3, 0)
      $0.op(.ret_r, 1)
    }
    #expect(live(code) == "0, 0 3, 0 3 4, 0 3, 1")
  }

  @Test func aHandlerReadsWhatItReads() {
    let code = program {
      let handler = $0.newLabel()
      $0.op(.mov_r, 1, 0)
      $0.op(.mov_r, 2, 0)
      let handled = $0.beginHandled()
      $0.op(.concat, 2, 0, 0)
      $0.op(.ret_r, 2)
      $0.endHandled(handled, handler: handler, register: 2)
      $0.bind(handler)
      $0.op(.field_r, 3, 2, 1)
      $0.op(.concat, 3, 3, 1)
      $0.op(.ret_r, 3)
    }
    #expect(live(code) == "0, 0 1, 0 1, 1 2, 1 2, 1 3, 3")
  }

  @Test func spillSlots() {
    let code = program(spills: 300) {
      $0.op(.spill_enter)
      $0.op(.spill_set_r, 0, 43, 1)
      $0.op(.const_string, 0, 0, 0, 0)
      $0.op(.spill_get_r, 1, 43, 1)
      $0.op(.spill_leave)
      $0.op(.ret_r, 1)
    }
    #expect(live(code) == "0, 0, #299, #299, 1, 1")
  }

  /// Verified code reads nothing that has not been written: so at a function's start, only parameters are live.
  @Test func nothingButParametersAtTheStart() {
    let program = everyOpcode()
    #expect(refusal(program) == "")
    for (number, row) in program.functions.enumerated() {
      let liveness = ReferenceLiveness(of: number, in: program)
      let parameters = program.type(row.type).parameters.count { program.type($0).representation == .reference }
      let given = parameters + (row.captures == .void ? 0 : 1)
      for register in given..<Int(row.referenceRegisters) {
        #expect(!liveness.isLive(register: register, at: 0), "r\(register) of function \(number)")
      }
      for slot in 0..<Int(row.referenceSpills) { #expect(!liveness.isLive(spill: slot, at: 0)) }
    }
  }
}
