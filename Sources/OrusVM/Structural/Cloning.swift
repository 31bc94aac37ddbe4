import Glibc
import OrusBytecode

/// Deep copies that keep what is shared, and cyclic, so.
///
/// As Cheney's collector does: every copied object is noted, the list of copies
/// is gone through in order, and each reference in a copy that still names an
/// original is replaced by that one's copy, which is made where it is missing.
/// Nothing recurses. The list lies on the work stack, pairs of original and copy;
/// a table from an original's address to its number is made anew after a
/// collection, which moves objects.
extension VM {
  /// Puts a deep copy into the result slot. False: a panic is pending.
  func cloneValue(_ result: Slot, _ value: Slot, type: UInt32) -> Bool {
    let base = work.pointee.count
    var table = CloneTable(base: base, collections: collectionCount)
    defer {
      table.deallocate()
      work.pointee.count = base
    }
    guard cloneReference(result, value.pointee, type, &table) else { return false }
    let root = pushRoot(result.pointee)
    defer { popRoots(1) }
    let part = pushRoot(nil)
    defer { popRoots(1) }
    var index = base
    while index < work.pointee.count {
      guard cloneParts(index + 1, part, &table) else { return false }
      index += 2
    }
    result.pointee = root.pointee
    return true
  }

  /// The copy of what a reference names: itself where that cannot change.
  private func cloneReference(_ result: Slot, _ value: Reference, _ type: UInt32, _ table: inout CloneTable) -> Bool {
    guard let object = value else {
      result.pointee = nil
      return true
    }
    let row = types + Int(type)
    if row.pointee.hooks.clone != 0 {
      var call = beginCall()
      call.pushReference(object)
      guard finish(call, function: row.pointee.hooks.clone - 1) else { return false }
      result.pointee = resultReference
      return true
    }
    switch row.pointee.kind {
    case .string, .function, .closure, .range, .cell, .void, .bool, .i32, .i64, .u32, .u64, .f64, .tag:
      result.pointee = object
      return true
    case .option:
      let inner = row.pointee.elements[0]
      if !isBoxed(inner) { return cloneReference(result, object, inner, &table) }
    case .any:
      if types[Int(object.words[0])].representation != .reference {
        result.pointee = object
        return true
      }
    case .array, .tuple, .structure, .enumeration, .variant, .map, .set: break
    }
    if table.collections != collectionCount { table.rebuild(work.pointee, collectionCount) }
    if let known = table.find(UInt(bitPattern: object), work.pointee) {
      result.pointee = work.pointee.base[known + 1]
      return true
    }
    result.pointee = object
    guard copyObject(result) else { return false }
    return table.add(work.pointee, collectionCount)
  }

  /// Replaces the object in the slot by a copy with the same parts, and notes both.
  private func copyObject(_ slot: Slot) -> Bool {
    let original = pushRoot(slot.pointee)
    defer { popRoots(1) }
    let object = slot.pointee.unsafelyUnwrapped
    let rowIndex = object.typeRow
    let row = types + Int(rowIndex)
    switch row.pointee.kind {
    case .array:
      let count = Int(object.arrayCount)
      guard let copy = allocateArray(rowIndex, capacity: count) else { return false }
      let source = original.pointee.unsafelyUnwrapped.arrayStorage
      memcpy(copy.arrayStorage.storageBytes, source.storageBytes, count << row.pointee.element.shift)
      if row.pointee.element == .reference { settleCards(of: copy.arrayStorage) }
      copy.arrayCount = Int64(count)
      slot.pointee = copy
    case .map, .set:
      guard let copy = allocate(rowIndex, words: 8) else { return false }
      for word in 4..<8 { copy.words[word] = original.pointee.unsafelyUnwrapped.words[word] }
      slot.pointee = copy
      for word in 0..<4 {
        guard let storage = original.pointee.unsafelyUnwrapped.references[word] else { continue }
        let kind = types[Int(storage.typeRow)].element
        let capacity = Int(storage.storageCapacity)
        guard let copy = allocateStorage(kind, capacity: capacity) else { return false }
        let source = original.pointee.unsafelyUnwrapped.references[word].unsafelyUnwrapped
        memcpy(copy.storageBytes, source.storageBytes, capacity << kind.shift)
        if kind == .reference { settleCards(of: copy) }
        store(copy, in: slot.pointee.unsafelyUnwrapped, word: word)
      }
    default:
      let size = row.pointee.kind == .any ? 24 : Int(row.pointee.objectBytes)
      guard let copy = allocateBytes(size) else { return false }
      copy.header = row.pointee.kind == .any ? UInt64(rowIndex) : row.pointee.header
      memcpy(copy + 8, original.pointee.unsafelyUnwrapped + 8, size - 8)
      slot.pointee = copy
    }
    work.pointee.push(original.pointee)
    work.pointee.push(slot.pointee)
    return true
  }

