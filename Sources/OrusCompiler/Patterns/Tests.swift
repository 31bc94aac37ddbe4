import OrusBytecode
import OrusSyntax
import OrusTypes

/// The test of one node of a decision tree: branches to its cases' labels, and
/// falls out at the end where none holds.
extension Lowering {
  mutating func emitTest(_ node: DecisionTree.Node, _ emission: TreeEmission) {
    let value = emission.registers[Int(node.path)]
    let type = emission.types[Int(node.path)]
    let cases = emission.tree.cases(node)
    let isTotal = node.otherwise == DecisionTree.none
    switch node.kind {
    case .leaf, .guarded, .fail: break
    case .boolean: booleanTest(value, cases, isTotal, emission)
    case .variant: variantTest(value, type, cases, isTotal, emission)
    case .integer: integerTest(value, type, cases, isTotal, emission)
    case .length:
      let length = temporary(.scalar)
      emit(.array_len, length, value)
      integerTest(length, TypeID.i32, cases, isTotal, emission)
    case .text:
      let wanted = temporary(.reference)
      let equal = temporary(.scalar)
      for choice in cases {
        text(Symbol(UInt32(choice.low)), into: wanted)
        emit(.eq_string, equal, value, wanted)
        branch(.b_true, equal, to: label(choice, emission))
      }
    case .float:
      let wanted = temporary(.scalar)
      for choice in cases {
        constant(choice.low, .f64, into: wanted)
        branch(.b_eq_f64, value, wanted, to: label(choice, emission))
      }
    case .literal:
      for choice in cases { literalTest(NodeID(UInt32(choice.low)), value, type, label(choice, emission)) }
    case .test:
      for choice in cases { patternTest(NodeID(UInt32(choice.low)), value, type, label(choice, emission)) }
    }
  }

  private func label(_ choice: DecisionTree.Case, _ emission: TreeEmission) -> Label {
    emission.labels[Int(choice.target)]
  }

  private mutating func booleanTest(
    _ value: Register, _ cases: ArraySlice<DecisionTree.Case>, _ isTotal: Bool, _ emission: TreeEmission
  ) {
    for (i, choice) in cases.enumerated() {
      if isTotal && i == cases.count - 1 {
        code.jump(to: label(choice, emission))
      } else {
        branch(choice.low != 0 ? .b_true : .b_false, value, to: label(choice, emission))
      }
    }
  }

  private mutating func variantTest(
    _ value: Register, _ type: TypeID, _ cases: ArraySlice<DecisionTree.Case>, _ isTotal: Bool,
    _ emission: TreeEmission
  ) {
    let some = UInt64(someVariant)
    if isOption(type) {
      for (i, choice) in cases.enumerated() {
        // The way on must know that the option is not null, so that even the last case is a branch where it is Some.
        if isTotal && i == cases.count - 1 && (i > 0 || choice.low != some) {
          code.jump(to: label(choice, emission))
        } else {
          branch(choice.low == some ? .b_not_null : .b_null, value, to: label(choice, emission))
        }
      }
      if isTotal && cases.count == 1 && cases.first!.low == some { emit(.unreachable) }
      return
    }
    if representation(type) == .scalar {
      integerTest(value, type, cases, isTotal, emission)
      return
    }
    let declaration = typed.declarations[Int(typed.types.declaration(type)!.index)]
    let count = declaration.variants.count
    if cases.count > 2 {
      var labels: [Label] = []
      let fallback = code.newLabel()
      for variant in 0..<count {
        labels.append(cases.first { $0.low == variant }.map { label($0, emission) } ?? fallback)
      }
      code.table(.switch_tag, value.index, labels)
      code.bind(fallback)
      return
    }
    // Branches rather than a jump for the last, so that each way knows its variant.
    for choice in cases { branchTag(.b_tag, value, Int(choice.low), to: label(choice, emission)) }
    if isTotal { emit(.unreachable) }
  }

