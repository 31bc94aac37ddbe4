/// How a run's collector differs from the usual one: ways to find its mistakes and those of whoever uses the heap.
///
/// As text, as the environment variable ORUS_GC_STRESS has it, these are words with commas between them, such as
/// `every=3,move`; `1` stands for `every=1`.
public struct CollectorOptions: Sendable, CustomStringConvertible {
  /// Collect at each so manieth allocation, and check the whole heap before and after; 0: collect when it is due.
  public var collectsEvery = 0
  /// Objects stay young while there is room, so that each collection moves them.
  public var movesAlways = false
  /// Each collection first makes null what is dead in registers.
  public var forgetsDead = false
  /// The pages that a collection has emptied cannot be read until they are used again.
  public var protectsFreed = false
  /// Marking never rests, and pauses at points that this seed chooses.
  public var markerSeed: UInt64?
  /// Marking is done by the running thread alone, in small pieces.
  public var marksIncrementally = false
  /// Each collection writes a line to standard error.
  public var logs = false

  public init() {}

  /// A collection at each allocation.
  public static var everyAllocation: CollectorOptions { CollectorOptions("1")! }

  /// Nil where a word is none of these.
  public init?(_ text: String) {
    for word in text.split(separator: ",") {
      let parts = word.split(separator: "=", maxSplits: 1)
      let number = parts.count == 2 ? UInt64(parts[1]) : nil
      switch (parts[0], number) {
      case ("1", nil): collectsEvery = 1
      case ("every", let number?) where number > 0 && number < 1 << 32: collectsEvery = Int(number)
      case ("move", nil): movesAlways = true
      case ("forget", nil): forgetsDead = true
      case ("protect", nil): protectsFreed = true
      case ("marker", let number?): markerSeed = number
      case ("incremental", nil): marksIncrementally = true
      default: return nil
      }
    }
  }

  /// The text for it; `normal` for the usual.
  public var description: String {
    var words: [String] = []
    if collectsEvery > 0 { words.append("every=\(collectsEvery)") }
    if movesAlways { words.append("move") }
    if forgetsDead { words.append("forget") }
    if protectsFreed { words.append("protect") }
    if let markerSeed { words.append("marker=\(markerSeed)") }
    if marksIncrementally { words.append("incremental") }
    return words.isEmpty ? "normal" : words.joined(separator: ",")
  }
}
