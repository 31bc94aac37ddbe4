/// Whether all engines print the same: only then are their times worth anything.
enum OutputCheck {
  /// For each engine that disagrees, how. What most engines print is right; of equals, what the first prints.
  static func disagreements(_ outputs: [(engine: String, output: [UInt8])]) -> [(engine: String, what: String)] {
    var votes: [[UInt8]: Int] = [:]
    for (_, output) in outputs { votes[output, default: 0] += 1 }
    guard votes.count > 1, let most = votes.values.max(),
      let right = outputs.first(where: { votes[$0.output] == most })
    else { return [] }
    return outputs.filter { $0.output != right.output }.map {
      ($0.engine, difference($0.output, from: right.output, of: right.engine))
    }
  }

  private static func difference(_ output: [UInt8], from right: [UInt8], of engine: String) -> String {
    let mine = lines(output)
    let other = lines(right)
    for number in 0..<max(mine.count, other.count) {
      let left = number < mine.count ? "`\(mine[number])`" : "nothing"
      let expected = number < other.count ? "`\(other[number])`" : "nothing"
      if left != expected { return "prints \(left) in line \(number + 1), where \(engine) prints \(expected)" }
    }
    return "prints the same lines as \(engine), but not the same bytes"
  }

  private static func lines(_ output: [UInt8]) -> [String] {
    String(decoding: output, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}
