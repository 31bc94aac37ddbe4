import OrusBytecode

/// A program put together by hand. Functions are numbered as they are added; the first is the entry.
struct Fixture: ~Copyable {
  var program = Program()
  var builder = CodeBuilder()
  let arguments: TypeIndex

  init() {
    program.types.append(TypeRow(.array, elements: [.string]))
    arguments = TypeIndex(UInt32(program.types.count - 1))
    program.sources = [SourceRow(path: "main.orus", text: [], isLibrary: false)]
  }

  mutating func type(_ kind: TypeRow.Kind, _ elements: TypeIndex...) -> TypeIndex {
    add(TypeRow(kind, elements: elements))
  }

  mutating func add(_ row: TypeRow) -> TypeIndex {
    program.types.append(row)
    return TypeIndex(UInt32(program.types.count - 1))
  }

  mutating func function(type parameters: TypeIndex...) -> TypeIndex { add(TypeRow(.function, elements: parameters)) }

  mutating func structure(_ name: String, _ fields: (String, TypeIndex)...) -> TypeIndex {
    var row = TypeRow(.structure, elements: fields.map(\.1))
    row.name = string(name)
    row.names = fields.map { string($0.0) }
    return add(row)
  }

  mutating func tag(_ name: String, _ variants: String...) -> TypeIndex {
    var row = TypeRow(.tag)
    row.name = string(name)
    row.names = variants.map { string($0) }
    return add(row)
  }

  /// An enum and its variants, each with the types of its payload.
  mutating func enumeration(_ name: String, _ variants: (String, [TypeIndex])...) -> TypeIndex {
    var row = TypeRow(.enumeration)
    row.name = string(name)
    let index = add(row)
    for (name, payload) in variants {
      var row = TypeRow(.variant, elements: [index] + payload)
      row.name = string(name)
      row.names = payload.map { _ in 0 }
      _ = add(row)
    }
    return index
  }

  /// The type that caught panics become.
  mutating func errorType() -> TypeIndex {
    let type = structure("Error", ("code", .string), ("message", .string), ("backtrace", arguments))
    program.errorType = type
    return type
  }

  mutating func string(_ text: String) -> UInt32 {
    program.strings.append(Array(text.utf8))
    return UInt32(program.strings.count - 1)
  }

  mutating func global(_ name: String, _ type: TypeIndex) -> UInt32 {
    program.globals.append(GlobalRow(name: string(name), type: type))
    return UInt32(program.globals.count - 1)
  }

  /// `signature`: the parameters, then the result.
  mutating func function(
    _ name: String, _ signature: [TypeIndex], scalars: UInt16 = 16, references: UInt16 = 16,
    captures: TypeIndex = .void, scalarSpills: UInt16 = 0, referenceSpills: UInt16 = 0,
    _ body: (inout CodeBuilder) -> Void
  ) {
    let known = program.types.firstIndex { $0.kind == .function && $0.elements == signature }
    let type = known.map { TypeIndex(UInt32($0)) } ?? add(TypeRow(.function, elements: signature))
    let start = builder.beginFunction()
    body(&builder)
    let end = builder.endFunction()
    program.functions.append(
      FunctionRow(
        name: string(name), type: type, captures: captures, entry: UInt32(start), length: UInt32(end - start),
        scalarRegisters: scalars, referenceRegisters: references, scalarSpills: scalarSpills,
        referenceSpills: referenceSpills))
  }

  /// The function that everything starts with: returns 0.
  mutating func entry() {
    function("<entry>", [arguments, .i32]) { code in
      code.op(.const_small, 0, 1, 0)
      code.op(.ret_s, 0)
    }
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

  /// A branch with operands as those of `op`.
  mutating func go(_ op: Opcode, _ a: Int, _ b: Int = 0, _ c: Int = 0, to label: Label) {
    branch(
      op, UInt8(truncatingIfNeeded: a), UInt8(truncatingIfNeeded: b), UInt8(truncatingIfNeeded: c), to: label)
  }

  /// Scalar constant of a kind, in s[register].
  mutating func constant(_ register: Int, _ kind: ScalarKind, _ value: Int = 0) {
    op(.const_small, register, Int(kind.rawValue), value)
  }
}

/// Why a program is refused; "" if it is not.
func refusal(_ program: Program) -> String {
  do {
    _ = try verify(program)
    return ""
  } catch {
    return error.description
  }
}

/// A generator of the same numbers every time.
struct Numbers: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
