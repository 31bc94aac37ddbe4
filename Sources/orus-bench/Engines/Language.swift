/// What a program is written in.
enum Language: CaseIterable {
  case orus
  case lua
  /// Lua 5.1 with additions: where a program needs more of Lua 5.4, there is a file for it alone.
  case luajit
  case python
  case javaScript
  case c

  /// What the names of its sources end in, the best first.
  var suffixes: [String] {
    switch self {
    case .orus: ["orus"]
    case .lua: ["lua"]
    case .luajit: ["luajit.lua", "lua"]
    case .python: ["py"]
    case .javaScript: ["js"]
    case .c: ["c"]
    }
  }
}
