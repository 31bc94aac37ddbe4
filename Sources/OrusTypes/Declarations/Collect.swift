import OrusDiagnostics
import OrusSyntax

/// What a module declares, so that passes need not look for it again.
struct ModuleItems {
  /// Functions and methods, in order of declaration.
  var functions: [FunctionID] = []
  var constants: [UInt32] = []
  var declarations: [DeclarationID] = []
  var implementations: [NodeID] = []
  /// Globals by the binding pattern that declares them.
  var globals = NumberMap<UInt32>()
  var firstGlobal = 0
  var initializer = FunctionID(0)
}

extension Checker {
  /// Declares every name of a module, then reads the types of what it declares.
  mutating func collect(_ module: Int) {
    enterModule(module)
    var found = ModuleItems()
    found.firstGlobal = program.globals.count
    items[module] = found
    let list = tree.list(tree[tree.root].a)
    let initializer = FunctionInfo(kind: .initializer, name: 0, module: UInt32(module), node: tree.root)
    items[module].initializer = add(initializer)
    current.initializer = items[module].initializer
    for item in list where tree.kind(item) == .use { collectUse(item) }
    var functions: [NodeID] = []
    for item in list {
      let row = tree[item]
      let isPublic = row.detail & 1 != 0
      switch row.kind {
      case .function:
        let view = tree.function(item)
        functions.append(item)
        guard view.name != 0 else { continue }
      case .structDeclaration where tree.isReported(item):
        declare(tree.structure(item).name, Entity(.error, isPublic: isPublic), at: item)
      case .structDeclaration:
        collectDeclaration(item, tree.structure(item).name, .structure, isPublic)
      case .enumDeclaration:
        collectDeclaration(item, tree.enumeration(item).name, .enumeration, isPublic)
      case .implementation:
        items[module].implementations.append(item)
      case .constStatement:
        let id = addConstant(item)
        items[module].constants.append(id)
        declare(Symbol(row.a), Entity(.constant, id, isPublic: isPublic), at: item)
      case .letStatement:
        collectGlobals(NodeID(row.a), row.detail)
      default: break
      }
    }
    if module == 0 { findKnownDeclarations() }
    for id in items[module].declarations { readTypeParameters(of: id) }
    for id in items[module].declarations { readParts(of: id) }
    checkEndlessTypes()
    for item in functions {
      let id = declareFunction(item, .function)
      items[module].functions.append(id)
      let view = tree.function(item)
      if view.name != 0 {
        declare(Symbol(view.name - 1), Entity(.function, id.index, isPublic: tree[item].detail & 1 != 0), at: item)
      }
    }
    for item in items[module].implementations { readImplementation(item) }
    checkMemberClashes(module)
  }

  mutating func add(_ info: consuming FunctionInfo) -> FunctionID {
    let id = FunctionID(UInt32(program.functions.count))
    program.functions.append(info)
    states.append(FunctionState())
    return id
  }

  /// Enters a name into the module's scope.
  mutating func declare(_ symbol: Symbol, _ entity: Entity, at node: NodeID) {
    guard symbol != known.underscore else { return }
    if let site = moduleScopes[currentIndex].names[symbol]?.site {
      let isImport = tree.kind(site) == .use || tree.kind(site) == .useName
      if isImport {
        report(TypeMessage.importClash(text(symbol), at: tokenSpan(site), with: tokenSpan(node), isImport: false))
      } else {
        report(TypeMessage.duplicate(text(symbol), at: tokenSpan(node), first: tokenSpan(site)))
        return
      }
    }
    enter(symbol, entity, at: node)
  }

  /// The last name of that symbol stands.
  mutating func enter(_ symbol: Symbol, _ entity: Entity, at site: NodeID) {
    foundNames.remove(symbol)
    moduleScopes[currentIndex].names[symbol] = ModuleScope.Name(entity: entity, site: site)
    if entity.isPublic { moduleScopes[currentIndex].exports[symbol] = entity }
  }

