import OrusDiagnostics
import Testing

@Suite struct SuggestionTests {
  private let names = ["length", "print", "println", "Point", "max_set", "count", "counter", "x", "xs", "i32"]

  @Test(arguments: [
    ("lenght", "length"), ("pint", "print"), ("prnt", "print"), ("printn", "print"), ("point", "Point"),
    ("PRINT", "print"), ("set_max", "max_set"), ("conut", "count"), ("couner", "counter"), ("X", "x"), ("i3", "i32"),
    ("i23", "i32"), ("lengthh", "length"),
  ])
  func nearNamesAreFound(_ name: String, _ expected: String) {
    #expect(nearestName(name, among: names) == expected)
    #expect(nearestName(name, among: names.reversed()) == expected)
  }

  @Test(arguments: ["", "y", "zebra", "leopard", "pqrst", "prx"])
  func farNamesAreNot(_ name: String) {
    #expect(nearestName(name, among: names) == nil)
  }

  @Test func aNameIsNoSuggestionForItself() {
    #expect(nearestName("count", among: ["count"]) == nil)
    #expect(nearestName("count", among: [String]()) == nil)
  }
}
