import OrusBytecode
import Testing

/// Bytes that are not a program, and instructions that are none: refused, never a crash.
struct DamageTests {
  private func loads(_ bytes: [UInt8]) -> Bool { (try? load(bytes)) != nil }

  @Test func noFlippedBitLoads() {
    var bytes = serialize(everyOpcode())
    for i in bytes.indices {
      for bit in 0..<8 {
        bytes[i] ^= 1 << UInt8(bit)
        if loads(bytes) { Issue.record("byte \(i), bit \(bit)") }
        bytes[i] ^= 1 << UInt8(bit)
      }
    }
  }

  @Test func noShortenedFileLoads() {
    let bytes = serialize(everyOpcode())
    for length in bytes.indices where loads(Array(bytes[..<length])) { Issue.record("\(length) bytes") }
    #expect(!loads(bytes + [0]))
  }

  @Test func shortenedWithTheRightChecksumIsRefused() {
    let bytes = serialize(everyOpcode())
    for length in bytes.indices {
      let shortened = sealed(Array(bytes[..<length]) + [0, 0, 0, 0, 0, 0, 0, 0])
      if length < bytes.count - 8, loads(shortened) { Issue.record("\(length) bytes") }
    }
  }

  @Test func reasonsAreClear() {
    func reason(_ bytes: [UInt8]) -> String {
      do {
        _ = try load(bytes)
        return ""
      } catch {
        return error.description
      }
    }
    let bytes = serialize(everyOpcode())
    #expect(reason([]) == "this is no compiled Orus program")
    #expect(reason(Array("fn main:".utf8)) == "this is no compiled Orus program")
    var other = bytes
    other[8] = 99
    #expect(reason(other) == "the program was compiled for format 99, and this Orus reads format \(containerVersion)")
    var damaged = bytes
    damaged[bytes.count / 2] ^= 1
    #expect(reason(damaged) == "the file is damaged: its checksum does not match")
  }

  /// What changed behind the checksum's back reaches the verifier, which must always come to an end.
  @Test func mutationsNeverStopTheVerifier() {
    let bytes = serialize(everyOpcode())
    var numbers = Numbers(state: 7)
    var accepted = 0
    for _ in 0..<4000 {
      var mutated = bytes
      for _ in 0..<Int.random(in: 1...4, using: &numbers) {
        let i = Int.random(in: 16..<mutated.count - 8, using: &numbers)
        if Bool.random(using: &numbers) {
          mutated[i] ^= 1 << UInt8.random(in: 0..<8, using: &numbers)
        } else {
          mutated[i] = UInt8.random(in: 0...255, using: &numbers)
        }
      }
      guard let program = try? load(sealed(mutated)) else { continue }
      if refusal(program).isEmpty { accepted += 1 }
    }
    #expect(accepted > 0)
  }

  @Test func randomWordsNeverStopTheVerifier() {
    var numbers = Numbers(state: 3)
    let base = everyOpcode()
    for _ in 0..<2000 {
      var program = base
      let function = Int.random(in: 0..<program.functions.count, using: &numbers)
      let row = program.functions[function]
      for word in row.entry..<row.entry + row.length {
        let op = Opcode.allCases.randomElement(using: &numbers)!
        program.code[Int(word)] =
          Bool.random(using: &numbers)
          ? UInt32.random(in: 0...UInt32.max, using: &numbers)
          : UInt32(op.rawValue) | UInt32.random(in: 0...0xFFFFFF, using: &numbers) << 8 & 0x0303_0300
      }
      _ = refusal(program)
    }
  }

  /// Code built to be slow: states meet again and again at many leaders.
  @Test func workIsBounded() {
    var fixture = Fixture()
    fixture.entry()
    fixture.function("slow", [.void], scalars: 256, references: 256, scalarSpills: 60_000) { code in
      code.op(.spill_enter)
      var tops: [Label] = []
      for i in 0..<2000 {
        let top = code.newLabel()
        code.bind(top)
        tops.append(top)
        code.constant(i % 256, i % 2 == 0 ? .i32 : .i64, 1)
        code.constant(255, .bool, 1)
      }
      for top in tops { code.go(.back_true, 255, to: top) }
      code.op(.spill_leave)
      code.op(.ret)
    }
    _ = refusal(fixture.finish())
  }
}
