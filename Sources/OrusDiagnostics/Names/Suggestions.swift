/// The candidate that was probably meant by `name`, or nil if none is near.
///
/// One that differs only in case wins; then one with the same words in another
/// order (`set_max` for `max_set`); then the smallest Damerau–Levenshtein
/// distance within a third of the name's length, the first in alphabetical
/// order where several are equally near. Independent of the candidates' order.
public func nearestName(_ name: String, among candidates: some Sequence<String>) -> String? {
  let wanted = Array(name.unicodeScalars)
  guard wanted.count > 0 else { return nil }
  let lowered = name.lowercased()
  let words = sortedWords(name)
  // A name of one letter is near to every other one; only its case may be wrong.
  var bound = wanted.count == 1 ? 0 : max(wanted.count, 3) / 3
  var best: String?
  var bestRank = Int.max
  for candidate in candidates where candidate != name {
    let rank: Int
    if candidate.lowercased() == lowered {
      rank = -2
    } else if words.count > 1, sortedWords(candidate) == words {
      rank = -1
    } else {
      let scalars = Array(candidate.unicodeScalars)
      guard abs(scalars.count - wanted.count) <= bound,
        let distance = editDistance(wanted, scalars, atMost: bound)
      else { continue }
      rank = distance
    }
    if rank < bestRank || rank == bestRank && candidate < best! {
      best = candidate
      bestRank = rank
      bound = min(bound, max(rank, 0))
    }
  }
  return best
}

private func sortedWords(_ name: String) -> [Substring] {
  name.split(separator: "_").sorted()
}

/// Insertions, deletions, substitutions and swaps of neighbours that make `b` of `a`; nil if more than `bound`.
private func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar], atMost bound: Int) -> Int? {
  var beforePrevious = [Int](repeating: 0, count: b.count + 1)
  var previous = Array(0...b.count)
  var current = previous
  for i in 0..<a.count {
    current[0] = i + 1
    var least = i + 1
    for j in 0..<b.count {
      var cost = min(previous[j + 1], current[j]) + 1
      cost = min(cost, previous[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, beforePrevious[j - 1] + 1) }
      current[j + 1] = cost
      least = min(least, cost)
    }
    if least > bound { return nil }
    (beforePrevious, previous, current) = (previous, current, beforePrevious)
  }
  return previous[b.count] <= bound ? previous[b.count] : nil
}
