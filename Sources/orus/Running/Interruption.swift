import Glibc
import OrusDriver

/// What SIGINT sets.
private let interruption = StopFlag()

/// From now on SIGINT ends the running program, with what it has written so far; a second one ends the process at once.
func stopAtInterruption() -> StopFlag {
  // The handler finds it made.
  let flag = interruption
  var action = sigaction()
  action.__sigaction_handler.sa_handler = { _ in interruption.interrupt() }
  // Without SA_RESTART: a read that waits returns.
  action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND))
  sigaction(SIGINT, &action, nil)
  return flag
}
