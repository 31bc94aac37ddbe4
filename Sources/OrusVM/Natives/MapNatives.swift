import OrusBytecode

/// The natives of maps and sets; the table is in r[0], a key in s[0] or r[1].
extension NativeCall {
  private var table: UnsafeMutableRawPointer { r[0].unsafelyUnwrapped }
  private var key: MapKey { vm.key(of: parameter(0), s, r + 1) }
  private var keyType: UInt32 { vm.types[Int(parameter(0))].elements[0] }
  private var valueType: UInt32 { vm.types[Int(parameter(0))].elements[1] }
  /// Where a value stands behind the key.
  private var valueScalar: Int { isReference(keyType) ? 0 : 1 }
  private var valueReference: Int { isReference(keyType) ? 2 : 1 }

  func mapNew() -> Bool {
    guard let table = vm.allocate(result, words: 8) else { return false }
    r[0] = table
    return true
  }

  /// The entry of the key: -1 if there is none, -2: a panic is pending.
  @inline(__always) private func find() -> Int {
    if table.words[MapWord.live] == 0 { return -1 }
    let key = self.key
    guard let hash = vm.keyHash(key) else { return -2 }
    return vm.findEntry(r, key, hash)
  }

  func mapContains() -> Bool {
    let entry = find()
    return entry != -2 && give(entry >= 0)
  }

  private var values: UnsafeMutableRawPointer { table.references[MapWord.values].unsafelyUnwrapped }

  func mapGet() -> Bool {
    let entry = find()
    if entry < 0 { return entry == -1 && giveNone() }
    return giveSomeElement(values, entry, valueType)
  }

  func mapGetOr() -> Bool {
    let entry = find()
    if entry >= 0 { return giveElement(values, entry, valueType) }
    if entry == -2 { return false }
    switch vm.types[Int(valueType)].representation {
    case .reference: r[0] = r[valueReference]
    case .scalar: s[0] = s[valueScalar]
    case .none: break
    }
    return true
  }

  func mapIndex() -> Bool {
    let entry = find()
    if entry >= 0 { return giveElement(values, entry, valueType) }
    return entry == -1 && missingKey()
  }

  @inline(never) private func missingKey() -> Bool {
    vm.openBuilder()
    let type = keyType
    let isWritten = isReference(type) ? vm.writeValue(r[1], type, nested: true) : vm.writeScalar(s[0], type)
    guard isWritten else { return false }
    vm.builder.pointee.cut(from: 0, characters: 80)
    let text = String(
      decoding: UnsafeBufferPointer(start: vm.builder.pointee.bytes, count: vm.builder.pointee.count), as: UTF8.self)
    vm.closeBuilder()
    return vm.panic(.missingKey, "the map has no key \(text)")
  }

  func mapSet() -> Bool {
    guard let (entry, _) = vm.insertEntry(r, key) else { return false }
    let type = valueType
    switch vm.types[Int(type)].representation {
    case .reference: vm.storeElement(r[valueReference], in: values, at: entry)
    case .scalar: vm.setElementBits(values, entry, vm.elementKind(type), s[valueScalar])
    case .none: break
    }
    return true
  }

  func mapRemove() -> Bool {
    let entry = find()
    if entry < 0 { return entry == -1 && giveNone() }
    let type = valueType
    let object = vm.pushRoot(r[0])
    guard giveSomeElement(values, entry, type) else { return false }
    vm.removeEntry(object.pointee.unsafelyUnwrapped, entry)
    return true
  }

  func setAdd() -> Bool {
    guard let (_, isNew) = vm.insertEntry(r, key) else { return false }
    return give(isNew)
  }

  func setRemove() -> Bool {
    let entry = find()
    if entry == -2 { return false }
    if entry >= 0 { vm.removeEntry(table, entry) }
    return give(entry >= 0)
  }

  // MARK: Lists of what is inside

  /// The keys or values as an array.
  func mapList(word: Int) -> Bool {
    let count = Int(table.words[MapWord.live])
    guard let list = vm.allocateArray(result, capacity: count) else { return false }
    let type = vm.types[Int(result)].elements[0]
    let kind = vm.elementKind(type)
    let storage = list.arrayStorage
    var next = 0
    var position = 0
    while next < count, let entry = table.nextEntry(from: position) {
      let source = table.references[word].unsafelyUnwrapped
      if kind == .reference {
        storage.elementReferences[next] = source.elementReferences[entry]
      } else {
        vm.setElementBits(storage, next, kind, vm.elementBits(source, entry, type))
      }
      next += 1
      position = entry + 1
    }
    if kind == .reference { vm.settleCards(of: storage) }
    list.arrayCount = Int64(next)
    r[0] = list
    return true
  }

  func mapEntries() -> Bool {
    let count = Int(table.words[MapWord.live])
    guard let array = vm.allocateArray(result, capacity: count) else { return false }
    let list = vm.pushRoot(array)
    let pairType = vm.types[Int(result)].elements[0]
    let pair = vm.types + Int(pairType)
    var position = 0
    while let entry = table.nextEntry(from: position) {
      guard let object = vm.allocate(pairType, words: Int(pair.pointee.wordCount)) else { return false }
      for part in 0..<2 {
        let word = Int(pair.pointee.words[part])
        if word < 0 { continue }
        let type = pair.pointee.elements[part]
        let source = table.references[part == 0 ? MapWord.keys : MapWord.values].unsafelyUnwrapped
        if isReference(type) {
          object.references[word] = source.elementReferences[entry]
        } else {
          object.words[word] = vm.elementBits(source, entry, type)
        }
      }
      let array = list.pointee.unsafelyUnwrapped
      vm.storeElement(object, in: array.arrayStorage, at: Int(array.arrayCount))
      array.arrayCount += 1
      position = entry + 1
    }
    r[0] = list.pointee
    return true
  }

  // MARK: Cursors: the low 31 bits of the version, then 32 bits of the next entry's number

  private var version: Int64 { table.words[MapWord.version] & 0x7FFF_FFFF }

  func mapCursor() -> Bool {
    s[0] = version << 32
    return true
  }

  func mapNext() -> Bool {
    if s[0] >> 32 != version {
      let kind = vm.types[Int(parameter(0))].kind == .set ? "set" : "map"
      return vm.panic(.changedWhileIterating, "the \(kind) changed while it was iterated over")
    }
    guard let entry = table.nextEntry(from: Int(s[0] & 0xFFFF_FFFF)) else {
      s[0] = -1
      return true
    }
    s[0] = version << 32 | Int64(entry + 1)
    return true
  }

  func mapAt(word: Int) -> Bool {
    let entry = Int(s[0] & 0xFFFF_FFFF) - 1
    guard entry >= 0, entry < Int(table.words[MapWord.used]) else {
      return vm.panic(.changedWhileIterating, "the keys changed while they were iterated over")
    }
    let type = word == MapWord.keys ? keyType : valueType
    return giveElement(table.references[word].unsafelyUnwrapped, entry, type)
  }
}
