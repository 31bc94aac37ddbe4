import OrusDiagnostics
import OrusSyntax

/// Something that is decided when the type it depends on is known.
struct Deferred {
  enum Kind: UInt8 {
    /// An operator node whose operands have the subject's type, which is also the result of arithmetic.
    case binary
    case negate
    case bitNot
    /// A type put in for a type parameter meets the parameter's constraints.
    case constraint
    /// `x.name`, `x.0`, not called.
    case member
    case tupleField
    /// `x.name(…)`, `name(x, …)`; the arguments are typed.
    case methodCall
    case freeMethodCall
    /// A type put in for a type parameter has a method that the function calls. other: its type as a function.
    case method
    /// `x[i]` with a typed index.
    case index
    /// The type can be iterated over; result: what it gives.
    case iterate
    /// Is an integer type, as an index or shift count.
    case integer
    case cast
    case contains
    case propagate
  }

  let kind: Kind
  let node: NodeID
  var module = 0
  /// The function that the node stands in.
  var function = FunctionID(0)
  var subject: TypeID
  var result = TypeID.error
  var other = TypeID.error
  var constraints: Constraints = []
  /// A function's or member's name.
  var symbol = Symbol(0)
  var parameter = Symbol(0)
  var flag = false

  /// Whether a function can ask it of a type parameter that inference found.
  var canBeConstraint: Bool {
    switch kind {
    case .member, .tupleField, .index, .iterate, .propagate, .contains, .cast: false
    case .binary, .negate, .bitNot, .constraint, .method, .methodCall, .freeMethodCall, .integer: true
    }
  }

  init(_ kind: Kind, _ node: NodeID, subject: TypeID) {
    self.kind = kind
    self.node = node
    self.subject = subject
  }
}

extension Checker {
  mutating func deferLater(_ entry: Deferred) {
    var entry = entry
    entry.module = currentIndex
    entry.function = function.id
    deferred.append(entry)
  }

  /// Tries what was deferred since the mark again. Settling one thing may make another known, so it goes round until
  /// nothing moves.
  mutating func settleDeferred(from mark: Int) {
    // Where no variable was bound since, what waited then waits still.
    let start = variables.epoch == settledEpoch ? max(mark, min(settledCount, deferred.count)) : mark
    var moved = true
    while moved, deferred.count > start {
      moved = false
      let waiting = Array(deferred[start...])
      deferred.removeLast(deferred.count - start)
      for entry in waiting {
        let subject = shallow(entry.subject)
        if program.types.kind(subject) == .variable {
          deferred.append(entry)
          continue
        }
        moved = true
        settle(entry, subject)
      }
    }
    settledEpoch = variables.epoch
    settledCount = deferred.count
  }

  private mutating func settle(_ entry: Deferred, _ subject: TypeID) {
    let previous = enterModule(entry.module)
    let outer = function.id
    function.id = entry.function
    defer {
      function.id = outer
      enterModule(previous)
    }
    if program.types.kind(subject) == .error {
      switch entry.kind {
      case .member, .tupleField, .methodCall, .freeMethodCall, .index, .iterate, .propagate:
        _ = unify(entry.result, .error)
      default: break
      }
      return
    }
    let row = program.types[subject]
    if row.kind == .parameter, isBeingGeneralized(row.a), !entry.canBeConstraint {
      reportUndecided(entry)
      return
    }
    switch entry.kind {
    case .binary: settleBinary(entry, subject)
    case .negate: settleNegate(entry, subject)
    case .bitNot: settleBitNot(entry, subject)
    case .constraint: settleConstraint(entry, subject)
    case .method: settleMethod(entry, subject)
    case .member: settleMember(entry, subject)
    case .tupleField: settleTupleField(entry, subject)
    case .methodCall: settleMethodCall(entry, subject)
    case .freeMethodCall: settleFreeMethodCall(entry, subject)
    case .index: settleIndex(entry, subject)
    case .iterate: settleIterate(entry, subject)
    case .integer: settleInteger(entry, subject)
    case .cast: settleCast(entry, subject)
    case .contains: settleContains(entry, subject)
    case .propagate: settlePropagate(entry, subject)
    }
  }

  /// The expression whose type has to be known.
  func subjectSpan(_ entry: Deferred) -> Span {
    let node: NodeID
    switch entry.kind {
    case .methodCall: node = NodeID(tree[calledField(entry.node)].a)
    case .freeMethodCall: node = tree.list(tree[entry.node].b).first ?? entry.node
    case .member, .tupleField, .index, .propagate: node = NodeID(tree[entry.node].a)
    case .contains: node = NodeID(tree[entry.node].b)
    default: node = entry.node
    }
    return span(node)
  }

  /// Reports what was deferred since the mark and never came to a decision.
  mutating func reportUndecided(_ entry: Deferred) {
    let previous = enterModule(entry.module)
    defer { enterModule(previous) }
    switch entry.kind {
    case .constraint, .method, .binary, .negate, .bitNot, .integer:
      return
    case .member, .tupleField, .methodCall, .freeMethodCall, .index, .iterate, .contains, .propagate, .cast:
      report(TypeMessage.annotationNeeded(subjectSpan(entry)))
      _ = unify(entry.subject, .error)
      if entry.kind != .cast { _ = unify(entry.result, .error) }
    }
  }
}
