import OrusBytecode
import Testing

@testable import OrusVM

struct InterningTests {
  private func bench() -> NativeBench { NativeBench { _ in [[.string, .string]] } }

  @Test func equalKeysBecomeOne() {
    let bench = bench()
    bench.set(0, "a key of a record")
    bench.set(1, "a key of a record")
    #expect(bench.r[0] != bench.r[1])
    for slot in [bench.r, bench.r + 1] {
      _ = bench.vm.stringHash(slot)
      bench.vm.intern(slot)
    }
    #expect(bench.r[0] == bench.r[1])
    // And stay one while they age and become old.
    bench.vm.collect(full: false)
    bench.vm.collect(full: true)
    bench.set(1, "a key of a record")
    _ = bench.vm.stringHash(bench.r + 1)
    bench.vm.intern(bench.r + 1)
    #expect(bench.r[0] == bench.r[1])
  }

  @Test(arguments: [false, true]) func nothingIsKeptAlive(whenOld: Bool) {
    let bench = bench()
    bench.set(0, "a key that nobody wants")
    _ = bench.vm.stringHash(bench.r)
    bench.vm.intern(bench.r)
    if whenOld { bench.vm.collect(full: true) }
    for index in 0..<32 { bench.r[index] = nil }
    bench.vm.collect(full: whenOld)
    var count = 0
    bench.vm.forEachInterned { _ in count += 1 }
    #expect(count == 0)
    #expect(bench.vm.machine.pointee.heap.usedBytes == 0)
  }

  @Test func asciiIsFoundOutOnce() {
    let bench = bench()
    for (text, expected) in [("", true), ("plain", true), ("naïve", false)] {
      bench.set(0, text)
      #expect(bench.vm.isASCII(bench.r[0]!) == expected)
      #expect(bench.r[0]!.spare & StringNode.asciiIsKnown != 0)
      #expect(bench.vm.isASCII(bench.r[0]!) == expected)
      #expect(bench.vm.characterCount(bench.r[0]!) == text.unicodeScalars.count)
    }
  }
}
