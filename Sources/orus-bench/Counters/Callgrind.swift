import Glibc

/// Counts by `valgrind --tool=callgrind`. Of one binary and input it counts the same instructions every time, if
/// nothing around differs: the environment is empty, hashes are not seeded, and addresses are not random.
struct Callgrind {
  private let valgrind: String
  /// Turns random addresses off; without it, counts differ in the fifth digit.
  private let setarch: String?

  /// Nothing where valgrind is not installed.
  init?(launcher: Launcher) {
    guard let valgrind = Locations.executable("valgrind") else { return nil }
    self.valgrind = valgrind
    // Some containers forbid it.
    setarch = Locations.executable("setarch").flatMap { path in
      let probe = Command(executable: path, arguments: ["-R", "/bin/true"])
      return (try? launcher.run(probe))?.succeeded == true ? path : nil
    }
  }

  static let missing = "instructions cannot be counted: valgrind is not installed (Debian: apt-get install valgrind)"

  /// The command that counts another. `simulates`: caches and branches too, at half the speed.
  func command(_ command: Command, simulates: Bool = false) -> Command {
    let options = ["--tool=callgrind", "--callgrind-out-file=/dev/null"]
    let simulation = simulates ? ["--cache-sim=yes", "--branch-sim=yes"] : []
    let words = (setarch.map { [$0, "-R"] } ?? []) + [valgrind] + options + simulation + [command.executable]
    return Command(
      executable: words[0], arguments: words.dropFirst() + command.arguments,
      environment: ["SWIFT_DETERMINISTIC_HASHING": "1"])
  }

  /// What it says at the end: a line with the events' names, and one with how often each happened.
  static func parse(_ text: String) -> Counts {
    let names = words(after: "Events", in: text)
    let numbers = words(after: "Collected", in: text).compactMap { Double($0) }
    guard !names.isEmpty, names.count == numbers.count else { return [:] }
    let byName = Dictionary(zip(names, numbers)) { first, _ in first }
    var counts: Counts = [:]
    for event in CounterEvent.allCases {
      let parts = event.callgrindNames.compactMap { byName[$0] }
      if !parts.isEmpty { counts[event] = parts.reduce(0, +) }
    }
    return counts
  }

  /// Of a line such as `==1234== Collected : 1 2 3`, what follows the colon.
  private static func words(after title: String, in text: String) -> [String] {
    for line in text.split(separator: "\n") where line.hasPrefix("==") {
      let parts = line.split(separator: ":", maxSplits: 1)
      if parts.count == 2, parts[0].split(separator: " ").last.map(String.init) == title {
        return parts[1].split(separator: " ").map(String.init)
      }
    }
    return []
  }
}
