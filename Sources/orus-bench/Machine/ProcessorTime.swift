import Foundation
import Glibc

/// What all processors did since the machine started, in the kernel's ticks.
struct ProcessorTime: Equatable {
  var total = 0.0
  var busy = 0.0
  var stolen = 0.0

  static func now() -> ProcessorTime {
    parse((try? String(contentsOfFile: "/proc/stat", encoding: .utf8)) ?? "")
  }

  /// The first line of /proc/stat: user, nice, system, idle, iowait, irq, softirq, steal.
  static func parse(_ text: String) -> ProcessorTime {
    let line = text.split(separator: "\n").first ?? ""
    let numbers = line.split(separator: " ").dropFirst().prefix(8).compactMap { Double($0) }
    guard line.hasPrefix("cpu "), numbers.count == 8 else { return ProcessorTime() }
    let total = numbers.reduce(0, +)
    return ProcessorTime(total: total, busy: total - numbers[3] - numbers[4] - numbers[7], stolen: numbers[7])
  }

  /// Since an earlier reading: the share that the hypervisor took, and that others than our programs used.
  func shares(since start: ProcessorTime, ownSeconds: Double) -> (stolen: Double, others: Double) {
    let all = total - start.total
    guard all > 0 else { return (0, 0) }
    let own = ownSeconds * Double(sysconf(Int32(_SC_CLK_TCK)))
    return ((stolen - start.stolen) / all, max(0, (busy - start.busy - own) / all))
  }

  /// Seconds of processors that this process and those that it waited for have used.
  static func ownSeconds() -> Double {
    [RUSAGE_SELF, RUSAGE_CHILDREN].reduce(0) { sum, who in
      var usage = rusage()
      getrusage(__rusage_who_t(who.rawValue), &usage)
      return sum + seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }
  }

  private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
}
