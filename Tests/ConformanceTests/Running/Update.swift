import Foundation

/// Rewrites the expectations of a case to what its run did, each staying beside
/// the line it is about.
///
/// `fill` only replaces placeholders, and only where everything that was written
/// by hand agrees with the outcome: what a case claims before the implementation
/// is asked stays a claim. `all` takes the outcome as it is, for review in the diff.
enum Update: String {
  case fill
  case all

  /// What `ORUS_UPDATE_EXPECTATIONS` asks for: `fill`, or `1` for all.
  static let requested: Update? =
    switch ProcessInfo.processInfo.environment["ORUS_UPDATE_EXPECTATIONS"] {
    case nil, "", "0": nil
    case "fill": .fill
    default: .all
    }

  /// Rewriting where nobody reads the diff would make every test pass.
  static var isRefused: Bool { ProcessInfo.processInfo.environment["CI"] != nil }

  func apply(_ outcome: Outcome, to case: Case) throws {
    var rewriting = try Rewriting(of: `case`)
    switch self {
    case .fill: rewriting.fill(from: outcome)
    case .all:
      rewriting.replaceDiagnostics(by: outcome)
      rewriting.replaceOutput(by: outcome)
      rewriting.replaceExitCode(by: outcome)
    }
    try rewriting.write()
  }
}

/// A case's expectations in the course of being rewritten.
struct Rewriting {
  private let `case`: Case
  private var rows: [Row]
  private let endsInNewline: Bool

  /// A line and the place that diagnostics after it are about.
  private struct Row {
    var line: CaseText.Line
    var place: Case.Place
  }

  init(of case: Case) throws {
    self.`case` = `case`
    if `case`.hasSidecar {
      let text = try String(contentsOf: Self.sidecar(of: `case`), encoding: .utf8)
      rows = try text.split(separator: "\n").map { row in try Self.sidecarRow(row, of: `case`) }
      endsInNewline = true
      return
    }
    let text = try CaseText(String(contentsOf: `case`.url, encoding: .utf8))
    endsInNewline = text.endsInNewline
    rows = []
    var place = Case.Place(file: `case`.entryName, line: 0)
    var number = 0
    for line in text.lines {
      if case .file(let name) = line.expectation {
        place = Case.Place(file: name, line: 0)
        number = 0
      } else {
        number += 1
        if !line.isOnlyExpectation { place.line = number }
      }
      rows.append(Row(line: line, place: place))
    }
  }

  private static func sidecar(of case: Case) -> URL {
    `case`.url.deletingPathExtension().appendingPathExtension("expect")
  }

  private static func sidecarRow(_ row: Substring, of case: Case) throws -> Row {
    var place = Case.Place(file: `case`.entryName, line: 0)
    var text = row
    if row.hasPrefix("//~") || row.hasPrefix("//@") {
      let number = row.dropFirst(4).prefix { $0 != " " }
      place.line = Int(number) ?? 0
      text = row.prefix(3) + row.dropFirst(4 + number.count)
    }
    return Row(line: CaseText.Line(source: "", expectation: try Expectation.parse(text)), place: place)
  }

  mutating func fill(from outcome: Outcome) {
    var unused = outcome.diagnostics
    var filled: [(row: Int, by: DiagnosticExpectation)] = []
    for (index, row) in rows.enumerated() {
      guard case .diagnostic(let expected) = row.line.expectation else { continue }
      let match = unused.firstIndex { $0.place == row.place && expected.accepts($0.expected) }
      guard let at = match else { return }
      filled.append((index, unused.remove(at: at).expected))
    }
    guard unused.isEmpty else { return }
    for (index, diagnostic) in filled { rows[index].line.expectation = .diagnostic(diagnostic) }
  }

  mutating func replaceDiagnostics(by outcome: Outcome) {
    let hadFrames = !`case`.frames.isEmpty
    rows.removeAll { row in
      switch row.line.expectation {
      case .diagnostic, .frame: true
      default: false
      }
    }
    for diagnostic in outcome.diagnostics.reversed() {
      insert(.diagnostic(diagnostic.expected), at: diagnostic.place)
    }
    if hadFrames {
      for (number, frame) in outcome.frames.enumerated().reversed() {
        insert(.frame(number, function: frame.function), at: frame.place, afterDiagnostics: true)
      }
    }
  }

  /// Puts an expectation under the source line it is about, indented like it.
  private mutating func insert(_ expectation: Expectation, at place: Case.Place, afterDiagnostics: Bool = false) {
    var at = rows.endIndex
    var indentation = ""
    if let source = rows.firstIndex(where: { $0.place == place && !$0.line.isOnlyExpectation }) {
      indentation = String(rows[source].line.source.prefix { $0 == " " })
      at = source + 1
      while afterDiagnostics, at < rows.endIndex, case .diagnostic = rows[at].line.expectation { at += 1 }
    }
    let line = CaseText.Line(source: indentation, expectation: expectation)
    rows.insert(Row(line: line, place: place), at: at)
  }

