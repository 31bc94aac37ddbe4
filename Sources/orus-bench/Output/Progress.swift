import Foundation
import Glibc

/// What is being done, on standard error: one line that changes on a terminal, one line per step elsewhere.
final class Progress {
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private let steps: Int
  private var step = 0
  private var name = ""
  private let start = Date()

  init(steps: Int) { self.steps = steps }

  func begin(_ name: String) {
    self.name = name
    step += 1
    if isTerminal { update(0, 0) } else { write("[\(step)/\(steps)] \(name)\n") }
  }

  /// So many of so many runs of this step are done.
  func update(_ done: Int, _ all: Int) {
    guard isTerminal else { return }
    let runs = all == 0 ? "" : ", run \(done) of \(all)"
    write("\r\u{1b}[K[\(step)/\(steps)] \(name)\(runs), \(Int(Date().timeIntervalSince(start))) s")
  }

  func end() {
    if isTerminal { write("\r\u{1b}[K") }
  }

  private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
