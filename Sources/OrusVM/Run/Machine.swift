import Glibc
import OrusBytecode

/// What a call needs to know of a function.
struct FunctionInfo {
  var entry: UnsafePointer<UInt32>
  var end: UnsafePointer<UInt32>
  var scalarParameters: UInt16
  var referenceParameters: UInt16
  var referenceRegisters: UInt16
  /// Reference registers behind the parameters: cleared on entry.
  var clearCount: UInt16
  var scalarSpills: UInt16
  var referenceSpills: UInt16
  /// `TypeRow` index of `captures`.
  var captures: UInt32
}

/// Why a run ends without a panic.
enum Ending {
  case none
  case exit(Int32)
  case outputFailed(Int32)
  case interrupted
}

/// A panic that looks for its handler.
struct PendingPanic {
  var code: RuntimeCode
  var message: String
  var frames: [PanicFrame] = []
  /// Frames left out between the two ends in `frames`, and where: after that many.
  var omitted = 0
  var omittedAfter = 0
  /// Whether `frames` has been filled.
  var isTraced = false
  /// No handler stops it.
  var isFatal = false
}

/// Everything of a running program. It is reached through `VM` only, field by
/// field: no method of it is `mutating`, because the interpreter, the collector
/// and natives that call back have it in their hands at the same time.
struct Machine {
  // MARK: Registers, as last spilled by the interpreter

  var pc: UnsafePointer<UInt32>
  var s: UnsafeMutablePointer<Int64>
  var r: Slot
  /// Above the last return address.
  var csp: UnsafeMutablePointer<UnsafePointer<UInt32>>
  var fuel: Int
  /// Above the scratch roots of the running native; those begin at r + 256.
  var rootTop: Slot
  /// Whether the slots between the running frame and r + 256 are null.
  var gapIsClear = false

  // MARK: Stacks

  var callStack: StackMemory
  var scalarStack: StackMemory
  var referenceStack: StackMemory
  var spillStack: StackMemory
  /// A call that finds `csp` here is one too many.
  var callLimit: UnsafeMutablePointer<UnsafePointer<UInt32>>
  /// The spill area's top frame (null: none), its scalars and its references.
  var spillFrame: UnsafeMutableRawPointer?
  var spillScalars: UnsafeMutablePointer<Int64>
  var spillReferences: Slot
  /// How many interpreters are on the native stack.
  var nativeDepth = 0
  /// Two halt instructions behind a call: where the outermost frame of an interpreter returns to.
  var stub: UnsafeMutablePointer<UInt32>

  // MARK: The program

  var code: UnsafeMutablePointer<UInt32>
  var functions: UnsafeMutablePointer<FunctionInfo>
  var functionCount: Int
  /// Functions by entry; `functions` is in the program's order.
  var functionOrder: UnsafeMutablePointer<UInt32>
  var lastFunction: UInt32 = 0
  var types: RuntimeTypes
  /// A permanent object for each of `Program.strings`.
  var constants: UnsafeMutablePointer<Reference>
  /// A permanent function value for each function.
  var functionValues: UnsafeMutablePointer<Reference>
  var globals: UnsafeMutablePointer<Int64>
  var globalIsSet: UnsafeMutablePointer<UInt8>
  var globalReferences: UnsafeMutablePointer<Reference>
  var globalCount: Int
  var handlers: UnsafeMutablePointer<HandlerRow>
  var handlerCount: Int
  /// Type row of `Error`; void where nothing is caught.
  var errorType: UInt32

  // MARK: Heap, state of other parts

  var heap: Heap
  /// A storage object without elements for each `ElementKind`; permanent.
  var emptyStorages: UnsafeMutableRawPointer
  var output: Output
  var text = TextState()

  // MARK: Limits and endings

  /// Instructions left to the limit, beyond those in `fuel`; nil without limit.
  var stepsLeft: Int?
  /// The step limit has been caught once.
  var stepLimitWasCaught = false
  var stop: StopFlag
  var ending = Ending.none
  var panic: PendingPanic?
  var program: Program
  /// Of functions, by number, found when first asked for.
  var liveness: [UInt32: ReferenceLiveness] = [:]
  /// Byte offsets of the line starts of each source, made when first asked for.
  var lineStarts: [[UInt32]]
  let input: Int32
  let dynamicMethods: DynamicMethods
  let reachesSystem: Bool
  /// The program's file first.
  var arguments: [String] = []
}

