/// A backtrace as rows, one a frame: the function, then where it was. A frame
/// that repeats is shown once with its count, and of a deep trace both ends.
struct BacktraceText {
  private static let mostRows = 20

  let rows: [String]

  init(_ frames: [BacktraceFrame]) {
    var runs: [(frame: BacktraceFrame, count: Int)] = []
    for frame in frames {
      if let last = runs.last?.frame, last.line == frame.line, last.function == frame.function,
        last.file == frame.file
      {
        runs[runs.count - 1].count += 1
      } else {
        runs.append((frame, 1))
      }
    }
    let end = Self.mostRows / 2
    let shown = runs.count <= Self.mostRows ? runs[...] : runs.prefix(end) + runs.suffix(end)
    let width = min(40, shown.map { displayWidth(visibleText($0.frame.function)) }.max() ?? 0)
    var rows: [String] = shown.map { run in
      let function = visibleText(run.frame.function)
      let padding = String(repeating: " ", count: max(0, width - displayWidth(function)) + 2)
      let times = run.count > 1 ? "  (\(grouped(run.count)) times)" : ""
      return "\(function)\(padding)\(visibleText(run.frame.file)):\(run.frame.line)\(times)"
    }
    if runs.count > Self.mostRows {
      let hidden = runs.dropFirst(Self.mostRows / 2).dropLast(Self.mostRows / 2).reduce(0) { $0 + $1.count }
      rows.insert("… \(grouped(hidden)) more …", at: Self.mostRows / 2)
    }
    self.rows = rows
  }
}

/// A number with commas between groups of three digits.
private func grouped(_ number: Int) -> String {
  let digits = Array(String(number))
  var text = ""
  for (i, digit) in digits.enumerated() {
    if i > 0, (digits.count - i) % 3 == 0 { text += "," }
    text.append(digit)
  }
  return text
}
