/// The rules for everything of a program but its types and its instructions.
struct ProgramChecks {
  let program: Program
  /// The functions in the order of their code.
  let order: [Int]

  func check() throws(VerificationError) {
    let limit = 1 << 31
    guard program.code.count < limit, program.strings.count < limit, program.functions.count < limit,
      program.globals.count < limit, program.handlers.count < limit, program.positions.count < limit
    else { throw fault("the program is too large") }
    try checkStrings()
    for (i, global) in program.globals.enumerated() {
      guard Int(global.name) < program.strings.count, Int(global.type.index) < program.types.count,
        isValue(global.type) && global.type != .void
      else { throw fault("global \(i) has no name or no type of values") }
    }
  }

  private func fault(_ reason: String) -> VerificationError {
    VerificationError(function: nil, functionName: "", word: nil, instruction: "", reason: reason)
  }

  private func isValue(_ type: TypeIndex) -> Bool {
    switch program.type(type).kind {
    case .variant, .closure, .cell: false
    default: true
    }
  }

  private func checkStrings() throws(VerificationError) {
    guard let first = program.strings.first, first.isEmpty else { throw fault("string 0 is not the empty text") }
    for (i, bytes) in program.strings.enumerated() {
      guard bytes.count <= Int(Int32.max) else { throw fault("string \(i) is too long") }
      guard isUTF8(bytes) else { throw fault("string \(i) is not UTF-8") }
    }
  }

  /// Strictly: no overlong forms, no surrogates.
  private func isUTF8(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { text in
      var all: UInt8 = 0
      for byte in text { all |= byte }
      return all < 0x80 || String(validating: text, as: UTF8.self) != nil
    }
  }

  // MARK: Functions; the types are well-formed by now

  func checkFunctions() throws(VerificationError) {
    for i in program.functions.indices { try checkFunction(i, program.functions[i]) }
    try checkTiling()
    try checkEntry()
    try checkErrorType()
    try checkDynamicMethods()
    try checkPositions()
  }

  private func fault(_ function: Int, _ reason: String) -> VerificationError {
    let name = program.functions[function].name
    return VerificationError(
      function: function,
      functionName: Int(name) < program.strings.count
        ? String(decoding: program.strings[Int(name)], as: UTF8.self) : "",
      word: nil, instruction: "", reason: reason)
  }

  private func checkFunction(_ i: Int, _ row: FunctionRow) throws(VerificationError) {
    guard Int(row.name) < program.strings.count else { throw fault(i, "there is no string \(row.name)") }
    guard Int(row.type.index) < program.types.count, program.type(row.type).kind == .function else {
      throw fault(i, "its type is no function type")
    }
    guard Int(row.captures.index) < program.types.count else {
      throw fault(i, "there is no type \(row.captures.index)")
    }
    let captures = program.type(row.captures)
    let isClosure = row.captures != .void
    guard !isClosure || captures.kind == .closure && captures.elements[0] == row.type else {
      throw fault(i, "what it captures is no closure row of its function type")
    }
    guard row.scalarRegisters <= 256, row.referenceRegisters <= 256 else {
      throw fault(i, "it has more than 256 registers of a kind")
    }
    var scalars = 0
    var references = isClosure ? 1 : 0
    for parameter in program.type(row.type).parameters {
      switch program.type(parameter).representation {
      case .none: break
      case .scalar: scalars += 1
      case .reference: references += 1
      }
    }
    guard scalars <= Int(row.scalarRegisters), references <= Int(row.referenceRegisters) else {
      throw fault(i, "its parameters do not fit its registers")
    }
    guard row.length > 0, UInt64(row.entry) + UInt64(row.length) <= UInt64(program.code.count) else {
      throw fault(i, "its instructions are not in the code")
    }
    // A program put together by hand may do without sources.
    guard Int(row.source) < max(program.sources.count, 1) else { throw fault(i, "there is no source \(row.source)") }
  }

  /// No word belongs to two functions, and none to no function.
  private func checkTiling() throws(VerificationError) {
    var end: UInt32 = 0
    for i in order {
      guard program.functions[i].entry == end else {
        throw fault(i, "the code of the functions overlaps or has a gap before this one")
      }
      end += program.functions[i].length
    }
    guard Int(end) == program.code.count else { throw fault("there is code behind the last function") }
  }

  private func checkEntry() throws(VerificationError) {
    let entry = Int(program.entry)
    guard entry < program.functions.count else { throw fault("there is no entry function \(program.entry)") }
    let row = program.functions[entry]
    let type = program.type(row.type)
    let takesArguments =
      type.elements.count == 2 && program.type(type.elements[0]).kind == .array
      && program.type(type.elements[0]).elements[0] == .string
    guard takesArguments, type.result == .i32, row.captures == .void else {
      throw fault(entry, "the entry function is not a `([string]) -> i32`")
    }
  }

  private func checkErrorType() throws(VerificationError) {
    let index = program.errorType
    guard Int(index.index) < program.types.count else { throw fault("there is no type \(index.index)") }
    if index == .void {
      guard program.handlers.isEmpty else { throw fault("panics are caught, but there is no error type") }
      return
    }
    let row = program.type(index)
    guard row.kind == .structure, row.elements.count == 3, row.elements[0] == .string, row.elements[1] == .string,
      program.type(row.elements[2]).kind == .array, program.type(row.elements[2]).elements[0] == .string
    else { throw fault("the error type is not a struct of code, message and backtrace") }
  }

  private func checkDynamicMethods() throws(VerificationError) {
    for (i, row) in program.dynamicMethods.enumerated() {
      guard Int(row.type.index) < program.types.count, Int(row.name) < program.strings.count,
        Int(row.function) < program.functions.count, isValue(row.type), row.type != .void
      else { throw fault("method \(i) names what does not exist") }
      let function = program.functions[Int(row.function)]
      let type = program.type(function.type)
      guard function.captures == .void, type.elements.count == 3, type.elements[0] == row.type, type.result == .any,
        program.type(type.elements[1]).kind == .array, program.type(type.elements[1]).elements[0] == .any
      else { throw fault("method \(i) is no function of its type and an array of `any`") }
    }
  }

  private func checkPositions() throws(VerificationError) {
    var function = 0
    var last = -1
    for row in program.positions {
      guard Int(row.word) > last, Int(row.word) < program.code.count else {
        throw fault("positions are not in order of their words, or past the code")
      }
      last = Int(row.word)
      while function + 1 < order.count, program.functions[order[function + 1]].entry <= row.word { function += 1 }
      guard row.start <= row.end else { throw fault("a position ends before it begins") }
      let source = Int(program.functions[order[function]].source)
      guard source < program.sources.count, !program.sources[source].text.isEmpty else { continue }
      guard Int(row.end) <= program.sources[source].text.count else {
        throw fault(order[function], "a position is past its source's text")
      }
    }
  }
}

extension Program {
  /// Indices of the functions by where their code begins.
  func functionsInCodeOrder() -> [Int] {
    var isOrdered = true
    for i in functions.indices.dropFirst() where functions[i].entry < functions[i - 1].entry { isOrdered = false }
    if isOrdered { return Array(functions.indices) }
    return functions.indices.map { UInt64(functions[$0].entry) << 32 | UInt64($0) }.sorted()
      .map { Int(UInt32(truncatingIfNeeded: $0)) }
  }
}
