import Testing

/// One case in one mode: what the test runner counts.
struct CaseRun: Sendable, CustomTestStringConvertible {
  let `case`: Case
  let mode: Mode

  var testDescription: String { "\(`case`.name) [\(mode.rawValue)]" }

  /// Cases that stop before anything runs have one mode; expectations are rewritten from the interpreter alone.
  static let all: [CaseRun] = Corpus.cases.enumerated().flatMap { number, found -> [CaseRun] in
    let modes = found.stopsBeforeRunning || Update.requested != nil ? [.interpreter] : Mode.modes(forCase: number)
    return modes.map { CaseRun(case: found, mode: $0) }
  }
}

@Suite struct ConformanceTests {
  @Test(arguments: CaseRun.all)
  func holds(_ run: CaseRun) throws {
    var outcome = try Orus.run(run.case, in: run.mode)
    var checked = run.case
    if let update = Update.requested {
      try #require(!Update.isRefused, "expectations are not rewritten in CI")
      try update.apply(outcome, to: run.case)
      // Once more: an expectation that was put in moves the lines after it.
      checked = try Case(at: run.case.url, name: run.case.name)
      outcome = try Orus.run(checked, in: run.mode)
    }
    for difference in Comparison(outcome, with: checked, in: run.mode).differences {
      Issue.record("\(run.testDescription): \(difference)")
    }
  }
}

@Suite struct CorpusTests {
  @Test func hasCases() {
    #expect(!Corpus.names.isEmpty, "no cases under \(Corpus.root.path)")
  }

  /// A case that cannot be read would otherwise be left out in silence.
  @Test(arguments: Corpus.names)
  func canBeRead(_ name: String) throws {
    let found = try Case(at: Corpus.url(of: name), name: name)
    #expect(found.expectationCount > 0, "\(name) expects nothing")
  }
}
