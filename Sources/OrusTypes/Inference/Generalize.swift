import OrusDiagnostics
import OrusSyntax

/// The end of a function, or of a group of functions that need each other: what
/// was deferred is settled, literals get their default types, the variables that
/// the signatures leave open become type parameters, and every side table is
/// resolved.
extension Checker {
  mutating func generalize(_ members: [FunctionID], from mark: OpenMark, level: Int32) {
    settleDeferred(from: mark.deferred)
    defaultLiterals(from: mark, level: level, except: members)
    settleDeferred(from: mark.deferred)
    // Settling may have made more literals (of results) and more signatures known.
    defaultLiterals(from: mark, level: level, except: members)
    settleDeferred(from: mark.deferred)
    if !members.isEmpty {
      reportUndecidable(from: mark.deferred, level: level)
      introduceParameters(members, from: mark, level: level)
    }
    groups.firstGeneralized = members.isEmpty ? groups.firstGeneralized : firstParameter(of: members)
    settleDeferred(from: mark.deferred)
    groups.firstGeneralized = UInt32.max
    settleRest(from: mark, level: level)
    checkLiterals(from: mark.literals)
    for member in members { patchUses(of: member) }
    if !members.isEmpty { groups.uses.removeAll { use in members.contains(use.function) } }
    resolveOpen(from: mark)
  }

  private func firstParameter(of members: [FunctionID]) -> UInt32 {
    let first = program.functions[Int(members[0].index)]
    let count = states[Int(members[0].index)].inferredParameters
    return count == 0 ? UInt32.max : first.typeParameters[first.typeParameters.count - count].index
  }

  /// Literals whose types nothing fixed get the first of i32, i64 and u64 that all of them fit, except those that a
  /// signature leaves open.
  private mutating func defaultLiterals(from mark: OpenMark, level: Int32, except members: [FunctionID]) {
    var kept: [UInt32] = []
    for member in members { collectVariables(ofSignature: member, level: level, into: &kept) }
    var wanted = NumberMap<TypeID>()
    for literal in literals[mark.literals...] {
      let row = program.types[shallow(literal.type)]
      guard row.kind == .variable, variables.states[Int(row.a)].level >= level else { continue }
      let type = literal.defaultType
      if kept.contains(row.a), type == .i32 { continue }
      let number = UInt64(row.a)
      if let known = wanted[number] {
        if type.index > known.index { wanted[number] = type == .u64 || known == .u64 ? .u64 : type }
      } else {
        wanted[number] = type
      }
    }
    for (number, type) in zip(wanted.keys, wanted.values)
    where variables.states[Int(number)].binding == Variables.unbound {
      _ = unify(variables.rows[Int(number)], type)
    }
    // Literal types that came out of instantiation: no literal of this function has them.
    for number in mark.variables..<variables.states.count {
      let state = variables.states[number]
      guard state.isLiteral, state.binding == Variables.unbound, state.level >= level else { continue }
      if !kept.contains(UInt32(number)) { _ = unify(variables.rows[number], .i32) }
    }
  }

  /// The open variables in a function's parameters and result, in order of appearance.
  private mutating func collectVariables(
    ofSignature function: FunctionID, level: Int32, into found: inout [UInt32]
  ) {
    let i = Int(function.index)
    for k in program.functions[i].parameters.indices {
      collectVariables(resolve(program.functions[i].parameters[k]), level: level, into: &found)
    }
    collectVariables(resolve(program.functions[i].result), level: level, into: &found)
  }

  /// The open variables in a resolved type, of this level or deeper, each once.
  mutating func collectVariables(_ type: TypeID, level: Int32, into found: inout [UInt32]) {
    guard program.types.contents(type).contains(.variable) else { return }
    let row = program.types[type]
    switch row.kind {
    case .variable:
      if variables.states[Int(row.a)].level >= level, !found.contains(row.a) { found.append(row.a) }
    case .array, .range, .set, .fixedArray: collectVariables(TypeID(row.a), level: level, into: &found)
    case .map:
      collectVariables(TypeID(row.a), level: level, into: &found)
      collectVariables(TypeID(row.b), level: level, into: &found)
    case .tuple: collectVariables(TypeListID(row.a), level: level, into: &found)
    case .function:
      collectVariables(TypeListID(row.a), level: level, into: &found)
      collectVariables(TypeID(row.b), level: level, into: &found)
    case .nominal: collectVariables(TypeListID(row.b), level: level, into: &found)
    default: break
    }
  }

  private mutating func collectVariables(_ list: TypeListID, level: Int32, into found: inout [UInt32]) {
    for i in 0..<program.types.count(list) {
      collectVariables(program.types.element(list, i), level: level, into: &found)
    }
  }

