import Glibc
import OrusBytecode

extension VM {
  /// A machine at the program's entry, its arguments in place. Nil where the system has no memory for it.
  init?(_ program: Program, limits: Limits, io: RunIO, stop: StopFlag, collector: CollectorOptions) {
    let frames = max(1, limits.maxFrames)
    // Each active call may have all registers; what is not touched costs nothing.
    let windows = (frames + VM.nativeDepthLimit + 2) * VM.windowBytes
      + VM.nativeDepthLimit * VM.guaranteedRoots * 8 + VM.stackMargin
    guard let callStack = StackMemory(bytes: (frames + 16) * 8),
      let scalarStack = StackMemory(bytes: windows), let referenceStack = StackMemory(bytes: windows),
      let spillStack = StackMemory(bytes: 1 << 30),
      case let types = RuntimeTypes(program.types),
      var heap = Heap(maxBytes: limits.maxHeap, options: collector, types: types.rows)
    else { return nil }

    let code = UnsafeMutablePointer<UInt32>.allocate(capacity: program.code.count + 1)
    program.code.withUnsafeBufferPointer { code.update(from: $0.baseAddress!, count: $0.count) }
    let stub = UnsafeMutablePointer<UInt32>.allocate(capacity: 3)
    stub[0] = UInt32(Opcode.call.rawValue)
    stub[1] = 0
    stub[2] = UInt32(Opcode.unreachable.rawValue)

    let functions = UnsafeMutablePointer<FunctionInfo>.allocate(capacity: program.functions.count)
    let functionValues = UnsafeMutablePointer<Reference>.allocate(capacity: program.functions.count)
    for (index, row) in program.functions.enumerated() {
      var scalars: UInt16 = 0
      var references: UInt16 = 0
      for parameter in program.type(row.type).parameters {
        switch program.type(parameter).representation {
        case .none: break
        case .scalar: scalars += 1
        case .reference: references += 1
        }
      }
      let entry = UnsafePointer(code) + Int(row.entry)
      (functions + index).initialize(to: FunctionInfo(
        entry: entry, end: entry + Int(row.length), scalarParameters: scalars, referenceParameters: references,
        referenceRegisters: row.referenceRegisters,
        clearCount: row.referenceRegisters > references ? row.referenceRegisters - references : 0,
        scalarSpills: row.scalarSpills, referenceSpills: row.referenceSpills, captures: row.captures.index))
      let value = heap.permanent.allocate(16)
      value.header = UInt64(row.type.index)
      value.words[0] = Int64(index)
      (functionValues + index).initialize(to: value)
    }
    let order = program.functions.indices.sorted { program.functions[$0].entry < program.functions[$1].entry }
    let functionOrder = UnsafeMutablePointer<UInt32>.allocate(capacity: order.count)
    for (position, index) in order.enumerated() { functionOrder[position] = UInt32(index) }

    let emptyStorages = heap.permanent.allocate(64)
    for raw in UInt8(0)..<4 {
      let row = types.storageRow(ElementKind(rawValue: raw)!)
      Mark(emptyStorages + 16 * Int(raw)).set()
      (emptyStorages + 16 * Int(raw)).header = UInt64(row)
    }

    let globalCount = program.globals.count
    let globals = UnsafeMutablePointer<Int64>.allocate(capacity: globalCount + 1)
    let globalIsSet = UnsafeMutablePointer<UInt8>.allocate(capacity: globalCount + 1)
    let globalReferences = UnsafeMutablePointer<Reference>.allocate(capacity: globalCount + 1)
    globals.initialize(repeating: 0, count: globalCount + 1)
    globalIsSet.initialize(repeating: 0, count: globalCount + 1)
    globalReferences.initialize(repeating: nil, count: globalCount + 1)
    let handlers = UnsafeMutablePointer<HandlerRow>.allocate(capacity: program.handlers.count + 1)
    for (index, row) in program.handlers.enumerated() { (handlers + index).initialize(to: row) }
    let constants = UnsafeMutablePointer<Reference>.allocate(capacity: program.strings.count)
    constants.initialize(repeating: nil, count: program.strings.count)

    let calls = callStack.base.assumingMemoryBound(to: UnsafePointer<UInt32>.self)
    calls[0] = UnsafePointer(stub + 2)
    let s = scalarStack.base.assumingMemoryBound(to: Int64.self)
    let r = referenceStack.base.assumingMemoryBound(to: Reference.self)
    machine = .allocate(capacity: 1)
    machine.initialize(to: Machine(
      pc: functions[Int(program.entry)].entry, s: s, r: r, csp: calls + 1, fuel: 0, rootTop: r + 256,
      callStack: callStack, scalarStack: scalarStack, referenceStack: referenceStack, spillStack: spillStack,
      callLimit: calls + frames, spillFrame: nil, spillScalars: s, spillReferences: r, stub: stub, code: code,
      functions: functions, functionCount: program.functions.count, functionOrder: functionOrder,
      lastFunction: program.entry, types: types, constants: constants, functionValues: functionValues,
      globals: globals, globalIsSet: globalIsSet, globalReferences: globalReferences, globalCount: globalCount,
      handlers: handlers, handlerCount: program.handlers.count, errorType: program.errorType.index, heap: heap,
      emptyStorages: emptyStorages, output: Output(io), stepsLeft: limits.maxSteps, stop: stop, program: program,
      lineStarts: Array(repeating: [], count: program.sources.count), input: io.input,
      dynamicMethods: DynamicMethods(program.dynamicMethods), reachesSystem: io.reachesSystem))
    for (index, bytes) in program.strings.enumerated() {
      constants[index] = bytes.withUnsafeBytes { allocatePermanentString($0) }
    }
  }

  func deallocate() {
    let pointee = machine.pointee
    pointee.heap.deallocate()
    pointee.text.deallocate()
    pointee.output.buffer.deallocate()
    for memory in [pointee.callStack, pointee.scalarStack, pointee.referenceStack, pointee.spillStack] {
      memory.deallocate()
    }
    pointee.types.deallocate()
    pointee.code.deallocate()
    pointee.stub.deallocate()
    pointee.functions.deallocate()
    pointee.functionValues.deallocate()
    pointee.functionOrder.deallocate()
    pointee.globals.deallocate()
    pointee.dynamicMethods.deallocate()
    pointee.globalIsSet.deallocate()
    pointee.globalReferences.deallocate()
    pointee.handlers.deallocate()
    pointee.constants.deallocate()
    machine.deinitialize(count: 1)
    machine.deallocate()
  }
}
