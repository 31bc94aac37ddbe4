import OrusSyntax

/// Splitting a column into the classes that its rows tell apart: one node of
/// the tree, and one smaller matrix for each class.
extension TreeBuilder {
  /// Replaces nothing: the column goes without parts.
  func noParts() -> Parts { Parts(paths: [], patterns: []) }

  mutating func split(_ matrix: Matrix, _ column: Int, _ trail: UInt32, _ target: Target) {
    switch pool[matrix.cells[column]].form {
    case .variant: splitVariants(matrix, column, trail, target)
    case .boolean: splitBooleans(matrix, column, trail, target)
    case .interval: splitIntervals(matrix, column, trail, target)
    case .array: splitLengths(matrix, column, trail, target)
    case .text: splitLiterals(.text, matrix, column, trail, target)
    case .float: splitLiterals(.float, matrix, column, trail, target)
    case .literal: splitLiterals(.literal, matrix, column, trail, target)
    case .test: splitTest(matrix, column, trail, target)
    case .any, .product, .either:
      preconditionFailure("these need no test")
    }
  }

  /// The rows of a column by the value that their patterns ask for. A row that asks for none of these values is in
  /// every group, and in `rest`; but a group ends with the first row that matches whatever comes.
  private struct Groups {
    var keys: [UInt64] = []
    /// One for each key.
    var rows: [[Int]] = []
    var rest: [Int] = []
    private var indices = NumberMap<Int>()
    private var open: [Int] = []
    private var isOpen: [Bool] = []

    /// `isFinal`: no row after this one is reached where this one is.
    mutating func add(_ row: Int, key: UInt64, isFinal: Bool) {
      let group: Int
      if let known = indices[key] {
        guard isOpen[known] else { return }
        group = known
      } else {
        group = keys.count
        indices[key] = group
        keys.append(key)
        rows.append(rest)
        open.append(group)
        isOpen.append(true)
      }
      rows[group].append(row)
      if isFinal {
        open.removeAll { $0 == group }
        isOpen[group] = false
      }
    }

    /// Returns how many groups took the row.
    mutating func addToAll(_ row: Int, isFinal: Bool) -> Int {
      let taken = open.count
      for group in open { rows[group].append(row) }
      rest.append(row)
      if isFinal {
        for group in open { isOpen[group] = false }
        open = []
      }
      return taken
    }

    /// Groups in the order of their keys, for kinds whose cases are sorted.
    func sorted() -> [(key: UInt64, rows: [Int])] {
      zip(keys, rows).map { (key: $0, rows: $1) }.sorted { $0.key < $1.key }
    }
  }

  private mutating func groups(_ matrix: Matrix, _ column: Int, of form: PatternPool.Form) -> Groups {
    var groups = Groups()
    let width = matrix.columns.count
    for row in matrix.rows.indices {
      let entry = pool[matrix.cells[row * width + column]]
      // A variant's parts may still fail; every other pattern is done with once its value is known.
      let isFinal = (entry.form != .variant || pool.count(entry.b) == 0) && isFinal(matrix, row, except: column)
      if entry.form == form {
        groups.add(row, key: form == .variant ? UInt64(entry.a) : entry.low, isFinal: isFinal)
      } else {
        spend(groups.addToAll(row, isFinal: isFinal && entry.form == .any))
      }
    }
    spend(matrix.rows.count * width)
    return groups
  }

  /// Whether a row has no guard and asks nothing outside one column.
  private func isFinal(_ matrix: Matrix, _ row: Int, except column: Int) -> Bool {
    guard !isGuarded[Int(matrix.rows[row].arm)] else { return false }
    let width = matrix.columns.count
    for i in 0..<width where i != column && pool[matrix.cells[row * width + i]].form != .any { return false }
    return true
  }

  private mutating func addCases(
    _ kind: DecisionTree.Kind, _ path: UInt32, _ lows: [UInt64], to target: Target
  ) -> UInt32 {
    let first = UInt32(tree.cases.count)
    for low in lows { tree.cases.append(DecisionTree.Case(low: low, high: low, target: 0)) }
    return emit(kind, path: path, first: first, count: UInt32(lows.count), to: target)
  }

  // MARK: Enums and booleans

