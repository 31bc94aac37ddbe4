/// The forms in which diagnostics are written, named as on the command line.
public enum DiagnosticFormat: String, CaseIterable, Sendable {
  /// For people: source lines with carets, explanation and help.
  case full
  /// One line each, for editors and scripts.
  case compact
  /// One JSON object a line.
  case json
  /// One SARIF 2.1.0 log for all.
  case sarif
}

/// Renders diagnostics, without deciding where they go.
public struct DiagnosticRenderer: Sendable {
  private let format: DiagnosticFormat
  private let colour: Bool
  private let files: SourceFiles
  private let toolVersion: String

  /// - Parameters:
  ///   - colour: whether the full form uses ANSI colours; no other form does.
  ///   - toolVersion: named in the SARIF form.
  public init(_ format: DiagnosticFormat, colour: Bool, files: SourceFiles, toolVersion: String) {
    self.format = format
    self.colour = colour
    self.files = files
    self.toolVersion = toolVersion
  }

  /// The text of all of them in the order given; empty if there are none, except in
  /// the SARIF form, where a log without results says that nothing was found.
  public func render(_ diagnostics: [Diagnostic]) -> String {
    switch format {
    case .full:
      let renderer = FullRenderer(files: files, colour: colour)
      return diagnostics.map(renderer.render).joined(separator: "\n")
    case .compact: return diagnostics.lazy.map(CompactRenderer(files: files).render).joined()
    case .json: return diagnostics.lazy.map(JSONRenderer(files: files).render).joined()
    case .sarif: return SARIFRenderer(files: files, toolVersion: toolVersion).render(diagnostics)
    }
  }
}

/// Diagnostics in the order in which people read them: by file, then position; errors before warnings at one place.
/// What was reported twice with the same words at the same place is kept once.
public func inReadingOrder(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
  let sorted = diagnostics.enumerated().sorted { first, second in
    let (a, b) = (first.element.primary.span, second.element.primary.span)
    if a.file != b.file { return a.file.index < b.file.index }
    if a.start != b.start { return a.start < b.start }
    let (p, q) = (first.element.severity == .warning, second.element.severity == .warning)
    return p != q ? q : first.offset < second.offset
  }
  var result: [Diagnostic] = []
  var atThisPlace = 0
  for (_, diagnostic) in sorted {
    if let last = result.last, last.primary.span.file != diagnostic.primary.span.file
      || last.primary.span.start != diagnostic.primary.span.start
    {
      atThisPlace = result.count
    }
    let isRepeated = result[atThisPlace...].contains {
      $0.code == diagnostic.code && $0.message == diagnostic.message && $0.primary.span == diagnostic.primary.span
    }
    if !isRepeated { result.append(diagnostic) }
  }
  return result
}
