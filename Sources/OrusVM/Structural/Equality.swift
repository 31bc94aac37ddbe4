import Glibc
import OrusBytecode

/// Deep equality.
///
/// Two values are walked side by side with a stack of frames, so depth costs no
/// native stack. After many steps the pairs of objects that were met are noted,
/// and a pair that comes again is not walked again: so cyclic values end, and
/// values that share parts take no exponential time. Equal means that no path
/// shows a difference.
extension VM {
  private static let stepsBeforeNoting = 20_000

  /// 1 for equal, 0 for not, -1: a panic is pending.
  @inline(never) func equalValues(_ x: Slot, _ y: Slot, type: UInt32) -> Int {
    let frameBase = walkFrames.pointee.count
    let workBase = work.pointee.count
    var state = EqualityWalk()
    var result = compareParts(x.pointee, y.pointee, type, &state)
    while result == 1, walkFrames.pointee.count > frameBase { result = equalityStep(&state) }
    state.pairs?.deallocate()
    walkFrames.pointee.truncate(to: frameBase)
    work.pointee.count = workBase
    return result
  }

  struct EqualityWalk {
    var steps = 0
    var pairs: PairSet?
    var collections = 0
  }

  func equalScalars(_ x: Int64, _ y: Int64, type: UInt32) -> Int {
    let row = types + Int(type)
    if row.pointee.hooks.equals != 0 {
      var call = beginCall()
      call.pushScalar(x)
      call.pushScalar(y)
      guard finish(call, function: row.pointee.hooks.equals - 1) else { return -1 }
      return resultScalar != 0 ? 1 : 0
    }
    if row.pointee.kind == .f64 {
      return Double(bitPattern: UInt64(bitPattern: x)) == Double(bitPattern: UInt64(bitPattern: y)) ? 1 : 0
    }
    return x == y ? 1 : 0
  }

  /// 1: equal so far, with a frame for parts that are still to be compared.
  private func compareParts(_ x: Reference, _ y: Reference, _ type: UInt32, _ state: inout EqualityWalk) -> Int {
    var (x, y, type) = (x, y, type)
    while true {
      guard let left = x, let right = y else { return x == y ? 1 : 0 }
      let row = types + Int(type)
      if row.pointee.hooks.equals != 0 {
        var call = beginCall()
        call.pushReference(left)
        call.pushReference(right)
        guard finish(call, function: row.pointee.hooks.equals - 1) else { return -1 }
        return resultScalar != 0 ? 1 : 0
      }
      switch row.pointee.kind {
      case .string:
        let first = pushRoot(left)
        let second = pushRoot(right)
        defer { popRoots(2) }
        return equalStrings(first, second)
      case .any:
        if left.words[0] != right.words[0] { return 0 }
        type = UInt32(truncatingIfNeeded: left.words[0])
        if types[Int(type)].representation != .reference {
          return equalScalars(left.words[1], right.words[1], type: type)
        }
        x = left.references[1]
        y = right.references[1]
      case .option:
        type = row.pointee.elements[0]
        if isBoxed(type) {
          if types[Int(type)].representation == .none { return 1 }
          if types[Int(type)].representation == .scalar {
            return equalScalars(left.words[0], right.words[0], type: type)
          }
          x = left.references[0]
          y = right.references[0]
        }
      case .enumeration:
        if left.typeRow != right.typeRow { return 0 }
        return (types + Int(left.typeRow)).pointee.elementCount == 1 ? 1 : push(left, right, left.typeRow, &state)
      case .array:
        if left.arrayCount != right.arrayCount { return 0 }
        return left.arrayCount == 0 ? 1 : push(left, right, type, &state)
      case .tuple, .structure: return push(left, right, type, &state)
      case .range:
        for word in 0..<4 where left.words[word] != right.words[word] { return 0 }
        return 1
      case .map, .set:
        if left.words[MapWord.live] != right.words[MapWord.live] { return 0 }
        return push(left, right, type, &state)
      case .void, .bool, .i32, .i64, .u32, .u64, .f64, .tag, .variant, .function, .closure, .cell:
        return left == right ? 1 : 0
      }
    }
  }

  private func push(
    _ x: UnsafeMutableRawPointer, _ y: UnsafeMutableRawPointer, _ type: UInt32, _ state: inout EqualityWalk
  ) -> Int {
    state.steps += 1
    if state.steps > VM.stepsBeforeNoting {
      if state.pairs == nil || state.collections != collectionCount {
        // Addresses have changed: begin anew.
        state.pairs?.deallocate()
        state.pairs = PairSet()
        state.collections = collectionCount
      }
      if !state.pairs!.insert(UInt(bitPattern: x), UInt(bitPattern: y)) { return 1 }
    }
    if walkFrames.pointee.count >= VM.walkDepthLimit {
      _ = panic(.callDepth, "the values are nested too deeply to be compared")
      return -1
    }
    work.pointee.push(x)
    work.pointee.push(y)
    walkFrames.pointee.push(WalkFrame(type: type, position: 0))
    return 1
  }

  private func popFrame() {
    _ = walkFrames.pointee.pop()
    work.pointee.count -= 2
  }

