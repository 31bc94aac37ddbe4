import OrusDiagnostics
import OrusDriver

/// The bytes of a file named on the command line, `-` for standard input; nil after saying why there are none.
func readInput(_ file: String) -> SourceFile? {
  let files = SystemFiles()
  switch file == "-" ? files.readStandardInput() : files.read(file) {
  case .file(let source): return source
  case .missing: complain("cannot read `\(file)`: there is no such file")
  case .unreadable(let reason): complain("cannot read `\(file)`: \(reason)")
  }
  return nil
}

/// The same, for what takes no program that is compiled already.
func readSource(_ file: String) -> SourceFile? {
  guard let input = readInput(file) else { return nil }
  guard isCompiledProgram(input.bytes) else { return input }
  complain("`\(file)` is compiled already", help: "`orus run` runs it; give the source file here")
  return nil
}
