import OrusBytecode
import Testing

@testable import OrusVM

struct StringTests {
  private func bench(_ collectsAlways: Bool = false) -> (NativeBench, [TypeIndex]) {
    var rows: [TypeIndex] = []
    let bench = NativeBench(collectsAlways: collectsAlways) { assembly in
      let strings = assembly.type(.array, .string)
      let numbers = assembly.type(.array, .i32)
      let someI32 = assembly.type(.option, .i32)
      let someI64 = assembly.type(.option, .i64)
      let someF64 = assembly.type(.option, .f64)
      let someText = assembly.type(.option, .string)
      rows = [strings, numbers, someI32, someI64, someF64, someText]
      return [
        [.string, strings], [.string, numbers], [.string, .string, strings], [.string, .string],
        [.string, .string, .bool],
        [.string, .string, someI32], [.string, .string, .string, .string], [.string, .i32, .string],
        [.string, .i32, .string, .string], [.string, .i64, .i64, .string], [.string, .i32, .i32, .string],
        [.string, .i32], [.i32, .string], [numbers, someText], [.string, .bool], [.string, someI64], [.string, someF64],
        [strings, .string, .string], [.string, .f64],
      ]
    }
    return (bench, rows)
  }

  private func list(_ bench: NativeBench, _ strings: TypeIndex) -> String { bench.printed(0, strings) }

