/// Writes a Unicode scalar and returns the number of its bytes.
@inline(__always)
func encodeUTF8(_ scalar: UInt32, to bytes: UnsafeMutablePointer<UInt8>) -> Int {
  switch scalar {
  case 0..<0x80:
    bytes[0] = UInt8(truncatingIfNeeded: scalar)
    return 1
  case 0x80..<0x800:
    bytes[0] = UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6)
    bytes[1] = UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F)
    return 2
  case 0x800..<0x1_0000:
    bytes[0] = UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12)
    bytes[1] = UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F)
    bytes[2] = UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F)
    return 3
  default:
    bytes[0] = UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18)
    bytes[1] = UInt8(truncatingIfNeeded: 0x80 | scalar >> 12 & 0x3F)
    bytes[2] = UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F)
    bytes[3] = UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F)
    return 4
  }
}

/// Bytes of the character that begins with this byte; 1 for what begins none.
@inline(__always)
func characterLength(_ lead: UInt8) -> Int {
  lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
}

/// The scalar at the beginning of valid UTF-8 and its bytes.
@inline(__always)
func decodeUTF8(_ bytes: UnsafePointer<UInt8>) -> (scalar: UInt32, length: Int) {
  let lead = UInt32(bytes[0])
  if lead < 0x80 { return (lead, 1) }
  if lead < 0xE0 { return ((lead & 0x1F) << 6 | UInt32(bytes[1] & 0x3F), 2) }
  if lead < 0xF0 {
    return ((lead & 0xF) << 12 | UInt32(bytes[1] & 0x3F) << 6 | UInt32(bytes[2] & 0x3F), 3)
  }
  let high = (lead & 7) << 18 | UInt32(bytes[1] & 0x3F) << 12
  return (high | UInt32(bytes[2] & 0x3F) << 6 | UInt32(bytes[3] & 0x3F), 4)
}

@inline(__always) func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

/// Characters in valid UTF-8.
func countCharacters(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Int { kernels.count_characters(bytes, length) }

/// Whether the bytes are UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF.
func isValidUTF8(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Bool { kernels.is_utf8(bytes, length) }
