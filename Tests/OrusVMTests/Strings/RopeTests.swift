import OrusBytecode
import Testing

@testable import OrusVM

/// Ropes against plain arrays of bytes: what they hold, how deep they are, and what making them costs.
struct RopeTests {
  private func machine(_ mode: String = "") throws -> VM {
    var assembly = Assembly()
    assembly.function([.i32]) { code in code.op(.ret_s, 0) }
    let vm = VM(
      assembly.finish(), limits: Limits(), io: RunIO(), stop: StopFlag(), collector: CollectorOptions(mode)!)
    return try #require(vm)
  }

  private func text(_ vm: VM, _ slot: Slot) -> [UInt8] { Array(vm.swiftString(slot.pointee).utf8) }

  /// The depth of a rope by its nodes; -1 where one says less than is true.
  private func depth(_ string: UnsafeMutableRawPointer) -> Int {
    let parts: [UnsafeMutableRawPointer?]
    switch string.stringKind {
    case StringNode.concatenation: parts = [string.stringParts[0], string.stringParts[1]]
    case StringNode.appended: parts = [string.stringParts[0]]
    case StringNode.prepended: parts = [string.stringParts[1]]
    default: return 0
    }
    let depths = parts.map { depth($0!) }
    let most = depths.max()! + 1
    return depths.contains(-1) || most > Int(string.tag) ? -1 : most
  }

  private func depthHolds(_ slot: Slot) -> Bool {
    guard let string = slot.pointee else { return true }
    return (0...Int(VM.deepestRope) + 1).contains(depth(string))
  }

  private struct Random {
    var state: UInt64
    mutating func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
  }

