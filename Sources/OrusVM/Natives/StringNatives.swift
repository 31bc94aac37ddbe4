import Glibc
import OrusBytecode

/// The string natives; the string is in r[0].
extension NativeCall {
  var text: UnsafeMutableRawPointer { r[0].unsafelyUnwrapped }
  var textBytes: UnsafePointer<UInt8> { vm.bytes(text) }
  var length: Int { text.stringLength }

  // MARK: Parts

  /// An empty array for the result in a new root.
  private func newList(capacity: Int) -> Slot? {
    guard let list = vm.allocateArray(result, capacity: capacity) else { return nil }
    return vm.pushRoot(list)
  }

  /// Appends part of the flat string r[0] to a list.
  private func append(_ list: Slot, _ part: Slot, _ start: Int, _ count: Int) -> Bool {
    vm.makeSlice(part, r, start, count) && vm.append(part, to: list)
  }

  func stringCharacters() -> Bool {
    guard vm.flatten(r), let list = newList(capacity: vm.characterCount(text)) else { return false }
    let part = vm.pushRoot(nil)
    var at = 0
    while at < length {
      let count = min(characterLength(textBytes[at]), length - at)
      guard append(list, part, at, count) else { return false }
      at += count
    }
    r[0] = list.pointee
    return true
  }

  func stringBytes() -> Bool {
    guard vm.flatten(r), let list = newList(capacity: length) else { return false }
    let array = list.pointee.unsafelyUnwrapped
    for index in 0..<length { array.arrayStorage.elements32[index] = Int32(textBytes[index]) }
    array.arrayCount = Int64(length)
    r[0] = array
    return true
  }

  func stringSplit() -> Bool {
    if r[1].unsafelyUnwrapped.stringLength == 0 { return stringCharacters() }
    guard vm.flatten(r), vm.flatten(r + 1), let list = newList(capacity: 4) else { return false }
    let part = vm.pushRoot(nil)
    var start = 0
    while true {
      let found = find(r + 1, from: start)
      guard append(list, part, start, (found < 0 ? length : found) - start) else { return false }
      if found < 0 { break }
      start = found + r[1].unsafelyUnwrapped.stringLength
    }
    r[0] = list.pointee
    return true
  }

  /// Ended by LF or CR LF.
  func stringLines() -> Bool {
    guard vm.flatten(r), let list = newList(capacity: 4) else { return false }
    let part = vm.pushRoot(nil)
    var start = 0
    while start < length {
      let newline = memchr(textBytes + start, 10, length - start)
      let next = newline.map { UnsafeRawPointer($0) - UnsafeRawPointer(textBytes) } ?? length
      var end = next
      if newline != nil, end > start, textBytes[end - 1] == 13 { end -= 1 }
      guard append(list, part, start, end - start) else { return false }
      start = next + 1
    }
    r[0] = list.pointee
    return true
  }

  func stringTrim(start trimsStart: Bool, end trimsEnd: Bool) -> Bool {
    guard vm.flatten(r) else { return false }
    var (start, end) = (0, length)
    let bytes = textBytes
    while trimsStart, start < end {
      let (scalar, count) = decodeUTF8(bytes + start)
      if !isWhiteSpace(scalar) { break }
      start += count
    }
    while trimsEnd, end > start {
      var last = end - 1
      while last > start, isContinuation(bytes[last]) { last -= 1 }
      if !isWhiteSpace(decodeUTF8(bytes + last).scalar) { break }
      end = last
    }
    return vm.makeSlice(r, r, start, end - start)
  }

  /// Unicode's White_Space.
  private func isWhiteSpace(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 9...13, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }

  func stringSlice(from start: Int64, to end: Int64) -> Bool {
    let count = Int64(length)
    if start < 0 || start > count || end < 0 || end > count || start > end {
      return vm.panic(.index, "the slice \(start)..\(end) is out of range for a string of \(count) bytes")
    }
    guard vm.flatten(r) else { return false }
    for bound in [start, end] where bound < count && isContinuation(textBytes[Int(bound)]) {
      return vm.panic(.insideCharacter, "byte \(bound) is inside a character")
    }
    return vm.makeSlice(r, r, Int(start), Int(end - start))
  }

  func stringSubstring() -> Bool {
    if s[1] < 0 { return vm.panic(.size, "a substring cannot have \(s[1]) bytes") }
    return stringSlice(from: s[0], to: s[0] &+ s[1])
  }

  // MARK: Searching

  /// The first occurrence of the flat string in a slot from an offset on, or -1.
  func find(_ pattern: Slot, from start: Int) -> Int {
    let wanted = pattern.pointee.unsafelyUnwrapped
    if wanted.stringLength > length - start { return -1 }
    if wanted.stringLength == 0 { return start }
    let found = kernels.find(textBytes + start, length - start, vm.bytes(wanted), wanted.stringLength)
    return found < 0 ? -1 : start + found
  }

  func stringFind() -> Bool {
    guard vm.flatten(r), vm.flatten(r + 1) else { return false }
    let found = find(r + 1, from: 0)
    return found < 0 ? giveNone() : giveSome(Int64(found))
  }

  func stringContains() -> Bool {
    guard vm.flatten(r), vm.flatten(r + 1) else { return false }
    return give(find(r + 1, from: 0) >= 0)
  }

  func stringHasEnd(atStart: Bool) -> Bool {
    guard vm.flatten(r), vm.flatten(r + 1) else { return false }
    let other = r[1].unsafelyUnwrapped
    let count = other.stringLength
    if count > length { return give(false) }
    return give(memcmp(textBytes + (atStart ? 0 : length - count), vm.bytes(other), count) == 0)
  }

  // MARK: Making others

