import Glibc

/// Runs `body` on a thread of its own with a large stack, and waits for it.
///
/// The front end descends recursively into what it reads. Nesting has a limit, but
/// a thousand levels of an unoptimised build are more than the usual 8 MB hold.
/// The memory of the stack is reserved, not used, until something is that deep.
/// Where so much cannot be reserved, less will do for every program but the deepest.
///
/// SIGINT is for the new thread while it runs: a read that it waits in has to be
/// interrupted by it, and the waiting thread could not do that.
public func onDeepStack<Result>(_ body: () -> Result) -> Result {
  withoutActuallyEscaping(body) { body in
    let call = Call(body)
    for megabytes in [512, 128, 32] where start(call, stackBytes: megabytes << 20) {
      return call.result!
    }
    // No thread at all: the stack that there is has to do.
    return body()
  }
}

private class AnyCall {
  func run() {}
}

private final class Call<Result>: AnyCall {
  private let body: () -> Result
  private(set) var result: Result?

  init(_ body: @escaping () -> Result) { self.body = body }
  override func run() { result = body() }
}

/// Runs the call to its end on a thread with this stack; false if there can be no such thread.
private func start(_ call: AnyCall, stackBytes: Int) -> Bool {
  var attributes = pthread_attr_t()
  guard pthread_attr_init(&attributes) == 0 else { return false }
  defer { pthread_attr_destroy(&attributes) }
  guard pthread_attr_setstacksize(&attributes, stackBytes) == 0 else { return false }
  var interrupt = sigset_t()
  var before = sigset_t()
  sigemptyset(&interrupt)
  sigaddset(&interrupt, SIGINT)
  pthread_sigmask(SIG_BLOCK, &interrupt, &before)
  defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
  var thread = pthread_t()
  let argument = Unmanaged.passUnretained(call).toOpaque()
  let failure = pthread_create(&thread, &attributes, { argument in
    var interrupt = sigset_t()
    sigemptyset(&interrupt)
    sigaddset(&interrupt, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &interrupt, nil)
    Unmanaged<AnyCall>.fromOpaque(argument!).takeUnretainedValue().run()
    return nil
  }, argument)
  guard failure == 0 else { return false }
  return withExtendedLifetime(call) { pthread_join(thread, nil) == 0 }
}
