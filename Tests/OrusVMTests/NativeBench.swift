import OrusBytecode

@testable import OrusVM

/// A machine on which natives are called one by one, with the registers of a
/// frame that is never left.
struct NativeBench {
  private(set) var program = Program()
  private(set) var vm: VM!
  /// Function types by their spelling.
  private var known: [[TypeIndex]: UInt32] = [:]

  var s: UnsafeMutablePointer<Int64> { vm.machine.pointee.s }
  var r: Slot { vm.machine.pointee.r }

  /// `types` adds the rows that the test needs and says with which signatures natives are called.
  init(collectsAlways: Bool = false, io: RunIO = RunIO(), _ types: (inout Assembly) -> [[TypeIndex]]) {
    var assembly = Assembly()
    let signatures = types(&assembly)
    assembly.function([.i32], scalars: 32, references: 32) { $0.op(.ret_s, 0) }
    for signature in signatures {
      known[signature] = UInt32(assembly.program.types.count)
      assembly.program.types.append(TypeRow(.function, elements: signature))
    }
    program = assembly.finish()
    vm = VM(program, limits: Limits(), io: io, stop: StopFlag(),
      collector: collectsAlways ? .everyAllocation : CollectorOptions())
  }

  /// False where the native panics.
  func call(_ native: Native, _ signature: [TypeIndex], at base: Int = 0) -> Bool {
    vm.callNative(native, s + base, r + base, signature: known[signature]!)
  }

  func set(_ register: Int, _ text: String) { _ = vm.makeString(r + register, text) }
  func text(_ register: Int) -> String { vm.swiftString(r[register]) }

  /// The code and message of the panic that is pending.
  func panic() -> (code: RuntimeCode, message: String)? {
    defer { vm.machine.pointee.panic = nil }
    return vm.machine.pointee.panic.map { ($0.code, $0.message) }
  }

  /// The printed form of a reference register or a scalar.
  func printed(_ register: Int, _ type: TypeIndex, spec: UInt64 = 0) -> String {
    vm.openBuilder()
    guard vm.formatReference(r + register, type: type.index, spec: spec, nested: false) else { return "panic" }
    return closeText()
  }

  func printed(scalar bits: Int64, _ type: TypeIndex, spec: UInt64 = 0) -> String {
    vm.openBuilder()
    guard vm.formatScalar(bits, type: type.index, spec: spec, nested: false) else { return "panic" }
    return closeText()
  }

  private func closeText() -> String {
    let text = vm.builder.pointee
    defer { vm.closeBuilder() }
    return String(decoding: UnsafeBufferPointer(start: text.bytes, count: text.count), as: UTF8.self)
  }
}
