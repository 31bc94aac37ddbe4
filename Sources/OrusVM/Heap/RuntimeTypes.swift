import OrusBytecode

/// How the collector finds an object's size and references.
enum Shape: UInt8 {
  /// Values of the type are no objects.
  case none
  /// `wordCount` words with `referenceCount` references from `referenceStart`.
  case fixed
  case string
  case any
  case scalarStorage
  case referenceStorage
}

/// A row of the runtime type table: a `TypeRow` without arrays in it.
struct RuntimeType {
  var kind: TypeRow.Kind
  var shape: Shape
  var representation: Representation
  /// Of an array type and of the rows of storage objects.
  var element: ElementKind
  /// Of a scalar type.
  var scalar: ScalarKind
  /// Words of the objects, and where references are among them. `any` and strings aside.
  var wordCount: UInt32
  var referenceStart: UInt32
  var referenceCount: UInt32
  /// Bytes of the objects of a fixed shape, and what their header is at first.
  var objectBytes: UInt32
  var header: UInt64
  /// Number of `elements`.
  var elementCount: UInt32
  /// Of a variant: its number.
  var variant: UInt32
  /// String index.
  var name: UInt32
  /// `TypeRow.elements`: indices of type rows.
  var elements: UnsafeMutablePointer<UInt32>
  /// `Layout.words`: the word of each part. As many as the type has parts, -1 for void ones.
  var words: UnsafeMutablePointer<Int32>
  /// `TypeRow.names`: string indices. None for types without.
  var names: UnsafeMutablePointer<UInt32>
  var nameCount: UInt32
  var hooks: TypeRow.Hooks
}

/// The rows of a program's types, and behind them one for each kind of storage object.
struct RuntimeTypes {
  let rows: UnsafeMutablePointer<RuntimeType>
  /// Rows of the program.
  let programCount: Int
  private let elements: UnsafeMutablePointer<UInt32>
  private let words: UnsafeMutablePointer<Int32>
  private let names: UnsafeMutablePointer<UInt32>

  init(_ types: [TypeRow]) {
    programCount = types.count
    let layouts = types.map { Layout(of: $0, in: types) }
    rows = .allocate(capacity: types.count + 4)
    elements = .allocate(capacity: types.reduce(0) { $0 + $1.elements.count } + 1)
    words = .allocate(capacity: layouts.reduce(0) { $0 + $1.words.count } + 1)
    names = .allocate(capacity: types.reduce(0) { $0 + $1.names.count } + 1)
    var elementEnd = elements
    var wordEnd = words
    var nameEnd = names
    for (index, row) in types.enumerated() {
      let layout = layouts[index]
      let shape: Shape
      var wordCount = layout.wordCount
      var referenceStart = layout.referenceStart
      var referenceCount = layout.referenceCount
      switch row.kind {
      case .void, .bool, .i32, .i64, .u32, .u64, .f64, .tag, .enumeration, .function: shape = .none
      case .string: shape = .string
      case .any: shape = .any
      case .array:
        shape = .fixed
        wordCount = 2
        referenceStart = 0
        referenceCount = 1
      case .map, .set:
        shape = .fixed
        wordCount = 8
        referenceStart = 0
        referenceCount = 4
      case .tuple, .structure, .variant, .option, .closure, .cell, .range: shape = .fixed
      }
      if row.kind == .closure { wordCount = max(wordCount, 1) }
      var element = ElementKind.bits64
      if row.kind == .array {
        switch types[Int(row.elements[0].index)].kind {
        case .bool: element = .bits8
        case .i32, .u32, .tag: element = .bits32
        case .i64, .u64, .f64: element = .bits64
        default: element = .reference
        }
      }
      var variant: UInt32 = 0
      if row.kind == .variant { variant = UInt32(index) - row.elements[0].index - 1 }
      (rows + index).initialize(to: RuntimeType(
        kind: row.kind, shape: shape, representation: row.representation, element: element,
        scalar: row.scalar ?? .i64, wordCount: UInt32(wordCount), referenceStart: UInt32(referenceStart),
        referenceCount: UInt32(referenceCount), objectBytes: UInt32(max(16, 8 + wordCount * 8)),
        header: UInt64(index) | UInt64(variant) << 32, elementCount: UInt32(row.elements.count), variant: variant,
        name: row.name, elements: elementEnd, words: wordEnd, names: nameEnd, nameCount: UInt32(row.names.count),
        hooks: row.hooks))
      for element in row.elements {
        elementEnd.initialize(to: element.index)
        elementEnd += 1
      }
      for word in layout.words {
        wordEnd.initialize(to: Int32(word))
        wordEnd += 1
      }
      for name in row.names {
        nameEnd.initialize(to: name)
        nameEnd += 1
      }
    }
    for raw in 0..<4 {
      let element = ElementKind(rawValue: UInt8(raw))!
      (rows + types.count + raw).initialize(to: RuntimeType(
        kind: .void, shape: element == .reference ? .referenceStorage : .scalarStorage, representation: .reference,
        element: element, scalar: .i64, wordCount: 0, referenceStart: 0, referenceCount: 0, objectBytes: 16,
        header: UInt64(types.count + raw), elementCount: 0, variant: 0, name: 0, elements: elementEnd,
        words: wordEnd, names: nameEnd, nameCount: 0, hooks: .init()))
    }
  }

  func deallocate() {
    rows.deallocate()
    elements.deallocate()
    words.deallocate()
    names.deallocate()
  }

  /// The row of storage objects with such elements.
  @inline(__always) func storageRow(_ element: ElementKind) -> UInt32 {
    UInt32(truncatingIfNeeded: programCount) &+ UInt32(element.rawValue)
  }
}
