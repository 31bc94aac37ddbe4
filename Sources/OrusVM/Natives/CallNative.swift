import Glibc
import OrusBytecode

/// What a native works on: its arguments in the caller's registers, where the
/// result goes too, as the last thing a native does: until then, a register that
/// holds no argument is dead. And the type it was called at. Objects are named by
/// slot.
struct NativeCall {
  let vm: VM
  let s: UnsafeMutablePointer<Int64>
  let r: Slot
  /// The instantiated function type.
  let signature: UnsafeMutablePointer<RuntimeType>

  @inline(__always) func parameter(_ index: Int) -> UInt32 { signature.pointee.elements[index] }
  var result: UInt32 { signature.pointee.elements[Int(signature.pointee.elementCount) - 1] }
  func isReference(_ type: UInt32) -> Bool { vm.types[Int(type)].representation == .reference }

  @inline(__always) func give(_ value: Bool) -> Bool {
    s[0] = value ? 1 : 0
    return true
  }
  @inline(__always) func give(_ value: Int) -> Bool {
    s[0] = Int64(value)
    return true
  }
  @inline(__always) func give(_ value: Double) -> Bool {
    s[0] = Int64(bitPattern: value.bitPattern)
    return true
  }
  @inline(__always) func float(_ index: Int) -> Double { Double(bitPattern: UInt64(bitPattern: s[index])) }

  func giveNone() -> Bool {
    r[0] = nil
    return true
  }

  /// `Some` of a scalar, of the result's type.
  func giveSome(_ bits: Int64) -> Bool {
    guard let box = vm.allocate(result, words: 1) else { return false }
    box.words[0] = bits
    r[0] = box
    return true
  }

  /// `Some` of the reference in a slot.
  func giveSome(_ slot: Slot) -> Bool {
    if !vm.isBoxed(vm.types[Int(result)].elements[0]) {
      r[0] = slot.pointee
      return true
    }
    guard let box = vm.allocate(result, words: 1) else { return false }
    box.references[0] = slot.pointee
    r[0] = box
    return true
  }

  /// An element of a storage as `Some`.
  func giveSomeElement(_ storage: UnsafeMutableRawPointer, _ index: Int, _ type: UInt32) -> Bool {
    if isReference(type) {
      let slot = vm.pushRoot(storage.elementReferences[index])
      defer { vm.popRoots(1) }
      return giveSome(slot)
    }
    return giveSome(vm.types[Int(type)].representation == .none ? 0 : vm.elementBits(storage, index, type))
  }

  /// An element of a storage as the result.
  @inline(__always)
  func giveElement(_ storage: UnsafeMutableRawPointer, _ index: Int, _ type: UInt32) -> Bool {
    switch vm.types[Int(type)].representation {
    case .reference: r[0] = storage.elementReferences[index]
    case .scalar: s[0] = vm.elementBits(storage, index, type)
    case .none: break
    }
    return true
  }
}

