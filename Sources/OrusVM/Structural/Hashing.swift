import Glibc
import OrusBytecode

/// Hashes are seeded anew in each run, so that nobody can choose keys that
/// collide. A string keeps its own (32 bits, never 0).

/// Mixes two words by their 128-bit product (as wyhash does).
@inline(__always)
func mixHash(_ x: UInt64, _ y: UInt64) -> UInt64 {
  let product = x.multipliedFullWidth(by: y)
  return product.high ^ product.low
}

func hashBytes(_ bytes: UnsafePointer<UInt8>, _ length: Int, seed: UInt64) -> UInt64 {
  let raw = UnsafeRawPointer(bytes)
  var hash = seed ^ 0xA076_1D64_78BD_642F
  var at = 0
  while length - at >= 16 {
    let x = raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)
    let y = raw.loadUnaligned(fromByteOffset: at + 8, as: UInt64.self)
    hash = mixHash(x ^ 0xE703_7ED1_A0B4_28DB, y ^ hash)
    at += 16
  }
  var x: UInt64 = 0
  var y: UInt64 = 0
  let rest = length - at
  if rest >= 8 {
    x = raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)
    y = raw.loadUnaligned(fromByteOffset: length - 8, as: UInt64.self)
  } else if rest >= 4 {
    x = UInt64(raw.loadUnaligned(fromByteOffset: at, as: UInt32.self))
    y = UInt64(raw.loadUnaligned(fromByteOffset: length - 4, as: UInt32.self))
  } else if rest > 0 {
    x = UInt64(bytes[at]) << 16 | UInt64(bytes[at + rest >> 1]) << 8 | UInt64(bytes[length - 1])
  }
  hash = mixHash(x ^ 0x8EBC_6AF0_9C88_C6E3, y ^ hash)
  return mixHash(hash ^ 0x5899_65CC_7537_4CC3, UInt64(length) ^ 0xE703_7ED1_A0B4_28DB)
}

extension VM {
  @inline(__always) func hashScalar(_ bits: Int64) -> UInt64 {
    mixHash(UInt64(bitPattern: bits) ^ machine.pointee.text.seed, 0x9E37_79B9_7F4A_7C15)
  }

  /// The hash of a string, 0: a panic is pending.
  @inline(__always) func stringHash(_ slot: Slot) -> UInt32 {
    let known = slot.pointee.unsafelyUnwrapped.stringHash
    return known != 0 ? known : computeStringHash(slot)
  }

  @inline(never) private func computeStringHash(_ slot: Slot) -> UInt32 {
    guard flatten(slot) else { return 0 }
    let string = slot.pointee.unsafelyUnwrapped
    let hash = hashBytes(bytes(string), string.stringLength, seed: machine.pointee.text.seed)
    let short = max(1, UInt32(truncatingIfNeeded: hash ^ hash >> 32))
    string.stringHash = short
    return short
  }

  /// Nodes that a hash looks at, and how deep: equal values agree in the first ones as well, and a cycle ends.
  private static let hashedNodes = 4096
  private static let hashedDepth = 64

  /// The hash of a value of any type; nil: a panic is pending.
  func hashValue(_ value: Reference, type: UInt32) -> UInt64? {
    var walk = HashWalk(hash: machine.pointee.text.seed, nodesLeft: VM.hashedNodes)
    let base = work.pointee.count
    let isComplete = addToHash(value, type, depth: 0, &walk)
    work.pointee.count = base
    return isComplete ? walk.hash : nil
  }

  struct HashWalk {
    var hash: UInt64
    var nodesLeft: Int
    mutating func add(_ word: UInt64) { hash = mixHash(hash ^ word, 0x9E37_79B9_7F4A_7C15) }
  }

  /// The hash of a scalar value; an enum's `hash` method is called. Nil: a panic is pending.
  func hashScalarValue(_ bits: Int64, type: UInt32) -> UInt64? {
    let row = types + Int(type)
    if row.pointee.hooks.hash != 0 {
      var call = beginCall()
      call.pushScalar(bits)
      guard finish(call, function: row.pointee.hooks.hash - 1) else { return nil }
      return hashScalar(resultScalar)
    }
    if row.pointee.kind == .f64, Double(bitPattern: UInt64(bitPattern: bits)) == 0 { return hashScalar(0) }
    return hashScalar(bits)
  }

