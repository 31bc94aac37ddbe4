import OrusBytecode
import Testing

/// One case a rule: code that breaks it, and part of what the verifier says. What must pass is in AcceptedCode.swift.
///
/// The function under test is number 1, with parameters
/// s0: i32, s1: i64, s2: bool, s3: f64, s4: Color, r0: string, r1: [i32], r2: Shape, r3: string?, r4: i32?
struct RuleTests {
  struct Types {
    let color, shape, option, box, ints, pair, plain, cell, captures, words, error: TypeIndex
    let scalarGlobal, referenceGlobal, text: UInt32
  }

  private func program(
    result: TypeIndex = .void, scalarSpills: UInt16 = 0, change: (inout Program) -> Void = { _ in },
    _ body: (inout CodeBuilder, Types) -> Void
  ) -> Program {
    var fixture = Fixture()
    let color = fixture.tag("Color", "Red", "Green", "Blue")
    let shape = fixture.enumeration("Shape", ("Circle", [.f64]), ("Named", [.string]))
    let option = fixture.type(.option, .string)
    let box = fixture.type(.option, .i32)
    let ints = fixture.type(.array, .i32)
    let pair = fixture.structure("Pair", ("left", .i32), ("right", .string))
    let plain = fixture.function(type: .i32, .i32)
    let cell = fixture.type(.cell, .i32)
    let captures = fixture.type(.closure, plain, cell)
    let types = Types(
      color: color, shape: shape, option: option, box: box, ints: ints, pair: pair, plain: plain, cell: cell,
      captures: captures, words: fixture.arguments, error: fixture.errorType(),
      scalarGlobal: fixture.global("count", .i32), referenceGlobal: fixture.global("name", .string),
      text: fixture.string("text"))
    fixture.entry()
    fixture.function(
      "tested", [.i32, .i64, .bool, .f64, color, .string, ints, shape, option, box, result],
      scalarSpills: scalarSpills
    ) { body(&$0, types) }
    fixture.function("plain", [.i32, .i32]) { $0.op(.ret_s, 0) }
    fixture.function("closure", [.i32, .i32], captures: captures) { $0.op(.ret_s, 0) }
    var program = fixture.finish()
    change(&program)
    return program
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let reason: String
    var result = TypeIndex.void
    var spills: UInt16 = 0
    let body: @Sendable (inout CodeBuilder, Types) -> Void
    var testDescription: String { name }
    init(
      _ name: String, _ reason: String, result: TypeIndex = .void, spills: UInt16 = 0,
      _ body: @escaping @Sendable (inout CodeBuilder, Types) -> Void
    ) {
      self.name = name
      self.reason = reason
      self.result = result
      self.spills = spills
      self.body = body
    }
  }

  private func reason(_ test: Case) -> String {
    refusal(program(result: test.result, scalarSpills: test.spills, test.body))
  }

  @Test(arguments: refused) func isRefused(_ test: Case) {
    let reason = reason(test)
    #expect(reason.contains(test.reason))
    #expect(reason.hasPrefix("function 1 (tested)"))
  }

