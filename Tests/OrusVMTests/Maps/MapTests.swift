import OrusBytecode
import Testing

@testable import OrusVM

struct MapTests {
  /// Random operations against a list of pairs.
  @Test(arguments: [false, true], [false, true]) func againstAModel(textKeys: Bool, collectsAlways: Bool) {
    var map = TypeIndex.void
    var some = TypeIndex.void
    let key = textKeys ? TypeIndex.string : .i32
    let bench = NativeBench(collectsAlways: collectsAlways) { assembly in
      map = assembly.type(.map, key, .i64)
      some = assembly.type(.option, .i64)
      return [[map], [map, key, .i64, .void], [map, key, some], [map, key, .bool], [map, .i64], [map, .i64, .i64]]
    }
    let vm = bench.vm!
    #expect(bench.call(.map_new, [map]))
    bench.r[10] = bench.r[0]
    var model: [(Int, Int64)] = []
    func load(_ k: Int) {
      bench.r[0] = bench.r[10]
      if textKeys { bench.set(1, "key \(k)") } else { bench.s[0] = Int64(k) }
    }
    for step in 0..<(collectsAlways ? 1500 : 40_000) {
      let k = Int.random(in: 0..<(step / 20 % 500 + 3))
      let place = model.firstIndex { $0.0 == k }
      load(k)
      switch Int.random(in: 0..<10) {
      case 0..<5:
        bench.s[textKeys ? 0 : 1] = Int64(step)
        #expect(bench.call(.map_set, [map, key, .i64, .void]))
        if let place { model[place].1 = Int64(step) } else { model.append((k, Int64(step))) }
      case 5..<8:
        #expect(bench.call(.map_remove, [map, key, some]))
        #expect((bench.r[0] == nil) == (place == nil))
        if let place { model.remove(at: place) }
      default:
        #expect(bench.call(.map_get, [map, key, some]))
        #expect(bench.r[0]?.words[0] == place.map { model[$0].1 })
      }
      #expect(bench.r[10]!.words[MapWord.live] == Int64(model.count))
    }
    let inside = model.map { textKeys ? "\"key \($0.0)\": \($0.1)" : "\($0.0): \($0.1)" }.joined(separator: ", ")
    #expect(bench.printed(10, map) == (model.isEmpty ? "{:}" : "{\(inside)}"))
    // The same by a cursor; then a change is noticed.
    bench.r[0] = bench.r[10]
    #expect(bench.call(.map_cursor, [map, .i64]))
    for (_, value) in model {
      bench.r[0] = bench.r[10]
      #expect(bench.call(.map_next, [map, .i64, .i64]))
      let cursor = bench.s[0]
      #expect(bench.call(.map_value_at, [map, .i64, .i64]))
      #expect(bench.s[0] == value)
      bench.s[0] = cursor
    }
    let last = bench.s[0]
    load(100_000)
    bench.s[textKeys ? 0 : 1] = 0
    #expect(bench.call(.map_set, [map, key, .i64, .void]))
    bench.s[0] = last
    bench.r[0] = bench.r[10]
    #expect(!bench.call(.map_next, [map, .i64, .i64]))
    #expect(bench.panic()?.code == .changedWhileIterating)
    // A clone is equal, whatever the order of its keys, until one changes.
    #expect(vm.cloneValue(bench.r + 11, bench.r + 10, type: map.index))
    #expect(vm.equalValues(bench.r + 10, bench.r + 11, type: map.index) == 1)
    load(100_000)
    #expect(bench.call(.map_remove, [map, key, some]))
    #expect(vm.equalValues(bench.r + 10, bench.r + 11, type: map.index) == 0)
  }
}
