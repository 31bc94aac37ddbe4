import Glibc
import OrusBytecode

/// The array natives; the array is in r[0].
extension NativeCall {
  private var array: UnsafeMutableRawPointer { r[0].unsafelyUnwrapped }
  private var element: UInt32 { vm.types[Int(parameter(0))].elements[0] }
  private var kind: ElementKind { vm.types[Int(parameter(0))].element }

  private func outOfRange(_ index: Int64, _ count: Int) -> Bool {
    vm.panic(.index, "the index \(index) is out of range for an array of length \(count)")
  }

  private func room(for count: Int) -> Bool {
    count <= Int(array.arrayStorage.storageCapacity) || vm.growArray(r, minimumCapacity: count)
  }

  func arrayPush() -> Bool {
    let count = Int(array.arrayCount)
    guard room(for: count + 1) else { return false }
    put(count, scalar: 0, reference: 1)
    array.arrayCount = Int64(count + 1)
    return true
  }

  /// Stores the argument in s[scalar] or r[reference], as the element type is.
  private func put(_ index: Int, scalar: Int, reference: Int) {
    if kind == .reference {
      vm.storeElement(isReference(element) ? r[reference] : nil, in: array.arrayStorage, at: index)
    } else {
      vm.setElementBits(array.arrayStorage, index, kind, s[scalar])
    }
  }

  func arrayPop() -> Bool {
    let count = Int(array.arrayCount)
    if count == 0 { return giveNone() }
    array.arrayCount = Int64(count - 1)
    let storage = array.arrayStorage
    if kind != .reference { return giveSome(vm.elementBits(storage, count - 1, element)) }
    let slot = vm.pushRoot(storage.elementReferences[count - 1])
    vm.storeElement(nil, in: storage, at: count - 1)
    return giveSome(slot)
  }

  func arrayInsert() -> Bool {
    let count = Int(array.arrayCount)
    let index = s[0]
    if index < 0 || index > Int64(count) { return outOfRange(index, count) }
    guard room(for: count + 1) else { return false }
    let at = Int(index)
    let storage = array.arrayStorage
    if kind == .reference {
      vm.rearrange(storage, count + 1) { ($0 + at + 1).update(from: $0 + at, count: count - at) }
    } else {
      let bytes = storage.storageBytes + at << kind.shift
      memmove(bytes + 1 << kind.shift, bytes, (count - at) << kind.shift)
    }
    array.arrayCount = Int64(count + 1)
    put(at, scalar: 1, reference: 1)
    return true
  }

  func arrayRemove() -> Bool {
    let count = Int(array.arrayCount)
    let index = s[0]
    if UInt64(bitPattern: index) >= UInt64(count) { return outOfRange(index, count) }
    let at = Int(index)
    let object = array
    let storage = object.arrayStorage
    let kind = self.kind
    let isGiven = giveElement(storage, at, element)
    if kind == .reference {
      vm.rearrange(storage, count) { elements in
        (elements + at).update(from: elements + at + 1, count: count - at - 1)
        elements[count - 1] = nil
      }
    } else {
      let bytes = storage.storageBytes + at << kind.shift
      memmove(bytes, bytes + 1 << kind.shift, (count - at - 1) << kind.shift)
    }
    object.arrayCount = Int64(count - 1)
    return isGiven
  }

  /// The first element that is equal: its index as an option, or whether there is one.
  func arrayFind(contains: Bool) -> Bool {
    let type = element
    var found = -1
    if kind == .reference {
      let slot = vm.pushRoot(nil)
      var index = 0
      while index < Int(array.arrayCount), found < 0 {
        slot.pointee = array.arrayStorage.elementReferences[index]
        let equal = vm.equalValues(slot, r + 1, type: type)
        if equal < 0 { return false }
        if equal == 1 { found = index }
        index += 1
      }
    } else {
      var index = 0
      let wanted = s[0]
      while index < Int(array.arrayCount), found < 0 {
        let equal = vm.equalScalars(vm.elementBits(array.arrayStorage, index, type), wanted, type: type)
        if equal < 0 { return false }
        if equal == 1 { found = index }
        index += 1
      }
    }
    if contains { return give(found >= 0) }
    return found < 0 ? giveNone() : giveSome(Int64(found))
  }

  func arrayReverse() -> Bool {
    let count = Int(array.arrayCount)
    let storage = array.arrayStorage
    switch kind {
    case .bits8: reverse(storage.elements8, count)
    case .bits32: reverse(storage.elements32, count)
    case .bits64: reverse(storage.elements64, count)
    case .reference: vm.rearrange(storage, count) { reverse($0, count) }
    }
    return true
  }

  private func reverse<Element>(_ elements: UnsafeMutablePointer<Element>, _ count: Int) {
    var buffer = UnsafeMutableBufferPointer(start: elements, count: count)
    buffer.reverse()
  }