  /// Replaces the references in the copy at a place of the work stack.
  private func cloneParts(_ place: Int, _ part: Slot, _ table: inout CloneTable) -> Bool {
    let copy = work.pointee.base[place].unsafelyUnwrapped
    let row = types + Int(copy.typeRow)
    switch row.pointee.kind {
    case .array:
      if row.pointee.element != .reference { return true }
      return cloneElements(place, 0, Int(copy.arrayCount), row.pointee.elements[0], part, &table)
    case .map, .set:
      let used = Int(copy.words[MapWord.used])
      if elementKind(row.pointee.elements[0]) == .reference {
        guard cloneElements(place, MapWord.keys, used, row.pointee.elements[0], part, &table) else { return false }
      }
      if row.pointee.kind == .map, elementKind(row.pointee.elements[1]) == .reference {
        return cloneElements(place, MapWord.values, used, row.pointee.elements[1], part, &table)
      }
      return true
    case .any:
      let held = UInt32(truncatingIfNeeded: copy.words[0])
      guard cloneReference(part, copy.references[1], held, &table) else { return false }
      store(part.pointee, in: work.pointee.base[place].unsafelyUnwrapped, word: 1)
      return true
    default:
      let first = row.pointee.kind == .variant ? 1 : 0
      if first >= Int(row.pointee.elementCount) { return true }
      for index in first..<Int(row.pointee.elementCount) {
        let type = row.pointee.elements[index]
        let word = Int(row.pointee.words[index - first])
        guard word >= 0, types[Int(type)].representation == .reference else { continue }
        let copy = work.pointee.base[place].unsafelyUnwrapped
        guard cloneReference(part, copy.references[word], type, &table) else { return false }
        store(part.pointee, in: work.pointee.base[place].unsafelyUnwrapped, word: word)
      }
      return true
    }
  }

  /// The same for the storage in a word of the copy.
  private func cloneElements(
    _ place: Int, _ word: Int, _ count: Int, _ type: UInt32, _ part: Slot, _ table: inout CloneTable
  ) -> Bool {
    switch types[Int(type)].kind {
    case .string, .function, .closure, .range: return true
    default: break
    }
    for index in 0..<count {
      let storage = work.pointee.base[place].unsafelyUnwrapped.references[word].unsafelyUnwrapped
      guard cloneReference(part, storage.elementReferences[index], type, &table) else { return false }
      let target = work.pointee.base[place].unsafelyUnwrapped.references[word].unsafelyUnwrapped
      storeElement(part.pointee, in: target, at: index)
    }
    return true
  }
}

/// Finds the copy of an original by its address, for as long as nothing moves.
struct CloneTable {
  /// Where the pairs begin on the work stack.
  private let base: Int
  private(set) var collections: Int
  /// Places on the work stack + 1.
  private var slots: UnsafeMutablePointer<Int>
  private var capacity = 64

  init(base: Int, collections: Int) {
    self.base = base
    self.collections = collections
    slots = .allocate(capacity: 64)
    slots.initialize(repeating: 0, count: 64)
  }

  func find(_ address: UInt, _ work: WorkStack) -> Int? {
    var at = place(address)
    while slots[at] != 0 {
      if UInt(bitPattern: work.base[slots[at] - 1]) == address { return slots[at] - 1 }
      at = (at + 1) & (capacity - 1)
    }
    return nil
  }

  /// Takes in the last pair of the work stack. Always true.
  mutating func add(_ work: WorkStack, _ collections: Int) -> Bool {
    if collections != self.collections || (work.count - base) >= capacity {
      rebuild(work, collections)
    } else {
      insert(work.count - 2, work)
    }
    return true
  }

  /// Makes the table anew from the pairs.
  mutating func rebuild(_ work: WorkStack, _ collections: Int) {
    self.collections = collections
    while capacity <= (work.count - base) * 2 { capacity *= 2 }
    slots.deallocate()
    slots = .allocate(capacity: capacity)
    slots.initialize(repeating: 0, count: capacity)
    var place = base
    while place < work.count {
      insert(place, work)
      place += 2
    }
  }

  private func insert(_ index: Int, _ work: WorkStack) {
    var at = place(UInt(bitPattern: work.base[index]))
    while slots[at] != 0 { at = (at + 1) & (capacity - 1) }
    slots[at] = index + 1
  }

  private func place(_ address: UInt) -> Int {
    Int(truncatingIfNeeded: mixHash(UInt64(address), 0x9E37_79B9_7F4A_7C15)) & (capacity - 1)
  }

  func deallocate() { slots.deallocate() }
}
