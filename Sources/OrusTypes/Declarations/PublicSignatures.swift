import OrusDiagnostics
import OrusSyntax

extension Checker {
  /// Only private functions may leave their types out: reports what is missing in the others, once it is inferred.
  mutating func checkPublicSignatures(_ module: Int) {
    enterModule(module)
    for id in items[module].functions {
      let node = program.functions[Int(id.index)].node
      if tree[node].detail & 1 != 0 { checkPublicSignature(id, node) }
    }
  }

  private mutating func checkPublicSignature(_ id: FunctionID, _ node: NodeID) {
    let view = tree.function(node)
    let info = program.functions[Int(id.index)]
    for (i, parameter) in tree.list(view.parameters).enumerated() where tree.kind(parameter) == .parameter {
      let isSelf = i == 0 && info.hasSelf
      guard tree.parameter(parameter).type.isNone, !isSelf, i < info.parameters.count else { continue }
      let name = tokenSpan(parameter)
      let type = typeToWrite(info.parameters[i])
      let edit = type.map { Help.Edit(name.behind, ": \($0)") }
      report(
        TypeMessage.publicSignature(
          "`\(text(Symbol(tree[parameter].a)))`", at: name, type: type, edit: info.isVariadic ? nil : edit))
    }
    let result = shallow(info.result)
    let isOpen = view.returnType.isNone && info.native == nil
    if isOpen, result != .void, result != .never, result != .error {
      report(TypeMessage.publicSignature("its result", at: tokenSpan(node), type: typeToWrite(result), edit: nil))
    }
  }

  /// A type's name, if it can be written where the function is declared.
  private mutating func typeToWrite(_ type: TypeID) -> String? {
    let type = resolve(type)
    return program.types.contents(type).isEmpty && type != .error ? name(type) : nil
  }
}
