import OrusDiagnostics
import OrusSyntax

extension Checker {
  /// What a name stands for here; nil if nothing has that name.
  mutating func lookUp(_ symbol: Symbol) -> Entity? {
    if let local = scopes.lookUp(symbol) { return local }
    if let entity = foundNames[symbol] { return entity }
    guard let entity = lookUpAround(symbol) else { return nil }
    foundNames.add(symbol, entity, symbolCount: symbols.count)
    return entity
  }

  private func lookUpAround(_ symbol: Symbol) -> Entity? {
    if let entity = moduleScopes[currentIndex].lookUp(symbol) { return entity }
    if currentIndex != 0, let entity = moduleScopes[0].exports[symbol] { return entity }
    return builtins.names[symbol]?.entity
  }

  /// The public name of another module.
  mutating func lookUp(_ symbol: Symbol, in module: Int) -> Entity? { moduleScopes[module].exports[symbol] }

  /// Reports a name that stands for nothing, once in each function.
  ///
  /// - Parameter declaration: what before the name would declare it, where that is possible.
  mutating func reportUnknown(_ symbol: Symbol, at span: Span, declaration: String? = nil) {
    guard symbol != known.underscore else {
      report(TypeMessage.lonelyUnderscore(span))
      return
    }
    guard reportedNames.insert(symbol.index).inserted else { return }
    let name = text(symbol)
    let nearest = variantPath(symbol) ?? nearestName(name, among: visibleNames { !$0.isType })
    report(TypeMessage.unknownName(name, at: span, nearest: nearest, declaration: declaration))
  }

  /// `Shape.Circle` for `Circle`, where just one enum of the module has a variant of that name.
  private func variantPath(_ symbol: Symbol) -> String? {
    let enums = items[currentIndex].declarations.filter { id in
      program.declarations[Int(id.index)].variants.contains { $0.name == symbol }
    }
    return enums.count == 1 ? "\(text(program.declarations[Int(enums[0].index)].name)).\(text(symbol))" : nil
  }

  /// - Parameter type: the type that the name stands in, with its arguments.
  mutating func reportUnknownType(_ symbol: Symbol, at span: Span, in type: NodeID = .none) {
    guard reportedNames.insert(symbol.index).inserted else { return }
    let name = text(symbol)
    let hasArguments = !type.isNone && tree[type].b != 0
    report(
      TypeMessage.unknownType(
        name, at: span, nearest: nearestName(name, among: visibleNames { $0.isType }),
        arguments: hasArguments ? tree.list(tree[type].b - 1).map { tree.span($0) } : [],
        whole: type.isNone ? nil : tree.span(type)))
  }

  func visibleNames(_ suits: (Entity) -> Bool) -> [String] {
    var result: [String] = []
    for symbol in scopes.visible {
      if let entity = scopes.lookUp(symbol), suits(entity) || entity.isType { result.append(symbols[symbol]) }
    }
    let scope = moduleScopes[currentIndex]
    for (symbol, name) in scope.names.symbols where suits(name.entity) || name.entity.kind == .declaration {
      result.append(symbols[symbol])
    }
    for (symbol, entity) in scope.starred.symbols where suits(entity) {
      result.append(symbols[symbol])
    }
    for (symbol, entity) in moduleScopes[0].exports.symbols where suits(entity) { result.append(symbols[symbol]) }
    for (symbol, name) in builtins.names.symbols where suits(name.entity) { result.append(symbols[symbol]) }
    for literal in ["true", "false", "nil"] { result.append(literal) }
    return result
  }

  mutating func declareBuiltins() {
    for form in BuiltinForm.allCases {
      declareBuiltin(form.name, Entity(.builtin, form.rawValue))
    }
    for name in freeMethodNames {
      declareBuiltin(name, Entity(.freeMethod, symbols.intern(name).index))
    }
    for (name, type) in primitiveTypeNames {
      declareBuiltin(name, Entity(.primitive, type.index))
    }
    for (name, kind, _) in collectionTypeNames {
      declareBuiltin(name, Entity(.collection, UInt32(kind.rawValue)))
    }
  }

  private mutating func declareBuiltin(_ name: String, _ entity: Entity) {
    builtins.names[symbols.intern(name)] = ModuleScope.Name(entity: entity, site: .none)
  }
}
