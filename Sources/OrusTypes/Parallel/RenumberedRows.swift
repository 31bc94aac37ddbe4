import OrusSyntax

/// Which parts of a row are numbers of others. Nodes and modules are numbered
/// before the checker begins.
extension Renumbering {
  func callAsFunction(_ row: Declaration) -> Declaration {
    var row = row
    row.typeParameters = row.typeParameters.map { self($0) }
    for i in row.fields.indices { row.fields[i].type = self(row.fields[i].type) }
    for i in row.variants.indices {
      row.variants[i].payload = row.variants[i].payload.map { (name: $0.name, type: self($0.type)) }
    }
    return row
  }

  func callAsFunction(_ row: TypeParameter) -> TypeParameter {
    var result = TypeParameter(
      name: self(row.name), constraints: row.constraints, iterableElement: row.iterableElement.map { self($0) })
    result.methods = row.methods.map { method in
      MethodConstraint(name: self(method.name), parameters: self(method.parameters), result: self(method.result))
    }
    return result
  }

  func callAsFunction(_ row: FunctionInfo) -> FunctionInfo {
    var row = row
    row.parent = row.parent.map { self($0) }
    row.owner = row.owner.map { self($0) }
    row.typeParameters = row.typeParameters.map { self($0) }
    row.parameters = row.parameters.map { self($0) }
    row.parameterLocals = LocalRange(
      first: self(LocalID(row.parameterLocals.first)).index, count: row.parameterLocals.count)
    row.result = self(row.result)
    row.captures = row.captures.map { self($0) }
    return row
  }

  func callAsFunction(_ row: LocalInfo) -> LocalInfo {
    var result = LocalInfo(
      name: row.name, type: self(row.type), function: self(row.function), isMutable: row.isMutable)
    result.isCaptured = row.isCaptured
    result.needsCell = row.needsCell
    result.nestedFunction = row.nestedFunction.map { self($0) }
    return result
  }

  func callAsFunction(_ row: GlobalInfo) -> GlobalInfo {
    var row = row
    row.type = self(row.type)
    return row
  }

  func callAsFunction(_ row: ConstantInfo) -> ConstantInfo {
    var row = row
    row.type = self(row.type)
    if case .text(let symbol) = row.value { row.value = .text(self(symbol)) }
    return row
  }

  func callAsFunction(_ value: ConstantValue) -> ConstantValue {
    switch value {
    case .text(let symbol): .text(self(symbol))
    case .sequence(let parts): .sequence(parts.map { self($0) })
    case .integer, .boolean, .float, .opaque: value
    }
  }

  func callAsFunction(_ state: FunctionState) -> FunctionState {
    var state = state
    state.nestedLocal = state.nestedLocal.map { self($0) }
    return state
  }

  func callAsFunction(_ use: NestedUse) -> NestedUse {
    NestedUse(module: use.module, node: use.node, target: self(use.target), from: self(use.from))
  }

  func callAsFunction(_ argument: FixedArgument) -> FixedArgument {
    FixedArgument(
      module: argument.module, node: argument.node, function: self(argument.function), parameter: argument.parameter)
  }

  func callAsFunction(_ use: ConstantUse) -> ConstantUse {
    ConstantUse(module: use.module, node: use.node, constant: constant(use.constant))
  }

  // MARK: Of one module

  func callAsFunction(_ use: Use) -> Use {
    let list = self(use.typeArguments)
    return switch use.kind {
    case .local: Use(.local, self(LocalID(use.index)).index, list)
    case .global: Use(.global, global(use.index), list)
    case .constant: Use(.constant, constant(use.index), list)
    case .function, .method: Use(use.kind, self(FunctionID(use.index)).index, list)
    case .constrainedMethod, .dynamicMember: Use(use.kind, self(Symbol(use.index)).index, list)
    case .none, .structField, .variant, .builtin, .module, .type, .numericConstant: Use(use.kind, use.index, list)
    }
  }

  func callAsFunction(_ entity: Entity) -> Entity {
    var entity = entity
    switch entity.kind {
    case .local: entity.index = self(LocalID(entity.index)).index
    case .function: entity.index = self(FunctionID(entity.index)).index
    case .global: entity.index = global(entity.index)
    case .constant: entity.index = constant(entity.index)
    case .declaration, .variant: entity.index = self(DeclarationID(entity.index)).index
    case .typeParameter: entity.index = self(ParameterID(entity.index)).index
    case .primitive: entity.index = self(TypeID(entity.index)).index
    case .freeMethod: entity.index = self(Symbol(entity.index)).index
    case .error, .module, .builtin, .collection: break
    }
    return entity
  }

  func renumber(_ module: inout TypedModule) {
    for i in module.types.indices { module.types[i] = self(module.types[i]) }
    module.uses.mapInPlace { self($0) }
    module.initializer = self(module.initializer)
  }

  /// Symbols that a source mentions are older than any fork.
  func renumber(_ scope: inout ModuleScope) {
    scope.names.mapValues { ModuleScope.Name(entity: self($0.entity), site: $0.site) }
    scope.starred.mapValues { self($0) }
    scope.exports.mapValues { self($0) }
  }

  func renumber(_ items: inout ModuleItems) {
    items.functions = items.functions.map { self($0) }
    items.constants = items.constants.map { constant($0) }
    items.declarations = items.declarations.map { self($0) }
    items.globals.mapValues { global($0) }
    items.firstGlobal = Int(global(UInt32(items.firstGlobal)))
    items.initializer = self(items.initializer)
  }
}
