import OrusBytecode

/// Hash maps and sets that keep insertion order.
///
/// Entries stand in order of insertion in parallel storages: keys, values (maps
/// only) and 32-bit hashes, where 0 marks a removed entry. An index finds them:
/// open addressing with linear probing over 64-bit slots, the entry's number + 1
/// in the low half and its hash in the high half, 0 for an empty slot. Up to
/// eight entries need no index; their hashes are searched.
///
/// Removing takes the slot out of the index by moving later ones back, and leaves
/// the entry's place until the storages are full; then they are rewritten without
/// the removed ones, or twice as large. So every operation is amortised constant.
///
/// Invariant: the index has at least twice as many slots as there are entries.

/// Words of a map or set object: references, then scalars.
enum MapWord {
  static let index = 0
  static let keys = 1
  static let values = 2
  static let hashes = 3
  /// Entries that are there.
  static let live = 4
  /// Entries used, removed ones too.
  static let used = 5
  /// Changes to the keys.
  static let version = 6
  /// No entry before this one is there.
  static let first = 7
}

extension UnsafeMutableRawPointer {
  /// The number of the first entry from one on that is there.
  func nextEntry(from start: Int) -> Int? {
    let used = Int(words[MapWord.used])
    var entry = Swift.max(start, Int(words[MapWord.first]))
    guard entry < used else { return nil }
    let hashes = references[MapWord.hashes].unsafelyUnwrapped.elements32
    while entry < used {
      if hashes[entry] != 0 { return entry }
      entry += 1
    }
    return nil
  }
}

/// How the keys of a map are hashed and compared.
enum KeyClass {
  case scalar
  case string
  case general
}

/// A key in a register: the slot of a reference, or a scalar's bits.
struct MapKey {
  var bits: Int64 = 0
  var slot: Slot
  var type: UInt32
  var keyClass: KeyClass
}

extension VM {
  private static let smallCapacity = 8

  @inline(__always) func key(of map: UInt32, _ s: UnsafeMutablePointer<Int64>, _ slot: Slot) -> MapKey {
    let type = types[Int(map)].elements[0]
    let row = types + Int(type)
    switch row.pointee.kind {
    case .bool, .i32, .i64, .u32, .u64: return MapKey(bits: s[0], slot: slot, type: type, keyClass: .scalar)
    case .string: return MapKey(slot: slot, type: type, keyClass: .string)
    case .tag where row.pointee.hooks.hash == 0 && row.pointee.hooks.equals == 0:
      return MapKey(bits: s[0], slot: slot, type: type, keyClass: .scalar)
    case .tag, .f64: return MapKey(bits: s[0], slot: slot, type: type, keyClass: .general)
    default: return MapKey(slot: slot, type: type, keyClass: .general)
    }
  }

  /// Not 0; nil: a panic is pending.
  @inline(__always) func keyHash(_ key: MapKey) -> UInt32? {
    switch key.keyClass {
    case .scalar: return max(1, UInt32(truncatingIfNeeded: hashScalar(key.bits)))
    case .string:
      let hash = stringHash(key.slot)
      return hash == 0 ? nil : hash
    case .general:
      let isScalar = types[Int(key.type)].representation != .reference
      let hash = isScalar
        ? hashScalarValue(key.bits, type: key.type) : hashValue(key.slot.pointee, type: key.type)
      guard let hash else { return nil }
      return max(1, UInt32(truncatingIfNeeded: hash))
    }
  }

  // MARK: Finding

