import OrusDiagnostics
import OrusSyntax

/// Arguments against the parameters of a function that is known by name.
extension Checker {
  /// What a call passes for each parameter.
  private struct Slots {
    var values: [NodeID?]
    var variadic: [NodeID] = []
    var usesNames = false
    var isWrong = false
  }

  /// Checks the arguments of a call, `self` not among them. Gives the type of the result.
  ///
  /// - Parameters:
  ///   - isTyped: the arguments were inferred already.
  ///   - recordsPlan: whether the call's arguments are all the function gets; not for free builtins, whose first is the
  ///     receiver.
  mutating func checkArguments(
    _ call: NodeID, _ id: FunctionID, _ parameters: [TypeID], _ result: TypeID, _ given: NodeList,
    isTyped: Bool = false, recordsPlan: Bool = true
  ) -> TypeID {
    let home = trees[Int(program.functions[Int(id.index)].module)]
    let module = program.functions[Int(id.index)].module
    let nodes = home.list(home.function(program.functions[Int(id.index)].node).parameters)
    let first = program.functions[Int(id.index)].hasSelf ? 1 : 0
    let isVariadic = program.functions[Int(id.index)].isVariadic
    guard nodes.count == parameters.count else {
      // Its declaration could not be read.
      absorbArguments(call)
      return result
    }
    let isLibrary = program.modules[Int(module)].isLibrary || Int(module) == currentIndex && current.isLibrary
    func why(_ i: Int) -> Reason {
      isLibrary ? .none : Reason(kind: .parameter, module: Int32(module), node: nodes[first + i])
    }
    let isPlain = first + given.count == parameters.count && !isVariadic
      && given.allSatisfy { tree.kind($0) != .namedArgument && tree.kind($0) != .spreadArgument }
    if isPlain {
      // Function expressions last: the other arguments tell what they are given.
      var hasLambda = false
      for (i, argument) in given.enumerated() {
        if tree.kind(argument) == .lambda, !isTyped { hasLambda = true } else {
          fit(argument, parameters[first + i], why(i), isTyped: isTyped)
          noteArgument(argument, call, id, first + i, parameters[first + i])
        }
      }
      if hasLambda {
        for (i, argument) in given.enumerated() where tree.kind(argument) == .lambda {
          check(argument, parameters[first + i], why(i))
          noteArgument(argument, call, id, first + i, parameters[first + i])
        }
      }
      return shallow(result)
    }
    let info = program.functions[Int(id.index)]
    let slots = assign(given, call, info, home, nodes.dropFirst(first).map { $0 })
    if slots.isWrong {
      if !isTyped { absorbArguments(call) }
      // What the arguments would have told is not asked for.
      for parameter in parameters.dropFirst(first) { poison(parameter) }
      poison(result)
      return resolve(result)
    }
    for (i, value) in slots.values.enumerated() {
      guard let value else { continue }
      fit(value, parameters[first + i], why(i), isTyped: isTyped)
      noteArgument(value, call, id, first + i, parameters[first + i])
    }
    if info.isVariadic {
      let last = parameters.count - 1
      checkVariadic(slots.variadic, parameters[last], why(last - first), isTyped)
    }
    if recordsPlan {
      var plan: [PlannedArgument] = []
      for (i, value) in slots.values.enumerated() {
        if info.isVariadic, i == slots.values.count - 1, value == nil {
          plan.append(.variadic(slots.variadic))
        } else {
          plan.append(value.map { .value($0) } ?? .parameterDefault)
        }
      }
      current.plans[call] = plan
    }
    return shallow(result)
  }

  /// Remembers an argument of which it is known only when all bodies are checked whether the function may have it.
  private mutating func noteArgument(
    _ argument: NodeID, _ call: NodeID, _ id: FunctionID, _ parameter: Int, _ wanted: TypeID
  ) {
    switch kind(type(of: argument)) {
    case .fixedArray where kind(wanted) == .array:
      fixedArguments.append(
        FixedArgument(module: currentIndex, node: argument, function: id, parameter: parameter))
    case .function:
      let declared = program.types[program.functions[Int(id.index)].parameters[parameter]]
      guard declared.kind == .parameter, program.parameters[Int(declared.a)].constraints.contains(.sendable) else {
        return
      }
      sentFunctions.append(SentFunction(module: currentIndex, call: call, argument: argument))
    default: break
    }
  }

