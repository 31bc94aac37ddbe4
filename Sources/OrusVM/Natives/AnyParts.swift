import OrusBytecode

/// What the value in an `any` is made of, for libraries that walk any value.
extension NativeCall {
  /// The value r[0] gives its parts; its kind and names are appended to r[1].
  func anyParts() -> Bool {
    let object = r[0].unsafelyUnwrapped
    let type = UInt32(truncatingIfNeeded: object.words[0])
    let row = vm.types + Int(type)
    let isScalar = row.pointee.representation != .reference
    let bits = object.words[1]
    let value = vm.pushRoot(isScalar ? nil : object.references[1])
    guard let array = vm.allocateArray(result, capacity: 0) else { return false }
    let list = vm.pushRoot(array)
    let part = vm.pushRoot(nil)
    let names = r + 1
    let isDone: Bool
    switch row.pointee.kind {
    case .void, .bool, .i32, .i64, .u32, .u64, .f64, .string, .any, .range: isDone = name("value", part)
    case .variant, .cell, .function, .closure: isDone = name("function", part)
    case .tag:
      part.pointee = bits >= 0 && bits < Int64(row.pointee.nameCount)
        ? vm.constantString(row.pointee.names[Int(bits)]) : vm.constantString(0)
      let variant = vm.pushRoot(part.pointee)
      isDone = name("tag", part) && vm.append(variant, to: names)
    case .option:
      let inner = row.pointee.elements[0]
      if value.pointee == nil {
        isDone = name("none", part)
      } else if vm.isBoxed(inner) {
        isDone = name("some", part) && add(value, Int(row.pointee.words[0]), inner, list, part)
      } else {
        isDone = name("some", part) && vm.makeAny(part, value.pointee, 0, inner) && vm.append(part, to: list)
      }
    case .array: isDone = name("array", part) && addElements(value, row, list, part)
    case .tuple: isDone = name("tuple", part) && addFields(value, row, from: 0, list, part)
    case .structure:
      isDone = name("struct", part) && addNames(row, part) && addFields(value, row, from: 0, list, part)
    case .enumeration:
      let variant = vm.types + Int(value.pointee.unsafelyUnwrapped.typeRow)
      let text = vm.pushRoot(vm.constantString(variant.pointee.name))
      isDone = name("enum", part) && vm.append(text, to: names) && addNames(variant, part)
        && addFields(value, variant, from: 1, list, part)
    case .map: isDone = name("map", part) && addEntries(value, row, list, part)
    case .set: isDone = name("set", part) && addEntries(value, row, list, part)
    }
    if isDone { r[0] = list.pointee }
    return isDone
  }

  private func name(_ text: StaticString, _ part: Slot) -> Bool {
    vm.makeString(part, text.utf8Start, text.utf8CodeUnitCount) && vm.append(part, to: r + 1)
  }

  private func addNames(_ row: UnsafeMutablePointer<RuntimeType>, _ part: Slot) -> Bool {
    for index in 0..<Int(row.pointee.nameCount) {
      part.pointee = vm.constantString(row.pointee.names[index])
      guard vm.append(part, to: r + 1) else { return false }
    }
    return true
  }

  /// A word of the object in a slot.
  private func add(_ value: Slot, _ word: Int, _ type: UInt32, _ list: Slot, _ part: Slot) -> Bool {
    let object = value.pointee.unsafelyUnwrapped
    let isMade = isReference(type)
      ? vm.makeAny(part, object.references[word], 0, type)
      : vm.makeAny(part, nil, word < 0 ? 0 : object.words[word], type)
    return isMade && vm.append(part, to: list)
  }

  private func addFields(
    _ value: Slot, _ row: UnsafeMutablePointer<RuntimeType>, from start: Int, _ list: Slot, _ part: Slot
  ) -> Bool {
    for index in start..<max(start, Int(row.pointee.elementCount)) {
      let word = Int(row.pointee.words[index - start])
      guard add(value, word, row.pointee.elements[index], list, part) else { return false }
    }
    return true
  }

  private func addElements(
    _ value: Slot, _ row: UnsafeMutablePointer<RuntimeType>, _ list: Slot, _ part: Slot
  ) -> Bool {
    let type = row.pointee.elements[0]
    for index in 0..<Int(value.pointee.unsafelyUnwrapped.arrayCount) {
      guard addElement(value.pointee.unsafelyUnwrapped.arrayStorage, index, type, list, part) else { return false }
    }
    return true
  }

  /// Of a map the keys and values in turn, of a set its elements.
  private func addEntries(
    _ value: Slot, _ row: UnsafeMutablePointer<RuntimeType>, _ list: Slot, _ part: Slot
  ) -> Bool {
    var position = 0
    while let entry = value.pointee.unsafelyUnwrapped.nextEntry(from: position) {
      for half in 0..<(row.pointee.kind == .map ? 2 : 1) {
        let word = half == 0 ? MapWord.keys : MapWord.values
        let storage = value.pointee.unsafelyUnwrapped.references[word].unsafelyUnwrapped
        guard addElement(storage, entry, row.pointee.elements[half], list, part) else { return false }
      }
      position = entry + 1
    }
    return true
  }

  private func addElement(
    _ storage: UnsafeMutableRawPointer, _ index: Int, _ type: UInt32, _ list: Slot, _ part: Slot
  ) -> Bool {
    let isMade: Bool
    switch vm.types[Int(type)].representation {
    case .reference: isMade = vm.makeAny(part, storage.elementReferences[index], 0, type)
    case .scalar: isMade = vm.makeAny(part, nil, vm.elementBits(storage, index, type), type)
    case .none: isMade = vm.makeAny(part, nil, 0, type)
    }
    return isMade && vm.append(part, to: list)
  }
}