  private mutating func collectDeclaration(_ node: NodeID, _ name: Symbol, _ kind: Declaration.Kind, _ isPublic: Bool) {
    let id = DeclarationID(UInt32(program.declarations.count))
    program.declarations.append(
      Declaration(kind: kind, name: name, module: UInt32(currentIndex), node: node, isPublic: isPublic))
    items[currentIndex].declarations.append(id)
    if lookUpBuiltinType(name) {
      report(TypeMessage.builtinTypeName(text(name), at: tokenSpan(node)))
    }
    declare(name, Entity(.declaration, id.index, isPublic: isPublic), at: node)
  }

  private func lookUpBuiltinType(_ name: Symbol) -> Bool {
    builtins.names[name]?.entity.isType ?? false
  }

  private mutating func collectGlobals(_ pattern: NodeID, _ detail: UInt8) {
    let row = tree[pattern]
    switch row.kind {
    case .bindingPattern: addGlobal(pattern, Symbol(row.a), detail)
    case .restPattern: if row.a != 0 { addGlobal(pattern, Symbol(row.a - 1), detail) }
    case .tuplePattern, .arrayPattern, .alternativePattern:
      for part in tree.list(row.a) { collectGlobals(part, detail) }
    case .constructorPattern:
      if row.b != 0 { for part in tree.list(row.b - 1) { collectGlobals(part, detail) } }
    case .structPattern:
      for part in tree.list(row.b) { collectGlobals(part, detail) }
    case .fieldPattern: collectGlobals(NodeID(row.b), detail)
    default: break
    }
  }

  private mutating func addGlobal(_ pattern: NodeID, _ symbol: Symbol, _ detail: UInt8) {
    let id = UInt32(program.globals.count)
    let isPublic = detail & LetView.isPublicBit != 0
    var info = GlobalInfo(
      name: symbol, module: UInt32(currentIndex), type: Variables.unbound,
      isMutable: detail & LetView.isMutableBit != 0, isPublic: isPublic)
    info.isShared = isPublic
    program.globals.append(info)
    items[currentIndex].globals[pattern] = id
    declare(symbol, Entity(.global, id, isPublic: isPublic), at: pattern)
  }

  /// Option, Result, Ordering and Error, and the variants that need no prefix.
  private mutating func findKnownDeclarations() {
    for id in items[0].declarations {
      switch program.declarations[Int(id.index)].name {
      case known.option: program.known.option = id
      case known.result: program.known.result = id
      case known.ordering: program.known.ordering = id
      case known.error: program.known.error = id
      default: break
      }
    }
  }

  /// `Some`, `None`, `Ok` and `Err` stand by themselves.
  mutating func exportVariants(of id: DeclarationID) {
    for (i, variant) in program.declarations[Int(id.index)].variants.enumerated() {
      let entity = Entity(.variant, id.index, extra: UInt32(i))
      builtins.names[variant.name] = ModuleScope.Name(entity: entity, site: .none)
    }
  }

  // MARK: Structs and enums

  private mutating func readTypeParameters(of id: DeclarationID) {
    let node = program.declarations[Int(id.index)].node
    let list = tree.kind(node) == .structDeclaration
      ? tree.structure(node).typeParameters : tree.enumeration(node).typeParameters
    guard list != 0 else { return }
    program.declarations[Int(id.index)].typeParameters = addTypeParameters(tree.list(list))
  }

  private mutating func readParts(of id: DeclarationID) {
    let declaration = program.declarations[Int(id.index)]
    let mark = scopes.enter()
    bindTypeParameters(declaration.typeParameters)
    readConstraints(of: declaration.typeParameters, declaration.node)
    if declaration.kind == .structure { readFields(of: id) } else { readVariants(of: id) }
    scopes.leave(mark)
    if id == program.known.option || id == program.known.result { exportVariants(of: id) }
  }

