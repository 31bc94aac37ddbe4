import Glibc
import OrusBytecode
import OrusFormat

/// The formatting instructions. False: a panic is pending.
extension VM {
  @inline(never) func formatBegin() -> Bool {
    openBuilder()
    return true
  }

  @inline(never) func formatText(_ string: UInt32) -> Bool {
    let text = constantString(string).unsafelyUnwrapped
    builder.pointee.append(text.flatBytes, text.stringLength)
    return true
  }

  @inline(never) func formatScalar(_ bits: Int64, type: UInt32, spec word: UInt64, nested: Bool) -> Bool {
    if word == 0 || word == FormatSpec.plainPacked { return writeScalar(bits, type) }
    let spec = FormatSpec(packed: word)
    switch types[Int(type)].kind {
    case .i32, .i64: builder.pointee.append(integer: bits.magnitude, isNegative: bits < 0, spec)
    case .u32, .u64: builder.pointee.append(integer: UInt64(bitPattern: bits), isNegative: false, spec)
    case .f64: builder.pointee.append(double: Double(bitPattern: UInt64(bitPattern: bits)), spec)
    default:
      let start = builder.pointee.count
      guard writeScalar(bits, type) else { return false }
      builder.pointee.pad(from: start, spec, otherwise: .left)
    }
    return true
  }

  @inline(never) func formatReference(_ slot: Slot, type: UInt32, spec word: UInt64, nested: Bool) -> Bool {
    if word == 0 || word == FormatSpec.plainPacked {
      if types[Int(type)].kind == .string, !nested, let string = slot.pointee {
        writeText(string)
        return builderFits()
      }
      return writeValue(slot.pointee, type, nested: nested) && builderFits()
    }
    if types[Int(type)].kind == .any, let object = slot.pointee {
      let held = UInt32(truncatingIfNeeded: object.words[0])
      if types[Int(held)].representation == .scalar {
        return formatScalar(object.words[1], type: held, spec: word, nested: nested)
      }
      let inner = pushRoot(object.references[1])
      defer { popRoots(1) }
      return formatReference(inner, type: held, spec: word, nested: nested)
    }
    let spec = FormatSpec(packed: word)
    let start = builder.pointee.count
    guard writeValue(slot.pointee, type, nested: nested) else { return false }
    if let precision = spec.precision, types[Int(type)].kind == .string {
      builder.pointee.cut(from: start, characters: Int(precision))
    }
    builder.pointee.pad(from: start, spec, otherwise: .left)
    return true
  }

  /// Ends the text: a string of it.
  @inline(never) func formatString(_ result: Slot) -> Bool {
    guard builderFits() else { return false }
    let text = builder.pointee
    guard makeString(result, text.bytes, text.count) else { return false }
    closeBuilder()
    return true
  }

  /// Ends the text: writes it.
  @inline(never) func formatPrint(toError: Bool, newline: Bool) -> Bool {
    if newline { builder.pointee.append(UInt8(ascii: "\n")) }
    let text = builder.pointee
    let succeeded = output(UnsafeRawBufferPointer(start: text.bytes, count: text.count), toError: toError)
    closeBuilder()
    return succeeded
  }
}

extension TextBuilder {
  /// Keeps so many characters of what stands from `start` on.
  mutating func cut(from start: Int, characters: Int) {
    var left = characters
    var at = start
    while at < count, left > 0 {
      at += characterLength(bytes[at])
      left -= 1
    }
    count = min(at, count)
  }
}
