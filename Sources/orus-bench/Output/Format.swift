import Foundation

/// Numbers as people read them: three digits that count, and the unit.

func seconds(_ value: Double) -> String {
  switch abs(value) {
  case 0.9995...: "\(digits(value)) s"
  case 0.0009995...: "\(digits(value * 1e3)) ms"
  default: "\(digits(value * 1e6)) µs"
  }
}

/// In powers of 1024, as caches and memory have them.
func bytes(_ value: Int) -> String {
  let units = ["bytes", "KB", "MB", "GB"]
  var scaled = Double(value)
  var unit = 0
  while scaled >= 1000, unit + 1 < units.count {
    scaled /= 1024
    unit += 1
  }
  return "\(unit == 0 ? String(value) : digits(scaled)) \(units[unit])"
}

func percent(_ share: Double) -> String {
  let value = share * 100
  return "\(abs(value) < 9.95 ? String(format: "%.1f", value) : String(format: "%.0f", value)) %"
}

func ratio(_ value: Double) -> String { digits(value) }

/// `0.512`, `5.12`, `51.2`, `512`.
func digits(_ value: Double) -> String {
  guard value.isFinite else { return "–" }
  switch abs(value) {
  case 99.95...: return String(format: "%.0f", value)
  case 9.995...: return String(format: "%.1f", value)
  case 0.9995...: return String(format: "%.2f", value)
  default: return String(format: "%.3f", value)
  }
}

/// `1.2 thousand`, `3.4 million`, `5.6 billion`.
func count(_ value: Double) -> String {
  switch abs(value) {
  case 1e9...: "\(digits(value / 1e9)) billion"
  case 1e6...: "\(digits(value / 1e6)) million"
  case 1e3...: "\(digits(value / 1e3)) thousand"
  default: digits(value)
  }
}

/// `2026-11-27`, of the time in Greenwich.
func day(_ date: Date) -> String { String(date.ISO8601Format().prefix(10)) }

/// `2026-11-27 03:31`.
func minute(_ date: Date) -> String { date.ISO8601Format().prefix(16).replacingOccurrences(of: "T", with: " ") }
