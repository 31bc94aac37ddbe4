import OrusBytecode
import OrusSyntax
import OrusTypes

/// A piece of code to lower.
struct Instance: Equatable {
  enum Kind: Equatable {
    /// A function, method, lambda or initializer, as written.
    case function
    /// The default of the n-th parameter.
    case parameterDefault(UInt32)
    /// The default of the n-th field of a declaration (`function` is the declaration's index).
    case fieldDefault(UInt32)
    /// The n-th variant of an enum as a function (`function` is the declaration's index).
    case constructor(UInt32)
    /// A method taken as a value: a closure over its receiver.
    case boundMethod
    /// A function value whose result nobody sees, as one that gives nothing: a closure over it. The argument is the
    /// function's type.
    case droppedResult
    /// A method as an `any` of the type has it.
    case dynamicMethod(TypeID)
    /// The n-th field of a struct, which holds a function, called as an `any` calls a method (`function` is the
    /// declaration's index).
    case dynamicField(UInt32)
    /// Runs the whole program.
    case entry

    fileprivate var hash: UInt64 {
      switch self {
      case .function: 0
      case .boundMethod: 1
      case .droppedResult: 2
      case .entry: 3
      case .parameterDefault(let i): 1 << 32 | UInt64(i)
      case .fieldDefault(let i): 2 << 32 | UInt64(i)
      case .constructor(let i): 3 << 32 | UInt64(i)
      case .dynamicMethod(let type): 4 << 32 | UInt64(type.index)
      case .dynamicField(let i): 5 << 32 | UInt64(i)
      }
    }
  }
  let kind: Kind
  let function: FunctionID
  /// What the type parameters in scope stand for, outermost first.
  let arguments: TypeListID

  fileprivate var hash: UInt64 {
    mixed(kind.hash, UInt64(function.index) << 32 | UInt64(arguments.index))
  }
}

/// The instances that were asked for, by number of function row, and those that wait to be lowered.
///
/// What an instance refers to comes right after it, in the order of first mention: callees tend to stand near their
/// callers in the source, so that their nodes are still in the cache, and their code in that of who runs it.
struct Instances {
  private var indices = HashIndex()
  /// Functions without type parameters, by FunctionID: the common case needs no hashing.
  private var plain: [UInt32] = []
  private(set) var all: [Instance] = []
  /// Those that wait, the next one last.
  private var waiting: [UInt32] = []
  /// How many of `all` have been put there.
  private var seen = 0

  struct Requested {
    let index: UInt32
    let isNew: Bool
  }

  mutating func request(_ kind: Instance.Kind, of function: FunctionID, _ arguments: TypeListID) -> Requested {
    let i = Int(function.index)
    let isPlain = kind == .function && arguments == .empty
    if isPlain {
      if i < plain.count, plain[i] != .max { return Requested(index: plain[i], isNew: false) }
      while plain.count <= i { plain.append(.max) }
    }
    let instance = Instance(kind: kind, function: function, arguments: arguments)
    if !isPlain, let known = indices.find(instance.hash, { all[Int($0)] == instance }) {
      return Requested(index: known, isNew: false)
    }
    let index = UInt32(all.count)
    all.append(instance)
    if isPlain { plain[i] = index } else { indices.insert(index, instance.hash) }
    return Requested(index: index, isNew: true)
  }

  /// Gives up everything that waits: an error was reported that would come again without end.
  mutating func drop() {
    waiting.removeAll()
    seen = all.count
  }

  mutating func takeNext() -> UInt32? {
    for index in (seen..<all.count).reversed() { waiting.append(UInt32(index)) }
    seen = all.count
    return waiting.popLast()
  }
}
