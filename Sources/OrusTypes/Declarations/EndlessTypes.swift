import OrusDiagnostics
import OrusSyntax

/// Declarations whose parts hold larger and larger types of their own, such as
/// `struct P<T>: next: P<[T]>?`: there would be no end of types to a value.
///
/// The types that a declaration leads to are without end exactly if its type
/// parameters lead to each other in a circle on which one is put into a larger
/// type (Kennedy and Pierce, 2007, on the same question for classes). A circle lies
/// within one module, as modules use each other in one direction.
private struct ParameterUse {
  let from: UInt32
  let to: UInt32
  /// The argument is made of the parameter, and not the parameter itself.
  let isLarger: Bool
  let node: NodeID
  let declaration: DeclarationID
}

extension Checker {
  /// Once the parts of the module's declarations are read.
  mutating func checkEndlessTypes() {
    var uses: [ParameterUse] = []
    for id in items[currentIndex].declarations { collectUses(in: id, &uses) }
    for use in uses where use.isLarger && leads(use.to, to: use.from, uses) {
      report(TypeMessage.endlessDeclaration(span(use.node), type: name(type(of: use.node))))
      // Nothing may follow its parts.
      let i = Int(use.declaration.index)
      for field in program.declarations[i].fields.indices { program.declarations[i].fields[field].type = .error }
      for variant in program.declarations[i].variants.indices {
        let payload = program.declarations[i].variants[variant].payload
        program.declarations[i].variants[variant].payload = payload.map { ($0.name, .error) }
      }
    }
  }

  private mutating func collectUses(in id: DeclarationID, _ uses: inout [ParameterUse]) {
    let declaration = program.declarations[Int(id.index)]
    if declaration.typeParameters.isEmpty { return }
    for number in tree.firstNode(of: declaration.node)..<declaration.node.index {
      let node = NodeID(number)
      let row = program.types[type(of: node)]
      guard tree.kind(node) == .namedType, row.kind == .nominal,
        program.declarations[Int(row.a)].module == UInt32(currentIndex)
      else { continue }
      for (argument, parameter) in zip(elements(row.b), program.declarations[Int(row.a)].typeParameters) {
        let isLarger = program.types.kind(argument) != .parameter
        _ = program.types.substitute(argument) { leaf in
          uses.append(
            ParameterUse(from: leaf.a, to: parameter.index, isLarger: isLarger, node: node, declaration: id))
          return nil
        }
      }
    }
  }

  private func leads(_ from: UInt32, to goal: UInt32, _ uses: [ParameterUse]) -> Bool {
    var reached: Set<UInt32> = [from]
    var next = [from]
    while let parameter = next.popLast() {
      if parameter == goal { return true }
      for use in uses where use.from == parameter && reached.insert(use.to).inserted { next.append(use.to) }
    }
    return false
  }
}
