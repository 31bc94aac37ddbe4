import OrusDiagnostics
import OrusSyntax

extension Checker {
  /// What a `use` brings into the module.
  mutating func collectUse(_ node: NodeID) {
    let view = tree.use(node)
    let isPublic = tree[node].detail & 1 != 0
    let path = tree.list(view.path)
    guard let last = path.last else { return }
    let target = inputs[currentIndex].imports[node]
    if view.importsEverything {
      guard let target else { return }
      importEverything(from: target, isPublic: isPublic, at: node)
      return
    }
    if view.names != 0 {
      for name in tree.list(view.names - 1) where tree.kind(name) == .useName {
        let row = tree[name]
        var entity = Entity(.error)
        let symbol = Symbol(row.a)
        let place = tokenSpan(name)
        if let target,
          let found = tree.isReported(node) ? lookUp(symbol, in: target) : lookUpMember(symbol, of: target, at: place)
        {
          entity = found
        }
        entity.isPublic = isPublic
        importName(Symbol(row.b), entity, at: name)
      }
      return
    }
    let binding = view.alias == 0 ? Symbol(tree[last].a) : Symbol(view.alias - 1)
    var entity = target.map { Entity(.module, UInt32($0)) } ?? Entity(.error)
    entity.isPublic = isPublic
    importName(binding, entity, at: node)
  }

  private mutating func importName(_ symbol: Symbol, _ entity: Entity, at node: NodeID) {
    if let known = moduleScopes[currentIndex].names[symbol] {
      if known.entity.means(entity) || known.entity.kind == .error || entity.kind == .error { return }
      report(TypeMessage.importClash(text(symbol), at: span(node), with: span(known.site), isImport: true))
      return
    }
    enter(symbol, entity, at: node)
  }

  private mutating func importEverything(from target: Int, isPublic: Bool, at node: NodeID) {
    foundNames.removeAll()
    for (symbol, exported) in moduleScopes[target].exports.symbols {
      var entity = exported
      entity.isPublic = isPublic
      if let known = moduleScopes[currentIndex].starred[symbol], !known.means(entity) {
        guard moduleScopes[currentIndex].names[symbol] == nil else { continue }
        report(TypeMessage.starClash(text(symbol), at: span(node)))
        continue
      }
      moduleScopes[currentIndex].starred[symbol] = entity
      if isPublic, moduleScopes[currentIndex].exports[symbol] == nil {
        moduleScopes[currentIndex].exports[symbol] = entity
      }
    }
  }
}
