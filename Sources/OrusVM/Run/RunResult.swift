import OrusBytecode

/// What a run may use.
public struct Limits: Sendable {
  /// Bytes of heap; nil: as much as there is.
  public var maxHeap: Int?
  /// Calls that may be active at once.
  public var maxFrames = 200_000
  /// Instructions that may be executed, counted at calls and backward jumps; nil: no limit.
  public var maxSteps: Int?
  public init() {}
}

/// What a run is connected to.
public struct RunIO {
  /// File descriptors.
  public var input: Int32 = 0
  public var output: Int32 = 1
  public var error: Int32 = 2
  /// Takes the place of the output and error descriptors. Returns whether it could be written; the run ends if not.
  public var sink: ((_ bytes: UnsafeRawBufferPointer, _ isError: Bool) -> Bool)?
  /// Whether the program gets at more than that: files, the environment, pauses. The library reports what is not
  /// permitted.
  public var reachesSystem = true
  public init() {}
}

/// A frame of a panic's backtrace.
public struct PanicFrame: Hashable, Sendable {
  /// Index into `Program.functions`.
  public let function: UInt32
  /// The instruction, a word of `Program.code`.
  public let word: UInt32
}

/// A panic that nothing caught.
public struct PanicReport: Sendable {
  public let code: RuntimeCode
  public let message: String
  /// Innermost first.
  public let frames: [PanicFrame]
  /// Frames left out after the first `omittedAfter` of `frames`.
  public let omitted: Int
  public let omittedAfter: Int
}

public enum Outcome: Sendable {
  case exited(Int32)
  case panicked(PanicReport)
  /// With the error number.
  case outputFailed(Int32)
  case interrupted
}

public struct RunResult: Sendable {
  public let outcome: Outcome
  public let collector: CollectorStatistics
}
