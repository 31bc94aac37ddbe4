/// The `raise` instruction.
extension VM {
  /// Panics with a code and the text of a string object.
  @inline(never) func raise(_ code: Int, _ message: Reference) -> Bool {
    panic(RuntimeCode(rawValue: UInt8(truncatingIfNeeded: code)) ?? .panic, swiftString(message))
  }
}
