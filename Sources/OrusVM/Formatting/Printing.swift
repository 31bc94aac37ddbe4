import OrusBytecode

/// The printed form of values.
///
/// The parts of an object are written in a loop over a stack of frames, one for
/// each object that is open, so depth costs no native stack. An open object is
/// marked in its header; met again inside itself it is a cycle and written `…`.
/// Only a `to_string` method calls back into the program, and may collect: the
/// open objects are on the work stack, whose slots the collector updates.
extension VM {
  /// A scalar by its type; false: a panic is pending.
  func writeScalar(_ bits: Int64, _ type: UInt32) -> Bool {
    let row = types + Int(type)
    switch row.pointee.kind {
    case .i32, .i64: builder.pointee.append(signed: bits)
    case .u32, .u64: builder.pointee.append(unsigned: UInt64(bitPattern: bits))
    case .f64: builder.pointee.append(double: Double(bitPattern: UInt64(bitPattern: bits)))
    case .bool: builder.pointee.append(bits != 0 ? "true" : "false")
    case .tag:
      if row.pointee.hooks.toString != 0 {
        var call = beginCall()
        call.pushScalar(bits)
        return writeResult(call, row.pointee.hooks.toString)
      }
      writeName(row.pointee.name)
      builder.pointee.append(UInt8(ascii: "."))
      if UInt64(bitPattern: bits) < UInt64(row.pointee.nameCount) { writeName(row.pointee.names[Int(bits)]) }
    default: break
    }
    return true
  }

  /// The text of a string of any form.
  func writeText(_ string: UnsafeMutableRawPointer) {
    let length = string.stringLength
    builder.pointee.reserve(length)
    copyText(string, to: builder.pointee.bytes + builder.pointee.count)
    builder.pointee.count += length
  }

  private func writeName(_ string: UInt32) {
    let name = constantString(string).unsafelyUnwrapped
    builder.pointee.append(name.flatBytes, name.stringLength)
  }

  private func writeResult(_ call: PendingCall, _ hook: UInt32) -> Bool {
    let depth = machine.pointee.text.builderCount
    guard finish(call, function: hook - 1) else { return false }
    machine.pointee.text.builderCount = depth
    if let text = resultReference { writeText(text) }
    return true
  }

  /// A value of a reference type; `nested`: inside a container, where strings are quoted. False: a panic is pending.
  func writeValue(_ value: Reference, _ type: UInt32, nested: Bool) -> Bool {
    let frameBase = walkFrames.pointee.count
    let workBase = work.pointee.count
    var isWritten = open(value, type, nested: nested)
    while isWritten, walkFrames.pointee.count > frameBase { isWritten = step() }
    if !isWritten {
      // A panic passes through: the marks of what is still open are taken back.
      for index in workBase..<work.pointee.count { work.pointee.base[index]?.flags &= ~HeaderFlags.onPath }
      walkFrames.pointee.truncate(to: frameBase)
      work.pointee.count = workBase
    }
    return isWritten
  }

  /// Writes a value, or the beginning of one whose parts follow.
  private func open(_ value: Reference, _ type: UInt32, nested: Bool) -> Bool {
    var type = type
    var value = value
    while true {
      let row = types + Int(type)
      guard let object = value else {
        builder.pointee.append("None")
        return true
      }
      if row.pointee.hooks.toString != 0 {
        var call = beginCall()
        call.pushReference(object)
        return writeResult(call, row.pointee.hooks.toString)
      }
      switch row.pointee.kind {
      case .string:
        if nested { writeQuoted(object) } else { writeText(object) }
        return true
      case .any:
        type = UInt32(truncatingIfNeeded: object.words[0])
        if types[Int(type)].representation != .reference { return writeScalar(object.words[1], type) }
        value = object.references[1]
      case .option:
        builder.pointee.append("Some(")
        return push(object, type)
      case .array: return pushContainer(object, type, "[")
      case .tuple: return pushContainer(object, type, "(")
      case .structure:
        if isOpen(object) { return true }
        writeName(row.pointee.name)
        if row.pointee.elementCount == 0 {
          builder.pointee.append("{}")
          return true
        }
        return pushContainer(object, type, "{ ")
      case .enumeration:
        let variant = types + Int(object.typeRow)
        if isOpen(object) { return true }
        if !isResult(row) {
          writeName(row.pointee.name)
          builder.pointee.append(UInt8(ascii: "."))
        }
        writeName(variant.pointee.name)
        if variant.pointee.elementCount == 1 { return true }
        return pushContainer(object, object.typeRow, "(")
      case .map:
        if object.words[MapWord.live] == 0 {
          builder.pointee.append("{:}")
          return true
        }
        return pushContainer(object, type, "{")
      case .set: return pushContainer(object, type, "Set{")
      case .range:
        writeRange(object, row.pointee.elements[0])
        return true
      case .function, .closure:
        writeFunction(object)
        return true
      case .void, .bool, .i32, .i64, .u32, .u64, .f64, .tag, .variant, .cell: return true
      }
    }
  }

