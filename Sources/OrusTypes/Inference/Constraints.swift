import OrusDiagnostics
import OrusSyntax

/// A constraint that a type breaks, and the method that would meet it.
struct BrokenConstraint {
  let constraint: Constraints
  let method: String?
}

extension Checker {
  mutating func settleConstraint(_ entry: Deferred, _ subject: TypeID) {
    if entry.constraints.contains(.iterable) {
      guard let element = elementOfIteration(subject, at: entry.node) else {
        report(
          TypeMessage.brokenConstraint(
            span(entry.node), type: name(subject), constraint: "Iterable", method: "next", of: text(entry.symbol),
            parameter: text(entry.parameter)))
        _ = unify(entry.result, .error)
        return
      }
      if entry.result != .error, !unify(element, entry.result) {
        report(
          TypeMessage.mismatch(
            span(entry.node), expected: "Iterable<\(name(entry.result))>", found: name(subject), because: nil))
      }
    }
    guard let broken = firstBroken(entry.constraints.subtracting(.iterable), by: subject) else { return }
    let refusal = TypeMessage.brokenConstraint(
      span(entry.node), type: name(subject), constraint: text(of: broken.constraint), method: broken.method,
      of: text(entry.symbol), parameter: text(entry.parameter))
    if broken.constraint == .sendable, program.types.kind(subject) == .function {
      sentTypes.append(SentType(module: currentIndex, callee: entry.node, refusal: refusal))
    } else {
      report(refusal)
    }
  }

  /// A method that a function calls on a parameter whose type was inferred, on the type that is put in.
  mutating func settleMethod(_ entry: Deferred, _ subject: TypeID) {
    let row = program.types[subject]
    let wanted = program.types[entry.other]
    if row.kind == .parameter, isBeingGeneralized(row.a) {
      demandMethod(entry.symbol, elements(wanted.a), TypeID(wanted.b), of: row.a)
      return
    }
    guard let id = findOperation(entry.symbol, on: subject) else {
      report(
        TypeMessage.brokenConstraint(
          span(entry.node), type: name(subject), constraint: "`\(text(entry.symbol))`", method: text(entry.symbol),
          of: text(entry.parameter), parameter: "T"))
      _ = unify(TypeID(wanted.b), .error)
      return
    }
    let instance = instantiateMethod(id, on: subject, at: entry.node)
    let found = program.types.function(Array(instance.parameters.dropFirst()), instance.result)
    if !unify(found, entry.other) { reportMismatch(entry.node, found, entry.other, .none) }
  }

  /// The parameter that is being generalised takes on that its type has the method.
  mutating func demandMethod(_ name: Symbol, _ parameters: [TypeID], _ result: TypeID, of parameter: UInt32) {
    let constraint = MethodConstraint(
      name: name, parameters: program.types.intern(parameters.map { resolve($0) }), result: resolve(result))
    if !program.parameters[Int(parameter)].methods.contains(constraint) {
      program.parameters[Int(parameter)].methods.append(constraint)
    }
  }

  /// The first of these constraints that a type does not meet. The parameters of a function that is being generalised
  /// take on what is asked of them.
  mutating func firstBroken(_ constraints: Constraints, by type: TypeID) -> BrokenConstraint? {
    let type = shallow(type)
    let row = program.types[type]
    if row.kind == .error || row.kind == .never { return nil }
    if row.kind == .parameter, isBeingGeneralized(row.a) {
      program.parameters[Int(row.a)].constraints.formUnion(constraints)
      return nil
    }
    var rest = constraints.rawValue
    while rest != 0 {
      let bit = Constraints(rawValue: rest & (~rest &+ 1))
      rest &= rest - 1
      if !meets(bit, type, row) { return BrokenConstraint(constraint: bit, method: missingMethod(bit, type)) }
    }
    return nil
  }

