/// Runs `body` on a thread of its own with a large stack, and waits for it.
///
/// SIGINT is for the new thread while it runs: a read that it waits in has to be
/// interrupted by it, and the waiting thread could not do that.
public func onDeepStack<Result>(_ body: () -> Result) -> Result {
  withoutActuallyEscaping(body) { body in
    let call = Call(body)
    // No thread at all: the stack that there is has to do.
    guard let thread = DeepThread(call, takesInterrupts: true) else { return body() }
    thread.join()
    return call.result!
  }
}

private final class Call<Result>: Job {
  private let body: () -> Result
  private(set) var result: Result?

  init(_ body: @escaping () -> Result) { self.body = body }
  override func run() { result = body() }
}
