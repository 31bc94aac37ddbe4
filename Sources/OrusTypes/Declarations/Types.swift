import OrusDiagnostics
import OrusSyntax

/// Reading types.
extension Checker {
  /// What a type node denotes.
  mutating func resolveType(_ node: NodeID) -> TypeID {
    let type = readType(node)
    setType(node, type)
    guard program.types.contents(type).contains(.voidElement) else {
      if program.types.kind(type) == .nominal, elements(program.types[type].b).contains(.void) {
        voidChecks.append(VoidCheck(module: currentIndex, node: node, type: type))
      }
      return type
    }
    report(TypeMessage.voidElement(span(node), type: name(type)))
    return .error
  }

  /// The type that is written at a binding; an error where it breaks a constraint, as its value would only repeat that.
  mutating func resolveAnnotation(_ node: NodeID) -> TypeID {
    let type = resolveType(node)
    if keyChecks.isEmpty && declarationChecks.isEmpty && voidChecks.isEmpty { return type }
    let module = currentIndex
    let known = diagnostics.count
    runTypeChecks()
    enterModule(module)
    return diagnostics.count > known ? .error : type
  }

  private mutating func readType(_ node: NodeID) -> TypeID {
    let row = tree[node]
    switch row.kind {
    case .namedType: return readNamedType(node)
    case .optionType:
      return option(resolveType(NodeID(row.a)))
    case .arrayType:
      let element = resolveType(NodeID(row.a))
      return program.types.array(element)
    case .fixedArrayType:
      let element = resolveType(NodeID(row.a))
      guard let length = constantLength(NodeID(row.b)) else { return .error }
      return program.types.fixedArray(element, length)
    case .tupleType:
      var elements: [TypeID] = []
      for element in tree.list(row.a) { elements.append(resolveType(element)) }
      if elements.count == 1 { return elements[0] }
      return elements.isEmpty ? .void : program.types.tuple(elements)
    case .functionType:
      var parameters: [TypeID] = []
      for parameter in tree.list(row.a) { parameters.append(resolveType(parameter)) }
      let result = row.b == 0 ? TypeID.void : resolveType(NodeID(row.b))
      return program.types.function(parameters, result)
    default: return .error
    }
  }

  private mutating func readNamedType(_ node: NodeID) -> TypeID {
    let row = tree[node]
    let path = tree.list(row.a)
    var arguments: [TypeID] = []
    if row.b != 0 { for argument in tree.list(row.b - 1) { arguments.append(resolveType(argument)) } }
    guard let first = path.first else { return .error }
    let firstSymbol = Symbol(tree[first].a)
    guard var entity = path.count == 1 ? lookUpType(firstSymbol) : lookUp(firstSymbol) else {
      reportUnknownType(firstSymbol, at: span(first), in: node)
      return .error
    }
    if path.count > 1 { setUse(first, entity.kind == .module ? Use(.module, entity.index) : Use(.type)) }
    for part in path.dropFirst() {
      let symbol = Symbol(tree[part].a)
      guard entity.kind == .module else {
        if entity.kind != .error { report(TypeMessage.notAType(text(symbol), at: span(part))) }
        return .error
      }
      guard let member = lookUpMember(symbol, of: Int(entity.index), at: span(part)) else { return .error }
      entity = member
    }
    return type(of: entity, arguments, at: node)
  }

  /// What a name stands for where a type is meant: an imported module, such as `string`, does not hide a built-in type.
  private mutating func lookUpType(_ symbol: Symbol) -> Entity? {
    let entity = lookUp(symbol)
    if entity?.kind == .module, let type = builtins.names[symbol]?.entity, type.isType { return type }
    return entity
  }

  /// A public name of a module; what is missing or private is reported.
  mutating func lookUpMember(_ symbol: Symbol, of module: Int, at span: Span) -> Entity? {
    if let entity = lookUp(symbol, in: module) { return entity }
    let name = text(symbol)
    let moduleName = program.modules[module].name.isEmpty ? inputs[module].name : inputs[module].name
    if let site = moduleScopes[module].names[symbol]?.site {
      report(TypeMessage.privateName(name, of: moduleName, at: span, declared: trees[module].tokenSpan(site)))
    } else {
      let names = moduleScopes[module].exports.symbols.map { symbols[$0.symbol] }
      report(TypeMessage.notInModule(name, moduleName, at: span, nearest: nearestName(name, among: names)))
    }
    return nil
  }

