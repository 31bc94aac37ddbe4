import OrusBytecode
import Testing

@testable import OrusVM

struct HeapTests {
  /// Makes a list of so many nodes, and gives its length modulo 1000.
  private func list(_ count: UInt32) -> Program {
    var assembly = Assembly()
    let (node, next) = assembly.nodeTypes()
    assembly.function([.i32]) { code in
      code.op(.const_mid, 0, 2, 0, count)
      code.op(.const_small, 1, 2, 0)
      code.op(.const_null, 0, 0, 0, next.index)
      let again = code.newLabel()
      code.bind(again)
      code.op(.new, 0, 1, 0, node.index)
      code.branch(.loop_lt, 1, 0, 0, to: again)
      code.op(.const_small, 2, 1, 0)
      let walk = code.newLabel()
      let wrap = code.newLabel()
      let done = code.newLabel()
      code.bind(walk)
      code.branch(.b_null, 0, 0, 0, to: done)
      code.op(.field_r, 0, 0, 0)
      code.op(.add_imm_i32, 2, 2, 1)
      code.jumpBack(to: walk)
      code.bind(wrap)
      code.bind(done)
      code.op(.const_mid, 3, 1, 0, 1000)
      code.op(.rem_i32, 2, 2, 3)
      code.op(.ret_s, 2)
    }
    return assembly.finish()
  }

  @Test func aMillionNodesNeedNoNativeStack() {
    let (outcome, result) = outcome(of: list(1_000_777))
    guard case .exited(let code) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(code == 777)
    #expect(result.collector.minorCollections > 10)
  }

  @Test func rowsAreThoseOfTheTypes() {
    #expect(stringRow == TypeIndex.string.index)
    #expect(anyRow == TypeIndex.any.index)
  }

  @Test func stress() { #expect(exitCode(list(300), collectsAlways: true) == 300) }

  @Test func limitIsReached() throws {
    var limits = Limits()
    limits.maxHeap = 1 << 20
    let report = try #require(panicReport(list(1_000_000), limits: limits))
    #expect(report.code == .heapLimit)
    // 24 bytes a node: 30,000 of them fit.
    #expect(exitCode(list(30_000), limits: limits) == 0)
  }

  /// Fills an array of `size` places that is old with young nodes, again and again.
  private func oldArray(_ size: UInt32, rounds: Int) -> Program {
    var assembly = Assembly()
    let (node, next) = assembly.nodeTypes()
    let array = assembly.type(.array, next)
    assembly.function([.i32]) { code in
      code.op(.const_mid, 0, 2, 0, size)
      code.op(.array_new, 0, 0, 0, array.index)
      code.op(.const_null, 1, 0, 0, next.index)
      code.op(.const_small, 1, 2, 0)
      let fill = code.newLabel()
      code.bind(fill)
      code.op(.push_r, 0, 1)
      code.branch(.loop_lt, 1, 0, 0, to: fill)
      code.op(.const_small, 3, 1, rounds)
      let round = code.newLabel()
      code.bind(round)
      code.op(.const_small, 1, 2, 0)
      let store = code.newLabel()
      code.bind(store)
      code.op(.const_null, 2, 0, 0, next.index)
      code.op(.new, 1, 1, 2, node.index)
      code.op(.set_r, 0, 1, 1)
      code.branch(.loop_lt, 1, 0, 0, to: store)
      code.op(.add_imm_i32, 3, 3, -1)
      code.branch(.back_gt_imm, 3, 0, 0, to: round)
      // Each node's number is its place.
      code.op(.const_small, 1, 2, 0)
      code.op(.const_small, 4, 1, 0)
      let check = code.newLabel()
      let bad = code.newLabel()
      code.bind(check)
      code.op(.get_r, 1, 0, 1)
      code.branch(.b_null, 1, 0, 0, to: bad)
      code.op(.field_s, 2, 1, 1)
      code.branch(.b_ne_w, 2, 1, 0, to: bad)
      code.branch(.loop_lt, 1, 0, 0, to: check)
      code.op(.ret_s, 4)
      code.bind(bad)
      code.op(.const_small, 4, 1, 1)
      code.op(.ret_s, 4)
    }
    return assembly.finish()
  }

  @Test func oldObjectsKeepYoungOnes() {
    #expect(exitCode(oldArray(100, rounds: 100)) == 0)
    #expect(exitCode(oldArray(100_000, rounds: 10)) == 0)
    #expect(exitCode(oldArray(300, rounds: 3), collectsAlways: true) == 0)
    #expect(exitCode(oldArray(10, rounds: 9), collectsAlways: true) == 0)
  }

  @Test func growingArrays() throws {
    var assembly = Assembly()
    let array = assembly.type(.array, .i32)
    assembly.function([.i32]) { code in
      code.op(.array_new, 0, 0, 0, array.index)
      code.op(.const_small, 0, 1, 0)
      code.op(.const_mid, 1, 1, 0, 1_000_000)
      let again = code.newLabel()
      code.bind(again)
      code.op(.push_32, 0, 0)
      code.branch(.loop_lt, 0, 1, 0, to: again)
      code.op(.const_mid, 0, 1, 0, 999_999)
      code.op(.get_i32, 2, 0, 0)
      code.op(.const_small, 0, 1, -1)
      code.op(.get_i32, 3, 0, 0)
      code.op(.ret_s, 2)
    }
    let report = try #require(panicReport(assembly.finish()))
    #expect(report.code == .index)
    #expect(report.message == "the index -1 is out of range for an array of length 1000000")
  }

  @Test func sizeClassesHoldWhatTheyAreFor() throws {
    var space = OldSpace()
    defer { space.deallocate() }
    for size in stride(from: 16, through: 20_000, by: 8) {
      let memory = space.allocate(size)
      let object = try #require(memory)
      object.header = UInt64(stringRow)
      object.stringLength = size - 16
    }
    var total = 0
    space.forEachObject { object, bytes in
      total += 1
      #expect(flatStringSize(object.stringLength) <= bytes)
      #expect(bytes - flatStringSize(object.stringLength) <= max(16, bytes / 4))
    }
    #expect(total == (20_000 - 16) / 8 + 1)
    space.beginSweep(liveBytes: 0)
    while space.sweepSome(100) {}
    space.forEachObject { _, _ in total -= 1 }
    #expect(total == (20_000 - 16) / 8 + 1, "nothing was marked, so nothing lives")
  }
}
