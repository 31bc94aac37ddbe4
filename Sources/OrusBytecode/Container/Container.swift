/// The container: a program as bytes, in a file or on its way.
///
///     8 bytes   magic: 8F 'O' 'R' 'U' 'S' 0D 0A 1A
///     4         format version
///     4         number of sections
///     …         sections: 4 bytes kind, 4 bytes length, that many bytes
///     8         XXH64 of all bytes before
///
/// Numbers are little-endian. Every section is there once, in the order of
/// `Section`, and holds a count and as many rows. The same program always gives
/// the same bytes. The magic's odd bytes show a file that went through something
/// that took it for text.
enum Section: UInt32, CaseIterable {
  case main = 1
  case strings
  case types
  case functions
  case globals
  case code
  case handlers
  case positions
  case sources
  case dynamicMethods
}

let containerMagic: [UInt8] = [0x8F, 0x4F, 0x52, 0x55, 0x53, 0x0D, 0x0A, 0x1A]

/// Whether bytes are meant as a compiled program, whole or not.
public func isContainer(_ bytes: some Sequence<UInt8>) -> Bool { bytes.starts(with: containerMagic) }

/// Raised with every change of the instruction table, the natives or the layout.
public let containerVersion: UInt32 = 1

/// Why bytes are no program.
public enum LoadError: Error, Hashable, Sendable, CustomStringConvertible {
  case notAContainer
  case otherVersion(UInt32)
  case damaged
  /// Checksum right, but the content makes no sense there.
  case malformed(String)

  public var description: String {
    switch self {
    case .notAContainer: "this is no compiled Orus program"
    case .otherVersion(let version):
      "the program was compiled for format \(version), and this Orus reads format \(containerVersion)"
    case .damaged: "the file is damaged: its checksum does not match"
    case .malformed(let reason): "the file is malformed: \(reason)"
    }
  }
}
