import OrusSyntax

/// Values by symbol, in the order in which they were entered. Nothing is ever taken out.
struct SymbolMap<Value> {
  private(set) var entries: [(symbol: Symbol, value: Value)] = []
  private var index = HashIndex()

  subscript(_ symbol: Symbol) -> Value? {
    get { find(symbol).map { entries[Int($0)].value } }
    set {
      guard let newValue else { preconditionFailure("nothing is taken out of a SymbolMap") }
      if let known = find(symbol) {
        entries[Int(known)].value = newValue
      } else {
        index.insert(UInt32(entries.count), hash(symbol))
        entries.append((symbol, newValue))
      }
    }
  }

  mutating func mapValues(_ change: (Value) -> Value) {
    for i in entries.indices { entries[i].value = change(entries[i].value) }
  }

  private func find(_ symbol: Symbol) -> UInt32? {
    index.find(hash(symbol)) { entries[Int($0)].symbol == symbol }
  }

  private func hash(_ symbol: Symbol) -> UInt64 { mixed(0, UInt64(symbol.index)) }
}
