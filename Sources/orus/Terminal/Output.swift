import Glibc
import OrusDriver

/// What the command's exit code says where a program does not set it.
enum ExitStatus: Int32 {
  case success = 0
  case wrongUsage = 64
  case doesNotCompile = 65
  case cannotRead = 66
  case panic = 70
  case outputFailed = 74
  case interrupted = 130
}

/// Ends the process without running what other libraries would do at its end: nothing here is buffered.
func leave(_ status: Int32) -> Never {
  _exit(status)
}

func leave(_ status: ExitStatus) -> Never {
  leave(status.rawValue)
}

/// Writes to standard output. A reader that has gone is not worth a message, any other failure is.
func writeToOutput(_ text: String) -> ExitStatus {
  let failure = write(text, to: STDOUT_FILENO)
  if failure != 0, failure != EPIPE { complain("cannot write the output: \(errorText(failure))") }
  return failure == 0 ? .success : .outputFailed
}

/// Writes to standard error; where that fails there is nobody to tell.
func writeToError(_ text: String) {
  _ = write(text, to: STDERR_FILENO)
}

/// A message about the command's own work.
func complain(_ message: String, help: String? = nil) {
  writeToError("orus: \(message)\n" + (help.map { "help: \($0)\n" } ?? ""))
}

/// 0, or the `errno` of the write that failed.
private func write(_ text: String, to descriptor: Int32) -> Int32 {
  var text = text
  return text.withUTF8 { write($0, to: descriptor) }
}

private func write(_ bytes: UnsafeBufferPointer<UInt8>, to descriptor: Int32) -> Int32 {
  var done = 0
  while done < bytes.count {
    let count = Glibc.write(descriptor, bytes.baseAddress! + done, bytes.count - done)
    if count < 0 {
      if errno == EINTR { continue }
      return errno
    }
    done += count
  }
  return 0
}

/// Writes a file, new or in place of an old one. 0, or the `errno` of what failed.
func writeFile(_ path: String, _ bytes: [UInt8]) -> Int32 {
  let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
  guard descriptor >= 0 else { return errno }
  let failure = bytes.withUnsafeBufferPointer { write($0, to: descriptor) }
  let closed = close(descriptor)
  return failure != 0 ? failure : closed != 0 ? errno : 0
}
