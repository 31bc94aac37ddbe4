import CNUMA
import Foundation
import Glibc

/// The machine that something was measured on.
struct Machine: Codable, Equatable {
  var processor: String
  /// `x86_64` or `aarch64`.
  var architecture: String
  /// The highest SIMD level that it has.
  var simd: SIMDLevel
  /// Cores, and how many threads they run together.
  var cores: Int
  var threads: Int
  /// Memory nodes.
  var nodes: Int
  var caches: [Cache]
  /// In bytes.
  var memory: Int
  var system: String
  /// A hypervisor runs it.
  var isVirtual: Bool
  /// Hardware counters that PAPI sees.
  var hardwareCounters: Int

  static func detect() -> Machine {
    let cpus = CPUInfo.read()
    var names = utsname()
    uname(&names)
    return Machine(
      processor: cpus.first?["model name"] ?? "unknown", architecture: text(of: names.machine),
      simd: SIMDLevel.detect(cpus.first), cores: CPUInfo.cores(cpus), threads: sysconf(Int32(_SC_NPROCESSORS_ONLN)),
      nodes: numa_available() < 0 ? 1 : Int(numa_max_node()) + 1, caches: Cache.detect(),
      memory: sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE)), system: systemName(kernel: names),
      isVirtual: cpus.first?["flags"]?.contains("hypervisor") ?? false,
      hardwareCounters: HardwareCounters.available)
  }

  private static func systemName(kernel: utsname) -> String {
    let release = (try? String(contentsOfFile: "/etc/os-release", encoding: .utf8)) ?? ""
    let name = release.split(separator: "\n").first { $0.hasPrefix("PRETTY_NAME=") }?
      .dropFirst("PRETTY_NAME=".count).trimmingCharacters(in: ["\""])
    return "\(name ?? "Linux"), Linux \(text(of: kernel.release))"
  }

  private static func text<Tuple>(of characters: Tuple) -> String {
    withUnsafeBytes(of: characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}

/// /proc/cpuinfo: for each thread of a core, what the kernel says of it.
enum CPUInfo {
  static func read() -> [[String: String]] {
    parse((try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? "")
  }

  static func parse(_ text: String) -> [[String: String]] {
    text.components(separatedBy: "\n\n").compactMap { block in
      let pairs = block.split(separator: "\n").compactMap { line -> (String, String)? in
        guard let colon = line.firstIndex(of: ":") else { return nil }
        let name = line[..<colon].trimmingCharacters(in: .whitespaces)
        return (name, line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces))
      }
      return pairs.isEmpty ? nil : Dictionary(pairs) { first, _ in first }
    }
  }

  static func cores(_ cpus: [[String: String]]) -> Int {
    let places = Set(cpus.compactMap { cpu in cpu["core id"].map { "\(cpu["physical id"] ?? "0")/\($0)" } })
    return places.isEmpty ? max(1, cpus.count) : places.count
  }
}
