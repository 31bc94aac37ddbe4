import OrusSyntax

/// What each node of a module means. A meaning is a kind and an index, and fits into the node's four bytes; one with
/// type arguments has a row, whose number stands there.
public struct UseTable: Sendable {
  /// By node: the kind above the index, or, below `indexLimit`, the number of a row. 0 where it refers to nothing.
  private var numbers: [UInt32] = []
  /// Row 0 is a dummy.
  private var rows: [Use] = [Use(.none)]

  private static let indexBits: UInt32 = 28
  private static let indexLimit: UInt32 = 1 << indexBits

  /// Gives every node its place, before the first is written.
  mutating func makeTable(nodeCount: Int) { numbers = Array(table: 0, count: nodeCount) }

  public subscript(node: NodeID) -> Use {
    get { Self.use(numbers[Int(node.index)]) ?? rows[Int(numbers[Int(node.index)])] }
    set {
      let i = Int(node.index)
      if let number = Self.number(newValue) {
        numbers[i] = number
      } else if numbers[i] != 0, numbers[i] < Self.indexLimit {
        rows[Int(numbers[i])] = newValue
      } else {
        numbers[i] = UInt32(rows.count)
        rows.append(newValue)
      }
    }
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

  private static func number(_ use: Use) -> UInt32? {
    guard use.typeArguments == .empty, use.kind != .none, use.index < indexLimit else { return nil }
    return UInt32(use.kind.rawValue) << indexBits | use.index
  }

  /// Nil where the number is that of a row.
  @inline(__always)
  private static func use(_ number: UInt32) -> Use? {
    number < indexLimit
      ? nil : Use(Use.Kind(rawValue: UInt8(truncatingIfNeeded: number >> indexBits))!, number & (indexLimit - 1))
  }

  /// The table's own memory, for as long as nothing changes it and it lives.
  public struct View {
    private let numbers: UnsafePointer<UInt32>
    private let rows: UnsafePointer<Use>

    public init(_ table: UseTable) {
      numbers = table.numbers.withUnsafeBufferPointer { $0.baseAddress! }
      rows = table.rows.withUnsafeBufferPointer { $0.baseAddress! }
    }

    public subscript(node: NodeID) -> Use {
      UseTable.use(numbers[Int(node.index)]) ?? rows[Int(numbers[Int(node.index)])]
    }
  }
}
