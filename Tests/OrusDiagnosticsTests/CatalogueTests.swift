import OrusDiagnostics
import Testing

@Suite struct CatalogueTests {
  private let entries = catalogue(RuntimeCode.self, ModuleCode.self, InternalCode.self)

  @Test func codesAreUniqueWellFormedAndInOrder() {
    let codes = entries.map(\.code)
    #expect(Set(codes).count == codes.count)
    #expect(codes == codes.sorted())
    for code in codes { #expect(code.wholeMatch(of: /[EW]\d{4}/) != nil, "\(code)") }
  }

  @Test func runTimeCodesAreNumberedFromOne() {
    #expect(RuntimeCode.allCases.count == 20)
    for (i, code) in RuntimeCode.allCases.enumerated() {
      #expect(code.number == i + 1)
      #expect(RuntimeCode(number: i + 1) == code)
      #expect(code.rawValue == (i < 9 ? "E000" : "E00") + String(i + 1))
    }
    #expect(RuntimeCode(number: 0) == nil)
    #expect(RuntimeCode(number: 21) == nil)
  }

  @Test func pagesAreCompleteAndFitTheScreen() {
    for entry in entries {
      #expect(!entry.title.isEmpty && entry.title == entry.title.uppercased())
      #expect(entry.page.summary.hasSuffix("."))
      #expect(entry.page.wrong != entry.page.right || entry.page.wrong.isEmpty)
      #expect(entry.text.hasPrefix("\(entry.title) [\(entry.code)]\n\n"))
      for row in entry.text.split(separator: "\n") { #expect(row.count <= 80, "\(entry.code): \(row)") }
    }
  }

  @Test func aPageShowsBothExamples() {
    let entry = catalogue(SampleCode.self)[0]
    #expect(
      entry.text == """
        TYPE MISMATCH [E2001]

        A summary.

        Wrong:

            let x: i32 = "a"

        Right:

            let x: i32 = 1

        """)
  }
}
