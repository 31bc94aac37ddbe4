import Foundation

/// What the gate holds programs to: the committed file `Benchmarks/baseline.json`.
struct Baseline: Codable, Equatable {
  struct Program: Codable, Equatable {
    var name: String
    /// That callgrind counts in the whole process of orus.
    var instructions: Double
    /// The time of orus over that of the reference.
    var ratio: Estimate
  }

  /// Why the numbers are what they are: whoever changes them says it.
  var reason: String
  var date: Date
  var machine: String
  var reference: String
  var programs: [Program]

  init(reason: String, date: Date, machine: String, reference: String, programs: [Program]) {
    self.reason = reason
    self.date = date
    self.machine = machine
    self.reference = reference
    self.programs = programs
  }

  init(file: String) throws {
    do {
      let decoder = JSONDecoder()
      decoder.dateDecodingStrategy = .iso8601
      self = try decoder.decode(Baseline.self, from: read(file))
    } catch {
      throw Failure(
        "cannot read the baseline \(file): \(error.localizedDescription)\n"
          + "`orus-bench gate --update --reason TEXT` makes one")
    }
  }

  func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.dateEncodingStrategy = .iso8601
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self) + Data("\n".utf8)
  }
}
