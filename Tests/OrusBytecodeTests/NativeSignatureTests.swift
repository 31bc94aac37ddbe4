import Testing

@testable import OrusBytecode

struct NativeSignatureTests {
  /// A function type row over types made by hand, and the table.
  private func matches(_ native: Native, _ types: [TypeRow], _ function: [TypeIndex]) -> Bool {
    let all = Program().types + types
    return NativeSignature(native.signature).matches(TypeRow(.function, elements: function), in: all)
  }

  private let first = TypeIndex(9)
  private let second = TypeIndex(10)

  @Test func everySignatureIsRead() {
    for (number, native) in Native.allCases.enumerated() {
      _ = NativeSignature(native.signature)
      #expect(native.number == number)
    }
    #expect(matches(.exit, [], [.i32, .void]))
  }

  @Test func typeParametersAgree() {
    let arrays = [TypeRow(.array, elements: [.i32]), TypeRow(.option, elements: [.i32])]
    #expect(matches(.array_push, arrays, [first, .i32, .void]))
    #expect(!matches(.array_push, arrays, [first, .i64, .void]))
    #expect(!matches(.array_push, arrays, [first, .i32, .i32]))
    #expect(!matches(.array_push, arrays, [first, .void]))
    #expect(matches(.array_pop, arrays, [first, second]))
    #expect(!matches(.array_pop, arrays, [first, .i32]))
  }

  @Test func compositesMatchTheirParts() {
    let map = TypeRow(.map, elements: [.string, .f64])
    let pair = TypeRow(.tuple, elements: [.string, .f64])
    let swapped = TypeRow(.tuple, elements: [.f64, .string])
    let entries = TypeRow(.array, elements: [second])
    #expect(matches(.map_entries, [map, pair, entries], [first, TypeIndex(11)]))
    #expect(!matches(.map_entries, [map, swapped, entries], [first, TypeIndex(11)]))
  }

  @Test func orderingIsATag() {
    var ordering = TypeRow(.tag)
    ordering.names = [0, 0, 0]
    #expect(matches(.compare, [ordering], [.i32, .i32, first]))
    ordering.names = [0, 0]
    #expect(!matches(.compare, [ordering], [.i32, .i32, first]))
  }
}
