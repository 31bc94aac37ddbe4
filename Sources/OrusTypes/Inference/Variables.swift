import OrusSyntax

/// Inference variables: union-find over type rows, with levels.
///
/// A variable's level is the nesting depth of the function groups being inferred
/// when it was made; unifying a variable with a type lowers the levels of the
/// variables in that type. What is left above a group's level when the group is
/// done belongs to nobody else, and is generalised.
struct Variables {
  struct State {
    /// What the variable was found to be; `unbound` while it is open.
    var binding: TypeID
    var level: Int32
    /// An integer literal has this type: it will be a number.
    var isLiteral: Bool
  }

  static let unbound = TypeID(UInt32.max)

  var states: [State] = []
  /// The type row of each variable number; numbers are used again in the next function.
  var rows: [TypeID] = []
  var level: Int32 = 0
  /// Grows with each binding, so that resolved types can be remembered in between.
  var epoch: UInt32 = 1
  var resolvedEpoch: [UInt32] = []
  var resolved: [TypeID] = []
  var visitEpoch: UInt32 = 0
  var visited: [UInt32] = []
  /// Why the last unification failed.
  var failure = Failure.mismatch

  enum Failure { case mismatch, infinite, tooLarge }
}

struct OpenNode {
  let module: Int
  let node: NodeID
}

/// What mentions variables, and is resolved when its function is done.
struct OpenTypes {
  /// Nodes whose types, and those whose uses, do.
  var nodes: [OpenNode] = []
  var uses: [OpenNode] = []
  var locals: [LocalID] = []
  var functions: [FunctionID] = []
}

struct OpenMark {
  let nodes, uses, locals, functions, deferred, literals, variables: Int
}

extension Checker {
  var isQuiet: Bool { open.nodes.isEmpty && open.uses.isEmpty && open.locals.isEmpty && deferred.isEmpty }

  mutating func newVariable(literal: Bool = false) -> TypeID {
    let number = variables.states.count
    variables.states.append(
      Variables.State(binding: Variables.unbound, level: variables.level, isLiteral: literal))
    if number == variables.rows.count { variables.rows.append(program.types.variable(UInt32(number))) }
    return variables.rows[number]
  }

  /// The type with a bound variable at its top followed.
  @inline(__always)
  mutating func shallow(_ type: TypeID) -> TypeID {
    program.types.contents(type).contains(.variable) ? followed(type) : type
  }

  private mutating func followed(_ type: TypeID) -> TypeID {
    var result = type
    while true {
      let row = program.types[result]
      guard row.kind == .variable else { break }
      let binding = variables.states[Int(row.a)].binding
      if binding == Variables.unbound { break }
      result = binding
    }
    // Path compression.
    var at = type
    while at != result {
      let row = program.types[at]
      guard row.kind == .variable else { break }
      let next = variables.states[Int(row.a)].binding
      variables.states[Int(row.a)].binding = result
      at = next
    }
    return result
  }

  mutating func kind(_ type: TypeID) -> TypeKind { program.types.kind(shallow(type)) }

  mutating func isVariable(_ type: TypeID) -> Bool { kind(type) == .variable }

  /// Whether it is the type of an integer literal that nothing fixed yet.
  mutating func isLiteral(_ type: TypeID) -> Bool {
    let row = program.types[shallow(type)]
    return row.kind == .variable && variables.states[Int(row.a)].isLiteral
  }

  /// The type with every bound variable in it replaced.
  mutating func resolve(_ type: TypeID) -> TypeID {
    guard program.types.contents(type).contains(.variable) else { return type }
    let i = Int(type.index)
    if i < variables.resolvedEpoch.count, variables.resolvedEpoch[i] == variables.epoch { return variables.resolved[i] }
    let row = program.types[type]
    let result: TypeID
    switch row.kind {
    case .variable:
      let target = shallow(type)
      result = program.types.kind(target) == .variable ? target : resolve(target)
    case .array, .range, .set, .fixedArray:
      result = program.types.intern(TypeRow(row.kind, a: resolve(TypeID(row.a)).index, b: row.b))
    case .map:
      let key = resolve(TypeID(row.a))
      result = program.types.map(key, resolve(TypeID(row.b)))
    case .tuple:
      result = program.types.intern(TypeRow(.tuple, a: resolve(TypeListID(row.a)).index))
    case .function:
      let parameters = resolve(TypeListID(row.a))
      result = program.types.intern(TypeRow(.function, a: parameters.index, b: resolve(TypeID(row.b)).index))
    case .nominal:
      result = program.types.intern(TypeRow(.nominal, a: row.a, b: resolve(TypeListID(row.b)).index))
    default:
      result = type
    }
    if i >= variables.resolvedEpoch.count {
      let more = program.types.count + 256 - variables.resolvedEpoch.count
      variables.resolvedEpoch += Array(repeating: 0, count: more)
      variables.resolved += Array(repeating: .error, count: more)
    }
    variables.resolvedEpoch[i] = variables.epoch
    variables.resolved[i] = result
    return result
  }

  mutating func resolve(_ list: TypeListID) -> TypeListID {
    let start = program.types.beginList()
    for i in 0..<program.types.count(list) { program.types.addToList(resolve(program.types.element(list, i))) }
    return program.types.endList(start)
  }

  mutating func elements(_ list: UInt32) -> [TypeID] { program.types.elements(TypeListID(list)) }
}
