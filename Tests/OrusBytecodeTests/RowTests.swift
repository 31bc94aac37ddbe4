import OrusBytecode
import Testing

/// One case a rule about rows: a program that is right but for one thing.
struct RowTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let reason: String
    let change: @Sendable (inout Program) -> Void
    var testDescription: String { reason }
    init(_ reason: String, _ change: @escaping @Sendable (inout Program) -> Void) {
      self.reason = reason
      self.change = change
    }
  }

  @Test(arguments: cases) func isRefused(_ test: Case) {
    var program = everyOpcode()
    test.change(&program)
    #expect(refusal(program).contains(test.reason))
  }

  private static func add(_ row: TypeRow, to program: inout Program) { program.types.append(row) }

  private static func find(_ kind: TypeRow.Kind, in program: Program) -> Int {
    program.types.firstIndex { $0.kind == kind }!
  }

  static let cases: [Case] = [
    Case("the primitive types are missing") { $0.types = [] },
    Case("the primitive types are the first rows") { $0.types.swapAt(2, 3) },
    Case("the primitive types are the first rows") { add(TypeRow(.i32), to: &$0) },
    Case("there is no type 999") { add(TypeRow(.array, elements: [TypeIndex(999)]), to: &$0) },
    Case("an array has one element type") { add(TypeRow(.array), to: &$0) },
    Case("a map has a key type and a value type") { add(TypeRow(.map, elements: [.i32]), to: &$0) },
    Case("a range is of integers") { add(TypeRow(.range, elements: [.f64]), to: &$0) },
    Case("a tag has 1 to 65,536 variants") { add(TypeRow(.tag), to: &$0) },
    Case("an enum's variants follow it directly") { add(TypeRow(.enumeration), to: &$0) },
    Case("a variant follows its enum") {
      add(TypeRow(.variant, elements: [TypeIndex(UInt32($0.types.count))]), to: &$0)
    },
    Case("a variant stands among those of its enum") { program in
      add(TypeRow(.variant, elements: [TypeIndex(UInt32(find(.enumeration, in: program)))]), to: &program)
    },
    Case("a struct has a name for each field") { add(TypeRow(.structure, elements: [.i32]), to: &$0) },
    Case("a function type has parameters and a result") { add(TypeRow(.function), to: &$0) },
    Case("a closure row names its function type") { add(TypeRow(.closure, elements: [.i32]), to: &$0) },
    Case("a part of the type stands behind it") {
      add(TypeRow(.array, elements: [TypeIndex(UInt32($0.types.count))]), to: &$0)
    },
    Case("the type is part of its own name") { program in
      let structure = find(.structure, in: program)
      program.types[structure].arguments = [TypeIndex(UInt32(structure))]
    },
    Case("an array has one element type") { program in
      add(TypeRow(.array, elements: [TypeIndex(UInt32(find(.cell, in: program)))]), to: &program)
    },
    Case("only declared types have hooks") { program in
      program.types[find(.array, in: program)].hooks.equals = 1
    },
    Case("there is no function 99") { program in program.types[find(.structure, in: program)].hooks.hash = 100 },
    Case("the hook `to_string` has another signature") { program in
      program.types[find(.structure, in: program)].hooks.toString = 1
    },
    Case("string 0 is not the empty text") { $0.strings[0] = [65] },
    Case("is not UTF-8") { $0.strings[1] = [0xC0, 0x80] },
    Case("is not UTF-8") { $0.strings[1] = [0xED, 0xA0, 0x80] },
    Case("global 0 has no name") { $0.globals[0].type = .void },
    Case("global 1 has no name") { $0.globals[1].name = 9999 },
    Case("its type is no function type") { $0.functions[1].type = .i32 },
    Case("it has more than 256 registers") { $0.functions[1].scalarRegisters = 257 },
    Case("its parameters do not fit its registers") { $0.functions[2].scalarRegisters = 0 },
    Case("no closure row of its function type") { $0.functions[1].captures = .i32 },
    Case("its instructions are not in the code") { $0.functions[1].length = 1 << 30 },
    Case("overlaps or has a gap") { $0.functions[1].entry -= 1 },
    Case("there is code behind the last function") { $0.code.append(0) },
    Case("there is no source 7") { $0.functions[1].source = 7 },
    Case("there is no entry function 99") { $0.entry = 99 },
    Case("the entry function is not a `([string]) -> i32`") { $0.entry = 1 },
    Case("panics are caught, but there is no error type") { $0.errorType = .void },
    Case("the error type is not a struct") { $0.errorType = .i32 },
    Case("positions are not in order") { $0.positions.append(PositionRow(word: 0, start: 0, end: 0)) },
    Case("a position ends before it begins") { $0.positions[0].start = 100 },
    Case("a position is past its source's text") { $0.sources[0].text = [65] },
    Case("does not lie behind its range") { $0.handlers[0].target = $0.handlers[0].start },
    Case("does not lie behind its range") { $0.handlers[0].end = 1 << 31 },
  ]

  @Test func deepTypesAreRefused() {
    var program = everyOpcode()
    var type = TypeIndex.i32
    for _ in 0..<3000 {
      program.types.append(TypeRow(.array, elements: [type]))
      type = TypeIndex(UInt32(program.types.count - 1))
    }
    #expect(refusal(program).contains("the type is nested too deeply"))
  }
}