  /// The prelude's `Result`, whose variants need no prefix.
  private func isResult(_ row: UnsafeMutablePointer<RuntimeType>) -> Bool {
    isText(row.pointee.name, "Result") && isText((row + 1).pointee.name, "Ok")
  }

  private func isText(_ string: UInt32, _ text: StaticString) -> Bool {
    let object = constantString(string).unsafelyUnwrapped
    return compareText(object.flatBytes, object.stringLength, text.utf8Start, text.utf8CodeUnitCount) == 0
  }

  private func pushContainer(_ object: UnsafeMutableRawPointer, _ type: UInt32, _ opening: StaticString) -> Bool {
    if isOpen(object) { return true }
    object.flags |= HeaderFlags.onPath
    builder.pointee.append(opening)
    return push(object, type)
  }

  /// Whether the object is being written already: then a mark stands for it.
  private func isOpen(_ object: UnsafeMutableRawPointer) -> Bool {
    if object.flags & HeaderFlags.onPath == 0 { return false }
    builder.pointee.append("…")
    return true
  }

  private func push(_ object: UnsafeMutableRawPointer, _ type: UInt32) -> Bool {
    if walkFrames.pointee.count >= VM.walkDepthLimit {
      return panic(.callDepth, "a value is nested too deeply to be printed")
    }
    work.pointee.push(object)
    walkFrames.pointee.push(WalkFrame(type: type, position: 0))
    return true
  }

  /// The next part of the innermost open object, or its end.
  private func step() -> Bool {
    let top = walkFrames.pointee.base + (walkFrames.pointee.count - 1)
    let object = work.pointee.base[work.pointee.count - 1].unsafelyUnwrapped
    let row = types + Int(top.pointee.type)
    let position = Int(top.pointee.position)
    top.pointee.position += 1
    switch row.pointee.kind {
    case .option:
      // An option shares its object with what is inside, whose mark is not this frame's.
      if position == 1 { return close(")", isMarked: false) }
      let inner = row.pointee.elements[0]
      return isBoxed(inner) ? writePart(object, row, 0, inner) : open(object, inner, nested: true)
    case .array:
      if position >= Int(object.arrayCount) { return close("]") }
      if position > 0 { builder.pointee.append(", ") }
      let element = row.pointee.elements[0]
      if row.pointee.element != .reference {
        return writeScalar(elementBits(object.arrayStorage, position, element), element)
      }
      return open(object.arrayStorage.elementReferences[position], element, nested: true)
    case .tuple:
      if position == Int(row.pointee.elementCount) { return close(")") }
      if position > 0 { builder.pointee.append(", ") }
      return writePart(object, row, position, row.pointee.elements[position])
    case .structure:
      if position == Int(row.pointee.elementCount) { return close(" }") }
      if position > 0 { builder.pointee.append(", ") }
      if position < Int(row.pointee.nameCount) { writeName(row.pointee.names[position]) }
      builder.pointee.append(": ")
      return writePart(object, row, position, row.pointee.elements[position])
    case .variant:
      if position + 1 == Int(row.pointee.elementCount) { return close(")") }
      if position > 0 { builder.pointee.append(", ") }
      return writePart(object, row, position, row.pointee.elements[position + 1])
    case .map: return stepMap(object, row, top)
    case .set: return stepSet(object, row, top)
    default: return close("")
    }
  }

  private func close(_ text: StaticString, isMarked: Bool = true) -> Bool {
    work.pointee.count -= 1
    if isMarked { work.pointee.base[work.pointee.count].unsafelyUnwrapped.flags &= ~HeaderFlags.onPath }
    _ = walkFrames.pointee.pop()
    builder.pointee.append(text)
    return true
  }