extension VM {
  /// Carries out a native. False: a panic is pending.
  @inline(never)
  func callNative(_ native: Native, _ s: UnsafeMutablePointer<Int64>, _ r: Slot, signature: UInt32) -> Bool {
    let call = NativeCall(vm: self, s: s, r: r, signature: types + Int(signature))
    let roots = rootTop
    defer { rootTop = roots }
    switch native {
    case .array_len: return call.give(Int(r[0].unsafelyUnwrapped.arrayCount))
    case .array_push: return call.arrayPush()
    case .array_pop: return call.arrayPop()
    case .array_insert: return call.arrayInsert()
    case .array_remove: return call.arrayRemove()
    case .array_index_of: return call.arrayFind(contains: false)
    case .array_contains: return call.arrayFind(contains: true)
    case .array_reverse: return call.arrayReverse()
    case .array_slice: return call.arraySlice()
    case .array_concat: return call.arrayConcat()
    case .array_extend: return call.arrayExtend()
    case .array_clear: return call.arrayClear()
    case .array_reserve: return call.arrayReserve()
    case .array_repeat: return call.arrayRepeat()
    case .array_join: return call.arrayJoin()
    case .array_sort_primitive: return call.arraySort()
    case .array_holds_numbers: return call.arrayHoldsNumbers()
    case .array_sum_numbers: return call.arraySum()

    case .string_len: return call.give(r[0].unsafelyUnwrapped.stringLength)
    case .string_chars: return call.stringCharacters()
    case .string_bytes: return call.stringBytes()
    case .string_split: return call.stringSplit()
    case .string_lines: return call.stringLines()
    case .string_trim: return call.stringTrim(start: true, end: true)
    case .string_trim_start: return call.stringTrim(start: true, end: false)
    case .string_trim_end: return call.stringTrim(start: false, end: true)
    case .string_starts_with: return call.stringHasEnd(atStart: true)
    case .string_ends_with: return call.stringHasEnd(atStart: false)
    case .string_contains: return call.stringContains()
    case .string_find: return call.stringFind()
    case .string_replace: return call.stringReplace()
    case .string_upper: return call.stringCase(upper: true)
    case .string_lower: return call.stringCase(upper: false)
    case .string_repeat: return call.stringRepeat()
    case .string_pad_left: return call.stringPad(left: true)
    case .string_pad_right: return call.stringPad(left: false)
    case .string_slice: return call.stringSlice(from: s[0], to: s[1])
    case .string_substring: return call.stringSubstring()
    case .string_code: return call.stringCode()
    case .string_from_code: return call.stringFromCode()
    case .string_from_bytes: return call.stringFromBytes()
    case .char_class: return call.characterClass()
    case .string_is_integer: return call.stringIsInteger()
    case .string_to_i64: return call.stringToInteger()
    case .string_to_f64: return call.stringToFloat()

    case .map_new, .set_new: return call.mapNew()
    case .map_len, .set_len: return call.give(Int(r[0].unsafelyUnwrapped.words[MapWord.live]))
    case .map_get: return call.mapGet()
    case .map_get_or: return call.mapGetOr()
    case .map_index: return call.mapIndex()
    case .map_set: return call.mapSet()
    case .map_remove: return call.mapRemove()
    case .map_contains, .set_contains: return call.mapContains()
    case .map_keys, .set_to_array: return call.mapList(word: MapWord.keys)
    case .map_values: return call.mapList(word: MapWord.values)
    case .map_entries: return call.mapEntries()
    case .map_clear, .set_clear:
      clearEntries(r[0].unsafelyUnwrapped)
      return true
    case .map_cursor, .set_cursor: return call.mapCursor()
    case .map_next, .set_next: return call.mapNext()
    case .map_key_at, .set_element_at: return call.mapAt(word: MapWord.keys)
    case .map_value_at: return call.mapAt(word: MapWord.values)
    case .set_add: return call.setAdd()
    case .set_remove: return call.setRemove()

    case .range_contains: return call.rangeContains()
    case .range_len: return call.rangeLength()
    case .range_value: return call.rangeValue()

    case .i32_pow: return call.power(bits: 32, isSigned: true)
    case .i64_pow: return call.power(bits: 64, isSigned: true)
    case .u32_pow: return call.power(bits: 32, isSigned: false)
    case .u64_pow: return call.power(bits: 64, isSigned: false)
    case .f64_pow: return call.give(pow(call.float(0), call.float(1)))
    case .f64_sqrt: return call.give(call.float(0).squareRoot())
    case .f64_abs: return call.give(call.float(0).magnitude)
    case .f64_floor: return call.give(call.float(0).rounded(.down))
    case .f64_ceil: return call.give(call.float(0).rounded(.up))
    case .f64_round: return call.give(call.float(0).rounded(.toNearestOrAwayFromZero))
    case .f64_trunc: return call.give(call.float(0).rounded(.towardZero))
    case .f64_sin: return call.give(sin(call.float(0)))
    case .f64_cos: return call.give(cos(call.float(0)))
    case .f64_tan: return call.give(tan(call.float(0)))
    case .f64_asin: return call.give(asin(call.float(0)))
    case .f64_acos: return call.give(acos(call.float(0)))
    case .f64_atan: return call.give(atan(call.float(0)))
    case .f64_atan2: return call.give(atan2(call.float(0), call.float(1)))
    case .f64_exp: return call.give(exp(call.float(0)))
    case .f64_ln: return call.give(log(call.float(0)))
    case .f64_log2: return call.give(log2(call.float(0)))
    case .f64_log10: return call.give(log10(call.float(0)))
    case .f64_expm1: return call.give(expm1(call.float(0)))
    case .f64_log1p: return call.give(log1p(call.float(0)))
    case .f64_bits, .f64_from_bits: return true
    case .int_of_string: return call.integerOfString()
    case .int_of_f64: return call.integerOfFloat()
    case .int_of_i64: return call.integerOf(s[0], "\(s[0])")
    case .int_of_u64:
      let value = UInt64(bitPattern: s[0])
      return call.integerOf(value > UInt64(Int64.max) ? Int64.max : s[0], "\(value)")
    case .float_of_string: return call.floatOfString()

    case .clone: return call.clone()
    case .hash: return call.hash()
    case .compare: return call.compare()

    case .any_type_of: return call.anyTypeOf()
    case .any_field: return call.anyField()
    case .any_call: return call.anyCall()
    case .any_parts: return call.anyParts()
    case .format_any: return call.formatAny()

    case .raise: return raise(Int(truncatingIfNeeded: s[0]), r[0])
    case .input: return call.input()
    case .timestamp: return call.timestamp()
    case .exit:
      return end(.exit(Int32(truncatingIfNeeded: s[0])))

    case .file_open: return call.fileOpen()
    case .file_close: return call.fileClose()
    case .file_read_text: return call.fileReadText()
    case .file_read_bytes: return call.fileReadBytes()
    case .file_write: return call.fileWrite()
    case .file_write_bytes: return call.fileWriteBytes()
    case .file_status: return call.fileStatus()
    case .file_remove: return call.onPath(r) { remove($0) }
    case .file_rename: return call.fileRename()
    case .directory_list: return call.directoryList()
    case .directory_make: return call.onPath(r) { mkdir($0, 0o777) }
    case .error_text: return makeString(r, String(cString: strerror(Int32(truncatingIfNeeded: s[0]))))
    case .current_directory: return call.currentDirectory()
    case .environment_get: return call.environmentGet()
    case .program_arguments: return call.programArguments()
    case .process_id: return call.give(Int(getpid()))
    case .clock_nanos: return call.clockNanos()
    case .sleep: return call.sleep()
    case .entropy:
      s[0] = Int64(bitPattern: UInt64.random(in: .min ... .max))
      return true
    }
  }
}
