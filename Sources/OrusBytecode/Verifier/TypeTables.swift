/// What the verifier asks of type rows, in flat tables by row: no array of an
/// array, no reference count in the loop that checks instructions. Whoever makes
/// them gives them back with `deallocate`.
struct TypeTables {
  let count: Int
  let kinds: UnsafeMutablePointer<TypeRow.Kind>
  let representations: UnsafeMutablePointer<Representation>
  /// The kind of a scalar row as a `Scalars` of one, 0 for the others.
  let scalars: UnsafeMutablePointer<UInt8>
  /// The enumeration of a variant, the function type of a closure row, any other row itself.
  let above: UnsafeMutablePointer<UInt32>
  /// Of an option whose `Some` is the bare reference: the row inside. 0 for every other row.
  let inner: UnsafeMutablePointer<UInt32>
  /// Variants of an enumeration or tag.
  let variants: UnsafeMutablePointer<UInt32>
  /// Scalar and reference parameters of a function type.
  let scalarParameters: UnsafeMutablePointer<UInt32>
  let referenceParameters: UnsafeMutablePointer<UInt32>
  /// Where the elements of a row begin; those of the next row begin where they end.
  let elementStart: UnsafeMutablePointer<Int>
  let elements: UnsafeMutablePointer<UInt32>
  /// Where the words of a row's objects begin, and the type of each; 0 for a word that is no field.
  let wordStart: UnsafeMutablePointer<Int>
  let words: UnsafeMutablePointer<UInt32>

  /// - Parameter types: well-formed rows.
  init(_ types: [TypeRow]) {
    count = types.count
    kinds = .allocate(capacity: count)
    representations = .allocate(capacity: count)
    scalars = .allocate(capacity: count)
    above = .allocate(capacity: count)
    inner = .allocate(capacity: count)
    variants = .allocate(capacity: count)
    scalarParameters = .allocate(capacity: count)
    referenceParameters = .allocate(capacity: count)
    elementStart = .allocate(capacity: count + 1)
    wordStart = .allocate(capacity: count + 1)
    let elementCount = types.reduce(0) { $0 + $1.elements.count }
    elements = .allocate(capacity: elementCount + 1)
    words = .allocate(capacity: elementCount + 4 * count + 1)
    for i in types.indices {
      kinds[i] = types[i].kind
      representations[i] = types[i].representation
      scalars[i] = types[i].scalar.map { 1 << $0.rawValue } ?? 0
      variants[i] = kinds[i] == .tag ? UInt32(types[i].names.count) : 0
    }
    var nextElement = 0
    for i in types.indices {
      elementStart[i] = nextElement
      for element in types[i].elements {
        elements[nextElement] = element.index
        nextElement += 1
      }
      let parts = elements + elementStart[i]
      let kind = kinds[i]
      above[i] = kind == .variant || kind == .closure ? parts[0] : UInt32(i)
      if kind == .variant { variants[Int(parts[0])] += 1 }
      inner[i] = 0
      if kind == .option {
        let part = Int(parts[0])
        if representations[part] == .reference && kinds[part] != .option { inner[i] = UInt32(part) }
      }
      scalarParameters[i] = 0
      referenceParameters[i] = 0
      if kind == .function {
        for parameter in 0..<nextElement - elementStart[i] - 1 {
          switch representations[Int(parts[parameter])] {
          case .none: break
          case .scalar: scalarParameters[i] += 1
          case .reference: referenceParameters[i] += 1
          }
        }
      }
    }
    elementStart[count] = nextElement

    var nextWord = 0
    for i in types.indices {
      wordStart[i] = nextWord
      let parts = elements + elementStart[i]
      switch kinds[i] {
      case .range:
        for word in 0..<4 { words[nextWord + word] = word < 3 ? parts[0] : TypeIndex.bool.index }
        nextWord += 4
      case .tuple, .structure, .option, .cell, .variant, .closure:
        if inner[i] != 0 { break }
        let layout = Layout(of: types[i], in: types)
        let isHeaded = kinds[i] == .variant || kinds[i] == .closure
        for word in 0..<layout.wordCount { words[nextWord + word] = 0 }
        for (part, word) in layout.words.enumerated() where word >= 0 {
          words[nextWord + word] = parts[isHeaded ? part + 1 : part]
        }
        nextWord += layout.wordCount
      case .void, .bool, .i32, .i64, .u32, .u64, .f64, .string, .any, .tag, .array, .enumeration, .function, .map,
        .set:
        break
      }
    }
    wordStart[count] = nextWord
  }

  func deallocate() {
    kinds.deallocate()
    representations.deallocate()
    scalars.deallocate()
    above.deallocate()
    inner.deallocate()
    variants.deallocate()
    scalarParameters.deallocate()
    referenceParameters.deallocate()
    elementStart.deallocate()
    elements.deallocate()
    wordStart.deallocate()
    words.deallocate()
  }

  @inline(__always) func elementCount(_ row: Int) -> Int { elementStart[row + 1] - elementStart[row] }
  @inline(__always) func element(_ row: Int, _ i: Int) -> Int { Int(elements[elementStart[row] + i]) }

  /// The type of a word of the row's objects; 0 where there is no field.
  @inline(__always) func word(_ row: Int, _ word: Int) -> UInt32 {
    let start = wordStart[row]
    return word < wordStart[row + 1] - start ? words[start + word] : 0
  }

  /// The result of a function type.
  @inline(__always) func result(_ function: Int) -> Int { Int(elements[elementStart[function + 1] - 1]) }

  /// Whether a reference of type `row` that is not null may stand where `wanted` is expected.
  @inline(__always) func isSubtype(_ row: UInt32, _ wanted: UInt32) -> Bool {
    if row == wanted { return true }
    let above = above[Int(row)]
    return above == wanted || isInside(row, above, wanted)
  }

  @inline(never) private func isInside(_ row: UInt32, _ above: UInt32, _ option: UInt32) -> Bool {
    let inside = inner[Int(option)]
    return inside != 0 && (inside == row || inside == above)
  }

  /// The smallest reference type above both, neither the same; 0 where there is none.
  @inline(never) func join(_ x: UInt32, _ y: UInt32) -> UInt32 {
    let x = above[Int(x)]
    let y = above[Int(y)]
    if x == y { return x }
    if inner[Int(x)] != 0, above[Int(inner[Int(x)])] == y { return x }
    if inner[Int(y)] != 0, above[Int(inner[Int(y)])] == x { return y }
    return 0
  }
}
