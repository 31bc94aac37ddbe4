/// What is to be measured, with what, and how.
struct RunPlan {
  var engines: [Engine]
  var launcher: Launcher
  var settings: Settings

  /// Where the user did not say what times are ratios to: what most will be measured against first.
  static func reference(_ wanted: String?, among engines: [Engine]) throws -> String {
    let names = engines.map(\.name)
    if let wanted {
      guard names.contains(wanted) else {
        throw Failure("times cannot be ratios to `\(wanted)`: it is not one of \(names.joined(separator: ", "))")
      }
      return wanted
    }
    return names.contains("lua5.4") ? "lua5.4" : names[0]
  }

  var bootstrap: Bootstrap { Bootstrap(seed: settings.seed) }
}
