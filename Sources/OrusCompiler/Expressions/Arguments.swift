import OrusBytecode
import OrusSyntax
import OrusTypes

/// Where one of several values comes from that are to stand in consecutive registers.
enum ValueSource {
  case node(NodeID)
  /// A value that is in a register already, below the window.
  case register(Register)
  /// The result of a function without parameters: a default.
  case call(UInt32)
  /// A variadic parameter's elements, as a new array.
  case variadic([NodeID])
}

/// Values in consecutive registers of both windows, and where each window's begin.
struct CallWindow {
  let scalarBase: Int
  let referenceBase: Int
  var registers: [Register] = []
}

extension Lowering {
  /// An empty place for values of these types, for code that fills it itself.
  mutating func callWindow(_ types: [TypeID]) -> CallWindow {
    var window = CallWindow(scalarBase: context.nextScalar, referenceBase: context.nextReference)
    for type in types { window.registers.append(temporary(for: type)) }
    return window
  }

  /// Evaluates values in the given order (that of their list, if nil) into consecutive registers at the top of the
  /// windows.
  mutating func evaluate(_ sources: [ValueSource], _ types: [TypeID], order: [Int]? = nil) -> CallWindow {
    if isUnderPressure { return evaluateThroughSpills(sources, types, order: order) }
    var window = CallWindow(scalarBase: context.nextScalar, referenceBase: context.nextReference)
    if let order {
      window = callWindow(types)
      for i in order { value(of: sources[i], types[i], into: window.registers[i]) }
      return window
    }
    for (source, type) in zip(sources, types) { window.registers.append(nextValue(of: source, type)) }
    return window
  }

  /// A value into the next free register, which is also where it would be left by itself.
  private mutating func nextValue(of source: ValueSource, _ type: TypeID) -> Register {
    let representation = representation(type)
    guard case .node(let node) = source else {
      let target = temporary(representation)
      value(of: source, type, into: target)
      return target
    }
    let mark = mark
    let result = expression(node)
    release(to: mark)
    let target = temporary(representation)
    if result.representation == representation { move(result, to: target) }
    return target
  }

  private mutating func value(of source: ValueSource, _ type: TypeID, into target: Register) {
    switch source {
    case .node(let node):
      let mark = mark
      discardable(node, into: target)
      release(to: mark)
    case .register(let register): move(register, to: target)
    case .call(let function):
      code.emit(.call, UInt8(context.nextScalar), UInt8(context.nextReference), 0)
      code.word(function)
      let mark = mark
      move(temporary(target.representation), to: target)
      release(to: mark)
    case .variadic(let nodes): variadicArray(nodes, type, into: target)
    }
  }

  /// With few registers left each value waits in a spill slot until all are there.
  private mutating func evaluateThroughSpills(
    _ sources: [ValueSource], _ types: [TypeID], order: [Int]?
  ) -> CallWindow {
    let spills = (context.scalarSpills, context.referenceSpills)
    let slots = storeInSlots(sources, types, order: order)
    let window = callWindow(types)
    for (slot, register) in zip(slots, window.registers) { load(slot: slot, into: register) }
    (context.scalarSpills, context.referenceSpills) = spills
    return window
  }

  /// Evaluates values into new spill slots, one behind the other in each window, and gives their numbers.
  @discardableResult
  mutating func storeInSlots(_ sources: [ValueSource], _ types: [TypeID], order: [Int]?) -> [Int] {
    let slots = types.map { spillSlot(representation($0)) }
    for i in order ?? Array(sources.indices) {
      let mark = mark
      store(nextValue(of: sources[i], types[i]), toSlot: slots[i])
      release(to: mark)
    }
    return slots
  }

  /// What stands for each parameter of a call, and the order of evaluation where it is not the parameters'.
  mutating func sources(
    of call: NodeID, _ function: FunctionID, _ arguments: [TypeID], receiver: NodeID?
  ) -> (sources: [ValueSource], order: [Int]?) {
    let tree = module.tree
    let given = tree.list(tree[call].b)
    var sources: [ValueSource] = []
    if let receiver { sources.append(.node(receiver)) }
    guard let plan = typed.modules[moduleIndex].plans[call] else {
      for argument in given { sources.append(.node(argument)) }
      return (sources, nil)
    }
    // Arguments are evaluated as written, whatever parameter each is for.
    var written: [(position: UInt32, parameter: Int)] = []
    for entry in plan {
      switch entry {
      case .value(let node):
        written.append((node.index, sources.count))
        sources.append(.node(node))
      case .parameterDefault:
        let i = sources.count
        written.append((.max, i))
        sources.append(.call(request(.parameterDefault(UInt32(i)), function, arguments, at: call)))
      case .variadic(let nodes):
        written.append((nodes.first?.index ?? .max - 1, sources.count))
        sources.append(.variadic(nodes))
      }
    }
    let first = receiver == nil ? [] : [0]
    return (
      sources, first + written.sorted { ($0.position, $0.parameter) < ($1.position, $1.parameter) }.map(\.parameter)
    )
  }

  private mutating func variadicArray(_ nodes: [NodeID], _ type: TypeID, into target: Register) {
    let tree = module.tree
    let element = TypeID(typed.types[type].a)
    guard nodes.contains(where: { tree.kind($0) == .spreadArgument }) else {
      buildArray(nodes, row(type), element, into: target)
      return
    }
    emit(.array_new, target, row(type).index)
    for node in nodes {
      let mark = mark
      if tree.kind(node) == .spreadArgument {
        let source = expression(NodeID(tree[node].a))
        _ = callNamed("extend", on: type, [target, source], at: node)
      } else {
        let value = expression(node)
        position(node)
        emit(pushOpcode(element), target, value)
      }
      release(to: mark)
    }
  }
}
