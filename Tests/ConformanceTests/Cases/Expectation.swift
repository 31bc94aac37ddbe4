/// What a case says that its run must do. Conformance/README.md defines the
/// written forms; `Expectation.parse` and `written` are each other's inverse.
enum Expectation: Equatable, Sendable {
  /// `//> text`, or `//>- text` where no newline follows.
  case output(String, endsLine: Bool)
  /// `//2> text`: a line on standard error.
  case errorOutput(String)
  /// `//~ CODE COLUMNS: message`, about the source line before it.
  case diagnostic(DiagnosticExpectation)
  /// `//@ N function`: frame N of the backtrace stands at the source line before it.
  case frame(Int, function: String)
  /// `//? name: value`.
  case setting(name: String, value: String)
  /// `//--- name.orus`: a further file begins.
  case file(String)
}

struct DiagnosticExpectation: Hashable, Sendable {
  /// With a `?` in it: any code that begins with what stands before the `?`.
  var code: String
  var columns: Columns
  /// `?` stands for any message.
  var message: String

  /// Placeholders are for writing a case before its wording exists; only the `fill` run accepts them.
  var isPlaceholder: Bool { code.contains("?") || columns == .unknown || message == "?" }

  func accepts(_ actual: DiagnosticExpectation) -> Bool {
    let codeFits =
      code.contains("?") ? actual.code.hasPrefix(code.prefix { $0 != "?" }) : actual.code == code
    return codeFits && (columns == .unknown || columns == actual.columns)
      && (message == "?" || message == actual.message)
  }

  var written: String { "\(code) \(columns.written): \(message)" }
}

/// The columns of a span, in characters, the first being 1.
enum Columns: Hashable, Sendable {
  /// `?`
  case unknown
  /// `7`: an empty span before the character in column 7.
  case point(Int)
  /// `7-9`: the characters 7, 8 and 9.
  case range(Int, Int)
  /// `7-..`: from column 7 past the end of the line.
  case open(Int)

  init?(written text: Substring) {
    if text == "?" {
      self = .unknown
    } else if let column = Int(text) {
      self = .point(column)
    } else {
      let ends = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
      guard ends.count == 2, let first = Int(ends[0]) else { return nil }
      if ends[1] == ".." {
        self = .open(first)
      } else if let last = Int(ends[1]), last >= first {
        self = .range(first, last)
      } else {
        return nil
      }
    }
  }

  var written: String {
    switch self {
    case .unknown: "?"
    case .point(let column): "\(column)"
    case .range(let first, let last): "\(first)-\(last)"
    case .open(let first): "\(first)-.."
    }
  }

  var first: Int {
    switch self {
    case .unknown: 0
    case .point(let column), .range(let column, _), .open(let column): column
    }
  }
}

extension Expectation {
  /// The marks that begin an expectation, longest first.
  static let marks = ["//---", "//2>", "//>-", "//>", "//~", "//@", "//?"]

  var written: String {
    switch self {
    case .output(let text, let endsLine): Self.joined(endsLine ? "//>" : "//>-", text)
    case .errorOutput(let text): Self.joined("//2>", text)
    case .diagnostic(let expected): "//~ \(expected.written)"
    case .frame(let number, let function): "//@ \(number) \(function)"
    case .setting(let name, let value): Self.joined("//? \(name):", value)
    case .file(let name): "//--- \(name)"
    }
  }

  private static func joined(_ mark: String, _ text: String) -> String {
    text.isEmpty ? mark : "\(mark) \(text)"
  }

  /// Reads an expectation from its mark to the end of the line.
  static func parse(_ text: Substring) throws(CaseError) -> Expectation {
    guard let mark = marks.first(where: { text.hasPrefix($0) }) else {
      throw CaseError("not an expectation: \(text)")
    }
    var rest = text.dropFirst(mark.count)
    if rest.first == " " {
      rest = rest.dropFirst()
    } else if !rest.isEmpty {
      throw CaseError("a space belongs after `\(mark)`: \(text)")
    }
    switch mark {
    case "//>": return .output(String(rest), endsLine: true)
    case "//>-": return .output(String(rest), endsLine: false)
    case "//2>": return .errorOutput(String(rest))
    case "//---": return .file(String(rest))
    case "//?":
      let halves = rest.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard halves.count == 2 else { throw CaseError("`//? name: value` is the form: \(text)") }
      return .setting(name: String(halves[0]), value: String(halves[1].drop { $0 == " " }))
    case "//@":
      let halves = rest.split(separator: " ", maxSplits: 1)
      guard halves.count == 2, let number = Int(halves[0]) else {
        throw CaseError("`//@ N function` is the form: \(text)")
      }
      return .frame(number, function: String(halves[1]))
    default:
      return .diagnostic(try DiagnosticExpectation(written: rest))
    }
  }
}

extension DiagnosticExpectation {
  /// Reads `CODE COLUMNS: message`.
  init(written text: Substring) throws(CaseError) {
    let halves = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let head = halves[0].split(separator: " ")
    guard halves.count == 2, head.count == 2, let columns = Columns(written: head[1]) else {
      throw CaseError("`CODE COLUMNS: message` is the form: \(text)")
    }
    self.init(code: String(head[0]), columns: columns, message: String(halves[1].drop { $0 == " " }))
  }
}

/// A case that cannot be read; says why.
struct CaseError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
