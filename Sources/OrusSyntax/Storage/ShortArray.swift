extension Array {
  /// As `init(repeating:count:)`, for few elements. The compiler does not specialize the part of that one which makes
  /// the memory: it looks for the array's type as the program runs, some 700 instructions.
  @inlinable
  public init(few element: Element, count: Int) {
    self = (0..<count).map { _ in element }
  }
}
