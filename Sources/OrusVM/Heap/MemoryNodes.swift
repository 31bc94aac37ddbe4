import CKernels
import Glibc

/// The memory nodes of a machine, for the heap to take memory near the thread
/// that uses it. On a machine with one node, as most are, none of this does
/// anything.
struct MemoryNodes {
  /// Nodes have the numbers below this.
  let count: Int
  /// In tests: the node that the thread is taken to be on.
  var pretended: Int?

  private static let most = 64

  init(count: Int, pretended: Int? = nil) {
    self.count = max(1, min(count, MemoryNodes.most))
    self.pretended = pretended
  }

  /// As the kernel describes them in a folder.
  init(folder: String = "/sys/devices/system/node") {
    var text = [UInt8](repeating: 0, count: 256)
    let file = open(folder + "/online", O_RDONLY)
    let length = file < 0 ? 0 : read(file, &text, text.count)
    if file >= 0 { close(file) }
    self.init(count: MemoryNodes.highest(text[..<max(0, length)]) + 1)
  }

  /// The highest number in a list such as `0-1,4`.
  private static func highest(_ list: ArraySlice<UInt8>) -> Int {
    var highest = 0
    var number = 0
    for byte in list {
      number = byte >= 48 && byte < 58 ? min(number * 10 + Int(byte) - 48, most) : 0
      highest = max(highest, number)
    }
    return highest
  }

  /// The node of the calling thread.
  var current: Int {
    if count == 1 { return 0 }
    return min(pretended ?? Int(orus_current_node()), count - 1)
  }

  /// Has a mapping come from a node.
  func prefer(_ node: Int, for memory: UnsafeMutableRawPointer, _ bytes: Int) {
    if count > 1 { orus_prefer_node(memory, bytes, Int32(node)) }
  }
}
