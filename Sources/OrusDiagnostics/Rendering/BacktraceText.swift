/// A backtrace as rows, one a frame: the function, then where it was. A frame
/// that repeats is shown once with its count, and of a deep trace both ends.
struct BacktraceText {
  private static let mostRows = 20

  let rows: [String]

  private typealias Run = (frame: BacktraceFrame, count: Int)

  /// - Parameter omitted: how many frames are not in `frames`, and after how many of them they would come.
  init(_ frames: [BacktraceFrame], omitted: (count: Int, after: Int) = (0, 0)) {
    let half = Self.mostRows / 2
    var head = Self.runs(frames.prefix(omitted.count > 0 ? omitted.after : frames.count))[...]
    var tail = Self.runs(frames.dropFirst(omitted.count > 0 ? omitted.after : frames.count))[...]
    var hidden = omitted.count
    if hidden > 0 || head.count > Self.mostRows {
      if hidden == 0 {
        tail = head.dropFirst(half)
        head = head.prefix(half)
      }
      hidden += (head.dropFirst(half) + tail.dropLast(half)).reduce(0) { $0 + $1.count }
      head = head.prefix(half)
      tail = tail.suffix(half)
    }
    let shown = head + tail
    let width = min(40, shown.map { displayWidth(visibleText($0.frame.function)) }.max() ?? 0)
    var rows: [String] = shown.map { run in
      let function = visibleText(run.frame.function)
      let padding = String(repeating: " ", count: max(0, width - displayWidth(function)) + 2)
      let times = run.count > 1 ? "  (\(grouped(run.count)) times)" : ""
      return "\(function)\(padding)\(visibleText(run.frame.file)):\(run.frame.line)\(times)"
    }
    if hidden > 0 { rows.insert("… \(grouped(hidden)) more …", at: head.count) }
    self.rows = rows
  }

  private static func runs(_ frames: ArraySlice<BacktraceFrame>) -> [Run] {
    var runs: [Run] = []
    for frame in frames {
      if let last = runs.last?.frame, last.line == frame.line, last.function == frame.function,
        last.file == frame.file
      {
        runs[runs.count - 1].count += 1
      } else {
        runs.append((frame, 1))
      }
    }
    return runs
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
