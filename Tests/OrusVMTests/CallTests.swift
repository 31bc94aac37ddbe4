import OrusBytecode
import Testing

@testable import OrusVM

struct CallTests {
  @Test func recursion() {
    var assembly = Assembly()
    assembly.function([.i32]) { code in
      code.op(.const_small, 0, 1, 20)
      code.op(.call, 0, 0, 0, 1)
      code.op(.ret_s, 0)
    }
    assembly.function([.i32, .i32], references: 0) { code in
      let more = code.newLabel()
      code.branch(.b_gt_imm, 0, 1, 0, to: more)
      code.op(.ret_s, 0)
      code.bind(more)
      code.op(.add_imm_i32, 1, 0, -1)
      code.op(.call, 1, 0, 0, 1)
      code.op(.add_imm_i32, 2, 0, -2)
      code.op(.call, 2, 0, 0, 1)
      code.op(.add_i32, 1, 1, 2)
      code.op(.ret_s, 1)
    }
    #expect(exitCode(assembly.finish()) == 6765)
  }

  /// A function that calls itself for ever.
  private func endless() -> Program {
    var assembly = Assembly()
    assembly.function([.i32]) { code in
      code.op(.call, 0, 0, 0, 1)
      code.op(.const_small, 0, 1, 0)
      code.op(.ret_s, 0)
    }
    assembly.function([.void], references: 40) { code in
      code.op(.call, 3, 3, 0, 1)
      code.op(.ret)
    }
    return assembly.finish()
  }

  @Test func depthLimitReportsBothEnds() throws {
    let report = try #require(panicReport(endless()))
    #expect(report.code == .callDepth)
    #expect(report.frames.count >= 2 * VM.backtraceEnd - 1 && report.frames.count <= 2 * VM.backtraceEnd + 1)
    #expect(report.omitted + report.frames.count == 200_000)
    #expect(report.frames.first?.function == 1)
    #expect(report.frames.last?.function == 0)
  }

  @Test func depthLimitIsExact() throws {
    var limits = Limits()
    limits.maxFrames = 10
    let report = try #require(panicReport(endless(), limits: limits))
    #expect(report.frames.count == 10)
    #expect(report.omitted == 0)
  }

  @Test func tailCallsTakeNoStack() {
    var assembly = Assembly()
    assembly.function([.i32]) { code in
      code.op(.const_mid, 0, 1, 0, 3_000_000)
      code.op(.const_small, 1, 1, 0)
      code.op(.call, 0, 0, 0, 1)
      code.op(.ret_s, 0)
    }
    // (n, sum): sum if n == 0 else (n - 1, sum + 1)
    assembly.function([.i32, .i32, .i32]) { code in
      let more = code.newLabel()
      code.branch(.b_ne_imm, 0, 0, 0, to: more)
      code.op(.ret_s, 1)
      code.bind(more)
      code.op(.add_imm_i32, 3, 0, -1)
      code.op(.add_imm_i32, 4, 1, 1)
      code.op(.tail_call, 3, 0, 0, 1)
    }
    #expect(exitCode(assembly.finish()) == 3_000_000)
  }

  @Test func closuresFindTheirCaptures() {
    var assembly = Assembly()
    let function = assembly.type(.function, .i32, .i32)
    let captures = assembly.type(.closure, function, .i32, .string)
    let text = assembly.string("seven!!")
    assembly.function([.i32]) { code in
      code.op(.const_small, 0, 1, 30)
      code.op(.const_string, 0, 0, 0, text)
      code.op(.closure, 1, 0, 0, 1)
      code.op(.const_small, 1, 1, 5)
      code.op(.call_closure, 1, 2, 1, function.index)
      code.op(.ret_s, 1)
    }
    // x + the captured number + the length of the captured text; the closure is in r0
    assembly.function([.i32, .i32], captures: captures) { code in
      code.op(.field_s, 1, 0, 2)
      code.op(.field_r, 1, 0, 1)
      code.op(.string_len, 2, 1)
      code.op(.add_i32, 0, 0, 1)
      code.op(.add_i32, 0, 0, 2)
      code.op(.ret_s, 0)
    }
    let program = assembly.finish()
    #expect(exitCode(program) == 42)
    #expect(exitCode(program, collectsAlways: true) == 42)
  }

  @Test func spilledVariables() {
    var assembly = Assembly()
    let text = assembly.string("four")
    assembly.function([.i32], scalarSpills: 300, referenceSpills: 300) { code in
      code.op(.spill_enter)
      code.op(.const_small, 0, 1, 38)
      code.op(.spill_set_s, 0, 299 & 255, 1)
      code.op(.const_string, 0, 0, 0, text)
      code.op(.concat, 0, 0, 0)
      code.op(.spill_set_r, 0, 7, 1)
      code.op(.const_small, 0, 1, 9)
      code.op(.call, 0, 0, 0, 1)
      code.op(.spill_get_r, 0, 7, 1)
      code.op(.string_len, 1, 0)
      code.op(.spill_get_s, 2, 299 & 255, 1)
      code.op(.add_i32, 0, 1, 2)
      code.op(.spill_leave)
      code.op(.ret_s, 0)
    }
    assembly.function([.i32, .i32], scalarSpills: 3, referenceSpills: 2) { code in
      code.op(.spill_enter)
      code.op(.spill_set_s, 0, 2, 0)
      let end = code.newLabel()
      code.branch(.b_eq_imm, 0, 0, 0, to: end)
      code.op(.add_imm_i32, 0, 0, -1)
      code.op(.const_string, 0, 0, 0, text)
      code.op(.concat, 0, 0, 0)
      code.op(.spill_set_r, 0, 1, 0)
      code.op(.call, 0, 0, 0, 1)
      code.bind(end)
      code.op(.spill_leave)
      code.op(.ret_s, 0)
    }
    let program = assembly.finish()
    #expect(exitCode(program) == 46)
    #expect(exitCode(program, collectsAlways: true) == 46)
  }

  @Test func nativesCallBack() throws {
    var assembly = Assembly()
    let error = assembly.errorType()
    _ = error
    assembly.function([.i32]) { code in
      code.op(.const_small, 0, 1, 0)
      code.op(.ret_s, 0)
    }
    // (x, text): x / length of the text
    assembly.function([.i32, .string, .i32]) { code in
      code.op(.string_len, 1, 0)
      code.op(.div_i32, 0, 0, 1)
      code.op(.ret_s, 0)
    }
    let text = assembly.string("abc")
    let program = assembly.finish()
    let vm = try #require(VM(program, limits: Limits(), io: RunIO(), stop: StopFlag(), collector: .everyAllocation))
    defer { vm.deallocate() }
    var call = vm.beginCall()
    call.pushScalar(12)
    call.pushReference(vm.constantString(text))
    #expect(vm.finish(call, function: 1))
    #expect(vm.resultScalar == 4)
    call = vm.beginCall()
    call.pushScalar(12)
    call.pushReference(vm.constantString(0))
    #expect(!vm.finish(call, function: 1))
    #expect(vm.machine.pointee.panic?.code == .division)
    #expect(vm.callDepth == 1)
  }
}
