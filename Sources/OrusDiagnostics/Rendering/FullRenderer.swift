/// The form for people: a heading, the source with what is meant underlined, the
/// explanation, what would help, and for a panic the way it was reached.
///
/// ```
/// -- TYPE MISMATCH [E2001] ----------------------------------- main.orus:3:14
///
/// 3 | let x: i32 = "hello"
///   |              ^^^^^^^ this is a `string`
///   |
///   = Orus expected a whole number here and found text.
///   = help: to read a number out of text, use `int("…")`
/// ```
struct FullRenderer {
  private static let headingWidth = 75

  let files: SourceFiles
  let colour: Bool

  func render(_ diagnostic: Diagnostic) -> String {
    let palette = Palette(enabled: colour, severity: diagnostic.severity)
    let snippets = makeSnippets(diagnostic)
    let gutter = Gutter(lastLine: max(snippets.map(\.snippet.lastLine).max() ?? 1, lastSuggestedLine(diagnostic)))
    var rows = [heading(diagnostic, palette), ""]
    for (i, entry) in snippets.enumerated() {
      if i > 0 {
        rows.append(gutter.empty(palette))
        var row = StyledRow(palette)
        row.put("-->", at: gutter.digits, .gutter)
        let position = files[entry.first.file].position(of: entry.first.start)
        let path = visibleText(files[entry.first.file].path)
        row.put("\(path):\(position.line):\(position.column)", at: gutter.digits + 4)
        rows.append(row.text)
      }
      rows += entry.snippet.rows(gutter: gutter, palette: palette)
    }
    let notes = self.notes(diagnostic, gutter, palette)
    if !notes.isEmpty { rows.append(gutter.empty(palette)) }
    rows += notes
    return rows.joined(separator: "\n") + "\n"
  }

  private func heading(_ diagnostic: Diagnostic, _ palette: Palette) -> String {
    let file = files[diagnostic.primary.span.file]
    let position = file.position(of: diagnostic.primary.span.start)
    let place = "\(visibleText(file.path)):\(position.line):\(position.column)"
    // Up to the bracket behind the code.
    let before = 3 + displayWidth(diagnostic.title) + 1 + diagnostic.code.utf8.count + 2
    let dashes = max(3, Self.headingWidth - before - 2 - displayWidth(place))
    var row = StyledRow(palette)
    row.put("--", at: 0, .gutter)
    row.put(diagnostic.title, at: 3, .title)
    row.put("[\(diagnostic.code)]", at: before - diagnostic.code.utf8.count - 2, .code)
    row.put(String(repeating: "-", count: dashes), at: before + 1, .gutter)
    row.put(place, at: before + dashes + 2)
    return row.text
  }

  /// One snippet for each file that labels stand in, the primary label's first.
  private func makeSnippets(_ diagnostic: Diagnostic) -> [(first: Span, snippet: Snippet)] {
    var snippets = [(first: diagnostic.primary.span, snippet: Snippet(files[diagnostic.primary.span.file]))]
    snippets[0].snippet.add(diagnostic.primary, isPrimary: true)
    for label in diagnostic.secondary {
      if let i = snippets.firstIndex(where: { $0.first.file == label.span.file }) {
        snippets[i].snippet.add(label, isPrimary: false)
      } else {
        var snippet = Snippet(files[label.span.file])
        snippet.add(label, isPrimary: false)
        snippets.append((label.span, snippet))
      }
    }
    return snippets
  }

  private func lastSuggestedLine(_ diagnostic: Diagnostic) -> Int {
    diagnostic.help.map { Suggestion($0, files: files)?.lastLine ?? 1 }.max() ?? 1
  }

  private func notes(_ diagnostic: Diagnostic, _ gutter: Gutter, _ palette: Palette) -> [String] {
    var rows: [String] = []
    // The message is for where there is no source; here the label and the explanation say it, if they say anything.
    // What a program panics with is its own and never left out.
    let isSaid = diagnostic.message == diagnostic.primary.text
    let message = diagnostic.message.isEmpty || isSaid ? [] : [diagnostic.message]
    if diagnostic.severity == .panic || diagnostic.explanation.isEmpty {
      for text in message { rows += note(text, gutter, palette) }
    }
    if !diagnostic.explanation.isEmpty { rows += note(diagnostic.explanation, gutter, palette) }
    for help in diagnostic.help {
      rows += note("help: " + help.text, gutter, palette, .help)
      if let suggestion = Suggestion(help, files: files) {
        rows += suggestion.rows(gutter, palette, isOtherFile: suggestion.span.file != diagnostic.primary.span.file)
      }
    }
    if !diagnostic.backtrace.isEmpty {
      rows += note("backtrace, innermost first:", gutter, palette)
      rows += BacktraceText(diagnostic.backtrace, omitted: diagnostic.omittedFrames).rows.map { row in
        var styled = StyledRow(palette)
        styled.put(row, at: gutter.digits + 5)
        return styled.text
      }
    }
    return rows
  }

  /// `  = text`, further lines below the first one's words. A word before a colon that is `help` is coloured.
  private func note(_ text: String, _ gutter: Gutter, _ palette: Palette, _ style: Style = .plain) -> [String] {
    let lines = wrapped(text, width: Gutter.totalWidth - gutter.digits - 3)
    return lines.enumerated().map { i, line in
      var row = StyledRow(palette)
      guard i == 0 else {
        row.put(line, at: gutter.digits + 3)
        return row.text
      }
      row.put("=", at: gutter.digits + 1, .gutter)
      let key = style == .help ? "help:" : ""
      row.put(key, at: gutter.digits + 3, style)
      let rest = String(line.dropFirst(key.count))
      row.put(trimmedStart(rest), at: gutter.digits + 3 + key.count + (rest.count - trimmedStart(rest).count))
      return row.text
    }
  }
}

private func trimmedStart(_ text: String) -> String { String(text.drop { $0 == " " }) }
