import OrusBytecode
import OrusDiagnostics

/// One active call at the time of a panic.
struct StoppedFrame {
  /// Index into `Program.functions`.
  let function: Int
  /// A word of `Program.code` that belongs to the instruction it was at.
  let word: Int
}

/// Turns what stopped a program into a diagnostic in its sources.
struct PanicReport {
  private let program: Program
  private(set) var files = SourceFiles()

  init(_ program: Program) {
    self.program = program
    for source in program.sources { _ = files.add(SourceFile(path: source.path, text: source.text)) }
  }

  /// - Parameter frames: innermost first.
  ///
  /// The place is the innermost frame in the user's code: the library's is of no use to someone who did not write it.
  /// In the backtrace stand only frames of the user's, unless there are no others.
  func diagnostic(_ code: RuntimeCode, message: String, frames: [StoppedFrame]) -> Diagnostic {
    let users = frames.filter { !source(of: $0).isLibrary }
    let shown = users.isEmpty ? frames : users
    let place = shown.first.map(span) ?? Span(file: FileID(0), start: 0, end: 0)
    return Diagnostic(
      .panic, code, message, at: Label(place, code.label),
      help: code.advice.map { [Help($0)] } ?? [],
      backtrace: shown.map { frame in
        BacktraceFrame(
          function: String(decoding: program.strings[Int(program.functions[frame.function].name)], as: UTF8.self),
          file: source(of: frame).path, line: line(of: frame))
      })
  }

  private func source(of frame: StoppedFrame) -> SourceRow {
    program.sources[Int(program.functions[frame.function].source)]
  }

  private func line(of frame: StoppedFrame) -> Int {
    let place = span(of: frame)
    return files[place.file].position(of: place.start).line
  }

  private func span(of frame: StoppedFrame) -> Span {
    let file = FileID(program.functions[frame.function].source)
    var low = 0
    var high = program.positions.count
    while low < high {
      let middle = (low + high) / 2
      if program.positions[middle].word <= frame.word { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return Span(file: file, start: 0, end: 0) }
    let row = program.positions[low - 1]
    return Span(file: file, start: row.start, end: row.end)
  }
}