/// Reserved address space that becomes memory as it is touched.
struct StackMemory {
  let base: UnsafeMutableRawPointer
  let bytes: Int

  /// Nil where so much cannot be reserved.
  init?(bytes: Int) {
    let memory = mmap(
      nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | Int32(MAP_NORESERVE), -1, 0)
    guard let memory, memory != MAP_FAILED else { return nil }
    base = memory
    self.bytes = bytes
  }

  func deallocate() { munmap(base, bytes) }
}

/// The machine, as every part of it passes it on.
struct VM {
  let machine: UnsafeMutablePointer<Machine>

  @inline(__always) var types: UnsafeMutablePointer<RuntimeType> { machine.pointee.types.rows }
  @inline(__always) func constantString(_ index: UInt32) -> Reference { machine.pointee.constants[Int(index)] }
  /// Only for what is rare: reading it counts references.
  var program: Program { machine.pointee.program }
  /// Collections so far: what was found by an address before the last one is stale.
  var collectionCount: Int { machine.pointee.heap.statistics.minorCollections }
  /// Calls that are active.
  var callDepth: Int {
    machine.pointee.csp - machine.pointee.callStack.base.assumingMemoryBound(to: UnsafePointer<UInt32>.self)
  }

  // MARK: Scratch roots

  /// Above the scratch roots; a native may read it, push, and set it back.
  @inline(__always) var rootTop: Slot {
    get { machine.pointee.rootTop }
    nonmutating set { machine.pointee.rootTop = newValue }
  }

  /// A new scratch root. Up to `guaranteedRoots` need no `rootRoom`.
  @inline(__always) func pushRoot(_ value: Reference) -> Slot {
    let slot = machine.pointee.rootTop
    slot.pointee = value
    machine.pointee.rootTop = slot + 1
    return slot
  }

  @inline(__always) func popRoots(_ count: Int) { machine.pointee.rootTop -= count }

  /// How many scratch roots a native may push without asking.
  static let guaranteedRoots = 1024

  /// Whether so many more scratch roots fit, with all calls that may still be made; false: E0008 is pending.
  func rootRoom(_ count: Int) -> Bool {
    let memory = machine.pointee.referenceStack
    let used = UnsafeRawPointer(machine.pointee.rootTop) - UnsafeRawPointer(memory.base)
    let calls = (machine.pointee.callLimit - machine.pointee.csp) * VM.windowBytes
    if used + calls + count * 8 + VM.stackMargin / 2 < memory.bytes { return true }
    return panic(.callDepth, VM.callDepthMessage)
  }

  /// Bytes that a call's registers take at most, on either stack.
  static let windowBytes = 256 * 8
  /// Bytes at the end of the register stacks that calls leave free.
  static let stackMargin = 1 << 20

  // MARK: Functions

  /// The function that the word belongs to.
  func function(at pc: UnsafePointer<UInt32>) -> UInt32 {
    let last = machine.pointee.lastFunction
    let functions = machine.pointee.functions
    if functions[Int(last)].entry <= pc && pc < functions[Int(last)].end { return last }
    let order = machine.pointee.functionOrder
    var low = 0
    var high = machine.pointee.functionCount
    while high - low > 1 {
      let middle = (low + high) / 2
      if functions[Int(order[middle])].entry <= pc { low = middle } else { high = middle }
    }
    machine.pointee.lastFunction = order[low]
    return order[low]
  }

  /// Above the reference registers of the running frame.
  var frameTop: Slot {
    machine.pointee.r + Int(machine.pointee.functions[Int(function(at: machine.pointee.pc))].referenceRegisters)
  }

  /// Makes the slots between the running frame and the scratch roots null.
  func clearGap() {
    if machine.pointee.gapIsClear { return }
    let top = frameTop
    let end = machine.pointee.r + 256
    if top < end { top.update(repeating: nil, count: end - top) }
    machine.pointee.gapIsClear = true
  }
}
