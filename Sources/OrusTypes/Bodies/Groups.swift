import OrusSyntax

/// Inferring functions whose signature is incomplete.
///
/// A function is inferred when something refers to it. If its body refers to
/// one that is being inferred already, the two need each other and are typed
/// together, each using the other's type as it is known so far; otherwise the
/// inner one is done, and generalised, before the outer one goes on. Which is
/// which is found as Tarjan's algorithm finds strongly connected components:
/// every function on the stack has a number, and the lowest number that its
/// body reaches.
struct FunctionState {
  enum Phase: UInt8 {
    /// The signature is written out, or was inferred.
    case known
    /// Nothing has referred to it yet.
    case pending
    /// Its body is being checked.
    case inferring
    /// Its body is checked, but it belongs to a function that is still being inferred.
    case grouped
  }
  var phase = Phase.known
  /// Its body has been checked, or is being checked.
  var bodyStarted = false
  var defaultsChecked = false
  var position = 0
  /// Type parameters that inference added; they stand last.
  var inferredParameters = 0
  /// Type parameters of the impl around it; they stand first.
  var ownerParameters = 0
  /// A nested function: whoever declares it checks it.
  var isNested = false
  /// The block that declares a nested function, and the local for its closure.
  var block: UInt32 = 0
  var nestedLocal: LocalID?
  /// Library bodies are checked when something refers to them.
  var isOnDemand = false
}

struct Groups {
  struct Frame {
    let function: FunctionID
    var low: Int
    let mark: OpenMark
    let level: Int32
  }

  /// Functions being inferred, or waiting for one below them.
  var frames: [Frame] = []
  /// Positions of those whose bodies are being checked, innermost last.
  var active: [Int] = []
  /// Uses of functions that have no type parameters yet.
  var uses: [(module: Int, node: NodeID, function: FunctionID)] = []
  /// Parameters from here on are those of the group that is being generalised.
  var firstGeneralized = UInt32.max
}

extension Checker {
  func isBeingGeneralized(_ parameter: UInt32) -> Bool { parameter >= groups.firstGeneralized }

  func openMark() -> OpenMark {
    OpenMark(
      nodes: open.nodes.count, uses: open.uses.count, locals: open.locals.count, functions: open.functions.count,
      deferred: deferred.count, literals: literals.count, variables: variables.states.count)
  }

  /// Sees to it that a function's signature is there, as far as it can be.
  mutating func prepare(_ id: FunctionID) {
    let state = states[Int(id.index)]
    switch state.phase {
    case .known:
      if state.isOnDemand, !state.bodyStarted {
        states[Int(id.index)].bodyStarted = true
        demanded.append(id)
      }
    case .pending:
      if state.isNested {
        // Referred to before its declaration is reached: its type is found as the block goes on.
        declareInferredSignature(id)
        states[Int(id.index)].phase = .inferring
        states[Int(id.index)].position = groups.active.last ?? 0
      } else {
        infer(id)
      }
    case .inferring, .grouped:
      if let active = groups.active.last { groups.frames[active].low = min(groups.frames[active].low, state.position) }
    }
  }

  /// Whether a use of this function has to wait for its type parameters.
  mutating func isUngeneralized(_ id: FunctionID) -> Bool {
    let phase = states[Int(id.index)].phase
    return phase == .inferring || phase == .grouped
  }

  /// Variables for what a function's signature leaves out.
  mutating func declareInferredSignature(_ id: FunctionID) {
    let i = Int(id.index)
    for p in program.functions[i].parameters.indices where program.functions[i].parameters[p] == Variables.unbound {
      let variable = newVariable()
      program.functions[i].parameters[p] = variable
    }
    if program.functions[i].result == Variables.unbound { program.functions[i].result = newVariable() }
    open.functions.append(id)
  }

  private mutating func infer(_ id: FunctionID) {
    if id.index < bounds.firstFunction { bounds.isBroken = true }
    let position = groups.frames.count
    variables.level += 1
    groups.frames.append(Groups.Frame(function: id, low: position, mark: openMark(), level: variables.level))
    groups.active.append(position)
    states[Int(id.index)].phase = .inferring
    states[Int(id.index)].position = position
    states[Int(id.index)].bodyStarted = true
    declareInferredSignature(id)
    withoutLocals { $0.checkBody(of: id) }
    finishInference(position)
  }

  /// The nested function that is declared here, at its declaration.
  mutating func inferNested(_ id: FunctionID) {
    let state = states[Int(id.index)]
    states[Int(id.index)].bodyStarted = true
    guard state.phase == .pending else {
      checkBody(of: id)
      return
    }
    let position = groups.frames.count
    variables.level += 1
    groups.frames.append(Groups.Frame(function: id, low: position, mark: openMark(), level: variables.level))
    groups.active.append(position)
    states[Int(id.index)].phase = .inferring
    states[Int(id.index)].position = position
    declareInferredSignature(id)
    checkBody(of: id)
    // A closure exists once, so it has one type.
    if !program.functions[Int(id.index)].captures.isEmpty {
      groups.frames.removeLast(groups.frames.count - position)
      groups.active.removeLast()
      variables.level -= 1
      lowerLevels(of: id)
      states[Int(id.index)].phase = .known
      return
    }
    finishInference(position)
  }

  /// The variables of a function that is not generalised belong to the function around it.
  private mutating func lowerLevels(of id: FunctionID) {
    let info = program.functions[Int(id.index)]
    for type in info.parameters + [info.result] {
      let variable = newVariable()
      _ = unify(variable, type)
    }
  }

  private mutating func finishInference(_ position: Int) {
    groups.active.removeLast()
    let frame = groups.frames[position]
    if frame.low == position {
      let members = groups.frames[position...].map(\.function)
      generalize(members, from: frame.mark, level: frame.level)
      groups.frames.removeLast(groups.frames.count - position)
      for member in members { states[Int(member.index)].phase = .known }
    } else {
      states[Int(frame.function.index)].phase = .grouped
      if let parent = groups.active.last { groups.frames[parent].low = min(groups.frames[parent].low, frame.low) }
    }
    variables.level -= 1
  }

  /// Checks a body as if nothing were around it.
  mutating func withoutLocals(_ check: (inout Checker) -> Void) {
    let hidden = scopes.hideAll()
    let module = currentIndex
    let outer = function
    let names = reportedNames
    reportedNames = []
    let outerLoops = loops
    check(&self)
    loops = outerLoops
    reportedNames = names
    function = outer
    enterModule(module)
    scopes.show(hidden)
  }

  /// Checks the body of a function whose signature is complete.
  mutating func checkComplete(_ id: FunctionID) {
    states[Int(id.index)].bodyStarted = true
    let mark = openMark()
    variables.level += 1
    let level = variables.level
    withoutLocals { $0.checkBody(of: id) }
    if open.nodes.count > mark.nodes || deferred.count > mark.deferred || open.locals.count > mark.locals
      || open.functions.count > mark.functions || open.uses.count > mark.uses || literals.count > mark.literals
    {
      generalize([], from: mark, level: level)
    }
    variables.level -= 1
    forgetVariables()
  }

  /// Variable numbers can be used again once nothing mentions them.
  mutating func forgetVariables() {
    if variables.level == 0, isQuiet, groups.frames.isEmpty {
      variables.states.removeAll(keepingCapacity: true)
      variables.epoch += 1
    }
  }
}
