import OrusBytecode
import OrusDiagnostics
import OrusSyntax

/// A stage of the compiler whose result can be printed.
public enum Stage: String, CaseIterable, Sendable {
  case tokens, tree, types, bytecode
}

/// What a stage makes of a program, as text.
public struct Dump: Sendable {
  /// Empty where the program did not come so far.
  public let text: String
  public let diagnostics: [Diagnostic]
  public let files: SourceFiles
}

extension Compiler {
  /// What a stage makes of the program whose entry file is `entry`. Tokens and tree are those of this file alone, types
  /// those of all modules but the library's. The bytecode may be that of a compiled program, too.
  public func dump(_ entry: SourceFile, stage: Stage) -> Dump {
    switch stage {
    case .tokens: dumpSyntax(entry) { dumpTokens($0.tokens, source: $2, symbols: $1) }
    case .tree: dumpSyntax(entry) { tree, symbols, _ in dumpTree(tree, symbols: symbols) }
    case .types: dumpTypes(entry)
    case .bytecode: isCompiledProgram(entry.bytes) ? dumpCompiled(entry) : dumpBytecode(entry)
    }
  }

  private func dumpSyntax(
    _ entry: SourceFile, _ text: (SyntaxTree, SymbolTable, UnsafeBufferPointer<UInt8>) -> String
  ) -> Dump {
    var files = SourceFiles()
    let file = files.add(entry)
    let symbols = SymbolTable()
    var diagnostics: [Diagnostic] = []
    let tree = parse(source: entry.bytes, file: file, symbols: symbols, diagnostics: &diagnostics)
    return Dump(text: text(tree, symbols, entry.bytes), diagnostics: inReadingOrder(diagnostics), files: files)
  }

  private func dumpTypes(_ entry: SourceFile) -> Dump {
    var pipeline = load(entry)
    let typed = pipeline.check()
    return Dump(
      text: TypesDump.text(of: typed, files: pipeline.files), diagnostics: pipeline.finish(), files: pipeline.files)
  }

  /// Also of a program that the verifier refuses: there it is of most use.
  private func dumpBytecode(_ entry: SourceFile) -> Dump {
    var pipeline = load(entry)
    let program = pipeline.lower(pipeline.check())
    if let program { _ = pipeline.verify(program) }
    return Dump(
      text: program.map { disassemble($0) } ?? "", diagnostics: pipeline.finish(), files: pipeline.files)
  }

  private func dumpCompiled(_ file: SourceFile) -> Dump {
    switch loadProgram(file) {
    case .success(let program): Dump(text: disassemble(program.program), diagnostics: [], files: SourceFiles())
    case .failure(let failure): Dump(text: "", diagnostics: [failure.diagnostic], files: failure.files)
    }
  }
}