  @Test(arguments: [false, true]) func splitting(collectsAlways: Bool) {
    let (bench, rows) = bench(collectsAlways)
    let strings = rows[0]
    for (text, separator, parts) in [
      ("a,b,,c", ",", #"["a", "b", "", "c"]"#), ("abc", "x", #"["abc"]"#), ("", " ", #"[""]"#),
      ("héy", "", #"["h", "é", "y"]"#),
      ("a--b", "--", #"["a", "b"]"#), (",", ",", #"["", ""]"#), ("", "", "[]"),
      ("a long piece of text|another long piece of text", "|",
        #"["a long piece of text", "another long piece of text"]"#),
    ] {
      bench.set(0, text)
      bench.set(1, separator)
      #expect(bench.call(.string_split, [.string, .string, strings]))
      #expect(list(bench, strings) == parts)
    }
    for (text, lines) in [
      ("a\nb\n\nc\n", #"["a", "b", "", "c"]"#), ("", "[]"), ("\n", #"[""]"#), ("x\r\ny", #"["x", "y"]"#),
    ] {
      bench.set(0, text)
      #expect(bench.call(.string_lines, [.string, strings]))
      #expect(list(bench, strings) == lines)
    }
    bench.set(0, "aé😀")
    #expect(bench.call(.string_chars, [.string, strings]))
    #expect(list(bench, strings) == #"["a", "é", "😀"]"#)
    bench.set(1, "/")
    #expect(bench.call(.array_join, [strings, .string, .string]))
    #expect(bench.text(0) == "a/é/😀")
    bench.set(0, "aé")
    #expect(bench.call(.string_bytes, [.string, rows[1]]))
    #expect(bench.printed(0, rows[1]) == "[97, 195, 169]")
    #expect(bench.call(.string_from_bytes, [rows[1], rows[5]]))
    #expect(bench.text(0) == "aé")
  }

  @Test(arguments: [false, true]) func changing(collectsAlways: Bool) {
    let (bench, _) = bench(collectsAlways)
    func apply(_ native: Native, _ text: String) -> String {
      bench.set(0, text)
      #expect(bench.call(native, [.string, .string]))
      return bench.text(0)
    }
    #expect(apply(.string_trim, " \t ab c \n") == "ab c")
    #expect(apply(.string_trim_start, "\u{3000}ab ") == "ab ")
    #expect(apply(.string_trim_end, " ab\u{2003}") == " ab")
    #expect(apply(.string_trim, "  ") == "")
    #expect(apply(.string_upper, "Hello É ß") == "HELLO É SS")
    #expect(apply(.string_lower, "HELLO É") == "hello é")
    func replace(_ text: String, _ a: String, _ b: String) -> String {
      bench.set(0, text)
      bench.set(1, a)
      bench.set(2, b)
      #expect(bench.call(.string_replace, [.string, .string, .string, .string]))
      return bench.text(0)
    }
    #expect(replace("a-b-c", "-", "+") == "a+b+c")
    #expect(replace("aaa", "aa", "b") == "ba")
    #expect(replace("abc", "x", "y") == "abc")
    #expect(replace("né", "", "-") == "-n-é-")
    func pad(_ native: Native, _ text: String, _ width: Int64, _ fill: String) -> String {
      bench.set(0, text)
      bench.set(1, fill)
      bench.s[0] = width
      #expect(bench.call(native, [.string, .i32, .string, .string]))
      return bench.text(0)
    }
    #expect(pad(.string_pad_left, "7", 3, "0") == "007")
    #expect(pad(.string_pad_right, "é", 3, ".") == "é..")
    #expect(pad(.string_pad_left, "long", 2, " ") == "long")
    bench.set(0, "é")
    bench.s[0] = 3
    #expect(bench.call(.string_repeat, [.string, .i32, .string]))
    #expect(bench.text(0) == "ééé")
    bench.s[0] = -1
    #expect(!bench.call(.string_repeat, [.string, .i32, .string]))
    #expect(bench.panic()?.code == .size)
    bench.s[0] = 1 << 30
    #expect(!bench.call(.string_repeat, [.string, .i32, .string]))
    #expect(bench.panic()?.code == .size)
  }

  @Test func slicing() {
    let (bench, _) = bench()
    let signature: [TypeIndex] = [.string, .i64, .i64, .string]
    func slice(_ text: String, _ start: Int64, _ end: Int64) -> String? {
      bench.set(0, text)
      bench.s[0] = start
      bench.s[1] = end
      return bench.call(.string_slice, signature) ? bench.text(0) : nil
    }
    let long = "0123456789abcdefghijklmnopqrstuvwxyz"
    #expect(slice(long, 2, 30) == "23456789abcdefghijklmnopqrst")
    #expect(slice("hé", 1, 3) == "é")
    #expect(slice("hé", 0, 2) == nil)
    #expect(bench.panic()?.code == .insideCharacter)
    for (start, end) in [(3, 2), (-1, 2), (0, 9)] as [(Int64, Int64)] {
      #expect(slice("abc", start, end) == nil)
      #expect(bench.panic()?.code == .index)
    }
    // A slice of a slice.
    #expect(slice(long, 1, 35) != nil)
    bench.s[0] = 3
    bench.s[1] = 28
    #expect(bench.call(.string_slice, signature))
    #expect(bench.text(0) == "456789abcdefghijklmnopqrs")
  }

  @Test func numbersFromText() {
    let (bench, rows) = bench()
    func integer(_ text: String) -> String {
      bench.set(0, text)
      #expect(bench.call(.string_to_i64, [.string, rows[3]]))
      return bench.printed(0, rows[3])
    }
    for (text, value) in [
      ("42", "Some(42)"), ("-7", "Some(-7)"), ("+7", "Some(7)"), ("9223372036854775807", "Some(9223372036854775807)"),
      ("-9223372036854775808", "Some(-9223372036854775808)"), ("9223372036854775808", "None"), ("", "None"),
      ("4x", "None"),
      ("-", "None"), (" 1", "None"), ("99999999999999999999", "None"),
    ] {
      #expect(integer(text) == value, "\(text)")
    }
    func float(_ text: String) -> String {
      bench.set(0, text)
      #expect(bench.call(.string_to_f64, [.string, rows[4]]))
      return bench.printed(0, rows[4])
    }
    for (text, value) in [
      ("1.5", "Some(1.5)"), ("-2", "Some(-2.0)"), ("1e3", "Some(1000.0)"), (".5", "Some(0.5)"), ("5.", "Some(5.0)"),
      ("x", "None"), ("", "None"), (".", "None"), ("1e", "None"), ("0x10", "None"), ("inf", "Some(inf)"),
      ("-inf", "Some(-inf)"),
    ] {
      #expect(float(text) == value, "\(text)")
    }
    bench.set(0, "2147483648")
    #expect(!bench.call(.int_of_string, [.string, .i32]))
    #expect(bench.panic()?.code == .overflow)
    bench.set(0, "12x")
    #expect(!bench.call(.int_of_string, [.string, .i32]))
    #expect(bench.panic()?.code == .notANumber)
  }

  /// Joins in both directions against a Swift string, with slices and comparisons in between.
  @Test(arguments: [false, true]) func ropes(collectsAlways: Bool) {
    let (bench, _) = bench(collectsAlways)
    var random = SystemRandomNumberGenerator()
    var model: [UInt8] = []
    bench.set(0, "")
    for step in 0..<(collectsAlways ? 300 : 5000) {
      let count = Int.random(in: 0...(step % 7 == 0 ? 200 : 5), using: &random)
      let piece = String(repeating: "abcdefgh".randomElement()!, count: count)
      bench.set(1, piece)
      if Bool.random(using: &random) {
        #expect(bench.vm.concatStrings(bench.r, bench.r, bench.r + 1))
        model += Array(piece.utf8)
      } else {
        #expect(bench.vm.concatStrings(bench.r, bench.r + 1, bench.r))
        model = Array(piece.utf8) + model
      }
      if step % 97 == 0, !model.isEmpty {
        #expect(bench.vm.stringCharacter(bench.r + 2, bench.r, at: Int64(model.count / 2)))
        #expect(bench.text(2).utf8.first == model[model.count / 2])
      }
    }
    #expect(Array(bench.text(0).utf8) == model)
    bench.set(1, String(decoding: model, as: UTF8.self))
    #expect(bench.vm.equalStrings(bench.r, bench.r + 1) == 1)
    #expect(bench.vm.compareStrings(bench.r, bench.r + 1) == 0)
  }

  /// Ten million joins: linear, and no native stack.
  @Test func manyJoins() {
    let (bench, _) = bench()
    bench.set(0, "")
    bench.set(1, "xy")
    for _ in 0..<10_000_000 { guard bench.vm.concatStrings(bench.r, bench.r, bench.r + 1) else { break } }
    #expect(bench.vm.flatten(bench.r))
    #expect(bench.r[0]?.stringLength == 20_000_000)
    // Pieces too long to be joined, in front: the rope leans to the right.
    bench.set(0, "")
    bench.set(1, String(repeating: "z", count: 200))
    for _ in 0..<1_000_000 { guard bench.vm.concatStrings(bench.r, bench.r + 1, bench.r) else { break } }
    #expect(bench.vm.flatten(bench.r))
    #expect(bench.r[0]?.stringLength == 200_000_000)
  }
}