  private mutating func readFields(of id: DeclarationID) {
    let node = program.declarations[Int(id.index)].node
    let fields = tree.list(tree.structure(node).fields)
    program.declarations[Int(id.index)].fields.reserveCapacity(fields.count)
    var sites = FirstSites(fields.count)
    for field in fields where tree.kind(field) == .fieldDeclaration {
      let row = tree[field]
      let view = tree.fieldDeclaration(field)
      let type = view.type.isNone ? TypeID.error : resolveType(view.type)
      if let first = sites.add(Symbol(row.a), at: field) {
        report(TypeMessage.duplicate(text(Symbol(row.a)), at: tokenSpan(field), first: tokenSpan(first)))
        continue
      }
      program.declarations[Int(id.index)].fields.append(
        FieldInfo(name: Symbol(row.a), type: type, defaultValue: view.defaultValue, isPublic: row.detail & 1 != 0))
    }
  }

  private mutating func readVariants(of id: DeclarationID) {
    let node = program.declarations[Int(id.index)].node
    let variants = tree.list(tree.enumeration(node).variants)
    program.declarations[Int(id.index)].variants.reserveCapacity(variants.count)
    var sites = FirstSites(variants.count)
    for variant in variants where tree.kind(variant) == .variant {
      let row = tree[variant]
      var payload: [(name: Symbol?, type: TypeID)] = []
      if row.b != 0 {
        for field in tree.list(row.b) where tree.kind(field) == .payloadField {
          let part = tree[field]
          payload.append((part.a == 0 ? nil : Symbol(part.a - 1), resolveType(NodeID(part.b))))
        }
      }
      if let first = sites.add(Symbol(row.a), at: variant) {
        report(TypeMessage.duplicate(text(Symbol(row.a)), at: tokenSpan(variant), first: tokenSpan(first)))
        continue
      }
      program.declarations[Int(id.index)].variants.append(VariantInfo(name: Symbol(row.a), payload: payload))
    }
  }

  // MARK: Impls

  private mutating func readImplementation(_ node: NodeID) {
    let view = tree.implementation(node)
    let mark = scopes.enter()
    var parameters: [ParameterID] = []
    if view.typeParameters != 0 {
      parameters = addTypeParameters(tree.list(view.typeParameters))
      bindTypeParameters(parameters)
      readConstraints(parameters, tree.list(view.typeParameters))
    } else {
      parameters = undeclaredParameters(of: node)
      bindTypeParameters(parameters)
    }
    let owner = resolveType(NodeID(tree[node].a))
    for method in tree.list(view.methods) where tree.kind(method) == .function {
      let id = declareFunction(method, .method, owner: owner, ownerParameters: parameters)
      items[currentIndex].functions.append(id)
      let info = program.functions[Int(id.index)]
      guard owner != .error, info.name != 0 else { continue }
      let name = Symbol(info.name - 1)
      for other in program.methods.lookUp(name, on: owner, program.types) {
        let previous = program.functions[Int(other.index)]
        if let first = previous.owner, couldOverlap(first, owner) {
          report(
            TypeMessage.duplicate(
              text(name), at: tokenSpan(method), first: trees[Int(previous.module)].tokenSpan(previous.node)))
        }
      }
      addToMethods(id)
    }
    scopes.leave(mark)
  }

  /// Makes a method known by its name, if it has one and its type is known.
  mutating func addToMethods(_ id: FunctionID) {
    let i = Int(id.index)
    guard program.functions[i].name != 0, let owner = program.functions[i].owner, owner != .error else { return }
    program.methods.add(id, named: Symbol(program.functions[i].name - 1), to: owner, program.types)
  }

  private mutating func couldOverlap(_ a: TypeID, _ b: TypeID) -> Bool {
    let x = program.types[a]
    let y = program.types[b]
    if x.kind == .parameter || y.kind == .parameter { return true }
    if a == b { return true }
    guard x.kind == y.kind else { return false }
    switch x.kind {
    case .array, .set, .range, .fixedArray: return couldOverlap(TypeID(x.a), TypeID(y.a))
    case .map: return couldOverlap(TypeID(x.a), TypeID(y.a)) && couldOverlap(TypeID(x.b), TypeID(y.b))
    case .nominal:
      guard x.a == y.a else { return false }
      let xs = elements(x.b)
      let ys = elements(y.b)
      for i in xs.indices where !couldOverlap(xs[i], ys[i]) { return false }
      return true
    default: return false
    }
  }

