import Synchronization

/// What objects look like in memory.
///
/// Every object is an 8-byte header and then 8-byte words, and lies at a multiple
/// of 8. A reference is the address of the header, or null for `None`. The header:
///
///     offset 0  UInt32  type row (index into the runtime type table)
///     offset 4  UInt16  tag: the variant's number; of a cell, 1 once it is initialised; of a rope, its depth
///     offset 6  UInt8   flags, the collector's: `HeaderFlags`
///     offset 7  UInt8   spare: of a string, `StringNode` and its bits
///
/// | object | words (from offset 8) |
/// | --- | --- |
/// | tuple, struct, variant, option box, cell, closure, range | as `Layout` says |
/// | array | 0: storage (reference, never null), 1: count |
/// | storage | 0: capacity in elements, then the elements from offset 16, of 1, 4 or 8 bytes |
/// | string | offset 8 Int32 length in bytes, offset 12 UInt32 cached hash (0: not yet), then by node |
/// | · flat | the bytes, from offset 16 |
/// | · slice | offset 16 base (flat or a buffer), offset 24 Int32 byte offset in it |
/// | · concatenation | offset 16 left, offset 24 right; its depth is the tag |
/// | · appended | the same, but right is a buffer, of which the first bytes are meant |
/// | · prepended | the same, but left is a buffer, of which the last bytes are meant |
/// | buffer | a storage object of bytes; offset 16 how many are used, then these |
/// | `any` | 0: type row of the value, 1: the value, a scalar's bits or a reference |
/// | map, set | words 0 to 3 references, words 4 to 7 scalars; what they mean is theirs |
///
/// Slices and the three kinds of rope are 32 bytes each, so that a rope which has
/// been flattened can become a slice of its flat text in place.
///
/// Invariant: nobody holds an object's address across anything that can
/// allocate. Objects are named by slots of the reference stack, which the
/// collector updates.

/// An object's address, or null.
typealias Reference = UnsafeMutableRawPointer?

/// A place on the reference stack (or another root): what names an object across an allocation.
typealias Slot = UnsafeMutablePointer<UnsafeMutableRawPointer?>

/// The bits of a header's flags.
enum HeaderFlags {
  /// How many collections a young object has survived: two bits.
  static let ageMask: UInt8 = 3
  /// The header is a forwarding address (its low 48 bits).
  static let forwarded: UInt8 = 8
  /// A free cell of the old space; word 0 is the next one.
  static let free: UInt8 = 16
  /// Being walked by a structural operation, which takes it off again.
  static let onPath: UInt8 = 64
}

/// The kinds of string object: the low three bits of the spare byte. Behind them two that say whether the text is
/// ASCII.
enum StringNode {
  static let mask: UInt8 = 7
  static let flat: UInt8 = 0
  static let slice: UInt8 = 1
  /// This and the following are ropes.
  static let concatenation: UInt8 = 2
  static let appended: UInt8 = 3
  static let prepended: UInt8 = 4
  /// Whether it has been found out, and whether it is.
  static let asciiIsKnown: UInt8 = 8
  static let isASCII: UInt8 = 16
}

/// How an array's or a storage object's elements are kept.
enum ElementKind: UInt8 {
  /// `bool`
  case bits8
  /// `i32`, `u32`, tags
  case bits32
  /// `i64`, `u64`, `f64`
  case bits64
  case reference

  var shift: Int {
    switch self {
    case .bits8: 0
    case .bits32: 2
    case .bits64, .reference: 3
    }
  }
}

extension UnsafeMutableRawPointer {
  // MARK: Header

  @inline(__always) var header: UInt64 {
    get { load(as: UInt64.self) }
    nonmutating set { storeBytes(of: newValue, as: UInt64.self) }
  }

  @inline(__always) var typeRow: UInt32 {
    get { load(as: UInt32.self) }
    nonmutating set { storeBytes(of: newValue, as: UInt32.self) }
  }

  @inline(__always) var tag: UInt16 {
    get { load(fromByteOffset: 4, as: UInt16.self) }
    nonmutating set { storeBytes(of: newValue, toByteOffset: 4, as: UInt16.self) }
  }

