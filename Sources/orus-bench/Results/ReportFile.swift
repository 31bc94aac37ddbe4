import Foundation

/// Reports as JSON.
extension Report {
  init(json: Data) throws {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    struct Format: Decodable { var format: Int }
    guard let format = try? decoder.decode(Format.self, from: json).format else {
      throw Failure("it is not a report of orus-bench")
    }
    guard format <= Report.currentFormat else {
      throw Failure("it has format \(format), and this tool reads up to \(Report.currentFormat)")
    }
    self = try decoder.decode(Report.self, from: json)
  }

  init(file: String) throws {
    do {
      try self.init(json: try read(file))
    } catch {
      throw Failure("cannot read \(file): \(error.localizedDescription)")
    }
  }

  func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.dateEncodingStrategy = .iso8601
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self) + Data("\n".utf8)
  }
}
