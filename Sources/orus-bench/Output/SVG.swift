import Foundation

/// A drawing as SVG: shapes with classes whose looks the page's style decides.
struct SVG {
  let width: Double
  let height: Double
  private var shapes: [String] = []

  init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }

  mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, class name: String) {
    shapes.append("<line x1=\"\(n(x1))\" y1=\"\(n(y1))\" x2=\"\(n(x2))\" y2=\"\(n(y2))\" class=\"\(name)\"/>")
  }

  mutating func rectangle(_ x: Double, _ y: Double, _ width: Double, _ height: Double, fill: String, tip: String) {
    shapes.append(
      """
      <rect x="\(n(x))" y="\(n(y))" width="\(n(width))" height="\(n(height))" fill="\(fill)">\
      <title>\(escaped(tip))</title></rect>
      """)
  }

  mutating func dot(_ x: Double, _ y: Double, fill: String, tip: String) {
    shapes.append(
      "<circle cx=\"\(n(x))\" cy=\"\(n(y))\" r=\"4\" fill=\"\(fill)\"><title>\(escaped(tip))</title></circle>")
  }

  mutating func path(_ points: [(x: Double, y: Double)], stroke: String) {
    let text = points.map { "\(n($0.x)),\(n($0.y))" }.joined(separator: " ")
    shapes.append("<polyline points=\"\(text)\" fill=\"none\" stroke=\"\(stroke)\" stroke-width=\"2\"/>")
  }

  /// `anchor`: start, middle or end.
  mutating func text(_ text: String, _ x: Double, _ y: Double, anchor: String = "start", class name: String = "label") {
    shapes.append(
      "<text x=\"\(n(x))\" y=\"\(n(y))\" text-anchor=\"\(anchor)\" class=\"\(name)\">\(escaped(text))</text>")
  }

  var markup: String {
    """
    <svg viewBox="0 0 \(n(width)) \(n(height))" width="\(n(width))" height="\(n(height))" role="img" \
    xmlns="http://www.w3.org/2000/svg">
    \(shapes.joined(separator: "\n"))
    </svg>

    """
  }

  private func n(_ value: Double) -> String { String(format: "%.1f", value) }
}

/// Colours that stay apart for people who see few of them (Okabe and Ito), one for each engine.
enum Palette {
  private static let colours = [
    "#d55e00", "#0072b2", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7f7f7f", "#b8a800",
  ]

  static func colour(_ index: Int) -> String { colours[index % colours.count] }
}

/// A logarithmic axis from pixels to pixels: half and double are equally far from 1.
struct LogAxis {
  let low: Double
  let high: Double
  let start: Double
  let end: Double

  /// With room for all values and for 1.
  init(values: [Double], start: Double, end: Double) {
    let usable = values.filter { $0.isFinite && $0 > 0 } + [1]
    low = usable.min()! / 1.15
    high = usable.max()! * 1.15
    self.start = start
    self.end = end
  }

  func place(_ value: Double) -> Double {
    let share = (log(max(value, low)) - log(low)) / (log(high) - log(low))
    return start + share * (end - start)
  }

  /// Round values to draw lines at: 1, 2, 5 of each power of ten; if they are many, only the powers.
  var ticks: [Double] {
    let powers = Int(floor(log10(low)))...Int(ceil(log10(high)))
    func ticks(_ steps: [Double]) -> [Double] {
      powers.flatMap { power in steps.map { $0 * pow(10, Double(power)) } }.filter { $0 >= low && $0 <= high }
    }
    let many = ticks([1, 2, 5])
    return many.count <= 10 ? many : ticks([1])
  }
}