  /// A new array of part of the one in a slot, into r[0].
  private func makeSlice(of slot: Slot, from start: Int, count: Int, extra: Int = 0) -> UnsafeMutableRawPointer? {
    let source = vm.pushRoot(slot.pointee)
    guard let copy = vm.allocateArray(source.pointee.unsafelyUnwrapped.typeRow, capacity: count + extra) else {
      return nil
    }
    let from = source.pointee.unsafelyUnwrapped.arrayStorage
    let kind = self.kind
    memcpy(copy.arrayStorage.storageBytes, from.storageBytes + start << kind.shift, count << kind.shift)
    if kind == .reference { vm.settleCards(of: copy.arrayStorage) }
    copy.arrayCount = Int64(count)
    return copy
  }

  func arraySlice() -> Bool {
    let count = array.arrayCount
    let (start, end) = (s[0], s[1])
    if start < 0 || start > count || end < 0 || end > count || start > end {
      return vm.panic(.index, "the slice \(start)..\(end) is out of range for an array of length \(count)")
    }
    guard let copy = makeSlice(of: r, from: Int(start), count: Int(end - start)) else { return false }
    r[0] = copy
    return true
  }

  func arrayConcat() -> Bool {
    let left = Int(array.arrayCount)
    let right = Int(r[1].unsafelyUnwrapped.arrayCount)
    if left + right > Int(Int32.max) {
      return vm.panic(.size, "an array cannot have more than 2147483647 elements")
    }
    guard let copy = makeSlice(of: r, from: 0, count: left, extra: right) else { return false }
    append(r[1].unsafelyUnwrapped, count: right, to: copy)
    r[0] = copy
    return true
  }

  private func append(_ source: UnsafeMutableRawPointer, count: Int, to target: UnsafeMutableRawPointer) {
    let kind = self.kind
    let storage = target.arrayStorage
    let end = Int(target.arrayCount)
    if kind == .reference {
      for index in 0..<count {
        vm.storeElement(source.arrayStorage.elementReferences[index], in: storage, at: end + index)
      }
    } else {
      memcpy(storage.storageBytes + end << kind.shift, source.arrayStorage.storageBytes, count << kind.shift)
    }
    target.arrayCount = Int64(end + count)
  }

  func arrayExtend() -> Bool {
    let right = Int(r[1].unsafelyUnwrapped.arrayCount)
    let total = Int(array.arrayCount) + right
    guard room(for: total) else { return false }
    append(r[1].unsafelyUnwrapped, count: right, to: array)
    return true
  }

  func arrayClear() -> Bool {
    vm.store(vm.emptyStorage(kind), in: array, word: 0)
    array.arrayCount = 0
    return true
  }

  func arrayReserve() -> Bool {
    if s[0] < 0 { return vm.panic(.size, "room for \(s[0]) elements cannot be reserved") }
    return room(for: Int(s[0]))
  }

  /// The value is in r[0], the count in s[0]; natives are asked only for elements that are references.
  func arrayRepeat() -> Bool {
    let count = s[isReference(parameter(0)) ? 0 : 1]
    if count < 0 || count > Int64(Int32.max) { return vm.panic(.size, "an array cannot have \(count) elements") }
    if !isReference(parameter(0)) {
      let bits = s[0]
      guard let array = vm.allocateArray(result, capacity: Int(count)) else { return false }
      let kind = vm.types[Int(result)].element
      for index in 0..<Int(count) { vm.setElementBits(array.arrayStorage, index, kind, bits) }
      array.arrayCount = count
      r[0] = array
      return true
    }
    let value = vm.pushRoot(r[0])
    guard let array = vm.allocateArray(result, capacity: Int(count)) else { return false }
    array.arrayCount = count
    let target = vm.pushRoot(array)
    let part = vm.pushRoot(nil)
    let isShared = vm.types[Int(parameter(0))].kind == .string || value.pointee == nil
    for index in 0..<Int(count) {
      part.pointee = value.pointee
      if !isShared, index > 0 {
        guard vm.cloneValue(part, value, type: parameter(0)) else { return false }
      }
      vm.storeElement(part.pointee, in: target.pointee.unsafelyUnwrapped.arrayStorage, at: index)
    }
    r[0] = target.pointee
    return true
  }

  /// The strings of r[0] with r[1] between them.
  func arrayJoin() -> Bool {
    let count = Int(array.arrayCount)
    if count == 0 {
      r[0] = vm.constantString(0)
      return true
    }
    var total = r[1].unsafelyUnwrapped.stringLength * (count - 1)
    for index in 0..<count {
      total += array.arrayStorage.elementReferences[index].unsafelyUnwrapped.stringLength
    }
    guard let text = vm.allocateString(total) else { return false }
    var end = text.flatBytes
    let separator = r[1].unsafelyUnwrapped
    for index in 0..<count {
      if index > 0 {
        vm.copyText(separator, to: end)
        end += separator.stringLength
      }
      let part = array.arrayStorage.elementReferences[index].unsafelyUnwrapped
      vm.copyText(part, to: end)
      end += part.stringLength
    }
    r[0] = text
    return true
  }

