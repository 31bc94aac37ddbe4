import OrusBytecode
import Testing

struct RoundTripTests {
  @Test func everyInstructionIsThere() {
    let program = everyOpcode()
    var found: Set<Opcode> = []
    var word = 0
    while word < program.code.count {
      found.insert(Instruction.opcode(program.code[word])!)
      word += Instruction.length(program.code[word])!
    }
    #expect(Opcode.allCases.filter { !found.contains($0) } == [])
  }

  @Test func everyInstructionVerifies() { #expect(refusal(everyOpcode()) == "") }

  @Test func container() throws {
    let bytes = serialize(everyOpcode())
    #expect(serialize(try load(bytes)) == bytes)
    #expect(refusal(try load(bytes)) == "")
  }

  @Test func text() throws {
    let program = everyOpcode()
    let text = disassemble(program)
    #expect(!text.contains("\n  word "))
    #expect(serialize(try assemble(text)) == serialize(program))
    #expect(disassemble(try assemble(text)) == text)
  }

  @Test func textOfWhatIsNotRegular() throws {
    var numbers = Numbers(state: 1)
    for _ in 0..<200 {
      var program = everyOpcode()
      for _ in 0..<Int.random(in: 1...20, using: &numbers) {
        let word = Int.random(in: 0..<program.code.count, using: &numbers)
        program.code[word] ^= 1 << UInt32.random(in: 0..<32, using: &numbers)
      }
      if Bool.random(using: &numbers) { program.functions[2].entry += UInt32.random(in: 0...2, using: &numbers) }
      if Bool.random(using: &numbers) { program.handlers[0].start += UInt32.random(in: 0...9, using: &numbers) }
      if Bool.random(using: &numbers) { program.positions[1].word += UInt32.random(in: 0...9, using: &numbers) }
      if Bool.random(using: &numbers) { program.strings[1].append(0xFF) }
      #expect(serialize(try assemble(disassemble(program))) == serialize(program))
    }
  }

  @Test func sourcesKeepTheirBytes() throws {
    var program = everyOpcode()
    program.sources.append(SourceRow(path: "ä \"b\".orus", text: [0, 10, 13, 0xFF, 34, 92, 200], isLibrary: true))
    #expect(serialize(try assemble(disassemble(program))) == serialize(program))
    #expect(try load(serialize(program)).sources == program.sources)
  }

  @Test func mistakesInTextSayWhere() {
    func reason(_ text: String) -> String {
      do {
        _ = try assemble(text)
        return ""
      } catch {
        return error.description
      }
    }
    #expect(reason("") == "line 1: the text is empty")
    #expect(reason("hello") == "line 1: the text does not begin with `orus bytecode 1`")
    #expect(reason("orus bytecode 1\nnothing") == "line 2: there is no directive `nothing`")
    #expect(reason("orus bytecode 1\nstring $1 \"\"") == "line 2: number 0 is next, not 1")
    let function = "orus bytecode 1\nfunction @0 $0 %0 registers 1 1 source 0\n"
    #expect(reason(function + "  nothing s0\nend") == "line 3: there is no instruction `nothing`")
    #expect(reason(function + "  mov_s s0, r1\nend") == "line 3: `s` and a number are missing before `r1`")
    #expect(reason(function + "  mov_s s0, s256\nend") == "line 3: 256 is not from 0 to 255")
    #expect(reason(function + "  jump L1\nend") == "line 3: there is no label `L1`")
    #expect(reason(function + "  ret s1\nend") == "line 3: more than belongs here: `s1`")
    #expect(reason(function + "  ret") == "line 3: the last function has no `end`")
    let second = "orus bytecode 1\nfunction @1 $0 %0 registers 1 1 source 0\nret\nend"
    #expect(reason(second) == "line 4: function @0 is missing")
  }
}
