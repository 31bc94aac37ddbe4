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
/// One builder serves a module, and all matrices of a match lie in three arrays
/// that it keeps: matches are small, and arrays of their own would cost more
/// than all else here. What is at their ends goes when no waiting job has it.
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

  /// Where a matrix lies in `columns`, `rows` and `cells`.
  struct Matrix: BitwiseCopyable {
    var firstColumn: Int
    var width = 0
    var firstRow: Int
    var height = 0
    var firstCell: Int

    /// The place behind it.
    var end: Ends {
      Ends(columns: firstColumn + width, rows: firstRow + height, cells: firstCell + width * height)
    }
  }

  /// How long the three arrays are.
  struct Ends: BitwiseCopyable {
    var columns = 0
    var rows = 0
    var cells = 0

    func union(_ other: Ends) -> Ends {
      Ends(columns: max(columns, other.columns), rows: max(rows, other.rows), cells: max(cells, other.cells))
    }
  }

  /// A class chosen on the way to a matrix; the chain of them describes the values that come there.
  struct Choice {
    let previous: UInt32
    let path: UInt32
    let picked: Witness.Class
  }

  /// A matrix to be compiled, and where its node's index goes.
  private struct Job {
    let matrix: Matrix
    let choices: UInt32
    let target: Target
    /// What this job and those that wait longer need of the arrays.
    let needed: Ends
  }

  enum Target {
    case root
    /// Cases `first..<first + count`.
    case cases(UInt32, UInt32)
    case otherwise(UInt32)
  }

  var reader: PatternReader
  /// The builder keeps its memory for the next one: who wants it for longer copies it.
  var tree = DecisionTree()
  /// Choices that lead to `fail` nodes, in the order of the arms.
  private(set) var failures: [UInt32] = []
  private(set) var choices: [Choice] = [Choice(previous: 0, path: 0, picked: .anything)]
  private(set) var isGuarded: [Bool] = []
  private var bindingChain: [(previous: UInt32, node: NodeID, path: UInt32)] = [(0, .none, 0)]
  private var pathIDs = HashIndex()
  private var jobs: [Job] = []
  private let budget: Int
  private var spent = 0

  // The matrices: paths of columns, rows, and cells row by row, as patterns of the pool.
  private(set) var columns: [UInt32] = []
  private(set) var rows: [Row] = []
  private(set) var cells: [UInt32] = []

  // Used again by each step.
  /// Rows on the way into a matrix.
  var members: [Int] = []
  /// The parts by which that matrix replaces a column.
  var parts = Parts()
  private var kept: [Int] = []
  var groups = RowGroups()
  var segmentRows = RowLists()
  var intervals = Intervals()
  /// Matrices that have been made and are scheduled in the opposite order.
  var made: [(matrix: Matrix, choice: UInt32, first: UInt32)] = []

  init(module: TypedModule, program: TypedProgram, budget: Int = TreeBuilder.budget) {
    self.budget = budget
    reader = PatternReader(module: module, program: program)
    begin()
  }

  /// Forgets the match before.
  mutating func begin() {
    reader.reset()
    tree.removeAll()
    tree.paths.append(DecisionTree.Path(parent: 0, step: .root, index: 0, variant: 0))
    tree.pathTypes.append(.error)
    columns.removeAll(keepingCapacity: true)
    columns.append(0)
    rows.removeAll(keepingCapacity: true)
    cells.removeAll(keepingCapacity: true)
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
    rows.append(Row(arm: UInt32(self.isGuarded.count), bindings: 0))
    cells.append(cell)
    if rows.count == 1 { tree.pathTypes[0] = reader.pool[cell].type }
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
    schedule(Matrix(firstColumn: 0, width: 1, firstRow: 0, height: rows.count, firstCell: 0), 0, .root)
    while let job = jobs.popLast() {
      if spent > budget {
        tree.isOverBudget = true
        return
      }
      columns.removeSubrange(job.needed.columns...)
      rows.removeSubrange(job.needed.rows...)
      cells.removeSubrange(job.needed.cells...)
      compile(job.matrix, job.choices, job.target)
    }
  }

  mutating func schedule(_ matrix: Matrix, _ choices: UInt32, _ target: Target) {
    let needed = jobs.last.map { $0.needed.union(matrix.end) } ?? matrix.end
    jobs.append(Job(matrix: matrix, choices: choices, target: target, needed: needed))
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
      spend(matrix.width * matrix.height)
      if spent > budget { return }
      if matrix.height == 0 {
        _ = emit(.fail, to: target)
        failures.append(trail)
        return
      }
      guard let column = chooseColumn(matrix) else {
        let arm = Int(rows[matrix.firstRow].arm)
        tree.isReached[arm] = true
        let node = emitTaken(matrix, to: target)
        if !isGuarded[arm] { return }
        target = .otherwise(node)
        matrix.firstRow += 1
        matrix.height -= 1
        matrix.firstCell += matrix.width
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
    var best: Int?
    var bestCount = 0
    for column in 0..<matrix.width where form(matrix, 0, column) != .any {
      var count = 0
      for row in 0..<matrix.height where form(matrix, row, column) != .any { count += 1 }
      if count > bestCount { (best, bestCount) = (column, count) }
    }
    return best
  }

  /// A leaf or a guarded node for the first row.
  private mutating func emitTaken(_ matrix: Matrix, to target: Target) -> UInt32 {
    let row = rows[matrix.firstRow]
    let first = UInt32(tree.bindings.count)
    for column in 0..<matrix.width {
      let pattern = entry(matrix, 0, column)
      if pattern.a != 0 {
        tree.bindings.append(DecisionTree.Binding(node: NodeID(pattern.a), path: path(matrix, column)))
      }
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

  @inline(__always)
  func cell(_ matrix: Matrix, _ row: Int, _ column: Int) -> UInt32 {
    cells[matrix.firstCell + row * matrix.width + column]
  }

  @inline(__always)
  func entry(_ matrix: Matrix, _ row: Int, _ column: Int) -> PatternPool.Entry { pool[cell(matrix, row, column)] }

  @inline(__always)
  func form(_ matrix: Matrix, _ row: Int, _ column: Int) -> PatternPool.Form {
    pool.form(cell(matrix, row, column))
  }

  /// The path of a column.
  @inline(__always)
  func path(_ matrix: Matrix, _ column: Int) -> UInt32 { columns[matrix.firstColumn + column] }

  mutating func setWildcard(_ matrix: Matrix, _ row: Int, _ column: Int) {
    cells[matrix.firstCell + row * matrix.width + column] = PatternPool.wildcard
  }

  /// An empty matrix at the end of the arrays, to which columns are appended, and then rows with their cells.
  private func newMatrix() -> Matrix {
    Matrix(firstColumn: columns.count, firstRow: rows.count, firstCell: cells.count)
  }

  private mutating func appendColumns(_ range: Range<Int>, of matrix: Matrix, to result: inout Matrix) {
    for column in range {
      let path = path(matrix, column)
      columns.append(path)
    }
    result.width += range.count
  }

  private mutating func appendCells(_ range: Range<Int>, ofRow row: Int, _ matrix: Matrix) {
    for column in range {
      let cell = cell(matrix, row, column)
      cells.append(cell)
    }
  }

  /// A copy of some rows.
  mutating func copy(of matrix: Matrix, rows members: some Sequence<Int>) -> Matrix {
    var result = newMatrix()
    appendColumns(0..<matrix.width, of: matrix, to: &result)
    for member in members {
      let row = rows[matrix.firstRow + member]
      rows.append(row)
      appendCells(0..<matrix.width, ofRow: member, matrix)
      result.height += 1
    }
    return result
  }

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
    var paths: [(step: DecisionTree.Step, index: UInt32, variant: UInt32)] = []
    /// Row by row.
    var patterns: [UInt32] = []

    mutating func removeAll() {
      paths.removeAll(keepingCapacity: true)
      patterns.removeAll(keepingCapacity: true)
    }
  }

  /// A matrix of the rows `members` of `matrix`, whose column `column` is replaced by `parts`; parts that no row looks
  /// at are left out. Stops at the first row that matches whatever comes, since rows after it are not reached.
  mutating func replacing(_ column: Int, of matrix: Matrix) -> Matrix {
    let width = matrix.width
    let path = path(matrix, column)
    let partCount = parts.paths.count
    spend(members.count * (width + partCount))

    var result = newMatrix()
    appendColumns(0..<column, of: matrix, to: &result)
    kept.removeAll(keepingCapacity: true)
    for part in 0..<partCount {
      let asking = members.indices.first { !pool.isWildcard(parts.patterns[$0 * partCount + part]) }
      guard let member = asking else { continue }
      kept.append(part)
      let step = parts.paths[part]
      let type = pool[parts.patterns[member * partCount + part]].type
      columns.append(self.path(path, step.step, step.index, step.variant, type))
      result.width += 1
    }
    appendColumns(column + 1..<width, of: matrix, to: &result)

    for (i, member) in members.enumerated() {
      let begin = cells.count
      appendCells(0..<column, ofRow: member, matrix)
      for part in kept { cells.append(parts.patterns[i * partCount + part]) }
      appendCells(column + 1..<width, ofRow: member, matrix)
      let cell = cell(matrix, member, column)
      var row = bound(rows[matrix.firstRow + member], cell, path)
      let entry = pool[cell]
      if entry.high != 0 && (entry.form == .array || entry.form == .product) {
        let isArray = entry.form == .array
        let front = isArray ? UInt32(pool.count(entry.a)) : entry.b
        let back = isArray ? UInt32(pool.count(entry.b)) : UInt32(entry.low)
        row = bound(row, node: NodeID(UInt32(entry.high)), self.path(path, .slice, front, back, entry.type))
      }
      rows.append(row)
      result.height += 1
      if !isGuarded[Int(row.arm)] && (begin..<cells.count).allSatisfy({ pool.form(cells[$0]) == .any }) { break }
    }
    return result
  }

  /// The same where the column goes without parts.
  mutating func without(_ column: Int, _ matrix: Matrix) -> Matrix {
    parts.removeAll()
    return replacing(column, of: matrix)
  }

  /// Makes one row of each alternative in the column. False if it has none.
  private mutating func expandAlternatives(_ matrix: inout Matrix, _ column: Int) -> Bool {
    guard (0..<matrix.height).contains(where: { form(matrix, $0, column) == .either }) else { return false }
    var result = newMatrix()
    appendColumns(0..<matrix.width, of: matrix, to: &result)
    for member in 0..<matrix.height {
      let row = rows[matrix.firstRow + member]
      let entry = entry(matrix, member, column)
      let count = entry.form == .either ? pool.count(entry.a) : 1
      for alternative in 0..<count {
        rows.append(row)
        let begin = cells.count
        appendCells(0..<matrix.width, ofRow: member, matrix)
        if entry.form == .either { cells[begin + column] = pool.element(entry.a, alternative) }
      }
      result.height += count
      spend(count * matrix.width)
    }
    matrix = result
    return true
  }

  /// Replaces a column of tuples or structs by columns of their parts; they need no test. False if it holds none.
  private mutating func expandProduct(_ matrix: inout Matrix, _ column: Int, _ trail: inout UInt32) -> Bool {
    guard form(matrix, 0, column) == .product else { return false }
    let type = entry(matrix, 0, column).type
    let step: DecisionTree.Step = reader.program.types.kind(type) == .fixedArray ? .element : .field
    var indices = NumberMap<Void>()
    for row in 0..<matrix.height {
      let entry = entry(matrix, row, column)
      guard entry.form == .product else { continue }
      for i in 0..<pool.count(entry.a) / 2 { indices[UInt64(pool.element(entry.a, 2 * i))] = () }
    }
    let sorted = indices.keys.sorted().map { UInt32($0) }
    parts.removeAll()
    for index in sorted { parts.paths.append((step, index, 0)) }
    for row in 0..<matrix.height {
      let cell = cell(matrix, row, column)
      let isProduct = pool.form(cell) == .product
      for index in sorted {
        parts.patterns.append(isProduct ? pool.component(cell, at: index) : PatternPool.wildcard)
      }
    }
    trail = choose(path(matrix, column), .product(type, sorted), after: trail)
    setMembers(0..<matrix.height)
    matrix = replacing(column, of: matrix)
    return true
  }

  mutating func setMembers(_ rows: some Sequence<Int>) {
    members.removeAll(keepingCapacity: true)
    for row in rows { members.append(row) }
  }
}
