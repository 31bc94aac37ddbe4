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
    let methods = try publicFunctions(of: "prelude.orus")
    try #require(methods.count > 50, "the prelude declares the methods of the built-in types")
    let called = try calledNames { _ in true }
    let names = Set(methods).union(Self.functions.split { $0 == " " || $0 == "\n" }.map(String.init))
    for name in names.sorted() {
      let isCalled = called.contains(name)
      if !isCalled, Self.exceptions[name] == nil { Issue.record("no case calls \(name)") }
      if isCalled, Self.exceptions[name] != nil { Issue.record("\(name) needs no exception any more") }
    }
  }

  /// The modules of the library, by their paths in std.
  static let modules: [String] = {
    let walk = FileManager.default.enumerator(atPath: Corpus.repository.appending(path: "std").path)
    return (walk?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".orus") && $0 != "prelude.orus" }.sorted()
  }()

  /// Every public function of a module is called by a case that is named after the module.
  @Test(arguments: modules)
  func everyLibraryFunctionIsCalled(_ module: String) throws {
    let prefix = "17-library/\(module.prefix { $0 != "/" && $0 != "." })_"
    let called = try calledNames { $0.name.hasPrefix(prefix) }
    let missing = try Set(publicFunctions(of: module)).subtracting(called)
    for name in missing.subtracting(Self.calledByOperators).sorted() { Issue.record("no case calls \(name)") }
  }

  /// Methods that stand behind operators, loops and printing.
  static let calledByOperators: Set<String> = ["index", "set_index", "equals", "compare", "to_string", "iter", "next"]

  /// Every public function, type, constant, field and method of a module says what it is for.
  @Test(arguments: modules)
  func everyLibraryItemIsDocumented(_ module: String) throws {
    let lines = try text(of: module).split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let item = line.drop { $0 == " " }
      guard ["pub fn ", "pub struct ", "pub enum ", "pub const "].contains(where: item.hasPrefix) else { continue }
      let before = index > 0 ? lines[index - 1].drop { $0 == " " } : ""
      if !before.hasPrefix("///") { Issue.record("std/\(module):\(index + 1): no documentation") }
    }
  }

  private func text(of module: String) throws -> String {
    try String(contentsOf: Corpus.repository.appending(path: "std/\(module)"), encoding: .utf8)
  }

  private func publicFunctions(of module: String) throws -> [String] {
    try text(of: module).matches(of: /pub fn ([a-z]\w*)/).map { String($0.output.1) }
  }

  private func calledNames(in isWanted: (Case) -> Bool) throws -> Set<String> {
    var called: Set<String> = []
    for found in Corpus.cases where isWanted(found) {
      let source = try String(decoding: Data(contentsOf: found.url), as: UTF8.self)
      called.formUnion(source.matches(of: /([a-z]\w*)\(/).map { String($0.output.1) })
    }
    return called
  }
}
