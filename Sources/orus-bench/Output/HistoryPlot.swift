/// A line over runs: how the ratio of orus to the reference went.
struct HistoryPlot {
  let title: String
  let points: [HistoryPoint]
  var width = 850.0
  var height = 240.0

  var svg: SVG? {
    guard points.count > 1 else { return nil }
    var svg = SVG(width: width, height: height)
    let axis = LogAxis(values: points.flatMap { [$0.ratio.low, $0.ratio.high] }, start: height - 34, end: 34)
    let left = 56.0
    let step = (width - left - 24) / Double(points.count - 1)
    svg.text(title, left, 18)
    for tick in axis.ticks {
      svg.line(left, axis.place(tick), width - 24, axis.place(tick), class: tick == 1 ? "one" : "grid")
      svg.text("\(shortNumber(tick)) ×", left - 8, axis.place(tick) + 4, anchor: "end", class: "tick")
    }
    let places = points.enumerated().map { index, point in
      (x: left + Double(index) * step, y: axis.place(point.ratio.median))
    }
    svg.path(places, stroke: Palette.colour(0))
    for (place, point) in zip(places, points) {
      svg.line(place.x, axis.place(point.ratio.low), place.x, axis.place(point.ratio.high), class: "interval")
      let commit = point.commit.map { " \($0.prefix(7))" } ?? ""
      let tip = "\(minute(point.date))\(commit): \(ratio(point.ratio.median))"
      svg.dot(place.x, place.y, fill: Palette.colour(0), tip: tip)
    }
    svg.text(minute(points.first!.date), left, height - 8, class: "tick")
    svg.text(minute(points.last!.date), width - 24, height - 8, anchor: "end", class: "tick")
    return svg
  }
}
