import OrusSyntax

/// Compiles the clauses of a match to a decision tree, by Maranget's method:
///
/// A match is a matrix with a row for each arm (in order) and a column for each
/// part of the value that is still of interest; in the beginning one column,
/// the whole value. If the first row asks nothing, its arm is taken. Otherwise
/// the builder chooses a column that the first row asks about, splits the
/// values of that column into the classes that the rows tell apart, and goes on
/// with one smaller matrix a class: the rows that admit the class, the column
/// replaced by the parts that the class has. No rows left means that no arm
/// matches. So exhaustiveness is "no `fail` node", an arm is useful if some
/// leaf takes it, and the classes chosen on the way to a `fail` node spell out
/// a value that no arm matches.
///
/// Classes are disjoint and cover the type: variants; the segments between all
/// bounds of an integer column; array lengths up to the longest that a pattern
/// looks at, and everything longer; the literals of a string or float column,
/// and everything else. Only what has no such classes (ranges of floats, say)
/// is asked one pattern at a time.
///
/// The work list is explicit: a pattern of 10,000 elements is 10,000 tests deep.
///
/// One builder serves a module: making one costs more than a small match.
///
/// Invariant: a column whose cells are all wildcards is not in the matrix.
struct TreeBuilder {
  /// Cells looked at before the builder gives up; a match that needs more is refused.
  static let budget = 30_000_000

  struct Row {
    let arm: UInt32
    /// Latest of the bindings made so far, in `bindingChain`; 0 for none.
    var bindings: UInt32
  }

  /// Cells row by row, as patterns of the pool.
  struct Matrix {
    /// Paths.
    var columns: [UInt32]
    var rows: [Row] = []
    var cells: [UInt32] = []
  }

  /// A class chosen on the way to a matrix; the chain of them describes the values that come there.
  struct Choice {
    let previous: UInt32
    let path: UInt32
    let picked: Witness.Class
  }

  /// A matrix to be compiled, and where its node's index goes.
  private struct Job {
    var matrix: Matrix
    let choices: UInt32
    let target: Target
  }

  enum Target {
    case root
    /// Cases `first..<first + count`.
    case cases(UInt32, UInt32)
    case otherwise(UInt32)
  }

  var reader: PatternReader
  var tree = DecisionTree()
  /// Choices that lead to `fail` nodes, in the order of the arms.
  private(set) var failures: [UInt32] = []
  private(set) var choices: [Choice] = [Choice(previous: 0, path: 0, picked: .anything)]
  private var start: Matrix
  private(set) var isGuarded: [Bool] = []
  private var bindingChain: [(previous: UInt32, node: NodeID, path: UInt32)] = [(0, .none, 0)]
  private var pathIDs = HashIndex()
  private var jobs: [Job] = []
  private let budget: Int
  private var spent = 0

  init(module: TypedModule, program: TypedProgram, budget: Int = TreeBuilder.budget) {
    self.budget = budget
    reader = PatternReader(module: module, program: program)
    start = Matrix(columns: [0])
    begin()
  }

  /// Forgets the match before.
  mutating func begin() {
    reader.reset()
    tree = DecisionTree()
    tree.paths.append(DecisionTree.Path(parent: 0, step: .root, index: 0, variant: 0))
    tree.pathTypes.append(.error)
    start.rows.removeAll(keepingCapacity: true)
    start.cells.removeAll(keepingCapacity: true)
    failures.removeAll(keepingCapacity: true)
    choices.removeSubrange(1...)
    isGuarded.removeAll(keepingCapacity: true)
    bindingChain.removeSubrange(1...)
    pathIDs.removeAll()
    jobs.removeAll(keepingCapacity: true)
    spent = 0
  }

  var pool: PatternPool { _read { yield reader.pool } }

  // MARK: Input

  mutating func addArm(pattern: NodeID, isGuarded: Bool) {
    let cell = reader.read(pattern)
    start.rows.append(Row(arm: UInt32(self.isGuarded.count), bindings: 0))
    start.cells.append(cell)
    if start.rows.count == 1 { tree.pathTypes[0] = reader.pool[cell].type }
    self.isGuarded.append(isGuarded)
    tree.isReached.append(false)
  }

  mutating func addArms(of match: NodeID) {
    let syntax = reader.module.tree
    for arm in syntax.list(syntax[match].b) {
      addArm(pattern: NodeID(syntax[arm].a), isGuarded: !syntax.arm(arm).guardCondition.isNone)
    }
  }

  // MARK: Work list

  mutating func build() {
    jobs.append(Job(matrix: start, choices: 0, target: .root))
    while let job = jobs.popLast() {
      if spent > budget {
        tree.isOverBudget = true
        return
      }
      compile(job.matrix, job.choices, job.target)
    }
  }

  mutating func schedule(_ matrix: Matrix, _ choices: UInt32, _ target: Target) {
    jobs.append(Job(matrix: matrix, choices: choices, target: target))
  }

