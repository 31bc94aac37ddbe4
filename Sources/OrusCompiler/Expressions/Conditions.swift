import OrusBytecode
import OrusSyntax
import OrusTypes

/// Conditions become jumps; a comparison is fused with its branch.
extension Lowering {
  /// Jumps forward to the label if the condition has that value, and goes on otherwise. Names that a `let` condition or
  /// pattern binds are declared in the scope around.
  mutating func condition(_ node: NodeID, jumpIf sense: Bool, to label: Label) {
    let tree = module.tree
    let row = tree[node]
    switch row.kind {
    case .parenthesized where module.adjustment(node).isEmpty:
      condition(NodeID(row.a), jumpIf: sense, to: label)
    case .trueLiteral:
      if sense { code.jump(to: label) }
    case .falseLiteral:
      if !sense { code.jump(to: label) }
    case .logicalNot:
      condition(NodeID(row.a), jumpIf: !sense, to: label)
    case .logicalAnd, .logicalOr:
      // `and` ends early when false, `or` when true.
      let early = row.kind == .logicalOr
      if sense == early {
        condition(NodeID(row.a), jumpIf: sense, to: label)
        condition(NodeID(row.b), jumpIf: sense, to: label)
      } else {
        let skip = code.newLabel()
        condition(NodeID(row.a), jumpIf: early, to: skip)
        condition(NodeID(row.b), jumpIf: sense, to: label)
        code.bind(skip)
      }
    case .letCondition:
      // What the pattern binds may be the value itself, so it must not change with a variable.
      precondition(!sense)
      let value = stable(NodeID(row.b))
      test(NodeID(row.a), value, orElse: label)
    case .matches:
      let mark = mark
      let value = expression(NodeID(row.a))
      if sense {
        let fails = code.newLabel()
        test(NodeID(row.b), value, orElse: fails)
        code.jump(to: label)
        code.bind(fails)
      } else {
        test(NodeID(row.b), value, orElse: label)
      }
      release(to: mark)
    case .binary:
      let mark = mark
      if !fusedComparison(node, jumpIf: sense, to: label, backwards: false) {
        branch(sense ? .b_true : .b_false, expression(node), to: label)
      }
      release(to: mark)
    default:
      let mark = mark
      branch(sense ? .b_true : .b_false, expression(node), to: label)
      release(to: mark)
    }
  }

  /// At the bottom of a loop: back to the top while the condition holds.
  mutating func conditionBack(_ node: NodeID, to top: Label, exit: Label) {
    let tree = module.tree
    let mark = mark
    var test = node
    while tree.kind(test) == .parenthesized { test = NodeID(tree[test].a) }
    switch tree.kind(test) {
    case .logicalAnd:
      condition(NodeID(tree[test].a), jumpIf: false, to: exit)
      conditionBack(NodeID(tree[test].b), to: top, exit: exit)
    case .binary where fusedComparison(test, jumpIf: true, to: top, backwards: true):
      break
    case .logicalNot where module.adjustment(test).isEmpty:
      branch(.back_false, expression(NodeID(tree[test].a)), to: top)
    case .logicalOr, .logicalNot, .binary:
      condition(test, jumpIf: false, to: exit)
      code.jumpBack(to: top)
    default:
      branch(.back_true, expression(test), to: top)
    }
    release(to: mark)
  }

  /// A comparison of primitives as one branch. False, with nothing emitted, where there is no such instruction.
  private mutating func fusedComparison(
    _ node: NodeID, jumpIf sense: Bool, to label: Label, backwards: Bool
  ) -> Bool {
    let tree = module.tree
    guard module.adjustment(node).isEmpty,
      module.use(node).kind == .none || module.use(node).kind == .constrainedMethod,
      let comparison = Comparison(BinaryOperator(rawValue: tree[node].detail)!)
    else { return false }
    let left = NodeID(tree[node].a)
    let right = NodeID(tree[node].b)
    let type = type(left)
    guard representation(type) == .scalar, adjustedType(left) == type, adjustedType(right) == type else {
      return false
    }
    let kind = scalarKind(type)
    if kind == .tag,
      module.use(node).kind == .constrainedMethod || method(methodNames.equals, on: type) != nil
    {
      return false
    }
    if kind == .f64 {
      guard let op = comparison.floatBranch(sense, backwards) else { return false }
      let (x, y) = operands(left, right)
      position(node)
      branch(op, comparison.swaps ? y : x, comparison.swaps ? x : y, to: label)
      return true
    }
    let effective = sense ? comparison : comparison.negated
    if kind != .u64 || effective.isEquality, let small = smallConstant(right) {
      let x = expression(left)
      branch(effective.immediateBranch(backwards), x, immediate: small, to: label)
      return true
    }
    guard let op = effective.branch(isU64: kind == .u64, backwards) else { return false }
    let (x, y) = operands(left, right)
    branch(op, effective.swaps ? y : x, effective.swaps ? x : y, to: label)
    return true
  }