  @inline(__always) var flags: UInt8 {
    get { load(fromByteOffset: 6, as: UInt8.self) }
    nonmutating set { storeBytes(of: newValue, toByteOffset: 6, as: UInt8.self) }
  }

  @inline(__always) var spare: UInt8 {
    get { load(fromByteOffset: 7, as: UInt8.self) }
    nonmutating set { storeBytes(of: newValue, toByteOffset: 7, as: UInt8.self) }
  }

  /// The same while the marker thread may be looking.
  @inline(__always) var sharedSpare: UInt8 {
    get { (self + 7).assumingMemoryBound(to: Atomic<UInt8>.self).pointee.load(ordering: .relaxed) }
    nonmutating set {
      (self + 7).assumingMemoryBound(to: Atomic<UInt8>.self).pointee.store(newValue, ordering: .relaxed)
    }
  }

  // MARK: Words

  @inline(__always) var words: UnsafeMutablePointer<Int64> {
    (self + 8).assumingMemoryBound(to: Int64.self)
  }

  /// The words as references. Reading is free; writing goes through `VM.store`, except into an object that was
  /// allocated last and is still being filled.
  @inline(__always) var references: UnsafeMutablePointer<Reference> {
    (self + 8).assumingMemoryBound(to: Reference.self)
  }

  // MARK: Arrays and storage

  @inline(__always) var arrayStorage: UnsafeMutableRawPointer {
    load(fromByteOffset: 8, as: UnsafeMutableRawPointer.self)
  }

  @inline(__always) var arrayCount: Int64 {
    get { load(fromByteOffset: 16, as: Int64.self) }
    nonmutating set { storeBytes(of: newValue, toByteOffset: 16, as: Int64.self) }
  }

  @inline(__always) var storageCapacity: Int64 {
    get { load(fromByteOffset: 8, as: Int64.self) }
    nonmutating set { storeBytes(of: newValue, toByteOffset: 8, as: Int64.self) }
  }

  @inline(__always) var storageBytes: UnsafeMutableRawPointer { self + 16 }

  @inline(__always) var elements8: UnsafeMutablePointer<UInt8> {
    (self + 16).assumingMemoryBound(to: UInt8.self)
  }

  @inline(__always) var elements32: UnsafeMutablePointer<Int32> {
    (self + 16).assumingMemoryBound(to: Int32.self)
  }

  @inline(__always) var elements64: UnsafeMutablePointer<Int64> {
    (self + 16).assumingMemoryBound(to: Int64.self)
  }

  @inline(__always) var elementReferences: UnsafeMutablePointer<Reference> {
    (self + 16).assumingMemoryBound(to: Reference.self)
  }

  // MARK: Strings

  @inline(__always) var stringKind: UInt8 { spare & StringNode.mask }
  @inline(__always) var isRope: Bool { stringKind >= StringNode.concatenation }

  @inline(__always) var stringLength: Int {
    get { Int(load(fromByteOffset: 8, as: Int32.self)) }
    nonmutating set { storeBytes(of: Int32(truncatingIfNeeded: newValue), toByteOffset: 8, as: Int32.self) }
  }

  @inline(__always) var stringHash: UInt32 {
    get { load(fromByteOffset: 12, as: UInt32.self) }
    nonmutating set { storeBytes(of: newValue, toByteOffset: 12, as: UInt32.self) }
  }

  /// The bytes of a flat string.
  @inline(__always) var flatBytes: UnsafeMutablePointer<UInt8> {
    (self + 16).assumingMemoryBound(to: UInt8.self)
  }

  /// Left and right of a rope; the first is the base of a slice.
  @inline(__always) var stringParts: UnsafeMutablePointer<Reference> {
    (self + 16).assumingMemoryBound(to: Reference.self)
  }

  @inline(__always) func setSlice(of base: UnsafeMutableRawPointer, from offset: Int, _ length: Int) {
    header = UInt64(stringRow) | UInt64(StringNode.slice) << 56
    words[0] = Int64(length)
    stringParts[0] = base
    sliceOffset = offset
  }

  @inline(__always) var sliceOffset: Int {
    get { Int(load(fromByteOffset: 24, as: Int32.self)) }
    nonmutating set { storeBytes(of: Int64(newValue), toByteOffset: 24, as: Int64.self) }
  }
}
