import OrusBytecode
import OrusDiagnostics
import OrusVM

extension ProgramSources {
  /// What a panic looks like to whoever reads it.
  ///
  /// The place is the innermost frame in the user's code: the library's is of no use to someone who did not write it.
  /// In the backtrace stand only frames of the user's, unless there are no others. What calls `main` is nobody's.
  func diagnostic(_ panic: PanicReport, entry: Int) -> Diagnostic {
    let code = OrusDiagnostics.RuntimeCode(number: Int(panic.code.rawValue))!
    let isUsers = panic.frames.map { $0.function != entry && !isLibrary(function: Int($0.function)) }
    let showsAll = !isUsers.contains(true)
    let isShown = showsAll ? panic.frames.map { $0.function != entry } : isUsers
    let backtrace = zip(panic.frames, isShown).filter(\.1).map { frame, _ in
      let place = place(of: frame)
      let file = files[place.file]
      return (place, BacktraceFrame(
        function: name(of: Int(frame.function)), file: file.path, line: file.position(of: place.start).line))
    }
    var diagnostic = Diagnostic(
      .panic, code, panic.message, at: Label(backtrace.first?.0 ?? place(function: entry, word: 0), code.label),
      help: code.advice.map { [Help($0)] } ?? [], backtrace: backtrace.map(\.1))
    if panic.omitted > 0 {
      diagnostic.omittedFrames = (panic.omitted, isShown.prefix(panic.omittedAfter).count { $0 })
    }
    return diagnostic
  }

  private func place(of frame: PanicFrame) -> Span { place(function: Int(frame.function), word: Int(frame.word)) }
}
