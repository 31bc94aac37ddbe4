/// Calls and returns.
extension Verifier {
  mutating func call(_ op: Opcode, _ a: Int, _ b: Int, _ c: Int) throws(Fault) {
    let type: Int
    switch op {
    case .call, .tail_call:
      type = Int(try plainFunction(code[at + 1]))
    case .call_closure, .tail_call_closure:
      type = Int(code[at + 1])
      guard types.kinds[type] == .function else { throw Fault.rule("the type is no function type") }
      try reference(c, UInt32(type))
    default:
      type = Int(code[at + 2])
      try native(code[at + 1], type)
    }
    try arguments(type, a, b)
    let result = types.result(type)
    if op == .tail_call || op == .tail_call_closure {
      try noOpenText()
      let own = types.result(Int(program.functions[function].type.index))
      guard result == own else { throw Fault.rule("the function called in place of this one has another result") }
      return
    }
    try clobber(a, b)
    switch types.representations[result] {
    case .none: break
    case .scalar:
      guard a < scalarCount else { throw Fault.outOfRange("scalar register", UInt32(a)) }
      setScalar(a, UInt32(result))
    case .reference:
      guard b < referenceCount else { throw Fault.outOfRange("reference register", UInt32(b)) }
      setReference(b, UInt32(result))
    }
  }

  /// The type of a function that captures nothing, so needs no closure to run.
  func plainFunction(_ index: UInt32) throws(Fault) -> UInt32 {
    let row = program.functions[Int(index)]
    guard row.captures == .void else { throw Fault.rule("the function captures variables, which a closure holds") }
    return row.type.index
  }

  private mutating func arguments(_ type: Int, _ scalarBase: Int, _ referenceBase: Int) throws(Fault) {
    var s = scalarBase
    var r = referenceBase
    for i in 0..<types.elementCount(type) - 1 {
      let parameter = types.element(type, i)
      switch types.representations[parameter] {
      case .none: break
      case .scalar:
        try scalar(s, UInt32(parameter))
        s += 1
      case .reference:
        try reference(r, UInt32(parameter))
        r += 1
      }
    }
  }

  private mutating func native(_ number: UInt32, _ type: Int) throws(Fault) {
    if knownNatives[type] == UInt16(number + 1) { return }
    let signature = signatures[Int(number)] ?? NativeSignature(Native.all[Int(number)].signature)
    signatures[Int(number)] = signature
    guard signature.matches(program.types[type], in: program.types) else {
      throw Fault.rule("the type is no instance of the native's signature")
    }
    knownNatives[type] = UInt16(number + 1)
  }

  mutating func leave(_ op: Opcode, _ a: Int) throws(Fault) {
    try noOpenText()
    let result = types.result(Int(program.functions[function].type.index))
    let wanted: Representation = op == .ret ? .none : op == .ret_s ? .scalar : .reference
    guard types.representations[result] == wanted else { throw Fault.rule("the function's result is of another kind") }
    switch wanted {
    case .none: break
    case .scalar: try scalar(a, UInt32(result))
    case .reference: try reference(a, UInt32(result))
    }
  }

  private func noOpenText() throws(Fault) {
    guard openTexts == 0 else { throw Fault.rule("a text that has been begun is not ended") }
  }
}