  @Test(arguments: accepted) func isAccepted(_ test: Case) { #expect(reason(test) == "") }

  @Test func messagesSayWhereAndWhat() {
    let message = refusal(program { code, _ in
      code.op(.mov_s, 9, 0)
      code.op(.add_i32, 5, 0, 1)
      code.op(.ret)
    })
    #expect(message == "function 1 (tested) at word 1: `add_i32 s5, s0, s1`: s1 holds i64, not i32")
  }

  // MARK: Cases

  static let refused: [Case] = [
    // Registers
    Case("an unwritten scalar", "s9 is read, but holds no value") { code, _ in
      code.op(.mov_s, 5, 9)
      code.op(.ret)
    },
    Case("an unwritten reference", "r9 is read, but holds no value") { code, _ in
      code.op(.mov_r, 8, 9)
      code.op(.ret)
    },
    Case("written on one way only", "s9 is read, but holds no value on every path") { code, _ in
      let other = code.newLabel()
      code.go(.b_true, 2, to: other)
      code.constant(9, .i32)
      code.bind(other)
      code.op(.mov_s, 5, 9)
      code.op(.ret)
    },
    Case("two types where ways meet", "s9 is read, but holds no value") { code, _ in
      let other = code.newLabel()
      code.constant(9, .i64)
      code.go(.b_true, 2, to: other)
      code.constant(9, .i32)
      code.bind(other)
      code.op(.mov_s, 5, 9)
      code.op(.ret)
    },
    Case("another type in a loop's second round", "s9 is read, but holds no value") { code, _ in
      let top = code.newLabel()
      code.constant(9, .i32)
      code.bind(top)
      code.op(.mov_s, 5, 9)
      code.constant(9, .i64)
      code.go(.back_true, 2, to: top)
      code.op(.ret)
    },
    Case("two kinds in one comparison", "s1 holds i64, not i32") { code, _ in
      code.op(.eq_w, 5, 0, 1)
      code.op(.ret)
    },
    Case("f64 as word", "s3 holds f64, not bool or i32") { code, _ in
      code.op(.eq_w, 5, 3, 3)
      code.op(.ret)
    },
    Case("tags are not joined by bits", "s4 holds Color, not") { code, _ in
      code.op(.or_w, 5, 4, 4)
      code.op(.ret)
    },
    Case("a register past the function's", "there is no scalar register 16") { code, _ in
      code.op(.mov_s, 16, 0)
      code.op(.ret)
    },
    Case("an unused operand", "an operand that is not used is not zero") { code, _ in
      code.op(.mov_s, 5, 0, 1)
      code.op(.ret)
    },
    // Words
    Case("no opcode", "there is no such instruction") { code, _ in code.word(0xFF) },
    Case("cut off", "runs past its function") { code, _ in code.op(.const_mid, 5, 1) },
    Case("no end", "the function does not end") { code, _ in code.op(.mov_s, 5, 0) },
    Case("into an instruction", "a jump lands inside of an instruction") { code, _ in
      code.op(.b_true, 2, 0, 0, 1)
      code.op(.const_mid, 5, 1, 0, 0)
      code.op(.ret)
    },
    Case("out of the function", "a jump leaves the function") { code, _ in
      code.op(.b_true, 2, 0, 0, 1)
      code.op(.ret)
    },
    Case("forwards that goes backwards", "a jump that goes forwards goes backwards") { code, _ in
      code.op(.mov_s, 5, 0)
      code.op(.b_true, 2, 0, 0, UInt32(bitPattern: -3))
      code.op(.ret)
    },
    Case("backwards that goes forwards", "a jump that goes backwards goes forwards") { code, _ in
      code.op(.back_true, 2, 0, 0, 0)
      code.op(.ret)
    },
    // Constants
    Case("bool 2", "the constant is no value of its kind") { code, _ in
      code.constant(5, .bool, 2)
      code.op(.ret)
    },
    Case("u32 -1", "the constant is no value of its kind") { code, _ in
      code.constant(5, .u32, -1)
      code.op(.ret)
    },
    Case("wide i32", "the constant is no value of its kind") { code, _ in
      code.op(.const_wide, 5, Int(ScalarKind.i32.rawValue), 0, 0, 1)
      code.op(.ret)
    },
    Case("a tag without its type", "the kind is none that the instruction takes") { code, _ in
      code.constant(5, .tag, 0)
      code.op(.ret)
    },
    Case("no such tag", "the type has no such tag") { code, types in
      code.op(.const_tag, 5, 3, 0, types.color.index)
      code.op(.ret)
    },
    Case("no such string", "there is no string 99") { code, _ in
      code.op(.const_string, 5, 0, 0, 99)
      code.op(.ret)
    },
    Case("no such type", "there is no type 9999") { code, _ in
      code.op(.array_new, 5, 0, 0, 9999)
      code.op(.ret)
    },
    Case("no such function", "there is no function 99") { code, _ in
      code.op(.call, 5, 5, 0, 99)
      code.op(.ret)
    },
    Case("no such global", "there is no global 99") { code, _ in
      code.op(.get_global_s, 5, 0, 0, 99)
      code.op(.ret)
    },
    Case("no such native", "there is no native 60000") { code, types in
      code.op(.native, 5, 5, 0, 60000, types.plain.index)
      code.op(.ret)
    },
    Case("None of no option", "the type is no option") { code, types in
      code.op(.const_null, 5, 0, 0, types.pair.index)
      code.op(.ret)
    },
    Case("a division that can fail", "the divisor is 0 or -1") { code, _ in
      code.op(.div_imm_i32, 5, 0, -1)
      code.op(.ret)
    },
    Case("a remainder by zero", "the divisor is 0 or -1") { code, _ in
      code.op(.rem_imm_i64, 5, 1, 0)
      code.op(.ret)
    },
    Case("a negative mask", "the mask is negative") { code, _ in
      code.op(.and_imm_w, 5, 0, -1)
      code.op(.ret)
    },
    Case("i64 retyped as i32", "the bits of one type are not a value of the other") { code, _ in
      code.op(.retype, 5, 1, Int(ScalarKind.i32.rawValue))
      code.op(.ret)
    },
    // Spill slots
    Case("no entry", "spill_enter is the first instruction", spills: 1) { code, _ in code.op(.ret) },
    Case("entry without slots", "spill_enter is the first instruction") { code, _ in
      code.op(.spill_enter)
      code.op(.ret)
    },
    Case("entered twice", "spill_enter is the first instruction", spills: 1) { code, _ in
      code.op(.spill_enter)
      code.op(.spill_enter)
      code.op(.spill_leave)
      code.op(.ret)
    },
    Case("not left", "the spill area is not left directly before", spills: 1) { code, _ in
      code.op(.spill_enter)
      code.op(.ret)
    },
    Case("left too early", "spill_leave is not directly before", spills: 1) { code, _ in
      code.op(.spill_enter)
      code.op(.spill_leave)
      code.op(.mov_s, 5, 0)
      code.op(.ret)
    },
    Case("past spill_leave", "a jump lands where the spill area has been left", spills: 1) { code, _ in
      code.op(.spill_enter)
      code.op(.b_true, 2, 0, 0, 1)
      code.op(.spill_leave)
      code.op(.ret)
    },
    Case("back to spill_enter", "a jump lands where the spill area is entered", spills: 1) { code, _ in
      let top = code.newLabel()
      code.bind(top)
      code.op(.spill_enter)
      code.jumpBack(to: top)
    },
    Case("no such slot", "there is no scalar slot 1", spills: 1) { code, _ in
      code.op(.spill_enter)
      code.op(.spill_set_s, 0, 1, 0)
      code.op(.spill_leave)
      code.op(.ret)
    },
    Case("a slot that was not set", "the slot holds no value", spills: 1) { code, _ in
      code.op(.spill_enter)
      code.op(.spill_get_s, 5, 0, 0)
      code.op(.spill_leave)
      code.op(.ret)
    },
    Case("a slot of another type", "s5 holds i64, not i32", spills: 1) { code, _ in
      code.op(.spill_enter)
      code.op(.spill_set_s, 1, 0, 0)
      code.op(.spill_get_s, 5, 0, 0)
      code.op(.add_i32, 5, 5, 0)
      code.op(.spill_leave)
      code.op(.ret)
    },
    // Options and enums
    Case("an option as its content", "r3 holds string?, not string") { code, _ in
      code.op(.string_len, 5, 3)
      code.op(.ret)
    },
    Case("a box that may be None", "the option may be `None`") { code, _ in
      code.op(.field_s, 5, 4, 0)
      code.op(.ret)
    },
    Case("None on the way that was not taken", "the option may be `None`") { code, _ in
      let some = code.newLabel()
      code.go(.b_not_null, 4, to: some)
      code.op(.field_s, 5, 4, 0)
      code.bind(some)
      code.op(.ret)
    },
    Case("a bare reference in a box", "`Some` of a reference is that reference") { code, types in
      code.op(.new, 5, 0, 0, types.option.index)
      code.op(.ret)
    },
    Case("a field of an enum", "which variant the object is of is not known here") { code, _ in
      code.op(.field_r, 5, 2, 0)
      code.op(.ret)
    },
    Case("a field of the other variant", "the object has no such field in this word") { code, _ in
      let circle = code.newLabel()
      code.go(.b_tag, 2, 0, to: circle)
      code.op(.ret)
      code.bind(circle)
      code.op(.field_r, 5, 2, 0)
      code.op(.ret)
    },
    Case("variants that meet are their enum", "which variant the object is of is not known here") { code, _ in
      let other = code.newLabel()
      let both = code.newLabel()
      code.table(.switch_tag, 2, [other, both])
      code.bind(other)
      code.op(.mov_s, 5, 0)
      code.bind(both)
      code.op(.field_s, 5, 2, 0)
      code.op(.ret)
    },
    Case("no such variant", "the enum has no such variant") { code, _ in
      code.op(.b_tag, 2, 2, 0, 0)
      code.op(.ret)
    },
    Case("a table that is not full", "the table has not one word for each variant") { code, _ in
      code.op(.switch_tag, 2, 1, 0, 0)
      code.op(.ret)
    },
    Case("a tag of what is no enum", "the register holds no object of an enum") { code, _ in
      code.op(.b_tag, 0, 0, 0, 0)
      code.op(.ret)
    },
    // Arrays and texts
    Case("another width", "the array's elements are of another width") { code, _ in
      code.op(.get_64, 5, 1, 0)
      code.op(.ret)
    },
    Case("an element of another type", "the array's elements are of another width") { code, _ in
      code.op(.push_64, 1, 1)
      code.op(.ret)
    },
    Case("references of scalars", "the array's elements are no references") { code, _ in
      code.op(.get_r, 5, 1, 0)
      code.op(.ret)
    },
    Case("no array", "the register holds no array") { code, _ in
      code.op(.array_len, 5, 0)
      code.op(.ret)
    },
    Case("elements past the registers", "there is no scalar register 16") { code, types in
      for register in 5..<16 { code.constant(register, .i32) }
      code.op(.array_of, 5, 5, 0, types.ints.index, 12)
      code.op(.ret)
    },
    Case("an element and its index in one register", "share a register") { code, _ in
      let top = code.newLabel()
      code.bind(top)
      code.go(.back_each_i32, 0, 0, 1, to: top)
      code.op(.ret)
    },
    Case("the element after the last", "s9 is read, but holds no value") { code, _ in
      let top = code.newLabel()
      code.bind(top)
      code.go(.back_each_i32, 9, 0, 1, to: top)
      code.op(.mov_s, 5, 9)
      code.op(.ret)
    },
    Case("a counter past its loop", "s0 is read, but holds no value") { code, _ in
      let top = code.newLabel()
      code.constant(6, .i32, 5)
      code.bind(top)
      code.go(.loop_lt, 0, 6, to: top)
      code.op(.mov_s, 5, 0)
      code.op(.ret)
    },
    Case("text without a beginning", "no text has been begun") { code, _ in
      code.op(.format_string, 5)
      code.op(.ret)
    },
    Case("text without an end", "a text that has been begun is not ended") { code, _ in
      code.op(.format_begin)
      code.op(.ret)
    },
    Case("text begun on one way", "one has begun a text that the other has not") { code, _ in
      let other = code.newLabel()
      code.go(.b_true, 2, to: other)
      code.op(.format_begin)
      code.bind(other)
      code.op(.ret)
    },
    Case("formatted as another type", "s1 holds i64, not i32") { code, _ in
      code.op(.format_begin)
      code.op(.format_s, 1, 0, 0, TypeIndex.i32.index, 0, 0)
      code.op(.format_print)
      code.op(.ret)
    },
    // Objects
    Case("a part of another type", "r2 holds Shape, not string") { code, types in
      code.op(.new, 5, 0, 2, types.pair.index)
      code.op(.ret)
    },
    Case("an object of an array type", "objects of the type are not made so") { code, types in
      code.op(.new, 5, 0, 0, types.ints.index)
      code.op(.ret)
    },
    Case("a word past the object", "the object has no such field in this word") { code, types in
      code.op(.new, 5, 0, 0, types.pair.index)
      code.op(.field_s, 5, 5, 2)
      code.op(.ret)
    },
    Case("a scalar as reference", "the object has no such field in this word") { code, types in
      code.op(.new, 5, 0, 0, types.pair.index)
      code.op(.field_r, 5, 5, 1)
      code.op(.ret)
    },
    Case("another type into a field", "s1 holds i64, not i32") { code, types in
      code.op(.new, 5, 0, 0, types.pair.index)
      code.op(.set_field_s, 5, 1, 1)
      code.op(.ret)
    },
    Case("a cell read as the other kind", "the cell holds a value of the other kind") { code, types in
      code.op(.cell_new, 5, 0, 0, types.cell.index)
      code.op(.cell_get_r, 5, 5)
      code.op(.ret)
    },
    Case("no cell", "the register holds no cell") { code, _ in
      code.op(.cell_get_s, 5, 0)
      code.op(.ret)
    },
    Case("a global of the other kind", "the global is of the other kind") { code, types in
      code.op(.get_global_r, 5, 0, 0, types.scalarGlobal)
      code.op(.ret)
    },
    Case("a capture of another type", "r0 holds string, not cell i32") { code, _ in
      code.op(.closure, 5, 0, 0, 3)
      code.op(.ret)
    },
    Case("a closure over nothing", "the function captures nothing") { code, _ in
      code.op(.closure, 5, 0, 0, 2)
      code.op(.ret)
    },
    Case("a variant in an any", "the type is no type of values") { code, types in
      code.op(.any_from_r, 5, 2, 0, types.shape.index + 1)
      code.op(.ret)
    },
    Case("no any", "r0 holds string, not any") { code, _ in
      code.op(.any_to_s, 5, 0, 0, TypeIndex.i32.index)
      code.op(.ret)
    },
    Case("functions compared", "values of the type are not compared") { code, types in
      code.op(.const_function, 5, 0, 0, 2)
      code.op(.equal_r, 5, 5, 5, types.plain.index)
      code.op(.ret)
    },
    // Calls
    Case("an argument of another type", "s1 holds i64, not i32") { code, _ in
      code.op(.call, 1, 5, 0, 2)
      code.op(.ret)
    },
    Case("arguments past the registers", "there is no scalar register 16") { code, _ in
      code.op(.call, 16, 5, 0, 2)
      code.op(.ret)
    },
    Case("what a call destroys", "s6 is read, but holds no value") { code, _ in
      code.constant(5, .i32)
      code.constant(6, .i32)
      code.op(.call, 5, 5, 0, 2)
      code.op(.mov_s, 7, 6)
      code.op(.ret)
    },
    Case("references that a call destroys", "r5 is read, but holds no value") { code, _ in
      code.op(.mov_r, 5, 0)
      code.op(.call, 0, 5, 0, 2)
      code.op(.mov_r, 6, 5)
      code.op(.ret)
    },
    Case("a closure's function called", "the function captures variables") { code, _ in
      code.op(.call, 0, 5, 0, 3)
      code.op(.ret)
    },
    Case("a closure's function as a value", "the function captures variables") { code, _ in
      code.op(.const_function, 5, 0, 0, 3)
      code.op(.ret)
    },
    Case("no function value", "r0 holds string, not fn(i32) -> i32") { code, types in
      code.op(.call_closure, 0, 5, 0, types.plain.index)
      code.op(.ret)
    },
    Case("a tail call with another result", "has another result") { code, _ in
      code.op(.tail_call, 0, 5, 0, 2)
    },
    Case("a native of another signature", "no instance of the native's signature") { code, types in
      code.op(.native, 0, 5, 0, Native.string_len.number, types.plain.index)
      code.op(.ret)
    },
    Case("a return of the other kind", "the function's result is of another kind") { code, _ in code.op(.ret_s, 0) },
    Case("a return of another type", "s1 holds i64, not i32", result: .i32) { code, _ in code.op(.ret_s, 1) },
    Case("a code that does not exist", "there is no run-time code of this number") { code, _ in
      code.op(.raise, 0, 21)
    },
    // Handlers
    Case("a handler inside an instruction", "begins or ends inside of an instruction") { code, _ in
      let handler = code.newLabel()
      code.op(.const_mid, 5)
      let handled = code.beginHandled()
      code.word(0)
      code.endHandled(handled, handler: handler, register: 5)
      code.bind(handler)
      code.op(.ret)
    },
    Case("a handler before its range", "does not lie behind its range") { code, _ in
      let handler = code.newLabel()
      code.bind(handler)
      let handled = code.beginHandled()
      code.op(.ret)
      code.endHandled(handled, handler: handler, register: 5)
    },
    Case("the error past the registers", "puts the error past the function's registers") { code, _ in
      let handler = code.newLabel()
      let handled = code.beginHandled()
      code.op(.mov_s, 5, 0)
      code.endHandled(handled, handler: handler, register: 16)
      code.bind(handler)
      code.op(.ret)
    },
    Case("what is written in the range", "s9 is read, but holds no value") { code, _ in
      let handler = code.newLabel()
      let handled = code.beginHandled()
      code.constant(9, .i32)
      code.op(.add_i32, 5, 0, 0)
      code.endHandled(handled, handler: handler, register: 5)
      code.op(.ret)
      code.bind(handler)
      code.op(.mov_s, 6, 9)
      code.op(.ret)
    },
    Case("what changes its type in the range", "s9 is read, but holds no value") { code, _ in
      let handler = code.newLabel()
      code.constant(9, .i64)
      let handled = code.beginHandled()
      code.constant(9, .i32)
      code.op(.add_i32, 5, 0, 0)
      code.endHandled(handled, handler: handler, register: 5)
      code.op(.ret)
      code.bind(handler)
      code.op(.mov_s, 6, 9)
      code.op(.ret)
    },
    Case("what a call in the range destroys", "s9 is read, but holds no value") { code, _ in
      let handler = code.newLabel()
      code.constant(9, .i32)
      code.constant(8, .i32)
      let handled = code.beginHandled()
      code.op(.call, 8, 8, 0, 2)
      code.endHandled(handled, handler: handler, register: 5)
      code.op(.ret)
      code.bind(handler)
      code.op(.mov_s, 6, 9)
      code.op(.ret)
    },
    Case("a handler around spill_enter", "in force before the spill area is entered", spills: 1) { code, _ in
      let handler = code.newLabel()
      let handled = code.beginHandled()
      code.op(.spill_enter)
      code.endHandled(handled, handler: handler, register: 5)
      code.bind(handler)
      code.op(.spill_leave)
      code.op(.ret)
    },
  ]
}
