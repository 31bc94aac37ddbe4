import Glibc

// The command `orus`. Starting a program is what it is mostly used for and has to
// be quick, so `orus FILE …` and `orus run FILE …` without options go straight to
// it; everything else, and everything irregular, is argument-parser's, whose
// reading of these two forms is the same.

signal(SIGPIPE, SIG_IGN)
keepFreedMemory()

if let request = RunRequest(plain: Array(CommandLine.arguments.dropFirst())) {
  leave(request.execute())
}
OrusCommand.main()
