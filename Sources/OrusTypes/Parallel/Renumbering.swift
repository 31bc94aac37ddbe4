import OrusSyntax

/// The numbers that a fork's rows get in the program that it is merged into.
/// What was there before the fork keeps its number.
///
/// Most tables only grow, so a number moves by as much as the table has grown
/// meanwhile. Types, lists of types and symbols are interned: they are entered
/// again, in the order in which the fork entered them.
struct Renumbering {
  private let beginnings: TableSizes
  private let ends: TableSizes
  private var types: [TypeID] = []
  /// By the words of the fork's lists; only where one begins.
  private var lists: [TypeListID] = []
  private var symbols: [Symbol] = []

  init(of fork: Fork, in program: inout TypedProgram) {
    beginnings = fork.beginnings
    ends = TableSizes(of: program)
    let table = fork.checker.symbols
    symbols = (beginnings.symbols..<UInt32(table.count)).map { program.symbols.intern(table.utf8(Symbol($0))) }
    intern(fork.checker.program.types, in: &program.types)
  }

  /// A row stands behind the rows and lists that it mentions, and so does a list.
  private mutating func intern(_ fork: TypeTable, in table: inout TypeTable) {
    var nextList = TypeListID(beginnings.lists)
    func internLists(upTo end: UInt32, _ numbers: inout Renumbering) {
      while nextList.index < end {
        let elements = fork.elements(nextList)
        numbers.lists.append(table.intern(elements.map { numbers($0) }))
        for _ in elements { numbers.lists.append(.empty) }
        nextList = TypeListID(nextList.index + UInt32(elements.count) + 1)
      }
    }
    for number in beginnings.types..<UInt32(fork.count) {
      let row = fork[TypeID(number)]
      switch row.kind {
      case .tuple, .function: internLists(upTo: row.a &+ 1, &self)
      case .nominal: internLists(upTo: row.b &+ 1, &self)
      default: break
      }
      types.append(table.intern(self(row)))
    }
    internLists(upTo: fork.endOfLists, &self)
  }

  private func callAsFunction(_ row: TypeRow) -> TypeRow {
    switch row.kind {
    case .array, .range, .set, .fixedArray: TypeRow(row.kind, a: self(TypeID(row.a)).index, b: row.b)
    case .map: TypeRow(.map, a: self(TypeID(row.a)).index, b: self(TypeID(row.b)).index)
    case .tuple: TypeRow(.tuple, a: self(TypeListID(row.a)).index)
    case .function: TypeRow(.function, a: self(TypeListID(row.a)).index, b: self(TypeID(row.b)).index)
    case .nominal: TypeRow(.nominal, a: self(DeclarationID(row.a)).index, b: self(TypeListID(row.b)).index)
    case .parameter: TypeRow(.parameter, a: self(ParameterID(row.a)).index)
    case .variable, .error, .never, .void, .bool, .i32, .i64, .u32, .u64, .f64, .string, .any: row
    }
  }

  // MARK: Numbers

  func callAsFunction(_ type: TypeID) -> TypeID {
    if type.index < beginnings.types || type == Variables.unbound { return type }
    return types[Int(type.index - beginnings.types)]
  }
  func callAsFunction(_ list: TypeListID) -> TypeListID {
    list.index < beginnings.lists ? list : lists[Int(list.index - beginnings.lists)]
  }
  func callAsFunction(_ symbol: Symbol) -> Symbol {
    symbol.index < beginnings.symbols ? symbol : symbols[Int(symbol.index - beginnings.symbols)]
  }
  func callAsFunction(_ id: DeclarationID) -> DeclarationID {
    DeclarationID(moved(id.index, beginnings.declarations, ends.declarations))
  }
  func callAsFunction(_ id: ParameterID) -> ParameterID {
    ParameterID(moved(id.index, beginnings.parameters, ends.parameters))
  }
  func callAsFunction(_ id: FunctionID) -> FunctionID {
    FunctionID(moved(id.index, beginnings.functions, ends.functions))
  }
  func callAsFunction(_ id: LocalID) -> LocalID { LocalID(moved(id.index, beginnings.locals, ends.locals)) }
  func global(_ id: UInt32) -> UInt32 { moved(id, beginnings.globals, ends.globals) }
  func constant(_ id: UInt32) -> UInt32 { moved(id, beginnings.constants, ends.constants) }

  private func moved(_ index: UInt32, _ beginning: UInt32, _ end: UInt32) -> UInt32 {
    index < beginning ? index : index - beginning + end
  }
}