  /// A field and a method of one type may not share a name.
  private mutating func checkMemberClashes(_ module: Int) {
    for id in items[module].functions {
      let i = Int(id.index)
      guard program.functions[i].kind == .method, program.functions[i].name != 0,
        let owner = program.functions[i].owner, let declaration = program.types.declaration(owner)
      else { continue }
      let name = Symbol(program.functions[i].name - 1)
      let fieldWithName = program.declarations[Int(declaration.index)].fields.firstIndex { $0.name == name }
      guard let field = fieldWithName else { continue }
      let info = program.functions[i]
      let node = program.declarations[Int(declaration.index)]
      let fields = trees[Int(node.module)].list(trees[Int(node.module)].structure(node.node).fields)
      report(
        TypeMessage.fieldAndMethod(
          text(name), at: tokenSpan(info.node),
          field: field < fields.count ? trees[Int(node.module)].tokenSpan(fields[field]) : tokenSpan(info.node)))
    }
  }

  // MARK: Type parameters

  mutating func addTypeParameters(_ nodes: NodeList) -> [ParameterID] {
    var result: [ParameterID] = []
    var sites = FirstSites(nodes.count)
    for node in nodes where tree.kind(node) == .typeParameter {
      let row = tree[node]
      if let first = sites.add(Symbol(row.a), at: node) {
        report(TypeMessage.duplicate(text(Symbol(row.a)), at: tokenSpan(node), first: tokenSpan(first)))
      }
      result.append(ParameterID(UInt32(program.parameters.count)))
      program.parameters.append(TypeParameter(name: Symbol(row.a), constraints: []))
    }
    return result
  }

  mutating func bindTypeParameters(_ parameters: [ParameterID]) {
    for parameter in parameters {
      scopes.bind(program.parameters[Int(parameter.index)].name, Entity(.typeParameter, parameter.index))
    }
  }

  private mutating func readConstraints(of parameters: [ParameterID], _ node: NodeID) {
    let list = tree.kind(node) == .structDeclaration
      ? tree.structure(node).typeParameters : tree.enumeration(node).typeParameters
    if list != 0 { readConstraints(parameters, tree.list(list)) }
  }

  /// The constraints behind the parameters' colons. Gives a further parameter for the elements of each plain
  /// `Iterable`.
  @discardableResult
  mutating func readConstraints(_ parameters: [ParameterID], _ nodes: NodeList) -> [ParameterID] {
    var added: [ParameterID] = []
    for (parameter, node) in zip(parameters, nodes.filter { tree.kind($0) == .typeParameter }) {
      let row = tree[node]
      guard row.b != 0 else { continue }
      for constraint in tree.list(row.b) {
        let type = tree[constraint]
        guard type.kind == .namedType, let first = tree.list(type.a).first else {
          report(TypeMessage.notAConstraint(span(constraint), nearest: nil))
          continue
        }
        let name = Symbol(tree[first].a)
        guard tree.list(type.a).count == 1, let bit = known.constraint(name) else {
          if lookUp(name)?.kind == .error { continue }
          let names = ["Numeric", "Comparable", "Iterable", "Cloneable", "Hashable", "Sendable"]
          let nearest = nearestName(text(name), among: names)
          report(TypeMessage.notAConstraint(span(constraint), name: text(name), nearest: nearest))
          continue
        }
        program.parameters[Int(parameter.index)].constraints.insert(bit)
        guard bit == .iterable else {
          if type.b != 0 {
            report(
              TypeMessage.typeArgumentCount(span(constraint), expected: 0, found: tree.list(type.b - 1).count))
          }
          continue
        }
        if type.b != 0, let argument = tree.list(type.b - 1).first {
          program.parameters[Int(parameter.index)].iterableElement = resolveType(argument)
        } else {
          let element = ParameterID(UInt32(program.parameters.count))
          program.parameters.append(TypeParameter(name: symbols.intern("Element"), constraints: []))
          program.parameters[Int(parameter.index)].iterableElement = program.types.parameter(element)
          added.append(element)
        }
      }
    }
    return added
  }
}
