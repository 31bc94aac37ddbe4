import OrusDiagnostics
import OrusSyntax

/// What is reported about the patterns of one module: matches that leave values
/// out, arms that are never taken, patterns that may fail where they must not.
struct PatternChecks {
  let module: TypedModule
  let program: TypedProgram
  let source: UnsafeBufferPointer<UInt8>?
  private(set) var diagnostics: [Diagnostic] = []
  /// The trees of the matches and patterns that nothing is wrong with.
  private(set) var decisions = NumberMap<DecisionTree>()
  private var builder: TreeBuilder

  init(module: TypedModule, program: TypedProgram, source: UnsafeBufferPointer<UInt8>?) {
    self.module = module
    self.program = program
    self.source = source
    builder = TreeBuilder(module: module, program: program)
  }

  /// A `match` node.
  mutating func checkMatch(_ match: NodeID) {
    let tree = module.tree
    let arms = tree.list(tree[match].b)
    if arms.isEmpty { return }
    builder.begin()
    builder.addArms(of: match)
    guard isReadable() else { return }
    builder.build()
    if builder.tree.isOverBudget {
      diagnostics.append(PatternMessage.tooComplex(tree.tokenSpan(match)))
      return
    }
    if builder.failures.isEmpty { decisions[match] = builder.tree.copied() } else { reportMissing(match, arms) }
    for (arm, isReached) in zip(arms, builder.tree.isReached) where !isReached {
      reportUnreachable(arm, among: arms)
    }
  }

  /// The pattern of a `let`, a `for` or a comprehension's `for`.
  mutating func checkIrrefutable(_ pattern: NodeID, _ place: PatternMessage.Place) {
    if matchesAll(pattern) { return }
    guard build(pattern) else { return }
    if builder.tree.isOverBudget {
      diagnostics.append(PatternMessage.tooComplex(module.tree.span(pattern)))
    } else if let failure = builder.failures.first {
      let witness = Witness(builder, choice: failure).patterns().first ?? "_"
      diagnostics.append(PatternMessage.mayNotMatch(module.tree.span(pattern), place, witness: witness))
    } else {
      decisions[pattern] = builder.tree.copied()
    }
  }

  /// A name, or a tuple of nothing but names: most patterns are.
  private mutating func matchesAll(_ pattern: NodeID) -> Bool {
    switch module.tree.kind(pattern) {
    case .bindingPattern, .wildcardPattern: return true
    case .tuplePattern:
      for part in module.tree.list(module.tree[pattern].a) where !matchesAll(part) { return false }
      return true
    default: return false
    }
  }

  /// The pattern of `if let`, `while let` or `matches`, which may fail.
  mutating func checkRefutable(_ pattern: NodeID) {
    let kind = module.tree.kind(pattern)
    if kind == .bindingPattern || kind == .wildcardPattern { return }
    guard build(pattern) else { return }
    if builder.tree.isOverBudget {
      diagnostics.append(PatternMessage.tooComplex(module.tree.span(pattern)))
    } else {
      decisions[pattern] = builder.tree.copied()
    }
  }

  /// Builds the tree of one pattern. False if it cannot be read.
  private mutating func build(_ pattern: NodeID) -> Bool {
    builder.begin()
    builder.addArm(pattern: pattern, isGuarded: false)
    guard isReadable() else { return false }
    builder.build()
    return true
  }

  private mutating func isReadable() -> Bool {
    for range in builder.reader.emptyRanges {
      diagnostics.append(PatternMessage.emptyRange(module.tree.span(range)))
    }
    return !builder.reader.isBroken
  }

  private mutating func reportMissing(_ match: NodeID, _ arms: NodeList) {
    var patterns: [String] = []
    var more = false
    for failure in builder.failures {
      for text in Witness(builder, choice: failure).patterns() where !patterns.contains(text) {
        if patterns.count < Witness.limit { patterns.append(text) } else { more = true }
      }
      if more { break }
    }
    // `_` says nothing beside patterns that say what is missing, and everything alone.
    if patterns.count > 1 && patterns.contains("_") { patterns = ["_"] }
    if patterns == ["_"] { more = false }
    let tree = module.tree
    diagnostics.append(
      PatternMessage.missingPatterns(
        match: tree.tokenSpan(match), scrutinee: tree.span(NodeID(tree[match].a)), patterns: patterns, more: more,
        hasGuards: builder.isGuarded.contains(true), fix: placeForArms(arms)))
  }

  /// The end of the last arm and the text before it on its line, if only spaces stand there.
  private func placeForArms(_ arms: NodeList) -> (at: UInt32, indentation: String)? {
    guard let source, let last = arms.last else { return nil }
    let span = module.tree.span(last)
    guard Int(span.end) <= source.count else { return nil }
    var begin = Int(span.start)
    while begin > 0 && source[begin - 1] == UInt8(ascii: " ") { begin -= 1 }
    guard begin == 0 || source[begin - 1] == UInt8(ascii: "\n") else { return nil }
    return (span.end, String(repeating: " ", count: Int(span.start) - begin))
  }

  private mutating func reportUnreachable(_ arm: NodeID, among arms: NodeList) {
    let tree = module.tree
    let pattern = NodeID(tree[arm].a)
    var cover: Span?
    for earlier in arms.prefix(64) {
      if earlier == arm { break }
      guard tree.arm(earlier).guardCondition.isNone else { continue }
      builder.begin()
      builder.addArm(pattern: NodeID(tree[earlier].a), isGuarded: false)
      builder.addArm(pattern: pattern, isGuarded: false)
      builder.build()
      if !builder.tree.isOverBudget && !builder.tree.isReached[1] {
        cover = tree.span(NodeID(tree[earlier].a))
        break
      }
    }
    diagnostics.append(PatternMessage.unreachableArm(tree.span(pattern), cover: cover))
  }
}
