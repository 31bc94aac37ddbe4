/// A machine in words.
extension Machine {
  /// One line, for tables.
  var line: String { "\(processor), \(coresText)\(isVirtual ? " of a virtual machine" : ""), \(system)" }

  private var coresText: String {
    let text = cores == 1 ? "1 core" : "\(cores) cores"
    return threads == cores ? text : "\(text) with \(threads) threads"
  }

  /// Everything, with a name before each fact.
  var facts: [(name: String, value: String)] {
    [
      ("processor", "\(processor) (\(architecture))"),
      ("cores", coresText + (isVirtual ? ", virtual machine" : "")),
      ("memory", "\(bytes(memory)), \(nodes == 1 ? "1 node" : "\(nodes) nodes")"),
      ("caches", caches.isEmpty ? "unknown" : caches.map { "\($0.name) \(bytes($0.size))" }.joined(separator: ", ")),
      ("SIMD", simd.rawValue),
      ("counters", hardwareCounters == 0 ? "none in hardware" : "\(hardwareCounters) in hardware"),
      ("system", system),
    ]
  }
}
