import Glibc
import Synchronization

/// Runs a program and collects what it writes. `posix_spawn` instead of
/// Foundation's `Process`: thousands of starts must cost milliseconds each.
struct Subprocess {
  struct Result: Sendable {
    /// The exit code, or 128 plus the signal that ended the program, as a shell shows it.
    var exitCode: Int32
    var output: [UInt8]
    var errorOutput: [UInt8]
    var timedOut: Bool
  }

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  var executable: String
  var arguments: [String]
  var environment: [String]
  var directory: String
  var input: [UInt8] = []
  var seconds: Double = 60

  /// Held while a program is started: between the making of a pipe and its marking as close-on-exec, another thread's
  /// program would inherit the end that we write to, and the end of the output would not be seen.
  private static let starting = Mutex(())

  /// A program that writes more is stopped: it would otherwise fill the memory before its time is up.
  static let outputLimit = 64 << 20

  func run() throws(Failure) -> Result {
    let started = try Self.starting.withLock { _ throws(Failure) in try start() }
    defer {
      close(started.output)
      close(started.errorOutput)
    }
    return collect(from: started.process, output: started.output, errorOutput: started.errorOutput)
  }

  private func start() throws(Failure) -> (process: pid_t, output: CInt, errorOutput: CInt) {
    let inputFile = try inputFile()
    let output = try pipe()
    let errorOutput = try pipe()
    defer {
      close(inputFile)
      close(output.write)
      close(errorOutput.write)
    }
    let process = try spawn(input: inputFile, output: output.write, errorOutput: errorOutput.write)
    return (process, output.read, errorOutput.read)
  }

  private func spawn(input: CInt, output: CInt, errorOutput: CInt) throws(Failure) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_adddup2(&actions, input, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, errorOutput, 2)
    guard Self.addChangeDirectory(&actions, directory) == 0 else {
      throw Failure(description: "cannot start a program in \(directory)")
    }
    // A group of its own, so that a timeout can stop whatever the program started.
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))

    var argv: [UnsafeMutablePointer<CChar>?] = ([executable] + arguments).map { strdup($0) } + [nil]
    var envp: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
    defer { for text in argv + envp { free(text) } }
    var process = pid_t()
    let error = posix_spawn(&process, executable, &actions, &attributes, &argv, &envp)
    guard error == 0 else {
      throw Failure(description: "cannot start \(executable): \(String(cString: strerror(error)))")
    }
    return process
  }

  private func collect(from process: pid_t, output: CInt, errorOutput: CInt) -> Result {
    var result = Result(exitCode: 0, output: [], errorOutput: [], timedOut: false)
    let deadline = now() + seconds
    var open = [
      pollfd(fd: output, events: Int16(POLLIN), revents: 0),
      pollfd(fd: errorOutput, events: Int16(POLLIN), revents: 0),
    ]
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while open.contains(where: { $0.fd >= 0 }) {
      let left = deadline - now()
      guard left > 0, result.output.count + result.errorOutput.count < Self.outputLimit else {
        result.timedOut = true
        kill(-process, SIGKILL)
        break
      }
      guard poll(&open, 2, CInt(min(left * 1000 + 1, 1e6))) > 0 else { continue }
      for slot in 0..<2 where open[slot].revents != 0 {
        let count = read(open[slot].fd, &buffer, buffer.count)
        if count <= 0 {
          open[slot].fd = -1
        } else if slot == 0 {
          result.output += buffer[..<count]
        } else {
          result.errorOutput += buffer[..<count]
        }
      }
    }
    var status: CInt = 0
    while waitpid(process, &status, WNOHANG) == 0 {
      if now() > deadline, !result.timedOut {
        result.timedOut = true
        kill(-process, SIGKILL)
      }
      usleep(200)
    }
    let signal = status & 0x7F
    result.exitCode = signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    return result
  }

  private func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// Standard input is a file: nothing has to be fed to the program while it runs.
  private func inputFile() throws(Failure) -> CInt {
    guard !input.isEmpty else { return open("/dev/null", O_RDONLY | O_CLOEXEC) }
    var name = Array("/tmp/orus-input-XXXXXX".utf8CString)
    let file = mkstemp(&name)
    unlink(name)
    guard file >= 0, write(file, input, input.count) == input.count else {
      throw Failure(description: "no file for the input: \(String(cString: strerror(errno)))")
    }
    _ = fcntl(file, F_SETFD, FD_CLOEXEC)
    lseek(file, 0, SEEK_SET)
    return file
  }

  private func pipe() throws(Failure) -> (read: CInt, write: CInt) {
    var ends: [CInt] = [0, 0]
    guard Glibc.pipe(&ends) == 0 else {
      throw Failure(description: "no pipe: \(String(cString: strerror(errno)))")
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }

  /// `posix_spawn_file_actions_addchdir_np`, which glibc has and its Swift module leaves out.
  private static let addChangeDirectory: ChangeDirectoryAction = {
    let symbol = dlsym(nil, "posix_spawn_file_actions_addchdir_np")
    return unsafeBitCast(symbol, to: ChangeDirectoryAction.self)
  }()

  private typealias ChangeDirectoryAction =
    @convention(c) @Sendable (UnsafeMutablePointer<posix_spawn_file_actions_t>, UnsafePointer<CChar>) -> CInt
}