  /// The entry of a key: -1 if there is none, -2: a panic is pending.
  @inline(__always) func findEntry(_ map: Slot, _ key: MapKey, _ hash: UInt32) -> Int {
    let object = map.pointee.unsafelyUnwrapped
    if object.words[MapWord.live] == 0 { return -1 }
    switch key.keyClass {
    case .scalar:
      let keys = object.references[MapWord.keys].unsafelyUnwrapped
      switch elementKind(key.type) {
      case .bits8:
        let wanted = UInt8(truncatingIfNeeded: key.bits)
        return probe(object, hash) { keys.elements8[$0] == wanted }
      case .bits32:
        let wanted = Int32(truncatingIfNeeded: key.bits)
        return probe(object, hash) { keys.elements32[$0] == wanted }
      case .bits64, .reference:
        let wanted = key.bits
        return probe(object, hash) { keys.elements64[$0] == wanted }
      }
    case .string:
      // Keys were flattened when they were put in, this one when it was hashed.
      let wanted = key.slot.pointee.unsafelyUnwrapped
      let keys = object.references[MapWord.keys].unsafelyUnwrapped.elementReferences
      let length = wanted.stringLength
      let text = bytes(wanted)
      return probe(object, hash) { entry in
        let other = keys[entry].unsafelyUnwrapped
        return other == wanted
          || other.stringLength == length && compareText(bytes(other), length, text, length) == 0
      }
    case .general: return findGeneral(map, key, hash)
    }
  }

  /// Entries whose hash agrees, until one is accepted. The closure is inlined.
  @inline(__always)
  private func probe(_ object: UnsafeMutableRawPointer, _ hash: UInt32, _ accept: (Int) -> Bool) -> Int {
    guard let index = object.references[MapWord.index] else {
      let hashes = object.references[MapWord.hashes].unsafelyUnwrapped.elements32
      for entry in 0..<Int(object.words[MapWord.used])
      where hashes[entry] == Int32(bitPattern: hash) && accept(entry) {
        return entry
      }
      return -1
    }
    let slots = index.elements64
    let mask = Int(index.storageCapacity) - 1
    var at = Int(hash) & mask
    while true {
      let slot = UInt64(bitPattern: slots[at])
      if slot == 0 { return -1 }
      if UInt32(truncatingIfNeeded: slot >> 32) == hash {
        let entry = Int(UInt32(truncatingIfNeeded: slot)) - 1
        if accept(entry) { return entry }
      }
      at = (at + 1) & mask
    }
  }

  /// Comparing may call a method of the key, which may do anything, also to this map.
  @inline(never) private func findGeneral(_ map: Slot, _ key: MapKey, _ hash: UInt32) -> Int {
    let isScalar = types[Int(key.type)].representation != .reference
    let version = map.pointee.unsafelyUnwrapped.words[MapWord.version]
    let root = pushRoot(nil)
    defer { popRoots(1) }
    var position = 0
    while true {
      // The position counts slots of the index, or entries where there is none.
      let object = map.pointee.unsafelyUnwrapped
      var entry = -1
      if let index = object.references[MapWord.index] {
        let mask = Int(index.storageCapacity) - 1
        let slot = UInt64(bitPattern: index.elements64[(Int(hash) + position) & mask])
        if slot == 0 || position > mask { return -1 }
        if UInt32(truncatingIfNeeded: slot >> 32) == hash { entry = Int(UInt32(truncatingIfNeeded: slot)) - 1 }
      } else {
        if position == Int(object.words[MapWord.used]) { return -1 }
        let hashes = object.references[MapWord.hashes].unsafelyUnwrapped.elements32
        if hashes[position] == Int32(bitPattern: hash) { entry = position }
      }
      position += 1
      if entry < 0 { continue }
      let keys = object.references[MapWord.keys].unsafelyUnwrapped
      let equal: Int
      if isScalar {
        equal = equalScalars(elementBits(keys, entry, key.type), key.bits, type: key.type)
      } else {
        root.pointee = keys.elementReferences[entry]
        equal = equalValues(root, key.slot, type: key.type)
      }
      if equal < 0 { return -2 }
      if map.pointee.unsafelyUnwrapped.words[MapWord.version] != version {
        _ = panic(.changedWhileIterating, "the keys changed while one of them was compared")
        return -2
      }
      if equal == 1 { return entry }
    }
  }

