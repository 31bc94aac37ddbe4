import OrusBytecode
import OrusDiagnostics
import OrusDriver
import OrusThreads
import Testing

/// What comes of compiling does not depend on threads: not one byte of the program or of the messages.
struct ParallelTests {
  /// Small modules get threads of their own too.
  private static let eager = [Workers(count: 2, grain: 1), Workers(count: 5, grain: 1)]

  @Test func findsCases() {
    #expect(Project.cases.count > 60)
  }

  @Test(arguments: Project.cases) func threadsChangeNoCase(_ project: Project) { compare(project, rounds: 1) }

  @Test(arguments: Project.generated) func threadsChangeNothing(_ project: Project) { compare(project, rounds: 3) }

  private func compare(_ project: Project, rounds: Int) {
    let expected = outcome(of: project, .none)
    for workers in Self.eager {
      for _ in 0..<rounds {
        let found = outcome(of: project, workers)
        #expect(found.messages == expected.messages)
        #expect(found.types == expected.types)
        #expect(found.program == expected.program, "another program")
      }
    }
  }

  /// Otherwise the comparison would be one of messages only.
  @Test func generatedProjectsCompile() {
    for project in Project.generated where project.name.hasSuffix("none") {
      let result = outcome(of: project, .none)
      #expect(result.program != nil, "\(project): \(result.messages)")
    }
  }

  private struct Outcome {
    let messages: String
    let types: String
    let program: [UInt8]?
  }

  private func outcome(of project: Project, _ workers: Workers) -> Outcome {
    onDeepStack {
      let compiler = Compiler(access: MemoryFiles(project.files), workers: workers)
      let entry = SourceFile(path: project.entry, text: project.files[project.entry]!.utf8)
      let compilation = compiler.compile(entry, purpose: .run)
      let renderer = DiagnosticRenderer(.full, colour: false, files: compilation.files, toolVersion: "")
      return Outcome(
        messages: renderer.render(compilation.diagnostics), types: compiler.dump(entry, stage: .types).text,
        program: compilation.program?.serialized())
    }
  }
}
