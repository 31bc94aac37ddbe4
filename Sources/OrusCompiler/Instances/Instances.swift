import OrusBytecode
import OrusTypes

/// A piece of code to lower.
struct Instance: Hashable {
  enum Kind: Hashable {
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
    /// Runs the whole program.
    case entry
  }
  let kind: Kind
  let function: FunctionID
  /// What the type parameters in scope stand for, outermost first.
  let arguments: [TypeID]
}

/// The instances that were asked for, by number of function row, and those that wait to be lowered.
struct Instances {
  private var indices: [Instance: UInt32] = [:]
  /// Functions without type parameters, by FunctionID: the common case needs no hashing.
  private var plain: [UInt32] = []
  private(set) var all: [Instance] = []
  private(set) var depths: [Int] = []
  private var next = 0

  struct Requested {
    let index: UInt32
    let isNew: Bool
  }

  mutating func request(
    _ kind: Instance.Kind, of function: FunctionID, _ arguments: [TypeID], depth: Int
  ) -> Requested {
    let i = Int(function.index)
    let isPlain = kind == .function && arguments.isEmpty
    if isPlain {
      if i < plain.count, plain[i] != .max { return Requested(index: plain[i], isNew: false) }
      while plain.count <= i { plain.append(.max) }
    }
    let instance = Instance(kind: kind, function: function, arguments: arguments)
    if !isPlain, let known = indices[instance] { return Requested(index: known, isNew: false) }
    let index = UInt32(all.count)
    all.append(instance)
    depths.append(depth)
    if isPlain { plain[i] = index } else { indices[instance] = index }
    return Requested(index: index, isNew: true)
  }

  /// Gives up everything that waits: an error was reported that would come again without end.
  mutating func drop() { next = all.count }

  mutating func takeNext() -> UInt32? {
    guard next < all.count else { return nil }
    next += 1
    return UInt32(next - 1)
  }
}