  // MARK: Changing

  /// The entry of a key, which is added if it is not there; its value is then to be set. Nil: a panic is pending.
  @inline(__always) func insertEntry(_ map: Slot, _ key: MapKey) -> (entry: Int, isNew: Bool)? {
    guard let hash = keyHash(key) else { return nil }
    let known = findEntry(map, key, hash)
    if known >= 0 { return (known, false) }
    if known == -2 { return nil }
    var object = map.pointee.unsafelyUnwrapped
    let capacity = object.references[MapWord.hashes].map { Int($0.storageCapacity) } ?? 0
    if Int(object.words[MapWord.used]) == capacity {
      guard makeRoom(map) else { return nil }
      object = map.pointee.unsafelyUnwrapped
    }
    let entry = Int(object.words[MapWord.used])
    let kind = elementKind(key.type)
    let keys = object.references[MapWord.keys].unsafelyUnwrapped
    if kind == .reference {
      if key.keyClass == .string { intern(key.slot) }
      storeElement(key.slot.pointee, in: keys, at: entry)
    } else {
      setElementBits(keys, entry, kind, key.bits)
    }
    object.references[MapWord.hashes].unsafelyUnwrapped.elements32[entry] = Int32(bitPattern: hash)
    object.words[MapWord.used] += 1
    object.words[MapWord.live] += 1
    object.words[MapWord.version] &+= 1
    if let index = object.references[MapWord.index] { addSlot(index, hash, entry) }
    return (entry, true)
  }

  @inline(__always) private func addSlot(_ index: UnsafeMutableRawPointer, _ hash: UInt32, _ entry: Int) {
    let mask = Int(index.storageCapacity) - 1
    let slots = index.elements64
    var at = Int(hash) & mask
    while slots[at] != 0 { at = (at + 1) & mask }
    slots[at] = Int64(bitPattern: UInt64(hash) << 32 | UInt64(entry + 1))
  }

  /// Rewrites the storages without removed entries, larger where those are few.
  @inline(never) private func makeRoom(_ map: Slot) -> Bool {
    let row = types + Int(map.pointee.unsafelyUnwrapped.typeRow)
    let live = Int(map.pointee.unsafelyUnwrapped.words[MapWord.live])
    var capacity = VM.smallCapacity
    while capacity - capacity / 4 <= live { capacity *= 2 }
    if capacity > 1 << 30 { return panic(.size, "a map or set cannot have more entries") }
    let keyKind = elementKind(row.pointee.elements[0])
    let hasValues = row.pointee.kind == .map
    let valueKind = hasValues ? elementKind(row.pointee.elements[1]) : .bits8
    let base = rootTop
    defer { rootTop = base }
    guard let keys = allocateStorage(keyKind, capacity: capacity) else { return false }
    let keySlot = pushRoot(keys)
    let valueSlot = pushRoot(nil)
    if hasValues {
      guard let values = allocateStorage(valueKind, capacity: capacity) else { return false }
      valueSlot.pointee = values
    }
    guard let hashes = allocateStorage(.bits32, capacity: capacity) else { return false }
    let hashSlot = pushRoot(hashes)
    let indexSlot = pushRoot(nil)
    if capacity > VM.smallCapacity {
      guard let index = allocateStorage(.bits64, capacity: capacity * 2) else { return false }
      index.elements64.update(repeating: 0, count: capacity * 2)
      indexSlot.pointee = index
    }
    let object = map.pointee.unsafelyUnwrapped
    var count = 0
    if let oldHashes = object.references[MapWord.hashes] {
      let oldKeys = object.references[MapWord.keys].unsafelyUnwrapped
      let newHashes = hashSlot.pointee.unsafelyUnwrapped
      for entry in 0..<Int(object.words[MapWord.used]) where oldHashes.elements32[entry] != 0 {
        newHashes.elements32[count] = oldHashes.elements32[entry]
        copyElement(keySlot.pointee.unsafelyUnwrapped, count, oldKeys, entry, keyKind)
        if hasValues {
          let oldValues = object.references[MapWord.values].unsafelyUnwrapped
          copyElement(valueSlot.pointee.unsafelyUnwrapped, count, oldValues, entry, valueKind)
        }
        if let index = indexSlot.pointee { addSlot(index, UInt32(bitPattern: newHashes.elements32[count]), count) }
        count += 1
      }
    }
    if keyKind == .reference { settleCards(of: keySlot.pointee.unsafelyUnwrapped) }
    if hasValues, valueKind == .reference { settleCards(of: valueSlot.pointee.unsafelyUnwrapped) }
    store(keySlot.pointee, in: object, word: MapWord.keys)
    store(valueSlot.pointee, in: object, word: MapWord.values)
    store(hashSlot.pointee, in: object, word: MapWord.hashes)
    store(indexSlot.pointee, in: object, word: MapWord.index)
    object.words[MapWord.used] = Int64(count)
    object.words[MapWord.first] = 0
    return true
  }

