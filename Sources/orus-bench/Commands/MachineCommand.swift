import ArgumentParser
import Foundation

struct MachineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "machine",
    abstract: "Show what this machine is: SIMD level, caches, cores, nodes, counters.")

  func run() {
    let machine = Machine.detect()
    for (name, value) in machine.facts {
      print(name.padding(toLength: 11, withPad: " ", startingAt: 0) + value)
    }
    let levels = machine.simd.lowerAndSame.map(\.rawValue).joined(separator: ", ")
    print("--simd     \(levels): sets \(SIMDLevel.variable) for what is measured")
  }
}
