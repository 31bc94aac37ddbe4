import OrusSyntax

/// What each node of a module means. A meaning is a kind and an index, and fits into the node's four bytes; one with
/// type arguments has a row, whose number stands there.
public struct UseTable: Sendable {
  /// By node: the kind above the index, or, below `indexLimit`, the number of a row. 0 where it refers to nothing.
  private var numbers: [UInt32] = []
  /// Row 0 is a dummy.
  private var rows: [Use] = [Use(.none)]

  @inlinable static var indexBits: UInt32 { 28 }
  @inlinable static var indexLimit: UInt32 { 1 << indexBits }

  /// Gives every node its place, before the first is written.
  mutating func makeTable(nodeCount: Int) { numbers = Array(table: 0, count: nodeCount) }

  public subscript(node: NodeID) -> Use {
    get { Self.use(numbers[Int(node.index)]) ?? rows[Int(numbers[Int(node.index)])] }
    set { numbers[Int(node.index)] = Self.number(newValue) ?? row(newValue, at: numbers[Int(node.index)]) }
  }

  /// The number of a row, the node's own where it has one already.
  private mutating func row(_ use: Use, at known: UInt32) -> UInt32 {
    if known != 0, known < Self.indexLimit {
      rows[Int(known)] = use
      return known
    }
    rows.append(use)
    return UInt32(rows.count - 1)
  }

  /// Calls back for the meaning of each node that has one, in no order.
  func forEach(_ body: (Use) -> Void) {
    for number in numbers { Self.use(number).map(body) }
    for row in rows.dropFirst() { body(row) }
  }

  mutating func mapInPlace(_ change: (Use) -> Use) {
    for i in rows.indices.dropFirst() { rows[i] = change(rows[i]) }
    for i in numbers.indices {
      if let use = Self.use(numbers[i]) { self[NodeID(UInt32(i))] = change(use) }
    }
  }

  @inline(__always)
  private static func number(_ use: Use) -> UInt32? {
    guard use.typeArguments == .empty, use.kind != .none, use.index < indexLimit else { return nil }
    return UInt32(use.kind.rawValue) << indexBits | use.index
  }

  /// Nil where the number is that of a row.
  @inlinable @inline(__always)
  static func use(_ number: UInt32) -> Use? {
    if number < indexLimit { return nil }
    // Only `number(_:)` makes such numbers.
    let kind = unsafeBitCast(UInt8(truncatingIfNeeded: number >> indexBits), to: Use.Kind.self)
    return Use(kind, number & (indexLimit - 1))
  }

  /// The table's own memory, for as long as nothing changes it and it lives.
  @frozen
  public struct View {
    @usableFromInline let numbers: UnsafePointer<UInt32>
    @usableFromInline let rows: UnsafePointer<Use>

    public init(_ table: UseTable) {
      numbers = table.numbers.withUnsafeBufferPointer { $0.baseAddress! }
      rows = table.rows.withUnsafeBufferPointer { $0.baseAddress! }
    }

    @inlinable @inline(__always)
    public subscript(node: NodeID) -> Use {
      UseTable.use(numbers[Int(node.index)]) ?? rows[Int(numbers[Int(node.index)])]
    }
  }
}
