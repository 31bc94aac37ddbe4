import OrusDiagnostics
import OrusSyntax

/// A function value that was handed to a parameter whose type has to be `Sendable`.
struct SentFunction {
  let module: Int
  let call: NodeID
  let argument: NodeID
}

/// A function type that was put in for a type parameter which has to be `Sendable`.
struct SentType {
  let module: Int
  let callee: NodeID
  /// What is to be said if no argument shows what function it is.
  let refusal: Diagnostic
}

/// The type of a function does not say whether it is a closure over a `mut`
/// variable, but the argument of a call may: a function's name or a function
/// expression. What it captures is known when all bodies are checked.
extension Checker {
  mutating func checkSentFunctions() {
    for sent in sentFunctions {
      enterModule(sent.module)
      var visited: Set<FunctionID> = []
      checkSent(sent.argument, &visited)
    }
    for type in sentTypes {
      enterModule(type.module)
      let isSeen = sentFunctions.contains {
        $0.module == type.module && (tree[$0.call].a == type.callee.index || calledField($0.call) == type.callee)
      }
      if !isSeen { report(type.refusal) }
    }
  }

  private mutating func checkSent(_ argument: NodeID, _ visited: inout Set<FunctionID>) {
    let use = current.use(argument)
    switch (tree.kind(argument), use.kind) {
    case (.parenthesized, _), (.instantiation, _): checkSent(NodeID(tree[argument].a), &visited)
    case (.lambda, _), (_, .function): checkCaptures(FunctionID(use.index), argument, &visited)
    case (_, .local) where program.locals[Int(use.index)].nestedFunction != nil:
      checkCaptures(program.locals[Int(use.index)].nestedFunction!, argument, &visited)
    default: report(TypeMessage.sentUnknownFunction(span(argument), type: name(type(of: argument))))
    }
  }

  /// What a function captures goes with it.
  private mutating func checkCaptures(_ id: FunctionID, _ argument: NodeID, _ visited: inout Set<FunctionID>) {
    guard visited.insert(id).inserted else { return }
    for local in program.functions[Int(id.index)].captures {
      let info = program.locals[Int(local.index)]
      if let nested = info.nestedFunction {
        checkCaptures(nested, argument, &visited)
      } else if info.isMutable {
        return report(TypeMessage.sentVariable(span(argument), name: text(info.name), declared: localSpan(local)))
      } else if !isSendable(info.type) {
        return report(
          TypeMessage.sentCapture(
            span(argument), name: text(info.name), type: name(info.type), declared: localSpan(local)))
      }
    }
  }
}