  private func addToHash(_ value: Reference, _ type: UInt32, depth: Int, _ walk: inout HashWalk) -> Bool {
    guard let object = value else {
      walk.add(0x9E6C_63D0)
      return true
    }
    walk.nodesLeft -= 1
    if walk.nodesLeft <= 0 || depth > VM.hashedDepth { return true }
    let row = types + Int(type)
    if row.pointee.hooks.hash != 0 {
      var call = beginCall()
      call.pushReference(object)
      guard finish(call, function: row.pointee.hooks.hash - 1) else { return false }
      walk.add(UInt64(bitPattern: resultScalar))
      return true
    }
    switch row.pointee.kind {
    case .string:
      let slot = pushRoot(object)
      defer { popRoots(1) }
      let hash = stringHash(slot)
      walk.add(UInt64(hash))
      return hash != 0
    case .any:
      let held = UInt32(truncatingIfNeeded: object.words[0])
      if types[Int(held)].representation != .reference {
        guard let hash = hashScalarValue(object.words[1], type: held) else { return false }
        walk.add(hash)
        return true
      }
      return addToHash(object.references[1], held, depth: depth + 1, &walk)
    case .option:
      let inner = row.pointee.elements[0]
      walk.add(1)
      if isBoxed(inner) { return addPartsToHash(object, row, from: 0, depth, &walk) }
      return addToHash(object, inner, depth: depth + 1, &walk)
    case .enumeration:
      let variant = types + Int(object.typeRow)
      walk.add(UInt64(variant.pointee.variant) &+ 2)
      return addPartsToHash(object, variant, from: 1, depth, &walk)
    case .tuple, .structure: return addPartsToHash(object, row, from: 0, depth, &walk)
    case .range:
      for word in 0..<4 { walk.add(UInt64(bitPattern: object.words[word])) }
      return true
    case .array:
      walk.add(UInt64(bitPattern: object.arrayCount))
      let index = work.pointee.count
      work.pointee.push(object)
      defer { work.pointee.count = index }
      let element = row.pointee.elements[0]
      for position in 0..<min(Int(object.arrayCount), VM.hashedNodes) {
        let array = work.pointee.base[index].unsafelyUnwrapped
        if position >= Int(array.arrayCount) { break }
        if row.pointee.element == .reference {
          let part = array.arrayStorage.elementReferences[position]
          guard addToHash(part, element, depth: depth + 1, &walk) else { return false }
        } else {
          guard let hash = hashScalarValue(elementBits(array.arrayStorage, position, element), type: element)
          else { return false }
          walk.add(hash)
        }
      }
      return true
    case .void, .bool, .i32, .i64, .u32, .u64, .f64, .tag, .variant, .function, .closure, .cell, .map, .set:
      return true
    }
  }

  private func addPartsToHash(
    _ object: UnsafeMutableRawPointer, _ row: UnsafeMutablePointer<RuntimeType>, from first: Int, _ depth: Int,
    _ walk: inout HashWalk
  ) -> Bool {
    let index = work.pointee.count
    work.pointee.push(object)
    defer { work.pointee.count = index }
    let count = Int(row.pointee.elementCount)
    if first >= count { return true }
    for part in first..<count {
      let word = Int(row.pointee.words[part - first])
      if word < 0 { continue }
      let type = row.pointee.elements[part]
      let object = work.pointee.base[index].unsafelyUnwrapped
      if types[Int(type)].representation == .reference {
        guard addToHash(object.references[word], type, depth: depth + 1, &walk) else { return false }
      } else {
        guard let hash = hashScalarValue(object.words[word], type: type) else { return false }
        walk.add(hash)
      }
    }
    return true
  }

  /// Whether `Some` of this type is a box: of a scalar, of nothing, or of another option.
  @inline(__always) func isBoxed(_ inner: UInt32) -> Bool {
    let row = types + Int(inner)
    return row.pointee.representation != .reference || row.pointee.kind == .option
  }

  /// A scalar element, canonical in 64 bits.
  @inline(__always)
  func elementBits(_ storage: UnsafeMutableRawPointer, _ index: Int, _ type: UInt32) -> Int64 {
    switch types[Int(type)].kind {
    case .bool: Int64(storage.elements8[index])
    case .i32: Int64(storage.elements32[index])
    case .u32, .tag: Int64(UInt32(bitPattern: storage.elements32[index]))
    default: storage.elements64[index]
    }
  }

  /// How elements of this type are stored.
  @inline(__always) func elementKind(_ type: UInt32) -> ElementKind {
    switch types[Int(type)].kind {
    case .bool: .bits8
    case .i32, .u32, .tag: .bits32
    case .i64, .u64, .f64: .bits64
    default: .reference
    }
  }

  @inline(__always)
  func setElementBits(_ storage: UnsafeMutableRawPointer, _ index: Int, _ kind: ElementKind, _ bits: Int64) {
    switch kind {
    case .bits8: storage.elements8[index] = UInt8(truncatingIfNeeded: bits)
    case .bits32: storage.elements32[index] = Int32(truncatingIfNeeded: bits)
    case .bits64, .reference: storage.elements64[index] = bits
    }
  }
}
