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

/// Why a function cannot be sent.
private enum SentRefusal {
  /// It is a closure over a variable that may be assigned again.
  case variable(LocalID)
  /// It is a closure over something that cannot be sent.
  case capture(LocalID)
  /// Nothing shows what function it is.
  case unknown
}

/// What has been looked at on the way from a function to what goes with it.
private enum SentPart: Hashable {
  case function(FunctionID)
  case global(UInt32)
}

/// The type of a function does not say whether it is a closure over a `mut`
/// variable, but the argument of a call may: a function's name, a function
/// expression, or a `let` that holds one of these. What it captures is known when
/// all bodies are checked.
extension Checker {
  mutating func checkSentFunctions() {
    for sent in sentFunctions {
      enterModule(sent.module)
      var visited: Set<SentPart> = []
      if let refusal = refusal(ofValue: sent.argument, &visited) { report(refusal, of: sent.argument) }
    }
    for type in sentTypes {
      enterModule(type.module)
      let isSeen = sentFunctions.contains {
        $0.module == type.module && (tree[$0.call].a == type.callee.index || calledField($0.call) == type.callee)
      }
      if !isSeen { report(type.refusal) }
    }
  }

  private mutating func refusal(ofValue value: NodeID, _ visited: inout Set<SentPart>) -> SentRefusal? {
    let use = current.use(value)
    switch (tree.kind(value), use.kind) {
    case (.parenthesized, _), (.instantiation, _): return refusal(ofValue: NodeID(tree[value].a), &visited)
    case (.lambda, _), (_, .function): return refusal(of: FunctionID(use.index), &visited)
    case (_, .local):
      if let nested = program.locals[Int(use.index)].nestedFunction { return refusal(of: nested, &visited) }
      return refusal(ofVariable: localFacts[Int(use.index)].site, &visited)
    case (_, .global):
      let global = program.globals[Int(use.index)]
      guard global.module == UInt32(currentIndex), let name = moduleScopes[currentIndex].names[global.name] else {
        return .unknown
      }
      return visited.insert(.global(use.index)).inserted ? refusal(ofVariable: name.site, &visited) : nil
    default: return .unknown
    }
  }

  /// Of a variable that holds a function: where its declaration gives it the only value it ever has, that one's.
  private mutating func refusal(ofVariable pattern: NodeID, _ visited: inout Set<SentPart>) -> SentRefusal? {
    let declaration = parent(of: pattern)
    guard tree.kind(declaration) == .letStatement, tree[declaration].a == pattern.index,
      tree[declaration].detail & LetView.isMutableBit == 0, !tree.letStatement(declaration).value.isNone
    else { return .unknown }
    return refusal(ofValue: tree.letStatement(declaration).value, &visited)
  }

  /// What a function captures goes with it.
  private mutating func refusal(of id: FunctionID, _ visited: inout Set<SentPart>) -> SentRefusal? {
    guard visited.insert(.function(id)).inserted else { return nil }
    for local in program.functions[Int(id.index)].captures {
      let info = program.locals[Int(local.index)]
      let found: SentRefusal?
      if let nested = info.nestedFunction {
        found = refusal(of: nested, &visited)
      } else if info.isMutable {
        found = .variable(local)
      } else if program.types.kind(info.type) == .function {
        found = refusal(ofVariable: localFacts[Int(local.index)].site, &visited)
      } else {
        found = isSendable(info.type) ? nil : .capture(local)
      }
      switch found {
      case nil: continue
      case .unknown: return .capture(local)
      default: return found
      }
    }
    return nil
  }

  private mutating func report(_ refusal: SentRefusal, of argument: NodeID) {
    switch refusal {
    case .variable(let local):
      let name = text(program.locals[Int(local.index)].name)
      report(TypeMessage.sentVariable(span(argument), name: name, declared: localSpan(local)))
    case .capture(let local):
      let info = program.locals[Int(local.index)]
      report(
        TypeMessage.sentCapture(
          span(argument), name: text(info.name), type: name(info.type), declared: localSpan(local)))
    case .unknown:
      report(TypeMessage.sentUnknownFunction(span(argument), type: name(type(of: argument))))
    }
  }
}