  private mutating func meets(_ constraint: Constraints, _ type: TypeID, _ row: TypeRow) -> Bool {
    if row.kind == .parameter {
      return implied(program.parameters[Int(row.a)].constraints).contains(constraint)
    }
    if row.kind == .variable {
      // An integer literal's: every numeric type will do.
      return true
    }
    let isNumber = row.kind >= .i32 && row.kind <= .f64
    switch constraint {
    case .numeric: return isNumber || hasMethods([known.add, known.sub, known.mul, known.div], type)
    case .comparable, .order: return isOrdered(type)
    case .iterable: return elementOfIteration(type, at: .none) != nil
    case .cloneable: return row.kind != .function
    case .hashable: return isHashable(type)
    case .sendable: return isSendable(type)
    case .add: return isNumber || row.kind == .string || row.kind == .array || hasMethod(known.add, type)
    case .subtract: return isNumber || hasMethod(known.sub, type)
    case .multiply: return isNumber || hasMethod(known.mul, type)
    case .divide: return isNumber || hasMethod(known.div, type)
    case .remainder: return isNumber || hasMethod(known.rem, type)
    case .negate: return row.kind == .i32 || row.kind == .i64 || row.kind == .f64 || hasMethod(known.neg, type)
    case .equality: return isEquatable(type)
    case .bits: return row.kind >= .i32 && row.kind <= .u64
    case .integerLiteral: return isNumber
    case .floatLiteral: return row.kind == .f64
    default: return true
    }
  }

  /// What a set of constraints promises besides itself.
  func implied(_ constraints: Constraints) -> Constraints {
    var result = constraints
    if result.contains(.numeric) { result.formUnion([.add, .subtract, .multiply, .divide]) }
    if result.contains(.comparable) { result.formUnion([.order, .equality]) }
    if result.contains(.order) { result.insert(.comparable) }
    if result.contains(.hashable) { result.insert(.equality) }
    if result.contains(.bits) { result.formUnion([.equality, .order, .comparable, .hashable]) }
    if result.contains([.add, .subtract, .multiply, .divide]) { result.insert(.numeric) }
    return result
  }

  private mutating func missingMethod(_ constraint: Constraints, _ type: TypeID) -> String? {
    guard program.types.kind(type) == .nominal else { return nil }
    switch constraint {
    case .numeric:
      for symbol in [known.add, known.sub, known.mul, known.div]
      where !hasMethod(symbol, type) { return symbols[symbol] }
      return nil
    case .comparable, .order: return "compare"
    case .iterable: return "next"
    case .hashable: return "hash"
    case .add: return "add"
    case .subtract: return "sub"
    case .multiply: return "mul"
    case .divide: return "div"
    case .remainder: return "rem"
    case .negate: return "neg"
    case .equality: return "equals"
    default: return nil
    }
  }

  func text(of constraint: Constraints) -> String {
    switch constraint {
    case .numeric: "Numeric"
    case .comparable, .order: "Comparable"
    case .iterable: "Iterable"
    case .cloneable: "Cloneable"
    case .hashable: "Hashable"
    case .sendable: "Sendable"
    case .add: "`+`"
    case .subtract: "`-`"
    case .multiply: "`*`"
    case .divide: "`/`"
    case .remainder: "`%`"
    case .negate: "unary `-`"
    case .equality: "`==`"
    case .bits: "the operators on bits"
    default: "integer literals"
    }
  }

  mutating func hasMethod(_ name: Symbol, _ type: TypeID) -> Bool {
    program.types.kind(type) == .nominal
      && program.methods.lookUp(name, on: type, program.types).contains { program.functions[Int($0.index)].hasSelf }
  }

  private mutating func hasMethods(_ names: [Symbol], _ type: TypeID) -> Bool {
    names.allSatisfy { hasMethod($0, type) }
  }

  /// `< <= > >=` work.
  mutating func isOrdered(_ type: TypeID) -> Bool {
    let type = shallow(type)
    let row = program.types[type]
    switch row.kind {
    case .i32, .i64, .u32, .u64, .f64, .string, .bool, .error, .never, .variable: return true
    case .tuple: return elements(row.a).allSatisfyMutating { isOrdered($0) }
    case .nominal: return hasMethod(known.compare, type) || row.a == program.known.ordering.index
    case .parameter: return firstBroken(.comparable, by: type) == nil
    default: return false
    }
  }