  /// The variables of the members' signatures, in order of appearance, become type parameters of all members.
  private mutating func introduceParameters(_ members: [FunctionID], from mark: OpenMark, level: Int32) {
    var found: [UInt32] = []
    var added: [ParameterID] = []
    for member in members {
      let before = found.count
      collectVariables(ofSignature: member, level: level, into: &found)
      for number in found[before...] { added.append(introduce(number, added.count, avoiding: member)) }
    }
    // What a method of a parameter takes and gives is a parameter too: its type tells it.
    for i in mark.deferred..<deferred.count where deferred[i].kind == .methodCall {
      let entry = deferred[i]
      guard program.types.kind(shallow(entry.subject)) == .parameter else { continue }
      var inside: [UInt32] = []
      collectVariables(resolve(entry.result), level: level, into: &inside)
      for number in inside { added.append(introduce(number, added.count, avoiding: members[0])) }
    }
    if added.isEmpty { return }
    for member in members {
      let i = Int(member.index)
      // A nested function of the group has its parameters from the function around it.
      if let parent = program.functions[i].parent, members.contains(parent) { continue }
      program.functions[i].typeParameters += added
      states[i].inferredParameters += added.count
    }
  }

  private mutating func introduce(_ number: UInt32, _ count: Int, avoiding function: FunctionID) -> ParameterID {
    let id = ParameterID(UInt32(program.parameters.count))
    program.parameters.append(
      TypeParameter(
        name: parameterName(count, avoiding: program.functions[Int(function.index)]),
        constraints: variables.states[Int(number)].isLiteral ? .integerLiteral : []))
    variables.states[Int(number)].binding = program.types.parameter(id)
    variables.epoch += 1
    return id
  }

  private func parameterName(_ number: Int, avoiding info: FunctionInfo) -> Symbol {
    let taken = Set(info.typeParameters.map { program.parameters[Int($0.index)].name })
    var count = -1
    for letter in 0... {
      let text = letter < 26 ? String(UnicodeScalar(UInt8(65 + letter))) : "T\(letter)"
      let symbol = symbols.intern(text)
      if !taken.contains(symbol) { count += 1 }
      if count == number { return symbol }
    }
    return known.underscore
  }

  /// A member of a value whose type is left open is reported before that type becomes a parameter, which no use of the
  /// function could then make sense of.
  private mutating func reportUndecidable(from first: Int, level: Int32) {
    var i = first
    while i < deferred.count {
      if isUndecidable(deferred[i], level: level) {
        reportUndecided(deferred.remove(at: i))
        // What others wait for may be known to be wrong now.
        settleDeferred(from: first)
        i = first
      } else {
        i += 1
      }
    }
  }

  private mutating func isUndecidable(_ entry: Deferred, level: Int32) -> Bool {
    switch entry.kind {
    case .member, .tupleField, .index, .iterate:
      let row = program.types[shallow(entry.subject)]
      return row.kind == .variable && variables.states[Int(row.a)].level >= level
    default: return false
    }
  }

  /// What is still undecided waits for the function around, or is an error.
  private mutating func settleRest(from mark: OpenMark, level: Int32) {
    let rest = Array(deferred[mark.deferred...])
    deferred.removeLast(rest.count)
    for entry in rest {
      let subject = shallow(entry.subject)
      let row = program.types[subject]
      if row.kind == .variable, variables.states[Int(row.a)].level < level {
        deferred.append(entry)
      } else {
        reportUndecided(entry)
      }
    }
    // Types that nothing determines.
    for i in mark.locals..<open.locals.count {
      let local = open.locals[i]
      closeVariables(of: program.locals[Int(local.index)].type, level: level) { checker in
        TypeMessage.undeterminedType(
          checker.localSpan(local), of: checker.text(checker.program.locals[Int(local.index)].name),
          type: checker.name(checker.program.locals[Int(local.index)].type))
      }
    }
    for i in mark.nodes..<open.nodes.count {
      let entry = open.nodes[i]
      let type = entry.module == currentIndex ? current.types[Int(entry.node.index)]
        : program.modules[entry.module].types[Int(entry.node.index)]
      closeVariables(of: type, level: level) { checker in
        TypeMessage.undeterminedType(
          checker.trees[entry.module].span(entry.node), of: nil, type: checker.name(type))
      }
    }
    for i in mark.uses..<open.uses.count {
      let entry = open.uses[i]
      let use =
        entry.module == currentIndex ? current.use(entry.node) : program.modules[entry.module].use(entry.node)
      guard use.kind == .function || use.kind == .method else { continue }
      for k in 0..<program.types.count(use.typeArguments) {
        closeVariables(of: program.types.element(use.typeArguments, k), level: level) { checker in
          TypeMessage.undeterminedType(checker.trees[entry.module].span(entry.node), of: nil, type: "_")
        }
      }
    }
  }

