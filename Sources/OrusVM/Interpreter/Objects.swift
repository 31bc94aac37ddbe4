import OrusBytecode

/// Copies 8-byte words, of which there are seldom many: a loop would become a call or vector code with a long preamble.
@inline(__always)
private func copyWords(to target: UnsafeMutablePointer<Int64>, from source: UnsafeMutableRawPointer, _ count: Int) {
  let source = source.assumingMemoryBound(to: Int64.self)
  if count <= 0 { return }
  target[0] = source[0]
  if count == 1 { return }
  target[1] = source[1]
  if count == 2 { return }
  target[2] = source[2]
  if count == 3 { return }
  copyManyWords(target + 3, source + 3, count - 3)
}

@inline(never)
private func copyManyWords(_ target: UnsafeMutablePointer<Int64>, _ source: UnsafeMutablePointer<Int64>, _ count: Int) {
  target.update(from: source, count: count)
}

/// Bodies of the instructions that make objects. False: a panic is pending. The
/// registers have been spilled, because each may collect. The longer ones are not
/// inlined: what they hold in registers would push the loop's own out of theirs.
extension VM {
  @inline(__always)
  private func fill(
    _ object: UnsafeMutableRawPointer, _ type: UnsafeMutablePointer<RuntimeType>, _ scalars: ScalarWindow,
    _ references: Slot
  ) {
    let start = Int(type.pointee.referenceStart)
    let count = Int(type.pointee.referenceCount)
    copyWords(to: object.words + start, from: references, count)
    let scalarStart = start + count
    copyWords(to: object.words + scalarStart, from: scalars, Int(type.pointee.wordCount) - scalarStart)
  }

  @inline(never)
  func newObject(_ target: Slot, _ row: UInt32, _ scalars: ScalarWindow, _ references: Slot) -> Bool {
    let type = types + Int(row)
    guard let object = allocateBytes(Int(type.pointee.objectBytes)) else { return false }
    object.header = type.pointee.header
    fill(object, type, scalars, references)
    target.pointee = object
    return true
  }

  /// An object of the type `words[0]` from the spill slots that follow `words[1]` and `words[2]`.
  @inline(never)
  func newSpilledObject(_ target: Slot, _ words: UnsafePointer<UInt32>) -> Bool {
    newObject(
      target, words[0], machine.pointee.spillScalars + Int(words[1]), machine.pointee.spillReferences + Int(words[2]))
  }

  @inline(never)
  func newClosure(_ target: Slot, _ function: UInt32, _ scalars: ScalarWindow, _ references: Slot) -> Bool {
    let type = types + Int(machine.pointee.functions[Int(function)].captures)
    guard let object = allocateBytes(Int(type.pointee.objectBytes)) else { return false }
    object.header = type.pointee.header
    object.words[0] = Int64(function)
    fill(object, type, scalars, references)
    target.pointee = object
    return true
  }

  @inline(__always) func newCell(_ target: Slot, _ row: UInt32) -> Bool {
    guard let object = allocateBytes(16) else { return false }
    object.header = UInt64(row)
    object.words[0] = 0
    target.pointee = object
    return true
  }

  @inline(__always) func newAny(_ target: Slot, _ row: UInt32, _ bits: Int64) -> Bool {
    guard let object = allocateBytes(24) else { return false }
    object.header = UInt64(anyRow)
    object.words[0] = Int64(row)
    object.words[1] = bits
    target.pointee = object
    return true
  }

  @inline(__always) func newAny(_ target: Slot, _ row: UInt32, _ value: Slot) -> Bool {
    guard let object = allocateBytes(24) else { return false }
    object.header = UInt64(anyRow)
    object.words[0] = Int64(row)
    object.references[1] = value.pointee
    target.pointee = object
    return true
  }
  /// An `any` of a value of a type: the reference or the bits of it. One that holds an `any` is that.
  func makeAny(_ target: Slot, _ value: Reference, _ bits: Int64, _ type: UInt32) -> Bool {
    if types[Int(type)].kind == .any {
      target.pointee = value
      return true
    }
    if types[Int(type)].representation != .reference { return newAny(target, type, bits) }
    let slot = pushRoot(value)
    defer { popRoots(1) }
    return newAny(target, type, slot)
  }
}
