import OrusBytecode

/// The order of values. Only tuples have parts that are compared, so this
/// recurses no deeper than a type is nested.
extension VM {
  /// -1, 0 or 1; Int.min: a panic is pending.
  func compareScalars(_ x: Int64, _ y: Int64, type: UInt32) -> Int {
    let row = types + Int(type)
    if row.pointee.hooks.compare != 0 {
      var call = beginCall()
      call.pushScalar(x)
      call.pushScalar(y)
      guard finish(call, function: row.pointee.hooks.compare - 1) else { return Int.min }
      return Int(truncatingIfNeeded: resultScalar) - 1
    }
    switch row.pointee.kind {
    case .f64:
      let left = Double(bitPattern: UInt64(bitPattern: x))
      let right = Double(bitPattern: UInt64(bitPattern: y))
      return left < right ? -1 : left > right ? 1 : 0
    case .u64:
      let (left, right) = (UInt64(bitPattern: x), UInt64(bitPattern: y))
      return left < right ? -1 : left > right ? 1 : 0
    default: return x < y ? -1 : x > y ? 1 : 0
    }
  }

  /// -1, 0 or 1; Int.min: a panic is pending.
  func compareValues(_ x: Slot, _ y: Slot, type: UInt32) -> Int {
    let row = types + Int(type)
    guard let left = x.pointee, let right = y.pointee else {
      return x.pointee == y.pointee ? 0 : x.pointee == nil ? -1 : 1
    }
    if row.pointee.hooks.compare != 0 {
      var call = beginCall()
      call.pushReference(left)
      call.pushReference(right)
      guard finish(call, function: row.pointee.hooks.compare - 1) else { return Int.min }
      return Int(truncatingIfNeeded: resultScalar) - 1
    }
    switch row.pointee.kind {
    case .string: return compareStrings(x, y)
    case .tuple:
      guard rootRoom(2) else { return Int.min }
      let first = pushRoot(nil)
      let second = pushRoot(nil)
      defer { popRoots(2) }
      for part in 0..<Int(row.pointee.elementCount) {
        let word = Int(row.pointee.words[part])
        if word < 0 { continue }
        let type = row.pointee.elements[part]
        let left = x.pointee.unsafelyUnwrapped
        let right = y.pointee.unsafelyUnwrapped
        let order: Int
        if types[Int(type)].representation == .reference {
          first.pointee = left.references[word]
          second.pointee = right.references[word]
          order = compareValues(first, second, type: type)
        } else {
          order = compareScalars(left.words[word], right.words[word], type: type)
        }
        if order != 0 { return order }
      }
      return 0
    default: return 0
    }
  }
}