  private mutating func closeVariables(
    of type: TypeID, level: Int32, _ message: (inout Checker) -> Diagnostic
  ) {
    guard program.types.contents(type).contains(.variable) else { return }
    var inside: [UInt32] = []
    collectVariables(resolve(type), level: level, into: &inside)
    guard !inside.isEmpty else { return }
    if inside.contains(where: { !variables.states[Int($0)].isLiteral }) { report(message(&self)) }
    for number in inside {
      variables.states[Int(number)].binding = variables.states[Int(number)].isLiteral ? .i32 : .error
    }
    variables.epoch += 1
  }

  /// Uses of a function from within its own group are at its own parameters.
  private mutating func patchUses(of member: FunctionID) {
    let info = program.functions[Int(member.index)]
    guard !info.typeParameters.isEmpty else { return }
    for use in groups.uses where use.function == member {
      let isCurrent = use.module == currentIndex
      let old = isCurrent ? current.use(use.node) : program.modules[use.module].use(use.node)
      // Parameters that were written have their types from the use itself.
      var types = program.types.elements(old.typeArguments)
      for parameter in info.typeParameters.dropFirst(types.count) { types.append(program.types.parameter(parameter)) }
      let new = Use(old.kind, old.index, program.types.intern(types))
      if isCurrent {
        current.uses[use.node] = new
      } else {
        program.modules[use.module].uses[use.node] = new
      }
      open.uses.append(OpenNode(module: use.module, node: use.node))
    }
  }

  /// Calls whose types would hold `void`: a call around another one only passes on what that gives.
  private mutating func reportVoids(_ found: [(span: Span, type: TypeID)]) {
    for (span, type) in found {
      let isOuter = found.contains { $0.span != span && span.start <= $0.span.start && $0.span.end <= span.end }
      if !isOuter { report(TypeMessage.voidElement(span, type: name(type))) }
    }
  }

  /// Replaces variables by what they were found to be. What still mentions one of an outer function stays open.
  private mutating func resolveOpen(from mark: OpenMark) {
    var voids: [(span: Span, type: TypeID)] = []
    var kept = mark.nodes
    for i in mark.nodes..<open.nodes.count {
      let entry = open.nodes[i]
      let n = Int(entry.node.index)
      let isCurrent = entry.module == currentIndex
      var type = resolve(isCurrent ? current.types[n] : program.modules[entry.module].types[n])
      if trees[entry.module].kind(entry.node) == .call, isVoidContainer(type) {
        if !reportedVoids.contains(type) { voids.append((trees[entry.module].span(entry.node), type)) }
        type = .error
      }
      if isCurrent { current.types[n] = type } else { program.modules[entry.module].types[n] = type }
      if program.types.contents(type).contains(.variable) {
        open.nodes[kept] = entry
        kept += 1
      }
    }
    open.nodes.removeLast(open.nodes.count - kept)
    reportVoids(voids)

    kept = mark.uses
    for i in mark.uses..<open.uses.count {
      let entry = open.uses[i]
      let isCurrent = entry.module == currentIndex
      let old = isCurrent ? current.use(entry.node) : program.modules[entry.module].use(entry.node)
      let list = resolve(old.typeArguments)
      let new = Use(old.kind, old.index, list)
      if isCurrent { current.uses[entry.node] = new } else { program.modules[entry.module].uses[entry.node] = new }
      if mentionsVariable(list) {
        open.uses[kept] = entry
        kept += 1
      }
    }
    open.uses.removeLast(open.uses.count - kept)

    kept = mark.locals
    for i in mark.locals..<open.locals.count {
      let local = open.locals[i]
      let type = resolve(program.locals[Int(local.index)].type)
      program.locals[Int(local.index)].type = type
      if program.types.contents(type).contains(.variable) {
        open.locals[kept] = local
        kept += 1
      }
    }
    open.locals.removeLast(open.locals.count - kept)

    kept = mark.functions
    for i in mark.functions..<open.functions.count {
      let id = open.functions[i]
      let n = Int(id.index)
      var isOpen = false
      for p in program.functions[n].parameters.indices {
        let type = resolve(program.functions[n].parameters[p])
        program.functions[n].parameters[p] = type
        if program.types.contents(type).contains(.variable) { isOpen = true }
      }
      let result = resolve(program.functions[n].result)
      program.functions[n].result = result
      if program.types.contents(result).contains(.variable) { isOpen = true }
      if isOpen {
        open.functions[kept] = id
        kept += 1
      }
    }
    open.functions.removeLast(open.functions.count - kept)

    kept = mark.literals
    for i in mark.literals..<literals.count where isVariable(literals[i].type) {
      literals[kept] = literals[i]
      kept += 1
    }
    literals.removeLast(literals.count - kept)
  }
}