  /// Ends the text that the innermost builder holds: it becomes r[0].
  private func finishText() -> Bool { vm.formatString(r) }

  /// An empty pattern stands before each character and at the end.
  func stringReplace() -> Bool {
    guard vm.flatten(r), vm.flatten(r + 1), vm.flatten(r + 2) else { return false }
    let pattern = r[1].unsafelyUnwrapped
    let replacement = r[2].unsafelyUnwrapped
    if pattern.stringLength > 0, find(r + 1, from: 0) < 0 { return true }
    vm.openBuilder()
    var start = 0
    while true {
      if pattern.stringLength == 0 {
        vm.builder.pointee.append(vm.bytes(replacement), replacement.stringLength)
        if start >= length { break }
        let count = min(characterLength(textBytes[start]), length - start)
        vm.builder.pointee.append(textBytes + start, count)
        start += count
      } else {
        let found = find(r + 1, from: start)
        vm.builder.pointee.append(textBytes + start, (found < 0 ? length : found) - start)
        if found < 0 { break }
        vm.builder.pointee.append(vm.bytes(replacement), replacement.stringLength)
        start = found + pattern.stringLength
      }
      if vm.builder.pointee.count > Int(Int32.max) { break }
    }
    return finishText()
  }

  func stringCase(upper: Bool) -> Bool {
    guard vm.flatten(r) else { return false }
    vm.openBuilder()
    let bytes = textBytes
    vm.builder.pointee.reserve(length)
    var at = 0
    while at < length {
      let byte = bytes[at]
      if byte < 0x80 {
        let changes = upper ? byte &- 97 < 26 : byte &- 65 < 26
        vm.builder.pointee.append(changes ? byte ^ 32 : byte)
        at += 1
        continue
      }
      let (code, count) = decodeUTF8(bytes + at)
      at += count
      guard let scalar = Unicode.Scalar(code) else { continue }
      let mapped = upper ? scalar.properties.uppercaseMapping : scalar.properties.lowercaseMapping
      for unit in mapped.utf8 { vm.builder.pointee.append(unit) }
    }
    return finishText()
  }

  func stringRepeat() -> Bool {
    let count = s[0]
    if count < 0 { return vm.panic(.size, "a string cannot be repeated \(count) times") }
    if count == 0 || length == 0 {
      r[0] = vm.constantString(0)
      return true
    }
    let (total, overflow) = length.multipliedReportingOverflow(by: Int(count))
    guard vm.flatten(r), let text = vm.allocateString(overflow ? Int.max / 2 : total) else { return false }
    if length == 1 {
      memset(text.flatBytes, Int32(textBytes[0]), total)
    } else {
      memcpy(text.flatBytes, textBytes, length)
      var filled = length
      while filled < total {
        let more = min(filled, total - filled)
        memcpy(text.flatBytes + filled, text.flatBytes, more)
        filled += more
      }
    }
    r[0] = text
    return true
  }

  /// Fills up to s[0] characters with those of r[1], over and over.
  func stringPad(left: Bool) -> Bool {
    guard vm.flatten(r), vm.flatten(r + 1) else { return false }
    let missing = Int(s[0]) &- vm.characterCount(text)
    let fill = r[1].unsafelyUnwrapped
    if missing <= 0 || fill.stringLength == 0 { return true }
    vm.openBuilder()
    if !left { vm.builder.pointee.append(textBytes, length) }
    let unit = vm.bytes(fill)
    var at = 0
    for _ in 0..<missing {
      if at >= fill.stringLength { at = 0 }
      let count = min(characterLength(unit[at]), fill.stringLength - at)
      vm.builder.pointee.append(unit + at, count)
      at += count
      if vm.builder.pointee.count > Int(Int32.max) { break }
    }
    if left { vm.builder.pointee.append(textBytes, length) }
    return finishText()
  }

  // MARK: Codes and bytes

  func stringCode() -> Bool {
    if length == 0 { return vm.panic(.index, "an empty string has no first character") }
    guard vm.flatten(r) else { return false }
    return give(Int(decodeUTF8(textBytes).scalar))
  }

  func stringFromCode() -> Bool {
    let code = s[0]
    if code < 0 || code > 0x10FFFF || (0xD800...0xDFFF).contains(code) {
      return vm.panic(.size, "\(code) is no Unicode scalar value")
    }
    var buffer: UInt32 = 0
    return withUnsafeMutableBytes(of: &buffer) { bytes in
      let start = bytes.baseAddress!.assumingMemoryBound(to: UInt8.self)
      return vm.makeString(r, start, encodeUTF8(UInt32(truncatingIfNeeded: code), to: start))
    }
  }

  /// Alphabetic 1, decimal digit 2, white space 4, upper case 8, lower case 16.
  func characterClass() -> Bool {
    guard let code = UInt32(exactly: s[0]), let scalar = Unicode.Scalar(code) else { return give(0) }
    let properties = scalar.properties
    var mask = properties.isAlphabetic ? 1 : 0
    if properties.generalCategory == .decimalNumber { mask |= 2 }
    if isWhiteSpace(code) { mask |= 4 }
    if properties.isUppercase { mask |= 8 }
    if properties.isLowercase { mask |= 16 }
    return give(mask)
  }

  func stringFromBytes() -> Bool {
    let count = Int(text.arrayCount)
    vm.openBuilder()
    vm.builder.pointee.reserve(count)
    for index in 0..<count {
      let unit = text.arrayStorage.elements32[index]
      if unit < 0 || unit > 255 {
        vm.closeBuilder()
        return giveNone()
      }
      vm.builder.pointee.append(UInt8(truncatingIfNeeded: unit))
    }
    if !isValidUTF8(vm.builder.pointee.bytes, count) {
      vm.closeBuilder()
      return giveNone()
    }
    return finishText()
  }
}
