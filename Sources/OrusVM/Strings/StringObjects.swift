import Glibc

/// Strings are immutable text: flat, a slice of a flat one, or a rope (Ropes.swift),
/// which is made flat where something needs its bytes.
extension VM {
  /// The bytes of a string that is no rope; valid until something allocates.
  @inline(__always) func bytes(_ string: UnsafeMutableRawPointer) -> UnsafePointer<UInt8> {
    if string.stringKind == StringNode.flat { return UnsafePointer(string.flatBytes) }
    return UnsafePointer(string.stringParts[0].unsafelyUnwrapped.flatBytes + string.sliceOffset)
  }

  /// Makes the bytes of a string be in one piece.
  @inline(__always) func flatten(_ slot: Slot) -> Bool {
    slot.pointee.unsafelyUnwrapped.isRope ? flattenRope(slot) : true
  }

  // MARK: Making strings

  /// A string of these bytes, which lie outside the heap.
  func makeString(_ result: Slot, _ bytes: UnsafePointer<UInt8>, _ length: Int) -> Bool {
    if length == 0 {
      result.pointee = constantString(0)
      return true
    }
    if length == 1, bytes[0] < 0x80 {
      result.pointee = asciiString(bytes[0])
      return true
    }
    guard let flat = allocateString(length) else { return false }
    memcpy(flat.flatBytes, bytes, length)
    result.pointee = flat
    return true
  }

