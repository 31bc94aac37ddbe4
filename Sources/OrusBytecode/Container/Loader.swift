/// Reads what `serialize` wrote. The program still has to be verified.
///
/// Never traps, and never takes more memory than some multiple of the bytes: a
/// count is held against what is left before anything is allocated for it.
public func load(_ bytes: [UInt8]) throws(LoadError) -> Program {
  guard isContainer(bytes) else { throw .notAContainer }
  guard bytes.count >= containerMagic.count + 16 else { throw .damaged }
  var reader = ByteReader(bytes: bytes, at: containerMagic.count, end: bytes.count - 8)
  let version = try reader.u32()
  let sum = bytes.withUnsafeBytes { all in
    (xxh64(UnsafeRawBufferPointer(rebasing: all[..<(all.count - 8)])),
     UInt64(littleEndian: all.loadUnaligned(fromByteOffset: all.count - 8, as: UInt64.self)))
  }
  // A file of another version may have its checksum elsewhere.
  guard version == containerVersion else { throw .otherVersion(version) }
  guard sum.0 == sum.1 else { throw .damaged }
  guard try reader.u32() == UInt32(Section.allCases.count) else { throw .malformed("another number of sections") }
  var program = Program()
  for section in Section.allCases {
    guard try reader.u32() == section.rawValue else { throw .malformed("a section is not in its place") }
    let length = Int(try reader.u32())
    guard length <= reader.end - reader.at else { throw .malformed("a section is longer than the file") }
    var part = ByteReader(bytes: bytes, at: reader.at, end: reader.at + length)
    try part.read(section, into: &program)
    guard part.at == part.end else { throw .malformed("a section is longer than its content") }
    reader.at = part.end
  }
  guard reader.at == reader.end else { throw .malformed("bytes behind the last section") }
  return program
}

private struct ByteReader {
  let bytes: [UInt8]
  var at: Int
  let end: Int

  mutating func u32() throws(LoadError) -> UInt32 {
    guard end - at >= 4 else { throw .malformed("a section ends too early") }
    let value = bytes.withUnsafeBytes {
      UInt32(littleEndian: $0.loadUnaligned(fromByteOffset: at, as: UInt32.self))
    }
    at += 4
    return value
  }

  /// A number of rows that take at least so many bytes each.
  private mutating func count(rowBytes: Int) throws(LoadError) -> Int {
    let count = Int(try u32())
    guard count <= (end - at) / rowBytes else { throw .malformed("a count is larger than its section") }
    return count
  }

  private mutating func text() throws(LoadError) -> [UInt8] {
    let count = try count(rowBytes: 1)
    defer { at += count }
    return Array(bytes[at..<at + count])
  }

  private mutating func list() throws(LoadError) -> [UInt32] {
    let count = try count(rowBytes: 4)
    let start = at
    at += 4 * count
    return bytes.withUnsafeBytes { all in
      [UInt32](unsafeUninitializedCapacity: count) { buffer, initialized in
        for i in 0..<count {
          buffer.initializeElement(
            at: i, to: UInt32(littleEndian: all.loadUnaligned(fromByteOffset: start + 4 * i, as: UInt32.self)))
        }
        initialized = count
      }
    }
  }

  private mutating func types() throws(LoadError) -> [TypeIndex] {
    var types: [TypeIndex] = []
    for number in try list() { types.append(TypeIndex(number)) }
    return types
  }

  mutating func read(_ section: Section, into program: inout Program) throws(LoadError) {
    switch section {
    case .main:
      program.entry = try u32()
      program.errorType = TypeIndex(try u32())
    case .strings:
      program.strings = []
      for _ in 0..<(try count(rowBytes: 4)) { program.strings.append(try text()) }
    case .types:
      program.types = []
      for _ in 0..<(try count(rowBytes: 40)) { program.types.append(try type()) }
    case .functions: for _ in 0..<(try count(rowBytes: 32)) { program.functions.append(try function()) }
    case .globals:
      for _ in 0..<(try count(rowBytes: 8)) {
        program.globals.append(GlobalRow(name: try u32(), type: TypeIndex(try u32())))
      }
    case .code: program.code = try list()
    case .handlers:
      for _ in 0..<(try count(rowBytes: 16)) {
        program.handlers.append(
          HandlerRow(start: try u32(), end: try u32(), target: try u32(), register: try u32()))
      }
    case .positions:
      for _ in 0..<(try count(rowBytes: 12)) {
        program.positions.append(PositionRow(word: try u32(), start: try u32(), end: try u32()))
      }
    case .sources: for _ in 0..<(try count(rowBytes: 12)) { program.sources.append(try source()) }
    case .dynamicMethods:
      for _ in 0..<(try count(rowBytes: 12)) {
        program.dynamicMethods.append(
          DynamicMethodRow(type: TypeIndex(try u32()), name: try u32(), function: try u32()))
      }
    }
  }

  private mutating func type() throws(LoadError) -> TypeRow {
    let number = try u32()
    guard let kind = UInt8(exactly: number).flatMap(TypeRow.Kind.init(rawValue:)) else {
      throw .malformed("there is no kind of type \(number)")
    }
    var row = TypeRow(kind)
    row.name = try u32()
    row.elements = try types()
    row.names = try list()
    row.arguments = try types()
    row.hooks.equals = try u32()
    row.hooks.hash = try u32()
    row.hooks.clone = try u32()
    row.hooks.toString = try u32()
    row.hooks.compare = try u32()
    return row
  }

  private mutating func function() throws(LoadError) -> FunctionRow {
    var row = FunctionRow(name: try u32(), type: TypeIndex(try u32()), captures: TypeIndex(try u32()))
    row.entry = try u32()
    row.length = try u32()
    row.source = try u32()
    let registers = try u32()
    row.scalarRegisters = UInt16(truncatingIfNeeded: registers)
    row.referenceRegisters = UInt16(truncatingIfNeeded: registers >> 16)
    let spills = try u32()
    row.scalarSpills = UInt16(truncatingIfNeeded: spills)
    row.referenceSpills = UInt16(truncatingIfNeeded: spills >> 16)
    return row
  }

  private mutating func source() throws(LoadError) -> SourceRow {
    let flags = try u32()
    guard flags <= 1 else { throw .malformed("flags that do not exist") }
    guard let path = String(validating: try text(), as: UTF8.self) else {
      throw .malformed("a source's path is not UTF-8")
    }
    return SourceRow(path: path, text: try text(), isLibrary: flags == 1)
  }
}
