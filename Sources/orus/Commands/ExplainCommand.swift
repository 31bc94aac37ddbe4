import ArgumentParser
import OrusDiagnostics
import OrusDriver

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: CommandName.explain.rawValue,
    abstract: "Show what a diagnostic's code means, with a wrong and a right example.",
    discussion: "Without a code, all codes are listed.")

  @Argument(help: "The code, such as E2001.")
  var code: String?

  func validate() throws {
    guard let code, entry(code) == nil else { return }
    let nearest = nearestName(code.uppercased(), among: allDiagnosticCodes.map(\.code))
    let hint = nearest.map { " Did you mean `\($0)`?" } ?? ""
    throw ValidationError("There is no code `\(code)`.\(hint) `orus explain` lists all codes.")
  }

  func run() throws {
    if let code, let entry = entry(code) { leave(writeToOutput(entry.text)) }
    leave(writeToOutput(allDiagnosticCodes.map { "\($0.code)  \($0.title)\n" }.joined()))
  }

  private func entry(_ code: String) -> CatalogueEntry? {
    let wanted = code.uppercased()
    return allDiagnosticCodes.first { $0.code == wanted }
  }
}
