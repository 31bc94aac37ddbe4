import OrusSyntax

/// A `match`, or one pattern, as the tests that decide it.
///
/// The tree asks about *paths* into the matched value (path 0 is the value
/// itself). On the way from the root to a leaf no path is asked the same thing
/// twice. Node 0 is the root. A node can be the target of several cases, so
/// this is an acyclic graph: a lowering that gives each node one label, and
/// each arm's body one label, emits everything once.
///
/// What a lowering does at each node:
///
/// - `leaf`: moves the values at the paths of `bindings` into their variables and jumps to the body of `arm`.
/// - `guarded`: binds likewise, evaluates the guard of `arm`, jumps to its body if that is true, else to `otherwise`.
/// - `fail`: nothing matches. An exhaustive match has none.
/// - a test: looks at the value at `path` and jumps to the target of the one case that holds, else to `otherwise`
///   (`none` where the cases cover every value).
///
/// The values at a node's path exist there: the tests above it have made sure of the variant or the length.
public struct DecisionTree: Sendable {
  public static let none = UInt32.max

  public enum Kind: UInt8, CaseIterable, Sendable {
    case leaf, guarded, fail
    /// A `bool`. `Case.low` is 0 or 1.
    case boolean
    /// An enum. `Case.low` is the variant's position.
    case variant
    /// An integer type. Cases are the ranges `low...high`, ascending and disjoint; both are sign- or zero-extended
    /// to 64 bits as the path's type has it.
    case integer
    /// An array's length. Cases are the ranges `low...high`, ascending and disjoint; the last `high` may be
    /// `DecisionTree.anyLength`.
    case length
    /// A string. `Case.low` is the index of a `Symbol`.
    case text
    /// An `f64`. `Case.low` is the bit pattern; compared with `==` (so that 0.0 is also -0.0).
    case float
    /// Literals on a type parameter or on `any`. `Case.low` is the index of the literal's expression node, or of the
    /// path of a constant; compared with `==` of the concrete type.
    case literal
    /// A range of floats, strings or a parameter's type, or equality with an array or tuple constant. One case,
    /// taken where the value matches; its `low` is the pattern's node (rangePattern or constructorPattern).
    case test
  }

  public struct Node: Sendable {
    public let kind: Kind
    /// Of a test: what is asked.
    public let path: UInt32
    /// Of `leaf` and `guarded`: the arm, by its position in the match.
    public let arm: UInt32
    /// Cases of a test; bindings of a `leaf` or `guarded` node.
    public let first: UInt32
    public let count: UInt32
    /// Node where no case holds, or the guard is false; `DecisionTree.none` where that cannot be.
    public internal(set) var otherwise: UInt32

    /// It has cases; any other kind may have bindings.
    public var isTest: Bool {
      switch kind {
      case .leaf, .guarded, .fail: false
      case .boolean, .variant, .integer, .length, .text, .float, .literal, .test: true
      }
    }
  }

  public struct Case: Sendable {
    public let low: UInt64
    public internal(set) var high: UInt64
    public internal(set) var target: UInt32
  }

  public struct Binding: Sendable {
    /// The bindingPattern or restPattern; its `Use` is the local (or, in a module-level `let`, the global) it binds.
    public let node: NodeID
    public let path: UInt32
  }

  public enum Step: UInt8, CaseIterable, Sendable {
    /// The matched value itself; only path 0.
    case root
    /// Element `index` of a tuple, or field `index` of a struct.
    case field
    /// Payload `index` of variant `variant` of an enum.
    case payload
    /// Element `index` of an array from its front.
    case element
    /// Element `length - index` of an array: 1 is the last one.
    case elementFromEnd
    /// A copy of the elements from `index` on without the last `variant` ones. Only bound, never tested.
    case slice
  }

  public struct Path: Hashable, Sendable {
    /// The path of the value that this one is a part of.
    public let parent: UInt32
    public let step: Step
    public let index: UInt32
    /// Of `payload` the variant; of `slice` how many elements it leaves at the end; else 0.
    public let variant: UInt32

    /// Parts of one value that are in different groups are never there together.
    public var group: UInt32 { step == .payload ? variant : 0 }
  }

  /// The longest length a case of `length` can name: longer than any array.
  public static let anyLength = UInt64(Int32.max)

  public internal(set) var nodes: [Node] = []
  public internal(set) var cases: [Case] = []
  public internal(set) var bindings: [Binding] = []
  /// A parent stands before its parts.
  public internal(set) var paths: [Path] = []
  /// The type of the value at each path, as the side tables have it (it may mention type parameters).
  public internal(set) var pathTypes: [TypeID] = []
  /// Whether each arm is reached by some leaf.
  public internal(set) var isReached: [Bool] = []
  /// The construction met `TreeBuilder.budget` and stopped; the tree is not usable, and the checker has reported it.
  public internal(set) var isOverBudget = false

  /// Empty, with the room it has.
  mutating func removeAll() {
    nodes.removeAll(keepingCapacity: true)
    cases.removeAll(keepingCapacity: true)
    bindings.removeAll(keepingCapacity: true)
    paths.removeAll(keepingCapacity: true)
    pathTypes.removeAll(keepingCapacity: true)
    isReached.removeAll(keepingCapacity: true)
    isOverBudget = false
  }

  /// A copy that shares no memory, none of it larger than it has to be.
  func copied() -> DecisionTree {
    func copy<Row>(_ rows: [Row]) -> [Row] { rows.withUnsafeBufferPointer { Array($0) } }
    var tree = DecisionTree()
    tree.nodes = copy(nodes)
    tree.cases = copy(cases)
    tree.bindings = copy(bindings)
    tree.paths = copy(paths)
    tree.pathTypes = copy(pathTypes)
    tree.isReached = copy(isReached)
    tree.isOverBudget = isOverBudget
    return tree
  }

  public func cases(_ node: Node) -> ArraySlice<Case> { cases[Int(node.first)..<Int(node.first + node.count)] }
  public func bindings(_ node: Node) -> ArraySlice<Binding> { bindings[Int(node.first)..<Int(node.first + node.count)] }

  /// The tree of a `match` node of a program without errors. Building it costs time in proportion to its size; for a
  /// generic function build it once, not once an instance.
  public static func match(_ node: NodeID, module: Int, of program: TypedProgram) -> DecisionTree {
    var builder = TreeBuilder(module: program.modules[module], program: program)
    builder.addArms(of: node)
    builder.build()
    return builder.tree
  }

  /// The tree of one pattern as in `let`, `for`, `if let`, `while let` and `matches`: arm 0 where it matches, a `fail`
  /// node where it may not.
  public static func pattern(_ node: NodeID, module: Int, of program: TypedProgram) -> DecisionTree {
    var builder = TreeBuilder(module: program.modules[module], program: program)
    builder.addArm(pattern: node, isGuarded: false)
    builder.build()
    return builder.tree
  }
}