  /// The value of an integer or bool literal that fits an immediate operand.
  mutating func smallConstant(_ node: NodeID) -> Int? {
    let tree = module.tree
    let row = tree[node]
    guard module.adjustment(node).isEmpty else { return nil }
    switch row.kind {
    case .integerLiteral:
      let value = tree.integers[Int(row.a)]
      return value < 128 ? Int(value) : nil
    case .negate where tree.kind(NodeID(row.a)) == .integerLiteral:
      let value = tree.integers[Int(tree[NodeID(row.a)].a)]
      return value <= 128 ? -Int(value) : nil
    case .trueLiteral: return 1
    case .falseLiteral: return 0
    case .name:
      let use = module.use(node)
      guard use.kind == .constant, case .scalar(let bits) = typed.constants[Int(use.index)].value else { return nil }
      return Int8(exactly: Int64(bitPattern: bits)).map(Int.init)
    default: return nil
    }
  }
}

/// One of the six comparisons, and the branch opcodes for it. Greater-than is less-than with the operands swapped.
enum Comparison {
  case equal, notEqual, less, lessEqual, greater, greaterEqual

  init?(_ op: BinaryOperator) {
    switch op {
    case .equal: self = .equal
    case .notEqual: self = .notEqual
    case .less: self = .less
    case .lessEqual: self = .lessEqual
    case .greater: self = .greater
    case .greaterEqual: self = .greaterEqual
    default: return nil
    }
  }

  var isEquality: Bool { self == .equal || self == .notEqual }
  var swaps: Bool { self == .greater || self == .greaterEqual }

  /// Its opposite on values that are ordered.
  var negated: Comparison {
    switch self {
    case .equal: .notEqual
    case .notEqual: .equal
    case .less: .greaterEqual
    case .lessEqual: .greater
    case .greater: .lessEqual
    case .greaterEqual: .less
    }
  }

  func branch(isU64: Bool, _ backwards: Bool) -> Opcode? {
    switch self {
    case .equal: backwards ? .back_eq_w : .b_eq_w
    case .notEqual: backwards ? .back_ne_w : .b_ne_w
    case .less, .greater: isU64 ? (backwards ? nil : .b_lt_u64) : backwards ? .back_lt_i : .b_lt_i
    case .lessEqual, .greaterEqual: isU64 ? (backwards ? nil : .b_le_u64) : backwards ? .back_le_i : .b_le_i
    }
  }

  func immediateBranch(_ backwards: Bool) -> Opcode {
    switch self {
    case .equal: backwards ? .back_eq_imm : .b_eq_imm
    case .notEqual: backwards ? .back_ne_imm : .b_ne_imm
    case .less: backwards ? .back_lt_imm : .b_lt_imm
    case .lessEqual: backwards ? .back_le_imm : .b_le_imm
    case .greater: backwards ? .back_gt_imm : .b_gt_imm
    case .greaterEqual: backwards ? .back_ge_imm : .b_ge_imm
    }
  }

  /// With NaN a comparison and its opposite are both false, so the sense is part of the opcode.
  func floatBranch(_ sense: Bool, _ backwards: Bool) -> Opcode? {
    if backwards {
      switch self {
      case .less, .greater: return sense ? .back_lt_f64 : nil
      case .lessEqual, .greaterEqual: return sense ? .back_le_f64 : nil
      case .equal, .notEqual: return nil
      }
    }
    switch self {
    case .equal: return sense ? .b_eq_f64 : .b_ne_f64
    case .notEqual: return sense ? .b_ne_f64 : .b_eq_f64
    case .less, .greater: return sense ? .b_lt_f64 : .b_nlt_f64
    case .lessEqual, .greaterEqual: return sense ? .b_le_f64 : .b_nle_f64
    }
  }
}