  // MARK: Numbers

  func arrayHoldsNumbers() -> Bool {
    switch vm.types[Int(element)].kind {
    case .i32, .i64, .u32, .u64, .f64: give(true)
    default: give(false)
    }
  }

  func arraySum() -> Bool {
    let count = Int(array.arrayCount)
    let storage = array.arrayStorage
    let kind = vm.types[Int(element)].kind
    switch kind {
    case .f64:
      var total = 0.0
      for index in 0..<count { total += Double(bitPattern: UInt64(bitPattern: storage.elements64[index])) }
      return give(total)
    case .u64:
      var total: UInt64 = 0
      for index in 0..<count {
        let (sum, overflow) = total.addingReportingOverflow(UInt64(bitPattern: storage.elements64[index]))
        if overflow { return vm.panic(.overflow, "the sum does not fit in `u64`") }
        total = sum
      }
      s[0] = Int64(bitPattern: total)
      return true
    case .i32, .i64, .u32:
      let (least, most): (Int64, Int64) =
        kind == .i32 ? (Int64(Int32.min), Int64(Int32.max)) : kind == .u32 ? (0, Int64(UInt32.max)) : (.min, .max)
      if let total = sumWithoutOverflow(storage, count, kind, least, most) {
        s[0] = total
        return true
      }
      var total: Int64 = 0
      for index in 0..<count {
        let (sum, overflow) = total.addingReportingOverflow(vm.elementBits(storage, index, element))
        if overflow || sum < least || sum > most {
          return vm.panic(.overflow, "the sum does not fit in `\(vm.typeName(element))`")
        }
        total = sum
      }
      s[0] = total
      return true
    default:
      // Bytecode from outside may ask for what the prelude never does.
      r[0] = nil
      return vm.panic(.size, "an array of this type has no sum")
    }
  }

  /// The sum of numbers that, whatever their order, cannot have left the range on the way; nil where they might.
  private func sumWithoutOverflow(
    _ storage: UnsafeMutableRawPointer, _ count: Int, _ kind: TypeRow.Kind, _ least: Int64, _ most: Int64
  ) -> Int64? {
    if kind == .i64 {
      var magnitude: UInt64 = 0
      let total = kernels.sum_i64(storage.elements64, count, &magnitude)
      let (bound, overflow) = magnitude.multipliedReportingOverflow(by: UInt64(count))
      return overflow || bound > UInt64(Int64.max) - UInt64(count) ? nil : total
    }
    var (negative, positive): (Int64, Int64) = (0, 0)
    if kind == .i32 {
      kernels.sum_i32(storage.elements32, count, &negative, &positive)
    } else {
      kernels.sum_u32(storage.storageBytes.assumingMemoryBound(to: UInt32.self), count, &negative, &positive)
    }
    return negative < least || positive > most ? nil : negative + positive
  }

  // MARK: Sorting

  func arraySort() -> Bool {
    let count = Int(array.arrayCount)
    let storage = array.arrayStorage
    let bytes = storage.storageBytes
    switch vm.types[Int(element)].kind {
    case .i32: sort(storage.elements32, count, by: <)
    case .u32: sort(bytes.assumingMemoryBound(to: UInt32.self), count, by: <)
    case .i64: sort(storage.elements64, count, by: <)
    case .u64: sort(bytes.assumingMemoryBound(to: UInt64.self), count, by: <)
    case .f64:
      // NaN is in no order with anything; it goes to the end, so that the rest is sorted.
      sort(bytes.assumingMemoryBound(to: Double.self), count) { x, y in x < y || y.isNaN && !x.isNaN }
    case .bool: sort(storage.elements8, count, by: <)
    case .string: return sortStrings()
    default: return give(false)
    }
    return give(true)
  }

  @inline(__always)
  private func sort<Element>(
    _ elements: UnsafeMutablePointer<Element>, _ count: Int, by isBefore: (Element, Element) -> Bool
  ) {
    var buffer = UnsafeMutableBufferPointer(start: elements, count: count)
    buffer.sort(by: isBefore)
  }

  /// Equal strings cannot be told apart, so any order of them is stable.
  private func sortStrings() -> Bool {
    let count = Int(array.arrayCount)
    let slot = vm.pushRoot(nil)
    for index in 0..<count {
      slot.pointee = array.arrayStorage.elementReferences[index]
      guard vm.flatten(slot) else { return false }
    }
    vm.rearrange(array.arrayStorage, count) { elements in
      sort(elements, count) { x, y in
        let (left, right) = (x.unsafelyUnwrapped, y.unsafelyUnwrapped)
        return compareText(vm.bytes(left), left.stringLength, vm.bytes(right), right.stringLength) < 0
      }
    }
    return give(true)
  }
}
