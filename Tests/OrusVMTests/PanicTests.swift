import OrusBytecode
import Testing

@testable import OrusVM

struct PanicTests {
  /// `try: body` then `catch err`, with the error in r0; both end in the function's result in s0.
  private func guarded(
    _ code: inout CodeBuilder, _ body: (inout CodeBuilder) -> Void, handler: (inout CodeBuilder) -> Void
  ) {
    let target = code.newLabel()
    let end = code.newLabel()
    let range = code.beginHandled()
    body(&code)
    code.endHandled(range, handler: target, register: 0)
    code.jump(to: end)
    code.bind(target)
    handler(&code)
    code.bind(end)
  }

  @Test(arguments: [false, true]) func handlersSeeRegistersAsTheyWere(collectsAlways: Bool) {
    var assembly = Assembly()
    _ = assembly.errorType()
    assembly.function([.i32]) { code in
      code.op(.const_mid, 0, 1, 0, UInt32(Int32.max))
      code.op(.const_small, 1, 1, 1)
      guarded(&code) { code in
        code.op(.add_i32, 0, 0, 1)
      } handler: { code in
        // The code's length is 5, and s0 is what it was.
        code.op(.field_r, 1, 0, 0)
        code.op(.string_len, 2, 1)
        code.op(.sub_i32, 0, 0, 2)
      }
      code.op(.ret_s, 0)
    }
    #expect(exitCode(assembly.finish(), collectsAlways: collectsAlways) == Int32.max - 5)
  }

  @Test(arguments: [false, true]) func unwindingRestoresTheFrame(collectsAlways: Bool) {
    var assembly = Assembly()
    _ = assembly.errorType()
    let text = assembly.string("abcd")
    assembly.function([.i32], scalarSpills: 1, referenceSpills: 1) { code in
      code.op(.spill_enter)
      code.op(.const_small, 5, 1, 7)
      code.op(.const_string, 2, 0, 0, text)
      code.op(.concat, 2, 2, 2)
      code.op(.spill_set_r, 2, 0, 0)
      guarded(&code) { code in
        code.op(.const_mid, 6, 1, 0, 500)
        code.op(.call, 6, 3, 0, 1)
        code.op(.const_small, 6, 1, 0)
        code.op(.const_small, 7, 1, 0)
      } handler: { code in
        code.op(.const_small, 6, 1, 1)
        code.op(.field_r, 4, 0, 2)
        code.op(.array_len, 7, 4)
      }
      code.op(.add_i32, 5, 5, 6)
      code.op(.string_len, 6, 2)
      code.op(.add_i32, 5, 5, 6)
      code.op(.spill_get_r, 3, 0, 0)
      code.op(.string_len, 6, 3)
      code.op(.add_i32, 5, 5, 6)
      code.op(.add_i32, 5, 5, 7)
      code.op(.spill_leave)
      code.op(.ret_s, 5)
    }
    // Calls itself s0 times and then divides by zero.
    assembly.function([.i32, .void], scalarSpills: 2, referenceSpills: 3) { code in
      code.op(.spill_enter)
      let end = code.newLabel()
      code.branch(.b_eq_imm, 0, 0, 0, to: end)
      code.op(.add_imm_i32, 1, 0, -1)
      code.op(.call, 1, 1, 0, 1)
      code.bind(end)
      code.op(.const_small, 1, 1, 0)
      code.op(.div_i32, 0, 0, 1)
      code.op(.spill_leave)
      code.op(.ret)
    }
    // 7 + 1 + 8 + 8, and the lines of the backtrace: its ends without the entry, which is not shown, and one line that
    // says how many are left out
    let expected = 24 + 2 * Int32(VM.backtraceEnd) - 1 + 1
    #expect(exitCode(assembly.finish(), collectsAlways: collectsAlways) == expected)
  }

  @Test func innerHandlersComeFirst() {
    var assembly = Assembly()
    _ = assembly.errorType()
    assembly.function([.i32]) { code in
      code.op(.const_small, 1, 1, 0)
      code.op(.const_small, 3, 1, 0)
      guarded(&code) { code in
        guarded(&code) { code in
          code.op(.div_i32, 2, 1, 1)
        } handler: { code in
          code.op(.const_small, 3, 1, 4)
        }
        code.op(.rem_i32, 2, 1, 1)
      } handler: { code in
        code.op(.add_imm_i32, 3, 3, 1)
      }
      code.op(.ret_s, 3)
    }
    #expect(exitCode(assembly.finish()) == 5)
  }

  @Test func stepLimitIsCaughtOnce() throws {
    func program(tries: Int) -> Program {
      var assembly = Assembly()
      _ = assembly.errorType()
      assembly.function([.i32]) { code in
        code.op(.const_small, 0, 1, 0)
        code.op(.const_small, 1, 2, 0)
        for _ in 0..<tries {
          guarded(&code) { code in
            let again = code.newLabel()
            code.bind(again)
            code.op(.add_imm_i64, 1, 1, 0)
            code.jumpBack(to: again)
          } handler: { code in
            code.op(.add_imm_i32, 0, 0, 1)
          }
        }
        code.op(.ret_s, 0)
      }
      return assembly.finish()
    }
    var limits = Limits()
    limits.maxSteps = 100_000
    #expect(exitCode(program(tries: 1), limits: limits) == 1)
    let report = try #require(panicReport(program(tries: 2), limits: limits))
    #expect(report.code == .stepLimit)
  }

  @Test func hostStops() throws {
    var assembly = Assembly()
    assembly.function([.i32]) { code in
      let again = code.newLabel()
      code.bind(again)
      code.jumpBack(to: again)
    }
    let program = try verify(assembly.finish())
    let stop = StopFlag()
    stop.interrupt()
    let interrupted = run(
      program: program, arguments: [], limits: Limits(), io: RunIO(), stop: stop, collector: CollectorOptions())
    if case .interrupted = interrupted.outcome {} else { Issue.record("not interrupted") }
    let other = StopFlag()
    other.stop()
    let stopped = run(
      program: program, arguments: [], limits: Limits(), io: RunIO(), stop: other, collector: CollectorOptions())
    guard case .panicked(let report) = stopped.outcome else {
      Issue.record("not stopped")
      return
    }
    #expect(report.code == .stepLimit)
  }

  @Test func uninitialised() throws {
    var assembly = Assembly()
    let name = assembly.string("total")
    assembly.program.globals = [GlobalRow(name: name, type: .i32)]
    assembly.function([.i32]) { code in
      code.op(.get_global_s, 0, 0, 0, 0)
      code.op(.ret_s, 0)
    }
    let report = try #require(panicReport(assembly.finish()))
    #expect(report.code == .uninitialised)
    #expect(report.message == "`total` is read before it has a value")
  }
}