  func makeString(_ result: Slot, _ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      guard let start = bytes.baseAddress else { return makeString(result, constantString(0)!.flatBytes, 0) }
      return makeString(result, start, bytes.count)
    }
  }

  /// The permanent string of one ASCII character.
  @inline(__always) func asciiString(_ byte: UInt8) -> Reference {
    guard let table = machine.pointee.text.characters else { return makeCharacters()[Int(byte)] }
    return table[Int(byte)]
  }

  @inline(never) private func makeCharacters() -> UnsafeMutablePointer<Reference> {
    let table = UnsafeMutablePointer<Reference>.allocate(capacity: 128)
    for code in 0..<128 {
      var byte = UInt8(code)
      let string = withUnsafeBytes(of: &byte) { allocatePermanentString($0) }
      (table + code).initialize(to: string)
    }
    machine.pointee.text.characters = table
    return table
  }

  /// So many bytes from an offset of a string that is no rope. Short ones are copied, long ones share.
  func makeSlice(_ result: Slot, _ source: Slot, _ offset: Int, _ length: Int) -> Bool {
    let string = source.pointee.unsafelyUnwrapped
    if length == string.stringLength {
      result.pointee = string
      return true
    }
    if length <= 1 {
      if length == 0 {
        result.pointee = constantString(0)
        return true
      }
      let byte = bytes(string)[offset]
      if byte < 0x80 {
        result.pointee = asciiString(byte)
        return true
      }
    }
    if length <= 16 {
      guard let flat = allocateString(length) else { return false }
      memcpy(flat.flatBytes, bytes(source.pointee.unsafelyUnwrapped) + offset, length)
      result.pointee = flat
      return true
    }
    guard let slice = allocateBytes(32) else { return false }
    let base = source.pointee.unsafelyUnwrapped
    if base.stringKind == StringNode.slice {
      slice.setSlice(of: base.stringParts[0].unsafelyUnwrapped, from: base.sliceOffset + offset, length)
    } else {
      slice.setSlice(of: base, from: offset, length)
    }
    result.pointee = slice
    return true
  }

  /// The text as a Swift string, for messages.
  func swiftString(_ reference: Reference) -> String {
    guard let string = reference else { return "" }
    let length = string.stringLength
    return String(unsafeUninitializedCapacity: max(length, 1)) { buffer in
      copyText(string, to: buffer.baseAddress!)
      return length
    }
  }

  // MARK: ASCII

  /// Whether a string that is no rope is ASCII. It keeps the answer.
  func isASCII(_ string: UnsafeMutableRawPointer) -> Bool {
    let spare = string.spare
    if spare & StringNode.asciiIsKnown != 0 { return spare & StringNode.isASCII != 0 }
    let found = kernels.is_ascii(bytes(string), string.stringLength)
    string.sharedSpare = spare | StringNode.asciiIsKnown | (found ? StringNode.isASCII : 0)
    return found
  }

  /// Characters of a string that is no rope.
  func characterCount(_ string: UnsafeMutableRawPointer) -> Int {
    isASCII(string) ? string.stringLength : countCharacters(bytes(string), string.stringLength)
  }

  // MARK: Comparing

  /// 1 for the same text, 0 for another, -1: a panic is pending.
  func equalStrings(_ x: Slot, _ y: Slot) -> Int {
    let left = x.pointee.unsafelyUnwrapped
    let right = y.pointee.unsafelyUnwrapped
    if left == right { return 1 }
    let length = left.stringLength
    if length != right.stringLength { return 0 }
    if left.stringHash != 0, right.stringHash != 0, left.stringHash != right.stringHash { return 0 }
    guard flatten(x), flatten(y) else { return -1 }
    let same = memcmp(bytes(x.pointee.unsafelyUnwrapped), bytes(y.pointee.unsafelyUnwrapped), length)
    return same == 0 ? 1 : 0
  }

  /// -1, 0 or 1 by Unicode scalar, which is the order of the bytes; Int.min: a panic is pending.
  func compareStrings(_ x: Slot, _ y: Slot) -> Int {
    guard flatten(x), flatten(y) else { return Int.min }
    let left = x.pointee.unsafelyUnwrapped
    let right = y.pointee.unsafelyUnwrapped
    return compareText(bytes(left), left.stringLength, bytes(right), right.stringLength)
  }

  // MARK: Characters

  /// The character at a byte offset. E0002, E0009
  @inline(never) func stringCharacter(_ result: Slot, _ string: Slot, at offset: Int64) -> Bool {
    let length = string.pointee.unsafelyUnwrapped.stringLength
    if UInt64(bitPattern: offset) >= UInt64(length) {
      return panic(.index, "the index \(offset) is out of range for a string of \(length) bytes")
    }
    guard flatten(string) else { return false }
    let at = Int(offset)
    let lead = bytes(string.pointee.unsafelyUnwrapped)[at]
    if lead < 0x80 {
      result.pointee = asciiString(lead)
      return true
    }
    if isContinuation(lead) { return panic(.insideCharacter, "byte \(at) is inside a character") }
    return makeSlice(result, string, at, min(characterLength(lead), length - at))
  }

  /// The character at a byte offset before the end; gives the number of its bytes, or -1: a panic is pending.
  @inline(never) func nextCharacter(_ result: Slot, _ string: Slot, at offset: Int64) -> Int {
    let length = string.pointee.unsafelyUnwrapped.stringLength
    if UInt64(bitPattern: offset) >= UInt64(length) {
      _ = panic(.index, "the offset \(offset) is out of range for a string of \(length) bytes")
      return -1
    }
    guard flatten(string) else { return -1 }
    let at = Int(offset)
    let lead = bytes(string.pointee.unsafelyUnwrapped)[at]
    if lead < 0x80 {
      result.pointee = asciiString(lead)
      return 1
    }
    if isContinuation(lead) {
      _ = panic(.insideCharacter, "byte \(at) is inside a character")
      return -1
    }
    let count = min(characterLength(lead), length - at)
    return makeSlice(result, string, at, count) ? count : -1
  }
}

/// -1, 0 or 1.
func compareText(_ x: UnsafePointer<UInt8>, _ xCount: Int, _ y: UnsafePointer<UInt8>, _ yCount: Int) -> Int {
  let order = memcmp(x, y, min(xCount, yCount))
  if order != 0 { return order < 0 ? -1 : 1 }
  return xCount == yCount ? 0 : xCount < yCount ? -1 : 1
}
