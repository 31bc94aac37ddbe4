import OrusDiagnostics
import OrusSyntax

extension Checker {
  /// The type parameters that `impl Box<T>:` means and does not declare, as other languages have it. It is reported
  /// here, and with these nothing more in the impl is.
  mutating func undeclaredParameters(of implementation: NodeID) -> [ParameterID] {
    let row = tree[NodeID(tree[implementation].a)]
    guard row.kind == .namedType, row.b != 0, let head = tree.list(row.a).last,
      let owner = lookUp(Symbol(tree[head].a)), owner.kind == .declaration
    else { return [] }
    let declared = program.declarations[Int(owner.index)].typeParameters
    var names: [Symbol] = []
    var first = NodeID.none
    for argument in tree.list(row.b - 1) {
      let part = tree[argument]
      guard part.kind == .namedType, part.b == 0, tree.list(part.a).count == 1 else { continue }
      let name = Symbol(tree[tree.list(part.a)[0]].a)
      // Any other name is a type that is misspelt.
      let isMeant = symbols.utf8(name).count == 1
        || declared.contains { program.parameters[Int($0.index)].name == name }
      guard isMeant, lookUp(name) == nil, !names.contains(name) else { continue }
      if names.isEmpty { first = argument }
      names.append(name)
    }
    guard !names.isEmpty else { return [] }
    report(
      TypeMessage.undeclaredParameters(names.map { text($0) }, at: span(first), keyword: tokenSpan(implementation)))
    return names.map { name in
      program.parameters.append(TypeParameter(name: name, constraints: []))
      return ParameterID(UInt32(program.parameters.count - 1))
    }
  }
}