  /// `==` works: there is no function in it.
  mutating func isEquatable(_ type: TypeID) -> Bool {
    let type = resolve(type)
    if let answer = equatable[type] { return answer }
    let row = program.types[type]
    let answer: Bool
    switch row.kind {
    case .function: answer = false
    case .array, .fixedArray, .set: answer = isEquatable(TypeID(row.a))
    case .map:
      let key = isEquatable(TypeID(row.a))
      answer = key && isEquatable(TypeID(row.b))
    case .tuple: answer = elements(row.a).allSatisfyMutating { isEquatable($0) }
    case .nominal:
      // Assumed while its parts are looked at, which may contain it.
      equatable[type] = true
      answer = hasMethod(known.equals, type) || parts(of: type).allSatisfyMutating { isEquatable($0) }
      equatable[type] = nil
    case .parameter: return firstBroken(.equality, by: type) == nil
    default: answer = true
    }
    if program.types.contents(type).isDisjoint(with: [.variable, .parameter]) { equatable[type] = answer }
    return answer
  }

  mutating func isHashable(_ type: TypeID) -> Bool {
    var visiting: Set<TypeID> = []
    return isHashable(type, &visiting)
  }

  private mutating func isHashable(_ type: TypeID, _ visiting: inout Set<TypeID>) -> Bool {
    let type = resolve(type)
    let row = program.types[type]
    switch row.kind {
    case .i32, .i64, .u32, .u64, .bool, .string, .error, .never, .variable: return true
    case .tuple:
      for element in elements(row.a) where !isHashable(element, &visiting) { return false }
      return true
    case .nominal:
      guard visiting.insert(type).inserted else { return true }
      if hasMethod(known.hash, type) { return true }
      if hasMethod(known.equals, type) { return false }
      for part in parts(of: type) where !isHashable(part, &visiting) { return false }
      return true
    case .parameter: return firstBroken(.hashable, by: type) == nil
    default: return false
    }
  }

  mutating func isSendable(_ type: TypeID) -> Bool {
    var visiting: Set<TypeID> = []
    return isSendable(type, &visiting)
  }

  private mutating func isSendable(_ type: TypeID, _ visiting: inout Set<TypeID>) -> Bool {
    let type = resolve(type)
    let row = program.types[type]
    switch row.kind {
    case .function, .any: return false
    case .array, .fixedArray, .set, .range: return isSendable(TypeID(row.a), &visiting)
    case .map: return isSendable(TypeID(row.a), &visiting) && isSendable(TypeID(row.b), &visiting)
    case .tuple:
      for element in elements(row.a) where !isSendable(element, &visiting) { return false }
      return true
    case .nominal:
      guard visiting.insert(type).inserted else { return true }
      for part in parts(of: type) where !isSendable(part, &visiting) { return false }
      return true
    case .parameter: return firstBroken(.sendable, by: type) == nil
    default: return true
    }
  }

  /// The types of a struct's fields or an enum's payloads.
  mutating func parts(of type: TypeID) -> [TypeID] {
    let declaration = program.declarations[Int(program.types[type].a)]
    let bindings = bindings(of: type)
    var result: [TypeID] = []
    for field in declaration.fields { result.append(substitute(field.type, bindings)) }
    for variant in declaration.variants {
      for part in variant.payload { result.append(substitute(part.type, bindings)) }
    }
    return result
  }

  /// A map's key or a set's element must be hashable.
  mutating func requireHashable(_ type: TypeID, at node: NodeID) {
    let type = shallow(type)
    if program.types[type].kind == .i32 || program.types[type].kind == .string { return }
    var entry = Deferred(.constraint, node, subject: type)
    entry.constraints = .hashable
    entry.symbol = symbols.intern("Map")
    entry.parameter = symbols.intern("K")
    deferLater(entry)
  }
}

extension Array {
  /// As `allSatisfy`, for conditions that change the checker.
  func allSatisfyMutating(_ condition: (Element) -> Bool) -> Bool {
    for element in self where !condition(element) { return false }
    return true
  }
}

extension TypeKind: Comparable {
  public static func < (a: TypeKind, b: TypeKind) -> Bool { a.rawValue < b.rawValue }
}
