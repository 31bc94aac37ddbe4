import Foundation
import OrusDiagnostics
import OrusSyntax
import OrusTypes
import XCTest

/// The library's prelude, which every program begins with.
private let prelude: [UInt8] = {
  let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  return Array((try? Data(contentsOf: root.appending(path: "std/prelude.orus"))) ?? Data())
}()

/// Everything that the checker and the analyses say about a program of one module, in order of position.
func diagnostics(_ source: String, file: StaticString = #filePath, line: UInt = #line) -> [Diagnostic] {
  analyze(source, file: file, line: line).found
}

/// Asserts the complete list of what is said about a program: `LINE CODE` for each.
func check(_ source: String, _ expected: String..., file: StaticString = #filePath, line: UInt = #line) {
  let (found, source) = analyze(source, file: file, line: line)
  let shown = found.map { "\(source.position(of: $0.primary.span.start).line) \($0.code)" }
  let words = found.map { "\(source.position(of: $0.primary.span.start).line) \($0.code): \($0.message)" }
  XCTAssertEqual(shown, expected, words.joined(separator: "\n"), file: file, line: line)
}

private func analyze(
  _ source: String, file: StaticString, line: UInt
) -> (found: [Diagnostic], file: SourceFile) {
  let bytes = Array(source.utf8)
  let symbols = SymbolTable()
  var found: [Diagnostic] = []
  var files = SourceFiles()
  let trees = [prelude, bytes].map { text in
    let file = files.add(SourceFile(path: "main.orus", text: text))
    return parse(source: files[file].bytes, file: file, symbols: symbols, diagnostics: &found)
  }
  XCTAssert(found.isEmpty, "the program does not parse: \(found.map(\.message))", file: file, line: line)
  let modules = [
    ModuleInput(tree: trees[0], name: "prelude", isLibrary: true, imports: [:]),
    ModuleInput(tree: trees[1], name: "main", isLibrary: false, imports: [:]),
  ]
  let program = check(modules: modules, symbols: symbols, diagnostics: &found)
  found += analyzeModule(1, of: program, source: files[trees[1].file].bytes).diagnostics
  found = droppingWarningsOfFailedFunctions(found, tree: trees[1])
  found.sort { ($0.primary.span.start, $0.primary.span.end) < ($1.primary.span.start, $1.primary.span.end) }
  return (found, files[trees[1].file])
}
