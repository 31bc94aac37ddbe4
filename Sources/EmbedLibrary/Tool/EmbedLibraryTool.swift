import Glibc

/// `embed-library OUTPUT ROOT FILE…`: writes OUTPUT, a Swift file that holds the
/// text of each FILE under its module name, which is its path below ROOT.
enum EmbedLibraryTool {
  static func run() {
    let arguments = CommandLine.arguments
    guard arguments.count >= 3 else {
      let usage = "usage: embed-library OUTPUT ROOT FILE…\n"
      write(STDERR_FILENO, usage, usage.utf8.count)
      exit(64)
    }
    var text = "let embeddedModules: [(name: StaticString, text: StaticString)] = [\n"
    for path in arguments.dropFirst(3) {
      let relative = path.dropFirst(arguments[2].utf8.count + 1).dropLast(".orus".utf8.count)
      let name = String(relative.map { $0 == "/" ? "." : $0 })
      // No Orus source has a quote mark followed by eight of these.
      text += "  (\"\(name)\", ########\"\"\"\n\(contents(of: path))\n\"\"\"########),\n"
    }
    text += "]\n"
    guard let output = fopen(arguments[1], "w") else { fail(arguments[1]) }
    guard fputs(text, output) >= 0, fclose(output) == 0 else { fail(arguments[1]) }
  }

  private static func contents(of path: String) -> String {
    guard let file = fopen(path, "r") else { fail(path) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    while case let byte = getc(file), byte != EOF { bytes.append(UInt8(byte)) }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func fail(_ path: String) -> Never {
    perror(path)
    exit(1)
  }
}

// A fuzzer's build gives its flags to this tool too, and with them a `main` that is libFuzzer's: the work is done where
// that begins.
#if FUZZING
@_cdecl("LLVMFuzzerInitialize")
public func initialize(_ count: UnsafeMutableRawPointer?, _ arguments: UnsafeMutableRawPointer?) -> CInt {
  EmbedLibraryTool.run()
  exit(0)
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt { 0 }
#else
@main struct Main {
  static func main() { EmbedLibraryTool.run() }
}
#endif
