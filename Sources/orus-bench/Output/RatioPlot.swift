/// Bars: for each program, each engine's time over the reference's, with the interval.
struct RatioPlot {
  let report: Report

  private static let left = 150.0
  private static let right = 760.0
  private static let barHeight = 11.0
  private static let gap = 12.0

  var svg: SVG? {
    let programs = report.programs.filter { $0.engines.contains { $0.ratio != nil } }
    guard !programs.isEmpty else { return nil }
    let engines = report.engineNames.filter { $0 != report.settings.reference }
    guard !engines.isEmpty else { return nil }
    let groupHeight = Double(engines.count) * Self.barHeight + Self.gap
    let top = 56.0
    let bottom = top + Double(programs.count) * groupHeight
    var svg = SVG(width: Self.right + 90, height: bottom + 30)
    let axis = LogAxis(
      values: programs.flatMap { $0.engines.compactMap(\.ratio) }.flatMap { [$0.low, $0.high] }, start: Self.left,
      end: Self.right)
    drawAxis(&svg, axis, top, bottom)
    drawLegend(&svg, engines)
    for (index, program) in programs.enumerated() {
      let y = top + Double(index) * groupHeight
      svg.text(program.name, Self.left - 8, y + groupHeight / 2, anchor: "end")
      drawBars(&svg, axis, program, engines, y + Self.gap / 2)
    }
    return svg
  }

  private func drawAxis(_ svg: inout SVG, _ axis: LogAxis, _ top: Double, _ bottom: Double) {
    svg.text("← faster", axis.place(1) - 8, top - 10, anchor: "end", class: "tick")
    svg.text("slower →", axis.place(1) + 8, top - 10, class: "tick")
    for tick in axis.ticks {
      svg.line(axis.place(tick), top, axis.place(tick), bottom, class: tick == 1 ? "one" : "grid")
      svg.text("\(shortNumber(tick)) ×", axis.place(tick), bottom + 16, anchor: "middle", class: "tick")
    }
  }

  private func drawLegend(_ svg: inout SVG, _ engines: [String]) {
    var x = Self.left
    for (index, engine) in engines.enumerated() {
      svg.rectangle(x, 14, 11, 11, fill: Palette.colour(index), tip: engine)
      svg.text(engine, x + 16, 24)
      x += 32 + Double(engine.count) * 8
    }
  }

  private func drawBars(
    _ svg: inout SVG, _ axis: LogAxis, _ program: ProgramResult, _ engines: [String], _ top: Double
  ) {
    for (index, engine) in engines.enumerated() {
      guard let estimate = program.result(of: engine)?.ratio else { continue }
      let y = top + Double(index) * Self.barHeight
      let ends = [axis.place(1), axis.place(estimate.median)].sorted()
      let tip = """
        \(program.name), \(engine): \(ratio(estimate.median)) of \(report.settings.reference)'s time \
        (\(ratio(estimate.low)) – \(ratio(estimate.high)))
        """
      let length = max(1, ends[1] - ends[0])
      svg.rectangle(ends[0], y + 1, length, Self.barHeight - 2, fill: Palette.colour(index), tip: tip)
      let middle = y + Self.barHeight / 2
      svg.line(axis.place(estimate.low), middle, axis.place(estimate.high), middle, class: "interval")
    }
  }
}

/// `0.5`, `2`, `100`: a tick's value without zeros that say nothing.
func shortNumber(_ value: Double) -> String {
  value >= 1 ? String(Int(value.rounded())) : String(value)
}
