import Glibc
import OrusBytecode

/// The interpreter: one loop around one `switch` over all instructions.
///
/// The registers of the machine proper (`pc`, the window bases `s` and `r`, the
/// top of the call stack `csp`, `fuel`) are locals of this one function, which
/// the compiler keeps in the processor's registers; calls and returns change them
/// and do not touch the native stack. They are spilled into the machine before
/// anything that may collect, panic or call back.
///
/// A case whose work can fail leaves the loop with an `Event`, `pc` still at the
/// instruction; `VM.handle` outside of the loop decides how to go on. Anything
/// slow is a call of a function that is not inlined.

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
      var csp = machine.pointee.csp
      var fuel = machine.pointee.fuel
      let event: Event

      loop: while true {
        switch decodeOpcode(pc) {

        // MARK: Moves and constants

        case .mov_s:
          s[operandA(pc)] = s[operandB(pc)]
          pc += 1
        case .mov_r:
          r[operandA(pc)] = r[operandB(pc)]
          pc += 1
        case .const_small:
          s[operandA(pc)] = signedC(pc)
          pc += 1
        case .const_mid:
          let bits = pc[1]
          let isUnsigned = operandB(pc) == Int(ScalarKind.u32.rawValue) || operandB(pc) == Int(ScalarKind.u64.rawValue)
          s[operandA(pc)] = isUnsigned ? Int64(bits) : Int64(Int32(bitPattern: bits))
          pc += 2
        case .const_wide:
          s[operandA(pc)] = Int64(bitPattern: UInt64(pc[1]) | UInt64(pc[2]) &<< 32)
          pc += 3
        case .const_tag:
          s[operandA(pc)] = Int64(operandBC(pc))
          pc += 2
        case .const_string:
          r[operandA(pc)] = machine.pointee.constants[Int(pc[1])]
          pc += 2
        case .const_null:
          r[operandA(pc)] = nil
          pc += 2
        case .const_function:
          r[operandA(pc)] = machine.pointee.functionValues[Int(pc[1])]
          pc += 2

        // MARK: The spill area

        case .spill_enter:
          spill(pc, s, r, csp)
          guard enterSpill() else { event = .pending; break loop }
          pc += 1
        case .spill_leave:
          leaveSpill()
          pc += 1
        case .spill_get_s:
          s[operandA(pc)] = machine.pointee.spillScalars[operandBC(pc)]
          pc += 1
        case .spill_set_s:
          machine.pointee.spillScalars[operandBC(pc)] = s[operandA(pc)]
          pc += 1
        case .spill_get_r:
          r[operandA(pc)] = machine.pointee.spillReferences[operandBC(pc)]
          pc += 1
        case .spill_set_r:
          machine.pointee.spillReferences[operandBC(pc)] = r[operandA(pc)]
          pc += 1

        // MARK: Checked integer arithmetic

        case .add_i32:
          if addI32(s, pc) { event = .overflow; break loop }
          pc += 1
        case .sub_i32:
          if subI32(s, pc) { event = .overflow; break loop }
          pc += 1
        case .mul_i32:
          if mulI32(s, pc) { event = .overflow; break loop }
          pc += 1
        case .div_i32:
          if divI32(s, pc) { event = divisionEvent(s, pc); break loop }
          pc += 1
        case .rem_i32:
          if remI32(s, pc) { event = divisionEvent(s, pc); break loop }
          pc += 1
        case .add_i64:
          if addI64(s, pc) { event = .overflow; break loop }
          pc += 1
        case .sub_i64:
          if subI64(s, pc) { event = .overflow; break loop }
          pc += 1
        case .mul_i64:
          if mulI64(s, pc) { event = .overflow; break loop }
          pc += 1
        case .div_i64:
          if divI64(s, pc) { event = divisionEvent(s, pc); break loop }
          pc += 1
        case .rem_i64:
          if remI64(s, pc) { event = divisionEvent(s, pc); break loop }
          pc += 1
        case .add_u32:
          if addU32(s, pc) { event = .overflow; break loop }
          pc += 1
        case .sub_u32:
          if subU32(s, pc) { event = .overflow; break loop }
          pc += 1
        case .mul_u32:
          if mulU32(s, pc) { event = .overflow; break loop }
          pc += 1
        case .div_u32:
          if divU32(s, pc) { event = divisionEvent(s, pc); break loop }
          pc += 1
        case .rem_u32:
          if remU32(s, pc) { event = divisionEvent(s, pc); break loop }
          pc += 1
        case .add_u64:
          if addU64(s, pc) { event = .overflow; break loop }
          pc += 1
        case .sub_u64:
          if subU64(s, pc) { event = .overflow; break loop }
          pc += 1
        case .mul_u64:
          if mulU64(s, pc) { event = .overflow; break loop }
          pc += 1
        case .div_u64:
          if divU64(s, pc) { event = divisionEvent(s, pc); break loop }
          pc += 1
        case .rem_u64:
          if remU64(s, pc) { event = divisionEvent(s, pc); break loop }
          pc += 1
        case .neg_i32:
          if negI32(s, pc) { event = .overflow; break loop }
          pc += 1
        case .neg_i64:
          if negI64(s, pc) { event = .overflow; break loop }
          pc += 1
        case .add_imm_i32:
          if addImmediateI32(s, pc) { event = .overflow; break loop }
          pc += 1
        case .mul_imm_i32:
          if mulImmediateI32(s, pc) { event = .overflow; break loop }
          pc += 1
        case .add_imm_i64:
          if addImmediateI64(s, pc) { event = .overflow; break loop }
          pc += 1
        case .mul_imm_i64:
          if mulImmediateI64(s, pc) { event = .overflow; break loop }
          pc += 1
        case .div_imm_i32:
          s[operandA(pc)] = Int64(s.i32(operandB(pc)) / Int32(truncatingIfNeeded: signedC(pc)))
          pc += 1
        case .div_imm_i64:
          s[operandA(pc)] = s[operandB(pc)] / signedC(pc)
          pc += 1
        case .rem_imm_i32:
          s[operandA(pc)] = Int64(s.i32(operandB(pc)) % Int32(truncatingIfNeeded: signedC(pc)))
          pc += 1
        case .rem_imm_i64:
          s[operandA(pc)] = s[operandB(pc)] % signedC(pc)
          pc += 1

        // MARK: Wrapping arithmetic

        case .add_wrap_i32:
          s[operandA(pc)] = Int64(s.i32(operandB(pc)) &+ s.i32(operandC(pc)))
          pc += 1
        case .add_wrap_u32:
          s[operandA(pc)] = Int64(s.u32(operandB(pc)) &+ s.u32(operandC(pc)))
          pc += 1
        case .add_wrap_64:
          s[operandA(pc)] = s[operandB(pc)] &+ s[operandC(pc)]
          pc += 1
        case .sub_wrap_i32:
          s[operandA(pc)] = Int64(s.i32(operandB(pc)) &- s.i32(operandC(pc)))
          pc += 1
        case .sub_wrap_u32:
          s[operandA(pc)] = Int64(s.u32(operandB(pc)) &- s.u32(operandC(pc)))
          pc += 1
        case .sub_wrap_64:
          s[operandA(pc)] = s[operandB(pc)] &- s[operandC(pc)]
          pc += 1
        case .mul_wrap_i32:
          s[operandA(pc)] = Int64(s.i32(operandB(pc)) &* s.i32(operandC(pc)))
          pc += 1
        case .mul_wrap_u32:
          s[operandA(pc)] = Int64(s.u32(operandB(pc)) &* s.u32(operandC(pc)))
          pc += 1
        case .mul_wrap_64:
          s[operandA(pc)] = s[operandB(pc)] &* s[operandC(pc)]
          pc += 1

        // MARK: Bits

        case .and_w:
          s[operandA(pc)] = s[operandB(pc)] & s[operandC(pc)]
          pc += 1
        case .or_w:
          s[operandA(pc)] = s[operandB(pc)] | s[operandC(pc)]
          pc += 1
        case .xor_w:
          s[operandA(pc)] = s[operandB(pc)] ^ s[operandC(pc)]
          pc += 1
        case .and_imm_w:
          s[operandA(pc)] = s[operandB(pc)] & signedC(pc)
          pc += 1
        case .not_w:
          s[operandA(pc)] = ~s[operandB(pc)]
          pc += 1
        case .not_u32:
          s[operandA(pc)] = Int64(~s.u32(operandB(pc)))
          pc += 1
        case .shl_i32:
          if shlI32(s, pc) { event = .shift; break loop }
          pc += 1
        case .shl_u32:
          if shlU32(s, pc) { event = .shift; break loop }
          pc += 1
        case .shl_64:
          if shl64(s, pc) { event = .shift; break loop }
          pc += 1
        case .shr_i32:
          if shrSigned32(s, pc) { event = .shift; break loop }
          pc += 1
        case .shr_i64:
          if shrI64(s, pc) { event = .shift; break loop }
          pc += 1
        case .shr_u32:
          if shrSigned32(s, pc) { event = .shift; break loop }
          pc += 1
        case .shr_u64:
          if shrU64(s, pc) { event = .shift; break loop }
          pc += 1
        case .not_bool:
          s[operandA(pc)] = 1 &- s[operandB(pc)]
          pc += 1

        // MARK: f64

        case .add_f64:
          s.set(operandA(pc), s.f64(operandB(pc)) + s.f64(operandC(pc)))
          pc += 1
        case .sub_f64:
          s.set(operandA(pc), s.f64(operandB(pc)) - s.f64(operandC(pc)))
          pc += 1
        case .mul_f64:
          s.set(operandA(pc), s.f64(operandB(pc)) * s.f64(operandC(pc)))
          pc += 1
        case .div_f64:
          s.set(operandA(pc), s.f64(operandB(pc)) / s.f64(operandC(pc)))
          pc += 1
        case .rem_f64:
          s.set(operandA(pc), fmod(s.f64(operandB(pc)), s.f64(operandC(pc))))
          pc += 1
        case .neg_f64:
          s.set(operandA(pc), -s.f64(operandB(pc)))
          pc += 1
        case .sqrt_f64:
          s.set(operandA(pc), s.f64(operandB(pc)).squareRoot())
          pc += 1
        case .abs_f64:
          s.set(operandA(pc), s.f64(operandB(pc)).magnitude)
          pc += 1

        // MARK: Conversions

        case .retype:
          s[operandA(pc)] = s[operandB(pc)]
          pc += 1
        case .wrap_i32:
          s[operandA(pc)] = Int64(s.i32(operandB(pc)))
          pc += 1
        case .wrap_u32:
          s[operandA(pc)] = Int64(s.u32(operandB(pc)))
          pc += 1
        case .int_to_f64:
          s.set(operandA(pc), Double(s[operandB(pc)]))
          pc += 1
        case .u64_to_f64:
          s.set(operandA(pc), Double(s.u64(operandB(pc))))
          pc += 1
        case .f64_to_i32:
          s[operandA(pc)] = saturatingI32(s.f64(operandB(pc)))
          pc += 1
        case .f64_to_i64:
          s[operandA(pc)] = saturatingI64(s.f64(operandB(pc)))
          pc += 1
        case .f64_to_u32:
          s[operandA(pc)] = saturatingU32(s.f64(operandB(pc)))
          pc += 1
        case .f64_to_u64:
          s[operandA(pc)] = saturatingU64(s.f64(operandB(pc)))
          pc += 1
        case .nonzero_w:
          s.set(operandA(pc), s[operandB(pc)] != 0)
          pc += 1
        case .nonzero_f64:
          s.set(operandA(pc), s.f64(operandB(pc)) != 0)
          pc += 1

        // MARK: Comparisons

        case .eq_w:
          s.set(operandA(pc), s[operandB(pc)] == s[operandC(pc)])
          pc += 1
        case .ne_w:
          s.set(operandA(pc), s[operandB(pc)] != s[operandC(pc)])
          pc += 1
        case .lt_i:
          s.set(operandA(pc), s[operandB(pc)] < s[operandC(pc)])
          pc += 1
        case .lt_u64:
          s.set(operandA(pc), s.u64(operandB(pc)) < s.u64(operandC(pc)))
          pc += 1
        case .le_i:
          s.set(operandA(pc), s[operandB(pc)] <= s[operandC(pc)])
          pc += 1
        case .le_u64:
          s.set(operandA(pc), s.u64(operandB(pc)) <= s.u64(operandC(pc)))
          pc += 1
        case .eq_f64:
          s.set(operandA(pc), s.f64(operandB(pc)) == s.f64(operandC(pc)))
          pc += 1
        case .ne_f64:
          s.set(operandA(pc), s.f64(operandB(pc)) != s.f64(operandC(pc)))
          pc += 1
        case .lt_f64:
          s.set(operandA(pc), s.f64(operandB(pc)) < s.f64(operandC(pc)))
          pc += 1
        case .le_f64:
          s.set(operandA(pc), s.f64(operandB(pc)) <= s.f64(operandC(pc)))
          pc += 1
        case .same_r:
          s.set(operandA(pc), r[operandB(pc)] == r[operandC(pc)])
          pc += 1
        case .eq_string:
          spill(pc, s, r, csp)
          let result = equalStrings(r + operandB(pc), r + operandC(pc))
          if _slowPath(result == -1) { event = .pending; break loop }
          s[operandA(pc)] = Int64(result)
          pc += 1
        case .compare_string:
          spill(pc, s, r, csp)
          let result = compareStrings(r + operandB(pc), r + operandC(pc))
          if _slowPath(result == Int.min) { event = .pending; break loop }
          s[operandA(pc)] = Int64(result)
          pc += 1
        case .equal_r:
          spill(pc, s, r, csp)
          machine.pointee.fuel = fuel
          let result = equalValues(r + operandB(pc), r + operandC(pc), type: pc[1])
          if _slowPath(result == -1) { event = .pending; break loop }
          fuel = machine.pointee.fuel
          s[operandA(pc)] = Int64(result)
          pc += 2

        // MARK: Forward branches

        case .jump:
          pc += 1 + signedABC(pc)
        case .b_true:
          branch(&pc, s[operandA(pc)] != 0)
        case .b_false:
          branch(&pc, s[operandA(pc)] == 0)
        case .b_eq_w:
          branch(&pc, s[operandA(pc)] == s[operandB(pc)])
        case .b_ne_w:
          branch(&pc, s[operandA(pc)] != s[operandB(pc)])
        case .b_lt_i:
          branch(&pc, s[operandA(pc)] < s[operandB(pc)])
        case .b_lt_u64:
          branch(&pc, s.u64(operandA(pc)) < s.u64(operandB(pc)))
        case .b_le_i:
          branch(&pc, s[operandA(pc)] <= s[operandB(pc)])
        case .b_le_u64:
          branch(&pc, s.u64(operandA(pc)) <= s.u64(operandB(pc)))
        case .b_eq_f64:
          branch(&pc, s.f64(operandA(pc)) == s.f64(operandB(pc)))
        case .b_ne_f64:
          branch(&pc, s.f64(operandA(pc)) != s.f64(operandB(pc)))
        case .b_lt_f64:
          branch(&pc, s.f64(operandA(pc)) < s.f64(operandB(pc)))
        case .b_le_f64:
          branch(&pc, s.f64(operandA(pc)) <= s.f64(operandB(pc)))
        case .b_nlt_f64:
          branch(&pc, !(s.f64(operandA(pc)) < s.f64(operandB(pc))))
        case .b_nle_f64:
          branch(&pc, !(s.f64(operandA(pc)) <= s.f64(operandB(pc))))
        case .b_eq_imm:
          branch(&pc, s[operandA(pc)] == signedB(pc))
        case .b_ne_imm:
          branch(&pc, s[operandA(pc)] != signedB(pc))
        case .b_lt_imm:
          branch(&pc, s[operandA(pc)] < signedB(pc))
        case .b_le_imm:
          branch(&pc, s[operandA(pc)] <= signedB(pc))
        case .b_gt_imm:
          branch(&pc, s[operandA(pc)] > signedB(pc))
        case .b_ge_imm:
          branch(&pc, s[operandA(pc)] >= signedB(pc))
        case .b_null:
          branch(&pc, r[operandA(pc)] == nil)
        case .b_not_null:
          branch(&pc, r[operandA(pc)] != nil)
        case .b_tag:
          branch(&pc, Int(r[operandA(pc)].unsafelyUnwrapped.tag) == operandBC(pc))
        case .b_not_tag:
          branch(&pc, Int(r[operandA(pc)].unsafelyUnwrapped.tag) != operandBC(pc))
        case .switch_s:
          let count = operandBC(pc)
          let index = s[operandA(pc)] &- Int64(Int32(bitPattern: pc[1]))
          if UInt64(bitPattern: index) < UInt64(count) {
            pc += 2 + count + pc.jump(2 + Int(index))
          } else {
            pc += 2 + count
          }
        case .switch_tag:
          let count = operandBC(pc)
          let index = Int(r[operandA(pc)].unsafelyUnwrapped.tag)
          pc += index < count ? 1 + count + pc.jump(1 + index) : 1 + count

        // MARK: Backward branches

        case .jump_back:
          let distance = signedABC(pc)
          pc += 1 + distance
          fuel += distance
          if _slowPath(fuel < 0) { event = .fuel; break loop }
        case .back_true:
          if branchBack(&pc, &fuel, s[operandA(pc)] != 0) { event = .fuel; break loop }
        case .back_false:
          if branchBack(&pc, &fuel, s[operandA(pc)] == 0) { event = .fuel; break loop }
        case .back_eq_w:
          if branchBack(&pc, &fuel, s[operandA(pc)] == s[operandB(pc)]) { event = .fuel; break loop }
        case .back_ne_w:
          if branchBack(&pc, &fuel, s[operandA(pc)] != s[operandB(pc)]) { event = .fuel; break loop }
        case .back_lt_i:
          if branchBack(&pc, &fuel, s[operandA(pc)] < s[operandB(pc)]) { event = .fuel; break loop }
        case .back_le_i:
          if branchBack(&pc, &fuel, s[operandA(pc)] <= s[operandB(pc)]) { event = .fuel; break loop }
        case .back_lt_f64:
          if branchBack(&pc, &fuel, s.f64(operandA(pc)) < s.f64(operandB(pc))) { event = .fuel; break loop }
        case .back_le_f64:
          if branchBack(&pc, &fuel, s.f64(operandA(pc)) <= s.f64(operandB(pc))) { event = .fuel; break loop }
        case .back_eq_imm:
          if branchBack(&pc, &fuel, s[operandA(pc)] == signedB(pc)) { event = .fuel; break loop }
        case .back_ne_imm:
          if branchBack(&pc, &fuel, s[operandA(pc)] != signedB(pc)) { event = .fuel; break loop }
        case .back_lt_imm:
          if branchBack(&pc, &fuel, s[operandA(pc)] < signedB(pc)) { event = .fuel; break loop }
        case .back_le_imm:
          if branchBack(&pc, &fuel, s[operandA(pc)] <= signedB(pc)) { event = .fuel; break loop }
        case .back_gt_imm:
          if branchBack(&pc, &fuel, s[operandA(pc)] > signedB(pc)) { event = .fuel; break loop }
        case .back_ge_imm:
          if branchBack(&pc, &fuel, s[operandA(pc)] >= signedB(pc)) { event = .fuel; break loop }
        case .loop_lt:
          let next = s[operandA(pc)] &+ 1
          s[operandA(pc)] = next
          if branchBack(&pc, &fuel, next < s[operandB(pc)]) { event = .fuel; break loop }
        case .loop_le:
          let value = s[operandA(pc)]
          let goesOn = value < s[operandB(pc)]
          if goesOn { s[operandA(pc)] = value &+ 1 }
          if branchBack(&pc, &fuel, goesOn) { event = .fuel; break loop }
        case .range_count:
          let first = operandB(pc)
          switch countRange(s[first], s[first + 1], s[first + 2], operandC(pc)) {
          case .empty: branch(&pc, true)
          case .some(let count):
            s[operandA(pc)] = Int64(bitPattern: count)
            pc += 2
          case .zeroStep:
            event = .rangeStep
            break loop
          }
        case .loop_count:
          let left = s[operandA(pc)]
          let goesOn = left != 0
          if goesOn {
            s[operandA(pc)] = left &- 1
            s[operandB(pc)] = s[operandB(pc)] &+ s[operandC(pc)]
          }
          if branchBack(&pc, &fuel, goesOn) { event = .fuel; break loop }
        case .back_each_bool:
          let array = r[operandC(pc)].unsafelyUnwrapped
          let index = s[operandB(pc)]
          let goesOn = index < array.arrayCount
          if goesOn {
            s[operandA(pc)] = Int64(array.arrayStorage.elements8[Int(index)])
            s[operandB(pc)] = index &+ 1
          }
          if branchBack(&pc, &fuel, goesOn) { event = .fuel; break loop }
        case .back_each_i32:
          let array = r[operandC(pc)].unsafelyUnwrapped
          let index = s[operandB(pc)]
          let goesOn = index < array.arrayCount
          if goesOn {
            s[operandA(pc)] = Int64(array.arrayStorage.elements32[Int(index)])
            s[operandB(pc)] = index &+ 1
          }
          if branchBack(&pc, &fuel, goesOn) { event = .fuel; break loop }
        case .back_each_u32:
          let array = r[operandC(pc)].unsafelyUnwrapped
          let index = s[operandB(pc)]
          let goesOn = index < array.arrayCount
          if goesOn {
            s[operandA(pc)] = Int64(UInt32(bitPattern: array.arrayStorage.elements32[Int(index)]))
            s[operandB(pc)] = index &+ 1
          }
          if branchBack(&pc, &fuel, goesOn) { event = .fuel; break loop }
        case .back_each_64:
          let array = r[operandC(pc)].unsafelyUnwrapped
          let index = s[operandB(pc)]
          let goesOn = index < array.arrayCount
          if goesOn {
            s[operandA(pc)] = array.arrayStorage.elements64[Int(index)]
            s[operandB(pc)] = index &+ 1
          }
          if branchBack(&pc, &fuel, goesOn) { event = .fuel; break loop }
        case .back_each_r:
          let array = r[operandC(pc)].unsafelyUnwrapped
          let index = s[operandB(pc)]
          let goesOn = index < array.arrayCount
          if goesOn {
            r[operandA(pc)] = array.arrayStorage.elementReferences[Int(index)]
            s[operandB(pc)] = index &+ 1
          }
          if branchBack(&pc, &fuel, goesOn) { event = .fuel; break loop }
        case .back_each_char:
          let position = s[operandB(pc)]
          let goesOn = position < Int64(r[operandC(pc)].unsafelyUnwrapped.stringLength)
          if goesOn {
            spill(pc, s, r, csp)
            let bytes = nextCharacter(r + operandA(pc), r + operandC(pc), at: position)
            if _slowPath(bytes < 0) { event = .pending; break loop }
            s[operandB(pc)] = position &+ Int64(bytes)
          }
          if branchBack(&pc, &fuel, goesOn) { event = .fuel; break loop }

        // MARK: Arrays

        case .array_new:
          spill(pc, s, r, csp)
          guard newArray(r + operandA(pc), pc[1]) else { event = .pending; break loop }
          pc += 2
        case .array_of:
          spill(pc, s, r, csp)
          guard newArray(r + operandA(pc), pc[1], count: Int(pc[2]), s + operandB(pc), r + operandB(pc))
          else { event = .pending; break loop }
          pc += 3
        case .array_fill:
          let count = s[operandC(pc)]
          if _slowPath(UInt64(bitPattern: count) > UInt64(Int32.max)) { event = .arraySize; break loop }
          spill(pc, s, r, csp)
          guard newArray(r + operandA(pc), pc[1], of: Int(count), filledWith: s[operandB(pc)])
          else { event = .pending; break loop }
          pc += 2
        case .array_len:
          s[operandA(pc)] = r[operandB(pc)].unsafelyUnwrapped.arrayCount
          pc += 1
        case .get_bool:
          let index = s[operandC(pc)]
          guard let storage = storage(of: r[operandB(pc)], at: index) else { event = .index; break loop }
          s[operandA(pc)] = Int64(storage.elements8[Int(index)])
          pc += 1
        case .get_i32:
          let index = s[operandC(pc)]
          guard let storage = storage(of: r[operandB(pc)], at: index) else { event = .index; break loop }
          s[operandA(pc)] = Int64(storage.elements32[Int(index)])
          pc += 1
        case .get_u32:
          let index = s[operandC(pc)]
          guard let storage = storage(of: r[operandB(pc)], at: index) else { event = .index; break loop }
          s[operandA(pc)] = Int64(UInt32(bitPattern: storage.elements32[Int(index)]))
          pc += 1
        case .get_64:
          let index = s[operandC(pc)]
          guard let storage = storage(of: r[operandB(pc)], at: index) else { event = .index; break loop }
          s[operandA(pc)] = storage.elements64[Int(index)]
          pc += 1
        case .get_r:
          let index = s[operandC(pc)]
          guard let storage = storage(of: r[operandB(pc)], at: index) else { event = .index; break loop }
          r[operandA(pc)] = storage.elementReferences[Int(index)]
          pc += 1
        case .set_8:
          let index = s[operandB(pc)]
          guard let storage = storage(of: r[operandA(pc)], at: index) else { event = .index; break loop }
          storage.elements8[Int(index)] = UInt8(truncatingIfNeeded: s[operandC(pc)])
          pc += 1
        case .set_32:
          let index = s[operandB(pc)]
          guard let storage = storage(of: r[operandA(pc)], at: index) else { event = .index; break loop }
          storage.elements32[Int(index)] = Int32(truncatingIfNeeded: s[operandC(pc)])
          pc += 1
        case .set_64:
          let index = s[operandB(pc)]
          guard let storage = storage(of: r[operandA(pc)], at: index) else { event = .index; break loop }
          storage.elements64[Int(index)] = s[operandC(pc)]
          pc += 1
        case .set_r:
          let index = s[operandB(pc)]
          guard let storage = storage(of: r[operandA(pc)], at: index) else { event = .index; break loop }
          storeElement(r[operandC(pc)], in: storage, at: Int(index))
          pc += 1
        case .push_8:
          let array = r[operandA(pc)].unsafelyUnwrapped
          let count = array.arrayCount
          let storage = array.arrayStorage
          if _slowPath(count == storage.storageCapacity) {
            spill(pc, s, r, csp)
            guard growArray(r + operandA(pc), minimumCapacity: Int(count) &+ 1) else { event = .pending; break loop }
            continue loop
          }
          storage.elements8[Int(count)] = UInt8(truncatingIfNeeded: s[operandB(pc)])
          array.arrayCount = count &+ 1
          pc += 1
        case .push_32:
          let array = r[operandA(pc)].unsafelyUnwrapped
          let count = array.arrayCount
          let storage = array.arrayStorage
          if _slowPath(count == storage.storageCapacity) {
            spill(pc, s, r, csp)
            guard growArray(r + operandA(pc), minimumCapacity: Int(count) &+ 1) else { event = .pending; break loop }
            continue loop
          }
          storage.elements32[Int(count)] = Int32(truncatingIfNeeded: s[operandB(pc)])
          array.arrayCount = count &+ 1
          pc += 1
        case .push_64:
          let array = r[operandA(pc)].unsafelyUnwrapped
          let count = array.arrayCount
          let storage = array.arrayStorage
          if _slowPath(count == storage.storageCapacity) {
            spill(pc, s, r, csp)
            guard growArray(r + operandA(pc), minimumCapacity: Int(count) &+ 1) else { event = .pending; break loop }
            continue loop
          }
          storage.elements64[Int(count)] = s[operandB(pc)]
          array.arrayCount = count &+ 1
          pc += 1
        case .push_r:
          let array = r[operandA(pc)].unsafelyUnwrapped
          let count = array.arrayCount
          let storage = array.arrayStorage
          if _slowPath(count == storage.storageCapacity) {
            spill(pc, s, r, csp)
            guard growArray(r + operandA(pc), minimumCapacity: Int(count) &+ 1) else { event = .pending; break loop }
            continue loop
          }
          storeElement(r[operandB(pc)], in: storage, at: Int(count))
          array.arrayCount = count &+ 1
          pc += 1

        // MARK: Strings

        case .concat:
          spill(pc, s, r, csp)
          guard concatStrings(r + operandA(pc), r + operandB(pc), r + operandC(pc))
          else { event = .pending; break loop }
          pc += 1
        case .string_len:
          s[operandA(pc)] = Int64(r[operandB(pc)].unsafelyUnwrapped.stringLength)
          pc += 1
        case .string_char:
          spill(pc, s, r, csp)
          guard stringCharacter(r + operandA(pc), r + operandB(pc), at: s[operandC(pc)])
          else { event = .pending; break loop }
          pc += 1

        // MARK: Formatting

        case .format_begin:
          spill(pc, s, r, csp)
          guard formatBegin() else { event = .pending; break loop }
          pc += 1
        case .format_text:
          spill(pc, s, r, csp)
          guard formatText(pc[1]) else { event = .pending; break loop }
          pc += 2
        case .format_s:
          spill(pc, s, r, csp)
          let spec = UInt64(pc[2]) | UInt64(pc[3]) &<< 32
          machine.pointee.fuel = fuel
          guard formatScalar(s[operandA(pc)], type: pc[1], spec: spec, nested: operandB(pc) & 1 != 0)
          else { event = .pending; break loop }
          fuel = machine.pointee.fuel
          pc += 4
        case .format_r:
          spill(pc, s, r, csp)
          let spec = UInt64(pc[2]) | UInt64(pc[3]) &<< 32
          machine.pointee.fuel = fuel
          guard formatReference(r + operandA(pc), type: pc[1], spec: spec, nested: operandB(pc) & 1 != 0)
          else { event = .pending; break loop }
          fuel = machine.pointee.fuel
          pc += 4
        case .format_string:
          spill(pc, s, r, csp)
          guard formatString(r + operandA(pc)) else { event = .pending; break loop }
          pc += 1
        case .format_print:
          spill(pc, s, r, csp)
          guard formatPrint(toError: operandB(pc) != 0, newline: operandC(pc) != 0)
          else { event = .pending; break loop }
          pc += 1

        // MARK: Objects

        case .new:
          spill(pc, s, r, csp)
          guard newObject(r + operandA(pc), pc[1], s + operandB(pc), r + operandC(pc))
          else { event = .pending; break loop }
          pc += 2
        case .new_spilled:
          spill(pc, s, r, csp)
          guard newSpilledObject(r + operandA(pc), pc + 1) else { event = .pending; break loop }
          pc += 4
        case .field_s:
          s[operandA(pc)] = r[operandB(pc)].unsafelyUnwrapped.words[operandC(pc)]
          pc += 1
        case .field_r:
          r[operandA(pc)] = r[operandB(pc)].unsafelyUnwrapped.references[operandC(pc)]
          pc += 1
        case .set_field_s:
          r[operandA(pc)].unsafelyUnwrapped.words[operandC(pc)] = s[operandB(pc)]
          pc += 1
        case .set_field_r:
          store(r[operandB(pc)], in: r[operandA(pc)].unsafelyUnwrapped, word: operandC(pc))
          pc += 1
        case .field_far_s:
          s[operandA(pc)] = r[operandB(pc)].unsafelyUnwrapped.words[Int(pc[1])]
          pc += 2
        case .field_far_r:
          r[operandA(pc)] = r[operandB(pc)].unsafelyUnwrapped.references[Int(pc[1])]
          pc += 2
        case .set_field_far_s:
          r[operandA(pc)].unsafelyUnwrapped.words[Int(pc[1])] = s[operandB(pc)]
          pc += 2
        case .set_field_far_r:
          store(r[operandB(pc)], in: r[operandA(pc)].unsafelyUnwrapped, word: Int(pc[1]))
          pc += 2
        case .cell_new:
          spill(pc, s, r, csp)
          guard newCell(r + operandA(pc), pc[1]) else { event = .pending; break loop }
          pc += 2
        case .cell_get_s:
          let cell = r[operandB(pc)].unsafelyUnwrapped
          if _slowPath(cell.tag == 0) { event = .uninitialised; break loop }
          s[operandA(pc)] = cell.words[0]
          pc += 1
        case .cell_get_r:
          let cell = r[operandB(pc)].unsafelyUnwrapped
          if _slowPath(cell.tag == 0) { event = .uninitialised; break loop }
          r[operandA(pc)] = cell.references[0]
          pc += 1
        case .cell_set_s:
          let cell = r[operandA(pc)].unsafelyUnwrapped
          cell.words[0] = s[operandB(pc)]
          cell.tag = 1
          pc += 1
        case .cell_set_r:
          let cell = r[operandA(pc)].unsafelyUnwrapped
          store(r[operandB(pc)], in: cell, word: 0)
          cell.tag = 1
          pc += 1
        case .get_global_s:
          let global = Int(pc[1])
          if _slowPath(machine.pointee.globalIsSet[global] == 0) { event = .uninitialised; break loop }
          s[operandA(pc)] = machine.pointee.globals[global]
          pc += 2
        case .get_global_r:
          let global = Int(pc[1])
          if _slowPath(machine.pointee.globalIsSet[global] == 0) { event = .uninitialised; break loop }
          r[operandA(pc)] = machine.pointee.globalReferences[global]
          pc += 2
        case .set_global_s:
          let global = Int(pc[1])
          machine.pointee.globals[global] = s[operandA(pc)]
          machine.pointee.globalIsSet[global] = 1
          pc += 2
        case .set_global_r:
          let global = Int(pc[1])
          machine.pointee.globalReferences[global] = r[operandA(pc)]
          machine.pointee.globalIsSet[global] = 1
          pc += 2
        case .closure:
          spill(pc, s, r, csp)
          guard newClosure(r + operandA(pc), pc[1], s + operandB(pc), r + operandC(pc))
          else { event = .pending; break loop }
          pc += 2

        // MARK: any

        case .any_from_s:
          spill(pc, s, r, csp)
          guard newAny(r + operandA(pc), pc[1], s[operandB(pc)]) else { event = .pending; break loop }
          pc += 2
        case .any_from_r:
          spill(pc, s, r, csp)
          guard newAny(r + operandA(pc), pc[1], r + operandB(pc)) else { event = .pending; break loop }
          pc += 2
        case .any_to_s:
          let held = r[operandB(pc)].unsafelyUnwrapped
          if _slowPath(held.words[0] != Int64(pc[1])) { event = .anyType; break loop }
          s[operandA(pc)] = held.words[1]
          pc += 2
        case .any_to_r:
          let held = r[operandB(pc)].unsafelyUnwrapped
          if _slowPath(held.words[0] != Int64(pc[1])) { event = .anyType; break loop }
          r[operandA(pc)] = held.references[1]
          pc += 2
        case .any_is:
          s.set(operandA(pc), r[operandB(pc)].unsafelyUnwrapped.words[0] == Int64(pc[1]))
          pc += 2

        // MARK: Calls

        case .call:
          if _slowPath(csp == machine.pointee.callLimit) { event = .callDepth; break loop }
          let function = functions + Int(pc[1])
          csp.pointee = pc + 2
          csp += 1
          s += operandA(pc)
          r += operandB(pc)
          clearRegisters(r + Int(function.pointee.referenceParameters), function.pointee.clearCount)
          pc = function.pointee.entry
          fuel -= callCost
          if _slowPath(fuel < 0) { event = .fuel; break loop }
        case .call_closure:
          if _slowPath(csp == machine.pointee.callLimit) { event = .callDepth; break loop }
          let value = r[operandC(pc)]
          let function = functions + Int(value.unsafelyUnwrapped.words[0])
          csp.pointee = pc + 2
          csp += 1
          s += operandA(pc)
          r += operandB(pc)
          let closure = r + Int(function.pointee.referenceParameters)
          clearRegisters(closure, function.pointee.clearCount)
          closure.pointee = value
          pc = function.pointee.entry
          fuel -= callCost
          if _slowPath(fuel < 0) { event = .fuel; break loop }
        case .tail_call:
          let function = functions + Int(pc[1])
          moveArguments(function, s, r, operandA(pc), operandB(pc))
          clearRegisters(r + Int(function.pointee.referenceParameters), function.pointee.clearCount)
          pc = function.pointee.entry
          fuel -= callCost
          if _slowPath(fuel < 0) { event = .fuel; break loop }
        case .tail_call_closure:
          let value = r[operandC(pc)]
          let function = functions + Int(value.unsafelyUnwrapped.words[0])
          moveArguments(function, s, r, operandA(pc), operandB(pc))
          let closure = r + Int(function.pointee.referenceParameters)
          clearRegisters(closure, function.pointee.clearCount)
          closure.pointee = value
          pc = function.pointee.entry
          fuel -= callCost
          if _slowPath(fuel < 0) { event = .fuel; break loop }
        case .native:
          spill(pc, s, r, csp)
          machine.pointee.fuel = fuel
          guard callNative(decodeNative(pc), s + operandA(pc), r + operandB(pc), signature: pc[2])
          else { event = .pending; break loop }
          fuel = machine.pointee.fuel
          pc += 3
        case .ret:
          csp -= 1
          pc = csp.pointee
          s -= operandA(pc - 2)
          r -= operandB(pc - 2)
        case .ret_s:
          s[0] = s[operandA(pc)]
          csp -= 1
          pc = csp.pointee
          s -= operandA(pc - 2)
          r -= operandB(pc - 2)
        case .ret_r:
          r[0] = r[operandA(pc)]
          csp -= 1
          pc = csp.pointee
          s -= operandA(pc - 2)
          r -= operandB(pc - 2)
        case .raise:
          spill(pc, s, r, csp)
          _ = raise(operandB(pc), r[operandA(pc)])
          event = .pending
          break loop
        case .unreachable:
          event = .halted
          break loop
        }
      }

      spill(pc, s, r, csp)
      machine.pointee.fuel = fuel
      if event == .halted { return true }
      if !handle(event) { return false }
    }
  }

  /// Puts the registers where the rest of the machine finds them.
  @inline(__always)
  private func spill(
    _ pc: CodePointer, _ s: ScalarWindow, _ r: Slot, _ csp: UnsafeMutablePointer<CodePointer>
  ) {
    machine.pointee.pc = pc
    machine.pointee.s = s
    machine.pointee.r = r
    machine.pointee.csp = csp
    machine.pointee.rootTop = r + 256
    machine.pointee.gapIsClear = false
  }
}

/// Moves a tail call's arguments down to where the callee's windows begin.
@inline(__always)
private func moveArguments(
  _ function: UnsafeMutablePointer<FunctionInfo>, _ s: ScalarWindow, _ r: Slot, _ scalars: Int, _ references: Int
) {
  var index = 0
  let scalarCount = Int(function.pointee.scalarParameters)
  while index < scalarCount {
    s[index] = s[scalars + index]
    index += 1
  }
  index = 0
  let referenceCount = Int(function.pointee.referenceParameters)
  while index < referenceCount {
    r[index] = r[references + index]
    index += 1
  }
}

/// Raw values are the positions in the enum, as its layout is.
@inline(__always) private func decodeNative(_ pc: CodePointer) -> Native {
  UnsafeRawPointer(pc + 1).load(as: Native.self)
}
