/// The smallest program, in every language: what is left of its time is the start of the engine.
enum Hello {
  static let name = "start-up"

  static func source(in language: Language) -> String {
    switch language {
    case .orus, .lua, .luajit, .python: "print(\"hello\")\n"
    case .javaScript: "console.log(\"hello\");\n"
    case .c: "#include <stdio.h>\n\nint main(void) { puts(\"hello\"); }\n"
    }
  }

  /// Written out, it is a program like the others.
  static func program(in folder: TemporaryFolder) throws -> BenchmarkProgram {
    for language in Language.allCases {
      _ = try folder.write(source(in: language), to: "\(name).\(language.suffixes[0])")
    }
    return BenchmarkProgram(name: name, folder: folder.path)
  }
}