  /// Strings that are joined with each other and with pieces of all lengths, kept while others grow from them, cut and
  /// made flat.
  @Test(arguments: (1...24).map { seed in
    (seed, ["", "every=1", "every=3,move,protect", "every=5,marker=2"][seed % 4])
  })
  func joinsHoldTheirText(seed: Int, mode: String) throws {
    let vm = try machine(mode)
    defer { vm.deallocate() }
    let places = 12
    let slots = (0..<places).map { _ in vm.pushRoot(vm.constantString(0)) }
    var models = Array(repeating: [UInt8](), count: places)
    let piece = vm.pushRoot(nil)
    var random = Random(state: UInt64(seed))
    for step in 0..<(mode.isEmpty ? 12_000 : 1_200) {
      let (target, source) = (random.next(places), random.next(places))
      var isDone = true
      switch random.next(16) {
      case 0...9:
        let length = [1, 3, 20, 70, 128, 129, 400][random.next(7)]
        let bytes = (0..<length).map { UInt8(97 + ($0 + step) % 26) }
        try #require(bytes.withUnsafeBufferPointer { vm.makeString(piece, $0.baseAddress!, length) })
        // One way for a while, so that buffers fill.
        if step / 64 % 2 == 0 {
          isDone = vm.concatStrings(slots[target], slots[source], piece)
          models[target] = models[source] + bytes
        } else {
          isDone = vm.concatStrings(slots[target], piece, slots[source])
          models[target] = bytes + models[source]
        }
      case 10...12:
        isDone = vm.concatStrings(slots[target], slots[target], slots[source])
        models[target] += models[source]
      case 13:
        slots[target].pointee = slots[source].pointee
        models[target] = models[source]
      case 14:
        isDone = vm.flatten(slots[target]) && !slots[target].pointee!.isRope
      default:
        let start = random.next(models[source].count + 1)
        let length = random.next(models[source].count - start + 1)
        isDone = vm.flatten(slots[source]) && vm.makeSlice(slots[target], slots[source], start, length)
        models[target] = Array(models[source][start..<start + length])
      }
      if models[target].count > 20_000 {
        slots[target].pointee = vm.constantString(0)
        models[target] = []
      }
      try #require(isDone, "seed \(seed), step \(step)")
      if step % 200 == 0 {
        try #require(depthHolds(slots[target]), "seed \(seed), step \(step)")
        for place in 0..<places {
          #expect(text(vm, slots[place]) == models[place], "seed \(seed), step \(step), place \(place)")
        }
      }
    }
    for place in 0..<places { #expect(text(vm, slots[place]) == models[place], "seed \(seed), place \(place)") }
  }

  enum Growth: CaseIterable, Sendable { case append, prepend, halves, bothEnds, longPieces, shared }

  /// Grows a string in so many steps: the bytes that were allocated for it.
  private func grow(_ growth: Growth, _ steps: Int) throws -> Int {
    let vm = try machine()
    defer { vm.deallocate() }
    let (left, right) = (vm.pushRoot(vm.constantString(0)), vm.pushRoot(vm.constantString(0)))
    let (piece, long, kept) = (vm.pushRoot(vm.asciiString(97)), vm.pushRoot(nil), vm.pushRoot(nil))
    #expect(vm.makeString(long, String(repeating: "b", count: 500)))
    var isDone = true
    for _ in 0..<steps where isDone {
      switch growth {
      case .append: isDone = vm.concatStrings(left, left, piece)
      case .prepend: isDone = vm.concatStrings(left, piece, left)
      case .halves:
        isDone = vm.concatStrings(left, left, piece) && vm.concatStrings(right, piece, right)
          && vm.concatStrings(kept, left, right)
      case .bothEnds: isDone = vm.concatStrings(left, left, piece) && vm.concatStrings(left, piece, left)
      case .longPieces: isDone = vm.concatStrings(left, left, long) && vm.concatStrings(right, long, right)
      case .shared: isDone = vm.concatStrings(kept, left, piece) && vm.concatStrings(left, left, piece)
      }
    }
    #expect(isDone)
    #expect(depthHolds(left) && depthHolds(right) && depthHolds(kept))
    #expect(left.pointee!.stringLength == steps * (growth == .longPieces ? 500 : growth == .bothEnds ? 2 : 1))
    return vm.collectorStatistics().allocatedBytes
  }

  @Test(arguments: Growth.allCases) func allocationIsLinear(growth: Growth) throws {
    let few = try grow(growth, 10_000)
    let many = try grow(growth, 80_000)
    #expect(many < few * 9, "\(few) bytes for 10,000 steps, \(many) for 80,000")
  }

  /// A text that has just been built takes little more than its bytes.
  @Test(arguments: [(1, 0), (0, 1), (1, 1), (9, 1)]) func whatIsAliveIsCompact(behind: Int, before: Int) throws {
    let vm = try machine()
    defer { vm.deallocate() }
    let text = vm.pushRoot(vm.constantString(0))
    let piece = vm.pushRoot(vm.asciiString(97))
    let rounds = 1_000_000 / (behind + before)
    for _ in 0..<rounds {
      for _ in 0..<behind { try #require(vm.concatStrings(text, text, piece)) }
      for _ in 0..<before { try #require(vm.concatStrings(text, piece, text)) }
    }
    #expect(text.pointee!.stringLength == rounds * (behind + before))
    vm.collect(full: true)
    #expect(vm.machine.pointee.heap.usedBytes < 1_250_000)
  }

  @Test func balancingKeepsTextAndHolders() throws {
    let vm = try machine("every=1")
    defer { vm.deallocate() }
    let rope = vm.pushRoot(vm.constantString(0))
    let piece = vm.pushRoot(nil)
    var holders: [(Slot, Int)] = []
    var expected: [UInt8] = []
    for step in 0..<400 {
      let bytes = Array(repeating: UInt8(97 + step % 26), count: 130 + step % 7)
      try #require(bytes.withUnsafeBufferPointer { vm.makeString(piece, $0.baseAddress!, bytes.count) })
      #expect(vm.concatStrings(rope, rope, piece))
      expected += bytes
      if step % 40 == 0 { holders.append((vm.pushRoot(rope.pointee), expected.count)) }
      #expect(depthHolds(rope))
    }
    #expect(vm.balance(rope) && depthHolds(rope) && rope.pointee!.tag < 24)
    #expect(text(vm, rope) == expected)
    for (holder, length) in holders { #expect(text(vm, holder) == Array(expected[..<length])) }
  }
}
