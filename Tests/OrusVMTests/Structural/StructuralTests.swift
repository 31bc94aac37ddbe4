import OrusBytecode
import Testing

@testable import OrusVM

struct StructuralTests {
  private func bench(
    _ collectsAlways: Bool = false
  ) -> (NativeBench, node: TypeIndex, list: TypeIndex, pair: TypeIndex) {
    var node = TypeIndex.void
    var list = TypeIndex.void
    var pair = TypeIndex.void
    let bench = NativeBench(collectsAlways: collectsAlways) { assembly in
      (node, _) = assembly.nodeTypes()
      list = assembly.type(.array, .f64)
      pair = assembly.type(.tuple, .string, .i32)
      return [[list, .bool], [list, .f64]]
    }
    return (bench, node, list, pair)
  }

  /// A linked list in r[register], of the numbers from 0 on.
  private func link(_ bench: NativeBench, _ node: TypeIndex, _ register: Int, _ count: Int) {
    bench.r[register] = nil
    for value in 0..<count {
      let object = bench.vm.allocate(node.index, words: 2)!
      object.references[0] = bench.r[register]
      object.words[1] = Int64(value)
      bench.r[register] = object
    }
  }

  @Test func aMillionNodes() {
    let (bench, node, _, _) = bench()
    let vm = bench.vm!
    link(bench, node, 0, 1_000_000)
    #expect(vm.cloneValue(bench.r + 1, bench.r, type: node.index))
    #expect(bench.r[0] != bench.r[1])
    #expect(vm.equalValues(bench.r, bench.r + 1, type: node.index) == 1)
    #expect(vm.hashValue(bench.r[0], type: node.index) == vm.hashValue(bench.r[1], type: node.index))
    bench.r[1]!.words[1] = -1
    #expect(vm.equalValues(bench.r, bench.r + 1, type: node.index) == 0)
    #expect(bench.printed(0, node).utf8.count > 10_000_000)
  }

  @Test(arguments: [false, true]) func cyclesEnd(collectsAlways: Bool) {
    let (bench, node, _, _) = bench(collectsAlways)
    let vm = bench.vm!
    for register in 0..<2 {
      link(bench, node, register, 3)
      var last = bench.r[register]!
      while let next = last.references[0] { last = next }
      vm.store(bench.r[register], in: last, word: 0)
    }
    #expect(vm.equalValues(bench.r, bench.r + 1, type: node.index) == 1)
    bench.r[1]!.references[0]!.words[1] = 77
    #expect(vm.equalValues(bench.r, bench.r + 1, type: node.index) == 0)
    #expect(vm.cloneValue(bench.r + 2, bench.r + 1, type: node.index))
    #expect(bench.r[2]!.references[0]!.references[0]!.references[0] == bench.r[2])
    #expect(vm.equalValues(bench.r + 1, bench.r + 2, type: node.index) == 1)
  }

  @Test func orderOfTuples() {
    let (bench, _, _, pair) = bench()
    let vm = bench.vm!
    for (register, text, number) in [(0, "a", 2), (1, "a", 10), (2, "b", 0)] as [(Int, String, Int64)] {
      bench.set(10, text)
      let tuple = vm.allocate(pair.index, words: 2)!
      tuple.references[0] = bench.r[10]
      tuple.words[1] = number
      bench.r[register] = tuple
    }
    #expect(vm.compareValues(bench.r, bench.r + 1, type: pair.index) == -1)
    #expect(vm.compareValues(bench.r + 2, bench.r + 1, type: pair.index) == 1)
    #expect(vm.compareValues(bench.r, bench.r, type: pair.index) == 0)
  }

  @Test func sortingFloats() {
    let (bench, _, list, _) = bench()
    bench.r[0] = bench.vm.allocateArray(list.index, capacity: 4)
    for (index, value) in [2.5, .nan, -1, 0].enumerated() {
      bench.r[0]!.arrayStorage.elements64[index] = Int64(bitPattern: value.bitPattern)
    }
    bench.r[0]!.arrayCount = 4
    #expect(bench.call(.array_sort_primitive, [list, .bool]))
    #expect(bench.printed(0, list) == "[-1.0, 0.0, 2.5, nan]")
    bench.r[0]!.arrayCount = 3
    #expect(bench.call(.array_sum_numbers, [list, .f64]))
    #expect(Double(bitPattern: UInt64(bitPattern: bench.s[0])) == 1.5)
  }
}
