import OrusBytecode
import Testing

@testable import OrusVM

/// Edges of the checked instructions: what they give, and what they raise.
struct ArithmeticTests {
  enum Result { case value(Int64), panic(RuntimeCode) }

  /// Runs one instruction on two operands.
  private func result(_ opcode: Opcode, _ x: Int64, _ y: Int64, immediate: Int? = nil) -> Result? {
    var assembly = Assembly()
    let seen = UncheckedBox()
    assembly.function([.i32]) { code in
      code.constant(1, x)
      code.constant(2, y)
      code.op(opcode, 3, 1, immediate ?? 2)
      code.op(.set_global_s, 3, 0, 0, 0)
      code.op(.const_small, 0, 1, 0)
      code.op(.ret_s, 0)
    }
    assembly.program.globals = [GlobalRow(name: 0, type: .i64)]
    let program = assembly.finish()
    guard let vm = VM(program, limits: Limits(), io: RunIO(), stop: StopFlag(), collector: CollectorOptions()) else {
      return nil
    }
    defer { vm.deallocate() }
    if vm.interpret() { seen.value = vm.machine.pointee.globals[0] }
    if let panic = vm.machine.pointee.panic { return .panic(panic.code) }
    return .value(seen.value)
  }

  private final class UncheckedBox { var value: Int64 = 0 }

  private func expect(_ opcode: Opcode, _ x: Int64, _ y: Int64, _ expected: Result, immediate: Int? = nil) {
    switch (result(opcode, x, y, immediate: immediate), expected) {
    case (.value(let value), .value(let wanted)): #expect(value == wanted, "\(opcode) \(x) \(y)")
    case (.panic(let code), .panic(let wanted)): #expect(code == wanted, "\(opcode) \(x) \(y)")
    default: Issue.record("\(opcode) \(x) \(y)")
    }
  }

  static let min32 = Int64(Int32.min)
  static let max32 = Int64(Int32.max)
  static let maxU32 = Int64(UInt32.max)

  @Test func overflow() {
    let (min32, max32, maxU32) = (Self.min32, Self.max32, Self.maxU32)
    expect(.add_i32, max32, 0, .value(max32))
    expect(.add_i32, max32, 1, .panic(.overflow))
    expect(.sub_i32, min32, 1, .panic(.overflow))
    expect(.mul_i32, 65536, 32768, .panic(.overflow))
    expect(.mul_i32, -65536, 32768, .value(min32))
    expect(.add_i64, .max, 1, .panic(.overflow))
    expect(.sub_i64, .min, 1, .panic(.overflow))
    expect(.mul_i64, .max, 2, .panic(.overflow))
    expect(.add_u32, maxU32, 1, .panic(.overflow))
    expect(.sub_u32, 0, 1, .panic(.overflow))
    expect(.mul_u32, maxU32, maxU32, .panic(.overflow))
    expect(.add_u64, -1, 1, .panic(.overflow))
    expect(.sub_u64, 0, 1, .panic(.overflow))
    expect(.mul_u64, -1, 2, .panic(.overflow))
    expect(.neg_i32, min32, 0, .panic(.overflow))
    expect(.neg_i64, .min, 0, .panic(.overflow))
    expect(.add_imm_i32, max32, 0, .panic(.overflow), immediate: 1)
    expect(.add_imm_i32, 5, 0, .value(-123), immediate: -128)
    expect(.mul_imm_i64, .max, 0, .panic(.overflow), immediate: -2)
  }

  @Test func division() {
    let (min32, maxU32) = (Self.min32, Self.maxU32)
    expect(.div_i32, 7, -2, .value(-3))
    expect(.rem_i32, -7, 2, .value(-1))
    expect(.div_i32, 1, 0, .panic(.division))
    expect(.rem_i32, 1, 0, .panic(.division))
    expect(.div_i32, min32, -1, .panic(.overflow))
    expect(.rem_i32, min32, -1, .panic(.overflow))
    expect(.div_i64, .min, -1, .panic(.overflow))
    expect(.rem_i64, .min, -1, .panic(.overflow))
    expect(.div_i64, 1, 0, .panic(.division))
    expect(.div_u32, maxU32, 2, .value(maxU32 / 2))
    expect(.rem_u32, 1, 0, .panic(.division))
    expect(.div_u64, -1, 2, .value(.max))
    expect(.rem_u64, -1, 10, .value(5))
    expect(.div_imm_i32, -7, 0, .value(-3), immediate: 2)
    expect(.rem_imm_i64, -7, 0, .value(-1), immediate: 2)
  }

  @Test func shifts() {
    expect(.shl_i32, 1, 31, .value(Self.min32))
    expect(.shl_i32, 1, 32, .panic(.shift))
    expect(.shl_i32, 1, -1, .panic(.shift))
    expect(.shl_u32, 3, 31, .value(1 << 31))
    expect(.shl_64, 1, 63, .value(.min))
    expect(.shl_64, 1, 64, .panic(.shift))
    expect(.shr_i32, -8, 1, .value(-4))
    expect(.shr_u32, Self.maxU32, 31, .value(1))
    expect(.shr_u32, 1, 32, .panic(.shift))
    expect(.shr_i64, .min, 63, .value(-1))
    expect(.shr_u64, .min, 63, .value(1))
  }

  @Test func conversions() {
    func bits(_ x: Double) -> Int64 { Int64(bitPattern: x.bitPattern) }
    expect(.f64_to_i32, bits(1e10), 0, .value(Self.max32))
    expect(.f64_to_i32, bits(-2.9), 0, .value(-2))
    expect(.f64_to_i32, bits(.nan), 0, .value(0))
    expect(.f64_to_u32, bits(-1), 0, .value(0))
    expect(.f64_to_i64, bits(.infinity), 0, .value(.max))
    expect(.f64_to_i64, bits(-.infinity), 0, .value(.min))
    expect(.f64_to_u64, bits(0x1p63), 0, .value(.min))
    expect(.f64_to_u64, bits(1e30), 0, .value(-1))
    expect(.wrap_i32, 1 << 31, 0, .value(Self.min32))
    expect(.wrap_u32, -1, 0, .value(Self.maxU32))
    expect(.u64_to_f64, -1, 0, .value(bits(0x1p64)))
    expect(.nonzero_f64, bits(.nan), 0, .value(1))
    expect(.not_u32, 0, 0, .value(Self.maxU32))
  }

  @Test func countedRanges() {
    for start in Int64(-3)...3 {
      for end in Int64(-3)...3 {
        for step in Int64(-3)...3 where step != 0 {
          for flag in 0...1 {
            var wanted: UInt64 = 0
            var value = start
            while step > 0 ? (value < end || flag == 1 && value == end) : (value > end || flag == 1 && value == end) {
              wanted += 1
              value += step
            }
            switch countRange(start, end, step, flag) {
            case .empty: #expect(wanted == 0)
            case .some(let count): #expect(count + 1 == wanted)
            case .zeroStep: Issue.record("a step that is not 0")
            }
          }
        }
      }
    }
    for (range, expected) in [(countRange(.min, .max, 1, 1), UInt64.max), (countRange(0, -1, 1, 2), .max - 1)] {
      if case .some(let count) = range { #expect(count == expected) } else { Issue.record("empty") }
    }
    if case .zeroStep = countRange(0, 1, 0, 0) {} else { Issue.record("a step of 0") }
  }
}
