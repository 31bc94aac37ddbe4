/// Steps of vector instructions, each with all that are below it on the same architecture. Programs that choose their
/// code by it take the lower of what the processor has and what the environment variable `ORUS_SIMD` says.
enum SIMDLevel: String, Codable, CaseIterable, Comparable {
  case scalar
  case sse2
  case sse42 = "sse4.2"
  case avx2
  case avx512
  case neon

  /// The environment variable that holds programs to a level.
  static let variable = "ORUS_SIMD"

  /// What the kernel has to list for it, on x86-64.
  private var flags: [String]? {
    switch self {
    case .scalar: []
    case .sse2: ["sse2"]
    case .sse42: ["sse4_2", "popcnt"]
    case .avx2: ["avx2", "bmi2", "fma"]
    case .avx512: ["avx512f", "avx512bw", "avx512vl", "avx512dq"]
    case .neon: nil
    }
  }

  /// The highest level of a processor as /proc/cpuinfo describes it.
  static func detect(_ cpu: [String: String]?) -> SIMDLevel {
    if let features = cpu?["Features"] { return words(features).contains("asimd") ? .neon : .scalar }
    let present = words(cpu?["flags"] ?? "")
    let levels = allCases.prefix { level in level.flags.map { present.isSuperset(of: $0) } ?? false }
    return levels.last ?? .scalar
  }

  /// The levels that a machine with this one has, lowest first.
  var lowerAndSame: [SIMDLevel] { self == .neon ? [.scalar, .neon] : Self.allCases.filter { $0 <= self } }

  static func < (left: SIMDLevel, right: SIMDLevel) -> Bool {
    allCases.firstIndex(of: left)! < allCases.firstIndex(of: right)!
  }

  private static func words(_ text: String) -> Set<String> { Set(text.split(separator: " ").map(String.init)) }
}
