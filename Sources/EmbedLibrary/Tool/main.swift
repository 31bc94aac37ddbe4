import Glibc

// embed-library OUTPUT ROOT FILE…: writes OUTPUT, a Swift file that holds the text of each FILE under its module
// name, which is its path below ROOT.

func fail(_ path: String) -> Never {
  perror(path)
  exit(1)
}

func contents(of path: String) -> String {
  guard let file = fopen(path, "r") else { fail(path) }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  while case let byte = getc(file), byte != EOF { bytes.append(UInt8(byte)) }
  return String(decoding: bytes, as: UTF8.self)
}

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
