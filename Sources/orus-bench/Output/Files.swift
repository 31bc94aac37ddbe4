import Foundation

/// The bytes of a file that the user named.
func read(_ path: String) throws -> Data {
  guard let data = FileManager.default.contents(atPath: path) else {
    throw Failure(FileManager.default.fileExists(atPath: path) ? "the file cannot be read" : "there is no such file")
  }
  return data
}

/// Writes a file that the user asked for; `-` is standard output.
func write(_ data: Data, to path: String) throws {
  if path == "-" {
    FileHandle.standardOutput.write(data)
    return
  }
  do {
    try data.write(to: URL(fileURLWithPath: path))
  } catch {
    throw Failure("cannot write \(path): \(error.localizedDescription)")
  }
}

func write(_ text: String, to path: String) throws { try write(Data(text.utf8), to: path) }

/// Puts text between two marks in a file, in place of what is there: so the README's table is the tool's.
enum MarkedSection {
  static let begin = "<!-- orus-bench -->"
  static let end = "<!-- /orus-bench -->"

  static func replaced(in document: String, with text: String) throws -> String {
    guard let start = document.range(of: begin),
      let stop = document.range(of: end, range: start.upperBound..<document.endIndex)
    else { throw Failure("there is no place for the results: put them between \(begin) and \(end)") }
    return document[..<start.upperBound] + "\n" + text + document[stop.lowerBound...]
  }
}
