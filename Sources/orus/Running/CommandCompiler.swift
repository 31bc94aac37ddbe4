import OrusDriver

extension Compiler {
  /// The compiler as the command uses it: modules come from the file system and the directories of ORUS_PATH.
  static var forCommand: Compiler {
    let path = environment("ORUS_PATH") ?? ""
    return Compiler(access: SystemFiles(), searchPath: path.split(separator: ":").map(String.init))
  }
}
