/// One table of codes: `E1xxx`, `E2xxx` and so on are one enum each, whose raw
/// value is the code and whose `page` is what `orus explain` shows. A new
/// diagnostic is one case and its page; nothing else lists the codes.
public protocol DiagnosticCode: CaseIterable, RawRepresentable<String>, Sendable {
  /// The category in capitals that heads the full form, such as `TYPE MISMATCH`.
  var title: String { get }
  var page: ExplainPage { get }
}

/// What `orus explain CODE` shows: when it is reported, and a wrong and a right example.
public struct ExplainPage: Sendable {
  public let summary: String
  public let wrong: String
  public let right: String

  public init(_ summary: String, wrong: String, right: String) {
    self.summary = summary
    self.wrong = wrong
    self.right = right
  }
}

public enum Severity: String, Sendable {
  case error, warning, panic
}

/// A span and the words that stand at it.
public struct Label: Sendable {
  public let span: Span
  public let text: String

  public init(_ span: Span, _ text: String) {
    self.span = span
    self.text = text
  }
}

/// Advice, with the edits that carry it out where they can be stated.
public struct Help: Sendable {
  public struct Edit: Sendable {
    public let span: Span
    public let replacement: String

    public init(_ span: Span, _ replacement: String) {
      self.span = span
      self.replacement = replacement
    }
  }

  public let text: String
  public let edits: [Edit]

  public init(_ text: String, edits: [Edit] = []) {
    self.text = text
    self.edits = edits
  }
}

/// One frame of a panic's backtrace, innermost first.
public struct BacktraceFrame: Sendable {
  public let function: String
  public let file: String
  /// 1-based.
  public let line: Int

  public init(function: String, file: String, line: Int) {
    self.function = function
    self.file = file
    self.line = line
  }
}

/// A message about a program: what is wrong, where, why, and what would help.
public struct Diagnostic: Sendable {
  public let severity: Severity
  public let code: String
  public let title: String
  /// The one line of the compact form. It makes sense without the source beside it.
  public let message: String
  public let primary: Label
  public var secondary: [Label]
  /// Sentences under the snippet; may be empty.
  public var explanation: String
  public var help: [Help]
  public var backtrace: [BacktraceFrame]
  /// How many frames a deep backtrace leaves out, and after how many of `backtrace` they would come.
  public var omittedFrames = (count: 0, after: 0)

  public init(
    _ severity: Severity, _ code: some DiagnosticCode, _ message: String, at primary: Label,
    secondary: [Label] = [], explanation: String = "", help: [Help] = [], backtrace: [BacktraceFrame] = []
  ) {
    self.severity = severity
    self.code = code.rawValue
    self.title = code.title
    self.message = message
    self.primary = primary
    self.secondary = secondary
    self.explanation = explanation
    self.help = help
    self.backtrace = backtrace
  }
}
