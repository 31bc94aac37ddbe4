import ArgumentParser
import OrusDiagnostics
import OrusDriver

/// The command as argument-parser sees it.
struct OrusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "orus",
    abstract: "Compile and run programs written in Orus.",
    usage: """
      orus [run] [OPTIONS] FILE [ARGUMENTS …]
      orus check FILE …
      orus dump tokens|tree|types|bytecode FILE
      orus compile FILE [-o OUTPUT]
      orus explain [CODE]
      """,
    discussion: """
      FILE is a source file, a program made by `orus compile`, or `-` for standard input. Options stand before FILE; \
      what follows it belongs to the program.

      Exit codes: the program's own; 64 wrong usage, 65 the program does not compile, 66 a file cannot be read, \
      70 uncaught panic, 74 input or output failed, 130 interrupted.

      Environment: ORUS_PATH lists directories in which modules are looked for, separated by colons. ORUS_CACHE \
      is the directory in which compiled programs are kept from one run to the next (by default orus in \
      XDG_CACHE_HOME or ~/.cache), and empty for none. ORUS_THREADS is how many threads compiling may use (by default \
      one for each processor). NO_COLOR turns colours off. ORUS_GC_STRESS=1 collects garbage at every allocation; \
      ORUS_GC_LOG=1 writes a line for each collection.
      """,
    version: orusVersion,
    subcommands: [
      RunCommand.self, CheckCommand.self, DumpCommand.self, CompileCommand.self, ExplainCommand.self,
    ],
    defaultSubcommand: RunCommand.self)
}
