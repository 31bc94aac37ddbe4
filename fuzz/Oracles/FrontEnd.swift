import OrusDiagnostics
import OrusDriver
import OrusThreads

/// What holds for any bytes given as source: there is an answer, everything that
/// is reported lies in the file, and a program without errors is one that the
/// verifier accepts.
public func frontEnd(_ bytes: UnsafeRawBufferPointer) {
  let entry = SourceFile(path: "fuzz.orus", text: bytes)
  let compilation = onDeepStack { Compiler(access: MemoryFiles()).compile(entry, purpose: .run) }
  for diagnostic in compilation.diagnostics {
    let span = diagnostic.primary.span
    let end = compilation.files[span.file].bytes.count
    precondition(span.start <= span.end && Int(span.end) <= end, "a diagnostic lies outside of its file")
    precondition(!diagnostic.code.hasPrefix("E9"), "an internal error: \(diagnostic.message)")
  }
  let isWrong = compilation.diagnostics.contains { $0.severity != .warning }
  precondition(isWrong == (compilation.program == nil), "a program with errors, or none without")
}
