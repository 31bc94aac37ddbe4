import OrusSyntax

/// The names of blocks. Each symbol has a stack of what it stands for, innermost
/// on top: an array indexed by symbol holds the top, and each binding says what
/// was there before it. Entering a block is remembering a height, leaving it is
/// undoing the bindings above that.
///
/// A function that is inferred while another one is being checked must not see
/// the latter's locals: bindings below `base` are hidden.
struct LocalScopes {
  private struct Binding {
    let symbol: UInt32
    let previous: Int32
    let block: UInt32
    let entity: Entity
  }

  private var tops: [Int32] = []
  private var bindings: [Binding] = []
  private(set) var base: Int32 = 0
  private(set) var block: UInt32 = 0
  private var lastBlock: UInt32 = 0

  struct Mark {
    fileprivate let height: Int
    fileprivate let block: UInt32
  }

  struct Hidden {
    fileprivate let base: Int32
    fileprivate let block: UInt32
  }

  mutating func enter() -> Mark {
    let mark = Mark(height: bindings.count, block: block)
    lastBlock += 1
    block = lastBlock
    return mark
  }

  mutating func leave(_ mark: Mark) {
    while bindings.count > mark.height {
      let binding = bindings.removeLast()
      tops[Int(binding.symbol)] = binding.previous
    }
    block = mark.block
  }

  mutating func hideAll() -> Hidden {
    let hidden = Hidden(base: base, block: block)
    base = Int32(bindings.count)
    return hidden
  }

  mutating func show(_ hidden: Hidden) {
    base = hidden.base
    block = hidden.block
  }

  mutating func bind(_ symbol: Symbol, _ entity: Entity) {
    let i = Int(symbol.index)
    if i >= tops.count { tops += Array(repeating: -1, count: i + 64 - tops.count) }
    bindings.append(Binding(symbol: symbol.index, previous: tops[i], block: block, entity: entity))
    tops[i] = Int32(bindings.count - 1)
  }

  @inline(__always)
  func lookUp(_ symbol: Symbol) -> Entity? {
    let i = Int(symbol.index)
    guard i < tops.count else { return nil }
    let top = tops[i]
    return top >= base ? bindings[Int(top)].entity : nil
  }

  /// What the symbol stands for if it was declared in the innermost block.
  func lookUpInBlock(_ symbol: Symbol) -> Entity? {
    let i = Int(symbol.index)
    guard i < tops.count else { return nil }
    let top = tops[i]
    return top >= base && bindings[Int(top)].block == block ? bindings[Int(top)].entity : nil
  }

  /// Every symbol that is visible now, for suggestions.
  var visible: [Symbol] { bindings[Int(base)...].map { Symbol($0.symbol) } }
}

/// The names of a module: those it declares, those it imports by name, and
/// those that `use m:*` brings, which give way to the others.
struct ModuleScope {
  struct Name {
    var entity: Entity
    /// Where it is declared or imported.
    let site: NodeID
  }

  var names = NumberMap<Name>()
  var starred = NumberMap<Entity>()
  /// What `pub use` hands on, and the module's own public names.
  var exports = NumberMap<Entity>()

  func lookUp(_ symbol: Symbol) -> Entity? { names[symbol]?.entity ?? starred[symbol] }
}

/// What the names around the functions of the current module were found to stand for: its own, imported, the
/// prelude's and the built-in ones. By symbol, since symbols that stand together in the source do so here.
struct FoundNames {
  /// By symbol: a number in `found`, + 1; 0 where it has not been looked up.
  private var numbers: [UInt32] = []
  private var found: [(symbol: Symbol, entity: Entity)] = []

  @inline(__always)
  subscript(_ symbol: Symbol) -> Entity? {
    let i = Int(symbol.index)
    guard i < numbers.count, numbers[i] != 0 else { return nil }
    return found[Int(numbers[i]) - 1].entity
  }

  mutating func add(_ symbol: Symbol, _ entity: Entity, symbolCount: Int) {
    let i = Int(symbol.index)
    if i >= numbers.count { numbers += Array(repeating: 0, count: max(i + 1024, symbolCount) - numbers.count) }
    found.append((symbol, entity))
    numbers[i] = UInt32(found.count)
  }

  /// The symbol may stand for something else from now on.
  mutating func remove(_ symbol: Symbol) {
    if Int(symbol.index) < numbers.count { numbers[Int(symbol.index)] = 0 }
  }

  mutating func removeAll() {
    for name in found { numbers[Int(name.symbol.index)] = 0 }
    found.removeAll(keepingCapacity: true)
  }
}