  mutating func replaceOutput(by outcome: Outcome) {
    if outcome.output != `case`.output { replaceStandardOutput(by: outcome) }
    align(outcome.errorOutput.map { .errorOutput($0) }) { if case .errorOutput = $0 { true } else { false } }
  }

  private mutating func replaceStandardOutput(by outcome: Outcome) {
    var pieces = outcome.output.split(separator: "\n", omittingEmptySubsequences: false).map {
      Expectation.output(String($0), endsLine: true)
    }
    if case .output(let text, _) = pieces.removeLast(), !text.isEmpty { pieces.append(.output(text, endsLine: false)) }
    joinPieces()
    align(pieces) { if case .output = $0 { true } else { false } }
  }

  /// Makes one expectation of each expected line that was written in several pieces.
  private mutating func joinPieces() {
    var open: Int?
    for index in rows.indices {
      guard case .output(let text, let endsLine) = rows[index].line.expectation else { continue }
      if let first = open, case .output(let before, _) = rows[first].line.expectation {
        rows[first].line.expectation = .output(before + text, endsLine: endsLine)
        clear(index)
      } else {
        open = index
      }
      if endsLine { open = nil }
    }
    rows.removeAll { $0.line.source.isEmpty && $0.line.expectation == .output(Self.removed, endsLine: false) }
  }

  /// Marks a row for removal that holds nothing else.
  private static let removed = "\u{0}removed"

  private mutating func clear(_ index: Int) {
    if rows[index].line.isOnlyExpectation {
      rows[index].line = CaseText.Line(source: "", expectation: .output(Self.removed, endsLine: false))
    } else {
      rows[index].line.expectation = nil
      while rows[index].line.source.last == " " { rows[index].line.source.removeLast() }
    }
  }

  /// Replaces the expectations of one kind by `actual`. Lines that stay the same keep their place; the others stand
  /// where the one they replace stood, or after the one before them.
  private mutating func align(_ actual: [Expectation], where isOfKind: (Expectation) -> Bool) {
    let places = rows.indices.filter { rows[$0].line.expectation.map(isOfKind) ?? false }
    let old = places.map { rows[$0].line.expectation! }
    let difference = actual.difference(from: old)
    var isRemoved = Array(repeating: false, count: old.count)
    var isInserted = Array(repeating: false, count: actual.count)
    for change in difference {
      switch change {
      case .remove(let offset, _, _): isRemoved[offset] = true
      case .insert(let offset, _, _): isInserted[offset] = true
      }
    }
    var added: [(after: Int?, line: Expectation)] = []
    var next = 0
    var last: Int?
    for (index, expectation) in actual.enumerated() {
      if isInserted[index] {
        if next < old.count, isRemoved[next] {
          rows[places[next]].line.expectation = expectation
          last = places[next]
          next += 1
        } else {
          added.append((last, expectation))
        }
        continue
      }
      while next < old.count, isRemoved[next] {
        clear(places[next])
        next += 1
      }
      last = places[next]
      next += 1
    }
    while next < old.count {
      clear(places[next])
      next += 1
    }
    for (after, expectation) in added.reversed() {
      let at = after.map { $0 + 1 } ?? rows.endIndex
      let indentation = after.map { String(rows[$0].line.source.prefix { $0 == " " }) } ?? ""
      let place = after.map { rows[$0].place } ?? Case.Place(file: `case`.entryName, line: 0)
      rows.insert(Row(line: CaseText.Line(source: indentation, expectation: expectation), place: place), at: at)
    }
    rows.removeAll { $0.line.expectation == .output(Self.removed, endsLine: false) }
  }

  mutating func replaceExitCode(by outcome: Outcome) {
    rows.removeAll { if case .setting("exit", _) = $0.line.expectation { true } else { false } }
    guard outcome.exitCode != Case.impliedExitCode(of: outcome.diagnostics) else { return }
    let line = CaseText.Line(source: "", expectation: .setting(name: "exit", value: "\(outcome.exitCode)"))
    rows.append(Row(line: line, place: Case.Place(file: `case`.entryName, line: 0)))
  }

  func write() throws {
    let texts = rows.map { row -> String in
      guard `case`.hasSidecar, let expectation = row.line.expectation else { return row.line.written }
      switch expectation {
      case .diagnostic(let expected): return "//~ \(row.place.line) \(expected.written)"
      case .frame(let number, let function): return "//@ \(row.place.line) \(number) \(function)"
      default: return row.line.written
      }
    }
    let text = texts.joined(separator: "\n") + (endsInNewline ? "\n" : "")
    let target = `case`.hasSidecar ? Self.sidecar(of: `case`) : `case`.url
    try text.write(to: target, atomically: true, encoding: .utf8)
  }
}
