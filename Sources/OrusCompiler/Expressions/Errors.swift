import OrusBytecode
import OrusSyntax
import OrusTypes

extension Lowering {
  /// `x?`: the value inside, or the function ends with the `None` or `Err`.
  mutating func lowerPropagate(_ node: NodeID, into target: Register?) -> Register {
    let operand = NodeID(module.tree[node].a)
    let type = adjustedType(operand)
    let mark = mark
    let value = expression(operand)
    let goesOn = code.newLabel()
    if isOption(type) {
      branch(.b_not_null, value, to: goesOn)
      let none = temporary(.reference)
      emit(.const_null, none, row(context.result).index)
      emitReturn(none)
      code.bind(goesOn)
      return settle(unwrapped(value, type), into: target, above: mark)
    }
    let ok = resultVariant(type, named: "Ok")
    let failed = resultVariant(type, named: "Err")
    branchTag(.b_tag, value, ok, to: goesOn)
    if row(type) == row(context.result) {
      emitReturn(value)
    } else {
      let isError = code.newLabel()
      branchTag(.b_tag, value, failed, to: isError)
      emit(.unreachable)
      code.bind(isError)
      let payload = payloadTypes(type, failed)
      let inner = mark
      var values: [Register] = []
      if let first = payload.first {
        let error = temporary(for: first)
        loadField(words(of: variantRow(type, failed))[0], of: value, into: error)
        values = [error]
      }
      emitReturn(buildVariant(context.result, resultVariant(context.result, named: "Err"), values, into: nil))
      release(to: inner)
    }
    code.bind(goesOn)
    let payload = payloadTypes(type, ok)
    guard let first = payload.first, representation(first) != .none else {
      release(to: mark)
      return target ?? .none
    }
    let result = temporary(for: first)
    loadField(words(of: variantRow(type, ok))[0], of: value, into: result)
    return settle(result, into: target, above: mark)
  }

  private func resultVariant(_ type: TypeID, named name: String) -> Int {
    let declaration = typed.declarations[Int(typed.types.declaration(type)!.index)]
    return declaration.variants.firstIndex { typed.symbols[$0.name] == name } ?? 0
  }

  /// `try`: the block's instructions are covered by a handler; nothing is executed to enter or leave it.
  mutating func lowerTry(_ node: NodeID, into target: Register) {
    let tree = module.tree
    let view = tree.tryExpression(node)
    let end = code.newLabel()
    let handler = code.newLabel()
    let mark = mark
    let error = temporary(.reference)
    let scope = enterScope()
    context.tryDepth += 1
    let range = code.beginHandled()
    blockOrEmpty(NodeID(tree[node].a), into: target)
    code.endHandled(range, handler: handler, register: error.index)
    context.tryDepth -= 1
    leaveScope(scope)
    code.jump(to: end)
    code.bind(handler)
    let catching = enterScope()
    let use = module.use(node)
    if use.kind == .local {
      let local = LocalID(use.index)
      if typed.locals[Int(local.index)].needsCell {
        declare(local, typed.types.nominal(typed.known.error, []))
        assign(local, error)
      } else {
        context.scoped.append(local)
        locations[Int(local.index)] = .register(error)
      }
    }
    blockOrEmpty(view.handler, into: target)
    leaveScope(catching)
    release(to: mark)
    code.bind(end)
  }
}