  private mutating func splitVariants(_ matrix: Matrix, _ column: Int, _ trail: UInt32, _ target: Target) {
    let path = matrix.columns[column]
    let type = pool[matrix.cells[column]].type
    guard let declaration = reader.program.types.declaration(type) else { return }
    let variants = reader.program.declarations[Int(declaration.index)].variants
    let groups = groups(matrix, column, of: .variant)
    let present = groups.sorted()
    let node = addCases(.variant, path, present.map(\.key), to: target)
    let first = tree.nodes[Int(node)].first
    if present.count < variants.count {
      var isPresent = Array(repeating: false, count: variants.count)
      for group in present { isPresent[Int(group.key)] = true }
      let absent = (0..<variants.count).filter { !isPresent[$0] }.map { UInt32($0) }
      let choice = choose(path, .variants(type, absent), after: trail)
      schedule(replacing(column, of: matrix, rows: groups.rest, by: noParts()), choice, .otherwise(node))
    }
    let width = matrix.columns.count
    for (i, group) in present.enumerated().reversed() {
      let (variant, members) = group
      let count = variants[Int(variant)].payload.count
      var parts = Parts(
        paths: (0..<UInt32(count)).map { (.payload, $0, UInt32(variant)) }, patterns: [])
      parts.patterns.reserveCapacity(count * members.count)
      for row in members {
        let entry = pool[matrix.cells[row * width + column]]
        for k in 0..<count {
          parts.patterns.append(entry.form == .variant ? pool.element(entry.b, k) : PatternPool.wildcard)
        }
      }
      let choice = choose(path, .variants(type, [UInt32(variant)]), after: trail)
      schedule(replacing(column, of: matrix, rows: members, by: parts), choice, .cases(first + UInt32(i), 1))
    }
  }

  private mutating func splitBooleans(_ matrix: Matrix, _ column: Int, _ trail: UInt32, _ target: Target) {
    let path = matrix.columns[column]
    let groups = groups(matrix, column, of: .boolean)
    let present = groups.sorted()
    let node = addCases(.boolean, path, present.map(\.key), to: target)
    let first = tree.nodes[Int(node)].first
    if present.count == 1 {
      let choice = choose(path, .literal(present[0].key == 0 ? "true" : "false"), after: trail)
      schedule(replacing(column, of: matrix, rows: groups.rest, by: noParts()), choice, .otherwise(node))
    }
    for (i, group) in present.enumerated().reversed() {
      let choice = choose(path, .literal(group.key == 0 ? "false" : "true"), after: trail)
      schedule(
        replacing(column, of: matrix, rows: group.rows, by: noParts()), choice, .cases(first + UInt32(i), 1))
    }
  }

  // MARK: Integers

  private mutating func splitIntervals(_ matrix: Matrix, _ column: Int, _ trail: UInt32, _ target: Target) {
    let path = matrix.columns[column]
    let width = matrix.columns.count
    guard let domain = IntegerDomain(reader.program.types.kind(pool[matrix.cells[column]].type)) else { return }
    var members: [(row: Int, low: UInt64, high: UInt64)] = []
    var rest: [Int] = []
    var begins: [UInt64] = []
    for row in matrix.rows.indices {
      let entry = pool[matrix.cells[row * width + column]]
      guard entry.form == .interval else {
        rest.append(row)
        continue
      }
      members.append((row, entry.low, entry.high))
      begins.append(entry.low)
      if entry.high < domain.last { begins.append(entry.high + 1) }
    }
    begins.append(domain.first)
    begins.sort()
    var segments: [UInt64] = []
    for begin in begins where segments.last != begin { segments.append(begin) }
    var rows: [[Int]] = Array(repeating: [], count: segments.count)
    for member in members {
      let firstSegment = segments.partitioningIndex { $0 >= member.low }
      var segment = firstSegment
      while segment < segments.count && segments[segment] <= member.high {
        rows[segment].append(member.row)
        segment += 1
      }
      spend(segment - firstSegment)
    }

    let node = emit(.integer, path: path, to: target)
    let first = UInt32(tree.cases.count)
    var work: [(matrix: Matrix, choice: UInt32, first: UInt32, count: UInt32)] = []
    var gaps: [(low: UInt64, high: UInt64)] = []
    for (i, low) in segments.enumerated() {
      let high = i + 1 < segments.count ? segments[i + 1] - 1 : domain.last
      if rows[i].isEmpty {
        gaps.append((low, high))
        continue
      }
      let index = UInt32(tree.cases.count)
      if i > 0, rows[i] == rows[i - 1], index > first {
        tree.cases[Int(index) - 1].high = domain.bits(high)
        continue
      }
      tree.cases.append(DecisionTree.Case(low: domain.bits(low), high: domain.bits(high), target: 0))
      let choice = choose(path, .interval(domain.text(low), domain.text(high)), after: trail)
      let inside = merged(rows[i], rest)
      work.append((replacing(column, of: matrix, rows: inside, by: noParts()), choice, index, 1))
    }
    tree.nodes[Int(node)] = DecisionTree.Node(
      kind: .integer, path: path, arm: 0, first: first, count: UInt32(tree.cases.count) - first,
      otherwise: DecisionTree.none)
    if !gaps.isEmpty {
      let choice = choose(path, gapClass(gaps, domain), after: trail)
      schedule(replacing(column, of: matrix, rows: rest, by: noParts()), choice, .otherwise(node))
    }
    for job in work.reversed() { schedule(job.matrix, job.choice, .cases(job.first, job.count)) }
  }

