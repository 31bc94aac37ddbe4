import CNUMA
import Glibc

/// Where programs run and where their memory is. The tool moves itself there; what it starts inherits it.
enum Placement {
  /// Holds this thread and all that it starts to one processor, or to the processors and memory of one node.
  static func apply(cpu: Int?, node: Int?) throws -> String? {
    if let node { try bind(node: node) }
    if let cpu { try pin(cpu: cpu) }
    let texts = [node.map { "memory node \($0)" }, cpu.map { "processor \($0)" }].compactMap { $0 }
    return texts.isEmpty ? nil : texts.joined(separator: ", ")
  }

  private static func pin(cpu: Int) throws {
    let processors = numa_allocate_cpumask()
    defer { numa_free_cpumask(processors) }
    guard cpu >= 0, cpu < sysconf(Int32(_SC_NPROCESSORS_CONF)) else { throw Failure("there is no processor \(cpu)") }
    numa_bitmask_setbit(processors, UInt32(cpu))
    guard numa_sched_setaffinity(0, processors) >= 0 else {
      throw Failure("cannot run on processor \(cpu): \(errnoText())")
    }
  }

  private static func bind(node: Int) throws {
    guard numa_available() >= 0 else { throw Failure("this machine does not say which memory nodes it has") }
    guard (0...Int(numa_max_node())).contains(node) else {
      throw Failure("there is no memory node \(node); the last is \(numa_max_node())")
    }
    guard numa_run_on_node(Int32(node)) == 0 else { throw Failure("cannot run on node \(node): \(errnoText())") }
    let nodes = numa_allocate_nodemask()
    defer { numa_free_nodemask(nodes) }
    numa_bitmask_setbit(nodes, UInt32(node))
    numa_set_membind(nodes)
  }
}