  private func writePart(
    _ object: UnsafeMutableRawPointer, _ row: UnsafeMutablePointer<RuntimeType>, _ index: Int, _ type: UInt32
  ) -> Bool {
    let word = Int(row.pointee.words[index])
    if word < 0 { return true }
    if types[Int(type)].representation == .reference { return open(object.references[word], type, nested: true) }
    return writeScalar(object.words[word], type)
  }

  /// Keys at even positions, values at odd ones; the position is twice the entry's number, and one more for the value.
  private func stepMap(
    _ object: UnsafeMutableRawPointer, _ row: UnsafeMutablePointer<RuntimeType>, _ top: UnsafeMutablePointer<WalkFrame>
  ) -> Bool {
    let position = Int(top.pointee.position) - 1
    if position & 1 == 1 {
      builder.pointee.append(": ")
      return writeElement(object.references[MapWord.values], position >> 1, row.pointee.elements[1])
    }
    guard let entry = object.nextEntry(from: position >> 1) else { return close("}") }
    top.pointee.position = Int32(truncatingIfNeeded: entry * 2 + 1)
    if entry != object.nextEntry(from: 0) { builder.pointee.append(", ") }
    return writeElement(object.references[MapWord.keys], entry, row.pointee.elements[0])
  }

  private func stepSet(
    _ object: UnsafeMutableRawPointer, _ row: UnsafeMutablePointer<RuntimeType>, _ top: UnsafeMutablePointer<WalkFrame>
  ) -> Bool {
    guard let entry = object.nextEntry(from: Int(top.pointee.position) - 1) else { return close("}") }
    top.pointee.position = Int32(truncatingIfNeeded: entry + 1)
    if entry != object.nextEntry(from: 0) { builder.pointee.append(", ") }
    return writeElement(object.references[MapWord.keys], entry, row.pointee.elements[0])
  }

  private func writeElement(_ storage: Reference, _ index: Int, _ type: UInt32) -> Bool {
    guard let storage, index < Int(storage.storageCapacity) else { return true }
    if elementKind(type) == .reference {
      return open(storage.elementReferences[index], type, nested: true)
    }
    return writeScalar(elementBits(storage, index, type), type)
  }

  private func writeRange(_ object: UnsafeMutableRawPointer, _ element: UInt32) {
    _ = writeScalar(object.words[0], element)
    builder.pointee.append(object.words[3] != 0 ? "..=" : "..")
    _ = writeScalar(object.words[1], element)
    if object.words[2] != 1 {
      builder.pointee.append("..")
      _ = writeScalar(object.words[2], element)
    }
  }

  private func writeFunction(_ object: UnsafeMutableRawPointer) {
    let index = Int(object.words[0])
    let name = constantString(program.functions[index].name).unsafelyUnwrapped
    if name.stringLength > 0, name.flatBytes[0] == UInt8(ascii: "<") {
      writeText(name)
      return
    }
    builder.pointee.append("<fn ")
    writeText(name)
    builder.pointee.append(">")
  }

  /// In quotes, with what cannot stand in a literal escaped.
  private func writeQuoted(_ string: UnsafeMutableRawPointer) {
    let length = string.stringLength
    if !string.isRope {
      writeQuoted(bytes(string), length)
    } else {
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: max(length, 1)) { buffer in
        copyText(string, to: buffer.baseAddress!)
        writeQuoted(buffer.baseAddress!, length)
      }
    }
  }

  private func writeQuoted(_ source: UnsafePointer<UInt8>, _ length: Int) {
    builder.pointee.append(UInt8(ascii: "\""))
    for index in 0..<length {
      let byte = source[index]
      switch byte {
      case UInt8(ascii: "\""): builder.pointee.append("\\\"")
      case UInt8(ascii: "\\"): builder.pointee.append("\\\\")
      case 10: builder.pointee.append("\\n")
      case 13: builder.pointee.append("\\r")
      case 9: builder.pointee.append("\\t")
      case 0: builder.pointee.append("\\0")
      case 1..<32, 127:
        builder.pointee.append("\\x")
        builder.pointee.append(48 + byte >> 4)
        builder.pointee.append(byte & 15 < 10 ? 48 + byte & 15 : 87 + byte & 15)
      default: builder.pointee.append(byte)
      }
    }
    builder.pointee.append(UInt8(ascii: "\""))
  }
}
