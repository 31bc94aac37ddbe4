import OrusBytecode
import Testing

/// Every opcode occurs in the bytecode of some case.
@Suite struct OpcodeCoverageTests {
  /// Opcodes that no case's bytecode shows, each with its reason.
  static let exceptions: [String: String] = [
    "b_not_tag": "the machine has it; the lowering asks for a variant rather than against it"
  ]

  @Test func everyOpcodeHasACase() throws {
    var seen: Set<Substring> = []
    for found in Corpus.cases where !found.stopsBeforeRunning {
      let folder = try Workplace(for: found)
      defer { folder.remove() }
      let text = try Orus.text(["dump", "bytecode", found.entryName], in: folder.path).output
      seen.formUnion(text.split { !($0.isLetter || $0.isNumber || $0 == "_") })
    }
    for opcode in Opcode.allCases.map({ "\($0)" }) {
      let isSeen = seen.contains(Substring(opcode))
      if !isSeen, Self.exceptions[opcode] == nil { Issue.record("no case uses the opcode \(opcode)") }
      if isSeen, Self.exceptions[opcode] != nil { Issue.record("\(opcode) needs no exception any more") }
    }
  }
}
