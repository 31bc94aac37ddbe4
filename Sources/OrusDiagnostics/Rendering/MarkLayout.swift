/// A label's place in the columns of the line above it.
struct PlacedMark {
  let columns: Range<Int>
  let text: String
  let isPrimary: Bool

  var style: Style { isPrimary ? .primary : .secondary }
}

/// Places the underlines and words of one source line.
struct MarkLayout {
  private let marks: [PlacedMark]
  private let room: Int

  init(_ marks: [PlacedMark], room: Int) {
    // From right to left; at one place the primary label first, it is nearest to its underline.
    self.marks = marks.sorted {
      if $0.columns.lowerBound != $1.columns.lowerBound { return $0.columns.lowerBound > $1.columns.lowerBound }
      return $0.isPrimary && !$1.isPrimary
    }
    self.room = room
  }

  func rows(_ gutter: Gutter, _ palette: Palette) -> [String] {
    var underline = gutter.bar(palette)
    putUnderlines(&underline, gutter)
    var hanging = marks.filter { !$0.text.isEmpty }
    if let first = hanging.first, fitsInline(first) {
      underline.put(visibleText(first.text), at: gutter.digits + 3 + first.columns.upperBound + 1, first.style)
      hanging.removeFirst()
    }
    var rows = [underline.text]
    // A single text may stand directly under its carets; several need bars to tell them apart.
    if hanging.count > 1 || hanging.count == 1 && marks.count > 1 {
      rows.append(barsRow(hanging[...], gutter, palette).text)
    }
    for (i, mark) in hanging.enumerated() {
      rows += textRows(mark, bars: hanging[(i + 1)...], gutter, palette)
    }
    return rows
  }

  private func putUnderlines(_ row: inout StyledRow, _ gutter: Gutter) {
    let end = marks.map(\.columns.upperBound).max() ?? 0
    // 0: nothing, 1: secondary, 2: primary, which lies on top.
    var kinds = [UInt8](repeating: 0, count: end)
    for mark in marks {
      for column in mark.columns { kinds[column] = max(kinds[column], mark.isPrimary ? 2 : 1) }
    }
    var column = 0
    while column < end {
      let kind = kinds[column]
      var next = column
      while next < end, kinds[next] == kind { next += 1 }
      if kind != 0 {
        let piece = String(repeating: kind == 2 ? "^" : "-", count: next - column)
        row.put(piece, at: gutter.digits + 3 + column, kind == 2 ? .primary : .secondary)
      }
      column = next
    }
  }

  private func fitsInline(_ mark: PlacedMark) -> Bool {
    let end = mark.columns.upperBound
    let startsAlone = marks.filter { $0.columns.lowerBound == mark.columns.lowerBound && !$0.text.isEmpty }.count == 1
    return startsAlone && marks.allSatisfy { $0.columns.upperBound <= end }
      && !mark.text.contains("\n") && end + 1 + displayWidth(mark.text) <= room
  }

  private func barsRow(_ marks: ArraySlice<PlacedMark>, _ gutter: Gutter, _ palette: Palette) -> StyledRow {
    var row = gutter.bar(palette)
    var last = -1
    for mark in marks.reversed() where mark.columns.lowerBound > last {
      row.put("|", at: gutter.digits + 3 + mark.columns.lowerBound, mark.style)
      last = mark.columns.lowerBound
    }
    return row
  }

  private func textRows(
    _ mark: PlacedMark, bars: ArraySlice<PlacedMark>, _ gutter: Gutter, _ palette: Palette
  ) -> [String] {
    // Where the rest of the row is too narrow for words, they begin further left.
    let needed = min(displayWidth(mark.text), 40)
    let start = max(0, min(mark.columns.lowerBound, room - needed))
    return wrapped(mark.text, width: room - start).map { line in
      var row = barsRow(bars.filter { $0.columns.lowerBound < start }[...], gutter, palette)
      row.put(line, at: gutter.digits + 3 + start, mark.style)
      return row.text
    }
  }
}