  /// Ranges of integers in ascending order: a table where they are single and dense, comparisons otherwise, halving
  /// where there are many.
  private mutating func integerTest(
    _ value: Register, _ type: TypeID, _ cases: ArraySlice<DecisionTree.Case>, _ isTotal: Bool,
    _ emission: TreeEmission
  ) {
    let isTag = scalarKind(type) == .tag
    let isSingle = cases.allSatisfy { $0.low == $0.high } || isTag
    if cases.count >= 4, isSingle, let first = cases.first, let last = cases.last {
      let low = Int64(bitPattern: first.low)
      let span = last.low &- first.low
      if span < 1024, span < UInt64(cases.count) * 4, let base = Int32(exactly: low) {
        let fallback = code.newLabel()
        var labels = [Label](repeating: fallback, count: Int(span) + 1)
        for choice in cases { labels[Int(choice.low &- first.low)] = label(choice, emission) }
        code.table(.switch_s, value.index, base: UInt32(bitPattern: base), labels)
        code.bind(fallback)
        if isTotal { emit(.unreachable) }
        return
      }
    }
    if cases.count > 8 {
      let middle = cases.startIndex + cases.count / 2
      let upper = code.newLabel()
      let none = code.newLabel()
      compareBranch(value, type, cases[middle].low, .atLeast, to: upper)
      integerTest(value, type, cases[..<middle], false, emission)
      code.jump(to: none)
      code.bind(upper)
      integerTest(value, type, cases[middle...], false, emission)
      code.bind(none)
      if isTotal { emit(.unreachable) }
      return
    }
    for (i, choice) in cases.enumerated() {
      let target = label(choice, emission)
      if isTotal && i == cases.count - 1 {
        code.jump(to: target)
      } else if choice.low == choice.high || isTag {
        compareBranch(value, type, choice.low, .equal, to: target)
      } else {
        let skip = code.newLabel()
        compareBranch(value, type, choice.low, .below, to: skip)
        compareBranch(value, type, choice.high, .atMost, to: target)
        code.bind(skip)
      }
    }
  }

  private enum Relation { case equal, below, atLeast, atMost }

  /// Branches if the value stands in the relation to a constant.
  private mutating func compareBranch(
    _ value: Register, _ type: TypeID, _ bits: UInt64, _ relation: Relation, to label: Label
  ) {
    let kind = scalarKind(type)
    let signed = Int64(bitPattern: bits)
    if let small = Int8(exactly: signed), kind != .u64 || relation == .equal && small >= 0 {
      let op: Opcode =
        switch relation {
        case .equal: .b_eq_imm
        case .below: .b_lt_imm
        case .atLeast: .b_ge_imm
        case .atMost: .b_le_imm
        }
      branch(op, value, immediate: Int(small), to: label)
      return
    }
    let mark = mark
    let bound = temporary(.scalar)
    if kind == .tag { _ = buildVariant(type, Int(bits), [], into: bound) } else { constant(bits, kind, into: bound) }
    let unsigned = kind == .u64
    switch relation {
    case .equal: branch(.b_eq_w, value, bound, to: label)
    case .below: branch(unsigned ? .b_lt_u64 : .b_lt_i, value, bound, to: label)
    case .atLeast: branch(unsigned ? .b_le_u64 : .b_le_i, bound, value, to: label)
    case .atMost: branch(unsigned ? .b_le_u64 : .b_le_i, value, bound, to: label)
    }
    release(to: mark)
  }

  /// Equality with a literal or constant whose type is only known in this instance.
  private mutating func literalTest(_ literal: NodeID, _ value: Register, _ type: TypeID, _ label: Label) {
    let mark = mark
    let wanted = expression(literal)
    equalBranch(value, wanted, type, label)
    release(to: mark)
  }

  private mutating func equalBranch(_ value: Register, _ wanted: Register, _ type: TypeID, _ label: Label) {
    if representation(type) == .scalar {
      branch(scalarKind(type) == .f64 ? .b_eq_f64 : .b_eq_w, value, wanted, to: label)
    } else {
      let equal = temporary(.scalar)
      emitEquality(type, value, wanted, into: equal)
      branch(.b_true, equal, to: label)
    }
  }

  /// A range of floats or texts, or a composite constant.
  private mutating func patternTest(_ pattern: NodeID, _ value: Register, _ type: TypeID, _ label: Label) {
    let tree = module.tree
    let row = tree[pattern]
    let mark = mark
    guard row.kind == .rangePattern else {
      let use = module.use(pattern)
      let result = temporary(for: type)
      position(pattern)
      emit(.get_global_r, result, constantRow(use.index))
      equalBranch(value, result, type, label)
      release(to: mark)
      return
    }
    let skip = code.newLabel()
    let isInclusive = row.detail & 1 != 0
    let low = expression(NodeID(row.a))
    let high = expression(NodeID(row.b))
    if representation(type) == .scalar {
      switch scalarKind(type) {
      case .f64:
        branch(.b_nle_f64, low, value, to: skip)
        branch(isInclusive ? .b_le_f64 : .b_lt_f64, value, high, to: label)
      case .u64:
        branch(.b_lt_u64, value, low, to: skip)
        branch(isInclusive ? .b_le_u64 : .b_lt_u64, value, high, to: label)
      default:
        branch(.b_lt_i, value, low, to: skip)
        branch(isInclusive ? .b_le_i : .b_lt_i, value, high, to: label)
      }
    } else {
      let order = temporary(.scalar)
      emit(.compare_string, order, value, low)
      branch(.b_lt_imm, order, immediate: 0, to: skip)
      emit(.compare_string, order, value, high)
      branch(isInclusive ? .b_le_imm : .b_lt_imm, order, immediate: 0, to: label)
    }
    code.bind(skip)
    release(to: mark)
  }
}
