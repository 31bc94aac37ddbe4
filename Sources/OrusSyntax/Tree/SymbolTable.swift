/// Interns strings to symbols. One table serves a whole compilation; names that
/// the compiler itself knows are interned first (see `Symbol.Known`, written by
/// whoever needs one).
public final class SymbolTable {
  public init() {}

  /// The symbol of these UTF-8 bytes, new or known.
  public func intern(_ bytes: UnsafeBufferPointer<UInt8>) -> Symbol { fatalError("to be written") }
  public func intern(_ text: String) -> Symbol { fatalError("to be written") }
  /// The text of a symbol.
  public subscript(_ symbol: Symbol) -> String { fatalError("to be written") }
  /// Its UTF-8 bytes; valid while the table lives.
  public func utf8(_ symbol: Symbol) -> UnsafeBufferPointer<UInt8> { fatalError("to be written") }
}
