/// Finds lines and columns in a file's bytes.
///
/// A line ends at LF; a CR before it belongs to the break. Counting a column
/// means counting characters from the start of the line, which on a line of many
/// megabytes would make a thousand diagnostics slow. So the number of characters
/// before every 4,096th byte is kept too, and a column is the difference of two
/// counts, each of them at most 4,096 bytes away from a known one.
struct LineIndex: Sendable {
  private(set) var starts: [Int] = [0]
  /// Characters before byte `i * stride`.
  private var charactersBefore: [Int] = []
  private static let stride = 4096

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { starts[0] = 3 }
    var characters = 0
    var block = 0
    while block < bytes.count {
      charactersBefore.append(characters)
      let end = min(block + Self.stride, bytes.count)
      for i in block..<end {
        let byte = bytes[i]
        if startsCharacter(byte) { characters += 1 }
        if byte == 0x0A { starts.append(i + 1) }
      }
      block = end
    }
    charactersBefore.append(characters)
  }

  func position(of offset: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Position {
    let offset = min(offset, bytes.count)
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    let column = characters(before: offset, in: bytes) - characters(before: min(starts[low], offset), in: bytes)
    return Position(line: low + 1, column: column + 1)
  }

  func range(ofLine line: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Range<Int> {
    let start = starts[line - 1]
    guard line < starts.count else { return start..<max(start, bytes.count) }
    var end = starts[line] - 1
    if end > start, bytes[end - 1] == 0x0D { end -= 1 }
    return start..<end
  }

  private func characters(before offset: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
    let block = offset / Self.stride
    guard block * Self.stride < bytes.count else { return charactersBefore[charactersBefore.count - 1] }
    var count = charactersBefore[block]
    for i in block * Self.stride..<offset where startsCharacter(bytes[i]) { count += 1 }
    return count
  }
}

/// Every byte but a UTF-8 continuation starts a character; a stray one that does not follow is not worth counting.
private func startsCharacter(_ byte: UInt8) -> Bool { byte & 0xC0 != 0x80 }
