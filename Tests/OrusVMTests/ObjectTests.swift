import OrusBytecode
import Testing

@testable import OrusVM

struct ObjectTests {
  @Test(arguments: [false, true]) func cellsAndGlobals(collectsAlways: Bool) {
    var assembly = Assembly()
    let (node, next) = assembly.nodeTypes()
    let numberCell = assembly.type(.cell, .i32)
    let nodeCell = assembly.type(.cell, node)
    assembly.program.globals = [GlobalRow(name: 0, type: .i32), GlobalRow(name: 0, type: node)]
    assembly.function([.i32]) { code in
      code.op(.cell_new, 0, 0, 0, numberCell.index)
      code.op(.cell_new, 1, 0, 0, nodeCell.index)
      code.op(.const_small, 0, 1, 11)
      code.op(.cell_set_s, 0, 0)
      code.op(.const_small, 1, 2, 22)
      code.op(.const_null, 3, 0, 0, next.index)
      code.op(.new, 2, 1, 3, node.index)
      code.op(.cell_set_r, 1, 2)
      code.op(.set_global_s, 0, 0, 0, 0)
      code.op(.set_global_r, 2, 0, 0, 1)
      code.op(.mov_r, 2, 3)
      code.op(.new, 4, 1, 3, node.index)
      code.op(.cell_get_s, 2, 0)
      code.op(.cell_get_r, 4, 1)
      code.op(.field_s, 3, 4, 1)
      code.op(.wrap_i32, 3, 3)
      code.op(.add_i32, 2, 2, 3)
      code.op(.get_global_s, 3, 0, 0, 0)
      code.op(.add_i32, 2, 2, 3)
      code.op(.get_global_r, 4, 0, 0, 1)
      code.op(.field_s, 3, 4, 1)
      code.op(.wrap_i32, 3, 3)
      code.op(.add_i32, 2, 2, 3)
      code.op(.ret_s, 2)
    }
    #expect(exitCode(assembly.finish(), collectsAlways: collectsAlways) == 66)
  }

  @Test func emptyCellPanics() throws {
    var assembly = Assembly()
    let cell = assembly.type(.cell, .i32)
    assembly.function([.i32]) { code in
      code.op(.cell_new, 0, 0, 0, cell.index)
      code.op(.cell_get_s, 0, 0)
      code.op(.ret_s, 0)
    }
    let report = try #require(panicReport(assembly.finish()))
    #expect(report.code == .uninitialised)
  }

  @Test(arguments: [false, true]) func anyHoldsEitherKind(collectsAlways: Bool) throws {
    var assembly = Assembly()
    let text = assembly.string("xyz")
    assembly.function([.i32]) { code in
      code.op(.const_small, 0, 1, 40)
      code.op(.any_from_s, 0, 0, 0, TypeIndex.i32.index)
      code.op(.const_string, 1, 0, 0, text)
      code.op(.concat, 1, 1, 1)
      code.op(.any_from_r, 1, 1, 0, TypeIndex.string.index)
      code.op(.const_string, 2, 0, 0, text)
      code.op(.concat, 2, 2, 2)
      code.op(.any_is, 1, 0, 0, TypeIndex.i32.index)
      code.op(.any_is, 2, 1, 0, TypeIndex.i32.index)
      code.op(.any_to_s, 3, 0, 0, TypeIndex.i32.index)
      code.op(.any_to_r, 2, 1, 0, TypeIndex.string.index)
      code.op(.string_len, 4, 2)
      code.op(.retype, 1, 1, 1)
      code.op(.retype, 2, 2, 1)
      code.op(.add_i32, 3, 3, 1)
      code.op(.add_i32, 3, 3, 2)
      code.op(.add_i32, 3, 3, 4)
      code.op(.any_to_s, 5, 1, 0, TypeIndex.i32.index)
      code.op(.ret_s, 3)
    }
    let report = try #require(panicReport(assembly.finish(), collectsAlways: collectsAlways))
    #expect(report.code == .anyType)
    #expect(report.message == "the `any` holds `string`, not `i32`")
  }

  @Test func variantsAreTold() {
    var assembly = Assembly()
    let base = UInt32(assembly.program.types.count)
    assembly.program.types.append(TypeRow(.enumeration))
    for payload in [[], [TypeIndex.i64], [TypeIndex.string]] {
      var row = TypeRow(.variant, elements: [TypeIndex(base)] + payload)
      row.names = payload.map { _ in 0 }
      assembly.program.types.append(row)
    }
    assembly.function([.i32]) { code in
      code.op(.const_small, 0, 2, 5)
      code.op(.new, 0, 0, 0, base + 2)
      let (zero, one, two, end) = (code.newLabel(), code.newLabel(), code.newLabel(), code.newLabel())
      code.table(.switch_tag, 0, [zero, one, two])
      code.bind(zero)
      code.op(.const_small, 1, 1, 10)
      code.jump(to: end)
      code.bind(one)
      code.op(.const_small, 1, 1, 11)
      code.jump(to: end)
      code.bind(two)
      code.op(.const_small, 1, 1, 12)
      code.bind(end)
      let wrong = code.newLabel()
      code.branch(.b_not_tag, 0, 1, 0, to: wrong)
      code.op(.ret_s, 1)
      code.bind(wrong)
      code.op(.const_small, 1, 1, 0)
      code.op(.ret_s, 1)
    }
    #expect(exitCode(assembly.finish()) == 11)
  }

  @Test func heapLimitIsCaught() {
    var assembly = Assembly()
    _ = assembly.errorType()
    let array = assembly.type(.array, .i64)
    assembly.function([.i32]) { code in
      let (target, end) = (code.newLabel(), code.newLabel())
      code.op(.array_new, 1, 0, 0, array.index)
      code.op(.const_small, 0, 2, 0)
      let range = code.beginHandled()
      let again = code.newLabel()
      code.bind(again)
      code.op(.push_64, 1, 0)
      code.jumpBack(to: again)
      code.endHandled(range, handler: target, register: 0)
      code.jump(to: end)
      code.bind(target)
      code.op(.array_len, 0, 1)
      code.bind(end)
      code.op(.ret_s, 0)
    }
    var limits = Limits()
    limits.maxHeap = 1 << 20
    // The storage has doubled as often as two of them fit.
    #expect(exitCode(assembly.finish(), limits: limits) == 65536)
  }
}
