import Glibc
import OrusBytecode

/// The interpreter: one loop around one `switch` over all instructions.
///
/// The registers of the machine proper (`pc`, the window bases `s` and `r`) are
/// locals of this one function, which the compiler keeps in the processor's
/// registers; calls and returns change them and do not touch the native stack.
/// They are spilled into the machine before anything that may collect, panic or
/// call back. The top of the call stack and the fuel are in the machine always.
///
/// A case leaves `pc` at the last word of its instruction. One whose work can fail
/// leaves the loop with an `Event`, nothing written and `pc` still at the first
/// word; `VM.handle` outside of the loop decides how to go on. Anything slow is a
/// call of a function that is not inlined.
///
/// Each case ends in a dispatch of its own, which the processor predicts by what
/// usually follows this instruction; Package.swift has the flags that make the
/// compiler copy it. There is no register to spare: one local more that lives
/// from case to case, or much inlined into one case, and every case reads `s` or
/// `r` from the native stack. Look at the machine code after a change.

extension VM {
  /// Runs from the registers in the machine until the outermost function returns into the stub. False: a panic that
  /// this run of the loop does not handle, or the end of the whole run, is recorded.
  @inline(never) func interpret() -> Bool {
    let machine = self.machine
    let functions = machine.pointee.functions
    while true {
      var pc = machine.pointee.pc
      var s = machine.pointee.s
      var r = machine.pointee.r
      let event: Event

      loop: while true {
        let word = Word(pc)
        switch word.opcode {

        // MARK: Moves and constants

        case .mov_s: s[word.a] = s[word.b]
        case .mov_r: r[word.a] = r[word.b]
        case .const_small: s[word.a] = word.signedC
        case .const_mid:
          let bits = pc[1]
          let isUnsigned = word.b == Int(ScalarKind.u32.rawValue) || word.b == Int(ScalarKind.u64.rawValue)
          s[word.a] = isUnsigned ? Int64(bits) : Int64(Int32(bitPattern: bits))
          pc += 1
        case .const_wide:
          s[word.a] = Int64(bitPattern: UInt64(pc[1]) | UInt64(pc[2]) &<< 32)
          pc += 2
        case .const_tag:
          s[word.a] = Int64(word.bc)
          pc += 1
        case .const_string:
          r[word.a] = machine.pointee.constants[Int(pc[1])]
          pc += 1
        case .const_null:
          r[word.a] = nil
          pc += 1
        case .const_function:
          r[word.a] = machine.pointee.functionValues[Int(pc[1])]
          pc += 1

        // MARK: The spill area

        case .spill_enter:
          spill(pc, s, r)
          guard enterSpill() else { event = .pending; break loop }
        case .spill_leave: leaveSpill()
        case .spill_get_s: s[word.a] = machine.pointee.spillScalars[word.bc]
        case .spill_set_s: machine.pointee.spillScalars[word.bc] = s[word.a]
        case .spill_get_r: r[word.a] = machine.pointee.spillReferences[word.bc]
        case .spill_set_r: machine.pointee.spillReferences[word.bc] = r[word.a]

        // MARK: Checked integer arithmetic

        case .add_i32: if addI32(s, word) { event = .overflow; break loop }
        case .sub_i32: if subI32(s, word) { event = .overflow; break loop }
        case .mul_i32: if mulI32(s, word) { event = .overflow; break loop }
        case .div_i32: if divI32(s, word) { event = divisionEvent(s, word); break loop }
        case .rem_i32: if remI32(s, word) { event = divisionEvent(s, word); break loop }
        case .add_i64: if addI64(s, word) { event = .overflow; break loop }
        case .sub_i64: if subI64(s, word) { event = .overflow; break loop }
        case .mul_i64: if mulI64(s, word) { event = .overflow; break loop }
        case .div_i64: if divI64(s, word) { event = divisionEvent(s, word); break loop }
        case .rem_i64: if remI64(s, word) { event = divisionEvent(s, word); break loop }
        case .add_u32: if addU32(s, word) { event = .overflow; break loop }
        case .sub_u32: if subU32(s, word) { event = .overflow; break loop }
        case .mul_u32: if mulU32(s, word) { event = .overflow; break loop }
        case .div_u32: if divU32(s, word) { event = divisionEvent(s, word); break loop }
        case .rem_u32: if remU32(s, word) { event = divisionEvent(s, word); break loop }
        case .add_u64: if addU64(s, word) { event = .overflow; break loop }
        case .sub_u64: if subU64(s, word) { event = .overflow; break loop }
        case .mul_u64: if mulU64(s, word) { event = .overflow; break loop }
        case .div_u64: if divU64(s, word) { event = divisionEvent(s, word); break loop }
        case .rem_u64: if remU64(s, word) { event = divisionEvent(s, word); break loop }
        case .neg_i32: if negI32(s, word) { event = .overflow; break loop }
        case .neg_i64: if negI64(s, word) { event = .overflow; break loop }
        case .add_imm_i32: if addImmediateI32(s, word) { event = .overflow; break loop }
        case .mul_imm_i32: if mulImmediateI32(s, word) { event = .overflow; break loop }
        case .add_imm_i64: if addImmediateI64(s, word) { event = .overflow; break loop }
        case .mul_imm_i64: if mulImmediateI64(s, word) { event = .overflow; break loop }
        case .div_imm_i32: s[word.a] = Int64(s.i32(word.b) / Int32(truncatingIfNeeded: word.signedC))
        case .div_imm_i64: s[word.a] = s[word.b] / word.signedC
        case .rem_imm_i32: s[word.a] = Int64(s.i32(word.b) % Int32(truncatingIfNeeded: word.signedC))
        case .rem_imm_i64: s[word.a] = s[word.b] % word.signedC

        // MARK: Wrapping arithmetic

        case .add_wrap_i32: s[word.a] = Int64(s.i32(word.b) &+ s.i32(word.c))
        case .add_wrap_u32: s[word.a] = Int64(s.u32(word.b) &+ s.u32(word.c))
        case .add_wrap_64: s[word.a] = s[word.b] &+ s[word.c]
        case .sub_wrap_i32: s[word.a] = Int64(s.i32(word.b) &- s.i32(word.c))
        case .sub_wrap_u32: s[word.a] = Int64(s.u32(word.b) &- s.u32(word.c))
        case .sub_wrap_64: s[word.a] = s[word.b] &- s[word.c]
        case .mul_wrap_i32: s[word.a] = Int64(s.i32(word.b) &* s.i32(word.c))
        case .mul_wrap_u32: s[word.a] = Int64(s.u32(word.b) &* s.u32(word.c))
        case .mul_wrap_64: s[word.a] = s[word.b] &* s[word.c]

        // MARK: Bits

        case .and_w: s[word.a] = s[word.b] & s[word.c]
        case .or_w: s[word.a] = s[word.b] | s[word.c]
        case .xor_w: s[word.a] = s[word.b] ^ s[word.c]
        case .and_imm_w: s[word.a] = s[word.b] & word.signedC
        case .not_w: s[word.a] = ~s[word.b]
        case .not_u32: s[word.a] = Int64(~s.u32(word.b))
        case .shl_i32: if shlI32(s, word) { event = .shift; break loop }
        case .shl_u32: if shlU32(s, word) { event = .shift; break loop }
        case .shl_64: if shl64(s, word) { event = .shift; break loop }
        case .shr_i32: if shrSigned32(s, word) { event = .shift; break loop }
        case .shr_i64: if shrI64(s, word) { event = .shift; break loop }
        case .shr_u32: if shrSigned32(s, word) { event = .shift; break loop }
        case .shr_u64: if shrU64(s, word) { event = .shift; break loop }
        case .not_bool: s[word.a] = 1 &- s[word.b]

        // MARK: f64

        case .add_f64: s.set(word.a, s.f64(word.b) + s.f64(word.c))
        case .sub_f64: s.set(word.a, s.f64(word.b) - s.f64(word.c))
        case .mul_f64: s.set(word.a, s.f64(word.b) * s.f64(word.c))
        case .div_f64: s.set(word.a, s.f64(word.b) / s.f64(word.c))
        case .rem_f64: s.set(word.a, fmod(s.f64(word.b), s.f64(word.c)))
        case .neg_f64: s.set(word.a, -s.f64(word.b))
        case .sqrt_f64: s.set(word.a, s.f64(word.b).squareRoot())
        case .abs_f64: s.set(word.a, s.f64(word.b).magnitude)

        // MARK: Conversions

        case .retype: s[word.a] = s[word.b]
        case .wrap_i32: s[word.a] = Int64(s.i32(word.b))
        case .wrap_u32: s[word.a] = Int64(s.u32(word.b))
        case .int_to_f64: s.set(word.a, Double(s[word.b]))
        case .u64_to_f64: s.set(word.a, Double(s.u64(word.b)))
        case .f64_to_i32: s[word.a] = saturatingI32(s.f64(word.b))
        case .f64_to_i64: s[word.a] = saturatingI64(s.f64(word.b))
        case .f64_to_u32: s[word.a] = saturatingU32(s.f64(word.b))
        case .f64_to_u64: s[word.a] = saturatingU64(s.f64(word.b))
        case .nonzero_w: s.set(word.a, s[word.b] != 0)
        case .nonzero_f64: s.set(word.a, s.f64(word.b) != 0)

        // MARK: Comparisons

        case .eq_w: s.set(word.a, s[word.b] == s[word.c])
        case .ne_w: s.set(word.a, s[word.b] != s[word.c])
        case .lt_i: s.set(word.a, s[word.b] < s[word.c])
        case .lt_u64: s.set(word.a, s.u64(word.b) < s.u64(word.c))
        case .le_i: s.set(word.a, s[word.b] <= s[word.c])
        case .le_u64: s.set(word.a, s.u64(word.b) <= s.u64(word.c))
        case .eq_f64: s.set(word.a, s.f64(word.b) == s.f64(word.c))
        case .ne_f64: s.set(word.a, s.f64(word.b) != s.f64(word.c))
        case .lt_f64: s.set(word.a, s.f64(word.b) < s.f64(word.c))
        case .le_f64: s.set(word.a, s.f64(word.b) <= s.f64(word.c))
        case .same_r: s.set(word.a, r[word.b] == r[word.c])
        case .eq_string:
          spill(pc, s, r)
          let result = equalStrings(r + word.b, r + word.c)
          if _slowPath(result == -1) { event = .pending; break loop }
          s[word.a] = Int64(result)
        case .compare_string:
          spill(pc, s, r)
          let result = compareStrings(r + word.b, r + word.c)
          if _slowPath(result == Int.min) { event = .pending; break loop }
          s[word.a] = Int64(result)
        case .equal_r:
          spill(pc, s, r)
          let result = equalValues(r + word.b, r + word.c, type: pc[1])
          if _slowPath(result == -1) { event = .pending; break loop }
          s[word.a] = Int64(result)
          pc += 1

        // MARK: Forward branches

        case .jump: pc += word.signedABC
        case .b_true: branch(&pc, s[word.a] != 0)
        case .b_false: branch(&pc, s[word.a] == 0)
        case .b_eq_w: branch(&pc, s[word.a] == s[word.b])
        case .b_ne_w: branch(&pc, s[word.a] != s[word.b])
        case .b_lt_i: branch(&pc, s[word.a] < s[word.b])
        case .b_lt_u64: branch(&pc, s.u64(word.a) < s.u64(word.b))
        case .b_le_i: branch(&pc, s[word.a] <= s[word.b])
        case .b_le_u64: branch(&pc, s.u64(word.a) <= s.u64(word.b))
        case .b_eq_f64: branch(&pc, s.f64(word.a) == s.f64(word.b))
        case .b_ne_f64: branch(&pc, s.f64(word.a) != s.f64(word.b))
        case .b_lt_f64: branch(&pc, s.f64(word.a) < s.f64(word.b))
        case .b_le_f64: branch(&pc, s.f64(word.a) <= s.f64(word.b))
        case .b_nlt_f64: branch(&pc, !(s.f64(word.a) < s.f64(word.b)))
        case .b_nle_f64: branch(&pc, !(s.f64(word.a) <= s.f64(word.b)))
        case .b_eq_imm: branch(&pc, s[word.a] == word.signedB)
        case .b_ne_imm: branch(&pc, s[word.a] != word.signedB)
        case .b_lt_imm: branch(&pc, s[word.a] < word.signedB)
        case .b_le_imm: branch(&pc, s[word.a] <= word.signedB)
        case .b_gt_imm: branch(&pc, s[word.a] > word.signedB)
        case .b_ge_imm: branch(&pc, s[word.a] >= word.signedB)
        case .b_null: branch(&pc, r[word.a] == nil)
        case .b_not_null: branch(&pc, r[word.a] != nil)
        case .b_tag: branch(&pc, Int(r[word.a].unsafelyUnwrapped.tag) == word.bc)
        case .b_not_tag: branch(&pc, Int(r[word.a].unsafelyUnwrapped.tag) != word.bc)
        case .switch_s:
          let count = word.bc
          let index = s[word.a] &- Int64(Int32(bitPattern: pc[1]))
          if UInt64(bitPattern: index) < UInt64(count) {
            pc += 1 + count + pc.jump(2 + Int(index))
          } else {
            pc += 1 + count
          }
        case .switch_tag:
          let count = word.bc
          let index = Int(r[word.a].unsafelyUnwrapped.tag)
          pc += index < count ? count + pc.jump(1 + index) : count

        // MARK: Backward branches

        case .jump_back:
          let distance = word.signedABC
          if spend(machine, -distance) { event = .branchFuel; break loop }
          pc += distance
        case .back_true: if branchBack(&pc, machine, s[word.a] != 0) { event = .branchFuel; break loop }
        case .back_false: if branchBack(&pc, machine, s[word.a] == 0) { event = .branchFuel; break loop }
        case .back_eq_w: if branchBack(&pc, machine, s[word.a] == s[word.b]) { event = .branchFuel; break loop }
        case .back_ne_w: if branchBack(&pc, machine, s[word.a] != s[word.b]) { event = .branchFuel; break loop }
        case .back_lt_i: if branchBack(&pc, machine, s[word.a] < s[word.b]) { event = .branchFuel; break loop }
        case .back_le_i: if branchBack(&pc, machine, s[word.a] <= s[word.b]) { event = .branchFuel; break loop }
        case .back_lt_f64:
          if branchBack(&pc, machine, s.f64(word.a) < s.f64(word.b)) { event = .branchFuel; break loop }
        case .back_le_f64:
          if branchBack(&pc, machine, s.f64(word.a) <= s.f64(word.b)) { event = .branchFuel; break loop }
        case .back_eq_imm: if branchBack(&pc, machine, s[word.a] == word.signedB) { event = .branchFuel; break loop }
        case .back_ne_imm: if branchBack(&pc, machine, s[word.a] != word.signedB) { event = .branchFuel; break loop }
        case .back_lt_imm: if branchBack(&pc, machine, s[word.a] < word.signedB) { event = .branchFuel; break loop }
        case .back_le_imm: if branchBack(&pc, machine, s[word.a] <= word.signedB) { event = .branchFuel; break loop }
        case .back_gt_imm: if branchBack(&pc, machine, s[word.a] > word.signedB) { event = .branchFuel; break loop }
        case .back_ge_imm: if branchBack(&pc, machine, s[word.a] >= word.signedB) { event = .branchFuel; break loop }
        case .loop_lt:
          let next = s[word.a] &+ 1
          s[word.a] = next
          if branchBack(&pc, machine, next < s[word.b]) { event = .branchFuel; break loop }
        case .loop_le:
          let value = s[word.a]
          let goesOn = value < s[word.b]
          if goesOn { s[word.a] = value &+ 1 }
          if branchBack(&pc, machine, goesOn) { event = .branchFuel; break loop }
        case .range_count:
          let first = word.b
          switch countRange(s[first], s[first + 1], s[first + 2], word.c) {
          case .empty: branch(&pc, true)
          case .some(let count):
            s[word.a] = Int64(bitPattern: count)
            pc += 1
          case .zeroStep:
            event = .rangeStep
            break loop
          }
        case .loop_count:
          let left = s[word.a]
          let goesOn = left != 0
          if goesOn {
            s[word.a] = left &- 1
            s[word.b] = s[word.b] &+ s[word.c]
          }
          if branchBack(&pc, machine, goesOn) { event = .branchFuel; break loop }
        case .back_each_bool:
          let array = r[word.c].unsafelyUnwrapped
          let index = s[word.b]
          let goesOn = index < array.arrayCount
          if goesOn {
            s[word.a] = Int64(array.arrayStorage.elements8[Int(index)])
            s[word.b] = index &+ 1
          }
          if branchBack(&pc, machine, goesOn) { event = .branchFuel; break loop }
        case .back_each_i32:
          let array = r[word.c].unsafelyUnwrapped
          let index = s[word.b]
          let goesOn = index < array.arrayCount
          if goesOn {
            s[word.a] = Int64(array.arrayStorage.elements32[Int(index)])
            s[word.b] = index &+ 1
          }
          if branchBack(&pc, machine, goesOn) { event = .branchFuel; break loop }
        case .back_each_u32:
          let array = r[word.c].unsafelyUnwrapped
          let index = s[word.b]
          let goesOn = index < array.arrayCount
          if goesOn {
            s[word.a] = Int64(UInt32(bitPattern: array.arrayStorage.elements32[Int(index)]))
            s[word.b] = index &+ 1
          }
          if branchBack(&pc, machine, goesOn) { event = .branchFuel; break loop }
        case .back_each_64:
          let array = r[word.c].unsafelyUnwrapped
          let index = s[word.b]
          let goesOn = index < array.arrayCount
          if goesOn {
            s[word.a] = array.arrayStorage.elements64[Int(index)]
            s[word.b] = index &+ 1
          }
          if branchBack(&pc, machine, goesOn) { event = .branchFuel; break loop }
        case .back_each_r:
          let array = r[word.c].unsafelyUnwrapped
          let index = s[word.b]
          let goesOn = index < array.arrayCount
          if goesOn {
            r[word.a] = array.arrayStorage.elementReferences[Int(index)]
            s[word.b] = index &+ 1
          }
          if branchBack(&pc, machine, goesOn) { event = .branchFuel; break loop }
        case .back_each_char:
          let position = s[word.b]
          let goesOn = position < Int64(r[word.c].unsafelyUnwrapped.stringLength)
          if goesOn {
            spill(pc, s, r)
            let bytes = nextCharacter(r + word.a, r + word.c, at: position)
            if _slowPath(bytes < 0) { event = .pending; break loop }
            s[word.b] = position &+ Int64(bytes)
          }
          if branchBack(&pc, machine, goesOn) { event = .branchFuel; break loop }

        // MARK: Arrays

        case .array_new:
          spill(pc, s, r)
          guard newArray(r + word.a, pc[1]) else { event = .pending; break loop }
          pc += 1
        case .array_of:
          spill(pc, s, r)
          guard newArray(r + word.a, pc[1], count: Int(pc[2]), s + word.b, r + word.b)
          else { event = .pending; break loop }
          pc += 2
        case .array_fill:
          let count = s[word.c]
          if _slowPath(UInt64(bitPattern: count) > UInt64(Int32.max)) { event = .arraySize; break loop }
          spill(pc, s, r)
          guard newArray(r + word.a, pc[1], of: Int(count), filledWith: s[word.b])
          else { event = .pending; break loop }
          pc += 1
        case .array_len: s[word.a] = r[word.b].unsafelyUnwrapped.arrayCount
        case .get_bool:
          let index = s[word.c]
          guard let storage = storage(of: r[word.b], at: index) else { event = .index; break loop }
          s[word.a] = Int64(storage.elements8[Int(index)])
        case .get_i32:
          let index = s[word.c]
          guard let storage = storage(of: r[word.b], at: index) else { event = .index; break loop }
          s[word.a] = Int64(storage.elements32[Int(index)])
        case .get_u32:
          let index = s[word.c]
          guard let storage = storage(of: r[word.b], at: index) else { event = .index; break loop }
          s[word.a] = Int64(UInt32(bitPattern: storage.elements32[Int(index)]))
        case .get_64:
          let index = s[word.c]
          guard let storage = storage(of: r[word.b], at: index) else { event = .index; break loop }
          s[word.a] = storage.elements64[Int(index)]
        case .get_r:
          let index = s[word.c]
          guard let storage = storage(of: r[word.b], at: index) else { event = .index; break loop }
          r[word.a] = storage.elementReferences[Int(index)]
        case .set_8:
          let index = s[word.b]
          guard let storage = storage(of: r[word.a], at: index) else { event = .index; break loop }
          storage.elements8[Int(index)] = UInt8(truncatingIfNeeded: s[word.c])
        case .set_32:
          let index = s[word.b]
          guard let storage = storage(of: r[word.a], at: index) else { event = .index; break loop }
          storage.elements32[Int(index)] = Int32(truncatingIfNeeded: s[word.c])
        case .set_64:
          let index = s[word.b]
          guard let storage = storage(of: r[word.a], at: index) else { event = .index; break loop }
          storage.elements64[Int(index)] = s[word.c]
        case .set_r:
          let index = s[word.b]
          guard let storage = storage(of: r[word.a], at: index) else { event = .index; break loop }
          storeElement(r[word.c], in: storage, at: Int(index))
        case .push_8:
          let array = r[word.a].unsafelyUnwrapped
          let count = array.arrayCount
          let storage = array.arrayStorage
          if _slowPath(count == storage.storageCapacity) {
            spill(pc, s, r)
            guard growArray(r + word.a, minimumCapacity: Int(count) &+ 1) else { event = .pending; break loop }
            continue loop
          }
          storage.elements8[Int(count)] = UInt8(truncatingIfNeeded: s[word.b])
          array.arrayCount = count &+ 1
        case .push_32:
          let array = r[word.a].unsafelyUnwrapped
          let count = array.arrayCount
          let storage = array.arrayStorage
          if _slowPath(count == storage.storageCapacity) {
            spill(pc, s, r)
            guard growArray(r + word.a, minimumCapacity: Int(count) &+ 1) else { event = .pending; break loop }
            continue loop
          }
          storage.elements32[Int(count)] = Int32(truncatingIfNeeded: s[word.b])
          array.arrayCount = count &+ 1
        case .push_64:
          let array = r[word.a].unsafelyUnwrapped
          let count = array.arrayCount
          let storage = array.arrayStorage
          if _slowPath(count == storage.storageCapacity) {
            spill(pc, s, r)
            guard growArray(r + word.a, minimumCapacity: Int(count) &+ 1) else { event = .pending; break loop }
            continue loop
          }
          storage.elements64[Int(count)] = s[word.b]
          array.arrayCount = count &+ 1
        case .push_r:
          let array = r[word.a].unsafelyUnwrapped
          let count = array.arrayCount
          let storage = array.arrayStorage
          if _slowPath(count == storage.storageCapacity) {
            spill(pc, s, r)
            guard growArray(r + word.a, minimumCapacity: Int(count) &+ 1) else { event = .pending; break loop }
            continue loop
          }
          storeElement(r[word.b], in: storage, at: Int(count))
          array.arrayCount = count &+ 1

        // MARK: Strings

        case .concat:
          spill(pc, s, r)
          guard concatStrings(r + word.a, r + word.b, r + word.c)
          else { event = .pending; break loop }
        case .string_len: s[word.a] = Int64(r[word.b].unsafelyUnwrapped.stringLength)
        case .string_char:
          spill(pc, s, r)
          guard stringCharacter(r + word.a, r + word.b, at: s[word.c])
          else { event = .pending; break loop }

        // MARK: Formatting

        case .format_begin:
          spill(pc, s, r)
          guard formatBegin() else { event = .pending; break loop }
        case .format_text:
          spill(pc, s, r)
          guard formatText(pc[1]) else { event = .pending; break loop }
          pc += 1
        case .format_s:
          spill(pc, s, r)
          let spec = UInt64(pc[2]) | UInt64(pc[3]) &<< 32
          guard formatScalar(s[word.a], type: pc[1], spec: spec, nested: word.b & 1 != 0)
          else { event = .pending; break loop }
          pc += 3
        case .format_r:
          spill(pc, s, r)
          let spec = UInt64(pc[2]) | UInt64(pc[3]) &<< 32
          guard formatReference(r + word.a, type: pc[1], spec: spec, nested: word.b & 1 != 0)
          else { event = .pending; break loop }
          pc += 3
        case .format_string:
          spill(pc, s, r)
          guard formatString(r + word.a) else { event = .pending; break loop }
        case .format_print:
          spill(pc, s, r)
          guard formatPrint(toError: word.b != 0, newline: word.c != 0)
          else { event = .pending; break loop }

        // MARK: Objects

        case .new:
          spill(pc, s, r)
          guard newObject(r + word.a, pc[1], s + word.b, r + word.c)
          else { event = .pending; break loop }
          pc += 1
        case .new_spilled:
          spill(pc, s, r)
          guard newSpilledObject(r + word.a, pc + 1) else { event = .pending; break loop }
          pc += 3
        case .field_s: s[word.a] = r[word.b].unsafelyUnwrapped.words[word.c]
        case .field_r: r[word.a] = r[word.b].unsafelyUnwrapped.references[word.c]
        case .set_field_s: r[word.a].unsafelyUnwrapped.words[word.c] = s[word.b]
        case .set_field_r: store(r[word.b], in: r[word.a].unsafelyUnwrapped, word: word.c)
        case .field_far_s:
          s[word.a] = r[word.b].unsafelyUnwrapped.words[Int(pc[1])]
          pc += 1
        case .field_far_r:
          r[word.a] = r[word.b].unsafelyUnwrapped.references[Int(pc[1])]
          pc += 1
        case .set_field_far_s:
          r[word.a].unsafelyUnwrapped.words[Int(pc[1])] = s[word.b]
          pc += 1
        case .set_field_far_r:
          store(r[word.b], in: r[word.a].unsafelyUnwrapped, word: Int(pc[1]))
          pc += 1
        case .cell_new:
          spill(pc, s, r)
          guard newCell(r + word.a, pc[1]) else { event = .pending; break loop }
          pc += 1
        case .cell_get_s:
          let cell = r[word.b].unsafelyUnwrapped
          if _slowPath(cell.tag == 0) { event = .uninitialised; break loop }
          s[word.a] = cell.words[0]
        case .cell_get_r:
          let cell = r[word.b].unsafelyUnwrapped
          if _slowPath(cell.tag == 0) { event = .uninitialised; break loop }
          r[word.a] = cell.references[0]
        case .cell_set_s:
          let cell = r[word.a].unsafelyUnwrapped
          cell.words[0] = s[word.b]
          cell.tag = 1
        case .cell_set_r:
          let cell = r[word.a].unsafelyUnwrapped
          store(r[word.b], in: cell, word: 0)
          cell.tag = 1
        case .get_global_s:
          let global = Int(pc[1])
          if _slowPath(machine.pointee.globalIsSet[global] == 0) { event = .uninitialised; break loop }
          s[word.a] = machine.pointee.globals[global]
          pc += 1
        case .get_global_r:
          let global = Int(pc[1])
          if _slowPath(machine.pointee.globalIsSet[global] == 0) { event = .uninitialised; break loop }
          r[word.a] = machine.pointee.globalReferences[global]
          pc += 1
        case .set_global_s:
          let global = Int(pc[1])
          machine.pointee.globals[global] = s[word.a]
          machine.pointee.globalIsSet[global] = 1
          pc += 1
        case .set_global_r:
          let global = Int(pc[1])
          machine.pointee.globalReferences[global] = r[word.a]
          machine.pointee.globalIsSet[global] = 1
          pc += 1
        case .closure:
          spill(pc, s, r)
          guard newClosure(r + word.a, pc[1], s + word.b, r + word.c)
          else { event = .pending; break loop }
          pc += 1

        // MARK: any

        case .any_from_s:
          spill(pc, s, r)
          guard newAny(r + word.a, pc[1], s[word.b]) else { event = .pending; break loop }
          pc += 1
        case .any_from_r:
          spill(pc, s, r)
          guard newAny(r + word.a, pc[1], r + word.b) else { event = .pending; break loop }
          pc += 1
        case .any_to_s:
          let held = r[word.b].unsafelyUnwrapped
          if _slowPath(held.words[0] != Int64(pc[1])) { event = .anyType; break loop }
          s[word.a] = held.words[1]
          pc += 1
        case .any_to_r:
          let held = r[word.b].unsafelyUnwrapped
          if _slowPath(held.words[0] != Int64(pc[1])) { event = .anyType; break loop }
          r[word.a] = held.references[1]
          pc += 1
        case .any_is:
          s.set(word.a, r[word.b].unsafelyUnwrapped.words[0] == Int64(pc[1]))
          pc += 1

        // MARK: Calls

        case .call:
          if spend(machine, callCost) { event = .fuel; break loop }
          let csp = machine.pointee.csp
          if _slowPath(csp == machine.pointee.callLimit) { event = .callDepth; break loop }
          let function = functions + Int(pc[1])
          csp.pointee = pc + 2
          machine.pointee.csp = csp + 1
          s += word.a
          r += word.b
          clearRegisters(r + Int(function.pointee.referenceParameters), function.pointee.clearCount)
          pc = function.pointee.entry
          continue loop
        case .call_closure:
          if spend(machine, callCost) { event = .fuel; break loop }
          let csp = machine.pointee.csp
          if _slowPath(csp == machine.pointee.callLimit) { event = .callDepth; break loop }
          let value = r[word.c]
          let function = functions + Int(value.unsafelyUnwrapped.words[0])
          csp.pointee = pc + 2
          machine.pointee.csp = csp + 1
          s += word.a
          r += word.b
          let closure = r + Int(function.pointee.referenceParameters)
          clearRegisters(closure, function.pointee.clearCount)
          closure.pointee = value
          pc = function.pointee.entry
          continue loop
        case .tail_call:
          if spend(machine, callCost) { event = .fuel; break loop }
          let function = functions + Int(pc[1])
          moveArguments(function, s, r, word.a, word.b)
          clearRegisters(r + Int(function.pointee.referenceParameters), function.pointee.clearCount)
          pc = function.pointee.entry
          continue loop
        case .tail_call_closure:
          if spend(machine, callCost) { event = .fuel; break loop }
          let value = r[word.c]
          let function = functions + Int(value.unsafelyUnwrapped.words[0])
          moveArguments(function, s, r, word.a, word.b)
          let closure = r + Int(function.pointee.referenceParameters)
          clearRegisters(closure, function.pointee.clearCount)
          closure.pointee = value
          pc = function.pointee.entry
          continue loop
        case .native:
          spill(pc, s, r)
          guard callNative(decodeNative(pc), s + word.a, r + word.b, signature: pc[2])
          else { event = .pending; break loop }
          pc += 2
        case .ret:
          leaveFunction(machine, &pc, &s, &r)
          continue loop
        case .ret_s:
          s[0] = s[word.a]
          leaveFunction(machine, &pc, &s, &r)
          continue loop
        case .ret_r:
          r[0] = r[word.a]
          leaveFunction(machine, &pc, &s, &r)
          continue loop
        case .raise:
          spill(pc, s, r)
          _ = raise(word.b, r[word.a])
          event = .pending
          break loop
        case .unreachable:
          event = .halted
          break loop
        }
        pc += 1
      }

      spill(pc, s, r)
      if event == .branchFuel { machine.pointee.pc = targetOfBranchBack(pc) }
      if event == .halted { return true }
      if !handle(event) { return false }
    }
  }

  /// Puts the registers where the rest of the machine finds them.
  @inline(__always)
  private func spill(_ pc: CodePointer, _ s: ScalarWindow, _ r: Slot) {
    machine.pointee.pc = pc
    machine.pointee.s = s
    machine.pointee.r = r
    machine.pointee.rootTop = r + 256
    machine.pointee.gapIsClear = false
  }
}

/// Raw values are the positions in the enum, as its layout is.
@inline(__always) private func decodeNative(_ pc: CodePointer) -> Native {
  UnsafeRawPointer(pc + 1).load(as: Native.self)
}
