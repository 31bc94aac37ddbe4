import Foundation

/// A table that every form of the output can show.
struct Table: Equatable {
  var title: String
  var header: [String]
  var rows: [[String]] = []
  /// Said below the table.
  var notes: [String] = []
  /// How many columns on the left are words; the others are numbers.
  var wordColumns = 1
  /// The last row sums the others up.
  var hasSummary = false
}

/// As plain text with aligned columns, for a terminal.
extension Table {
  var text: String {
    let widths = header.indices.map { column in
      ([header] + rows).map { $0[column].count }.max() ?? 0
    }
    func line(_ cells: [String]) -> String {
      let padded = cells.indices.map { column in
        let space = String(repeating: " ", count: widths[column] - cells[column].count)
        return column < wordColumns ? cells[column] + space : space + cells[column]
      }
      return trimmed(padded.joined(separator: "  "))
    }
    let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
    var lines = [title, "", line(header), rule] + rows.map(line)
    if hasSummary, rows.count > 1 { lines.insert(rule, at: lines.count - 1) }
    return (lines + notes.map { "  \($0)" }).joined(separator: "\n") + "\n"
  }

  private func trimmed(_ line: String) -> String {
    var line = line
    while line.last == " " { line.removeLast() }
    return line
  }
}

/// As Markdown.
extension Table {
  var markdown: String {
    let rule = header.indices.map { $0 < wordColumns ? "---" : "--:" }
    var lines = ["**\(title)**", "", markdownRow(header), markdownRow(rule)]
    for (index, row) in rows.enumerated() {
      let isSummary = hasSummary && index == rows.count - 1
      lines.append(markdownRow(isSummary ? row.map { $0.isEmpty ? "" : "**\($0)**" } : row))
    }
    return (lines + (notes.isEmpty ? [] : [""]) + notes.map { "- \($0)" }).joined(separator: "\n") + "\n"
  }

  private func markdownRow(_ cells: [String]) -> String {
    "| \(cells.map { $0.replacingOccurrences(of: "|", with: "\\|") }.joined(separator: " | ")) |"
  }
}

/// As HTML.
extension Table {
  var html: String {
    func row(_ cells: [String], _ tag: String, _ attributes: String = "") -> String {
      let texts = cells.enumerated().map { column, cell in
        "<\(tag)\(column < wordColumns ? " class=\"word\"" : "")>\(escaped(cell))</\(tag)>"
      }
      return "<tr\(attributes)>\(texts.joined())</tr>"
    }
    let body = rows.enumerated().map { index, cells in
      row(cells, "td", hasSummary && index == rows.count - 1 ? " class=\"summary\"" : "")
    }
    return """
      <h2>\(escaped(title))</h2>
      <div class="wide"><table>
      <thead>\(row(header, "th"))</thead>
      <tbody>
      \(body.joined(separator: "\n"))
      </tbody>
      </table></div>
      \(notes.map { "<p class=\"note\">\(escaped($0))</p>" }.joined(separator: "\n"))

      """
  }
}

/// Text that HTML and SVG take as it stands.
func escaped(_ text: String) -> String {
  var result = ""
  for character in text {
    switch character {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    default: result.append(character)
    }
  }
  return result
}