  @inline(__always)
  private func copyElement(
    _ target: UnsafeMutableRawPointer, _ to: Int, _ source: UnsafeMutableRawPointer, _ from: Int, _ kind: ElementKind
  ) {
    switch kind {
    case .bits8: target.elements8[to] = source.elements8[from]
    case .bits32: target.elements32[to] = source.elements32[from]
    case .bits64, .reference: target.elements64[to] = source.elements64[from]
    }
  }

  /// Takes an entry out.
  func removeEntry(_ object: UnsafeMutableRawPointer, _ entry: Int) {
    let hashes = object.references[MapWord.hashes].unsafelyUnwrapped.elements32
    let hash = UInt32(bitPattern: hashes[entry])
    hashes[entry] = 0
    if let index = object.references[MapWord.index] { removeSlot(index, hash, entry) }
    let row = types + Int(object.typeRow)
    if elementKind(row.pointee.elements[0]) == .reference {
      storeElement(nil, in: object.references[MapWord.keys].unsafelyUnwrapped, at: entry)
    }
    if row.pointee.kind == .map, elementKind(row.pointee.elements[1]) == .reference {
      storeElement(nil, in: object.references[MapWord.values].unsafelyUnwrapped, at: entry)
    }
    object.words[MapWord.live] -= 1
    object.words[MapWord.version] &+= 1
    if entry == Int(object.words[MapWord.first]) { object.words[MapWord.first] += 1 }
    if object.words[MapWord.live] == 0 {
      object.words[MapWord.used] = 0
      object.words[MapWord.first] = 0
    }
  }

  private func removeSlot(_ index: UnsafeMutableRawPointer, _ hash: UInt32, _ entry: Int) {
    let slots = index.elements64
    let mask = Int(index.storageCapacity) - 1
    var hole = Int(hash) & mask
    while Int(UInt32(truncatingIfNeeded: slots[hole])) - 1 != entry { hole = (hole + 1) & mask }
    var at = hole
    while true {
      at = (at + 1) & mask
      let slot = UInt64(bitPattern: slots[at])
      if slot == 0 { break }
      // It may move into the hole unless its home lies after that.
      let home = Int(slot >> 32) & mask
      if (at - home) & mask >= (at - hole) & mask {
        slots[hole] = slots[at]
        hole = at
      }
    }
    slots[hole] = 0
  }

  /// Takes every entry out.
  func clearEntries(_ object: UnsafeMutableRawPointer) {
    if object.words[MapWord.live] == 0 { return }
    for word in 0..<4 { store(nil, in: object, word: word) }
    object.words[MapWord.live] = 0
    object.words[MapWord.used] = 0
    object.words[MapWord.first] = 0
    object.words[MapWord.version] &+= 1
  }
}
