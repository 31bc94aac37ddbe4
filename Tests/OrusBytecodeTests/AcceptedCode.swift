import OrusBytecode

extension RuleTests {
  /// Code that a verifier that is too strict would refuse.
  static let accepted: [Case] = [
    Case("an option known not to be None", "") { code, _ in
      let none = code.newLabel()
      code.go(.b_null, 4, to: none)
      code.op(.field_s, 0, 4, 0)
      code.go(.b_null, 3, to: none)
      code.op(.string_len, 0, 3)
      code.bind(none)
      code.op(.ret)
    },
    Case("a variant known by a table", "") { code, _ in
      let circle = code.newLabel()
      let named = code.newLabel()
      code.table(.switch_tag, 2, [circle, named])
      code.bind(circle)
      code.op(.field_s, 3, 2, 0)
      code.op(.ret)
      code.bind(named)
      code.op(.field_r, 0, 2, 0)
      code.op(.ret)
    },
    Case("a variant known by not being another", "") { code, _ in
      let other = code.newLabel()
      code.go(.b_not_tag, 2, 1, to: other)
      code.op(.field_r, 0, 2, 0)
      code.bind(other)
      code.op(.ret)
    },
    Case("variants meet as their enum, in an option too", "") { code, types in
      let other = code.newLabel()
      let end = code.newLabel()
      code.go(.b_true, 2, to: other)
      code.op(.new, 5, 3, 0, types.shape.index + 1)
      code.jump(to: end)
      code.bind(other)
      code.op(.new, 5, 0, 0, types.shape.index + 2)
      code.bind(end)
      code.op(.mov_r, 2, 5)
      let circle = code.newLabel()
      code.go(.b_tag, 5, 0, to: circle)
      code.op(.ret)
      code.bind(circle)
      code.op(.field_s, 3, 5, 0)
      code.op(.ret)
    },
    Case("a reference meets None", "", result: .string) { code, types in
      let some = code.newLabel()
      let none = code.newLabel()
      code.op(.mov_r, 5, 0)
      code.go(.b_true, 2, to: some)
      code.op(.const_null, 5, 0, 0, types.option.index)
      code.bind(some)
      code.go(.b_null, 5, to: none)
      code.op(.ret_r, 5)
      code.bind(none)
      code.op(.ret_r, 0)
    },
    Case("a loop that makes a variable less known", "") { code, types in
      let top = code.newLabel()
      let none = code.newLabel()
      code.op(.mov_r, 5, 0)
      code.bind(top)
      code.go(.b_null, 5, to: none)
      code.op(.string_len, 0, 5)
      code.bind(none)
      code.op(.const_null, 5, 0, 0, types.option.index)
      code.go(.back_true, 2, to: top)
      code.op(.ret)
    },
    Case("a closure as a value of its function type", "", result: .i32) { code, types in
      code.op(.cell_new, 5, 0, 0, types.cell.index)
      code.op(.closure, 6, 0, 5, 3)
      code.op(.call_closure, 0, 7, 6, types.plain.index)
      code.op(.ret_s, 0)
    },
    Case("registers below a call's bases", "", result: .i32) { code, _ in
      code.constant(5, .i32)
      code.op(.mov_r, 5, 0)
      code.constant(6, .i32)
      code.op(.call, 6, 6, 0, 2)
      code.op(.mov_r, 6, 5)
      code.op(.add_i32, 5, 5, 6)
      code.op(.ret_s, 5)
    },
    Case("a tail call", "", result: .i32) { code, _ in code.op(.tail_call, 0, 5, 0, 2) },
    Case("what held before the range holds in the handler", "") { code, types in
      let handler = code.newLabel()
      code.constant(5, .i32)
      code.op(.mov_r, 8, 3)
      let handled = code.beginHandled()
      code.constant(6, .i32)
      code.op(.mov_r, 8, 0)
      code.op(.call, 6, 9, 0, 2)
      code.endHandled(handled, handler: handler, register: 7)
      code.op(.ret)
      code.bind(handler)
      code.op(.add_i32, 5, 5, 5)
      code.op(.field_r, 9, 7, 1)
      code.op(.format_begin)
      code.op(.format_r, 8, 0, 0, types.option.index, 0, 0)
      code.op(.format_print)
      code.op(.ret)
    },
    Case("handlers within each other", "") { code, _ in
      let inner = code.newLabel()
      let outer = code.newLabel()
      let end = code.newLabel()
      let around = code.beginHandled()
      let handled = code.beginHandled()
      code.op(.div_i32, 5, 0, 0)
      code.endHandled(handled, handler: inner, register: 5)
      code.jump(to: end)
      code.bind(inner)
      code.op(.field_r, 6, 5, 0)
      code.endHandled(around, handler: outer, register: 7)
      code.bind(end)
      code.op(.ret)
      code.bind(outer)
      code.op(.field_r, 6, 7, 1)
      code.op(.ret)
    },
    Case("what is not reached may be wrong", "") { code, _ in
      code.op(.ret)
      code.op(.mov_s, 5, 9)
      code.op(.unreachable)
    },
    Case("spill slots keep their types", "", spills: 2) { code, _ in
      let other = code.newLabel()
      code.op(.spill_enter)
      code.op(.spill_set_s, 1, 1, 0)
      code.go(.b_true, 2, to: other)
      code.op(.spill_set_s, 0, 0, 0)
      code.bind(other)
      code.op(.spill_get_s, 5, 1, 0)
      code.op(.add_i64, 5, 5, 1)
      code.op(.spill_leave)
      code.op(.ret)
    },
  ]
}
