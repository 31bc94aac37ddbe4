/// The words that may stand where a file could, too.
enum CommandName: String, CaseIterable {
  case run, check, dump, compile, explain, help
}
