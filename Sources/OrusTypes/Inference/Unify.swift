import OrusSyntax

/// Steps that one unification may take; types that need more are refused as too large.
private let unificationLimit = 200_000

extension Checker {
  /// Makes two types equal by binding variables. False if that cannot be; some variables may be bound all the same.
  mutating func unify(_ a: TypeID, _ b: TypeID) -> Bool {
    if a == b { return true }
    var steps = 0
    variables.failure = .mismatch
    return unify(a, b, &steps)
  }

  private mutating func unify(_ a: TypeID, _ b: TypeID, _ steps: inout Int) -> Bool {
    let a = shallow(a)
    let b = shallow(b)
    if a == b { return true }
    let x = program.types[a]
    let y = program.types[b]
    if x.kind == .variable { return bind(x.a, to: b) }
    if y.kind == .variable { return bind(y.a, to: a) }
    if x.kind == .error || y.kind == .error { return true }
    guard x.kind == y.kind else { return false }
    steps += 1
    if steps > unificationLimit {
      variables.failure = .tooLarge
      return false
    }
    switch x.kind {
    case .array, .range, .set: return unify(TypeID(x.a), TypeID(y.a), &steps)
    case .fixedArray: return x.b == y.b && unify(TypeID(x.a), TypeID(y.a), &steps)
    case .map: return unify(TypeID(x.a), TypeID(y.a), &steps) && unify(TypeID(x.b), TypeID(y.b), &steps)
    case .tuple: return unifyLists(x.a, y.a, &steps)
    case .function: return unifyLists(x.a, y.a, &steps) && unify(TypeID(x.b), TypeID(y.b), &steps)
    case .nominal: return x.a == y.a && unifyLists(x.b, y.b, &steps)
    default: return false
    }
  }

  private mutating func unifyLists(_ a: UInt32, _ b: UInt32, _ steps: inout Int) -> Bool {
    let x = TypeListID(a)
    let y = TypeListID(b)
    let count = program.types.count(x)
    guard count == program.types.count(y) else { return false }
    for i in 0..<count where !unify(program.types.element(x, i), program.types.element(y, i), &steps) { return false }
    return true
  }

  private mutating func bind(_ number: UInt32, to type: TypeID) -> Bool {
    let state = variables.states[Int(number)]
    let row = program.types[type]
    if row.kind == .variable {
      let other = variables.states[Int(row.a)]
      variables.states[Int(row.a)].isLiteral = state.isLiteral || other.isLiteral
      variables.states[Int(row.a)].level = min(state.level, other.level)
    } else {
      if state.isLiteral, row.kind != .error, !takesLiteral(row) { return false }
      if program.types.contents(type).contains(.variable) {
        variables.visitEpoch += 1
        guard admit(type, in: number, level: state.level) else {
          variables.failure = .infinite
          return false
        }
      }
    }
    variables.states[Int(number)].binding = type
    variables.epoch += 1
    return true
  }

  /// Whether an integer literal can have this type.
  func takesLiteral(_ row: TypeRow) -> Bool {
    switch row.kind {
    case .i32, .i64, .u32, .u64, .f64, .error: true
    case .parameter: program.parameters[Int(row.a)].constraints.contains(.integerLiteral)
    default: false
    }
  }

  /// Lowers the levels of the variables in a type; false if the variable itself is among them.
  private mutating func admit(_ type: TypeID, in number: UInt32, level: Int32) -> Bool {
    guard program.types.contents(type).contains(.variable) else { return true }
    let row = program.types[type]
    if row.kind == .variable {
      let state = variables.states[Int(row.a)]
      if state.binding != Variables.unbound { return admit(shallow(type), in: number, level: level) }
      if row.a == number { return false }
      if state.level > level { variables.states[Int(row.a)].level = level }
      return true
    }
    let i = Int(type.index)
    if i >= variables.visited.count {
      variables.visited += Array(repeating: 0, count: program.types.count + 256 - variables.visited.count)
    }
    if variables.visited[i] == variables.visitEpoch { return true }
    variables.visited[i] = variables.visitEpoch
    switch row.kind {
    case .array, .range, .set, .fixedArray: return admit(TypeID(row.a), in: number, level: level)
    case .map: return admit(TypeID(row.a), in: number, level: level) && admit(TypeID(row.b), in: number, level: level)
    case .tuple: return admitList(row.a, in: number, level: level)
    case .function: return admitList(row.a, in: number, level: level) && admit(TypeID(row.b), in: number, level: level)
    case .nominal: return admitList(row.b, in: number, level: level)
    default: return true
    }
  }

  private mutating func admitList(_ list: UInt32, in number: UInt32, level: Int32) -> Bool {
    let list = TypeListID(list)
    for i in 0..<program.types.count(list)
    where !admit(program.types.element(list, i), in: number, level: level) { return false }
    return true
  }

  /// Whether two types could be made equal, without binding anything.
  mutating func couldBe(_ a: TypeID, _ b: TypeID) -> Bool {
    let a = shallow(a)
    let b = shallow(b)
    if a == b { return true }
    let x = program.types[a]
    let y = program.types[b]
    if x.kind == .variable {
      return !variables.states[Int(x.a)].isLiteral || y.kind == .variable || takesLiteral(y)
    }
    if y.kind == .variable { return !variables.states[Int(y.a)].isLiteral || takesLiteral(x) }
    if x.kind == .error || y.kind == .error { return true }
    guard x.kind == y.kind else { return false }
    switch x.kind {
    case .array, .range, .set: return couldBe(TypeID(x.a), TypeID(y.a))
    case .fixedArray: return x.b == y.b && couldBe(TypeID(x.a), TypeID(y.a))
    case .map: return couldBe(TypeID(x.a), TypeID(y.a)) && couldBe(TypeID(x.b), TypeID(y.b))
    case .tuple: return listsCouldBe(x.a, y.a)
    case .function: return listsCouldBe(x.a, y.a) && couldBe(TypeID(x.b), TypeID(y.b))
    case .nominal: return x.a == y.a && listsCouldBe(x.b, y.b)
    default: return false
    }
  }

  private mutating func listsCouldBe(_ a: UInt32, _ b: UInt32) -> Bool {
    let (x, y) = (TypeListID(a), TypeListID(b))
    guard program.types.count(x) == program.types.count(y) else { return false }
    for i in 0..<program.types.count(x)
    where !couldBe(program.types.element(x, i), program.types.element(y, i)) { return false }
    return true
  }
}
