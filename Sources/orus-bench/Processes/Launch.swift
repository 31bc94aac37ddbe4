import Foundation
import Glibc

/// A program to run: the file, its arguments, and its environment if it is not this process's.
struct Command: Equatable {
  var executable: String
  var arguments: [String] = []
  var environment: [String: String]?

  /// As one would type it.
  var text: String { ([executable] + arguments).joined(separator: " ") }
}

/// What a run of a program took, as the operating system counts it.
struct Sample: Codable, Equatable {
  /// From start to end, in seconds.
  var seconds: Double
  /// Of processors, in the program and the kernel, in seconds.
  var cpuSeconds: Double
  /// The most memory that was resident, in bytes.
  var peakBytes: Int
  var minorFaults: Int
  var majorFaults: Int
  /// How often it gave the processor up, waiting.
  var yields: Int
  /// How often the processor was taken from it.
  var preemptions: Int
}

/// A finished run.
struct Run {
  enum End: Equatable {
    case exit(Int)
    case signal(Int)
    case timeout
  }

  var end: End
  var sample: Sample
  var output: [UInt8]
  var errors: String

  var succeeded: Bool { end == .exit(0) }

  /// How it ended, with the first line that it complained with.
  var failure: String {
    let line = errors.split(separator: "\n").first.map { ": \($0)" } ?? ""
    switch end {
    case .exit(127): return "could not be started\(line)"
    case .exit(let code): return "ended with exit code \(code)\(line)"
    case .signal(let number): return "was ended by signal \(number)\(line)"
    case .timeout: return "took too long and was stopped"
    }
  }
}

/// What keeps the tool from doing its work, said to the user.
struct Failure: Error, CustomStringConvertible {
  var description: String

  init(_ description: String) { self.description = description }
}

extension Failure: LocalizedError {
  var errorDescription: String? { description }
}
