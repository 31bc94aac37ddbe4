import Foundation
import Glibc

/// A cache as the first core sees it.
struct Cache: Codable, Equatable {
  /// `L1d`, `L1i`, `L2`, `L3`.
  var name: String
  /// In bytes.
  var size: Int

  static func detect() -> [Cache] {
    let folder = "/sys/devices/system/cpu/cpu0/cache"
    let entries = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    let caches = entries.compactMap { entry -> Cache? in
      func read(_ file: String) -> String? {
        (try? String(contentsOfFile: "\(folder)/\(entry)/\(file)", encoding: .utf8))?
          .trimmingCharacters(in: .whitespacesAndNewlines)
      }
      guard let level = read("level"), let size = read("size").flatMap(parseSize) else { return nil }
      let kind = read("type")
      return Cache(name: "L\(level)\(kind == "Data" ? "d" : kind == "Instruction" ? "i" : "")", size: size)
    }
    return caches.isEmpty ? fromLibrary() : caches
  }

  /// `32K` or `1M`.
  static func parseSize(_ text: String) -> Int? {
    let units: [Character: Int] = ["K": 1 << 10, "M": 1 << 20, "G": 1 << 30]
    guard let last = text.last else { return nil }
    if let unit = units[last] { return Int(text.dropLast()).map { $0 * unit } }
    return Int(text)
  }

  private static func fromLibrary() -> [Cache] {
    let known: [(String, Int)] = [
      ("L1d", Int(_SC_LEVEL1_DCACHE_SIZE)), ("L1i", Int(_SC_LEVEL1_ICACHE_SIZE)), ("L2", Int(_SC_LEVEL2_CACHE_SIZE)),
      ("L3", Int(_SC_LEVEL3_CACHE_SIZE)),
    ]
    return known.map { Cache(name: $0.0, size: sysconf(Int32($0.1))) }.filter { $0.size > 0 }
  }
}
