import Foundation

/// Everything that a run of the tool found out: what the JSON file holds.
struct Report: Codable, Equatable {
  /// Raised when a reader of older files would misunderstand a newer one.
  static let currentFormat = 1

  var format = Report.currentFormat
  var date: Date
  /// How the tool was called.
  var commandLine: String
  /// The commit of the checkout that the programs are in, if it is one.
  var commit: String?
  var machine: Machine
  var settings: Settings
  var engines: [EngineDescription]
  var skipped: [SkippedEngine]
  var programs: [ProgramResult] = []
  /// The program that only says hello: what is left of its time is the start of the engine.
  var startUp: ProgramResult?
  var compilations: [CompilationResult] = []
  var counters: CounterResults?
  var noise = Noise()

  /// The engines that results are there for, in their order.
  var engineNames: [String] { engines.map(\.name) }
}

/// How the measuring was done.
struct Settings: Codable, Equatable {
  /// Rounds that count.
  var samples: Int
  /// Rounds before them.
  var warmUp: Int
  /// Of the random numbers behind the intervals.
  var seed: UInt64
  /// The engine that times are ratios to.
  var reference: String
  /// What times are.
  var clock = Clock.wall
  /// The SIMD level that programs were held to, if any.
  var simd: String?
  /// Where programs ran, if they were held to a place.
  var placement: String?
}

struct EngineDescription: Codable, Equatable {
  var name: String
  var version: String
  /// What it is started with, without the program's file.
  var command: String
  var isOrus: Bool
}

struct SkippedEngine: Codable, Equatable {
  var name: String
  var reason: String
}

/// What one program showed.
struct ProgramResult: Codable, Equatable {
  var name: String
  /// Of the engines that ran it.
  var engines: [EngineResult] = []
  /// Engines that could not run it or print something else, and how. Nothing is timed then.
  var failures: [EngineFailure] = []
  /// Engines in whose language nobody wrote it.
  var missing: [String] = []

  func result(of engine: String) -> EngineResult? { engines.first { $0.engine == engine } }
}

struct EngineFailure: Codable, Equatable {
  var engine: String
  var what: String
}

/// What one program took with one engine.
struct EngineResult: Codable, Equatable {
  var engine: String
  /// In the order in which they were taken; the sample at some place was taken in the same round for every engine.
  var samples: [Sample]
  /// The whole process, in seconds by the run's clock.
  var time: Estimate
  /// The same less the engine's start, in seconds.
  var steadySeconds: Double?
  /// Time over that of the reference, round by round.
  var ratio: Estimate?
  /// The most memory that was resident in any run, in bytes.
  var peakBytes: Int
  /// Places of samples that are far from the others. They count like the others.
  var outliers: [Int]
  /// What `orus run --gc-stats` says about the collector, by its own names.
  var collector: [String: Double]?
}

/// The large programs that `Benchmarks/generate` prints.
enum GeneratedSource: String, Codable, CaseIterable {
  case core, whole
}

/// How fast sources become bytecode.
struct CompilationResult: Codable, Equatable {
  struct EngineRate: Codable, Equatable {
    var engine: String
    /// From source to verified bytecode, less the start of the process.
    var seconds: Estimate
    /// Of code.
    var linesPerSecond: Double
    var peakBytes: Int
  }

  /// What the source uses of the language.
  var source: GeneratedSource
  /// Of code: that are neither blank nor comments.
  var lines: Int
  /// All of them. Reports of before this was counted have none.
  var allLines: Int?
  var engines: [EngineRate]
}
