/// What a piece of a rendered diagnostic is, as far as colour goes. Colour never
/// changes the characters: without it the same rows are written.
enum Style {
  case plain, title, code, gutter, primary, secondary, help
}

/// The ANSI colours of one diagnostic, or none.
struct Palette {
  let enabled: Bool
  let severity: Severity

  func begin(_ style: Style) -> String {
    guard enabled else { return "" }
    switch style {
    case .plain: return ""
    case .title, .primary: return severity == .warning ? "\u{1B}[1;33m" : "\u{1B}[1;31m"
    case .code: return "\u{1B}[1m"
    case .gutter: return "\u{1B}[34m"
    case .secondary: return "\u{1B}[36m"
    case .help: return "\u{1B}[32m"
    }
  }

  func end(_ style: Style) -> String {
    enabled && style != .plain ? "\u{1B}[0m" : ""
  }
}

/// Builds one row of output from pieces put at columns, left to right. Spaces
/// are written only when something follows them, so no row ends in one.
struct StyledRow {
  private(set) var text = ""
  private var column = 0
  private let palette: Palette

  init(_ palette: Palette) { self.palette = palette }

  /// Puts `piece` at `column`, or right behind what is there already.
  mutating func put(_ piece: String, at target: Int, _ style: Style = .plain) {
    guard !piece.isEmpty else { return }
    if target > column {
      text += String(repeating: " ", count: target - column)
      column = target
    }
    text += palette.begin(style)
    text += piece
    text += palette.end(style)
    column += displayWidth(piece)
  }
}

/// Breaks `text` into lines of at most `width` columns at spaces; a word that is
/// longer stands alone. Line breaks in the text are kept.
func wrapped(_ text: String, width: Int) -> [String] {
  if text.utf8.count <= width, isPlain(text) { return [text] }
  var lines: [String] = []
  for paragraph in visibleText(text).split(separator: "\n", omittingEmptySubsequences: false) {
    var line = ""
    var used = 0
    for word in paragraph.split(separator: " ", omittingEmptySubsequences: false) {
      let length = displayWidth(String(word))
      if used > 0, used + 1 + length > width {
        lines.append(trimmedEnd(line))
        line = String(word)
        used = length
      } else {
        if used > 0 || !line.isEmpty {
          line += " "
          used += 1
        }
        line += word
        used += length
      }
    }
    lines.append(trimmedEnd(line))
  }
  return lines
}

func trimmedEnd(_ text: String) -> String {
  var text = Substring(text)
  while text.last == " " { text.removeLast() }
  return String(text)
}
