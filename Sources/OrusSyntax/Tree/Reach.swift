extension Node {
  /// From which token to which a node reaches, counted from the token that it is about: two bytes instead of two
  /// offsets. A tree's `FarReaches` has it of the few nodes, such as functions, that reach further than that.
  @frozen
  public struct Reach: BitwiseCopyable, Sendable {
    /// How many tokens come before the node's own.
    @usableFromInline let before: UInt8
    /// How many come after it.
    @usableFromInline let after: UInt8

    @inlinable
    init(before: UInt8, after: UInt8) {
      self.before = before
      self.after = after
    }

    /// Just the node's token.
    public static let token = Reach(before: 0, after: 0)
    /// `FarReaches` has it.
    static let far = Reach(before: .max, after: 0)

    @inlinable var isFar: Bool { before == .max }

    /// Nil where the reach is a far one, or one that its token lies outside of.
    @inline(__always)
    init?(_ token: TokenID, first: TokenID, last: TokenID) {
      let before = token.index &- first.index
      let after = last.index &- token.index
      guard before < UInt32(UInt8.max), after <= UInt32(UInt8.max) else { return nil }
      self.init(before: UInt8(truncatingIfNeeded: before), after: UInt8(truncatingIfNeeded: after))
    }
  }

  /// The first and the last token, unless the reach is far.
  @inlinable var nearReach: (first: TokenID, last: TokenID)? {
    if reach.isFar { return nil }
    return (TokenID(token.index &- UInt32(reach.before)), TokenID(token.index &+ UInt32(reach.after)))
  }
}

/// The first and the last token of a node whose reach does not fit in its row.
struct FarReach: BitwiseCopyable, Sendable {
  let node: NodeID
  let first: TokenID
  let last: TokenID
}

extension UnsafeBufferPointer<FarReach> {
  /// The row of a node; rows are in the order of their nodes.
  func find(_ node: NodeID) -> (first: TokenID, last: TokenID) {
    var low = 0
    var high = count
    while high - low > 1 {
      let middle = (low + high) / 2
      if self[middle].node.index <= node.index { low = middle } else { high = middle }
    }
    assert(self[low].node == node)
    return (self[low].first, self[low].last)
  }
}
