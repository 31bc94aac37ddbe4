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

/// The values of a call as they stand in the source, the receiver first.
struct WrittenValues: RandomAccessCollection {
  let receiver: NodeID?
  let given: NodeList

  var startIndex: Int { receiver == nil ? 1 : 0 }
  var endIndex: Int { given.count + 1 }
  subscript(i: Int) -> ValueSource { .node(i == 0 ? receiver! : given[i - 1]) }
}

/// Values in consecutive registers of both windows: where each window's begin.
struct CallWindow {
  let scalarBase: Int
  let referenceBase: Int

  /// The registers from the bases on, one after another.
  var registers: WindowRegisters { WindowRegisters(scalar: scalarBase, reference: referenceBase) }
}

struct WindowRegisters {
  private var scalar: Int
  private var reference: Int

  fileprivate init(scalar: Int, reference: Int) {
    self.scalar = scalar
    self.reference = reference
  }

  mutating func next(_ representation: Representation) -> Register {
    switch representation {
    case .none: return .none
    case .scalar:
      scalar += 1
      return .scalar(min(scalar - 1, 255))
    case .reference:
      reference += 1
      return .reference(min(reference - 1, 255))
    }
  }
}

extension Lowering {
  /// An empty place for values of these types, for code that fills it itself.
  mutating func callWindow(_ types: [TypeID]) -> CallWindow {
    let window = CallWindow(scalarBase: context.nextScalar, referenceBase: context.nextReference)
    for type in types { _ = temporary(for: type) }
    return window
  }

  /// Where the values of these types stand in a window.
  mutating func registers(_ window: CallWindow, _ types: [TypeID]) -> [Register] {
    var next = window.registers
    return types.map { next.next(representation($0)) }
  }

  /// Evaluates values in the order of their list into consecutive registers at the top of the windows.
  mutating func evaluate(_ sources: some RandomAccessCollection<ValueSource>, _ types: [TypeID]) -> CallWindow {
    if isUnderPressure { return evaluateThroughSpills(Array(sources), types, order: nil) }
    let window = CallWindow(scalarBase: context.nextScalar, referenceBase: context.nextReference)
    var i = 0
    for source in sources {
      // More than there are types have been reported.
      if i == types.count { break }
      _ = nextValue(of: source, types[i])
      i += 1
    }
    return window
  }

  /// Evaluates values in the given order, or that of their list where it is nil.
  mutating func evaluate(_ sources: [ValueSource], _ types: [TypeID], order: [Int]?) -> CallWindow {
    guard let order else { return evaluate(sources, types) }
    if isUnderPressure { return evaluateThroughSpills(sources, types, order: order) }
    let window = callWindow(types)
    let targets = registers(window, types)
    for i in order { value(of: sources[i], types[i], into: targets[i]) }
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
      callWithoutArguments(function)
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
    for (slot, register) in zip(slots, registers(window, types)) { load(slot: slot, into: register) }
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

  /// What stands for each parameter of a call whose arguments are not one for each in order, and the order of
  /// evaluation; nil for any other call.
  mutating func plannedSources(of call: NodeID, _ callee: Callee) -> (sources: [ValueSource], order: [Int])? {
    guard let plan = typed.modules[moduleIndex].plans[call] else { return nil }
    var sources: [ValueSource] = []
    if let receiver = callee.receiver { sources.append(.node(receiver)) }
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
        sources.append(.call(request(.parameterDefault(UInt32(i)), callee.function, callee.arguments, at: call)))
      case .variadic(let nodes):
        written.append((nodes.first?.index ?? .max - 1, sources.count))
        sources.append(.variadic(nodes))
      }
    }
    let first = callee.receiver == nil ? [] : [0]
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
