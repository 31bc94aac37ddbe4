import OrusBytecode
import OrusDiagnostics
import OrusVM

/// The files that a program's functions come from, for what is said about its instructions.
struct ProgramSources {
  private let program: Program
  private(set) var files: SourceFiles
  /// The file of each of the program's sources.
  private var numbers: [FileID] = []

  /// - Parameter files: those that the program was compiled from. What a source has in common with one of them by its
  ///   path is that file.
  init(_ program: Program, files: SourceFiles) {
    self.program = program
    self.files = files
    let known = 0..<UInt32(files.count)
    for source in program.sources {
      let same = known.first { files[FileID($0)].path == source.path }
      numbers.append(same.map { FileID($0) } ?? self.files.add(SourceFile(path: source.path, text: source.text)))
    }
    // A diagnostic has to be in some file.
    if self.files.count == 0 { numbers.append(self.files.add(SourceFile(path: "<program>", text: []))) }
  }

  func isLibrary(function: Int) -> Bool {
    source(of: function).map { program.sources[$0].isLibrary } ?? true
  }

  func name(of function: Int) -> String {
    String(decoding: program.strings[Int(program.functions[function].name)], as: UTF8.self)
  }

  /// The source range of the instruction at a word of `Program.code`; the start of its file if there is none.
  func place(function: Int, word: Int) -> Span {
    let file = numbers[source(of: function) ?? 0]
    guard let row = program.position(of: UInt32(word), in: program.functions[function]) else {
      return Span(file: file, start: 0, end: 0)
    }
    return Span(file: file, start: row.start, end: row.end)
  }

  private func source(of function: Int) -> Int? {
    let source = Int(program.functions[function].source)
    return source < program.sources.count ? source : nil
  }
}
