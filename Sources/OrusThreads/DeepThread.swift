import Glibc

/// Something that a thread is to do.
class Job {
  func run() {}
}

/// A thread with a large stack.
///
/// The front end descends recursively into what it reads. Nesting has a limit, but
/// a thousand levels of an unoptimised build are more than the usual 8 MB hold.
/// The memory of the stack is reserved, not used, until something is that deep.
/// Where so much cannot be reserved, less will do for every program but the deepest.
struct DeepThread {
  private let thread: pthread_t
  private let job: Job

  /// Starts to run the job; nil if there can be no thread. SIGINT is for the new thread, rather than for the one that
  /// starts it, or for neither of them.
  init?(_ job: Job, takesInterrupts: Bool) {
    for megabytes in [512, 128, 32] {
      guard let thread = start(job, stackBytes: megabytes << 20, takesInterrupts) else { continue }
      self.thread = thread
      self.job = job
      return
    }
    return nil
  }

  /// Waits for the end of the job.
  func join() {
    withExtendedLifetime(job) { _ = pthread_join(thread, nil) }
  }
}

private func start(_ job: Job, stackBytes: Int, _ takesInterrupts: Bool) -> pthread_t? {
  var attributes = pthread_attr_t()
  guard pthread_attr_init(&attributes) == 0 else { return nil }
  defer { pthread_attr_destroy(&attributes) }
  guard pthread_attr_setstacksize(&attributes, stackBytes) == 0 else { return nil }
  var before = sigset_t()
  // A new thread begins with the mask of the one that starts it.
  setInterrupts(SIG_BLOCK, before: &before)
  defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
  var thread = pthread_t()
  let argument = Unmanaged.passUnretained(job).toOpaque()
  let failure =
    takesInterrupts
    ? pthread_create(&thread, &attributes, { argument in
      setInterrupts(SIG_UNBLOCK, before: nil)
      return runJob(argument)
    }, argument)
    : pthread_create(&thread, &attributes, { runJob($0) }, argument)
  return failure == 0 ? thread : nil
}

private func runJob(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  Unmanaged<Job>.fromOpaque(argument!).takeUnretainedValue().run()
  return nil
}

private func setInterrupts(_ how: Int32, before: UnsafeMutablePointer<sigset_t>?) {
  var interrupt = sigset_t()
  sigemptyset(&interrupt)
  sigaddset(&interrupt, SIGINT)
  pthread_sigmask(how, &interrupt, before)
}
