import OrusBytecode
import OrusVM

/// What holds for any bytes given as a compiled program, once their checksum is
/// made right so that mutations get past it: what loads is written back as the
/// same bytes and has a text form that reads back as the same program; what the
/// verifier accepts runs to an end within its limits. At each allocation the heap
/// is checked and moved, and dead registers are cleared.
public func bytecode(_ bytes: UnsafeRawBufferPointer) {
  let file = sealed(Array(bytes))
  guard let program = try? load(file) else { return }
  precondition(serialize(program) == file, "a program is written otherwise than it was read")
  let text = disassemble(program)
  do {
    let again = serialize(try assemble(text))
    precondition(again == file, "the text form reads back as another program")
  } catch {
    preconditionFailure("the text form cannot be read back: \(error)")
  }
  guard let verified = try? verify(program) else { return }
  var limits = Limits()
  limits.maxSteps = 20_000
  limits.maxHeap = 16 << 20
  limits.maxFrames = 500
  var io = RunIO()
  // No terminal, no file, nothing to read, nothing to remove.
  io.input = -1
  io.reachesSystem = false
  io.sink = { _, _ in true }
  var collector = CollectorOptions.everyAllocation
  collector.forgetsDead = true
  _ = run(program: verified, arguments: ["fuzz"], limits: limits, io: io, stop: StopFlag(), collector: collector)
}
