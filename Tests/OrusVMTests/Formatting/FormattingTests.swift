import OrusBytecode
import OrusFormat
import Testing

@testable import OrusVM

struct FormattingTests {
  private let bench = NativeBench { _ in [] }

  private func format(_ value: Double, _ spec: String) -> String {
    bench.printed(scalar: Int64(bitPattern: value.bitPattern), .f64, spec: packed(spec))
  }

  private func packed(_ text: String) -> UInt64 {
    var spec = FormatSpec()
    let error = Array(text.utf8).withUnsafeBufferPointer { spec.parse($0) }
    #expect(error == nil, "\(text)")
    return spec.packed
  }

  @Test func shortestFloats() {
    for (value, text) in [
      (3.0, "3.0"), (100.0, "100.0"), (-2.5, "-2.5"), (-0.0, "-0.0"), (0.0, "0.0"), (0.1, "0.1"),
      (1.0 / 3, "0.3333333333333333"), (123456789.125, "123456789.125"),
      (.infinity, "inf"), (-.infinity, "-inf"), (.nan, "nan"),
      (0.0001, "0.0001"), (1e-05, "1e-05"), (0.00012345, "0.00012345"), (-1.5e-7, "-1.5e-07"),
      (1e15, "1000000000000000.0"), (1e16, "1e+16"), (1e22, "1e+22"), (1e100, "1e+100"),
      (9007199254740993.0, "9007199254740992.0"), (9999999999999998.0, "9999999999999998.0"),
      (12345678901234567.0, "1.2345678901234568e+16"), (1.7976931348623157e308, "1.7976931348623157e+308"),
      (.leastNormalMagnitude, "2.2250738585072014e-308"), (.leastNonzeroMagnitude, "5e-324"),
    ] as [(Double, String)] {
      #expect(bench.printed(scalar: Int64(bitPattern: value.bitPattern), .f64) == text)
    }
  }

  @Test func floatsRoundTrip() {
    for _ in 0..<20_000 {
      let value = Double(bitPattern: UInt64.random(in: .min ... .max))
      if value.isNaN { continue }
      #expect(Double(bench.printed(scalar: Int64(bitPattern: value.bitPattern), .f64)) == value)
    }
  }

  @Test func floatSpecs() {
    #expect(format(2.5, ".0f") == "2")
    #expect(format(3.5, ".0f") == "4")
    #expect(format(0.125, ".2f") == "0.12")
    #expect(format(2.675, ".2f") == "2.67")
    #expect(format(1500, "e") == "1.500000e+03")
    #expect(format(0.125, ".0%") == "12%")
    #expect(format(0.5, "%") == "50.000000%")
    #expect(format(1.05, ".1%") == "105.0%")
    #expect(format(0.004, ".1%") == "0.4%")
    #expect(format(-3.14159, "+8.2f") == "   -3.14")
    #expect(format(3.14159, "+08.2f") == "+0003.14")
    #expect(format(.infinity, "08.2f") == "     inf")
    #expect(format(1e300, ".1f").count == 303)
    #expect(format(0.1, ".60f") == "0.100000000000000005551115123125782702118158340454101562500000")
    #expect(format(2, "*^9.1f") == "***2.0***")
    #expect(format(2, "é<5") == "2.0éé")
  }

  @Test func integerSpecs() {
    func format(_ value: Int64, _ spec: String) -> String { bench.printed(scalar: value, .i64, spec: packed(spec)) }
    #expect(format(255, "x") == "ff")
    #expect(format(255, "#X") == "0xFF")
    #expect(format(-5, "b") == "-101")
    #expect(format(8, "#o") == "0o10")
    #expect(format(0, "b") == "0")
    #expect(format(42, "6") == "    42")
    #expect(format(-42, "06") == "-00042")
    #expect(format(255, "#08x") == "0x0000ff")
    #expect(format(42, "<6") == "42    ")
    #expect(format(.min, "") == "-9223372036854775808")
    #expect(format(7, "+") == "+7")
    #expect(format(3, ".2") == "3.00")
    #expect(format(12345, "e") == "1.234500e+04")
    #expect(format(12350, ".2e") == "1.24e+04")
    #expect(format(9999, ".1e") == "1.0e+04")
    #expect(format(0, ".0e") == "0e+00")
    #expect(format(3, "%") == "300.000000%")
    #expect(format(9007199254740993, ".1f") == "9007199254740993.0")
  }

  @Test func texts() {
    bench.set(0, "héllo")
    #expect(bench.printed(0, .string, spec: packed(">7")) == "  héllo")
    #expect(bench.printed(0, .string, spec: packed(".2")) == "hé")
    #expect(bench.printed(0, .string, spec: packed("-^9.3")) == "---hél---")
    #expect(bench.printed(scalar: 1, .bool, spec: packed(">6")) == "  true")
  }

  @Test(arguments: [false, true]) func containersAndCycles(collectsAlways: Bool) {
    var list = TypeIndex.void
    var node = TypeIndex.void
    let bench = NativeBench(collectsAlways: collectsAlways) { assembly in
      (node, _) = assembly.nodeTypes()
      assembly.program.types[Int(node.index)].name = assembly.string("Node")
      assembly.program.types[Int(node.index)].names = [assembly.string("value"), assembly.string("next")]
      list = assembly.type(.array, .string)
      return [[list, .string]]
    }
    let vm = bench.vm!
    bench.r[1] = vm.allocateArray(list.index, capacity: 0)
    for text in ["a\"b", "\\", "\n\u{1}"] {
      bench.set(2, text)
      #expect(vm.growArray(bench.r + 1, minimumCapacity: 8))
      let array = bench.r[1]!
      vm.storeElement(bench.r[2], in: array.arrayStorage, at: Int(array.arrayCount))
      array.arrayCount += 1
    }
    #expect(bench.printed(1, list) == #"["a\"b", "\\", "\n\x01"]"#)
    let object = vm.allocate(node.index, words: 2)!
    object.words[1] = 5
    bench.r[3] = object
    #expect(bench.printed(3, node) == "Node{ value: 5, next: None }")
    vm.store(bench.r[3], in: bench.r[3]!, word: 0)
    #expect(bench.printed(3, node) == "Node{ value: 5, next: Some(…) }")
    #expect(bench.printed(3, node) == "Node{ value: 5, next: Some(…) }")
  }
}
