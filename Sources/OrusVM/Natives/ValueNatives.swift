import Glibc
import OrusBytecode
import OrusFormat

/// Natives of values of any type, and of `any`.
extension NativeCall {
  func clone() -> Bool {
    if !isReference(parameter(0)) { return true }
    return vm.cloneValue(r, r, type: parameter(0))
  }

  func hash() -> Bool {
    let type = parameter(0)
    let method = vm.types[Int(type)].hooks.hash
    if method != 0 {
      // What the type's own `hash` gives, as it is.
      var call = vm.beginCall()
      if isReference(type) { call.pushReference(r[0]) } else { call.pushScalar(s[0]) }
      guard vm.finish(call, function: method - 1) else { return false }
      s[0] = vm.resultScalar
      return true
    }
    let hash = isReference(type) ? vm.hashValue(r[0], type: type) : vm.hashScalarValue(s[0], type: type)
    guard let hash else { return false }
    s[0] = Int64(bitPattern: hash)
    return true
  }

  func compare() -> Bool {
    let type = parameter(0)
    let order: Int
    switch vm.types[Int(type)].representation {
    case .reference: order = vm.compareValues(r, r + 1, type: type)
    case .scalar: order = vm.compareScalars(s[0], s[1], type: type)
    case .none: order = 0
    }
    return order != Int.min && give(order + 1)
  }

  // MARK: any

  private var held: UInt32 { UInt32(truncatingIfNeeded: r[0].unsafelyUnwrapped.words[0]) }

  func anyTypeOf() -> Bool { vm.makeString(r, vm.typeName(held)) }

  /// The field named by string constant s[0] of the struct in the `any` r[0].
  func anyField() -> Bool {
    let row = vm.types + Int(held)
    guard row.pointee.kind == .structure, let value = r[0].unsafelyUnwrapped.references[1] else { return noMember() }
    for index in 0..<Int(row.pointee.nameCount) where Int64(row.pointee.names[index]) == s[0] {
      return giveAny(value, Int(row.pointee.words[index]), row.pointee.elements[index])
    }
    return noMember()
  }

  /// Part of an object as an `any`.
  private func giveAny(_ object: UnsafeMutableRawPointer, _ word: Int, _ type: UInt32) -> Bool {
    vm.makeAny(r, isReference(type) ? object.references[word] : nil, word < 0 ? 0 : object.words[word], type)
  }

  private func noMember() -> Bool {
    vm.panic(.anyMember, "a `\(vm.typeName(held))` has no `\(memberName)`")
  }

  private var memberName: String {
    let strings = vm.machine.pointee.program.strings
    guard let number = Int(exactly: s[0]), strings.indices.contains(number) else { return "?" }
    return String(decoding: strings[number], as: UTF8.self)
  }

  /// The method named by string constant s[0] of the `any` r[0], with the arguments of the array r[1].
  func anyCall() -> Bool {
    let machine = vm.machine
    let found = machine.pointee.dynamicMethods.function(type: held, name: s[0], at: machine.pointee.pc)
    guard let function = found else { return noMember() }
    let value = r[0].unsafelyUnwrapped
    var call = vm.beginCall()
    switch vm.types[Int(held)].representation {
    case .reference: call.pushReference(value.references[1])
    case .scalar: call.pushScalar(value.words[1])
    case .none: break
    }
    call.pushReference(r[1])
    guard vm.finish(call, function: function) else { return false }
    r[0] = vm.resultReference
    return true
  }

  private func counted(_ count: Int) -> String { count == 1 ? "1 argument" : "\(count) arguments" }

  /// The format r[0] with the `any`s of the array r[1].
  func formatAny() -> Bool {
    guard vm.flatten(r) else { return false }
    let format = ParsedFormat(UnsafeBufferPointer(start: textBytes, count: length))
    let count = Int(r[1].unsafelyUnwrapped.arrayCount)
    if let error = format.error {
      return vm.panic(
        .format, "the format \(shownFormat) is malformed: \(error.message)")
    }
    if format.argumentCount > count {
      return vm.panic(
        .format, "the format \(shownFormat) takes \(counted(format.argumentCount)) and is given \(count)")
    }
    if format.placeholderCount > 0, format.firstUnusedArgument(of: count) != nil {
      let unused = count == 1 ? "it" : "all of them"
      return vm.panic(.format, "the format \(shownFormat) is given \(counted(count)) and does not use \(unused)")
    }
    vm.openBuilder()
    let value = vm.pushRoot(nil)
    for piece in format.pieces {
      if piece.isText {
        vm.builder.pointee.append(textBytes + Int(piece.start), Int(piece.end - piece.start))
        continue
      }
      value.pointee = r[1].unsafelyUnwrapped.arrayStorage.elementReferences[Int(piece.argument)]
      let type = UInt32(truncatingIfNeeded: value.pointee.unsafelyUnwrapped.words[0])
      if let misfit = piece.spec.misfit(for: formattedKind(type)) {
        return vm.panic(
        .format, "the format \(shownFormat) does not fit `\(vm.typeName(type))`: \(misfit.rule)")
      }
      guard vm.formatReference(value, type: anyRow, spec: piece.packedSpec, nested: false) else { return false }
    }
    if format.placeholderCount == 0 {
      for index in 0..<count {
        vm.builder.pointee.append(UInt8(ascii: " "))
        value.pointee = r[1].unsafelyUnwrapped.arrayStorage.elementReferences[index]
        guard vm.formatReference(value, type: anyRow, spec: 0, nested: false) else { return false }
      }
    }
    return vm.formatString(r)
  }

  private var shownFormat: String { "\"\(vm.swiftString(r[0]))\"" }

  private func formattedKind(_ type: UInt32) -> FormattedKind {
    switch vm.types[Int(type)].kind {
    case .i32, .i64, .u32, .u64: .integer
    case .f64: .float
    case .bool: .bool
    case .string: .text
    default: .other
    }
  }
}