  mutating func choose(_ path: UInt32, _ picked: Witness.Class, after previous: UInt32) -> UInt32 {
    choices.append(Choice(previous: previous, path: path, picked: picked))
    return UInt32(choices.count - 1)
  }

  mutating func spend(_ cells: Int) { spent += cells + 1 }

  /// Appends a node and makes `target` point to it.
  mutating func emit(
    _ kind: DecisionTree.Kind, path: UInt32 = 0, arm: UInt32 = 0, first: UInt32 = 0, count: UInt32 = 0,
    to target: Target
  ) -> UInt32 {
    let index = UInt32(tree.nodes.count)
    tree.nodes.append(
      DecisionTree.Node(kind: kind, path: path, arm: arm, first: first, count: count, otherwise: DecisionTree.none))
    switch target {
    case .root: break
    case .otherwise(let node): tree.nodes[Int(node)].otherwise = index
    case .cases(let first, let count): for i in first..<first + count { tree.cases[Int(i)].target = index }
    }
    return index
  }

  private mutating func compile(_ input: Matrix, _ trail: UInt32, _ target: Target) {
    var matrix = input
    var trail = trail
    var target = target
    while true {
      spend(matrix.cells.count)
      if spent > budget { return }
      guard let first = matrix.rows.first else {
        _ = emit(.fail, to: target)
        failures.append(trail)
        return
      }
      guard let column = chooseColumn(matrix) else {
        tree.isReached[Int(first.arm)] = true
        let node = emitTaken(matrix, to: target)
        if !isGuarded[Int(first.arm)] { return }
        target = .otherwise(node)
        matrix.rows.removeFirst()
        matrix.cells.removeFirst(matrix.columns.count)
        continue
      }
      if expandAlternatives(&matrix, column) { continue }
      if expandProduct(&matrix, column, &trail) { continue }
      split(matrix, column, trail, target)
      return
    }
  }

  /// The column to look at next: one that the first row asks about, and among those the one that most rows ask about;
  /// nil if the first row matches as it is.
  private func chooseColumn(_ matrix: Matrix) -> Int? {
    let width = matrix.columns.count
    var best: Int?
    var bestCount = 0
    for column in 0..<width where pool[matrix.cells[column]].form != .any {
      var count = 0
      var cell = column
      while cell < matrix.cells.count {
        if pool[matrix.cells[cell]].form != .any { count += 1 }
        cell += width
      }
      if count > bestCount { (best, bestCount) = (column, count) }
    }
    return best
  }

  /// A leaf or a guarded node for the first row.
  private mutating func emitTaken(_ matrix: Matrix, to target: Target) -> UInt32 {
    let row = matrix.rows[0]
    let first = UInt32(tree.bindings.count)
    for (column, path) in matrix.columns.enumerated() {
      let pattern = pool[matrix.cells[column]]
      if pattern.a != 0 { tree.bindings.append(DecisionTree.Binding(node: NodeID(pattern.a), path: path)) }
    }
    var link = row.bindings
    while link != 0 {
      let (previous, node, path) = bindingChain[Int(link)]
      tree.bindings.append(DecisionTree.Binding(node: node, path: path))
      link = previous
    }
    let count = UInt32(tree.bindings.count) - first
    let kind = isGuarded[Int(row.arm)] ? DecisionTree.Kind.guarded : .leaf
    return emit(kind, arm: row.arm, first: first, count: count, to: target)
  }

  // MARK: Parts of the matrix

  mutating func path(_ parent: UInt32, _ step: DecisionTree.Step, _ index: UInt32, _ variant: UInt32, _ type: TypeID)
    -> UInt32
  {
    let path = DecisionTree.Path(parent: parent, step: step, index: index, variant: variant)
    if let known = pathID(path) { return known }
    let id = UInt32(tree.paths.count)
    tree.paths.append(path)
    tree.pathTypes.append(type)
    pathIDs.insert(id, hash(path))
    return id
  }

  /// The number of a path, nil if no pattern looks there.
  func pathID(_ path: DecisionTree.Path) -> UInt32? {
    pathIDs.find(hash(path)) { tree.paths[Int($0)] == path }
  }

  private func hash(_ path: DecisionTree.Path) -> UInt64 {
    mixed(mixed(UInt64(path.step.rawValue), UInt64(path.parent) << 32 | UInt64(path.index)), UInt64(path.variant))
  }

  /// The row after `pattern` stood for the whole value at `path` and matched.
  mutating func bound(_ row: Row, _ pattern: UInt32, _ path: UInt32) -> Row {
    let entry = pool[pattern]
    return entry.form == .any && entry.a != 0 ? bound(row, node: NodeID(entry.a), path) : row
  }

  mutating func bound(_ row: Row, node: NodeID, _ path: UInt32) -> Row {
    bindingChain.append((row.bindings, node, path))
    return Row(arm: row.arm, bindings: UInt32(bindingChain.count - 1))
  }

