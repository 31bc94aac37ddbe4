/// A program's bytes; see Container.swift. At most 4 GiB a section.
public func serialize(_ program: Program) -> [UInt8] {
  var writer = ByteWriter()
  // The large sections; the others seldom come to more than these leave room for.
  let texts = program.sources.reduce(0) { $0 + $1.text.count }
  writer.bytes.reserveCapacity(4 * program.code.count + 12 * program.positions.count + 2 * texts)
  writer.bytes += containerMagic
  writer.u32(containerVersion)
  writer.u32(UInt32(Section.allCases.count))
  for section in Section.allCases {
    writer.u32(section.rawValue)
    let lengthAt = writer.bytes.count
    writer.u32(0)
    writer.write(section, of: program)
    writer.patch(UInt32(writer.bytes.count - lengthAt - 4), at: lengthAt)
  }
  let sum = writer.bytes.withUnsafeBytes { xxh64($0) }
  writer.u32(UInt32(truncatingIfNeeded: sum))
  writer.u32(UInt32(truncatingIfNeeded: sum >> 32))
  return writer.bytes
}

/// The bytes with their checksum made right, so that what mutates files reaches what lies behind it.
public func sealed(_ bytes: [UInt8]) -> [UInt8] {
  guard bytes.count >= 8 else { return bytes }
  var writer = ByteWriter()
  writer.bytes = Array(bytes.dropLast(8))
  let sum = writer.bytes.withUnsafeBytes { xxh64($0) }
  writer.u32(UInt32(truncatingIfNeeded: sum))
  writer.u32(UInt32(truncatingIfNeeded: sum >> 32))
  return writer.bytes
}

private struct ByteWriter {
  var bytes: [UInt8] = []

  mutating func u32(_ value: UInt32) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func patch(_ value: UInt32, at index: Int) {
    for i in 0..<4 { bytes[index + i] = UInt8(truncatingIfNeeded: value >> (8 * UInt32(i))) }
  }

  mutating func text(_ text: some Collection<UInt8>) {
    u32(UInt32(text.count))
    bytes += text
  }

  mutating func list(_ numbers: [UInt32]) {
    u32(UInt32(numbers.count))
    numbers.withUnsafeBufferPointer { words($0) }
  }

  /// Rows that are nothing but words, all at once: on a little-endian machine their memory is their form.
  mutating func rows<Row: BitwiseCopyable>(_ rows: [Row]) {
    u32(UInt32(rows.count))
    rows.withUnsafeBytes { words($0.assumingMemoryBound(to: UInt32.self)) }
  }

  /// A tuple of words, at once.
  mutating func tuple<Words: BitwiseCopyable>(_ tuple: Words) {
    withUnsafeBytes(of: tuple) { words($0.assumingMemoryBound(to: UInt32.self)) }
  }

  private mutating func words(_ words: UnsafeBufferPointer<UInt32>) {
    #if _endian(little)
      bytes.append(contentsOf: UnsafeRawBufferPointer(words))
    #else
      for word in words { u32(word) }
    #endif
  }

  mutating func write(_ section: Section, of program: Program) {
    switch section {
    case .main:
      u32(program.entry)
      u32(program.errorType.index)
    case .strings:
      u32(UInt32(program.strings.count))
      for string in program.strings { text(string) }
    case .types: list(program.types)
    case .functions:
      u32(UInt32(program.functions.count))
      for row in program.functions {
        tuple(
          (
            row.name, row.type.index, row.captures.index, row.entry, row.length, row.source,
            UInt32(row.scalarRegisters) | UInt32(row.referenceRegisters) << 16,
            UInt32(row.scalarSpills) | UInt32(row.referenceSpills) << 16
          ))
      }
    case .globals:
      u32(UInt32(program.globals.count))
      for row in program.globals { tuple((row.name, row.type.index)) }
    case .code: list(program.code)
    case .handlers:
      rows(program.handlers)
    case .positions:
      rows(program.positions)
    case .sources:
      u32(UInt32(program.sources.count))
      for row in program.sources {
        u32(row.isLibrary ? 1 : 0)
        text(Array(row.path.utf8))
        text(row.text)
      }
    case .dynamicMethods:
      u32(UInt32(program.dynamicMethods.count))
      for row in program.dynamicMethods { tuple((row.type.index, row.name, row.function)) }
    }
  }

  /// Gathered as words first, since most of their lists are short.
  private mutating func list(_ types: [TypeRow]) {
    var all: [UInt32] = [UInt32(types.count)]
    all.reserveCapacity(16 * types.count)
    for i in types.indices {
      all.append(UInt32(types[i].kind.rawValue))
      all.append(types[i].name)
      all.append(UInt32(types[i].elements.count))
      for element in types[i].elements { all.append(element.index) }
      all.append(UInt32(types[i].names.count))
      for name in types[i].names { all.append(name) }
      all.append(UInt32(types[i].arguments.count))
      for argument in types[i].arguments { all.append(argument.index) }
      let hooks = types[i].hooks
      all.append(hooks.equals)
      all.append(hooks.hash)
      all.append(hooks.clone)
      all.append(hooks.toString)
      all.append(hooks.compare)
    }
    all.withUnsafeBufferPointer { words($0) }
  }
}
