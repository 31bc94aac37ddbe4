/// An interned string: equal symbols are equal strings.
@frozen
public struct Symbol: Hashable, Sendable {
  public let index: UInt32
  @inlinable public init(_ index: UInt32) { self.index = index }
}
