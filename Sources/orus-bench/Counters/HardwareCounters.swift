import CPAPI
import Glibc

/// The processor's own counters, read with PAPI. Many virtual machines have none.
enum HardwareCounters {
  /// How many there are. PAPI knows how many a processor has; whether the machine lets us at them, only counting shows.
  static let available: Int = {
    guard PAPI_library_init(orus_papi_version()) == orus_papi_version(), countsSomething() else { return 0 }
    return max(0, Int(PAPI_num_hwctrs()))
  }()

  private static func countsSomething() -> Bool {
    guard let code = code(of: .instructions), let set = try? EventSet(), (try? set.start([code])) != nil else {
      return false
    }
    return set.stop().first.map { $0 > 0 } ?? false
  }

  /// Runs a program several times, for a processor counts few events at a time. Each run also counts cycles.
  static func count(_ command: Command, with launcher: Launcher) throws -> Counts {
    var counts: Counts = [:]
    let codes = CounterEvent.allCases.compactMap { event in code(of: event).map { (event: event, code: $0) } }
    guard available > 0, let cycles = codes.first(where: { $0.event == .cycles }) else { return [:] }
    for other in codes where other.event != .cycles {
      let set = try EventSet()
      let run = try launcher.run(command) { process in
        try set.start([cycles.code, other.code], in: process)
      }
      let values = set.stop()
      guard run.succeeded, values.count == 2 else { continue }
      counts[.cycles] = Double(values[0])
      counts[other.event] = Double(values[1])
    }
    return counts
  }

  private static func code(of event: CounterEvent) -> Int32? {
    for name in event.papiNames {
      var code: Int32 = 0
      if PAPI_event_name_to_code(name, &code) == PAPI_OK, PAPI_query_event(code) == PAPI_OK { return code }
    }
    return nil
  }
}

/// Events that are counted together in another process.
private final class EventSet {
  private var handle = PAPI_NULL
  private var size = 0

  init() throws { try check(PAPI_create_eventset(&handle), "make a set of events") }

  deinit {
    PAPI_cleanup_eventset(handle)
    PAPI_destroy_eventset(&handle)
  }

  /// `process`: another one, else this.
  func start(_ codes: [Int32], in process: pid_t? = nil) throws {
    // Component 0 is the processor.
    try check(PAPI_assign_eventset_component(handle, 0), "choose the processor's counters")
    if let process {
      // Not every kernel lets threads be counted with their process.
      _ = orus_papi_inherit(handle)
      try check(PAPI_attach(handle, UInt(process)), "attach to a process")
    }
    for code in codes { try check(PAPI_add_event(handle, code), "count an event") }
    try check(PAPI_start(handle), "start counting")
    size = codes.count
  }

  func stop() -> [Int64] {
    guard size > 0 else { return [] }
    var values = [Int64](repeating: 0, count: size)
    return PAPI_stop(handle, &values) == PAPI_OK ? values : []
  }

  private func check(_ code: Int32, _ action: String) throws {
    guard code == PAPI_OK else {
      throw Failure("PAPI cannot \(action): \(PAPI_strerror(code).map { String(cString: $0) } ?? "error \(code)")")
    }
  }
}
