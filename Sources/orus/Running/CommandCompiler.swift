import OrusDriver
import OrusThreads

extension Compiler {
  /// The compiler as the command uses it: modules come from the file system and the directories of ORUS_PATH.
  static var forCommand: Compiler { forCommand(cache: nil) }

  /// The same, with programs kept from run to run.
  static var forRunning: Compiler { forCommand(cache: cacheDirectory.map { ProgramCache(directory: $0) }) }

  private static func forCommand(cache: ProgramCache?) -> Compiler {
    let path = environment("ORUS_PATH") ?? ""
    return Compiler(
      access: SystemFiles(), searchPath: path.split(separator: ":").map(String.init), cache: cache, workers: workers)
  }

  /// As many threads as ORUS_THREADS allows; else one for each processor.
  private static var workers: Workers {
    Workers(count: environment("ORUS_THREADS").flatMap { Int($0) })
  }

  /// Where ORUS_CACHE says; else where programs of this user keep what they can do without. Nil if there is no such
  /// place, or ORUS_CACHE is empty.
  private static var cacheDirectory: String? {
    if let named = environment("ORUS_CACHE") { return named.isEmpty ? nil : named }
    if let common = environment("XDG_CACHE_HOME"), common.hasPrefix("/") { return common + "/orus" }
    return environment("HOME").flatMap { $0.hasPrefix("/") ? $0 + "/.cache/orus" : nil }
  }
}