  /// What to write for integers that no arm names: the gaps where each lies between two patterns, else `_`.
  private func gapClass(_ gaps: [(low: UInt64, high: UInt64)], _ domain: IntegerDomain) -> Witness.Class {
    let isInner = gaps.allSatisfy { $0.low != domain.first && $0.high != domain.last }
    guard isInner || gaps.allSatisfy({ $0.high - $0.low < 8 }) else { return .anything }
    return .intervals(gaps.prefix(Witness.limit).map { (domain.text($0.low), domain.text($0.high)) })
  }

  /// Two ascending lists as one.
  private func merged(_ a: [Int], _ b: [Int]) -> [Int] {
    var result: [Int] = []
    result.reserveCapacity(a.count + b.count)
    var (i, j) = (0, 0)
    while i < a.count && j < b.count {
      if a[i] < b[j] {
        result.append(a[i])
        i += 1
      } else {
        result.append(b[j])
        j += 1
      }
    }
    result.append(contentsOf: a[i...])
    result.append(contentsOf: b[j...])
    return result
  }

  // MARK: Arrays

  /// Below `limit`, a length is a class of its own, in which elements have one name each (from the front); from there
  /// on, what patterns see at the front and at the back does not overlap.
  private mutating func splitLengths(_ matrix: Matrix, _ column: Int, _ trail: UInt32, _ target: Target) {
    let path = matrix.columns[column]
    let width = matrix.columns.count
    var (longest, front, back) = (0, 0, 0)
    var rest: [Int] = []
    for row in matrix.rows.indices {
      let entry = pool[matrix.cells[row * width + column]]
      guard entry.form == .array else {
        rest.append(row)
        continue
      }
      if entry.low == 0 { longest = max(longest, pool.count(entry.a) + 1) }
      front = max(front, pool.count(entry.a))
      if entry.low == 1 { back = max(back, pool.count(entry.b)) }
    }
    let limit = max(longest, front + back)
    let node = emit(.length, path: path, to: target)
    let first = UInt32(tree.cases.count)
    var work: [(matrix: Matrix, choice: UInt32, index: UInt32)] = []
    var unnamed: [Int] = []
    for length in 0...limit {
      let isLast = length == limit
      var members: [Int] = []
      var isNamed = false
      for row in matrix.rows.indices {
        let entry = pool[matrix.cells[row * width + column]]
        if entry.form == .array {
          let least = pool.count(entry.a) + pool.count(entry.b)
          guard entry.low == 1 ? least <= length : !isLast && least == length else { continue }
          isNamed = true
        }
        members.append(row)
      }
      spend(matrix.rows.count)
      guard isNamed else {
        unnamed.append(length)
        continue
      }
      let index = UInt32(tree.cases.count)
      tree.cases.append(
        DecisionTree.Case(low: UInt64(length), high: isLast ? DecisionTree.anyLength : UInt64(length), target: 0))
      let choice = choose(path, .length(length, orMore: isLast, back: isLast ? back : 0), after: trail)
      let parts = elementParts(matrix, column, members, length: isLast ? nil : length, front, back)
      work.append((replacing(column, of: matrix, rows: members, by: parts), choice, index))
    }
    tree.nodes[Int(node)] = DecisionTree.Node(
      kind: .length, path: path, arm: 0, first: first, count: UInt32(tree.cases.count) - first,
      otherwise: DecisionTree.none)
    if !unnamed.isEmpty {
      let choice = choose(path, .lengths(unnamed, orMore: unnamed.last == limit), after: trail)
      schedule(replacing(column, of: matrix, rows: rest, by: noParts()), choice, .otherwise(node))
    }
    for job in work.reversed() { schedule(job.matrix, job.choice, .cases(job.index, 1)) }
  }

