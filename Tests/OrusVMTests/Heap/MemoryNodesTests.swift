import Foundation
import Testing

@testable import OrusVM

struct MemoryNodesTests {
  @Test(arguments: [("0\n", 1), ("0-1\n", 2), ("0,3\n", 4), ("0-2,5-7\n", 8), ("", 1), ("0-4095\n", 64)])
  func topologiesAreRead(online: String, count: Int) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "orus-nodes-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try online.write(to: folder.appending(path: "online"), atomically: false, encoding: .utf8)
    #expect(MemoryNodes(folder: folder.path).count == count)
  }

  @Test func aMachineWithoutNodesHasOne() {
    let nodes = MemoryNodes(folder: "/there/is/no/such/folder")
    #expect(nodes.count == 1 && nodes.current == 0)
  }

  /// Blocks come from the node that the thread is on, and free ones wait for a thread on theirs.
  @Test func blocksComeFromTheThreadsNode() throws {
    var space = OldSpace(MemoryNodes(count: 2, pretended: 0))
    defer { space.deallocate() }
    func object(_ size: Int) throws -> UnsafeMutableRawPointer {
      let memory = space.allocate(size)
      let object = try #require(memory)
      object.header = UInt64(stringRow)
      return object
    }
    let near = try object(20_000)
    #expect(Block(of: near).node == 0)
    space.nodes.pretended = 1
    let far = try object(20_000)
    #expect(Block(of: far).node == 1)
    let huge = try object(1 << 20)
    #expect(Block(of: huge).node == 1)
    space.beginSweep(liveBytes: 0)
    while space.sweepSome(16) {}
    space.nodes.pretended = 0
    let again = try object(20_000)
    #expect(again == near, "the free block of this node")
    // No such node is there; what the thread is on then is the last.
    space.nodes.pretended = 9
    #expect(Block(of: try object(20_000)).node == 1)
  }
}
