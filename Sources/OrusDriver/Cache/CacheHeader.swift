import OrusBytecode
import OrusDiagnostics

/// What stands before the program in an entry of the cache: lines of text, the
/// last one empty.
///
///     orus-cache
///     IDENTITY of the compiler
///     CONTENT PATH        of each file looked for; CONTENT is - where there was none
struct CacheHeader: Equatable {
  struct Lookup: Equatable {
    let path: String
    /// The hash of what was in the file; nil where there was none.
    let content: UInt64?
  }

  let identity: UInt64
  let lookups: [Lookup]

  private static let title = "orus-cache"

  /// Nil if a path has a line break in it.
  var text: String? {
    if lookups.contains(where: { $0.path.utf8.contains(UInt8(ascii: "\n")) }) { return nil }
    let lines = lookups.map { "\($0.content.map(hexadecimal) ?? "-") \($0.path)" }
    return ([Self.title, hexadecimal(identity)] + lines + ["", ""]).joined(separator: "\n")
  }

  /// An entry's header and the bytes of its program; nil if the entry is not one.
  static func split(_ entry: UnsafeBufferPointer<UInt8>) -> (CacheHeader, program: Slice<UnsafeBufferPointer<UInt8>>)? {
    var lines: [Substring] = []
    var rest = entry[...]
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      let line = rest[..<end]
      rest = rest[(end + 1)...]
      if line.isEmpty {
        return CacheHeader(lines).map { ($0, rest) }
      }
      // The first line of what is no entry ends before it has cost anything.
      if lines.isEmpty, !line.elementsEqual(title.utf8) { return nil }
      lines.append(Substring(decoding: line, as: UTF8.self))
    }
    return nil
  }

  private init?(_ lines: [Substring]) {
    guard lines.count >= 3, let identity = UInt64(lines[1], radix: 16) else { return nil }
    self.identity = identity
    var lookups: [Lookup] = []
    for line in lines[2...] {
      guard let space = line.firstIndex(of: " ") else { return nil }
      let content = line[..<space]
      let path = String(line[line.index(after: space)...])
      if content == "-" {
        lookups.append(Lookup(path: path, content: nil))
      } else {
        guard let hash = UInt64(content, radix: 16) else { return nil }
        lookups.append(Lookup(path: path, content: hash))
      }
    }
    self.lookups = lookups
  }

  init(identity: UInt64, lookups: [Lookup]) {
    self.identity = identity
    self.lookups = lookups
  }
}

func hexadecimal(_ number: UInt64) -> String { String(number, radix: 16) }