  /// The parts of some rows' patterns in one column, on the way into a matrix
  /// in which they replace that column: for each part its path, and for each
  /// row its pattern.
  struct Parts {
    var paths: [(step: DecisionTree.Step, index: UInt32, variant: UInt32)]
    /// Row by row.
    var patterns: [UInt32]
  }

  /// A matrix of `rows` of `matrix`, whose column `column` is replaced by `parts`; parts that no row looks at are left
  /// out. Stops at the first row that matches whatever comes, since rows after it are not reached.
  mutating func replacing(_ column: Int, of matrix: Matrix, rows: [Int], by parts: Parts) -> Matrix {
    let width = matrix.columns.count
    let path = matrix.columns[column]
    let partCount = parts.paths.count
    var kept: [Int] = []
    for part in 0..<partCount {
      for i in rows.indices where !pool.isWildcard(parts.patterns[i * partCount + part]) {
        kept.append(part)
        break
      }
    }
    spend(rows.count * (width + partCount))

    var result = Matrix(columns: Array(matrix.columns[..<column]))
    result.columns.reserveCapacity(width + kept.count)
    for part in kept {
      let step = parts.paths[part]
      var type = TypeID.error
      for i in rows.indices where !pool.isWildcard(parts.patterns[i * partCount + part]) {
        type = pool[parts.patterns[i * partCount + part]].type
        break
      }
      result.columns.append(self.path(path, step.step, step.index, step.variant, type))
    }
    result.columns.append(contentsOf: matrix.columns[(column + 1)...])
    result.cells.reserveCapacity(rows.count * result.columns.count)
    for (i, row) in rows.enumerated() {
      let cells = matrix.cells[row * width..<(row + 1) * width]
      let begin = result.cells.count
      result.cells.append(contentsOf: cells.prefix(column))
      for part in kept { result.cells.append(parts.patterns[i * partCount + part]) }
      result.cells.append(contentsOf: cells.suffix(width - column - 1))
      var kept = bound(matrix.rows[row], matrix.cells[row * width + column], path)
      let entry = pool[matrix.cells[row * width + column]]
      if entry.high != 0 && (entry.form == .array || entry.form == .product) {
        let isArray = entry.form == .array
        let front = isArray ? UInt32(pool.count(entry.a)) : entry.b
        let back = isArray ? UInt32(pool.count(entry.b)) : UInt32(entry.low)
        kept = bound(kept, node: NodeID(UInt32(entry.high)), self.path(path, .slice, front, back, entry.type))
      }
      result.rows.append(kept)
      if !isGuarded[Int(kept.arm)] && result.cells[begin...].allSatisfy({ pool[$0].form == .any }) { break }
    }
    return result
  }

  /// Makes one row of each alternative in the column. False if it has none.
  private mutating func expandAlternatives(_ matrix: inout Matrix, _ column: Int) -> Bool {
    let width = matrix.columns.count
    guard matrix.rows.indices.contains(where: { pool[matrix.cells[$0 * width + column]].form == .either }) else {
      return false
    }
    var result = Matrix(columns: matrix.columns)
    for row in matrix.rows.indices {
      let cells = matrix.cells[row * width..<(row + 1) * width]
      let entry = pool[matrix.cells[row * width + column]]
      let count = entry.form == .either ? pool.count(entry.a) : 1
      for alternative in 0..<count {
        result.rows.append(matrix.rows[row])
        let begin = result.cells.count
        result.cells.append(contentsOf: cells)
        if entry.form == .either { result.cells[begin + column] = pool.element(entry.a, alternative) }
      }
      spend(count * width)
    }
    matrix = result
    return true
  }

  /// Replaces a column of tuples or structs by columns of their parts; they need no test. False if it holds none.
  private mutating func expandProduct(_ matrix: inout Matrix, _ column: Int, _ trail: inout UInt32) -> Bool {
    guard pool[matrix.cells[column]].form == .product else { return false }
    let width = matrix.columns.count
    let type = pool[matrix.cells[column]].type
    let step: DecisionTree.Step = reader.program.types.kind(type) == .fixedArray ? .element : .field
    var indices = NumberMap<Void>()
    for row in matrix.rows.indices {
      let entry = pool[matrix.cells[row * width + column]]
      guard entry.form == .product else { continue }
      for i in 0..<pool.count(entry.a) / 2 { indices[UInt64(pool.element(entry.a, 2 * i))] = () }
    }
    let sorted = indices.keys.sorted().map { UInt32($0) }
    var parts = Parts(paths: sorted.map { (step, $0, 0) }, patterns: [])
    parts.patterns.reserveCapacity(sorted.count * matrix.rows.count)
    for row in matrix.rows.indices {
      let cell = matrix.cells[row * width + column]
      let isProduct = pool[cell].form == .product
      for index in sorted {
        parts.patterns.append(isProduct ? pool.component(cell, at: index) : PatternPool.wildcard)
      }
    }
    trail = choose(matrix.columns[column], .product(type, sorted), after: trail)
    matrix = replacing(column, of: matrix, rows: Array(matrix.rows.indices), by: parts)
    return true
  }
}