  /// The elements that rows look at in arrays of one length, or (`length` nil) of all lengths from `front + back` on.
  private mutating func elementParts(
    _ matrix: Matrix, _ column: Int, _ members: [Int], length: Int?, _ front: Int, _ back: Int
  ) -> Parts {
    let width = matrix.columns.count
    let count = length ?? front + back
    var parts = Parts(paths: [], patterns: Array(repeating: PatternPool.wildcard, count: count * members.count))
    for i in 0..<count {
      if length == nil && i >= front {
        parts.paths.append((.elementFromEnd, UInt32(count - i), 0))
      } else {
        parts.paths.append((.element, UInt32(i), 0))
      }
    }
    for (member, row) in members.enumerated() {
      let entry = pool[matrix.cells[row * width + column]]
      guard entry.form == .array else { continue }
      for i in 0..<pool.count(entry.a) { parts.patterns[member * count + i] = pool.element(entry.a, i) }
      let behind = pool.count(entry.b)
      for i in 0..<behind { parts.patterns[member * count + count - behind + i] = pool.element(entry.b, i) }
    }
    spend(count * members.count)
    return parts
  }

  // MARK: What has infinitely many values

  private mutating func splitLiterals(
    _ kind: DecisionTree.Kind, _ matrix: Matrix, _ column: Int, _ trail: UInt32, _ target: Target
  ) {
    let path = matrix.columns[column]
    let width = matrix.columns.count
    let form = pool[matrix.cells[column]].form
    let groups = groups(matrix, column, of: form)
    let hasTests = matrix.rows.indices.contains { pool[matrix.cells[$0 * width + column]].form == .test }
    var values = groups.keys
    if kind == .literal {
      for (i, rows) in groups.rows.enumerated() {
        for row in rows where pool[matrix.cells[row * width + column]].form == .literal {
          values[i] = UInt64(pool[matrix.cells[row * width + column]].node.index)
          break
        }
      }
    }
    let node = addCases(kind, path, values, to: target)
    let first = tree.nodes[Int(node)].first
    let choice = choose(path, .anything, after: trail)
    schedule(without(column, matrix, groups.rest, keeping: hasTests), choice, .otherwise(node))
    var known = matrix
    if hasTests {
      for row in matrix.rows.indices where pool[matrix.cells[row * width + column]].form == form {
        known.cells[row * width + column] = PatternPool.wildcard
      }
    }
    for i in groups.keys.indices.reversed() {
      schedule(
        without(column, known, groups.rows[i], keeping: hasTests), choice, .cases(first + UInt32(i), 1))
    }
  }

  /// One pattern of the column, yes or no.
  private mutating func splitTest(_ matrix: Matrix, _ column: Int, _ trail: UInt32, _ target: Target) {
    let path = matrix.columns[column]
    let width = matrix.columns.count
    let asked = pool[matrix.cells[column]]
    var yes: [Int] = []
    var no: [Int] = []
    for row in matrix.rows.indices {
      let entry = pool[matrix.cells[row * width + column]]
      yes.append(row)
      if !(entry.form == .test && entry.low == asked.low) { no.append(row) }
    }
    let node = addCases(.test, path, [UInt64(asked.node.index)], to: target)
    let first = tree.nodes[Int(node)].first
    let choice = choose(path, .anything, after: trail)
    schedule(without(column, matrix, no, keeping: true), choice, .otherwise(node))
    var holds = matrix
    for row in matrix.rows.indices {
      let entry = pool[matrix.cells[row * width + column]]
      if entry.form == .test && entry.low == asked.low { holds.cells[row * width + column] = PatternPool.wildcard }
    }
    schedule(without(column, holds, yes, keeping: true), choice, .cases(first, 1))
  }

  /// These rows without the column; or with it, where something is left to ask in it.
  private mutating func without(_ column: Int, _ matrix: Matrix, _ rows: [Int], keeping: Bool) -> Matrix {
    let width = matrix.columns.count
    guard keeping, rows.contains(where: { pool[matrix.cells[$0 * width + column]].form != .any }) else {
      return replacing(column, of: matrix, rows: rows, by: noParts())
    }
    var result = Matrix(columns: matrix.columns)
    spend(rows.count * width)
    for row in rows {
      result.rows.append(matrix.rows[row])
      result.cells.append(contentsOf: matrix.cells[row * width..<(row + 1) * width])
    }
    return result
  }
}

extension Array {
  /// The first index whose element satisfies a predicate that is false and then true along the array.
  func partitioningIndex(where holds: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