  private func equalityStep(_ state: inout EqualityWalk) -> Int {
    let top = walkFrames.pointee.base + (walkFrames.pointee.count - 1)
    let x = work.pointee.base[work.pointee.count - 2].unsafelyUnwrapped
    let y = work.pointee.base[work.pointee.count - 1].unsafelyUnwrapped
    let type = top.pointee.type
    let row = types + Int(type)
    let position = Int(top.pointee.position)
    top.pointee.position += 1
    switch row.pointee.kind {
    case .array:
      let element = row.pointee.elements[0]
      let kind = row.pointee.element
      if kind != .reference {
        let result = equalScalarArrays(x, y, element)
        if result != 2 {
          popFrame()
          return result
        }
      }
      if x.arrayCount != y.arrayCount { return 0 }
      if position >= Int(x.arrayCount) {
        popFrame()
        return 1
      }
      if kind != .reference {
        return equalScalars(
          elementBits(x.arrayStorage, position, element), elementBits(y.arrayStorage, position, element), type: element)
      }
      let left = x.arrayStorage.elementReferences[position]
      let right = y.arrayStorage.elementReferences[position]
      if position + 1 == Int(x.arrayCount) { popFrame() }
      return compareParts(left, right, element, &state)
    case .tuple, .structure, .variant:
      let first = row.pointee.kind == .variant ? 1 : 0
      let part = position + first
      if part >= Int(row.pointee.elementCount) {
        popFrame()
        return 1
      }
      let partType = row.pointee.elements[part]
      let word = Int(row.pointee.words[position])
      if part + 1 == Int(row.pointee.elementCount) { popFrame() }
      if word < 0 { return 1 }
      if types[Int(partType)].representation == .reference {
        return compareParts(x.references[word], y.references[word], partType, &state)
      }
      return equalScalars(x.words[word], y.words[word], type: partType)
    case .map, .set: return equalityStepTable(x, y, row, top, &state)
    default:
      popFrame()
      return 1
    }
  }

  /// 0 or 1; 2 where the elements have to be compared one by one.
  private func equalScalarArrays(_ x: UnsafeMutableRawPointer, _ y: UnsafeMutableRawPointer, _ type: UInt32) -> Int {
    let row = types + Int(type)
    if row.pointee.hooks.equals != 0 { return 2 }
    let count = Int(x.arrayCount)
    if row.pointee.kind == .f64 {
      for index in 0..<count {
        let left = Double(bitPattern: UInt64(bitPattern: x.arrayStorage.elements64[index]))
        let right = Double(bitPattern: UInt64(bitPattern: y.arrayStorage.elements64[index]))
        if left != right { return 0 }
      }
      return 1
    }
    let length = count << types[Int(x.typeRow)].element.shift
    return kernels.mismatch(x.arrayStorage.elements8, y.arrayStorage.elements8, length) == length ? 1 : 0
  }

  /// The next entry of one table, looked up in the other.
  private func equalityStepTable(
    _ x: UnsafeMutableRawPointer, _ y: UnsafeMutableRawPointer, _ row: UnsafeMutablePointer<RuntimeType>,
    _ top: UnsafeMutablePointer<WalkFrame>, _ state: inout EqualityWalk
  ) -> Int {
    guard let entry = x.nextEntry(from: Int(top.pointee.position) - 1) else {
      popFrame()
      return 1
    }
    top.pointee.position = Int32(truncatingIfNeeded: entry + 1)
    let base = rootTop
    defer { rootTop = base }
    let left = pushRoot(x)
    let right = pushRoot(y)
    let keySlot = pushRoot(nil)
    let keyType = row.pointee.elements[0]
    let keys = x.references[MapWord.keys].unsafelyUnwrapped
    var bits: Int64 = 0
    if elementKind(keyType) == .reference {
      keySlot.pointee = keys.elementReferences[entry]
    } else {
      bits = elementBits(keys, entry, keyType)
    }
    let hash = UInt32(bitPattern: x.references[MapWord.hashes].unsafelyUnwrapped.elements32[entry])
    let found = findEntry(right, key(of: x.typeRow, &bits, keySlot), hash)
    if found < 0 { return found == -2 ? -1 : 0 }
    if row.pointee.kind == .set { return 1 }
    let valueType = row.pointee.elements[1]
    guard let leftValues = left.pointee.unsafelyUnwrapped.references[MapWord.values],
      let rightValues = right.pointee.unsafelyUnwrapped.references[MapWord.values]
    else { return 0 }
    if elementKind(valueType) == .reference {
      return compareParts(
        leftValues.elementReferences[entry], rightValues.elementReferences[found], valueType, &state)
    }
    return equalScalars(
      elementBits(leftValues, entry, valueType), elementBits(rightValues, found, valueType), type: valueType)
  }
}

/// A set of pairs of addresses.
struct PairSet {
  private var slots: UnsafeMutablePointer<(UInt, UInt)>
  private var capacity = 1024
  private var count = 0

  init() {
    slots = .allocate(capacity: 1024)
    slots.initialize(repeating: (0, 0), count: 1024)
  }

  /// Whether the pair is new.
  mutating func insert(_ x: UInt, _ y: UInt) -> Bool {
    if count * 2 >= capacity { grow() }
    var at = place(x, y)
    while slots[at].0 != 0 {
      if slots[at] == (x, y) { return false }
      at = (at + 1) & (capacity - 1)
    }
    slots[at] = (x, y)
    count += 1
    return true
  }

  private func place(_ x: UInt, _ y: UInt) -> Int {
    Int(truncatingIfNeeded: mixHash(UInt64(x) ^ 0x9E37_79B9_7F4A_7C15, UInt64(y) ^ 0xA076_1D64_78BD_642F))
      & (capacity - 1)
  }

  private mutating func grow() {
    let (old, oldCapacity) = (slots, capacity)
    capacity *= 2
    slots = .allocate(capacity: capacity)
    slots.initialize(repeating: (0, 0), count: capacity)
    for index in 0..<oldCapacity where old[index].0 != 0 {
      var at = place(old[index].0, old[index].1)
      while slots[at].0 != 0 { at = (at + 1) & (capacity - 1) }
      slots[at] = old[index]
    }
    old.deallocate()
  }

  func deallocate() { slots.deallocate() }
}