  /// A named argument of what has no names for its parameters: a value, or the builtin of that name.
  mutating func reportNamed(_ argument: NodeID, _ builtin: String?) {
    if tree.isReported(argument) { return }
    report(TypeMessage.namedArgumentToValue(span(argument), builtin: builtin))
  }

  private mutating func checkVariadic(_ values: [NodeID], _ parameter: TypeID, _ why: Reason, _ isTyped: Bool) {
    let list = shallow(parameter)
    guard program.types.kind(list) == .array else { return }
    let element = TypeID(program.types[list].a)
    // An array among the values is kept in the list.
    let whyElement = kind(element) == .array ? reason(.element) : why
    for value in values {
      if tree.kind(value) == .spreadArgument {
        fit(NodeID(tree[value].a), list, why, isTyped: isTyped)
      } else {
        fit(value, element, whyElement, isTyped: isTyped)
      }
    }
  }

  /// Finds the parameter of each argument, and reports what does not fit.
  private mutating func assign(
    _ given: NodeList, _ call: NodeID, _ info: FunctionInfo, _ home: SyntaxTree, _ nodes: [NodeID]
  ) -> Slots {
    var slots = Slots(values: Array(few: nil, count: nodes.count))
    let fixed = info.isVariadic ? nodes.count - 1 : nodes.count
    let names = nodes.map { Symbol(home[$0].a) }
    let function = info.name == 0 ? nil : text(Symbol(info.name - 1))
    let declared: Span? = inputs[Int(info.module)].isLibrary ? nil : home.tokenSpan(info.node)
    var position = 0
    var surplus = 0
    for argument in given {
      switch tree.kind(argument) {
      case .namedArgument:
        slots.usesNames = true
        let symbol = Symbol(tree[argument].a)
        guard let i = names.firstIndex(of: symbol) else {
          if !tree.isReported(argument) {
            report(
              TypeMessage.unknownArgument(
                text(symbol), at: tokenSpan(argument), function: function ?? "this function",
                nearest: nearestName(text(symbol), among: names.map { text($0) })))
          }
          slots.isWrong = true
          continue
        }
        if slots.values[i] != nil {
          report(TypeMessage.argumentTwice(text(symbol), at: tokenSpan(argument)))
          slots.isWrong = true
          continue
        }
        slots.values[i] = NodeID(tree[argument].b)
      case .spreadArgument:
        if info.isVariadic, position >= fixed {
          slots.variadic.append(argument)
        } else {
          report(TypeMessage.spreadMisplaced(span(argument)))
          slots.isWrong = true
        }
      default:
        if slots.usesNames, !slots.isWrong {
          report(TypeMessage.positionalBehindNamed(span(argument)))
          slots.isWrong = true
        } else if position < fixed {
          slots.values[position] = argument
        } else if info.isVariadic {
          slots.variadic.append(argument)
        } else {
          surplus += 1
        }
        position += 1
      }
    }
    if slots.isWrong { return slots }
    func hasDefault(_ i: Int) -> Bool { !home.parameter(nodes[i]).defaultValue.isNone }
    let missing = (0..<fixed).filter { slots.values[$0] == nil && !hasDefault($0) }
    if surplus > 0 || !missing.isEmpty {
      slots.isWrong = true
      if slots.usesNames, surplus == 0, let i = missing.first {
        report(
          TypeMessage.missingArgument(
            span(call), parameter: text(names[i]), function: function ?? "this function", declared: declared))
      } else {
        let least = (0..<fixed).filter { !hasDefault($0) }.count
        report(
          TypeMessage.argumentCount(
            span(call), function: function, expected: least...(info.isVariadic ? Int.max : max(least, fixed)),
            found: given.count, declared: declared))
      }
    }
    return slots
  }
}
