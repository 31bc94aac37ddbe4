import CKernels
import Testing

@testable import OrusVM

/// Every version that this machine can run gives what the scalar one gives.
struct KernelTests {
  private static let scalar = orus_kernels_at(0).pointee
  private static let versions: [orus_kernels] = (1...).lazy.map { orus_kernels_at($0) }
    .prefix { $0 != nil }.map { $0!.pointee }

  private struct Random {
    var state: UInt64 = 7
    mutating func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
  }

  /// Texts of many lengths: ASCII, valid UTF-8, and that with a byte changed or the end cut off.
  private func texts() -> [[UInt8]] {
    var random = Random()
    var texts: [[UInt8]] = [[]]
    let characters = ["a", "\u{7f}", "\u{80}", "é", "\u{7ff}", "\u{800}", "€", "\u{d7ff}", "\u{e000}", "\u{ffff}",
      "\u{10000}", "😀", "\u{10ffff}"].map { Array($0.utf8) }
    for round in 0..<4000 {
      var text: [UInt8] = []
      let length = round % 300
      while text.count < length { text += characters[random.next(round % 4 == 0 ? 2 : characters.count)] }
      if round % 3 == 0, !text.isEmpty { text[random.next(text.count)] = UInt8(random.next(256)) }
      if round % 5 == 0 { text.removeLast(min(text.count, random.next(4))) }
      texts.append(text)
    }
    return texts
  }

  @Test func thereIsOneForThisProcessor() {
    #expect(String(cString: Self.scalar.level) == "scalar")
    #expect(orus_kernels_at(100) == nil)
    #expect(orus_kernels_chosen() != nil)
  }

  @Test func textIsClassified() {
    for text in texts() {
      let valid = String(validating: text, as: UTF8.self) != nil
      #expect(Self.scalar.is_utf8(text, text.count) == valid, "\(text)")
      for version in Self.versions {
        let level = String(cString: version.level)
        #expect(version.is_utf8(text, text.count) == valid, "\(level) \(text)")
        #expect(version.is_ascii(text, text.count) == Self.scalar.is_ascii(text, text.count), "\(level) \(text)")
        #expect(
          version.count_characters(text, text.count) == Self.scalar.count_characters(text, text.count),
          "\(level) \(text)")
      }
    }
  }

  /// Every sequence of two bytes, and every one of three and four with bytes from the borders, behind ASCII that moves
  /// it over the ends of vectors.
  @Test func everyMistakeOfUTF8IsSeen() {
    let borders: [UInt8] = [0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEF,
      0xF0, 0xF1, 0xF4, 0xF5, 0xFF]
    var sequences: [[UInt8]] = []
    for first in UInt8.min...UInt8.max { for second in UInt8.min...UInt8.max { sequences.append([first, second]) } }
    for first in borders where first >= 0xE0 {
      for second in borders { for third in borders { for fourth in borders {
        sequences.append([first, second, third, fourth])
      } } }
    }
    var failures = 0
    for (number, sequence) in sequences.enumerated() {
      let text = [UInt8](repeating: 0x61, count: 59 + number % 8) + sequence + [0x62]
      let expected = Self.scalar.is_utf8(text, text.count)
      for version in Self.versions where version.is_utf8(text, text.count) != expected { failures += 1 }
    }
    #expect(failures == 0)
  }

  @Test func patternsAreFound() {
    var random = Random()
    for round in 0..<6000 {
      let alphabet = 1 + round % 3
      let text = (0..<random.next(400)).map { _ in UInt8(97 + random.next(alphabet)) }
      let pattern = (0..<1 + random.next(round % 7 == 0 ? 120 : 6)).map { _ in UInt8(97 + random.next(alphabet)) }
      let expected = Self.scalar.find(text, text.count, pattern, pattern.count)
      for version in Self.versions {
        let found = version.find(text, text.count, pattern, pattern.count)
        #expect(found == expected, "\(String(cString: version.level)) \(text) \(pattern)")
      }
    }
    // Much that nearly fits: linear all the same.
    let text = [UInt8](repeating: 97, count: 2_000_000)
    let pattern = [UInt8](repeating: 97, count: 1000) + [98] + [UInt8](repeating: 97, count: 1000)
    for version in Self.versions { #expect(version.find(text, text.count, pattern, pattern.count) == -1) }
  }

  @Test func differencesAreFound() {
    var random = Random()
    for round in 0..<3000 {
      let x = (0..<random.next(300)).map { _ in UInt8(random.next(256)) }
      var y = x
      if round % 4 != 0, !y.isEmpty { y[random.next(y.count)] ^= UInt8(1 + random.next(255)) }
      let expected = Self.scalar.mismatch(x, y, x.count)
      for version in Self.versions { #expect(version.mismatch(x, y, x.count) == expected) }
    }
  }

  @Test func sumsAgree() {
    var random = Random()
    for count in 0..<200 {
      let small = (0..<count).map { _ in Int32(truncatingIfNeeded: random.next(1 << 31) * 2 &- 1 << 31) }
      let sign: Int64 = count % 2 == 0 ? 1 : -1
      let large = (0..<count).map { _ in Int64(random.next(1 << 31)) << Int64(random.next(33)) * sign }
      for version in Self.versions {
        let level = String(cString: version.level)
        var (negative, positive, expectedNegative, expectedPositive): (Int64, Int64, Int64, Int64) = (1, 1, 2, 2)
        Self.scalar.sum_i32(small, count, &expectedNegative, &expectedPositive)
        version.sum_i32(small, count, &negative, &positive)
        #expect(negative == expectedNegative && positive == expectedPositive, "\(level)")
        let unsigned = small.map { UInt32(bitPattern: $0) }
        Self.scalar.sum_u32(unsigned, count, &expectedNegative, &expectedPositive)
        version.sum_u32(unsigned, count, &negative, &positive)
        #expect(negative == expectedNegative && positive == expectedPositive, "\(level)")
        var (magnitude, expectedMagnitude): (UInt64, UInt64) = (1, 2)
        #expect(version.sum_i64(large, count, &magnitude) == Self.scalar.sum_i64(large, count, &expectedMagnitude))
        #expect(magnitude == expectedMagnitude, "\(level)")
      }
    }
  }
}
