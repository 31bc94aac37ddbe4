import Foundation
import Testing

/// Every builtin function and every method of the prelude is called by some case.
@Suite struct BuiltinCoverageTests {
  /// Names that no case calls, each with its reason.
  static let exceptions: [String: String] = [:]

  /// The functions that are always in scope.
  static let functions = """
    print print_no_newline error_print debug_print format input panic assert len push pop reserve sorted range \
    enumerate zip map filter sum min max abs int float type_of is_type same clone hash compare substring timestamp exit
    """

  @Test func everyBuiltinIsCalled() throws {
    let prelude = Corpus.repository.appending(path: "std/prelude.orus")
    let text = try String(contentsOf: prelude, encoding: .utf8)
    let methods = text.matches(of: /pub fn ([a-z]\w*)/).map { String($0.output.1) }
    try #require(methods.count > 50, "the prelude declares the methods of the built-in types")
    var called: Set<Substring> = []
    for found in Corpus.cases {
      let source = try String(decoding: Data(contentsOf: found.url), as: UTF8.self)
      called.formUnion(source.matches(of: /([a-z]\w*)\(/).map(\.output.1))
    }
    let names = Set(methods).union(Self.functions.split { $0 == " " || $0 == "\n" }.map(String.init))
    for name in names.sorted() {
      let isCalled = called.contains(Substring(name))
      if !isCalled, Self.exceptions[name] == nil { Issue.record("no case calls \(name)") }
      if isCalled, Self.exceptions[name] != nil { Issue.record("\(name) needs no exception any more") }
    }
  }
}
