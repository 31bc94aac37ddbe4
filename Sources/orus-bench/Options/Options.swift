import ArgumentParser

/// What is measured, and where it is.
struct SubjectOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The build of orus to measure. (default: the one beside this tool)", valueName: "path"))
  var orus: String?

  @Option(
    help: ArgumentHelp(
      "The folder with the programs. (default: the nearest folder `Benchmarks`)", valueName: "folder"))
  var benchmarks: String?

  @Option(help: ArgumentHelp("Stop a program after so many seconds.", valueName: "seconds"))
  var timeout = 120

  func validate() throws {
    guard timeout > 0 else { throw ValidationError("--timeout wants at least 1 second.") }
  }

  var orusPath: String { orus.map { Locations.executable($0) ?? $0 } ?? Locations.besideTool("orus") }

  func benchmarksFolder() throws -> String {
    guard let folder = benchmarks ?? Locations.benchmarks() else {
      throw Failure("there is no folder `Benchmarks` here or above; say where the programs are with --benchmarks")
    }
    return folder
  }

  /// A debug build is no build to measure.
  var warning: String? {
    orusPath.contains("/debug/") ? "warning: \(orusPath) is a debug build, so its times say nothing" : nil
  }
}

/// How it is measured.
struct SamplingOptions: ParsableArguments {
  @Option(help: ArgumentHelp("How often each program is timed; at least 7.", valueName: "n"))
  var samples = 7

  @Option(
    help: ArgumentHelp(
      """
      What times are: `wall`, or `cpu` for processor time, which a busy machine disturbs less. (default: wall; for the \
      gate, cpu)
      """,
      valueName: "clock"))
  var clock: Clock?

  @Option(help: ArgumentHelp("Of the random numbers behind the intervals.", valueName: "n"))
  var seed: UInt64 = 1

  func validate() throws {
    guard samples >= 7 else { throw ValidationError("A median with an interval wants at least 7 samples.") }
  }
}

/// Where it runs, and on what part of the processor.
struct PlacementOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Hold programs to one processor, by its number.", valueName: "n"))
  var cpu: Int?

  @Option(help: ArgumentHelp("Hold programs to the processors and the memory of one node.", valueName: "n"))
  var node: Int?

  @Option(
    help: ArgumentHelp(
      "Hold programs to a lower SIMD level than the machine has.",
      discussion: """
        One of \(SIMDLevel.allCases.map(\.rawValue).joined(separator: ", ")). Programs see it in the environment \
        variable \(SIMDLevel.variable), which orus reads where it chooses between kernels.
        """,
      valueName: "level"))
  var simd: SIMDLevel?

  /// What programs find in their environment.
  func environment(on machine: Machine) throws -> [String: String] {
    guard let simd else { return [:] }
    guard machine.simd.lowerAndSame.contains(simd) else {
      let levels = machine.simd.lowerAndSame.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("This machine does not have SIMD level `\(simd.rawValue)`; it has \(levels).")
    }
    return [SIMDLevel.variable: simd.rawValue]
  }
}

extension SIMDLevel: ExpressibleByArgument {}
extension Clock: ExpressibleByArgument {}
extension CounterChoice: ExpressibleByArgument {}

/// A share that is written in percent: `3` or `3%`.
struct Percentage: ExpressibleByArgument {
  var share: Double

  init(share: Double) { self.share = share }

  init?(argument: String) {
    let number = argument.hasSuffix("%") ? String(argument.dropLast()) : argument
    guard let value = Double(number), value >= 0 else { return nil }
    share = value / 100
  }

  var defaultValueDescription: String { "\(shortPercent) %" }

  private var shortPercent: String {
    let value = share * 100
    return value == value.rounded() ? String(Int(value)) : String(value)
  }
}