  private mutating func type(of entity: Entity, _ arguments: [TypeID], at node: NodeID) -> TypeID {
    switch entity.kind {
    case .primitive, .typeParameter:
      if !arguments.isEmpty {
        report(TypeMessage.typeArgumentCount(span(node), expected: 0, found: arguments.count))
      }
      return entity.kind == .primitive ? TypeID(entity.index) : program.types.parameter(ParameterID(entity.index))
    case .collection:
      let kind = TypeKind(rawValue: UInt8(entity.index))!
      let arity = kind == .map ? 2 : 1
      if kind == .range, arguments.isEmpty { return program.types.range(.i32) }
      guard arguments.count == arity else {
        report(TypeMessage.typeArgumentCount(span(node), expected: arity, found: arguments.count))
        return .error
      }
      switch kind {
      case .map:
        keyChecks.append(KeyCheck(module: currentIndex, node: node, type: arguments[0]))
        return program.types.map(arguments[0], arguments[1])
      case .set:
        keyChecks.append(KeyCheck(module: currentIndex, node: node, type: arguments[0]))
        return program.types.set(arguments[0])
      default:
        let element = shallow(arguments[0])
        let kind = program.types.kind(element)
        if kind < .i32 || kind > .u64, kind != .parameter, kind != .variable, kind != .error {
          report(TypeMessage.rangeOfNonInteger(span(node), type: name(element)))
        }
        return program.types.range(arguments[0])
      }
    case .declaration:
      let id = DeclarationID(entity.index)
      let expected = program.declarations[Int(id.index)].typeParameters.count
      guard arguments.count == expected else {
        report(TypeMessage.typeArgumentCount(span(node), expected: expected, found: arguments.count))
        return .error
      }
      if expected > 0 {
        declarationChecks.append(
          DeclarationCheck(module: currentIndex, node: node, declaration: id, arguments: arguments))
      }
      return program.types.nominal(id, arguments)
    case .error: return .error
    default:
      reportNotAType(node)
      return .error
    }
  }

  /// The name of something else, such as the builtin `map`; as a type it may be one of another language.
  private mutating func reportNotAType(_ node: NodeID) {
    let name = text(lastName(node))
    let arguments = tree[node].b == 0 ? [] : tree.list(tree[node].b - 1).map { span($0) }
    report(TypeMessage.notAType(name, at: span(node), arguments: arguments))
  }

  private func lastName(_ node: NodeID) -> Symbol { Symbol(tree[tree.list(tree[node].a).last!].a) }

  /// The length of a fixed array.
  private mutating func constantLength(_ node: NodeID) -> UInt32? {
    let mark = openMark()
    variables.level += 1
    let level = variables.level
    let type = check(node, .i32, Reason(kind: .index, module: Int32(currentIndex), node: node))
    generalize([], from: mark, level: level)
    variables.level -= 1
    if program.types.kind(type) == .error { return nil }
    let module = currentIndex
    enterModule(-1)
    let value = evaluator.evaluate(node, module: UInt32(module), in: program)
    reportEvaluation()
    enterModule(module)
    guard case .integer(let number)? = value else { return nil }
    guard number >= 0, number <= Int32.max else {
      report(TypeMessage.lengthOutOfRange(span(node)))
      return nil
    }
    return UInt32(number)
  }

  /// Checks what could not be known while types were only being declared.
  mutating func runTypeChecks() {
    let keys = keyChecks
    keyChecks = []
    for check in keys {
      enterModule(check.module)
      if inputs[check.module].isLibrary, check.module == 0 { continue }
      if !isVariable(check.type), let broken = firstBroken(.hashable, by: check.type) {
        report(TypeMessage.unhashableKey(span(check.node), type: name(check.type), method: broken.method))
      }
    }
    let declarations = declarationChecks
    declarationChecks = []
    for check in declarations {
      enterModule(check.module)
      let parameters = program.declarations[Int(check.declaration.index)].typeParameters
      for (parameter, argument) in zip(parameters, check.arguments) {
        let info = program.parameters[Int(parameter.index)]
        guard !info.constraints.isEmpty, !isVariable(argument) else { continue }
        if let broken = firstBroken(info.constraints, by: argument) {
          report(
            TypeMessage.brokenConstraint(
              span(check.node), type: name(argument), constraint: text(of: broken.constraint), method: broken.method,
              of: text(program.declarations[Int(check.declaration.index)].name), parameter: text(info.name)))
        }
      }
    }
    let voids = voidChecks
    voidChecks = []
    for check in voids where isVoidContainer(check.type) {
      enterModule(check.module)
      reportedVoids.insert(check.type)
      report(TypeMessage.voidElement(span(check.node), type: name(check.type)))
    }
  }

  /// Whether values of the type would hold values of `void`: elements, or fields of structs. What an enum carries may
  /// be nothing, as in a `Result<void, E>`.
  mutating func isVoidContainer(_ type: TypeID) -> Bool {
    var visited: Set<TypeID> = []
    return isVoidContainer(type, &visited)
  }

  private mutating func isVoidContainer(_ type: TypeID, _ visited: inout Set<TypeID>) -> Bool {
    let contents = program.types.contents(type)
    if contents.contains(.voidElement) { return true }
    guard contents.contains(.voidArgument), visited.insert(type).inserted else { return false }
    let row = program.types[type]
    let inner: [TypeID]
    switch row.kind {
    case .nominal:
      let parts = parts(of: type)
      if program.declarations[Int(row.a)].kind == .structure, parts.contains(.void) { return true }
      inner = elements(row.b) + parts
    case .map: inner = [TypeID(row.a), TypeID(row.b)]
    case .tuple: inner = elements(row.a)
    case .function: inner = elements(row.a) + [TypeID(row.b)]
    default: inner = [TypeID(row.a)]
    }
    for part in inner where isVoidContainer(part, &visited) { return true }
    return false
  }
}

struct KeyCheck {
  let module: Int
  let node: NodeID
  let type: TypeID
}

struct VoidCheck {
  let module: Int
  let node: NodeID
  let type: TypeID
}

struct DeclarationCheck {
  let module: Int
  let node: NodeID
  let declaration: DeclarationID
  let arguments: [TypeID]
}
