import Foundation
import OrusDiagnostics
import Testing

@Suite struct MachineFormTests {
  private let f = Fixture(("dir/my file.orus", "let x = \"a\" + 1\nlet y = x\n"), ("b.orus", "é = 1\n"))

  private var diagnostic: Diagnostic {
    var diagnostic = error(
      f.span("\"a\""), "text \"quoted\" \\ \t\u{1}é", [Label(f.span("é", file: 1), "there")], message: "line\nbreak",
      explanation: "Why.", help: [Help("plain"), Help("edit", edits: [.init(f.span("1"), "\"1\"")])])
    diagnostic.backtrace = [BacktraceFrame(function: "main", file: "dir/my file.orus", line: 2)]
    return diagnostic
  }

  private func parse(_ text: some StringProtocol) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func compactIsOneLineEach() {
    let warning = Diagnostic(.warning, SampleCode.unused, "`y` is never used", at: Label(f.span("y"), "here"))
    #expect(
      f.render(.compact, diagnostic, warning) == """
        dir/my file.orus:1:9: error[E2001]: line\\nbreak
        dir/my file.orus:2:5: warning[W0001]: `y` is never used

        """)
  }

  @Test func jsonIsOneObjectALineWithEverythingInIt() throws {
    let lines = f.render(.json, diagnostic, diagnostic).split(separator: "\n")
    #expect(lines.count == 2)
    let object = try parse(lines[0])
    #expect(object["severity"] as? String == "error")
    #expect(object["code"] as? String == "E2001")
    #expect(object["title"] as? String == "TYPE MISMATCH")
    #expect(object["message"] as? String == "line\nbreak")
    #expect(object["explanation"] as? String == "Why.")
    let primary = try #require(object["primary"] as? [String: Any])
    #expect(primary["text"] as? String == "text \"quoted\" \\ \t\u{1}é")
    let span = try #require(primary["span"] as? [String: Any])
    #expect(span["file"] as? String == "dir/my file.orus")
    #expect(span["start"] as? [String: Int] == ["offset": 8, "line": 1, "column": 9])
    #expect(span["end"] as? [String: Int] == ["offset": 11, "line": 1, "column": 12])
    let secondary = try #require(object["secondary"] as? [[String: Any]])
    let other = try #require(secondary.first?["span"] as? [String: Any])
    #expect(other["file"] as? String == "b.orus")
    #expect(other["end"] as? [String: Int] == ["offset": 2, "line": 1, "column": 2])
    let help = try #require(object["help"] as? [[String: Any]])
    #expect(help.count == 2)
    #expect((help[0]["edits"] as? [Any])?.isEmpty == true)
    let edit = try #require((help[1]["edits"] as? [[String: Any]])?.first)
    #expect(edit["replacement"] as? String == "\"1\"")
    let frames = try #require(object["backtrace"] as? [[String: Any]])
    #expect(frames.first?["function"] as? String == "main")
    #expect(frames.first?["line"] as? Int == 2)
  }

  @Test func sarifIsOneLog() throws {
    let log = try parse(f.render(.sarif, diagnostic, diagnostic))
    #expect(log["version"] as? String == "2.1.0")
    let run = try #require((log["runs"] as? [[String: Any]])?.first)
    let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
    #expect(driver["name"] as? String == "orus")
    #expect((driver["rules"] as? [[String: Any]])?.map { $0["id"] as? String } == ["E2001"])
    let results = try #require(run["results"] as? [[String: Any]])
    #expect(results.count == 2)
    let result = results[0]
    #expect(result["level"] as? String == "error")
    #expect(result["ruleIndex"] as? Int == 0)
    let location = try #require((result["locations"] as? [[String: Any]])?.first?["physicalLocation"] as? [String: Any])
    #expect((location["artifactLocation"] as? [String: Any])?["uri"] as? String == "dir/my%20file.orus")
    #expect(
      location["region"] as? [String: Int] == ["startLine": 1, "startColumn": 9, "endLine": 1, "endColumn": 12])
    let fix = try #require((result["fixes"] as? [[String: Any]])?.first)
    let change = try #require((fix["artifactChanges"] as? [[String: Any]])?.first)
    let replacement = try #require((change["replacements"] as? [[String: Any]])?.first)
    #expect((replacement["insertedContent"] as? [String: Any])?["text"] as? String == "\"1\"")
    #expect((result["relatedLocations"] as? [Any])?.count == 1)
    #expect((result["stacks"] as? [Any])?.count == 1)
  }

  @Test func sarifWithoutFindingsIsStillALog() throws {
    let run = try #require((try parse(f.render(.sarif))["runs"] as? [[String: Any]])?.first)
    #expect((run["results"] as? [Any])?.isEmpty == true)
    #expect(f.render(.json).isEmpty && f.render(.compact).isEmpty && f.full().isEmpty)
  }
}
