import OrusDiagnostics
import OrusSyntax

/// The diagnostics of one file without the warnings about functions and imports
/// in which there is an error: what is to become of them is not known yet.
/// Keeps the order. Nested functions belong to the one around them.
public func droppingWarningsOfFailedFunctions(_ diagnostics: [Diagnostic], tree: SyntaxTree) -> [Diagnostic] {
  guard diagnostics.contains(where: { $0.severity == .error }),
    diagnostics.contains(where: { $0.severity == .warning })
  else { return diagnostics }
  // In the order of the source, not overlapping.
  var spans: [Span] = []
  for item in tree.list(tree[tree.root].a) {
    switch tree.kind(item) {
    case .function, .use: spans.append(tree.span(item))
    case .implementation:
      for method in tree.list(tree.implementation(item).methods) { spans.append(tree.span(method)) }
    default: break
    }
  }
  func function(at span: Span) -> Int? {
    guard span.file == tree.file else { return nil }
    let after = spans.partitioningIndex { $0.start > span.start }
    return after > 0 && span.start < spans[after - 1].end ? after - 1 : nil
  }
  var hasFailed = Array(repeating: false, count: spans.count)
  for diagnostic in diagnostics where diagnostic.severity == .error {
    if let index = function(at: diagnostic.primary.span) { hasFailed[index] = true }
  }
  return diagnostics.filter { diagnostic in
    guard diagnostic.severity == .warning, let index = function(at: diagnostic.primary.span) else { return true }
    return !hasFailed[index]
  }
}
