import OrusBytecode

/// A program that verifies and holds every instruction at least once.
func everyOpcode() -> Program {
  var fixture = Fixture()
  let string = fixture.string("text, \"quoted\"; and\n\u{1} more")
  let color = fixture.tag("Color", "Red", "Green", "Blue")
  let option = fixture.type(.option, .string)
  let box = fixture.type(.option, .i32)
  let cellOfInt = fixture.type(.cell, .i32)
  let cellOfString = fixture.type(.cell, .string)
  let bools = fixture.type(.array, .bool)
  let ints = fixture.type(.array, .i32)
  let tags = fixture.type(.array, color)
  let floats = fixture.type(.array, .f64)
  let pair = fixture.structure("Pair", ("left", .i32), ("right", .string))
  let shape = fixture.enumeration("Shape", ("Circle", [.f64]), ("Empty", []))
  let strings = fixture.arguments
  let range = fixture.type(.range, .i32)
  let plain = fixture.function(type: .i32, .i32)
  let captures = fixture.type(.closure, plain, .i32, cellOfString)
  let lengthType = fixture.function(type: .string, .i32)
  let scalarGlobal = fixture.global("count", .i64)
  let referenceGlobal = fixture.global("name", .string)
  _ = fixture.errorType()

  fixture.entry()
  // Function 1: calls of all kinds, and a handler. Function 2 is `plain`, 3 the closure.
  fixture.function("calls", [.void]) { code in
    let handler = code.newLabel()
    let end = code.newLabel()
    code.position(start: 3, end: 9)
    code.constant(0, .i32, 5)
    let handled = code.beginHandled()
    code.op(.call, 0, 0, 0, 2)
    code.position(start: 12, end: 40)
    code.op(.const_function, 3, 0, 0, 2)
    code.op(.call_closure, 0, 4, 3, plain.index)
    code.op(.const_string, 0, 0, 0, string)
    code.op(.native, 0, 0, 0, Native.string_len.number, lengthType.index)
    code.endHandled(handled, handler: handler, register: 7)
    code.jump(to: end)
    code.bind(handler)
    code.op(.field_r, 8, 7, 1)
    code.op(.raise, 8, 14)
    code.bind(end)
    code.op(.ret)
  }
  fixture.function("plain", [.i32, .i32]) { code in
    code.op(.tail_call, 0, 0, 0, 2)
  }
  fixture.function("closure", [.i32, .i32], captures: captures) { code in
    code.op(.mov_s, 3, 0)
    code.op(.tail_call_closure, 3, 1, 0, plain.index)
  }
  fixture.function("spilling", [.i32, .string, .string], scalarSpills: 2, referenceSpills: 300) { code in
    code.op(.spill_enter)
    code.op(.spill_set_s, 0, 1, 0)
    code.op(.spill_get_s, 4, 1, 0)
    code.op(.spill_set_r, 0, 43, 1)
    code.op(.spill_get_r, 4, 43, 1)
    code.op(.new_spilled, 5, 0, 0, pair.index, 1, 299)
    code.op(.spill_leave)
    code.op(.ret_r, 4)
  }
  fixture.function("arithmetic", [.void]) { code in
    code.constant(0, .i32, 1)
    code.op(.const_mid, 1, Int(ScalarKind.i64.rawValue), 0, 100_000)
    code.constant(2, .u32, 1)
    code.op(.const_wide, 3, Int(ScalarKind.u64.rawValue), 0, 1, 2)
    code.op(.const_wide, 4, Int(ScalarKind.f64.rawValue), 0, 0, 0x3FF0_0000)
    code.constant(5, .bool, 1)
    code.op(.const_tag, 6, 1, 0, color.index)
    let names = Opcode.allCases.map { "\($0)" }
    for (suffix, register) in [("i32", 0), ("i64", 1), ("u32", 2), ("u64", 3), ("f64", 4)] {
      for name in names where name.hasSuffix("_" + suffix) {
        let op = Opcode.allCases[names.firstIndex(of: name)!]
        let form = op.form
        guard form.extensions.isEmpty else { continue }
        if form.c == .signedByte {
          code.op(op, register, register, 3)
        } else if name.hasPrefix("add") || name.hasPrefix("sub") || name.hasPrefix("mul") || name.hasPrefix("div")
          || name.hasPrefix("rem") || name.hasPrefix("shl") || name.hasPrefix("shr")
        {
          code.op(op, register, register, name.hasPrefix("sh") ? 0 : register)
        } else if ["neg", "sqrt", "abs"].contains(where: { name.hasPrefix($0) }) || op == .not_u32 {
          code.op(op, register, register)
        }
      }
    }
    for op in [Opcode.add_wrap_64, .sub_wrap_64, .mul_wrap_64, .and_w, .or_w, .xor_w] { code.op(op, 1, 1, 1) }
    code.op(.and_imm_w, 1, 1, 7)
    code.op(.not_w, 1, 1)
    code.op(.shl_64, 1, 1, 0)
    code.op(.not_bool, 5, 5)
    code.op(.retype, 7, 0, Int(ScalarKind.i64.rawValue))
    code.op(.wrap_i32, 7, 1)
    code.op(.wrap_u32, 7, 1)
    code.op(.int_to_f64, 7, 1)
    code.op(.u64_to_f64, 7, 3)
    for op in [Opcode.f64_to_i32, .f64_to_i64, .f64_to_u32, .f64_to_u64, .nonzero_f64] { code.op(op, 7, 4) }
    code.op(.nonzero_w, 7, 6)
    for op in [Opcode.eq_w, .ne_w, .lt_i, .le_i] { code.op(op, 7, 6, 6) }
    for op in [Opcode.lt_u64, .le_u64] { code.op(op, 7, 3, 3) }
    for op in [Opcode.eq_f64, .ne_f64, .lt_f64, .le_f64] { code.op(op, 7, 4, 4) }
    code.op(.ret)
  }
  fixture.function("branches", [shape, option, .void]) { code in
    let end = code.newLabel()
    let top = code.newLabel()
    code.constant(0, .i32, 1)
    code.constant(1, .i32, 2)
    code.constant(2, .u64, 1)
    code.constant(3, .f64, 0)
    code.constant(4, .bool, 1)
    code.constant(10, .i32, 1)
    code.constant(11, .i32, 1)
    for op in [Opcode.b_true, .b_false] { code.go(op, 4, to: end) }
    for op in [Opcode.b_eq_w, .b_ne_w, .b_lt_i, .b_le_i] { code.go(op, 0, 1, to: end) }
    for op in [Opcode.b_lt_u64, .b_le_u64] { code.go(op, 2, 2, to: end) }
    for op in [Opcode.b_eq_f64, .b_ne_f64, .b_lt_f64, .b_le_f64, .b_nlt_f64, .b_nle_f64] { code.go(op, 3, 3, to: end) }
    for op in [Opcode.b_eq_imm, .b_ne_imm, .b_lt_imm, .b_le_imm, .b_gt_imm, .b_ge_imm] { code.go(op, 0, -3, to: end) }
    code.go(.b_null, 1, to: end)
    code.go(.b_not_null, 1, to: end)
    code.go(.b_tag, 0, 0, to: end)
    code.go(.b_not_tag, 0, 1, to: end)
    code.table(.switch_s, 0, base: UInt32(bitPattern: -2), [end, end, end])
    code.bind(top)
    code.constant(5, .i32, 1)
    for op in [Opcode.back_true, .back_false] { code.go(op, 4, to: top) }
    for op in [Opcode.back_eq_w, .back_ne_w, .back_lt_i, .back_le_i] { code.go(op, 0, 1, to: top) }
    for op in [Opcode.back_lt_f64, .back_le_f64] { code.go(op, 3, 3, to: top) }
    for op in [Opcode.back_eq_imm, .back_ne_imm, .back_lt_imm, .back_le_imm, .back_gt_imm, .back_ge_imm] {
      code.go(op, 0, 9, to: top)
    }
    code.go(.loop_le, 0, 1, to: top)
    code.go(.loop_lt, 5, 1, to: top)
    code.table(.switch_tag, 0, [end, end])
    code.jumpBack(to: top)
    code.bind(end)
    code.op(.ret)
  }
  fixture.function("ranges", [.i32, .i32, .i32, .void]) { code in
    let end = code.newLabel()
    let top = code.newLabel()
    code.go(.range_count, 5, 0, 1, to: end)
    code.bind(top)
    code.go(.loop_count, 5, 0, 2, to: top)
    code.bind(end)
    code.op(.ret)
  }
  fixture.function("arrays", [bools, ints, tags, floats, strings, .void]) { code in
    let top = code.newLabel()
    code.constant(0, .i32, 0)
    code.constant(1, .i64, 0)
    code.op(.const_string, 8, 0, 0, string)
    code.bind(top)
    code.op(.array_new, 6, 0, 0, bools.index)
    code.op(.array_of, 6, 0, 0, ints.index, 1)
    code.op(.array_of, 7, 8, 0, strings.index, 1)
    code.op(.array_fill, 6, 0, 1, ints.index)
    code.op(.array_len, 2, 0)
    code.op(.get_bool, 3, 0, 0)
    code.op(.get_i32, 4, 1, 0)
    code.op(.get_u32, 5, 2, 0)
    code.op(.get_64, 6, 3, 0)
    code.op(.get_r, 9, 4, 0)
    code.op(.set_8, 0, 0, 3)
    code.op(.set_32, 1, 0, 4)
    code.op(.set_32, 2, 0, 5)
    code.op(.set_64, 3, 0, 6)
    code.op(.set_r, 4, 0, 9)
    code.op(.push_8, 0, 3)
    code.op(.push_32, 1, 4)
    code.op(.push_64, 3, 6)
    code.op(.push_r, 4, 9)
    code.op(.concat, 10, 8, 9)
    code.op(.string_len, 2, 10)
    code.op(.string_char, 10, 10, 1)
    code.op(.same_r, 2, 0, 1)
    code.op(.eq_string, 2, 8, 9)
    code.op(.compare_string, 2, 8, 9)
    code.op(.equal_r, 2, 1, 1, ints.index)
    code.go(.back_each_bool, 3, 0, 0, to: top)
    code.go(.back_each_i32, 4, 0, 1, to: top)
    code.go(.back_each_u32, 5, 0, 2, to: top)
    code.go(.back_each_64, 6, 0, 3, to: top)
    code.go(.back_each_r, 9, 0, 4, to: top)
    code.go(.back_each_char, 9, 1, 8, to: top)
    code.op(.ret)
  }
  fixture.function("objects", [.i32, .string, .void]) { code in
    code.op(.new, 1, 0, 0, pair.index)
    code.op(.field_s, 1, 1, 1)
    code.op(.field_r, 2, 1, 0)
    code.op(.set_field_s, 1, 1, 1)
    code.op(.set_field_r, 1, 2, 0)
    code.op(.field_far_s, 1, 1, 0, 1)
    code.op(.field_far_r, 2, 1, 0, 0)
    code.op(.set_field_far_s, 1, 1, 0, 1)
    code.op(.set_field_far_r, 1, 2, 0, 0)
    code.op(.cell_new, 3, 0, 0, cellOfInt.index)
    code.op(.cell_set_s, 3, 0)
    code.op(.cell_get_s, 0, 3)
    code.op(.cell_new, 4, 0, 0, cellOfString.index)
    code.op(.cell_set_r, 4, 0)
    code.op(.cell_get_r, 0, 4)
    code.constant(2, .i64, 1)
    code.op(.set_global_s, 2, 0, 0, scalarGlobal)
    code.op(.get_global_s, 2, 0, 0, scalarGlobal)
    code.op(.set_global_r, 0, 0, 0, referenceGlobal)
    code.op(.get_global_r, 0, 0, 0, referenceGlobal)
    code.op(.closure, 5, 0, 4, 3)
    code.op(.any_from_s, 6, 0, 0, TypeIndex.i32.index)
    code.op(.any_to_s, 0, 6, 0, TypeIndex.i32.index)
    code.op(.any_from_r, 6, 0, 0, TypeIndex.string.index)
    code.op(.any_to_r, 0, 6, 0, TypeIndex.string.index)
    code.op(.any_is, 3, 6, 0, color.index)
    code.op(.const_null, 7, 0, 0, option.index)
    code.op(.mov_r, 7, 0)
    code.op(.new, 7, 0, 0, box.index)
    code.op(.field_s, 0, 7, 0)
    code.op(.format_begin)
    code.op(.format_text, 0, 0, 0, string)
    code.op(.format_s, 0, 1, 0, TypeIndex.i32.index, 5, 0xFFFF_FFFF)
    code.op(.format_r, 1, 0, 0, pair.index, 0, 0)
    code.op(.format_string, 0)
    code.op(.format_begin)
    code.op(.format_print, 0, 1, 1)
    code.constant(1, .i32, 0)
    code.constant(2, .i32, 9)
    code.op(.mov_s, 3, 2)
    code.constant(4, .bool, 1)
    code.op(.new, 8, 1, 0, range.index)
    code.op(.unreachable)
  }
  return fixture.finish()
}
