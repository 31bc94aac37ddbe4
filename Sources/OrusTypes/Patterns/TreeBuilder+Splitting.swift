import OrusSyntax

/// Splitting a column into the classes that its rows tell apart: one node of
/// the tree, and one smaller matrix for each class.
extension TreeBuilder {
  mutating func split(_ matrix: Matrix, _ column: Int, _ trail: UInt32, _ target: Target) {
    switch form(matrix, 0, column) {
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

  /// Puts the rows into `groups`.
  private mutating func group(_ matrix: Matrix, _ column: Int, by form: PatternPool.Form) {
    groups.removeAll()
    for row in 0..<matrix.height {
      let entry = entry(matrix, row, column)
      // A variant's parts may still fail; every other pattern is done with once its value is known.
      let isFinal = (entry.form != .variant || pool.count(entry.b) == 0) && isFinal(matrix, row, except: column)
      if entry.form == form {
        groups.add(row, key: form == .variant ? UInt64(entry.a) : entry.low, isFinal: isFinal)
      } else {
        spend(groups.addToAll(row, isFinal: isFinal && entry.form == .any))
      }
    }
    spend(matrix.height * matrix.width)
  }

  /// Whether a row has no guard and asks nothing outside one column.
  private func isFinal(_ matrix: Matrix, _ row: Int, except column: Int) -> Bool {
    guard !isGuarded[Int(rows[matrix.firstRow + row].arm)] else { return false }
    for i in 0..<matrix.width where i != column && form(matrix, row, i) != .any { return false }
    return true
  }

  private mutating func setMembers(ofGroup group: Int) {
    members.removeAll(keepingCapacity: true)
    groups.rows.forEach(in: group) { members.append($0) }
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
    let path = path(matrix, column)
    let type = entry(matrix, 0, column).type
    guard let declaration = reader.program.types.declaration(type) else { return }
    let variants = reader.program.declarations[Int(declaration.index)].variants
    group(matrix, column, by: .variant)
    let present = groups.sorted()
    let node = addCases(.variant, path, present.map { groups.keys[$0] }, to: target)
    let first = tree.nodes[Int(node)].first
    if present.count < variants.count {
      var isPresent = Array(few: false, count: variants.count)
      for variant in groups.keys { isPresent[Int(variant)] = true }
      let absent = (0..<variants.count).filter { !isPresent[$0] }.map { UInt32($0) }
      let choice = choose(path, .variants(type, absent), after: trail)
      setMembers(groups.rest)
      schedule(without(column, matrix), choice, .otherwise(node))
    }
    for (i, group) in present.enumerated().reversed() {
      let variant = UInt32(groups.keys[group])
      let count = variants[Int(variant)].payload.count
      setMembers(ofGroup: group)
      parts.removeAll()
      for k in 0..<UInt32(count) { parts.paths.append((.payload, k, variant)) }
      for row in members {
        let entry = entry(matrix, row, column)
        for k in 0..<count {
          parts.patterns.append(entry.form == .variant ? pool.element(entry.b, k) : PatternPool.wildcard)
        }
      }
      let choice = choose(path, .variants(type, [variant]), after: trail)
      schedule(replacing(column, of: matrix), choice, .cases(first + UInt32(i), 1))
    }
  }

  private mutating func splitBooleans(_ matrix: Matrix, _ column: Int, _ trail: UInt32, _ target: Target) {
    let path = path(matrix, column)
    group(matrix, column, by: .boolean)
    let present = groups.sorted()
    let node = addCases(.boolean, path, present.map { groups.keys[$0] }, to: target)
    let first = tree.nodes[Int(node)].first
    if present.count == 1 {
      let choice = choose(path, .literal(groups.keys[0] == 0 ? "true" : "false"), after: trail)
      setMembers(groups.rest)
      schedule(without(column, matrix), choice, .otherwise(node))
    }
    for (i, group) in present.enumerated().reversed() {
      let choice = choose(path, .literal(groups.keys[group] == 0 ? "false" : "true"), after: trail)
      setMembers(ofGroup: group)
      schedule(without(column, matrix), choice, .cases(first + UInt32(i), 1))
    }
  }

  // MARK: Integers

  private mutating func splitIntervals(_ matrix: Matrix, _ column: Int, _ trail: UInt32, _ target: Target) {
    let path = path(matrix, column)
    guard let domain = IntegerDomain(reader.program.types.kind(entry(matrix, 0, column).type)) else { return }
    // Taken out while others of the builder's arrays change.
    var found = Intervals()
    swap(&found, &intervals)
    defer { swap(&found, &intervals) }
    found.removeAll()
    found.begins.append(domain.first)
    for row in 0..<matrix.height {
      let entry = entry(matrix, row, column)
      guard entry.form == .interval else {
        found.rest.append(row)
        continue
      }
      found.asking.append(row)
      found.begins.append(entry.low)
      if entry.high < domain.last { found.begins.append(entry.high + 1) }
    }
    found.begins.sort()
    for begin in found.begins where found.segments.last != begin { found.segments.append(begin) }
    segmentRows.removeAll()
    for _ in found.segments { _ = segmentRows.addList() }
    for row in found.asking {
      let entry = entry(matrix, row, column)
      let firstSegment = found.segments.partitioningIndex { $0 >= entry.low }
      var segment = firstSegment
      while segment < found.segments.count && found.segments[segment] <= entry.high {
        segmentRows.append(row, to: segment)
        segment += 1
      }
      spend(segment - firstSegment)
    }

    let node = emit(.integer, path: path, to: target)
    let first = UInt32(tree.cases.count)
    made.removeAll(keepingCapacity: true)
    for (i, low) in found.segments.enumerated() {
      let high = i + 1 < found.segments.count ? found.segments[i + 1] - 1 : domain.last
      if segmentRows.isEmpty(i) {
        found.gaps.append((low, high))
        continue
      }
      let index = UInt32(tree.cases.count)
      if i > 0, segmentRows.areEqual(i, i - 1), index > first {
        tree.cases[Int(index) - 1].high = domain.bits(high)
        continue
      }
      tree.cases.append(DecisionTree.Case(low: domain.bits(low), high: domain.bits(high), target: 0))
      let choice = choose(path, .interval(domain.text(low), domain.text(high)), after: trail)
      setMembers(ofSegment: i, and: found.rest)
      made.append((without(column, matrix), choice, index))
    }
    tree.nodes[Int(node)] = DecisionTree.Node(
      kind: .integer, path: path, arm: 0, first: first, count: UInt32(tree.cases.count) - first,
      otherwise: DecisionTree.none)
    if !found.gaps.isEmpty {
      let choice = choose(path, gapClass(found.gaps, domain), after: trail)
      setMembers(found.rest)
      schedule(without(column, matrix), choice, .otherwise(node))
    }
    scheduleMade()
  }

  /// A column of integers.
  struct Intervals {
    /// Rows that ask for an interval, and those that take any.
    var asking: [Int] = []
    var rest: [Int] = []
    /// Where an interval begins or one has ended: as found, and each once, in order.
    var begins: [UInt64] = []
    var segments: [UInt64] = []
    /// What lies in no interval.
    var gaps: [(low: UInt64, high: UInt64)] = []

    mutating func removeAll() {
      asking.removeAll(keepingCapacity: true)
      rest.removeAll(keepingCapacity: true)
      begins.removeAll(keepingCapacity: true)
      segments.removeAll(keepingCapacity: true)
      gaps.removeAll(keepingCapacity: true)
    }
  }

  private mutating func scheduleMade() {
    for job in made.reversed() { schedule(job.matrix, job.choice, .cases(job.first, 1)) }
  }

  /// The rows of a segment and others, in order.
  private mutating func setMembers(ofSegment segment: Int, and others: [Int]) {
    members.removeAll(keepingCapacity: true)
    var next = 0
    segmentRows.forEach(in: segment) { row in
      while next < others.count && others[next] < row {
        members.append(others[next])
        next += 1
      }
      members.append(row)
    }
    members.append(contentsOf: others[next...])
  }

  /// What to write for integers that no arm names: the gaps where each lies between two patterns, else `_`.
  private func gapClass(_ gaps: [(low: UInt64, high: UInt64)], _ domain: IntegerDomain) -> Witness.Class {
    let isInner = gaps.allSatisfy { $0.low != domain.first && $0.high != domain.last }
    guard isInner || gaps.allSatisfy({ $0.high - $0.low < 8 }) else { return .anything }
    return .intervals(gaps.prefix(Witness.limit).map { (domain.text($0.low), domain.text($0.high)) })
  }

  // MARK: Arrays

  /// Below `limit`, a length is a class of its own, in which elements have one name each (from the front); from there
  /// on, what patterns see at the front and at the back does not overlap.
  private mutating func splitLengths(_ matrix: Matrix, _ column: Int, _ trail: UInt32, _ target: Target) {
    let path = path(matrix, column)
    var (longest, front, back) = (0, 0, 0)
    var rest: [Int] = []
    for row in 0..<matrix.height {
      let entry = entry(matrix, row, column)
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
    made.removeAll(keepingCapacity: true)
    var unnamed: [Int] = []
    for length in 0...limit {
      let isLast = length == limit
      members.removeAll(keepingCapacity: true)
      var isNamed = false
      for row in 0..<matrix.height {
        let entry = entry(matrix, row, column)
        if entry.form == .array {
          let least = pool.count(entry.a) + pool.count(entry.b)
          guard entry.low == 1 ? least <= length : !isLast && least == length else { continue }
          isNamed = true
        }
        members.append(row)
      }
      spend(matrix.height)
      guard isNamed else {
        unnamed.append(length)
        continue
      }
      let index = UInt32(tree.cases.count)
      tree.cases.append(
        DecisionTree.Case(low: UInt64(length), high: isLast ? DecisionTree.anyLength : UInt64(length), target: 0))
      let choice = choose(path, .length(length, orMore: isLast, back: isLast ? back : 0), after: trail)
      setElementParts(matrix, column, length: isLast ? nil : length, front, back)
      made.append((replacing(column, of: matrix), choice, index))
    }
    tree.nodes[Int(node)] = DecisionTree.Node(
      kind: .length, path: path, arm: 0, first: first, count: UInt32(tree.cases.count) - first,
      otherwise: DecisionTree.none)
    if !unnamed.isEmpty {
      let choice = choose(path, .lengths(unnamed, orMore: unnamed.last == limit), after: trail)
      setMembers(rest)
      schedule(without(column, matrix), choice, .otherwise(node))
    }
    scheduleMade()
  }

  /// Makes `parts` of the elements that `members` look at in arrays of one length, or (`length` nil) of all lengths
  /// from `front + back` on.
  private mutating func setElementParts(
    _ matrix: Matrix, _ column: Int, length: Int?, _ front: Int, _ back: Int
  ) {
    let count = length ?? front + back
    parts.removeAll()
    for i in 0..<count {
      if length == nil && i >= front {
        parts.paths.append((.elementFromEnd, UInt32(count - i), 0))
      } else {
        parts.paths.append((.element, UInt32(i), 0))
      }
    }
    for row in members {
      let begin = parts.patterns.count
      for _ in 0..<count { parts.patterns.append(PatternPool.wildcard) }
      let entry = entry(matrix, row, column)
      guard entry.form == .array else { continue }
      for i in 0..<pool.count(entry.a) { parts.patterns[begin + i] = pool.element(entry.a, i) }
      let behind = pool.count(entry.b)
      for i in 0..<behind { parts.patterns[begin + count - behind + i] = pool.element(entry.b, i) }
    }
    spend(count * members.count)
  }

  // MARK: What has infinitely many values

  private mutating func splitLiterals(
    _ kind: DecisionTree.Kind, _ matrix: Matrix, _ column: Int, _ trail: UInt32, _ target: Target
  ) {
    let path = path(matrix, column)
    let form = form(matrix, 0, column)
    group(matrix, column, by: form)
    let hasTests = (0..<matrix.height).contains { self.form(matrix, $0, column) == .test }
    var values = groups.keys
    if kind == .literal {
      for i in values.indices {
        setMembers(ofGroup: i)
        guard let row = members.first(where: { self.form(matrix, $0, column) == .literal }) else { continue }
        values[i] = UInt64(entry(matrix, row, column).node.index)
      }
    }
    let node = addCases(kind, path, values, to: target)
    let first = tree.nodes[Int(node)].first
    let choice = choose(path, .anything, after: trail)
    setMembers(groups.rest)
    schedule(without(column, matrix, keepingTests: hasTests), choice, .otherwise(node))
    var known = matrix
    if hasTests {
      known = copy(of: matrix, rows: 0..<matrix.height)
      for row in 0..<matrix.height where self.form(matrix, row, column) == form { setWildcard(known, row, column) }
    }
    for i in values.indices.reversed() {
      setMembers(ofGroup: i)
      schedule(without(column, known, keepingTests: hasTests), choice, .cases(first + UInt32(i), 1))
    }
  }

  /// One pattern of the column, yes or no.
  private mutating func splitTest(_ matrix: Matrix, _ column: Int, _ trail: UInt32, _ target: Target) {
    let path = path(matrix, column)
    let asked = entry(matrix, 0, column)
    let holds = copy(of: matrix, rows: 0..<matrix.height)
    members.removeAll(keepingCapacity: true)
    for row in 0..<matrix.height {
      let entry = entry(matrix, row, column)
      if entry.form == .test && entry.low == asked.low {
        setWildcard(holds, row, column)
      } else {
        members.append(row)
      }
    }
    let node = addCases(.test, path, [UInt64(asked.node.index)], to: target)
    let first = tree.nodes[Int(node)].first
    let choice = choose(path, .anything, after: trail)
    schedule(without(column, matrix, keepingTests: true), choice, .otherwise(node))
    setMembers(0..<matrix.height)
    schedule(without(column, holds, keepingTests: true), choice, .cases(first, 1))
  }

  /// The rows `members` without the column; or with it, where something is left to ask in it.
  private mutating func without(_ column: Int, _ matrix: Matrix, keepingTests: Bool) -> Matrix {
    guard keepingTests, members.contains(where: { form(matrix, $0, column) != .any }) else {
      return without(column, matrix)
    }
    spend(members.count * matrix.width)
    return copy(of: matrix, rows: members)
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
