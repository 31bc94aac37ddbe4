import Foundation
import Glibc

/// Starts programs through `orus-bench-launch`, which says what they took: see its main.c for why.
struct Launcher {
  /// Where the launcher is.
  let path: String
  /// Where programs' output goes.
  let folder: TemporaryFolder
  /// After how many seconds a program is stopped.
  var timeout = 120
  /// Put into the environment of every program.
  var environment: [String: String] = [:]

  init(folder: TemporaryFolder, timeout: Int = 120, environment: [String: String] = [:]) throws {
    path = Locations.besideTool("orus-bench-launch")
    guard access(path, X_OK) == 0 else { throw Failure("there is no \(path): build with `swift build`") }
    self.folder = folder
    self.timeout = timeout
    self.environment = environment
  }

  func run(_ command: Command) throws -> Run {
    try Launched(command, by: self, standsStill: false).finish()
  }

  /// Runs a program after `attach` was given its process, which stands before its first instruction.
  func run(_ command: Command, attach: (pid_t) throws -> Void) throws -> Run {
    let launched = try Launched(command, by: self, standsStill: true)
    guard let process = launched.readLine().flatMap({ pid_t($0) }) else {
      return try launched.finish()
    }
    defer { kill(process, SIGCONT) }
    try attach(process)
    kill(process, SIGCONT)
    return try launched.finish()
  }

  /// Runs programs, some at the same time, and hands each run on as it ends. For counting, never for timing.
  func runAll(_ commands: [Command], atOnce limit: Int, finished: (Int, Run) -> Void) throws {
    var running: [(index: Int, launched: Launched)] = []
    var next = 0
    while next < commands.count || !running.isEmpty {
      while next < commands.count, running.count < limit {
        running.append((next, try Launched(commands[next], by: self, standsStill: false)))
        next += 1
      }
      let (index, launched) = running.remove(at: Launched.firstReady(running.map(\.launched)))
      finished(index, try launched.finish())
    }
  }
}

/// A launcher that runs.
private final class Launched {
  private let process: pid_t
  private let pipe: Int32
  private let output: String
  private let errors: String
  private let command: Command

  init(_ command: Command, by launcher: Launcher, standsStill: Bool) throws {
    self.command = command
    output = launcher.folder.freshName("output")
    errors = launcher.folder.freshName("errors")
    var ends: [Int32] = [0, 0]
    guard Glibc.pipe(&ends) == 0 else { throw Failure("cannot make a pipe: \(errnoText())") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    pipe = ends[0]
    defer { close(ends[1]) }

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)

    let arguments =
      [launcher.path, standsStill ? "count" : "run", String(launcher.timeout), output, errors, command.executable]
      + command.arguments
    let variables = (command.environment ?? ProcessInfo.processInfo.environment)
      .merging(launcher.environment) { $1 }.map { "\($0)=\($1)" }
    var started = pid_t()
    let failure = withCStrings(arguments) { argv in
      withCStrings(variables) { envp in posix_spawn(&started, launcher.path, &actions, nil, argv, envp) }
    }
    guard failure == 0 else { throw Failure("cannot start \(launcher.path): \(String(cString: strerror(failure)))") }
    process = started
  }

  /// A line from the launcher, without its end; nothing at the end.
  func readLine() -> String? {
    var line: [UInt8] = []
    var byte: UInt8 = 0
    while true {
      let count = read(pipe, &byte, 1)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { return line.isEmpty ? nil : String(decoding: line, as: UTF8.self) }
      if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
      line.append(byte)
    }
  }

  func finish() throws -> Run {
    let line = readLine()
    close(pipe)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    let numbers = (line ?? "").split(separator: " ").compactMap { Int($0) }
    guard numbers.count == 11 else { throw Failure("cannot run \(command.text)") }
    defer {
      unlink(output)
      unlink(errors)
    }
    return Run(
      end: numbers[2] == 1 ? .timeout : numbers[1] != 0 ? .signal(numbers[1]) : .exit(numbers[0]),
      sample: Sample(
        seconds: Double(numbers[3]) / 1e9, cpuSeconds: Double(numbers[4] + numbers[5]) / 1e6,
        peakBytes: numbers[6] * 1024, minorFaults: numbers[7], majorFaults: numbers[8], yields: numbers[9],
        preemptions: numbers[10]),
      output: Array(FileManager.default.contents(atPath: output) ?? Data()),
      errors: String(decoding: FileManager.default.contents(atPath: errors) ?? Data(), as: UTF8.self))
  }

  /// Waits until one of them has something to say, and tells which.
  static func firstReady(_ all: [Launched]) -> Int {
    var waiting = all.map { pollfd(fd: $0.pipe, events: Int16(POLLIN), revents: 0) }
    while poll(&waiting, nfds_t(waiting.count), -1) < 0, errno == EINTR {}
    return waiting.firstIndex { $0.revents != 0 } ?? 0
  }
}

func errnoText() -> String { String(cString: strerror(errno)) }

/// Strings as C wants them for a new process: an array of pointers that ends with a null.
private func withCStrings<Result>(
  _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
  var pointers: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) } + [nil]
  defer { for pointer in pointers { free(pointer) } }
  return pointers.withUnsafeMutableBufferPointer { body($0.baseAddress!) }
}
