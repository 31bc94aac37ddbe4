import OrusBytecode

@testable import OrusVM

/// A program put together by hand. Functions are numbered in the order in which
/// they are added; the first is the entry.
struct Assembly: ~Copyable {
  var program = Program()
  var builder = CodeBuilder()

  mutating func type(_ kind: TypeRow.Kind, _ elements: TypeIndex...) -> TypeIndex {
    var row = TypeRow(kind, elements: elements)
    if kind == .structure { row.names = elements.indices.map { string("field\($0)") } }
    program.types.append(row)
    return TypeIndex(UInt32(program.types.count - 1))
  }

  /// A struct `Node { value: i64, next: Node? }` as (struct, option).
  mutating func nodeTypes() -> (TypeIndex, TypeIndex) {
    let node = TypeIndex(UInt32(program.types.count))
    let next = TypeIndex(node.index + 1)
    _ = type(.structure, .i64, next)
    program.types.append(TypeRow(.option, elements: [node]))
    return (node, next)
  }

  /// The prelude's `Error`.
  mutating func errorType() -> TypeIndex {
    let lines = type(.array, .string)
    program.errorType = type(.structure, .string, .string, lines)
    return program.errorType
  }

  mutating func string(_ text: String) -> UInt32 {
    program.strings.append(Array(text.utf8))
    return UInt32(program.strings.count - 1)
  }

  /// Adds a function; `signature` is its parameters and then its result. An entry that gives an `i32` takes the
  /// program's arguments too.
  mutating func function(
    _ signature: [TypeIndex], scalars: UInt16 = 8, references: UInt16 = 8, captures: TypeIndex = .void,
    scalarSpills: UInt16 = 0, referenceSpills: UInt16 = 0, _ body: (inout CodeBuilder) -> Void
  ) {
    let isEntry = program.functions.isEmpty && signature == [.i32]
    let type = isEntry ? self.type(.function, self.type(.array, .string), .i32) : function(signature)
    let start = builder.beginFunction()
    body(&builder)
    let end = builder.endFunction()
    program.functions.append(FunctionRow(
      name: 0, type: type, captures: captures, entry: UInt32(start), length: UInt32(end - start),
      scalarRegisters: scalars, referenceRegisters: references, scalarSpills: scalarSpills,
      referenceSpills: referenceSpills))
  }

  /// The row of a function type, of which there is one.
  private mutating func function(_ signature: [TypeIndex]) -> TypeIndex {
    let row = TypeRow(.function, elements: signature)
    if let index = program.types.firstIndex(of: row) { return TypeIndex(UInt32(index)) }
    program.types.append(row)
    return TypeIndex(UInt32(program.types.count - 1))
  }

  consuming func finish() -> Program {
    builder.finish(into: &program)
    return program
  }
}

extension CodeBuilder {
  /// An instruction with extension words; operands are unsigned or negative bytes.
  mutating func op(_ op: Opcode, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, _ words: UInt32...) {
    emit(op, UInt8(truncatingIfNeeded: a), UInt8(truncatingIfNeeded: b), UInt8(truncatingIfNeeded: c))
    for extra in words { word(extra) }
  }

  mutating func constant(_ register: Int, _ value: Int64) {
    let bits = UInt64(bitPattern: value)
    op(.const_wide, register, 2, 0, UInt32(truncatingIfNeeded: bits), UInt32(bits >> 32))
  }
}

/// Runs a program, which has to pass the verifier.
func outcome(
  of program: Program, limits: Limits = Limits(), collectsAlways: Bool = false
) -> (outcome: Outcome, result: RunResult) {
  let verified: VerifiedProgram
  do { verified = try verify(program) } catch { fatalError("the verifier refuses a program: \(error)") }
  let result = run(
    program: verified, arguments: [], limits: limits, io: RunIO(), stop: StopFlag(),
    collector: collectsAlways ? .everyAllocation : CollectorOptions())
  return (result.outcome, result)
}

/// The exit code of a run that ends without panic; nil otherwise.
func exitCode(_ program: Program, limits: Limits = Limits(), collectsAlways: Bool = false) -> Int32? {
  if case .exited(let code) = outcome(of: program, limits: limits, collectsAlways: collectsAlways).outcome {
    return code
  }
  return nil
}

/// The report of a run that panics; nil otherwise.
func panicReport(_ program: Program, limits: Limits = Limits(), collectsAlways: Bool = false) -> PanicReport? {
  if case .panicked(let report) = outcome(of: program, limits: limits, collectsAlways: collectsAlways).outcome {
    return report
  }
  return nil
}
